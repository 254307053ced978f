//! `person erase` and `person expire`: data that goes for good, and the act about it.

use crate::coop::clock::now;
use crate::coop::desk::Desk;
use crate::coop::desk::inventory::{DeskItem, ItemContent};
use crate::coop::private::PrivateOffice;
use crate::coop::private::failure::failed;
use crate::coop::private::place::RegistryPlace;
use antelope_cli::signers::{KeyOptions, key_of};
use antelope_cli::{Console, Failure, Fallible, Report};
use antelope_rpc_client::Signer;
use antelope_types::{Checksum256, Name, PermissionLevel};
use clap::Args;
use coop_documents::{DestructionReason, Person};
use coop_language::Words;
use coop_private::{Erased, ErasureOrder, ErasurePlan, PlaceOutcome, PlaceProblem, PrivateStore};
use serde_json::{Value, json};
use std::path::PathBuf;

/// Who erases.
#[derive(Args, Clone, Debug)]
pub(super) struct ErasureBy {
    /// The account of the person who carries it out and signs the act of destruction, with a key at hand
    #[arg(long = "as", value_name = "ACCOUNT", env = "VECHE_ACCOUNT")]
    eraser: Option<Name>,
    /// The same, for an act that is printed and signed on paper: no node and no key is asked for
    #[arg(long, value_name = "ACCOUNT")]
    by: Option<Name>,
    #[command(flatten)]
    pub(super) place: RegistryPlace,
    #[command(flatten)]
    keys: KeyOptions,
}

/// Who erases, and what they sign the act with.
struct Eraser {
    person: Person,
    /// The chain that the signature is for, its newest irreversible block, and the key.
    signing: Option<(Checksum256, u32, Box<dyn Signer>)>,
}

#[derive(Args, Clone, Debug)]
pub(super) struct EraseArgs {
    /// The account
    account: Name,
    /// Why: withdrawn, done, term-over or unlawful
    #[arg(long, value_parser = reason)]
    reason: DestructionReason,
    /// Show what would go and what would stay, and erase nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    pub(super) by: ErasureBy,
}

#[derive(Args, Clone, Debug)]
pub(super) struct ExpireArgs {
    #[command(flatten)]
    pub(super) by: ErasureBy,
}

fn reason(text: &str) -> Result<DestructionReason, String> {
    let known = DestructionReason::ALL
        .into_iter()
        .find(|it| it.word() == text);
    known.ok_or_else(|| {
        let words = DestructionReason::ALL.map(DestructionReason::word);
        format!("expected one of {}", words.join(", "))
    })
}

/// Runs `person erase`.
pub(super) fn person(
    office: &PrivateOffice<'_>,
    console: &mut Console<'_>,
    args: &EraseArgs,
) -> Fallible<Report> {
    let failed = failed(&office.messages);
    let mut store = office.store()?;
    let desk = office.desk(store.cooperative())?;
    // What the law keeps of a participant, and not of a candidate, goes to the archive before anything is planned.
    let is_admitted = office.was_admitted(store.cooperative(), args.account)? == Some(true);
    if is_admitted {
        store.admit(args.account, now()).map_err(&failed)?;
    }
    let files = on_desk(&desk, &store, args.account, is_admitted)?;
    let plan = match store.erasure_plan(args.account) {
        Err(coop_private::PrivateError::NoPerson { .. }) if !files.is_empty() => None,
        plan => Some(plan.map_err(&failed)?),
    };
    let (mut data, text) = planned(office, args.account, plan.as_ref(), &files);
    data["admitted"] = json!(is_admitted);
    if args.dry_run {
        return Ok(Report::new(data, text));
    }
    console.show(&text);
    office.agree(
        console,
        &Words::of("erase.sure").with("account", args.account),
    )?;
    let by = eraser(office, &mut store, &desk, &args.by)?;
    for file in &files {
        let removed = coop_private::overwrite_and_remove(file);
        removed.map_err(&failed)?;
    }
    if plan.is_none() {
        return Ok(Report::new(data, office.messages.text("erase.desk_only")));
    }
    let order = order(&by, &desk, args.reason, !files.is_empty());
    let erased = store.erase(args.account, &order, now()).map_err(&failed)?;
    reported(office, args.account.to_string(), &erased)
}

/// Runs `person expire`.
pub(super) fn expired(
    office: &PrivateOffice<'_>,
    console: &mut Console<'_>,
    args: &ExpireArgs,
) -> Fallible<Report> {
    let mut store = office.store()?;
    let desk = office.desk(store.cooperative())?;
    office.agree(console, &Words::of("erase.expire"))?;
    let by = eraser(office, &mut store, &desk, &args.by)?;
    let order = order(&by, &desk, DestructionReason::TermOver, false);
    let years = store.erase_expired(&order, now());
    let years = years.map_err(failed(&office.messages))?;
    let places: Vec<PlaceOutcome> = years.iter().flat_map(|it| it.1.places.clone()).collect();
    let told: Vec<_> = years.iter().map(|it| it.0.to_string()).collect();
    let acts: Vec<_> = years
        .iter()
        .map(|it| json!({"year": it.0, "act": it.1.act}))
        .collect();
    let text = match told.is_empty() {
        true => office.messages.text("erase.nothing"),
        false => office.say(&Words::of("erase.years").with("years", told.join(", "))),
    };
    at_all(office, &places, json!({ "years": acts }), text)
}

/// Who carries it out, by the store or by the desk. Whatever is in the way of signing is told before anything is
/// erased.
fn eraser(
    office: &PrivateOffice<'_>,
    store: &mut PrivateStore,
    desk: &Desk,
    args: &ErasureBy,
) -> Fallible<Eraser> {
    let account = args.by.or(args.eraser).ok_or_else(|| {
        Failure::usage(office.messages.text("erase.who")).expected("--as ACCOUNT, --by ACCOUNT")
    })?;
    let profile = store.profile(account).map_err(failed(&desk.messages))?;
    let person = match profile.as_ref().and_then(|it| it.person()) {
        Some(person) => person.clone(),
        None => desk.person(account)?,
    };
    let signing = match args.by {
        None => {
            let session = office.session;
            let keys = args.keys.beside(&session.folder()?).signers()?;
            let key = key_of(session, PermissionLevel::active(account), keys)?;
            let block = session.client.get_info()?.last_irreversible_block_num;
            Some((session.chain_id()?, block, key))
        }
        Some(_) => None,
    };
    Ok(Eraser { person, signing })
}

fn order<'a>(
    by: &'a Eraser,
    desk: &'a Desk,
    reason: DestructionReason,
    has_files: bool,
) -> ErasureOrder<'a> {
    ErasureOrder {
        by: &by.person,
        reason,
        cooperative: &desk.cooperative,
        // Russian is the language of documents that count.
        lang: coop_language::Lang::Ru,
        block_num: by.signing.as_ref().map_or(0, |it| it.1),
        signer: by.signing.as_ref().map(|it| (it.0, &*it.2)),
        media: match has_files {
            true => vec![desk.documents().display().to_string()],
            false => Vec::new(),
        },
    }
}

/// The files of the desk that go with an account: who it is, papers, and the documents that the law does not keep.
fn on_desk(
    desk: &Desk,
    store: &PrivateStore,
    account: Name,
    is_admitted: bool,
) -> Fallible<Vec<PathBuf>> {
    let archived = store.documents(Some(account));
    let archived = archived.map_err(failed(&desk.messages))?;
    let is_archived = |hash: Checksum256| {
        let mut kept = archived.iter().filter(|it| it.hash == hash);
        kept.any(|it| matches!(it.holder, coop_private::Holder::Archive(_)))
    };
    let goes = |item: &DeskItem| match &item.content {
        ItemContent::Person(_) | ItemContent::Paper(..) => true,
        ItemContent::Document(it, _) => {
            let rule = coop_private::KeepingRule::of(it.document.meta.registry_id);
            let is_kept = is_admitted || is_archived(it.document.hash());
            rule.is_some_and(|rule| rule.once_admitted) && !is_kept
        }
    };
    let items = desk.inventory()?.items.into_iter();
    let items = items.filter(|item| item.account == account && goes(item));
    Ok(items.flat_map(|item| item.files).collect())
}

/// What would be done.
fn planned(
    office: &PrivateOffice<'_>,
    account: Name,
    plan: Option<&ErasurePlan>,
    files: &[PathBuf],
) -> (Value, String) {
    let count = |words: &'static str, count: usize| match words {
        "erased" => office.say(&Words::of("erase.documents").with("count", count)),
        "kept" => office.say(&Words::of("erase.kept").with("count", count)),
        _ => office.say(&Words::of("erase.places").with("count", count)),
    };
    let mut lines = vec![office.say(&Words::of("erase.of").with("account", account))];
    let mut data = json!({"account": account, "desk": files});
    if let Some(plan) = plan {
        if plan.has_profile {
            lines.push(office.messages.text("erase.profile"));
        }
        lines.push(count("erased", plan.erased.len()));
        if plan.papers > 0 {
            lines.push(office.say(&Words::of("erase.papers").with("count", plan.papers)));
        }
        lines.push(count("kept", plan.kept.len()));
        lines.push(count("places", plan.places.len()));
        lines.extend(
            plan.places
                .iter()
                .map(|it| format!("  {}", it.path.display())),
        );
        if plan.is_unfinished {
            lines.push(office.messages.text("erase.unfinished"));
        }
        data["profile"] = json!(plan.has_profile);
        data["papers"] = json!(plan.papers);
        data["erased"] = json!(plan.erased.iter().map(|it| it.hash).collect::<Vec<_>>());
        data["kept"] = json!(plan.kept.iter().map(|it| it.hash).collect::<Vec<_>>());
        data["places"] = json!(plan.places.iter().map(|it| &it.path).collect::<Vec<_>>());
        data["unfinished"] = json!(plan.is_unfinished);
    }
    for file in files {
        lines.push(office.say(&Words::of("erase.file").with("file", file.display())));
    }
    (data, lines.join("\n"))
}

fn reported(office: &PrivateOffice<'_>, of: String, erased: &Erased) -> Fallible<Report> {
    let text = match &erased.act {
        Some(act) => {
            let words = Words::of("erase.done")
                .with("account", &of)
                .with("hash", act);
            office.say(&words)
        }
        None => String::new(),
    };
    at_all(
        office,
        &erased.places,
        json!({"account": of, "act": erased.act}),
        text,
    )
}

/// A report about all places, which fails while one of them is left.
pub(super) fn at_all(
    office: &PrivateOffice<'_>,
    outcomes: &[PlaceOutcome],
    mut data: Value,
    text: String,
) -> Fallible<Report> {
    let told = |it: &PlaceOutcome| json!({"path": it.path, "problem": it.problem.as_ref().map(ToString::to_string)});
    data["places"] = outcomes.iter().map(told).collect();
    let left: Vec<_> = outcomes.iter().filter(|it| it.problem.is_some()).collect();
    data["complete"] = json!(left.is_empty());
    if left.is_empty() {
        return Ok(Report::new(data, text));
    }
    let line = |it: &&PlaceOutcome| {
        let problem = it.problem.as_ref().map(|it| problem(office, it));
        format!("{}: {}", it.path.display(), problem.unwrap_or_default())
    };
    let lines: Vec<_> = left.iter().map(line).collect();
    let words = Words::of("erase.incomplete").with("count", left.len());
    let mut failure = Failure::new("mismatch.incomplete", office.say(&words))
        .hint(office.messages.text("erase.again"))
        .hint(office.messages.text("erase.forget"));
    failure.report = Some(Report::new(data, lines.join("\n")));
    Err(failure)
}

/// Why something is not done at a place, in the reader's language.
fn problem(office: &PrivateOffice<'_>, problem: &PlaceProblem) -> String {
    match problem {
        PlaceProblem::Unreachable => office.messages.text("place.unreachable"),
        PlaceProblem::AnotherBackup => office.messages.text("place.another_backup"),
        PlaceProblem::AnotherStore => office.messages.text("place.another_store"),
        PlaceProblem::Reader => office.messages.text("place.reader"),
        other => other.to_string(),
    }
}
