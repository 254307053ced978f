//! `person`: profiles and documents of people, kept, shown, erased.

mod erase;

use super::PrivateOffice;
use super::failure::failed;
use super::master::Asked;
use super::place::RegistryPlace;
use crate::coop::clock::now;
use crate::coop::desk::inventory::ItemContent;
use crate::coop::desk::{Desk, unreadable};
use crate::coop::facts::refused;
use antelope_cli::{Console, Failure, Fallible, Report};
use antelope_types::{Checksum256, Name};
use clap::{Args, Subcommand};
use coop_documents::{Date, MAX_PROFILE, Profile};
use coop_language::Words;
use coop_private::{Holder, PrivateDocument, PrivateStore, change_master};
use serde_json::json;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The personal data of the cooperative's people.
#[derive(Args, Clone, Debug)]
pub(crate) struct PersonArgs {
    #[command(subcommand)]
    command: PersonCommand,
}

#[derive(Subcommand, Clone, Debug)]
enum PersonCommand {
    /// Make the store; a file for the master key that is not there is made, too
    Init(RegistryPlace),
    /// Keep a profile, or the documents of a person
    Put(PutArgs),
    /// Show a profile and its documents, or one document
    Show(ShowPersonArgs),
    /// List people
    List(ListPeopleArgs),
    /// Erase all that is kept about an account, but for what the law keeps
    Erase(erase::EraseArgs),
    /// Erase the documents that the law keeps no longer
    Expire(erase::ExpireArgs),
    /// Change the master key, in the store and in its backups
    Master(ChangeArgs),
}

#[derive(Args, Clone, Debug)]
struct PutArgs {
    /// The account
    account: Name,
    /// The file of the profile in JSON, - for standard input
    #[arg(long, value_name = "FILE")]
    profile: Option<PathBuf>,
    /// Take the profile and the documents from the desk
    #[arg(long)]
    from_desk: bool,
    /// The council has admitted the account: what it signed as a candidate is kept by law from now on
    #[arg(long)]
    admitted: bool,
    #[command(flatten)]
    place: RegistryPlace,
}

#[derive(Args, Clone, Debug)]
struct ShowPersonArgs {
    /// The account
    account: Option<Name>,
    /// The hash of a document
    #[arg(long, value_name = "HASH", required_unless_present = "account")]
    document: Option<Checksum256>,
    #[command(flatten)]
    place: RegistryPlace,
}

#[derive(Args, Clone, Debug)]
struct ListPeopleArgs {
    /// Only people whose names have the words that a line of standard input has
    #[arg(long)]
    find: bool,
    #[command(flatten)]
    place: RegistryPlace,
}

#[derive(Args, Clone, Debug)]
struct ChangeArgs {
    /// Where the new master key comes from
    #[arg(long, value_name = "SOURCE")]
    new_master: String,
    #[command(flatten)]
    place: RegistryPlace,
}

impl PersonArgs {
    /// Which cooperative.
    pub(in crate::coop) fn place(&self) -> &RegistryPlace {
        match &self.command {
            PersonCommand::Init(it) => it,
            PersonCommand::Put(it) => &it.place,
            PersonCommand::Show(it) => &it.place,
            PersonCommand::List(it) => &it.place,
            PersonCommand::Erase(it) => &it.by.place,
            PersonCommand::Expire(it) => &it.by.place,
            PersonCommand::Master(it) => &it.place,
        }
    }
}

/// Runs the command.
pub(super) fn run(
    office: &PrivateOffice<'_>,
    console: &mut Console<'_>,
    args: &PersonArgs,
) -> Fallible<Report> {
    match &args.command {
        PersonCommand::Init(it) => init(office, it),
        PersonCommand::Put(it) => put(office, it),
        PersonCommand::Show(it) => show(office, it),
        PersonCommand::List(it) => list(office, console, it),
        PersonCommand::Erase(it) => erase::person(office, console, it),
        PersonCommand::Expire(it) => erase::expired(office, console, it),
        PersonCommand::Master(it) => change(office, it),
    }
}

fn init(office: &PrivateOffice<'_>, args: &RegistryPlace) -> Fallible<Report> {
    let Some(cooperative) = args.office.coop else {
        let text = office.messages.text("private.which");
        return Err(Failure::usage(text).expected("--coop ACCOUNT, VECHE_COOP"));
    };
    let folder = office.folder()?;
    let secret = office.secret(&args.office.master, Asked::New)?;
    PrivateStore::create(&folder, cooperative, &secret).map_err(failed(&office.messages))?;
    let words = Words::of("store.made").with("folder", folder.display());
    let text = [office.say(&words), office.messages.text("store.keep_key")].join("\n");
    Ok(Report::new(
        json!({"folder": folder, "cooperative": cooperative}),
        text,
    ))
}

fn put(office: &PrivateOffice<'_>, args: &PutArgs) -> Fallible<Report> {
    if args.profile.is_none() && !args.from_desk && !args.admitted {
        let text = office.messages.text("store.what");
        return Err(Failure::usage(text).expected("--profile FILE, --from-desk, --admitted"));
    }
    let failed = failed(&office.messages);
    // Whatever is read is checked before anything is kept.
    let given = args
        .profile
        .as_deref()
        .map(|path| profile(office, args.account, path));
    let given = given.transpose()?;
    let mut store = office.store()?;
    let mut documents = Vec::new();
    let mut profile = given;
    if args.from_desk {
        let desk = office.desk(store.cooperative())?;
        if profile.is_none() {
            profile = Some(self::profile(
                office,
                args.account,
                &desk.place(args.account),
            )?);
        }
        documents = of_desk(&desk, args.account)?;
    }
    if let Some(profile) = &profile {
        store
            .put_profile(args.account, profile, now())
            .map_err(&failed)?;
    }
    for (document, stem) in &documents {
        store
            .put_document_as(document, stem, args.admitted, now())
            .map_err(&failed)?;
    }
    if args.admitted {
        store.admit(args.account, now()).map_err(&failed)?;
    }
    let words = Words::of("store.kept")
        .with("account", args.account)
        .with("count", documents.len());
    let data = json!({
        "account": args.account,
        "profile": profile.is_some(),
        "documents": documents.iter().map(|it| it.0.document.hash()).collect::<Vec<_>>(),
        "admitted": args.admitted,
    });
    Ok(Report::new(data, office.say(&words)))
}

/// Reads a profile.
fn profile(office: &PrivateOffice<'_>, account: Name, path: &Path) -> Fallible<Profile> {
    let mut bytes = Vec::new();
    let limit = MAX_PROFILE as u64 + 1;
    let read = match path == Path::new("-") {
        true => std::io::stdin().take(limit).read_to_end(&mut bytes),
        false => fs::File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes)),
    };
    read.map_err(|error| unreadable(&office.messages, path, &error))?;
    let today = Date::of_micros(now().micros());
    let profile = Profile::from_json(account, &bytes);
    let profile = profile.and_then(|it| it.check_entered(today).map(|()| it));
    profile.map_err(|error| refused(&office.messages, path, &error))
}

/// The documents of the desk that are about an account and whole, with what they are called.
fn of_desk(desk: &Desk, account: Name) -> Fallible<Vec<(PrivateDocument, String)>> {
    let items = desk.inventory()?.items.into_iter();
    let found = items.filter_map(|item| match item.content {
        ItemContent::Document(document, stem) if item.account == account => Some((*document, stem)),
        _ => None,
    });
    Ok(found.collect())
}

fn show(office: &PrivateOffice<'_>, args: &ShowPersonArgs) -> Fallible<Report> {
    let failed = failed(&office.messages);
    let mut store = office.store()?;
    if let Some(hash) = &args.document {
        let found = store.document(hash).map_err(failed)?;
        let data = json!({
            "hash": hash,
            "title": found.document.meta.title,
            "doc_hash": found.document.doc_hash,
            "text": found.text,
            "record": found.record,
        });
        return Ok(Report::new(data, found.text));
    }
    let account = args.account.unwrap_or_default();
    let profile = store.profile(account).map_err(&failed)?;
    let documents = store.documents(Some(account)).map_err(&failed)?;
    if profile.is_none() && documents.is_empty() {
        return Err(failed(coop_private::PrivateError::NoPerson { account }));
    }
    let profile = profile.map(|it| it.to_json());
    let mut lines = vec![account.to_string()];
    for (field, value) in profile
        .as_ref()
        .and_then(|it| it.as_object())
        .into_iter()
        .flatten()
    {
        let value = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        lines.push(format!("{field:16} {value}"));
    }
    let mut listed = Vec::new();
    for entry in &documents {
        let kept = match entry.holder {
            Holder::Person(_) => office.messages.text("store.with"),
            Holder::Archive(0) => office.messages.text("store.always"),
            Holder::Archive(year) => office.say(&Words::of("store.until").with("year", year)),
        };
        lines.push(format!(
            "{} {:4} {} {kept}",
            entry.hash, entry.registry_id, entry.created_at
        ));
        listed.push(json!({
            "hash": entry.hash,
            "registry_id": entry.registry_id,
            "created_at": entry.created_at.to_string(),
            "kept": entry.holder.to_string(),
        }));
    }
    let data = json!({"account": account, "profile": profile, "documents": listed});
    Ok(Report::new(data, lines.join("\n")))
}

fn list(
    office: &PrivateOffice<'_>,
    console: &mut Console<'_>,
    args: &ListPeopleArgs,
) -> Fallible<Report> {
    let words = match (args.find, console.can_ask()) {
        (false, _) => None,
        (true, true) => Some(console.ask(&office.messages.text("store.find"))?),
        (true, false) => {
            let mut line = String::new();
            let read = std::io::stdin().take(1_000).read_to_string(&mut line);
            read.map_err(|error| unreadable(&office.messages, Path::new("-"), &error))?;
            Some(line)
        }
    };
    let mut store = office.store()?;
    let people = match words {
        Some(words) => store.find(&words),
        None => store.people(),
    };
    let people = people.map_err(failed(&office.messages))?;
    let line =
        |it: &coop_private::ListedPerson| format!("{:13} {:13} {}", it.account, it.kind, it.name);
    let lines: Vec<_> = people.iter().map(line).collect();
    let data: Vec<_> = people
        .iter()
        .map(|it| {
            json!({
                "account": it.account,
                "kind": it.kind,
                "name": it.name,
                "changed_at": it.changed_at.to_string(),
            })
        })
        .collect();
    let text = match lines.is_empty() {
        true => office.messages.text("store.nobody"),
        false => lines.join("\n"),
    };
    Ok(Report::new(data, text))
}

fn change(office: &PrivateOffice<'_>, args: &ChangeArgs) -> Fallible<Report> {
    let folder = office.folder()?;
    let old = office.secret(&args.place.office.master, Asked::Known)?;
    let new = office.secret(&args.new_master, Asked::New)?;
    let outcomes = change_master(&folder, &old, &new).map_err(failed(&office.messages))?;
    erase::at_all(
        office,
        &outcomes,
        json!({}),
        office.messages.text("store.changed"),
    )
}
