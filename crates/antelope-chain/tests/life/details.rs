//! Transactions with all that a trace can have: console, returned values, RAM, context-free data,
//! errors of every kind, and senders that are told of deferred transactions that failed.

use crate::puppet::Puppet;
use crate::shared::history::Details;
use crate::system::{activate, bios};
use crate::world::{World, level, n};
use antelope_chain::{DEVELOPMENT_KEY, FeatureSet};
use antelope_rpc_client::native;
use antelope_types::{Action, Encode, Transaction, TransactionHeader, VarUint32};

pub fn run(world: &mut World) {
    bios(world);
    world.accounts(&["puppet", "other", "stubborn", "alice"]);
    contracts(world, Puppet::new);
    // Before values are returned and senders are replaced, and after.
    round(world, 1);
    activate(world, FeatureSet::LEAP_4);
    contracts(world, || Puppet::new().returning());
    round(world, 2);
}

/// Sets the contracts of the three.
fn contracts(world: &mut World, puppet: impl Fn() -> Puppet) {
    let able = || {
        let puppet = puppet().deferring().failing().storing().inlining();
        puppet.printing().reading_context_free_data()
    };
    for (account, code) in [
        ("puppet", able().printing_errors().code()),
        ("other", able().code()),
        ("stubborn", able().failing_errors().code()),
    ] {
        assert!(
            world.push(&[native::set_code(n(account), &code)]),
            "{account}"
        );
    }
    world.twin.block();
}

/// Fails where the life had less than it was made for.
pub fn assert_complete(found: &Details, told: bool) {
    let Details {
        traces,
        consoles,
        errors,
        codes,
        signed,
        context_free_data,
        context_free,
        ram_deltas,
        given_back,
        failed,
        returned,
    } = *found;
    assert!(traces > 40 && signed > 20, "{found:?}");
    assert!(
        consoles > 10 && ram_deltas > 10 && returned > 0,
        "{found:?}"
    );
    assert!(context_free_data >= 4 && context_free >= 4, "{found:?}");
    if told {
        assert!(
            errors > 20 && codes >= 2 && failed > 10 && given_back > 10,
            "{found:?}"
        );
    }
}

fn act(account: &str, name: &str, by: &str, data: Vec<u8>) -> Action {
    Action {
        account: n(account),
        name: n(name),
        authorization: vec![level(by)],
        data,
    }
}

fn key_and(payer: &str, key: u64) -> Vec<u8> {
    let mut data = key.to_bytes();
    data.extend(0u64.to_bytes());
    data.extend(n(payer).to_bytes());
    data
}

/// A text of so many letters.
fn text(length: usize) -> Vec<u8> {
    (0..length).map(|at| b'a' + (at % 26) as u8).collect()
}

fn round(world: &mut World, round: u64) {
    // Texts with what JSON and logs treat apart, and bytes that are not UTF-8.
    let texts = [
        b"hello".to_vec(),
        "\u{2713} \u{441}\u{43b}\u{43e}\u{432}\u{43e}"
            .as_bytes()
            .to_vec(),
        b"tab\tline\nquote\"back\\slash ${name} $".to_vec(),
        vec![b'x', 0xff, 0xfe, b'y', 0x01],
        text(3000),
    ];
    // A node keeps bytes in a console that are not UTF-8, and its own JSON leaves them out, as this
    // chain does everywhere.
    for words in texts.iter().filter(|words| str::from_utf8(words).is_ok()) {
        assert!(world.push(&[
            act("puppet", "print", "puppet", words.clone()),
            act("other", "print", "other", words.clone()),
        ]));
    }
    world.push(&[act("puppet", "give", "puppet", vec![1, 2, 3])]);
    assert!(world.push(&[act("puppet", "store", "puppet", key_and("puppet", round))]));
    let inline = act("other", "print", "puppet", b"from within".to_vec());
    assert!(world.push(&[act("puppet", "inline", "puppet", inline.to_bytes())]));
    // Failures that leave nothing.
    world.push(&[act("puppet", "say", "puppet", texts[1].clone())]);
    world.twin.block();
    context_free(world);
    if world.twin.tells_senders() {
        failures(world, round, &texts);
    }
}

/// Context-free actions, which read what the transaction brings and the chain forgets.
fn context_free(world: &mut World) {
    for data in [vec![vec![1, 2, 3]], vec![vec![], vec![9; 300]]] {
        let actions = [act("puppet", "print", "puppet", b"beside".to_vec())];
        let mut transaction = world.twin.chain.transaction(&actions);
        for piece in 0..data.len() as u32 {
            transaction.context_free_actions.push(Action {
                authorization: vec![],
                ..act("other", "read", "other", piece.to_bytes())
            });
        }
        let keys = [&DEVELOPMENT_KEY];
        let pushed = world
            .twin
            .push_with_data("context-free", transaction, data, &keys);
        assert!(pushed);
    }
    world.twin.block();
}

/// Deferred transactions that fail in every way that there is, of which three senders are told: one
/// prints it, one does not listen, one fails.
fn failures(world: &mut World, round: u64, texts: &[Vec<u8>]) {
    let stranger = n("eosio").to_bytes();
    let mut failing: Vec<(&str, Vec<u8>)> = vec![
        ("fail", vec![]),
        ("code", 42u64.to_bytes()),
        ("code", (antelope_types::GENERIC_CODE + 7).to_bytes()),
        ("auth", stranger),
        ("trap", vec![]),
        ("beyond", vec![]),
        ("abort", vec![]),
        // Written twice, and for an account that has not agreed to pay.
        ("store", key_and("puppet", round)),
        ("store", key_and("alice", 100 + round)),
        (
            "inline",
            act("nobody", "nothing", "puppet", vec![]).to_bytes(),
        ),
        ("inline", act("other", "trap", "puppet", vec![]).to_bytes()),
        ("inline", act("other", "print", "eosio", vec![]).to_bytes()),
        ("inline", vec![1, 2, 3]),
    ];
    failing.extend(texts.iter().map(|words| ("say", words.clone())));
    // As long as a node tells, a byte more, and letters of two bytes that do not end there.
    let told = 1024 - "assertion failure with message: ${s}".len();
    let printed = 1024 - "pending console output: ${console}".len();
    let cyrillic = |bytes: usize| format!("x{}", "\u{436}".repeat(bytes)).into_bytes();
    failing.extend([told, told + 1].map(|length| ("say", text(length))));
    failing.extend([printed, printed + 1, 3000].map(|length| ("rant", text(length))));
    failing.extend([("say", cyrillic(told)), ("rant", cyrillic(printed))]);
    failing.extend(["say", "rant"].map(|name| (name, (0..=0x7f).collect())));
    let mut number = u128::from(round) << 64;
    for (at, (name, data)) in failing.into_iter().enumerate() {
        for sender in ["puppet", "other", "stubborn"] {
            if sender != "puppet" && at % 5 > 0 {
                continue;
            }
            let actions = vec![
                act(sender, "print", sender, b"before".to_vec()),
                act("puppet", name, sender, data.clone()),
            ];
            let transaction = Transaction {
                header: TransactionHeader {
                    delay_sec: VarUint32(1),
                    ..TransactionHeader::default()
                },
                actions,
                ..Transaction::default()
            };
            number += 1;
            let mut send = number.to_bytes();
            send.extend(n(sender).to_bytes());
            send.extend(0u32.to_bytes());
            send.extend(transaction.to_bytes());
            assert!(world.push(&[act(sender, "send", sender, send)]), "{name}");
        }
        if at % 4 == 3 {
            world.twin.block();
        }
    }
    for _ in 0..6 {
        world.twin.block();
    }
}
