//! `person`: profiles and documents of people, kept, shown, erased.

mod erase;

use super::failure::failed;
use super::place::{Asked, MasterOptions, RegistryPlace};
use super::{PrivateOffice, now};
use crate::coop::desk::{Desk, unreadable};
use antelope_cli::{Console, Failure, Fallible, Report};
use antelope_types::{Checksum256, Decode, Name, base64};
use clap::{Args, Subcommand};
use coop_language::Words;
use coop_model::Document;
use coop_private::{Holder, MAX_PROFILE, PrivateDocument, PrivateStore, Profile, change_master};
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
    Init(OpenArgs),
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

/// A store and its master key.
#[derive(Args, Clone, Debug)]
struct OpenArgs {
    #[command(flatten)]
    place: RegistryPlace,
    #[command(flatten)]
    master: MasterOptions,
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
    open: OpenArgs,
}

#[derive(Args, Clone, Debug)]
struct ShowPersonArgs {
    /// The account
    account: Option<Name>,
    /// The hash of a document
    #[arg(long, value_name = "HASH", required_unless_present = "account")]
    document: Option<Checksum256>,
    #[command(flatten)]
    open: OpenArgs,
}

#[derive(Args, Clone, Debug)]
struct ListPeopleArgs {
    /// Only people whose names have the words that a line of standard input has
    #[arg(long)]
    find: bool,
    #[command(flatten)]
    open: OpenArgs,
}

#[derive(Args, Clone, Debug)]
struct ChangeArgs {
    /// Where the new master key comes from
    #[arg(long, value_name = "SOURCE")]
    new_master: String,
    #[command(flatten)]
    open: OpenArgs,
}

impl PersonArgs {
    /// Which cooperative.
    pub(in crate::coop) fn place(&self) -> &RegistryPlace {
        match &self.command {
            PersonCommand::Init(it) => &it.place,
            PersonCommand::Put(it) => &it.open.place,
            PersonCommand::Show(it) => &it.open.place,
            PersonCommand::List(it) => &it.open.place,
            PersonCommand::Erase(it) => &it.by.open.place,
            PersonCommand::Expire(it) => &it.by.open.place,
            PersonCommand::Master(it) => &it.open.place,
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

fn init(office: &PrivateOffice<'_>, args: &OpenArgs) -> Fallible<Report> {
    let Some(cooperative) = args.place.office.coop else {
        let text = office.messages.text("personal.which");
        return Err(Failure::usage(text).expected("--coop ACCOUNT, VECHE_COOP"));
    };
    let folder = office.folder()?;
    let secret = office.secret(&args.master.master, Asked::New)?;
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
    let mut store = office.store(&args.open.master)?;
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
        documents = of_desk(&desk, args.account);
    }
    if let Some(profile) = &profile {
        store
            .put_profile(args.account, profile, now())
            .map_err(&failed)?;
    }
    for document in &documents {
        store
            .put_document(document, args.admitted, now())
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
        "documents": documents.iter().map(|it| it.document.hash()).collect::<Vec<_>>(),
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
    Profile::from_json(account, &bytes).map_err(failed(&office.messages))
}

/// The documents of the desk that are about an account and whole.
fn of_desk(desk: &Desk, account: Name) -> Vec<PrivateDocument> {
    let files = fs::read_dir(desk.documents()).into_iter().flatten();
    let found = files.flatten().filter_map(|file| {
        let name = file.file_name().to_string_lossy().into_owned();
        let hash = name.strip_suffix(".json")?.parse().ok()?;
        let kept = desk.kept(&hash)?;
        let document = Document::from_bytes(&base64::decode(&kept.document?)?).ok()?;
        let text = fs::read_to_string(desk.documents().join(&kept.file)).ok()?;
        (document.meta.username == account).then_some(PrivateDocument {
            document,
            text,
            record: kept.record,
            proposal: kept.proposal,
        })
    });
    found.collect()
}

fn show(office: &PrivateOffice<'_>, args: &ShowPersonArgs) -> Fallible<Report> {
    let failed = failed(&office.messages);
    let mut store = office.store(&args.open.master)?;
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
    let mut store = office.store(&args.open.master)?;
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
    let old = office.secret(&args.open.master.master, Asked::Known)?;
    let new = office.secret(&args.new_master, Asked::New)?;
    let outcomes = change_master(&folder, &old, &new).map_err(failed(&office.messages))?;
    erase::at_all(
        office,
        &outcomes,
        json!({}),
        office.messages.text("store.changed"),
    )
}
