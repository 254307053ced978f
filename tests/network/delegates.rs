//! The network, and how a cooperative gets there: accounts that a token holder pays for, contracts by
//! `scripts/deploy`, their keys given to the delegates.

use crate::cli::{Bureau, Desk, FOUNDERS, Host, Said, veche_at};
use crate::deploy::without_package;
use coop_network::DelegateNetwork;
use serde_json::Value;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::thread::sleep;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// This repository.
pub(super) const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
/// The accounts of registrator, soviet and gateway.
pub(super) const CONTRACTS: [&str; 3] = ["vechepeople1", "vechecouncil", "vechepayment"];
/// Who hold the contracts, each by its node.
const HOLDERS: [(&str, &str); 5] = [
    ("a", "delegateaaaa"),
    ("b", "delegatebbbb"),
    ("c", "delegatecccc"),
    ("d", "delegatedddd"),
    ("e", "delegateeeee"),
];
/// More than two thirds of them.
const THRESHOLD: usize = 4;
/// Who has tokens and pays.
const PATRON: &str = "holderaaaaaa";
/// A stake beside which those of the token holders are not everything: they have millions.
const STAKE: &str = "20000.0000 SYS";
/// Longer than anything takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(300);

/// A network that ends with the test.
pub(super) struct Delegates {
    pub(super) network: DelegateNetwork,
    folder: TempDir,
}

impl Drop for Delegates {
    fn drop(&mut self) {
        let _ = self.network.down();
    }
}

/// Waits until it is so.
#[track_caller]
pub(super) fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begin = Instant::now();
    while !is_so() {
        assert!(begin.elapsed() < PATIENCE, "waited for {what}");
        sleep(Duration::from_millis(100));
    }
}

/// The object that a command printed.
pub(super) fn object(said: &Said) -> Value {
    serde_json::from_str(&said.out)
        .unwrap_or_else(|_| panic!("no object: {} {}", said.out, said.err))
}

impl Delegates {
    /// A network of five delegates and a public node; none where there is no nodeos.
    pub(super) fn up() -> Option<Self> {
        if let Err(error) = antelope_node::find_program("nodeos") {
            println!("SKIPPED: a network of delegates ({error})");
            return None;
        }
        let folder = tempfile::tempdir().expect("a folder");
        let network = DelegateNetwork::open(folder.path(), |fact| println!("network: {fact}"));
        let mut network = network.expect("a network");
        network.up().unwrap_or_else(|error| panic!("{error}"));
        Some(Self { network, folder })
    }

    /// The address of a node.
    pub(super) fn url(&self, node: &str) -> String {
        self.network.state().node(node).expect("a node").url()
    }

    /// The folder of a node, with its block log.
    pub(super) fn data(&self, node: &str) -> PathBuf {
        self.folder.path().join("nodes").join(node).join("data")
    }

    /// The file with a key: of a token holder, or of a delegate's account.
    fn key(&self, owner: &str) -> String {
        let file = format!("development-keys/{owner}.key");
        self.folder.path().join(file).display().to_string()
    }

    /// A desk whose commands go to the public node.
    pub(super) fn bureau(&self) -> Bureau {
        Bureau::at(Desk::of(Host::Elsewhere(self.url("api"), CONTRACTS)), "en")
    }

    /// The addresses of all nodes by their names.
    pub(super) fn urls(&self) -> HashMap<String, String> {
        let nodes = self.network.state().nodes.iter();
        nodes.map(|it| (it.name.clone(), it.url())).collect()
    }

    /// Waits until what was sent to any node is in a block at the public one: two blocks more there.
    pub(super) fn settle(&self) {
        let head = || self.network.head().expect("a head");
        let sent = head();
        until("two blocks", || head() >= sent + 2);
    }

    /// The patron makes an account of this public key.
    pub(super) fn account(&self, desk: &Desk, account: &str, key: &str) {
        let words = format!("system newaccount {PATRON} {account} {key} --buy-ram-kbytes 16");
        let (by, stakes) = (
            self.key(PATRON),
            ["--stake-net", STAKE, "--stake-cpu", STAKE],
        );
        let by = ["--yes", "--key-file", &by];
        succeeded(&desk.run(&words, &[&stakes[..], &by].concat()));
    }

    /// The patron buys RAM for an account: each question takes some of whoever proposes it.
    pub(super) fn buy_ram(&self, desk: &Desk, account: &str) {
        let words = format!("system buyram {PATRON} {account} 40000 --bytes");
        let by = self.key(PATRON);
        succeeded(&desk.run(&words, &["--yes", "--key-file", &by]));
    }

    /// The contracts on accounts of their own, held by the delegates: four of five must agree.
    pub(super) fn deploy(&self, desk: &Desk) {
        for account in CONTRACTS {
            let key = coop_demo::development_key(account.parse().expect("a name"));
            let key = antelope_rpc_client::signing::public_key(&key).expect("a key");
            self.account(desk, account, &key.to_string());
            let transfer = format!("transfer {PATRON} {account}");
            let by = self.key(PATRON);
            let rest = ["500000.0000 SYS", "for RAM", "--yes", "--key-file", &by];
            succeeded(&desk.run(&transfer, &rest));
        }
        let mut script = Command::new(format!("{ROOT}/scripts/deploy"));
        script.args([desk.url(), "-x", "--quiet", "--config"]);
        script.arg(desk.folder.path());
        for (package, account) in ["registrator", "soviet", "gateway"].iter().zip(CONTRACTS) {
            script.args(["--account", &format!("{package}={account}")]);
            script.args(["--key-file", &desk.key(account)]);
        }
        // What people get has to count beside the stakes of the token holders.
        for limit in ["account_net", "account_cpu"] {
            script.args(["--set", &format!("{limit}={STAKE}")]);
        }
        let script = without_package(script.stdin(Stdio::null()));
        let output = script.output().expect("scripts/deploy runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
        for account in CONTRACTS {
            self.hand_over(desk, account);
        }
    }

    fn hand_over(&self, desk: &Desk, account: &str) {
        let holders = HOLDERS.map(|(_, holder)| format!("{holder}@active"));
        let holders = holders.join(", ");
        let active = format!("{THRESHOLD} of [{holders}, {account}@eosio.code * {THRESHOLD}]");
        let (owner, key) = (format!("{THRESHOLD} of [{holders}]"), desk.key(account));
        let by = format!("{account}@owner");
        let rest = ["-p", &by, "--yes", "--key-file", &key];
        let set = format!("set account permission {account}");
        let more = [&[active.as_str(), "owner"], &rest[..]].concat();
        succeeded(&desk.run(&format!("{set} active"), &more));
        let more = [&[owner.as_str()], &rest[..]].concat();
        succeeded(&desk.run(&format!("{set} owner"), &more));
    }

    /// A cooperative with a council of three: everything by `veche`, and what the operator of the contracts
    /// has to allow, by a proposal of the delegates.
    pub(super) fn found(&self, bureau: &Bureau) {
        let desk = &bureau.desk;
        bureau.found(
            |key| self.account(desk, "zarechyekoop", key),
            || self.activate(desk),
        );
        assert_eq!(desk.data("coop")["participants"], FOUNDERS.len());
    }

    /// The delegates let the cooperative act. Three of five are not enough, nor is the key of before.
    fn activate(&self, desk: &Desk) {
        let coop = "coop activate --coop zarechyekoop --lang en --yes";
        let alone = desk.run(coop, &["--json", "--key-file", &desk.key(CONTRACTS[0])]);
        assert_eq!(
            object(&alone)["errors"][0]["code"],
            "chain.keys",
            "{}",
            alone.out
        );
        let (proposer, key) = (HOLDERS[0].1, self.key("a.account"));
        let propose = [
            "--propose",
            "activate1",
            "--proposer",
            proposer,
            "--key-file",
            &key,
        ];
        succeeded(&desk.run(coop, &propose));
        let exec = format!("multisig exec {proposer} activate1 {proposer}");
        let by = ["--yes", "--key-file", &key];
        for (count, (node, holder)) in HOLDERS.iter().take(THRESHOLD).enumerate() {
            if count == THRESHOLD - 1 {
                assert_eq!(desk.run(&exec, &by).code, 6, "three of five");
            }
            let own = self.key(&format!("{node}.account"));
            let approve = format!("multisig approve {proposer} activate1 {holder}@active");
            succeeded(&desk.run(&approve, &["--yes", "--key-file", &own]));
        }
        succeeded(&desk.run(&exec, &by));
        until("the cooperative to be active", || {
            desk.data("coop")["status"] == "active"
        });
    }
}

/// Runs a command of somebody at a node, in English.
pub(super) fn as_somebody(url: &str, folder: &Path, key: &Path, who: &str, words: &str) -> Said {
    let (soviet, key) = (CONTRACTS[1], key.display());
    let rest = format!("--soviet {soviet} --yes --lang en --as {who} --key-file {key}");
    let words = words.split_whitespace().chain(rest.split_whitespace());
    veche_at(url, folder, words)
}

/// Runs one round of a keeper at a node.
pub(super) fn keeper(url: &str, folder: &Path, who: &str, key: &str) -> Said {
    let level = format!("{who}@active");
    let words = [
        "keeper",
        "--once",
        "--json",
        "--soviet",
        CONTRACTS[1],
        "-p",
        &level,
    ];
    veche_at(url, folder, words.into_iter().chain(["--key-file", key]))
}

/// What a command gave that must succeed.
#[track_caller]
pub(super) fn succeeded(said: &Said) {
    assert_eq!(said.code, 0, "{}\n{}", said.out, said.err);
}

/// The program `veche`: `VECHE_PROGRAM`, or compiled beside the tests.
pub(super) fn program() -> Command {
    static COMPILED: OnceLock<PathBuf> = OnceLock::new();
    let given = || std::env::var_os("VECHE_PROGRAM").map(PathBuf::from);
    Command::new(COMPILED.get_or_init(|| given().unwrap_or_else(compiled)))
}

/// Compiles `veche` with all that it has.
fn compiled() -> PathBuf {
    let libraries = "PROGRAM=tests; source scripts/lib/say.sh; source scripts/lib/programs.sh";
    let features = "veche/api,veche/demo,veche/node,veche/registry";
    let compile = format!("set -eu; {libraries}; compile veche --features {features}");
    let mut command = Command::new("bash");
    command.args(["-c", &compile]).current_dir(ROOT);
    let status = without_package(&mut command).status();
    assert!(status.expect("bash runs").success());
    let target = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| format!("{ROOT}/target"));
    Path::new(&target).join("debug/veche")
}
