//! Every kind of decision with every end, and payments that fail: followed in this process and by a real node that
//! executes the same blocks, the rows are the same, and they are those of the chain's tables at every moment.

use super::alike::{Indexed, executed_by_a_node};
use super::life::replayable;
use crate::scenarios::world::{Chain, Coop, Question};
use crate::timetravel::clock::Clock;
use antelope_chain::{Chain as Engine, DEVELOPMENT_KEY};
use antelope_follow::{ChainSource, StateHistorySource};
use antelope_types::{Asset, Name, asset};
use coop_client::{Contracts, Cooperative};
use coop_index::{
    Compared, Follower, IndexReader, IndexScope, IndexWriter, QuestionFilter, Slice, Stepped,
    TABLES, compare,
};
use coop_model::parameters;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Duration;
use veche_tests::Embedded;

const SUM: Asset = asset!("50.00 RUB");
/// The minimum share, which is paid out to who leaves.
const MINIMUM: Asset = asset!("300.00 RUB");

/// How long a comparison may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// A kind of decisions, and how the council comes to be asked.
type Kind = (&'static str, fn(&Coop<'_>) -> Question);

const KINDS: [Kind; 9] = [
    ("joincoop", |coop| coop.paid_applicant().1),
    ("sharemoney", |coop| coop.paid_share(&coop.admitted(), SUM)),
    ("shareprop", |coop| {
        coop.accepted_property(&coop.admitted(), SUM).1
    }),
    ("returnmoney", |coop| {
        let person = coop.admitted();
        coop.contribute(&person, SUM);
        coop.return_money(&person, SUM)
    }),
    ("returnprop", |coop| {
        let person = coop.admitted();
        let id = coop.shared_property(&person, SUM);
        coop.return_property(&person, id)
    }),
    ("leavecoop", |coop| coop.exit(&coop.admitted())),
    ("moveuser", |coop| {
        coop.move_to(&coop.admitted(), &coop.outsider())
    }),
    ("blockuser", |coop| coop.block(&coop.admitted(), true)),
    ("freedecision", |coop| coop.question()),
];

/// How a question ended: its kind, its outcome, and whether something could not be done.
type Ended = (u64, &'static str, &'static str, bool);

/// An index that follows the chain of this process, beside its tables.
struct Beside {
    follower: Follower<ChainSource>,
    reader: IndexReader,
    cooperative: Cooperative,
}

impl Beside {
    /// Follows to the head, where nothing may differ.
    fn is_healthy(&mut self, told: &str) {
        while self.follower.step(Duration::ZERO).expect("a step") != Stepped::Nothing {}
        let found = compared(&mut self.reader, &self.cooperative);
        assert!(found.is_empty(), "{told}: {found:?}");
    }
}

/// The tables that have rows which differ.
fn compared(reader: &mut IndexReader, cooperative: &Cooperative) -> BTreeSet<&'static str> {
    let compared = compare(reader, cooperative, PATIENCE, &AtomicBool::new(false));
    match compared.expect("a comparison") {
        Compared::Done(found) => {
            assert!(found.rows > 10, "{found:?}");
            found.differences.iter().map(|it| it.table).collect()
        }
        other => panic!("{other:?}"),
    }
}

/// Brings questions of all kinds to all ends. After each it is looked at what the chain and the index have.
fn live(coop: &Coop<'_>, look: &mut dyn FnMut(&str)) -> Vec<Ended> {
    let mut ended = Vec::new();
    for (kind, ask) in KINDS {
        let question = ask(coop);
        coop.decide(&question);
        ended.push((question.id, kind, "carried_out", false));
        look(kind);
        let question = ask(coop);
        coop.refuse(&question);
        ended.push((question.id, kind, "declined", false));
        look(kind);
    }
    let asked: Vec<_> = KINDS.iter().map(|(kind, ask)| (*kind, ask(coop))).collect();
    coop.chain.pass(parameters::VOTING_SECONDS);
    for (kind, question) in asked {
        coop.expire(&question).accepted();
        ended.push((question.id, kind, "not_approved", false));
        look(kind);
    }
    let asked: Vec<_> = KINDS.iter().map(|(kind, ask)| (*kind, ask(coop))).collect();
    asked
        .iter()
        .for_each(|(_, question)| coop.approve(question));
    coop.chain.pass(parameters::SIGNING_SECONDS);
    for (kind, question) in asked {
        coop.expire(&question).accepted();
        ended.push((question.id, kind, "not_signed", false));
        look(kind);
    }
    ended.extend(fail(coop, look));
    ended
}

/// What was decided, or what had to be given back, cannot be done.
fn fail(coop: &Coop<'_>, look: &mut dyn FnMut(&str)) -> Vec<Ended> {
    let mut ended = Vec::new();
    // The money of those who are not admitted, or not let contribute, goes back at the second attempt.
    let (candidate, question) = coop.paid_applicant();
    coop.refuse(&question);
    coop.fail_refund(candidate.hash).accepted();
    look("a refund that failed");
    coop.retry_refund(candidate.hash).accepted();
    coop.refund(candidate.hash).accepted();
    ended.push((question.id, "joincoop", "declined", true));
    let question = coop.paid_share(&coop.admitted(), SUM);
    coop.refuse(&question);
    coop.fail_refund(question.hash).accepted();
    look("a contribution that could not be sent back");
    coop.retry_payment(&coop.cashier, question.hash).accepted();
    coop.goes(question.hash, SUM).accepted();
    ended.push((question.id, "sharemoney", "declined", true));
    // Shares that cannot be paid out stay.
    let person = coop.admitted();
    coop.contribute(&person, SUM);
    let question = coop.return_money(&person, SUM);
    coop.decide(&question);
    coop.fail_refund(question.hash).accepted();
    ended.push((question.id, "returnmoney", "carried_out", true));
    look("a return that failed");
    let question = coop.return_money(&person, SUM);
    coop.decide(&question);
    coop.goes(question.hash, SUM).accepted();
    ended.push((question.id, "returnmoney", "carried_out", false));
    let leaving = coop.admitted();
    let question = coop.exit(&leaving);
    coop.decide(&question);
    coop.fail_refund(question.hash).accepted();
    ended.push((question.id, "leavecoop", "carried_out", true));
    look("an exit that failed");
    let question = coop.exit(&leaving);
    coop.decide(&question);
    coop.goes(question.hash, MINIMUM).accepted();
    ended.push((question.id, "leavecoop", "carried_out", false));
    look("an exit");
    // A handover that is withdrawn, a move that its owner forbids, a decline that nobody was told.
    let id = coop.shared_property(&person, SUM);
    let question = coop.return_property(&person, id);
    coop.decide(&question);
    coop.cancel_property(&coop.cashier, id).accepted();
    ended.push((question.id, "returnprop", "carried_out", true));
    look("a handover that was withdrawn");
    let (old, new) = (coop.admitted(), coop.outsider());
    let question = coop.move_to(&old, &new);
    coop.decide(&question);
    coop.veto(&old, &old).accepted();
    ended.push((question.id, "moveuser", "carried_out", true));
    look("a veto");
    let question = coop.paid_share(&person, SUM);
    coop.decline(&question);
    coop.take_off(&question).accepted();
    ended.push((question.id, "sharemoney", "declined", true));
    look("a decline that nobody was told");
    ended
}

/// What is unfinished at the end: a row in every table that this life can have one in.
fn leave_open(coop: &Coop<'_>) {
    coop.submit(coop.seats(3)).accepted();
    coop.applicant();
    coop.newcomer();
    for (_, ask) in KINDS {
        ask(coop);
    }
}

#[test]
fn every_kind_and_end_is_the_same_by_a_real_node_and_in_the_tables_of_the_chain() {
    let Some(api) = replayable() else {
        return;
    };
    let clock = Clock::Embedded(Embedded::over(api.clone(), DEVELOPMENT_KEY));
    let chain = &Chain::set_up(api.client(), DEVELOPMENT_KEY).with_clock(clock);
    let coop = Coop::new(chain, 3);
    let scope = scope(&coop);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("index.db");
    let writer = IndexWriter::open(&file, scope).expect("an index");
    let source = ChainSource::new(api.live().clone(), scope.interest());
    let mut beside = Beside {
        follower: Follower::new(source, writer),
        reader: IndexReader::open(&file).expect("an index"),
        cooperative: Cooperative::new(api.client(), scope.contracts, coop.name()),
    };
    let ended = live(&coop, &mut |told| beside.is_healthy(told));
    leave_open(&coop);
    for _ in 0..2 {
        api.with(Engine::produce_block).expect("a block");
    }
    beside.is_healthy("the end");
    has(&mut beside.reader, coop.name(), &ended);

    let node = executed_by_a_node(&api, &folder.path().join("copy"));
    let last = node.client().get_info().expect("its head").head_block_num;
    let address = node.state_history_address().expect("it serves history");
    let source =
        StateHistorySource::new(&address.to_string(), scope.interest()).expect("an address");
    let theirs = Indexed::of(scope, source, last, "nodeos, every kind and end");
    let source = ChainSource::new(api.live().clone(), scope.interest());
    let ours = Indexed::of(scope, source, last, "this process, every kind and end");
    let (theirs_rows, rows) = (theirs.rows(), ours.rows());
    for table in TABLES {
        assert_eq!(theirs_rows[table], rows[table], "{table}");
    }
    assert!(rows["unreadable"].is_empty(), "{:#?}", rows["unreadable"]);
    let beside_node = Cooperative::new(node.client().clone(), scope.contracts, coop.name());
    let reader = &mut theirs.reader();
    assert_eq!(compared(reader, &beside_node), BTreeSet::new());
    let spoilt = spoil(&theirs.file);
    assert_eq!(compared(reader, &beside_node), spoilt);
}

fn scope(coop: &Coop<'_>) -> IndexScope {
    let chain = coop.chain;
    IndexScope {
        contracts: Contracts {
            chain_id: chain.id,
            registrator: chain.registrator.name,
            soviet: chain.soviet.name,
            gateway: chain.gateway.name,
        },
        cooperative: Some(coop.name()),
    }
}

/// Each question is found with its kind, its outcome, and whether something failed.
fn has(reader: &mut IndexReader, coopname: Name, ended: &[Ended]) {
    let slice = Slice {
        count: 500,
        after: None,
    };
    for (id, kind, outcome, has_failed) in ended {
        let filter = QuestionFilter {
            kinds: vec![kind.parse().expect("a name")],
            outcomes: vec![(*outcome).to_owned()],
            has_failed: Some(*has_failed),
            ..QuestionFilter::default()
        };
        let found = reader
            .questions(coopname, &filter, &slice)
            .expect("questions");
        let mut found = found.entries.iter();
        assert!(
            found.any(|it| it.id == *id),
            "{id} {kind} {outcome} {has_failed}"
        );
    }
}

/// Spoils a row of every table that has one; which.
fn spoil(file: &Path) -> BTreeSet<&'static str> {
    let last = |table: &str, current: &str| {
        format!("rowid = (SELECT max(rowid) FROM {table} WHERE {current})")
    };
    let open = "is_open = 1";
    let mut spoils = vec![
        (
            "coops",
            "UPDATE cooperatives SET participants = 999".to_owned(),
        ),
        (
            "charters",
            "UPDATE charters SET meeting = zeroblob(32)".to_owned(),
        ),
        ("funds", "UPDATE funds SET share = '7.00 RUB'".to_owned()),
        (
            "wallets",
            "UPDATE balances SET minimum = '7.00 RUB'".to_owned(),
        ),
        (
            "elections",
            "UPDATE boards SET support = 99 WHERE status = 'elected'".to_owned(),
        ),
    ];
    for (told, table, set, current) in [
        (
            "participants",
            "participants",
            "kind = 'zzz'",
            "status <> 'left'",
        ),
        ("candidates", "candidates", "status = 'zzz'", open),
        ("decisions", "questions", "status = 'zzz'", open),
        ("boards", "boards", "kind = 'zzz'", open),
        ("seats", "seats", "bit = 60", "left_at IS NULL"),
        ("staff", "staff", "rights = '[]'", "left_at IS NULL"),
        ("payments", "payments", "status = 'zzz'", open),
        ("properties", "properties", "status = 'zzz'", open),
    ] {
        let one = last(table, current);
        spoils.push((told, format!("UPDATE {table} SET {set} WHERE {one}")));
    }
    for told in [
        "agreements",
        "blockings",
        "exits",
        "moves",
        "councils",
        "accepted",
        "undelivered",
        "voices",
    ] {
        let one = last("steps", &format!("name = '{told}' AND is_open = 1"));
        spoils.push((
            told,
            format!("UPDATE steps SET contents = '{{}}' WHERE {one}"),
        ));
    }
    let database = rusqlite::Connection::open(file).expect("an index");
    for (told, sql) in &spoils {
        let changed = database.execute(sql, []).expect("a statement");
        assert!(changed > 0, "{told} has no row");
    }
    spoils.into_iter().map(|(told, _)| told).collect()
}
