use super::*;
use crate::actions::TakenAction;
use antelope_types::{Checksum256, Encode, name};
use coop_client::Contracts;
use coop_model::clients::Soviet;

const COOP: Name = name!("zarechyekoop");
const WHO: Name = name!("kepozanuriso");
const VOTE: [ActionAt; 1] = [TakenAction::VoteFor.at(&CONTRACTS)];
const CONTRACTS: Contracts = Contracts {
    chain_id: Checksum256::ZERO,
    registrator: name!("registrator"),
    soviet: name!("soviet"),
    gateway: name!("gateway"),
};

fn vote(levels: &[PermissionLevel]) -> Action {
    let soviet = Soviet::at(name!("soviet")).signed_by(PermissionLevel::active(WHO));
    let mut action = soviet.votefor(COOP, WHO, 7, Checksum256::ZERO).to_action();
    action.authorization = levels.to_vec();
    action
}

fn input(transaction: &Transaction) -> PackedTransactionInput {
    PackedTransactionInput {
        signatures: vec![Signature::K1([31; 65]).to_string()],
        packed_trx: bytes::text(&transaction.to_bytes()),
        packed_context_free_data: None,
        compression: None,
    }
}

fn of(actions: Vec<Action>) -> Transaction {
    Transaction {
        actions,
        ..Transaction::default()
    }
}

fn checked(transaction: &Transaction) -> Result<(), String> {
    let sent = Sent::read("data.transaction", &input(transaction)).map_err(|it| it.to_string())?;
    sent.actions(COOP, WHO, &VOTE)
        .map(drop)
        .map_err(|it| it.to_string())
}

#[test]
fn the_expected_action_of_the_caller_is_taken_and_nothing_else() {
    let (mine, coop) = (PermissionLevel::active(WHO), PermissionLevel::active(COOP));
    let other = PermissionLevel::active(name!("basulotimegi"));
    checked(&of(vec![vote(&[mine])])).unwrap();
    checked(&of(vec![vote(&[coop, mine])])).unwrap();
    let mut transfer = vote(&[mine]);
    transfer.name = name!("voteagainst");
    let mut elsewhere = vote(&[mine]);
    elsewhere.account = name!("soviet2");
    let mut free = of(vec![vote(&[mine])]);
    free.context_free_actions = vec![vote(&[])];
    let mut later = of(vec![vote(&[mine])]);
    later.header.delay_sec = antelope_types::VarUint32(1);
    for (wrong, words) in [
        (of(vec![]), "actions"),
        (of(vec![vote(&[mine]), vote(&[mine])]), "actions"),
        (of(vec![transfer]), "actions"),
        (of(vec![elsewhere]), "actions"),
        (free, "actions"),
        (later, "actions"),
        (of(vec![vote(&[other])]), "authorization"),
        (of(vec![vote(&[])]), "authorization"),
        (of(vec![vote(&[mine, coop])]), "authorization"),
        (of(vec![vote(&[other, mine])]), "authorization"),
        (of(vec![vote(&[coop, mine, other])]), "authorization"),
    ] {
        let told = checked(&wrong).unwrap_err();
        assert!(
            told.starts_with(&format!("data.transaction.{words}")),
            "{told}"
        );
    }
}

#[test]
fn what_is_no_plain_transaction_is_refused() {
    let right = input(&of(vec![vote(&[PermissionLevel::active(WHO)])]));
    let change = |change: &dyn Fn(&mut PackedTransactionInput)| {
        let mut changed = right.clone();
        change(&mut changed);
        let refused = Sent::read("data.transaction", &changed).unwrap_err();
        assert_eq!(refused.code(), "BAD_INPUT");
        refused.to_string()
    };
    assert!(change(&|it| it.compression = Some("zlib".into())).contains("compression"));
    assert!(change(&|it| it.packed_context_free_data = Some("01".into())).contains("context_free"));
    assert!(change(&|it| it.packed_trx.push_str("00")).contains("packed_trx"));
    assert!(change(&|it| it.packed_trx = "0".repeat(4 * MAX_BYTES)).contains("packed_trx"));
    assert!(change(&|it| it.signatures.clear()).contains("signatures"));
    assert!(change(&|it| it.signatures = vec!["SIG_K1_no".into()]).contains("signatures"));
}

#[test]
fn arguments_are_read_whole() {
    let mut transaction = of(vec![vote(&[PermissionLevel::active(WHO)])]);
    let sent = Sent::read("t", &input(&transaction)).unwrap();
    let action = &sent.actions(COOP, WHO, &VOTE).unwrap()[0];
    type Vote = (Name, Name, u64, Checksum256);
    let read: Vote = sent.arguments(action).unwrap();
    assert_eq!(read, (COOP, WHO, 7, Checksum256::ZERO));
    transaction.actions[0].data.push(0);
    let sent = Sent::read("t", &input(&transaction)).unwrap();
    let action = &sent.actions(COOP, WHO, &VOTE).unwrap()[0];
    assert!(sent.arguments::<Vote>(action).is_err());
}

#[test]
fn what_stands_behind_the_expected_arguments_is_read_whole() {
    let mut transaction = of(vec![vote(&[PermissionLevel::active(WHO)])]);
    let begin = (COOP, WHO, 7u64).to_bytes();
    let behind = |transaction: &Transaction, begin: &[u8]| {
        let sent = Sent::read("t", &input(transaction)).unwrap();
        let rest = sent.behind((COOP, WHO), VOTE[0], begin)?;
        sent.whole::<Checksum256>("soviet::votefor", rest)
    };
    assert_eq!(behind(&transaction, &begin).unwrap(), Checksum256::ZERO);
    let other = (COOP, WHO, 8u64).to_bytes();
    assert!(behind(&transaction, &other).is_err(), "another decision");
    let longer = [&begin[..], &[1]].concat();
    assert!(behind(&transaction, &longer).is_err());
    transaction.actions[0].data.push(0);
    assert!(behind(&transaction, &begin).is_err(), "one byte more");
    transaction.actions[0].data.truncate(begin.len() - 1);
    assert!(behind(&transaction, &begin).is_err(), "too short");
}
