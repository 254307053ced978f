//! A network like a public one, and what people run on it.

use antelope_node::{Node, NodeOptions, package_contract};
use antelope_rpc_client::native;
use antelope_types::{Asset, Authority, Name, PermissionLevel, PublicKey, Symbol, name, symbol};
use serde_json::{Value, json};
use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use tempfile::TempDir;

/// The accounts of the contracts. Public networks sell shorter names at auctions.
pub(super) const ACCOUNTS: [(&str, &str); 3] = [
    ("registrator", "vechepeople1"),
    ("soviet", "vechecouncil"),
    ("gateway", "vechepayment"),
];
/// The passphrase of all keys.
const PASSPHRASE: &str = "four words that nobody guesses";
/// What the transcripts call the node.
pub(super) const NETWORK: &str = "testnet";

/// This repository.
pub(super) const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// Takes from a command what cargo tells tests about their package: it would make the command's cargo
/// compile again what depends on it.
pub(crate) fn without_package(command: &mut Command) -> &mut Command {
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            command.env_remove(name);
        }
    }
    command
}

/// What a command said, and how it ended.
#[derive(Debug)]
pub(super) struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Said {
    /// The data of a command that succeeded.
    pub(super) fn data(&self) -> Value {
        assert_eq!(self.code, 0, "{}\n{}", self.err, self.out);
        let object: Value = serde_json::from_str(&self.out).expect("an object");
        object["data"].clone()
    }

    /// Code, message and hint of the failure.
    pub(super) fn failure(&self) -> (String, String, String) {
        let object: Value = serde_json::from_str(&self.out).expect("an object");
        let text = |field: &str| {
            let text = object["errors"][0][field].as_str();
            text.unwrap_or_default().to_owned()
        };
        (text("code"), text("message"), text("hint"))
    }
}

/// A node with `eosio.system` and `eosio.msig`, and one user's configuration, which knows it as a network.
pub(super) struct Network {
    pub node: Node,
    pub folder: TempDir,
    /// The core token.
    core: Symbol,
}

impl Network {
    /// With a core token like that of EOS and a market of `powerup`.
    pub(super) fn start() -> Self {
        let network = Self::without_powerup(symbol!("4,SYS"));
        network.lend();
        network
    }

    /// With another core token, and nothing to rent.
    pub(super) fn without_powerup(core: Symbol) -> Self {
        let node = Node::start(NodeOptions {
            // Many tests at once on few processors.
            max_transaction_cpu_ms: 2_000,
            max_transaction_time_ms: 2_000,
            ..NodeOptions::default()
        });
        let node = node.unwrap_or_else(|e| panic!("{e}"));
        node.boot_system_with(core)
            .unwrap_or_else(|e| panic!("{e}"));
        let folder = tempfile::tempdir().expect("a folder");
        let passphrase = folder.path().join("passphrase");
        fs::write(&passphrase, PASSPHRASE).expect("a file");
        fs::set_permissions(&passphrase, fs::Permissions::from_mode(0o600)).expect("its mode");
        let network = Self { node, folder, core };
        let url = network.node.url().to_owned();
        network.veche(&format!("net add {NETWORK} {url}")).data();
        network.install_proposals();
        network
    }

    /// So many tokens, as the chain writes them.
    pub(super) fn tokens(&self, count: i64) -> String {
        let unit = 10_i64.pow(self.core.precision().into());
        Asset::from_raw(count * unit, self.core).to_string()
    }

    /// Waits until what was executed is in a block. Before that a node forgets it for a moment.
    pub(super) fn settle(&self) {
        let client = self.node.client();
        let head = client.get_info().expect("the head").head_block_num;
        let patience = std::time::Duration::from_secs(60);
        client.wait_for_block(head + 1, patience).expect("a block");
    }

    /// Actions of the producers.
    pub(super) fn system(&self, actions: &[(&str, &str, Value)]) {
        let client = self.node.client();
        let actions = actions.iter().map(|(account, name, data)| {
            let [account, name] = [account, name].map(|it| it.parse::<Name>().expect("a name"));
            let level = PermissionLevel::active(name!("eosio"));
            client
                .action(account, name, level, data)
                .expect("an action")
        });
        let actions: Vec<_> = actions.collect();
        let pushed = client.push(&actions, &[self.node.key()]);
        pushed.unwrap_or_else(|e| panic!("{e}"));
    }

    fn install_proposals(&self) {
        let (wasm, abi) = package_contract("eosio.msig").unwrap_or_else(|e| panic!("{e}"));
        let deployed = self.node.deploy(name!("eosio.msig"), &wasm, &abi);
        deployed.unwrap_or_else(|e| panic!("{e}"));
        let privileged = json!({ "account": "eosio.msig", "is_priv": 1 });
        self.system(&[("eosio", "setpriv", privileged)]);
    }

    /// Lends half of the chain's resources by `powerup`, as public networks do.
    fn lend(&self) {
        let key = self.node.public_key();
        let made = self.node.create_account(name!("eosio.reserv"), &key);
        made.unwrap_or_else(|e| panic!("{e}"));
        let resource = json!({
            "current_weight_ratio": 500_000_000_000_000_i64,
            "target_weight_ratio": 500_000_000_000_000_i64,
            "assumed_stake_weight": 10_000_000,
            "target_timestamp": null,
            "exponent": 2,
            "decay_secs": 86_400,
            "min_price": "0.0000 SYS",
            "max_price": "10000.0000 SYS",
        });
        let args = json!({
            "net": resource, "cpu": resource, "powerup_days": 1, "min_powerup_fee": "0.0001 SYS",
        });
        self.system(&[("eosio", "cfgpowerup", json!({ "args": args }))]);
        // What is paid for it goes to the resource exchange, which somebody must have begun.
        let client = self.node.client();
        let level = PermissionLevel::active(name!("eosio.reserv"));
        let proxy = json!(["eosio.reserv", true]);
        let proxy = client.action(name!("eosio"), name!("regproxy"), level, &proxy);
        let pushed = client.push(&[proxy.expect("an action")], &[self.node.key()]);
        pushed.unwrap_or_else(|e| panic!("{e}"));
        let lender = name!("vechelenders");
        self.newcomer("vechelenders", Some("10.0000 SYS"));
        self.node
            .fund(lender, "1000.0000 SYS")
            .unwrap_or_else(|e| panic!("{e}"));
        let by = "--key vechelenders";
        let done = |words: &str, more: &[&str]| {
            let words = format!("system {words} {by}");
            self.veche_with(&words, &[more, &["--json"]].concat())
                .data();
        };
        done(
            "delegatebw vechelenders vechelenders",
            &["1.0000 SYS", "1.0000 SYS"],
        );
        done("voteproducer proxy vechelenders eosio.reserv", &[]);
        done("rex deposit vechelenders", &["100.0000 SYS"]);
        done("rex buyrex vechelenders", &["100.0000 SYS"]);
    }

    /// Makes a key in the keystore of the user, under the name of an account.
    pub(super) fn key(&self, name: &str) -> PublicKey {
        let made = self
            .veche(&format!("wallet create_key --name {name}"))
            .data();
        let text = made["public_key"].as_str().expect("a key");
        text.parse().expect("a public key")
    }

    /// What a faucet does: an account of one's own key with a little RAM, a stake, and so many tokens.
    pub(super) fn rich(&self, account: &str, tokens: i64) {
        self.newcomer(account, Some(&self.tokens(10)));
        let account = account.parse().expect("a name");
        let funded = self.node.fund(account, &self.tokens(tokens));
        funded.unwrap_or_else(|e| panic!("{e}"));
    }

    /// What a faucet does: an account of one's own key with a little RAM, and stakes where they are given.
    pub(super) fn newcomer(&self, account: &str, stake: Option<&str>) {
        let authority = Authority::from_key(self.key(account));
        let account: Name = account.parse().expect("a name");
        let eosio = name!("eosio");
        let client = self.node.client();
        let by_system = |action: &str, data: Value| {
            let name = action.parse().expect("a name");
            let level = PermissionLevel::active(eosio);
            client.action(eosio, name, level, &data).expect("an action")
        };
        let mut actions = vec![
            native::new_account(eosio, account, authority.clone(), authority),
            by_system("buyrambytes", json!([eosio, account, 4096])),
        ];
        if let Some(stake) = stake {
            let delegate = json!([eosio, account, stake, stake, false]);
            actions.push(by_system("delegatebw", delegate));
        }
        let pushed = client.push(&actions, &[self.node.key()]);
        pushed.unwrap_or_else(|e| panic!("{e}"));
    }

    /// The three accounts, from a faucet that gives each so many tokens.
    pub(super) fn newcomers(&self, tokens: i64) {
        for (_, account) in ACCOUNTS {
            self.rich(account, tokens);
        }
    }

    /// The words that name the accounts of the contracts.
    pub(super) fn accounts() -> String {
        let pairs = ACCOUNTS.iter();
        let pairs: Vec<_> = pairs
            .map(|(package, account)| format!("--account {package}={account}"))
            .collect();
        pairs.join(" ")
    }

    /// The words that name the keys of these accounts.
    pub(super) fn keys(accounts: &[&str]) -> String {
        let keys = accounts.iter().map(|it| format!("--key {it}"));
        keys.collect::<Vec<_>>().join(" ")
    }

    /// `cargo antelope`, compiled as `scripts/deploy` compiles it, once for all tests.
    pub(super) fn program(&self) -> Command {
        static COMPILED: OnceLock<()> = OnceLock::new();
        COMPILED.get_or_init(|| {
            let libraries =
                "PROGRAM=tests; source scripts/lib/say.sh; source scripts/lib/programs.sh";
            let compile = format!("set -eu; {libraries}; compile cargo-antelope");
            let mut command = Command::new("bash");
            command.args(["-c", &compile]).current_dir(ROOT);
            let status = without_package(&mut command).status();
            assert!(status.expect("bash runs").success());
        });
        let target = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| format!("{ROOT}/target"));
        let mut command = Command::new(format!("{target}/debug/cargo-antelope"));
        command.arg("antelope");
        command
    }

    /// Adds configuration and passphrase of the user.
    pub(super) fn of_user<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        let folder = self.folder.path().display();
        let passphrase = format!("file:{folder}/passphrase");
        command
            .args(["--config", &folder.to_string(), "--passphrase", &passphrase])
            .stdin(Stdio::null())
    }

    /// Runs a command to its end.
    pub(super) fn said(&self, command: &mut Command) -> Said {
        let output = self.of_user(command).output().expect("it runs");
        let [out, err] =
            [output.stdout, output.stderr].map(|it| String::from_utf8(it).expect("text"));
        Said {
            code: output.status.code().unwrap_or(-1),
            out,
            err,
        }
    }

    /// Runs `scripts/deploy` for the accounts of the contracts.
    pub(super) fn script(&self, words: &str) -> Said {
        let mut command = Command::new(format!("{ROOT}/scripts/deploy"));
        let words = format!("{NETWORK} {} {words}", Self::accounts());
        command.args(words.split_whitespace()).arg("--quiet");
        self.said(without_package(&mut command))
    }

    /// What the script runs in the end.
    pub(super) fn deploy(&self, words: &str) -> Said {
        let words = format!("--network {NETWORK} {} {words}", Self::accounts());
        let mut command = self.program();
        command.args(["rollout", "-C", ROOT, "--locked", "--quiet"]);
        self.said(command.args(words.split_whitespace()))
    }

    /// Runs `veche` with these words and `--json`.
    pub(super) fn veche(&self, words: &str) -> Said {
        self.veche_with(words, &["--json"])
    }

    /// Runs `veche` with these words and `more`, in which there may be spaces.
    pub(super) fn veche_with(&self, words: &str, more: &[&str]) -> Said {
        let folder = self.folder.path().display().to_string();
        let passphrase = format!("file:{folder}/passphrase");
        let mut all = vec!["veche", "--config", &folder, "--network", NETWORK];
        if words.starts_with("net ") {
            all.truncate(3);
        }
        all.extend(words.split_whitespace());
        all.extend(more);
        let signs_not = ["net ", "get ", "multisig review ", "coop --"];
        if !signs_not.iter().any(|it| words.starts_with(it)) {
            all.extend(["--passphrase", &passphrase]);
        }
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let code = veche::run(all.into_iter().map(OsString::from), &mut out, &mut err);
        let [out, err] = [out, err].map(|it| String::from_utf8(it).expect("text"));
        Said {
            code: code.into(),
            out,
            err,
        }
    }
}
