//! Whatever happens, what is billed is what there is.

use crate::puppets::{chain, send};
use antelope_chain::{ApplyContext, Chain, ChainError, Float64};
use antelope_rpc_client::native;
use antelope_types::{Action, Authority, Encode, Name, PermissionLevel, WaitWeight, name};
use proptest::prelude::*;

const ACTORS: [Name; 3] = [name!("alice"), name!("bob"), name!("carol")];
const STORE: Name = name!("store");

/// Does to a row what the action's data says: what, which row, how many bytes; who acts, pays.
fn store(context: &mut ApplyContext<'_>) -> Result<(), ChainError> {
    if context.receiver() != context.action().account {
        return Ok(());
    }
    let [what, primary, bytes] = context.action().data[..] else {
        return Ok(());
    };
    let payer = context.action().authorization[0].actor;
    let (scope, table) = (STORE, name!("rows"));
    let value = vec![0; usize::from(bytes)];
    let primary = u64::from(primary);
    let row = context.db_find(STORE, scope, table, primary);
    match what {
        0 => context
            .db_store(scope, table, payer, primary, &value)
            .map(drop),
        1 => context.db_update(row, payer, &value),
        2 => context.db_update(row, Name::default(), &value),
        3 => context.db_remove(row),
        4 => context
            .index_store(scope, table, payer, primary, Float64(u64::from(bytes)))
            .map(drop),
        5 => {
            let (place, _) = context.index_find_primary::<Float64>(STORE, scope, table, primary);
            context.index_remove::<Float64>(place)
        }
        6 => {
            let (place, _) = context.index_find_primary::<Float64>(STORE, scope, table, primary);
            context.index_update(place, payer, Float64(u64::from(bytes)))
        }
        _ => {
            context.require_recipient(payer);
            send(context, STORE, name!("again"), STORE)
        }
    }
}

#[derive(Encode)]
struct Names(Name, Name);

#[derive(Encode)]
struct Unlink(Name, Name, Name);

fn any_action() -> impl Strategy<Value = Action> {
    let permissions = [name!("active"), name!("p"), name!("q"), name!("owner")];
    let parents = [name!("active"), name!("p"), name!("owner"), Name::default()];
    let pick = (0..3usize, 0..7usize, 0..4usize, 0..4usize, any::<[u8; 3]>());
    pick.prop_map(move |(actor, kind, permission, parent, bytes)| {
        let actor = ACTORS[actor];
        let (permission, parent) = (permissions[permission], parents[parent]);
        let mut authority = Authority::from_permission(PermissionLevel::new(
            ACTORS[usize::from(bytes[0] % 3)],
            name!("active"),
        ));
        if bytes[1] % 2 == 0 {
            authority.waits.push(WaitWeight {
                wait_sec: u32::from(bytes[2]) + 1,
                weight: 1,
            });
        }
        let system = |name, arguments: &dyn Fn() -> Vec<u8>| Action {
            account: name!("eosio"),
            name,
            authorization: vec![PermissionLevel::active(actor)],
            data: arguments(),
        };
        match kind {
            0 => native::update_auth(actor, permission, parent, authority),
            1 => system(name!("deleteauth"), &|| Names(actor, permission).to_bytes()),
            2 => native::link_auth(actor, STORE, name!("x"), permission),
            3 => system(name!("unlinkauth"), &|| {
                Unlink(actor, STORE, name!("x")).to_bytes()
            }),
            4 => native::set_abi(actor, &vec![0; usize::from(bytes[0])]),
            _ => Action {
                account: STORE,
                name: name!("do"),
                authorization: vec![PermissionLevel::active(actor)],
                data: vec![bytes[0] % 8, bytes[1] % 4, bytes[2]],
            },
        }
    })
}

fn check(chain: &Chain) {
    let report = chain.state().ram_report();
    for (name, billed) in chain.state().ram_usage() {
        assert_eq!(report.total(name), billed as i64, "{name}\n{report}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn what_is_billed_is_what_there_is(actions in prop::collection::vec(any_action(), 1..60)) {
        let mut chain = chain(&[(STORE, store)], &ACTORS);
        check(&chain);
        let mut done = 0;
        for pair in actions.chunks(2) {
            let before = format!("{:?}", chain.state());
            match chain.push(pair) {
                Ok(_) => done += 1,
                Err(_) => prop_assert_eq!(before, format!("{:?}", chain.state())),
            }
            check(&chain);
        }
        prop_assert!(done <= actions.len());
    }
}
