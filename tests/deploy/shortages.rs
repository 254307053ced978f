//! Not enough tokens, RAM, NET or CPU: each ends with the next step, and doing what it says helps.

use super::guide::shows;
use super::network::{ACCOUNTS, NETWORK, Network};

/// The command of `veche` in a line of a hint, as words.
fn command(hint: &str, line: &str) -> Vec<String> {
    let lines = hint.lines();
    let mut lines = lines.filter(|it| it.starts_with(line));
    let line = lines
        .next()
        .unwrap_or_else(|| panic!("no {line:?} in {hint}"));
    let (_, command) = line.split_once("veche ").expect("a command");
    let command = command.split(" #").next().unwrap_or_default();
    // Arguments with spaces are in quotes.
    let parts = command.split('"').enumerate();
    parts
        .flat_map(|(i, part)| match i % 2 {
            0 => part.split_whitespace().map(str::to_owned).collect(),
            _ => vec![part.to_owned()],
        })
        .collect()
}

/// Does what a hint says, with the key of this account.
fn follow(network: &Network, words: &[String], account: &str) {
    let ending = ["--json", "--key", account];
    let network_of_words = words.iter().position(|it| it == "--network");
    let at = network_of_words.expect("the network is named");
    assert_eq!(words[at + 1], NETWORK);
    let words: Vec<&str> = words[..at].iter().map(String::as_str).collect();
    network
        .veche_with("", &[&words[..], &ending].concat())
        .data();
}

#[test]
fn each_shortage_ends_with_a_step_that_helps() {
    let network = Network::start();
    let [(_, people), ..] = ACCOUNTS;
    let only = "--only registrator -x --json";
    let run = |more: &str| network.deploy(&format!("{only} --key {people} {more}"));

    let refused = |note: &str| {
        let said = network.deploy(&format!("--only registrator -x --key {people}"));
        let typed = format!("scripts/deploy {NETWORK} $ACCOUNTS $KEYS --only registrator -x{note}");
        shows("docs/deploy.md", &typed, &said.err);
    };

    // No tokens, no stakes.
    network.newcomer(people, None);
    refused("");
    let said = run("");
    let (code, message, hint) = said.failure();
    assert_eq!((said.code, &*code), (6, "rollout.tokens"), "{}", said.err);
    assert!(
        message.contains("has 0.0000 SYS, and the RAM to buy costs "),
        "{message}"
    );
    assert!(
        hint.contains("veche transfer FROM vechepeople1 \""),
        "{hint}"
    );
    assert!(hint.contains("--network testnet"), "{hint}");

    // Tokens, and RAM that is not to be bought.
    let account = people.parse().expect("a name");
    network.node.fund(account, "100.0000 SYS").expect("tokens");
    let said = run("--no-buy");
    let (code, message, hint) = said.failure();
    assert_eq!((said.code, &*code), (6, "rollout.ram"), "{}", said.err);
    assert!(message.contains("bytes of vechepeople1"), "{message}");
    let buy = command(&hint, "veche system buyram");

    // NET, which is rented.
    refused("   # with tokens");
    let said = run("");
    let (code, message, hint) = said.failure();
    assert_eq!((said.code, &*code), (6, "rollout.net"), "{}", said.err);
    assert!(
        message.contains("bytes of NET left, and the transaction takes about "),
        "{message}"
    );
    let rent = command(&hint, "or rent it");
    assert_eq!(rent[1], "powerup");
    // An account with nothing at all cannot rent for itself either: another account does.
    network.newcomer("vecherichone", Some("10.0000 SYS"));
    network
        .node
        .fund("vecherichone".parse().expect("a name"), "100.0000 SYS")
        .expect("tokens");
    let by_another = |words: &[String], payer_at: usize| {
        let mut words = words.to_vec();
        words[payer_at] = "vecherichone".to_owned();
        words
    };
    follow(&network, &by_another(&rent, 2), "vecherichone");

    // CPU, which is staked for.
    let said = run("");
    let (code, message, hint) = said.failure();
    assert_eq!((said.code, &*code), (6, "rollout.cpu"), "{}", said.err);
    assert!(message.contains("µs of CPU left"), "{message}");
    assert_eq!(command(&hint, "or rent it")[1], "powerup");
    let stake = command(&hint, "stake for it");
    assert_eq!(stake[1], "delegatebw");
    follow(&network, &by_another(&stake, 2), "vecherichone");

    // RAM by the command of its hint: then there is nothing left to buy.
    follow(&network, &buy, people);
    let said = run("--no-buy");
    assert_eq!(said.code, 0, "{}", said.err);
}

#[test]
fn cpu_and_net_are_rented_by_veche() {
    let network = Network::start();
    network.newcomer("vecherichone", Some("10.0000 SYS"));
    let account = "vecherichone".parse().expect("a name");
    network.node.fund(account, "100.0000 SYS").expect("tokens");
    let limits = || {
        let account = network
            .node
            .client()
            .get_account(account)
            .expect("an account");
        (account.net_limit.max, account.cpu_limit.max)
    };
    let before = limits();
    let rented = network.veche_with(
        "system powerup vecherichone vecherichone 1 100000000000 100000000000 --key vecherichone",
        &["1.0000 SYS", "--json"],
    );
    rented.data();
    let after = limits();
    assert!(
        after.0 > before.0 && after.1 > before.1,
        "{before:?} {after:?}"
    );

    // More than is paid for is refused by the chain.
    let dear = network.veche_with(
        "system powerup vecherichone vecherichone 1 1000000000000 1000000000000 --key vecherichone",
        &["0.0001 SYS", "--json"],
    );
    assert_eq!(dear.code, 6, "{}", dear.out);
}
