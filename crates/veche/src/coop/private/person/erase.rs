//! `person erase` and `person expire`: data that goes for good, and the act about it.

use super::{OpenArgs, of_desk};
use crate::coop::desk::Desk;
use crate::coop::private::failure::failed;
use crate::coop::private::{PrivateOffice, now};
use antelope_cli::{Console, Failure, Fallible, Report};
use antelope_types::Name;
use clap::Args;
use coop_documents::{DestructionReason, Person};
use coop_language::Words;
use coop_private::{Erased, ErasureOrder, ErasurePlan, PlaceOutcome, PlaceProblem, PrivateStore};
use serde_json::{Value, json};
use std::path::PathBuf;

/// Who erases.
#[derive(Args, Clone, Debug)]
pub(super) struct ErasureBy {
    /// The account of the person who carries it out, whom the act of destruction names
    #[arg(long, value_name = "ACCOUNT")]
    by: Name,
    #[command(flatten)]
    pub(super) open: OpenArgs,
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
    let mut store = office.store(&args.by.open.master)?;
    let desk = office.desk(store.cooperative())?;
    let files = on_desk(&desk, &store, args.account).map_err(&failed)?;
    let plan = match store.erasure_plan(args.account) {
        Err(coop_private::PrivateError::NoPerson { .. }) if !files.is_empty() => None,
        plan => Some(plan.map_err(&failed)?),
    };
    let (data, text) = planned(office, args.account, plan.as_ref(), &files);
    if args.dry_run {
        return Ok(Report::new(data, text));
    }
    console.show(&text);
    office.agree(
        console,
        &Words::of("erase.sure").with("account", args.account),
    )?;
    let by = by(&mut store, &desk, args.by.by)?;
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
    let mut store = office.store(&args.by.open.master)?;
    let desk = office.desk(store.cooperative())?;
    office.agree(console, &Words::of("erase.expire"))?;
    let by = by(&mut store, &desk, args.by.by)?;
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

/// Who carries it out, by the store or by the desk.
fn by(store: &mut PrivateStore, desk: &Desk, account: Name) -> Fallible<Person> {
    let profile = store.profile(account).map_err(failed(&desk.messages))?;
    match profile.as_ref().and_then(|it| it.person()) {
        Some(person) => Ok(person.clone()),
        None => desk.person(account),
    }
}

fn order<'a>(
    by: &'a Person,
    desk: &'a Desk,
    reason: DestructionReason,
    has_files: bool,
) -> ErasureOrder<'a> {
    ErasureOrder {
        by,
        reason,
        cooperative: &desk.cooperative,
        // Russian is the language of documents that count.
        lang: coop_language::Lang::Ru,
        block_num: 0,
        signer: None,
        media: match has_files {
            true => vec![desk.documents().display().to_string()],
            false => Vec::new(),
        },
    }
}

/// The files of the desk that go with an account: who it is, and the documents that the law does not keep.
fn on_desk(
    desk: &Desk,
    store: &PrivateStore,
    account: Name,
) -> Result<Vec<PathBuf>, coop_private::PrivateError> {
    let archived: Vec<_> = store
        .documents(Some(account))?
        .into_iter()
        .filter(|it| matches!(it.holder, coop_private::Holder::Archive(_)))
        .map(|it| it.hash)
        .collect();
    let mut files = vec![desk.place(account)];
    for document in of_desk(desk, account) {
        let hash = document.document.hash();
        let rule = coop_private::KeepingRule::of(document.document.meta.registry_id);
        let goes = rule.is_some_and(|rule| rule.once_admitted) && !archived.contains(&hash);
        if let (true, Some(kept)) = (goes, desk.kept(&hash)) {
            files.push(desk.documents().join(&kept.file));
            files.push(desk.documents().join(format!("{hash}.json")));
        }
    }
    files.retain(|file| file.exists());
    Ok(files)
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
