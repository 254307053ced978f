//! A run that is killed, wherever it is, is completed by the next one, and nothing is done twice.

use super::network::{ACCOUNTS, Network, ROOT};
use serde_json::Value;
use std::collections::BTreeMap;
use std::process::Stdio;
use std::thread::sleep;
use std::time::Duration;
use test_support::proxy::{Proxy, Spoil, sends};

/// More runs than there are transactions, each of which is interrupted twice.
const MOST: usize = 20;

/// The quota of RAM of each account.
fn quotas(network: &Network) -> BTreeMap<&'static str, i64> {
    let client = network.node.client();
    let quota = |account: &str| {
        let account = client.get_account(account.parse().expect("a name"));
        account.expect("an account").ram_quota
    };
    let accounts = ACCOUNTS.iter();
    accounts.map(|(_, name)| (*name, quota(name))).collect()
}

/// Starts a run through a proxy and kills it when it sends a transaction; whether it got so far.
fn killed(network: &Network, words: &str, moment: Spoil) -> bool {
    let proxy = Proxy::spoiling(network.node.url(), move |call, _| match sends(call) {
        true => moment,
        false => Spoil::Nothing,
    });
    let mut run = network.program();
    run.args(["rollout", "-C", ROOT, "--url", &proxy.url(), "--quiet"]);
    run.args(words.split_whitespace());
    run.stdout(Stdio::null()).stderr(Stdio::null());
    let mut run = network.of_user(&mut run).spawn().expect("it starts");
    let sent = loop {
        if proxy.held() > 0 {
            break true;
        }
        if run.try_wait().expect("its state").is_some() {
            break false;
        }
        sleep(Duration::from_millis(20));
    };
    // SIGKILL.
    let _ = run.kill();
    let _ = run.wait();
    sent
}

#[test]
fn a_run_killed_at_every_transaction_is_completed_and_buys_nothing_twice() {
    let network = Network::start();
    network.newcomers(100);
    let planned = network.deploy("--separately --json").data();
    assert_eq!(
        planned["transactions"].as_array().map(Vec::len),
        Some(5),
        "RAM, three contracts, and the actions: {planned:#}"
    );
    let mut expected = quotas(&network);
    for bought in planned["ram"].as_array().expect("purchases") {
        let receiver = bought["receiver"].as_str().expect("an account");
        let quota = expected.get_mut(receiver).expect("one of the accounts");
        *quota += bought["bytes"].as_i64().expect("bytes");
    }

    let keys = Network::keys(&ACCOUNTS.map(|(_, account)| account));
    let words = format!("{} --separately -x {keys}", Network::accounts());
    let mut moments = [Spoil::SilentBefore, Spoil::SilentAfter]
        .into_iter()
        .cycle();
    let mut kills = 0;
    while killed(&network, &words, moments.next().expect("a cycle")) {
        kills += 1;
        assert!(kills < MOST, "it does not get on");
    }
    assert!(
        kills >= 10,
        "each transaction before and after it was executed: {kills}"
    );

    let last = network.deploy("--json").data();
    assert_eq!(
        (&last["is_done"], &last["executed"]),
        (&true.into(), &Value::Null)
    );
    for (account, quota) in quotas(&network) {
        // The market rounds what it takes, so that a purchase yields a few bytes less.
        let rounded = expected[account] - quota;
        assert!((0..100).contains(&rounded), "{account}: {rounded}");
    }
}
