//! Rows and indexes: what their iterators say, and what they cost.

use crate::puppets::{ALICE, BOB, chain, run};
use antelope_chain::{ApplyContext, ChainError, ErrorKind, Float64, TableKey};
use antelope_types::{Name, name};

const STORE: Name = name!("store");
const TABLE: Name = name!("table");

fn key() -> TableKey {
    TableKey {
        code: STORE,
        scope: ALICE,
        table: TABLE,
    }
}

/// Each action is a test of its own.
fn store(context: &mut ApplyContext<'_>) -> Result<(), ChainError> {
    let payer = if context.has_auth(ALICE) {
        ALICE
    } else {
        STORE
    };
    match context.action().name.to_string().as_str() {
        "fill" => {
            for primary in [5, 1, 9] {
                context.db_store(ALICE, TABLE, payer, primary, &[0; 10])?;
            }
            Ok(())
        }
        "walk" => {
            let end = context.db_end(STORE, ALICE, TABLE);
            assert_eq!(end, -2);
            assert_eq!(context.db_end(STORE, BOB, TABLE), -1);
            let (last, primary) = context.db_previous(end)?;
            assert_eq!((last, primary), (0, Some(9)));
            let first = context.db_lower_bound(STORE, ALICE, TABLE, 0);
            assert_eq!(first, 1);
            assert_eq!(context.db_next(first)?, (2, Some(5)));
            assert_eq!(context.db_next(2)?, (0, Some(9)));
            assert_eq!(context.db_next(0)?, (end, None));
            assert_eq!(context.db_next(end)?, (-1, None));
            assert_eq!(context.db_previous(first)?, (-1, None));
            assert_eq!(context.db_upper_bound(STORE, ALICE, TABLE, 5), 0);
            assert_eq!(context.db_find(STORE, ALICE, TABLE, 6), end);
            assert_eq!(context.db_find(STORE, ALICE, TABLE, 5), 2);
            assert_eq!(context.db_upper_bound(STORE, ALICE, TABLE, u64::MAX), end);
            assert_eq!(context.db_get(2)?.len(), 10);
            Ok(())
        }
        "twice" => context.db_store(ALICE, TABLE, payer, 5, &[]).map(drop),
        "grow" => {
            let row = context.db_find(STORE, ALICE, TABLE, 5);
            context.db_update(row, Name::default(), &[0; 25])
        }
        "move" => {
            let row = context.db_find(STORE, ALICE, TABLE, 5);
            context.db_update(row, STORE, &[0; 25])
        }
        "clear" => {
            while let row @ 0.. = context.db_lower_bound(STORE, ALICE, TABLE, 0) {
                context.db_remove(row)?;
            }
            Ok(())
        }
        "removed" => {
            let row = context.db_find(STORE, ALICE, TABLE, 5);
            context.db_remove(row)?;
            context.db_get(row).map(drop)
        }
        "free" => context
            .db_store(ALICE, TABLE, Name::default(), 7, &[])
            .map(drop),
        "charge" => context.db_store(ALICE, TABLE, BOB, 7, &[]).map(drop),
        "index" => {
            for (primary, float) in [(1, 2.5), (2, -1.0), (3, 2.5)] {
                context.index_store(ALICE, TABLE, payer, primary, Float64(f64::to_bits(float)))?;
            }
            context.index_store(ALICE, TABLE, payer, 1, [1u128, 2])?;
            let wanted = Float64(2.5f64.to_bits());
            assert_eq!(
                context.index_find(STORE, ALICE, TABLE, wanted),
                (0, Some((wanted, 1)))
            );
            assert_eq!(context.index_next::<Float64>(0)?, (2, Some(3)));
            assert_eq!(context.index_next::<Float64>(2)?, (-2, None));
            assert_eq!(context.index_previous::<Float64>(-2)?, (2, Some(3)));
            assert_eq!(context.index_previous::<Float64>(0)?, (1, Some(2)));
            let after = context.index_upper_bound(STORE, ALICE, TABLE, wanted);
            assert_eq!(after, (-2, None));
            context.index_update(0, Name::default(), Float64((-3.0f64).to_bits()))?;
            assert_eq!(context.index_previous::<Float64>(1)?, (0, Some(1)));
            context.index_remove::<Float64>(1)?;
            assert_eq!(
                context
                    .index_find_primary::<Float64>(STORE, ALICE, TABLE, 2)
                    .1,
                None
            );
            Ok(())
        }
        _ => Ok(()),
    }
}

fn deltas(actions: &[(&str, Name)]) -> Vec<Vec<(Name, i64)>> {
    let mut chain = chain(&[(STORE, store)], &[ALICE, BOB]);
    let run = |(action, actor): &(&str, Name)| {
        let trace = run(&mut chain, STORE, action.parse().unwrap(), *actor).unwrap();
        trace.ram_deltas().into_iter().collect()
    };
    actions.iter().map(run).collect()
}

#[test]
fn rows_are_paid_for_as_on_every_chain() {
    let found = deltas(&[
        ("fill", ALICE),
        ("grow", ALICE),
        ("move", ALICE),
        ("clear", ALICE),
    ]);
    let table = 112;
    assert_eq!(found[0], [(ALICE, table + 3 * (112 + 10))]);
    assert_eq!(found[1], [(ALICE, 15)]);
    assert_eq!(found[2], [(ALICE, -(112 + 25)), (STORE, 112 + 25)]);
    assert_eq!(
        found[3],
        [(ALICE, -table - 2 * (112 + 10)), (STORE, -(112 + 25))]
    );
}

#[test]
fn entries_of_indexes_are_paid_for_too() {
    let found = deltas(&[("index", ALICE)]);
    assert_eq!(found[0], [(ALICE, 112 + 2 * 128 + 160)]);
}

#[test]
fn iterators_are_those_of_a_node() {
    deltas(&[("fill", ALICE), ("walk", BOB)]);
}

#[test]
fn what_a_contract_must_not_do_is_refused() {
    let mut chain = chain(&[(STORE, store)], &[ALICE, BOB]);
    run(&mut chain, STORE, name!("fill"), ALICE).unwrap();
    let state = chain.snapshot();
    for (action, kind, message) in [
        (
            "twice",
            ErrorKind::Std,
            "could not insert object, most likely a uniqueness constraint was violated",
        ),
        (
            "removed",
            ErrorKind::TableOperationNotPermitted,
            "dereference of deleted object",
        ),
        (
            "free",
            ErrorKind::InvalidTablePayer,
            "must specify a valid account to pay for new record",
        ),
        (
            "charge",
            ErrorKind::UnauthorizedRamUsageIncrease,
            "unprivileged contract cannot increase RAM usage of another account that has not authorized the action: bob",
        ),
    ] {
        let failure = run(&mut chain, STORE, action.parse().unwrap(), ALICE).unwrap_err();
        assert_eq!(
            (failure.error().kind(), failure.error().message()),
            (kind, message),
            "{action}"
        );
        assert_eq!(chain.state().rows(key()).count(), 3);
    }
    chain.revert(&state);
    let rows: Vec<_> = chain
        .state()
        .rows(key())
        .map(|(primary, _)| primary)
        .collect();
    assert_eq!(rows, [1, 5, 9]);
    let scopes: Vec<_> = chain
        .state()
        .scopes(STORE, TABLE)
        .map(|(scope, info)| (scope, info.count))
        .collect();
    assert_eq!(scopes, [(ALICE, 3)]);
}

/// A hundred thousand rows: going back costs what it costs with none.
#[test]
fn a_copy_does_not_depend_on_the_number_of_rows() {
    fn fill(context: &mut ApplyContext<'_>) -> Result<(), ChainError> {
        for primary in 0..100_000 {
            context.db_store(ALICE, TABLE, STORE, primary, &[0; 16])?;
        }
        Ok(())
    }
    let mut chain = chain(&[(STORE, fill)], &[ALICE]);
    run(&mut chain, STORE, name!("fill"), ALICE).unwrap();
    assert_eq!(chain.state().rows(key()).count(), 100_000);
    let start = std::time::Instant::now();
    for _ in 0..1000 {
        let snapshot = chain.snapshot();
        chain.revert(&snapshot);
    }
    // A copy of the rows would take minutes.
    assert!(
        start.elapsed().as_secs() < 2,
        "{:?} for 1000",
        start.elapsed()
    );
    eprintln!("{:?} for 1000", start.elapsed());
}

#[test]
fn a_report_tells_what_ram_is_used_for() {
    let mut chain = chain(&[(STORE, store)], &[ALICE, BOB]);
    run(&mut chain, STORE, name!("fill"), ALICE).unwrap();
    let report = chain.state().ram_report();
    let text = report.to_string();
    for line in [
        "alice\taccount\t2048\n",
        "alice\tpermission active\t338\n",
        "alice\tstore table alice\t478\n",
        "store\tcode\t50\n",
    ] {
        assert!(text.contains(line), "{line:?} in\n{text}");
    }
    assert_eq!(report.total(ALICE), 2724 + 478);
    run(&mut chain, STORE, name!("clear"), ALICE).unwrap();
    assert_eq!(chain.state().ram_report().total(ALICE), 2724);
}
