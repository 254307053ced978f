//! The same life, followed in this process, by our state history, by that of a real node and by its trace API:
//! the rows are the same.

use super::life::{COOP, cooperative, lived, registry};
use antelope_chain::api::Api;
use antelope_chain::{Chain, DEVELOPMENT_KEY, OpenOptions, wasm};
use antelope_follow::{
    BlockSource, ChainSource, StateHistorySource, StateHistoryWindow, TraceApiSource,
};
use antelope_node::{Node, NodeOptions};
use antelope_rpc::{StateHistory, StateHistoryOptions};
use antelope_types::{TimePoint, name};
use coop_client::history::{Before, History};
use coop_client::registry::{Wanted, read};
use coop_index::{
    Follower, IndexReader, IndexScope, IndexWriter, QuestionFilter, SearchFilter, Slice, Stepped,
    TABLES,
};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long nothing happens at the head.
const QUIET: Duration = Duration::from_millis(700);

/// Tables that follow from actions alone.
const OF_ACTIONS: &[&str] = &[
    "votes",
    "documents",
    "signatures",
    "acts",
    "settlements",
    "searchable",
];

/// An index of its own folder.
pub(super) struct Indexed {
    _folder: TempDir,
    pub(super) file: PathBuf,
}

impl Indexed {
    /// Follows a source to the block with this number, or as far as it goes.
    pub(super) fn of(scope: IndexScope, source: impl BlockSource, last: u32, told: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("index.db");
        let writer = IndexWriter::open(&file, scope).expect("an index");
        let mut follower = Follower::new(source, writer);
        let (start, mut blocks) = (Instant::now(), 0u32);
        loop {
            match follower
                .step(QUIET)
                .unwrap_or_else(|e| panic!("{told}: {e}"))
            {
                Stepped::Applied(_) => blocks += 1,
                Stepped::Nothing => break,
                other => assert!(matches!(other, Stepped::Finalized(_)), "{told}: {other:?}"),
            }
        }
        let took = start.elapsed().saturating_sub(QUIET);
        eprintln!("{told}: {blocks} blocks in {} ms", took.as_millis());
        let head = follower.status().head.map(|it| it.block_num);
        assert!(head >= Some(last), "{told}: {head:?} of {last}");
        Self {
            _folder: folder,
            file,
        }
    }

    pub(super) fn rows(&self) -> BTreeMap<&'static str, Vec<String>> {
        let mut reader = self.reader();
        let rows = |table: &&'static str| (*table, reader.rows(table).expect("rows"));
        TABLES.iter().map(rows).collect()
    }

    pub(super) fn reader(&self) -> IndexReader {
        IndexReader::open(&self.file).expect("an index")
    }
}

/// The block log of a chain.
fn block_log(chain: &Chain, folder: &Path) -> PathBuf {
    let copy = OpenOptions::new().template(chain);
    let mut copy = copy
        .open(folder, wasm::Engine::shared().expect("an engine"))
        .expect("a copy");
    copy.checkpoint().expect("a checkpoint");
    copy.close().expect("the end");
    folder.join("blocks.log")
}

/// A real node that has executed the chain's blocks anew.
pub(super) fn executed_by_a_node(api: &Api, folder: &Path) -> Node {
    let node = Node::start(NodeOptions {
        blocks: Some(block_log(&api.fork(), folder)),
        key: Some(DEVELOPMENT_KEY),
        produce: false,
        state_history: true,
        ..NodeOptions::default()
    });
    node.unwrap_or_else(|e| panic!("{e}"))
}

#[test]
fn a_life_has_the_same_rows_whoever_tells_it() {
    let Some(api) = lived() else {
        return;
    };
    let scope = IndexScope {
        contracts: registry(&api),
        cooperative: Some(COOP),
    };
    let source = ChainSource::new(api.live().clone(), scope.interest());
    let head = api.fork().head().number();
    let here = Indexed::of(scope, source, head, "this process");
    let rows = here.rows();
    for table in [
        "questions",
        "votes",
        "documents",
        "signatures",
        "payments",
        "participants",
        "events",
        "balances",
        "funds",
        "charters",
        "boards",
        "seats",
        "staff",
        "steps",
    ] {
        assert!(!rows[table].is_empty(), "{table}");
    }
    assert!(rows["unreadable"].is_empty(), "{:#?}", rows["unreadable"]);

    let listen = "127.0.0.1:0".parse().expect("an address");
    let served = StateHistory::start(api.live(), listen, StateHistoryOptions::default());
    let served = served.expect("a server");
    let url = format!("ws://{}", served.address());
    let source = StateHistorySource::new(&url, scope.interest()).expect("an address");
    let ours = Indexed::of(scope, source, head, "our state history");
    assert_eq!(ours.rows(), rows);
    // A window of one block stalls nobody.
    let window = StateHistoryWindow {
        blocks: 1,
        ..StateHistoryWindow::default()
    };
    let source = StateHistorySource::with(&url, scope.interest(), window).expect("an address");
    assert_eq!(
        Indexed::of(scope, source, head, "block by block").rows(),
        rows
    );

    let folder = tempfile::tempdir().expect("a folder");
    let node = executed_by_a_node(&api, &folder.path().join("copy"));
    let last = node.client().get_info().expect("its head").head_block_num;
    assert!(last + 1 >= head, "{last} of {head}");
    let address = node.state_history_address().expect("it serves history");
    let source =
        StateHistorySource::new(&address.to_string(), scope.interest()).expect("an address");
    let theirs = Indexed::of(scope, source, last, "nodeos").rows();
    for table in TABLES {
        assert_eq!(theirs[table], rows[table], "{table}");
    }

    let source = TraceApiSource::new(node.client().clone(), scope.interest(), 2);
    let traced = Indexed::of(scope, source, 2, "trace API").rows();
    for table in OF_ACTIONS {
        assert_eq!(traced[table], rows[table], "{table}");
    }
    as_the_history_tells(&api, &here);
    as_the_tables_tell(&api, &here);
}

/// What was decided, as the registry is read from the history of actions.
fn as_the_history_tells(api: &Api, index: &Indexed) {
    let contracts = registry(api);
    let wanted = Wanted {
        count: 500,
        ..Wanted::default()
    };
    let history = History::open(&api.client(), &contracts, Before::Now, 20_000);
    let mut history = history.expect("a history");
    let page = read(&mut history, contracts.soviet, COOP, &wanted, &mut |_| {});
    let mut reader = index.reader();
    let finished = QuestionFilter {
        is_open: Some(false),
        ..QuestionFilter::default()
    };
    let slice = Slice {
        count: 500,
        after: None,
    };
    let found = reader
        .questions(COOP, &finished, &slice)
        .expect("questions");
    let mut entries = page.expect("a page").entries;
    assert!(entries.len() >= 3);
    entries.sort_by_key(|it| std::cmp::Reverse(it.id));
    assert_eq!(found.entries.len(), entries.len());
    for (question, entry) in found.entries.iter().zip(&entries) {
        let package = reader
            .package(COOP, question.id)
            .expect("a package")
            .expect("one");
        assert_eq!((question.id, question.kind), (entry.id, entry.kind));
        assert_eq!(question.outcome.as_deref(), Some(entry.fate.name()));
        assert_eq!(question.hash, entry.hash);
        assert_eq!(question.protocol, entry.protocol);
        assert_eq!(question.chairman, entry.chairman);
        assert_eq!(question.published_at, entry.published_at);
        assert_eq!(question.finished_at, Some(entry.finished_at));
        let votes: Vec<_> = package
            .votes
            .iter()
            .map(|it| (it.username, it.is_for))
            .collect();
        let mut told: Vec<_> = entry
            .votes
            .iter()
            .map(|it| (it.username, it.is_for))
            .collect();
        assert_eq!(votes.len(), told.len());
        told.retain(|it| !votes.contains(it));
        assert!(told.is_empty(), "{told:?}");
        let statement = package.statement.expect("a statement");
        assert_eq!(statement.hash, entry.hash, "computed as the contract does");
        assert_eq!(package.protocol.map(|it| it.hash), entry.protocol);
    }
    let words = SearchFilter {
        words: "протокола решение".to_owned(),
        ..SearchFilter::default()
    };
    let hits = reader.search(COOP, &words, &slice).expect("a search");
    assert!(
        hits.entries.iter().any(|it| it.question == Some(1)),
        "{hits:?}"
    );
}

/// What the chain still has.
fn as_the_tables_tell(api: &Api, index: &Indexed) {
    let (coop, mut reader) = (cooperative(api), index.reader());
    let slice = Slice {
        count: 500,
        after: None,
    };
    let here = reader
        .participants(COOP, Some(name!("active")), &slice)
        .expect("participants");
    let there = coop.participants().expect("its table");
    assert_eq!(here.entries.len(), there.len());
    for participant in there {
        let found = here
            .entries
            .iter()
            .find(|it| it.username == participant.username);
        let found = found.expect("the participant");
        assert_eq!(found.hash, participant.hash);
        assert_eq!(found.minimum, participant.minimum);
    }
    let open: Vec<_> = reader
        .payments(COOP, None, &slice)
        .expect("payments")
        .entries;
    let open = open.iter().filter(|it| it.is_open).count();
    assert_eq!(open, coop.payments().expect("its table").len());
    let wallets = coop.wallets().expect("its table");
    let balances = reader.balances(COOP, u32::MAX).expect("balances");
    assert_eq!(balances.len(), wallets.len());
    for wallet in wallets {
        let mut found = balances.iter().filter(|it| it.username == wallet.username);
        let found = found.next().expect("the balance");
        assert_eq!(
            (found.minimum, found.available, found.blocked, found.in_kind),
            (
                wallet.minimum,
                wallet.available,
                wallet.blocked,
                wallet.in_kind
            )
        );
    }
    let money = coop.funds().expect("its row").expect("open funds");
    let funds = reader.funds(COOP, u32::MAX).expect("funds").expect("some");
    assert_eq!(
        (funds.share, funds.incoming, funds.outgoing),
        (money.share, money.incoming, money.outgoing)
    );
    let seats = reader.seats(COOP).expect("seats");
    let sitting: Vec<_> = seats.iter().filter(|it| it.left_at.is_none()).collect();
    assert_eq!(
        sitting.len(),
        coop.sitting_members().expect("its table").len()
    );
    let staff = reader.staff(COOP).expect("staff");
    let staff = staff.iter().filter(|it| it.left_at.is_none()).count();
    assert_eq!(staff, coop.staff().expect("its table").len());
    let candidates = reader
        .candidates(COOP, None, &slice)
        .expect("candidates")
        .entries;
    let open = candidates.iter().filter(|it| it.is_open).count();
    assert_eq!(open, coop.candidates().expect("its table").len());
    // Those whom the chain has erased are still here, with what ended their candidacy.
    assert!(candidates.iter().any(|it| it.ended_by.is_some()));
    let properties = reader
        .properties(COOP, None, &slice)
        .expect("properties")
        .entries;
    let open = properties.iter().filter(|it| it.is_open).count();
    assert_eq!(open, coop.properties().expect("its table").len());
    let row = coop.coop().expect("its row").expect("it is registered");
    let found = reader.cooperatives().expect("cooperatives");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].participants, u64::from(row.participants));
    assert!(found[0].created_at > TimePoint::default());
}
