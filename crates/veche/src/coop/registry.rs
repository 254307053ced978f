//! `registry`: all decisions that are finished, from the node's history and the papers of the desk; and what the
//! index of the cooperative finds, lists and exports.

mod export;
#[cfg(feature = "registry")]
mod found;
mod index;
#[cfg(feature = "registry")]
mod search;

use super::desk::Desk;
use super::faults::unreadable;
use super::office::{Office, OfficeOptions};
use antelope_cli::{Console, Failure, Fallible, Report, Session};
use antelope_types::{Checksum256, Name, TimePoint};
use clap::{Args, Subcommand, ValueEnum};
use coop_client::ReadError;
use coop_client::history::{Before, History};
use coop_client::registry::{Entry, Fate, Page, Wanted, read};
use coop_language::Words;
use coop_papers::kind_title;
use export::ExportArgs;
use index::{PackageArgs, SearchArgs};
use serde_json::{Value, json};

pub(super) use index::IndexOptions;
#[cfg(feature = "registry")]
pub(super) use index::{OpenIndex, refused};

/// What was decided.
#[derive(Args, Clone, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct RegistryArgs {
    #[command(subcommand)]
    pub(super) command: Option<RegistryCommand>,
    /// Of this kind only, such as joincoop; may be given several times
    #[arg(long = "kind", value_name = "KIND")]
    kinds: Vec<Name>,
    /// About this person only
    #[arg(long, value_name = "ACCOUNT")]
    person: Option<Name>,
    /// With this fate only
    #[arg(long, value_name = "FATE")]
    fate: Option<FateName>,
    /// Finished on this day or later, in UTC: 2026-01-20 or 2026-01-20T09:30:00
    #[arg(long, value_name = "TIME", value_parser = moment)]
    since: Option<TimePoint>,
    /// Finished before this day or time, in UTC
    #[arg(long, value_name = "TIME", value_parser = moment)]
    until: Option<TimePoint>,
    /// The next page: what was finished below this block
    #[arg(long, value_name = "BLOCK", conflicts_with = "until")]
    before: Option<u32>,
    /// How many decisions a page has; the last block of a page is whole, so it can have more
    #[arg(long, value_name = "COUNT", default_value_t = 20,
          value_parser = clap::value_parser!(u16).range(1..=500))]
    count: u16,
    /// The next page of an index: what the page before ended with
    #[arg(
        long,
        value_name = "CURSOR",
        conflicts_with = "before",
        requires = "folder"
    )]
    after: Option<String>,
    #[command(flatten)]
    walk: WalkOptions,
    #[command(flatten)]
    index: IndexOptions,
    #[command(flatten)]
    office: OfficeOptions,
}

/// How far history is read.
#[derive(Args, Clone, Debug)]
struct WalkOptions {
    /// The most reads of the node: pages of actions, or blocks where the node has no index
    #[arg(long, value_name = "READS", default_value_t = 20_000,
          value_parser = clap::value_parser!(u32).range(1..))]
    most: u32,
}

/// What is done with the registry.
#[derive(Subcommand, Clone, Debug)]
pub(crate) enum RegistryCommand {
    /// One finished decision: its votes, its documents, the money and property it moved
    Show(OneArgs),
    /// Find documents by their words, in the index
    Search(SearchArgs),
    /// A question with all that belongs to it, finished or not, from the index
    Package(PackageArgs),
    /// Write the index as tables for a spreadsheet, or as a signed archive that verifies offline
    Export(Box<ExportArgs>),
}

/// One finished decision.
#[derive(Args, Clone, Debug)]
pub(crate) struct OneArgs {
    /// The decision's number
    id: u64,
    #[command(flatten)]
    walk: WalkOptions,
    #[command(flatten)]
    office: OfficeOptions,
}

/// What became of a decision.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum FateName {
    /// It took effect
    CarriedOut,
    /// The council declined it
    Declined,
    /// Its voting ended without approval
    NotApproved,
    /// The chairman did not sign it in time
    NotSigned,
}

impl RegistryArgs {
    /// Which cooperative is meant.
    pub(super) fn office(&self) -> &OfficeOptions {
        match &self.command {
            Some(RegistryCommand::Show(one)) => &one.office,
            Some(RegistryCommand::Search(it)) => &it.office,
            Some(RegistryCommand::Package(it)) => &it.office,
            Some(RegistryCommand::Export(it)) => &it.office,
            None => &self.office,
        }
    }

    /// Whether the index alone answers: no node is asked.
    pub(super) fn is_of_index(&self) -> bool {
        match &self.command {
            Some(RegistryCommand::Show(_)) => false,
            Some(RegistryCommand::Search(_) | RegistryCommand::Package(_)) => true,
            Some(RegistryCommand::Export(it)) => it.archive.is_none(),
            // A page below a block is one of the history.
            None => self.index.folder.is_some() && self.before.is_none(),
        }
    }
}

/// That this program was built without the index.
#[cfg(not(feature = "registry"))]
pub(super) fn not_built(messages: &coop_language::Messages) -> Box<Failure> {
    Failure::new("found.not_built", messages.text("found.not_built"))
        .hint(messages.text("found.build"))
}

/// Runs what the index alone answers.
#[cfg(not(feature = "registry"))]
pub(super) fn from_index(
    _: &Session,
    _: &mut Console<'_>,
    arguments: &RegistryArgs,
) -> Fallible<Report> {
    let lang = arguments.office().language();
    Err(not_built(&super::words::messages(lang)))
}

/// Runs what the index alone answers.
#[cfg(feature = "registry")]
pub(super) fn from_index(
    session: &Session,
    console: &mut Console<'_>,
    arguments: &RegistryArgs,
) -> Fallible<Report> {
    let index = match &arguments.command {
        Some(RegistryCommand::Search(it)) => &it.index,
        Some(RegistryCommand::Package(it)) => &it.index,
        Some(RegistryCommand::Export(it)) => &it.index,
        _ => &arguments.index,
    };
    let mut index = OpenIndex::of(session, console, index, arguments.office())?;
    match &arguments.command {
        Some(RegistryCommand::Search(it)) => search::run(session, console, &mut index, it),
        Some(RegistryCommand::Package(it)) => found::package(&mut index, it),
        Some(RegistryCommand::Export(it)) => export::csv(&mut index, it),
        _ => {
            let outcomes = arguments.fate.map(|it| Fate::from(it).name().to_owned());
            let filter = coop_index::QuestionFilter {
                kinds: arguments.kinds.clone(),
                outcomes: outcomes.into_iter().collect(),
                person: arguments.person,
                since: arguments.since,
                until: arguments.until,
                ..coop_index::QuestionFilter::default()
            };
            let slice = coop_index::Slice {
                count: arguments.count.into(),
                after: arguments.after.clone(),
            };
            found::list(&mut index, &filter, &slice)
        }
    }
}

/// Where a hash is recorded by an index: the chain, what is known for programs and for people.
///
/// # Errors
/// `database.read`.
#[cfg(feature = "registry")]
pub(super) fn recorded(
    index: &mut OpenIndex,
    hash: Checksum256,
) -> Fallible<Option<(Checksum256, Value, Vec<String>)>> {
    let chain_id = index.reader.snapshot().map_err(index::refused)?.chain_id;
    let found = index.reader.find(index.coopname, hash);
    let found = found.map_err(index::refused)?;
    Ok(found.map(|it| {
        (
            chain_id,
            found::recorded_data(&it),
            found::recorded_lines(&index.messages, &it),
        )
    }))
}

impl From<FateName> for Fate {
    fn from(name: FateName) -> Self {
        match name {
            FateName::CarriedOut => Self::CarriedOut,
            FateName::Declined => Self::Declined,
            FateName::NotApproved => Self::NotApproved,
            FateName::NotSigned => Self::NotSigned,
        }
    }
}

/// A day or a moment, in UTC.
fn moment(text: &str) -> Result<TimePoint, String> {
    let text = match text.contains('T') {
        true => text.to_owned(),
        false => format!("{text}T00:00:00"),
    };
    let parsed = serde_json::from_value(json!(text));
    parsed.map_err(|_| "expected a day, 2026-01-20, or a time, 2026-01-20T09:30:00".to_owned())
}

/// Runs the command.
pub(super) fn run(
    office: &Office<'_>,
    console: &mut Console<'_>,
    arguments: &RegistryArgs,
) -> Fallible<Report> {
    match &arguments.command {
        Some(RegistryCommand::Show(one)) => return show(office, console, one),
        #[cfg(feature = "registry")]
        Some(RegistryCommand::Export(it)) => {
            let options = &it.office;
            let mut index = OpenIndex::of(office.session(), console, &it.index, options)?;
            return export::archive(office, &mut index, it);
        }
        #[cfg(not(feature = "registry"))]
        Some(RegistryCommand::Export(_)) => return Err(not_built(&office.messages)),
        _ => {}
    }
    let wanted = Wanted {
        kinds: arguments.kinds.clone(),
        person: arguments.person,
        fate: arguments.fate.map(Fate::from),
        since: arguments.since,
        id: None,
        count: arguments.count.into(),
    };
    let before = match (arguments.before, arguments.until) {
        (Some(block), _) => Before::Block(block),
        (None, Some(time)) => Before::Time(time),
        (None, None) => Before::Now,
    };
    let page = walk(office, console, before, arguments.walk.most, &wanted)?;
    let desk = office.papers();
    let mut text = String::new();
    for entry in &page.entries {
        text += &line(office, entry);
    }
    if page.entries.is_empty() {
        text = office.messages.text("registry.empty") + "\n";
    }
    if let Some(block) = page.before {
        let words = match page.is_cut {
            true => Words::of("registry.cut"),
            false => Words::of("registry.more"),
        };
        text += &office.say(&words.with("block", block));
    }
    let entries = page.entries.iter();
    let data = json!({
        "decisions": entries.map(|it| data(office, desk, it)).collect::<Vec<_>>(),
        "before": page.before,
        "is_cut": page.is_cut,
    });
    Ok(Report::new(data, text))
}

fn show(office: &Office<'_>, console: &mut Console<'_>, one: &OneArgs) -> Fallible<Report> {
    let id = one.id;
    if office
        .cooperative
        .decision(id)
        .map_err(unreadable)?
        .is_some()
    {
        let words = Words::of("registry.unfinished").with("id", id);
        let hint = Words::of("registry.unfinished_hint").with("id", id);
        return Err(Failure::not_found("decision.none", office.say(&words)).hint(office.say(&hint)));
    }
    let wanted = Wanted {
        id: Some(id),
        count: 1,
        ..Wanted::default()
    };
    let mut page = walk(office, console, Before::Now, one.walk.most, &wanted)?;
    let Some(entry) = page.entries.pop() else {
        let words = Words::of("registry.none").with("id", id);
        let hint = match page.is_cut {
            true => Words::of("registry.further").with("block", page.before.unwrap_or_default()),
            false => Words::of("registry.list"),
        };
        return Err(Failure::not_found("decision.none", office.say(&words)).hint(office.say(&hint)));
    };
    let desk = office.papers();
    let text = told(office, desk, &entry);
    Ok(Report::new(data(office, desk, &entry), text))
}

/// Walks through the history, and tells how far it has come.
fn walk(
    office: &Office<'_>,
    console: &mut Console<'_>,
    before: Before,
    most: u32,
    wanted: &Wanted,
) -> Fallible<Page> {
    let cooperative = &office.cooperative;
    let (client, contracts) = (cooperative.client(), cooperative.contracts());
    let explained = |error| match error {
        ReadError::NoHistory => {
            Failure::new("node.history", office.messages.text("registry.no_history"))
                .hint(office.messages.text("registry.take_another"))
        }
        other => unreadable(other),
    };
    let mut history = History::open(client, contracts, before, most).map_err(explained)?;
    let told = |history: &History| {
        let words = Words::of("registry.progress")
            .with("block", history.block())
            .with("reads", history.reads());
        office.say(&words)
    };
    let progress = console.progress(told(&history));
    let mut reads = 0;
    let mut watch = |history: &History| {
        if reads != history.reads() {
            reads = history.reads();
            progress.tell(told(history));
        }
    };
    let (soviet, coopname) = (contracts.soviet, cooperative.name());
    read(&mut history, soviet, coopname, wanted, &mut watch).map_err(explained)
}

/// What became of a decision, in words.
fn fate(office: &Office<'_>, fate: Fate) -> String {
    office.messages.text(match fate {
        Fate::CarriedOut => "fate.carried_out",
        Fate::Declined => "fate.declined",
        Fate::NotApproved => "fate.not_approved",
        Fate::NotSigned => "fate.not_signed",
    })
}

/// What a decision was about besides its person: a sum, an account, blocking or its end.
fn matter(office: &Office<'_>, entry: &Entry) -> Option<String> {
    let blocked = |is_blocked| match is_blocked {
        true => office.messages.text("registry.block"),
        false => office.messages.text("registry.unblock"),
    };
    let sum = entry.quantity.map(|it| office.sum(it));
    sum.or_else(|| entry.new_account.map(|it| format!("→ {it}")))
        .or_else(|| entry.is_blocked.map(blocked))
}

/// A decision in the list.
fn line(office: &Office<'_>, entry: &Entry) -> String {
    let title = kind_title(entry.kind, office.lang());
    let matter = matter(office, entry).map_or_else(String::new, |it| format!("  {it}"));
    format!(
        "{:>4}  {title}: {}{matter}\n      {}  {} UTC\n",
        entry.id,
        office.called(entry.username),
        fate(office, entry.fate),
        entry.finished_at
    )
}

/// One decision in full.
fn told(office: &Office<'_>, desk: Option<&Desk>, entry: &Entry) -> String {
    let mut lines = vec![format!(
        "{}  {}",
        entry.id,
        kind_title(entry.kind, office.lang())
    )];
    let mut say = |words: Words| lines.push(office.say(&words));
    say(Words::of("show.who").with("account", office.called(entry.username)));
    if let Some(matter) = matter(office, entry) {
        say(Words::of("registry.matter").with("matter", matter));
    }
    if let Some(time) = entry.published_at {
        say(Words::of("show.published").with("time", time));
    }
    let names = |is_for| {
        let votes = entry.votes.iter().filter(|it| it.is_for == is_for);
        let names: Vec<_> = votes.map(|it| office.called(it.username)).collect();
        match names.is_empty() {
            true => "–".to_owned(),
            false => names.join(", "),
        }
    };
    say(Words::of("show.for").with("names", names(true)));
    say(Words::of("show.against").with("names", names(false)));
    if let Some(chairman) = entry.chairman {
        say(Words::of("registry.signed").with("account", office.called(chairman)));
    }
    say(Words::of("registry.fate")
        .with("fate", fate(office, entry.fate))
        .with("time", entry.finished_at));
    if let Some(paid) = entry.paid {
        say(Words::of("registry.paid")
            .with("sum", office.sum(paid.quantity))
            .with("time", paid.at));
    }
    let paper = |hash: Checksum256| match kept(desk, hash) {
        Some(file) => format!("{hash}  {file}"),
        None => hash.to_string(),
    };
    say(Words::of("show.hash").with("hash", paper(entry.hash)));
    if let Some(protocol) = entry.protocol {
        say(Words::of("registry.protocol").with("hash", paper(protocol)));
    }
    for act in &entry.acts {
        say(Words::of("registry.act").with("hash", paper(act.document)));
    }
    say(Words::of("registry.transaction").with("id", entry.transaction));
    lines.join("\n")
}

/// The file of the desk with the text of this document, if the desk has it.
fn kept(desk: Option<&Desk>, hash: Checksum256) -> Option<String> {
    desk?.file_of(&hash)
}

fn data(office: &Office<'_>, desk: Option<&Desk>, entry: &Entry) -> Value {
    let votes = entry
        .votes
        .iter()
        .map(|it| json!({ "username": it.username, "is_for": it.is_for, "at": it.at }));
    let acts = entry.acts.iter().map(|it| {
        json!({
            "registry_id": it.registry_id,
            "document": it.document,
            "at": it.at,
            "file": kept(desk, it.document),
        })
    });
    json!({
        "id": entry.id,
        "kind": entry.kind,
        "title": kind_title(entry.kind, office.lang()),
        "username": entry.username,
        "fate": entry.fate.name(),
        "finished_at": entry.finished_at,
        "block_num": entry.block,
        "transaction_id": entry.transaction,
        "published_at": entry.published_at,
        "published_in": entry.published_in,
        "statement": entry.hash,
        "statement_file": kept(desk, entry.hash),
        "protocol": entry.protocol,
        "protocol_file": entry.protocol.and_then(|it| kept(desk, it)),
        "chairman": entry.chairman,
        "quantity": entry.quantity,
        "new_account": entry.new_account,
        "is_blocked": entry.is_blocked,
        "votes": votes.collect::<Vec<_>>(),
        "acts": acts.collect::<Vec<_>>(),
        "paid": entry.paid.map(|it| json!({
            "quantity": it.quantity,
            "reference": it.reference,
            "at": it.at,
        })),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_midnight() {
        let day = moment("2026-01-20").unwrap();
        assert_eq!(day, moment("2026-01-20T00:00:00").unwrap());
        assert!(moment("20.01.2026").unwrap_err().contains("2026-01-20"));
    }
}
