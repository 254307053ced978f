//! Under whose permissions a contract may send actions.

use crate::puppets::{ALICE, Apply, BOB, act, chain, chain_of, run, send};
use antelope_chain::{ApplyContext, Chain, ChainError, ErrorKind, FeatureSet, Genesis};
use antelope_rpc_client::native;
use antelope_types::{Action, Authority, Encode, Feature, Name, PermissionLevel, name};

const AGENT: Name = name!("agent");
const SYSTEM: Name = name!("eosio");

/// Sends on what it is told: the action's name is the actor, to the account `bob`.
fn agent(context: &mut ApplyContext<'_>) -> Result<(), ChainError> {
    if context.action().account != AGENT || context.sender().is_some() {
        return Ok(());
    }
    let actor = context.action().name;
    match actor.to_string().as_str() {
        "self" => send(context, AGENT, name!("x"), AGENT),
        "nowhere" => send(context, name!("nobody"), name!("x"), AGENT),
        "free" => {
            let action = Action {
                account: BOB,
                name: name!("x"),
                authorization: vec![],
                data: vec![],
            };
            context.send_context_free_inline(&action.to_bytes())
        }
        "notfree" => {
            let action = act(BOB, name!("x"), AGENT, &());
            context.send_context_free_inline(&action.to_bytes())
        }
        "big" => {
            let action = Action {
                data: vec![0; 512 * 1024],
                ..act(BOB, name!("x"), AGENT, &())
            };
            context.send_inline(&action.to_bytes())
        }
        // Exactly 4 KiB of data, and a byte less.
        "four" => context.send_inline(&sized(4096).to_bytes()),
        "under" => context.send_inline(&sized(4095).to_bytes()),
        "cut" => context.send_inline(&[1, 2, 3]),
        _ => send(context, BOB, name!("x"), actor),
    }
}

/// Makes the agent privileged. It runs after native actions too.
fn system(context: &mut ApplyContext<'_>) -> Result<(), ChainError> {
    match context.action().name == name!("setpriv") {
        true => context.set_privileged(AGENT, true),
        false => Ok(()),
    }
}

/// An inline action with data of so many bytes.
fn sized(bytes: usize) -> Action {
    Action {
        data: vec![0; bytes],
        ..act(BOB, name!("x"), AGENT, &())
    }
}

/// Lets a contract act under its own `active` permission.
pub fn give_code(chain: &mut Chain, account: Name) {
    give(chain, account, account);
}

fn give(chain: &mut Chain, account: Name, contract: Name) {
    let key = chain.genesis().initial_key.clone();
    let authority = Authority::from_key(key).with_code(contract);
    let action = native::update_auth(account, name!("active"), name!("owner"), authority);
    chain.push(&[action]).unwrap();
}

fn kind(chain: &mut Chain, actor: Name) -> Option<(ErrorKind, String)> {
    let result = run(chain, AGENT, actor, ALICE);
    result
        .err()
        .map(|failure| (failure.error().kind(), failure.error().message().to_owned()))
}

#[test]
fn a_contract_acts_only_for_those_who_let_it() {
    let mut chain = chain(&[(AGENT, agent)], &[ALICE, BOB]);
    let (error, message) = kind(&mut chain, AGENT).unwrap();
    assert_eq!(error, ErrorKind::UnsatisfiedAuthorization);
    assert_eq!(
        message,
        "transaction declares authority '{\"actor\":\"agent\",\"permission\":\"active\"}', but does not have signatures for it under a provided delay of 0 ms, provided permissions [{\"actor\":\"agent\",\"permission\":\"eosio.code\"}], provided keys [], and a delay max limit of 3888000000 ms"
    );
    // Nor to itself, and not for one who has signed the transaction.
    assert!(kind(&mut chain, name!("self")).is_some());
    assert!(kind(&mut chain, ALICE).is_some());
    give_code(&mut chain, AGENT);
    assert_eq!(kind(&mut chain, AGENT), None);
    assert_eq!(kind(&mut chain, name!("self")), None);
    give(&mut chain, ALICE, AGENT);
    assert_eq!(kind(&mut chain, ALICE), None);
}

#[test]
fn what_is_sent_must_be_an_action_of_somebody() {
    let mut chain = chain(&[(AGENT, agent)], &[ALICE, BOB]);
    give_code(&mut chain, AGENT);
    for (action, error, text) in [
        (
            "nowhere",
            ErrorKind::ActionValidate,
            "inline action's code account nobody does not exist",
        ),
        (
            "ghost",
            ErrorKind::ActionValidate,
            "inline action's authorizing actor ghost does not exist",
        ),
        (
            "notfree",
            ErrorKind::ActionValidate,
            "context-free actions cannot have authorizations",
        ),
        (
            "big",
            ErrorKind::InlineActionTooBig,
            "inline action too big",
        ),
    ] {
        let found = kind(&mut chain, action.parse().unwrap());
        assert_eq!(found, Some((error, text.to_owned())), "{action}");
    }
    assert_eq!(
        kind(&mut chain, name!("cut")).unwrap().0,
        ErrorKind::OutOfRange
    );
    assert_eq!(kind(&mut chain, name!("free")), None);
}

#[test]
fn a_link_holds_for_inline_actions_too() {
    let mut chain = chain(&[(AGENT, agent)], &[ALICE, BOB]);
    let code = Authority::from_permission(PermissionLevel::new(AGENT, name!("eosio.code")));
    chain
        .push(&[
            native::update_auth(ALICE, name!("robot"), name!("active"), code),
            native::link_auth(ALICE, BOB, name!("x"), name!("robot")),
        ])
        .unwrap();
    // The contract declares `active`, which is above what is linked, but cannot satisfy it.
    assert_eq!(
        kind(&mut chain, ALICE).unwrap().0,
        ErrorKind::UnsatisfiedAuthorization
    );
}

/// Nodes up to Leap 4 limit the data of an inline action that an account without privileges sends:
/// `apply_context::execute_inline` in `libraries/chain/apply_context.cpp` compares it with the option
/// `max-nonprivileged-inline-action-size`, by default 4 KiB, while the node produces a block
/// (`inline_action_too_big_nonprivileged`, 3050012). Leap 5 has
/// removed the limit: Spring's `libraries/chain/include/eosio/chain/exceptions.hpp` says "Removed
/// 3050012 - inline_action_too_big_nonprivileged, no longer needed", and only the chain's own
/// `max_inline_action_size` is left, in `libraries/chain/webassembly/transaction.cpp`. The rule of
/// Leap 4 holds until a feature is active that Leap 4 does not know.
#[test]
fn four_kib_of_an_inline_action_are_allowed_as_by_the_imitated_node() {
    let refused = ErrorKind::InlineActionTooBigNonprivileged;
    assert_eq!(refused.code(), 3_050_012);
    for (features, is_allowed) in [
        (FeatureSet::NONE, false),
        (FeatureSet::LEAP_4, false),
        (
            FeatureSet::LEAP_4.with(Feature::DISABLE_DEFERRED_TRXS_STAGE_1),
            true,
        ),
        (FeatureSet::LEAP_5, true),
        (FeatureSet::ALL, true),
    ] {
        let genesis = Genesis {
            features,
            ..Genesis::default()
        };
        let contracts: [(Name, Apply); 2] = [(AGENT, agent), (name!("sys"), system)];
        let mut chain = chain_of(genesis, &contracts, &[ALICE, BOB]);
        // The system's account runs the second contract.
        chain.deploy(SYSTEM, b"sys", b"").unwrap();
        give_code(&mut chain, AGENT);
        let text = "inline action too big for nonprivileged account bob".to_owned();
        let expected = (!is_allowed).then_some((refused, text));
        assert_eq!(kind(&mut chain, name!("four")), expected, "{features:?}");
        assert_eq!(kind(&mut chain, name!("under")), None, "{features:?}");

        run(&mut chain, SYSTEM, name!("setpriv"), SYSTEM).unwrap();
        assert_eq!(kind(&mut chain, name!("four")), None, "{features:?}");
        assert_eq!(
            kind(&mut chain, name!("big")).unwrap().0,
            ErrorKind::InlineActionTooBig
        );
    }
}
