use super::*;
use crate::config::{ACTIVE, ChainConfig, OWNER, SYSTEM};
use crate::state::IndexKey;
use crate::stored::{Output, Stored};
use antelope_types::{Authority, BlockTimestamp, Decoder, PermissionLevel, name};

fn origin() -> Fetched {
    Fetched::Origin(Origin {
        url: "http://other.example".to_owned(),
        chain_id: Checksum256([1; 32]),
        head_block_num: 1000,
        head_block_id: Checksum256([2; 32]),
        head_block_time: TimePoint::default(),
        total_net_weight: 70,
        total_cpu_weight: 80,
    })
}

fn permission(name: Name, parent: Name) -> FetchedPermission {
    FetchedPermission {
        name,
        parent,
        authority: Authority::default(),
        links: Vec::new(),
    }
}

fn account(name: Name) -> Fetched {
    let mut trade = permission(name!("trade"), ACTIVE);
    trade.links.push((name!("market"), Name::default()));
    Fetched::Account {
        name,
        account: Some(FetchedAccount {
            created: TimePoint::from_micros(946_684_800_000_000),
            privileged: false,
            last_code_update: TimePoint::default(),
            code: b"code".to_vec(),
            abi: b"abi".to_vec(),
            // Not in the order in which they can be made.
            permissions: vec![
                trade,
                permission(ACTIVE, OWNER),
                permission(OWNER, Name::default()),
            ],
            ram_quota: 9000,
            ram_usage: 4000,
            net_weight: 7,
            cpu_weight: 8,
        }),
    }
}

fn table(code: Name) -> FetchedTable {
    let row = |primary, payer| FetchedRow {
        primary,
        payer,
        value: vec![1, 2, 3],
    };
    FetchedTable {
        code,
        scope: name!("scope"),
        table: name!("offers"),
        payers: vec![(0, name!("alice")), (1, name!("bob"))],
        rows: vec![row(1, name!("alice")), row(2, name!("bob"))],
        indexes: vec![
            FetchedIndex {
                number: 0,
                keys: FetchedKeys::U64(vec![(2, 5), (1, 6)]),
            },
            FetchedIndex {
                number: 1,
                keys: FetchedKeys::Float64(vec![(1, (-1.0f64).to_bits()), (2, 1.0f64.to_bits())]),
            },
        ],
    }
}

fn fork() -> State {
    let mut state = State::new(ChainConfig::default());
    state.accounts.insert(
        name!("here"),
        Account::new(BlockTimestamp::default(), false),
    );
    state.take_over(&origin()).unwrap();
    state
}

fn key(code: Name, table: Name) -> TableKey {
    TableKey {
        code,
        scope: name!("scope"),
        table,
    }
}

fn missed(look: impl FnOnce()) -> Vec<Missing> {
    missing_during(look).1.into_iter().collect()
}

#[test]
fn a_chain_that_is_not_a_fork_misses_nothing() {
    let state = State::new(ChainConfig::default());
    let missed = missed(|| {
        assert!(state.find_account(name!("alice")).is_none());
        let level = PermissionLevel::active(name!("alice"));
        assert!(state.find_permission(level).unwrap().is_none());
        assert!(state.find_table(key(name!("alice"), name!("a"))).is_none());
    });
    assert_eq!(missed, []);
}

#[test]
fn what_may_be_on_the_other_chain_is_missed_until_it_is_known() {
    let mut state = fork();
    let alice = name!("alice");
    let looked = |state: &State| {
        missed(|| {
            state.find_account(alice);
            state
                .find_permission(PermissionLevel::active(alice))
                .unwrap();
            // A table of an account that may be there waits for the account.
            state.find_table(key(alice, name!("offers")));
        })
    };
    assert_eq!(looked(&state), [Missing::Account(alice)]);
    state.take_over(&account(alice)).unwrap();
    // An index is missed as its table.
    let whole = Missing::Table(key(alice, name!("offers")));
    let index = Name::from_raw(name!("offers").raw() | 3);
    let indexed = missed(|| _ = state.find_table(key(alice, index)));
    assert_eq!((looked(&state), indexed), (vec![whole], vec![whole]));
    state.take_over(&Fetched::Table(table(alice))).unwrap();
    assert_eq!(looked(&state), []);

    // What the other chain does not have is not asked for again.
    let nobody = name!("nobody");
    let none = Fetched::Account {
        name: nobody,
        account: None,
    };
    state.take_over(&none).unwrap();
    let missed_of_nobody = missed(|| {
        state.find_account(nobody);
        state.find_table(key(nobody, name!("offers")));
        // And what is here is not foreign, and neither are its tables.
        state.find_table(key(name!("here"), name!("offers")));
    });
    assert_eq!(missed_of_nobody, []);
    assert!(state.is_foreign(alice) && !state.is_foreign(nobody));
}

#[test]
fn accounts_and_tables_are_written_as_they_were() {
    let mut state = fork();
    let alice = name!("alice");
    state.take_over(&account(alice)).unwrap();
    state.take_over(&Fetched::Table(table(alice))).unwrap();
    let found = state.account(alice).unwrap();
    assert_eq!(found.abi[..], *b"abi");
    assert_eq!(&state.code(&found.code_hash).unwrap()[..], b"code");
    assert_eq!(state.limits(alice).unwrap().ram_bytes, 9000);
    // The rows were in it already.
    assert_eq!(state.ram_usage().next(), Some((alice, 4000)));
    let level = |permission| PermissionLevel::new(alice, permission);
    assert!(
        state
            .satisfies(level(OWNER), level(name!("trade")))
            .unwrap()
    );
    assert_eq!(
        state.linked_permission(alice, name!("market"), name!("buy")),
        Some(name!("trade"))
    );

    let offers = key(alice, name!("offers"));
    let rows: Vec<_> = state
        .rows(offers)
        .map(|(id, row)| (id, row.payer))
        .collect();
    assert_eq!(rows, [(1, alice), (2, name!("bob"))]);
    // Rows and entries of index 0 are in one table.
    let info = state.find_table(offers).unwrap();
    assert_eq!((info.count, info.payer), (4, alice));
    let all = (std::ops::Bound::Unbounded, std::ops::Bound::Unbounded);
    let order = |index: u8| -> Vec<u64> {
        match index {
            0 => state
                .indexed::<u64>(offers, 0, all)
                .map(|it| it.0)
                .collect(),
            _ => {
                let bounds = (std::ops::Bound::Unbounded, std::ops::Bound::Unbounded);
                let found = state.indexed::<crate::state::Float64>(offers, 1, bounds);
                found.map(|it| it.0).collect()
            }
        }
    };
    assert_eq!((order(0), order(1)), (vec![2, 1], vec![1, 2]));
    let of_index = state.find_table(key(alice, Name::from_raw(offers.table.raw() | 1)));
    let id = of_index.unwrap().id;
    let entry = crate::state::Float64::indexes(&state).get(id, 2).unwrap();
    assert_eq!(entry.payer, name!("bob"));
}

#[test]
fn the_account_that_every_chain_has_is_replaced_once_and_others_never() {
    let mut state = crate::Genesis::default().state().unwrap();
    state.take_over(&origin()).unwrap();
    let before = state.accounts.clone();
    // Accounts of this chain stay.
    state.take_over(&account(name!("eosio.null"))).unwrap();
    assert_eq!(
        state.accounts.get(&name!("eosio.null")),
        before.get(&name!("eosio.null"))
    );
    state.take_over(&account(SYSTEM)).unwrap();
    assert_eq!(state.account(SYSTEM).unwrap().abi[..], *b"abi");
    let trade = PermissionLevel::new(SYSTEM, name!("trade"));
    let id = state.permission(trade).unwrap().id;
    state.take_over(&account(SYSTEM)).unwrap();
    assert_eq!(state.permission(trade).unwrap().id, id);
}

#[test]
fn a_weight_that_is_too_much_is_refused() {
    for is_net in [true, false] {
        let mut state = State::new(ChainConfig::default());
        state.global.block_resources.net.total_weight = 5;
        state.global.block_resources.cpu.total_weight = 5;
        let Fetched::Origin(mut origin) = origin() else {
            panic!("not an origin");
        };
        match is_net {
            true => origin.total_net_weight = u64::MAX - 4,
            false => origin.total_cpu_weight = u64::MAX - 4,
        }
        let error = state.take_over(&Fetched::Origin(origin)).unwrap_err();
        let what = if is_net { "NET" } else { "CPU" };
        assert!(error.message().contains(what), "{error}");
        assert!(state.global.origin.is_none());
    }
}

#[test]
fn permissions_in_a_circle_are_refused() {
    let mut state = fork();
    let mut fetched = account(name!("alice"));
    if let Fetched::Account {
        account: Some(account),
        ..
    } = &mut fetched
    {
        account.permissions.push(permission(name!("a"), name!("b")));
        account.permissions.push(permission(name!("b"), name!("a")));
    }
    let error = state.take_over(&fetched).unwrap_err();
    assert!(error.message().contains("not below owner"), "{error}");
}

#[test]
fn what_is_known_of_the_other_chain_is_kept_and_undone_with_the_state() {
    let mut state = fork();
    let alice = name!("alice");
    let beginning = state.begin();
    state.take_over(&account(alice)).unwrap();
    state.take_over(&Fetched::Table(table(alice))).unwrap();

    let mut bytes = Vec::new();
    let mut sink = |part: &[u8]| {
        bytes.extend_from_slice(part);
        Ok(())
    };
    let mut out = Output::new(&mut sink);
    state.store(&mut out);
    out.finish().unwrap();
    let again = State::restore(&mut Decoder::new(&bytes)).unwrap_or_else(|_| panic!("unreadable"));
    assert_eq!(again.global.origin, state.global.origin);
    assert!(again.is_foreign(alice));

    state.undo(beginning);
    let look = |state: &State| missed(|| _ = state.find_account(alice));
    assert_eq!(
        (look(&state), look(&again)),
        (vec![Missing::Account(alice)], vec![])
    );
}
