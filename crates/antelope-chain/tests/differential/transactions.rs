//! Transactions that a chain does not take, and what the others cost.

use crate::shared::both::{Both, Edit};
use crate::shared::random::Random;
use crate::shared::signing::sign_with;
use antelope_types::{
    Action, Extension, Name, PermissionLevel, Signature, SignedTransaction, TimePointSec,
    Transaction, VarUint32, name,
};

const A: Name = name!("trxa");

fn act(code: Name, action: Name, actor: Name, data: usize) -> Action {
    Action {
        account: code,
        name: action,
        authorization: vec![PermissionLevel::active(actor)],
        data: vec![1; data],
    }
}

pub fn run(both: &mut Both) {
    both.accounts(&[A]);
    let key = both.key.clone();
    let one = [act(A, name!("x"), A, 10)];
    let free = Action {
        authorization: vec![],
        ..act(A, name!("free"), A, 4)
    };
    let shift = |seconds: i64| {
        move |header: &mut TimePointSec| {
            *header = TimePointSec::from_seconds((i64::from(header.seconds()) + seconds) as u32);
        }
    };
    let edits: [(&str, Edit<'_>); 12] = [
        ("expired", &|t| shift(-4000)(&mut t.header.expiration)),
        ("of the far future", &|t| {
            shift(7200)(&mut t.header.expiration)
        }),
        ("of another fork", &|t| t.header.ref_block_prefix ^= 1),
        ("of a block to come", &|t| {
            t.header.ref_block_num = t.header.ref_block_num.wrapping_add(30_000)
        }),
        ("with too little NET", &|t| {
            t.header.max_net_usage_words = VarUint32(5)
        }),
        ("with NET enough", &|t| {
            t.header.max_net_usage_words = VarUint32(100)
        }),
        ("with an extension", &|t| {
            t.transaction_extensions.push(Extension {
                kind: 0,
                data: vec![1],
            })
        }),
        ("with a free action", &|t| {
            t.context_free_actions.push(free.clone())
        }),
        ("with a free action that is signed", &|t| {
            t.context_free_actions.push(one[0].clone())
        }),
        ("with a free action of nobody", &|t| {
            t.context_free_actions.push(Action {
                account: name!("nobody"),
                ..free.clone()
            })
        }),
        ("with only a free action", &|t| {
            t.context_free_actions.push(t.actions.remove(0))
        }),
        ("with nothing", &|t| t.actions.clear()),
    ];
    for (what, edit) in edits {
        both.push_with(&format!("a transaction {what}"), &one, &[&key], edit);
    }
    reference_blocks(both, &one);
    for size in [0, 1, 100, 127, 128, 1000, 20_000, 600_000] {
        both.push(
            &format!("an action of {size} bytes"),
            &[act(A, name!("x"), A, size)],
        );
    }
    for (what, action) in [
        ("of no account", act(name!("nobody"), name!("x"), A, 0)),
        ("by nobody", act(A, name!("x"), name!("nobody"), 0)),
        (
            "by nobody's permission",
            Action {
                authorization: vec![PermissionLevel::new(A, name!("trade"))],
                ..act(A, name!("x"), A, 0)
            },
        ),
        (
            "under no permission",
            Action {
                authorization: vec![PermissionLevel::new(A, Name::default())],
                ..act(A, name!("x"), A, 0)
            },
        ),
        (
            "signed by none",
            Action {
                authorization: vec![],
                ..act(A, name!("x"), A, 0)
            },
        ),
    ] {
        both.push(&format!("an action {what}"), std::slice::from_ref(&action));
        both.push(
            &format!("an action {what}, after another"),
            &[one[0].clone(), action],
        );
    }
    let here = both.chain.transaction(&one);
    let here = sign_with(&both.chain.chain_id(), here, &[&key]);
    let there = both.built(&one);
    both.compare("a transaction for the first time", &there, &here);
    both.compare("a transaction for the second time", &there, &here);
    bad_signatures(both, &one);
}

/// Random references, on a chain that is short: most places of blocks were never taken.
const REFERENCES: usize = 200;

fn reference_blocks(both: &mut Both, actions: &[Action]) {
    let key = both.key.clone();
    let mut made = 0u16;
    let mut refer = |what: &str, number: u16, prefix: u32| {
        // Two of one second would otherwise be the same transaction, on a chain whose second it is.
        let mut actions = actions.to_vec();
        actions[0].data.extend(made.to_le_bytes());
        made += 1;
        let edit = |t: &mut Transaction| {
            (t.header.ref_block_num, t.header.ref_block_prefix) = (number, prefix);
        };
        both.push_with(what, &actions, &[&key], &edit);
    };
    refer("a reference to a block that was never made", 5000, 0);
    refer("a reference to no block", 0, 0);
    let mut random = Random::new(5000);
    for case in 0..REFERENCES {
        let number = match random.below(4) {
            0 => random.below(3) as u16,
            1 => u16::MAX - random.below(3) as u16,
            // Beyond what either chain reaches here.
            _ => 4000 + random.below(60_000) as u16,
        };
        let prefix = match random.below(4) {
            0 => random.next() as u32,
            1 => u32::from(number),
            _ => 0,
        };
        refer(
            &format!("reference {case} to {number}, {prefix}"),
            number,
            prefix,
        );
    }
    eprintln!("{REFERENCES} random reference blocks");
}

/// Changes a signature.
type Spoil = fn(&mut [u8; 65]);

/// Signatures of no key, and such as contracts would take and transactions must not have.
fn bad_signatures(both: &mut Both, actions: &[Action]) {
    let spoil: [(&str, Spoil); 6] = [
        ("of another curve's form", |bytes| bytes[0] = 0),
        ("with a first byte too high", |bytes| bytes[0] = 35),
        ("of nothing", |bytes| bytes[1..].fill(0)),
        ("above the order", |bytes| bytes[1..].fill(0xff)),
        ("with a high number", |bytes| bytes[33] |= 0x80),
        ("with a first byte of uncompressed keys", |bytes| {
            bytes[0] -= 4
        }),
    ];
    for (what, spoil) in spoil {
        let spoilt = |mut signed: SignedTransaction| {
            let Signature::K1(compact) = &mut signed.signatures[0] else {
                panic!("{:?}", signed.signatures);
            };
            spoil(compact);
            signed
        };
        let here = both.chain.transaction(actions);
        let here = sign_with(&both.chain.chain_id(), here, &[&both.key]);
        let there = both.built(actions);
        both.compare(
            &format!("a signature {what}"),
            &spoilt(there),
            &spoilt(here),
        );
    }
}
