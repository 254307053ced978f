//! What becomes of the rows, and of everything that has begun.

use antelope_types::{Action, asset, name};
use coop_model::catalogue::registry;
use serde_json::Value;
use veche_tests::Person;

use super::life::{ENTRANCE_AND_MINIMUM, Life};
use super::old;
use crate::foreign::world::{Coop, Draft, Outcome, World, number};

const NOTHING_LEFT: &str = "there is nothing left to migrate";
/// Bytes that registrator, soviet and gateway pay more after the migration; see `docs/operators.md`.
const GROWN: [i64; 3] = [1_025, 3_558, 272];
const UNREADABLE: &str = "table row cannot be read";

/// The contracts of this tree in the place of those before, with the kinds that are new.
fn upgrade(world: &World) {
    for (person, package) in world.contracts() {
        world.deploy(person, veche_tests::built(package));
    }
    world.push(kinds(world), &[&world.soviet]).accepted();
}

/// The kinds that are new: admission was one before.
pub(super) fn kinds(world: &World) -> Vec<Action> {
    world.catalogue().into_iter().skip(1).collect()
}

/// The actions that carry one batch of a cooperative over, contract by contract.
pub(super) fn batch(coop: &Coop<'_>, limit: u32) -> [Action; 3] {
    let (world, name) = (coop.world, coop.name());
    [
        coop.registrator(&world.registrator)
            .migrate(name, limit)
            .to_action(),
        coop.soviet(&world.soviet).migrate(name, limit).to_action(),
        coop.gateway(&world.gateway)
            .migrate(name, limit)
            .to_action(),
    ]
}

/// Carries everything of a cooperative over, `limit` rows a transaction; how many it took.
fn migrate(coop: &Coop<'_>, limit: u32) -> usize {
    let operators = coop.world.operators();
    let mut transactions = 0;
    for (action, operator) in batch(coop, limit).into_iter().zip([0, 1, 2]) {
        loop {
            let outcome = coop
                .world
                .push(vec![action.clone()], &[operators[operator]]);
            match outcome.0 {
                Ok(_) => transactions += 1,
                Err(error) => {
                    assert_eq!(error.assertion(), Some(NOTHING_LEFT), "{error}");
                    break;
                }
            }
        }
    }
    transactions
}

fn coop_row(coop: &Coop<'_>) -> Value {
    let registrator = &coop.world.registrator;
    coop.world
        .row(registrator, registrator.name, name!("coops"), coop.name())
        .expect("the cooperative")
}

fn council_row(coop: &Coop<'_>) -> Value {
    let soviet = &coop.world.soviet;
    coop.world
        .row(soviet, soviet.name, name!("councils"), coop.name())
        .expect("its council")
}

/// The participant asks to leave, the council lets go, the money is sent.
fn leave(coop: &Coop<'_>, person: &Person) {
    let statement = Draft::new(
        coop.world,
        registry::EXIT_STATEMENT,
        coop.name(),
        person.name,
        None,
    )
    .signed_by(coop.world, &[person]);
    let hash = statement.hash();
    let ask = coop
        .registrator(person)
        .exitcoop(coop.name(), person.name, statement)
        .to_action();
    coop.world.push(vec![ask], &[person]).accepted();
    coop.decide(&coop.question_of(hash));
    coop.send(hash, asset!("300.00 RUB")).accepted();
}

fn vote_refused(life: &Life<'_>) -> Outcome {
    let coop = &life.coop;
    coop.vote(coop.chairman(), &life.open.1, true)
}

#[test]
fn every_process_goes_on_to_its_end_and_all_money_goes_out() {
    let world = old::world();
    let life = Life::begin(&world);
    let coop = &life.coop;
    let (questions, payments) = (coop.decisions(), coop.payments());
    assert_eq!((questions.len(), payments.len()), (6, 8));
    upgrade(&world);
    // Nothing runs on rows that are not carried over.
    vote_refused(&life).refused(UNREADABLE);
    coop.exec(&life.authorized.1).refused(UNREADABLE);
    coop.pay(life.invoiced.1, ENTRANCE_AND_MINIMUM)
        .refused(UNREADABLE);
    let ram = || world.operators().map(|operator| world.ram(operator.name));
    let before = ram();
    let transactions = migrate(coop, 1);
    let after = ram();
    let grown = [0, 1, 2].map(|index| after[index] - before[index]);
    assert_eq!(grown, GROWN);
    assert!(transactions > 30, "{transactions} batches of one row");

    let row = coop_row(coop);
    assert_eq!(row["participants"], 4);
    assert_eq!(row["candidates"], 8);
    assert_eq!(row["accounts"], 12);
    let funds = coop.funds();
    assert_eq!(funds["invoices"], 1);
    assert_eq!(funds["processing"], "2800.00 RUB");
    let council = council_row(coop);
    assert_eq!(council["unfinished"], 6);
    assert_eq!(council["questions"], 1);
    assert_eq!(council["free"], 1);
    assert_eq!(council["last_board"], 2);
    let scope = coop.name();
    let retired = world.rows(&world.soviet, scope, name!("retired"));
    assert_eq!(number(&retired[0]["questions"]), 5);
    let accepted = world.rows(&world.soviet, scope, name!("accepted"));
    assert_eq!(accepted.len(), 8);
    for (before, after) in questions.iter().zip(coop.decisions()) {
        for (field, value) in before.as_object().expect("a row") {
            assert_eq!(&after[field], value, "{field}");
        }
    }

    let (applicant, question) = &life.open;
    coop.vote(coop.chairman(), question, true).accepted();
    coop.authorize(question).accepted();
    coop.exec(question).accepted();
    coop.authorize(&life.approved.1).accepted();
    coop.exec(&life.approved.1).accepted();
    coop.exec(&life.authorized.1).accepted();
    coop.take_off(&life.declined.1).accepted();
    coop.deliver(&life.declined.1).accepted();
    coop.send(life.declined.0.1, ENTRANCE_AND_MINIMUM)
        .accepted();
    coop.send(life.returning.1, ENTRANCE_AND_MINIMUM).accepted();
    let (person, hash) = &life.failed;
    let retry = coop
        .registrator(person)
        .retryrefund(coop.name(), person.name, *hash)
        .to_action();
    world.push(vec![retry], &[person]).accepted();
    coop.send(*hash, ENTRANCE_AND_MINIMUM).accepted();
    coop.vote(&coop.members[1], &life.free, true).accepted();
    coop.authorize(&life.free).accepted();
    coop.exec(&life.free).accepted();
    let retired = world.rows(&world.soviet, scope, name!("retired"));
    assert_eq!(retired, Vec::<Value>::new(), "the last question is over");
    let boards = world.rows(&world.soviet, scope, name!("boards"));
    assert_eq!(boards.len(), 1);
    coop.vote(&coop.members[1], &life.fresh.1, false).accepted();
    coop.take_off(&life.fresh.1).accepted();
    coop.deliver(&life.fresh.1).accepted();
    coop.send(life.fresh.0.1, ENTRANCE_AND_MINIMUM).accepted();
    coop.pay(life.invoiced.1, ENTRANCE_AND_MINIMUM).accepted();
    coop.decide(&coop.question_of(life.invoiced.1));

    for person in [
        &life.participant,
        &applicant.0,
        &life.approved.0.0,
        &life.authorized.0.0,
        &life.invoiced.0,
    ] {
        leave(coop, person);
    }
    let funds = coop.funds();
    assert_eq!(funds["share"], "0.00 RUB");
    assert_eq!(funds["processing"], "0.00 RUB");
    assert_eq!(funds["invoices"], 0);
    assert_eq!(funds["entrance"], "500.00 RUB");
    assert_eq!(funds["incoming"], "3600.00 RUB");
    assert_eq!(funds["outgoing"], "3100.00 RUB");
    let row = coop_row(coop);
    assert_eq!(row["participants"], 3);
    assert_eq!(row["candidates"], 0);
    for (contract, table) in [
        (&world.soviet, name!("decisions")),
        (&world.soviet, name!("undelivered")),
        (&world.gateway, name!("payments")),
        (&world.registrator, name!("candidates")),
        (&world.registrator, name!("exits")),
    ] {
        assert_eq!(world.rows(contract, scope, table).len(), 0, "{table}");
    }
    let kinds = world.rows(&world.soviet, world.soviet.name, name!("types"));
    assert!(
        kinds.iter().all(|kind| kind["unfinished"] == 0),
        "{kinds:?}"
    );
}

#[test]
fn a_migration_stops_anywhere_goes_on_and_ends_alike() {
    let world = old::world();
    let (one, other) = (Life::begin(&world), Life::begin(&world));
    upgrade(&world);
    let in_one = migrate(&one.coop, 50);
    assert_eq!(in_one, 3, "all rows of each contract in one transaction");
    // Halfway, nothing runs; the other cooperative is not touched by it.
    let operators = world.operators();
    for (action, operator) in batch(&other.coop, 2).into_iter().zip(operators) {
        world.push(vec![action], &[operator]).accepted();
    }
    vote_refused(&other).refused(UNREADABLE);
    vote_refused(&one).accepted();
    migrate(&other.coop, 3);
    vote_refused(&other).accepted();
    for field in ["participants", "candidates", "accounts", "max_accounts"] {
        assert_eq!(coop_row(&one.coop)[field], coop_row(&other.coop)[field]);
    }
    for field in ["unfinished", "questions", "free", "foreign", "seats"] {
        assert_eq!(
            council_row(&one.coop)[field],
            council_row(&other.coop)[field]
        );
    }
    for (contract, _) in world.contracts() {
        let left = world.rows(contract, contract.name, name!("migrations"));
        assert_eq!(left, Vec::<Value>::new());
    }
}

#[test]
fn only_the_operator_migrates_and_within_bounds() {
    let world = old::world();
    let life = Life::begin(&world);
    let coop = &life.coop;
    upgrade(&world);
    for (action, operator) in batch(coop, 5).into_iter().zip(world.operators()) {
        let mut forged = action.clone();
        forged.authorization = vec![coop.account.active()];
        world
            .push(vec![forged], &[&coop.account])
            .lacks_authority_of(operator.name);
    }
    for limit in [0, 51] {
        for (action, operator) in batch(coop, limit).into_iter().zip(world.operators()) {
            world
                .push(vec![action], &[operator])
                .refused("1 to 50 items at a time");
        }
    }
}

#[test]
fn cooperatives_that_had_just_begun_go_on_too() {
    let world = old::world();
    let (pending, founded) = (old::pending(&world), old::founded(&world));
    upgrade(&world);
    for coop in [&pending, &founded] {
        let [people, decisions, _] = batch(coop, 50);
        world.push(vec![people], &[&world.registrator]).accepted();
        // Neither has a council; the first transaction carries the kinds over.
        let outcome = world.push(vec![decisions], &[&world.soviet]);
        if coop.name() == pending.name() {
            outcome.accepted();
        } else {
            outcome.refused("the cooperative has no council");
        }
    }
    let [.., money] = batch(&founded, 50);
    world.push(vec![money], &[&world.gateway]).accepted();
    let [.., money] = batch(&pending, 50);
    world
        .push(vec![money], &[&world.gateway])
        .refused("the cooperative has no funds");
    founded.seat_first();
    founded.decide(&founded.free_question());
    let row = world.row(
        &world.registrator,
        founded.name(),
        name!("participants"),
        founded.chairman().name,
    );
    assert_eq!(row.expect("a founder")["status"], "active");
}
