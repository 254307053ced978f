//! The commands that talk to a node, with a real one that has a system contract and a RAM market.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use antelope_node::{Node, NodeOptions};
use antelope_types::{Checksum256, Name, name};
use serde_json::Value;
use test_support::proxy::{Proxy, Spoil, sends};

const POOR: Name = name!("poor");
const BANK: Name = name!("bank");
/// Accounts that get a contract whose deployment nobody hears of.
const LOST: [Name; 2] = [name!("lost1"), name!("lost2")];
const ASKED: Name = name!("asked");

struct World {
    node: Node,
    home: tempfile::TempDir,
}

impl World {
    fn start() -> Self {
        let node = Node::start(NodeOptions {
            max_transaction_cpu_ms: 5_000,
            max_transaction_time_ms: 5_000,
            ..NodeOptions::default()
        });
        let node = node.expect("a node");
        node.boot_system().expect("a system contract");
        let key = node.public_key();
        node.create_account(POOR, &key).expect("an account");
        for account in [BANK, LOST[0], LOST[1], ASKED] {
            node.create_contract_account(account).expect("an account");
        }
        let home = tempfile::tempdir().expect("a folder");
        let text = format!("# of the tests\n{}\n", node.key().to_text());
        let keys = home.path().join("keys");
        fs::write(&keys, text).expect("a file");
        let own = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        fs::set_permissions(&keys, own).expect("a file of one's own");
        Self { node, home }
    }

    fn keys(&self) -> String {
        self.home.path().join("keys").display().to_string()
    }

    fn run_with(&self, arguments: &[&str], input: &str) -> Output {
        self.run_at(self.node.url(), arguments, input)
    }

    fn run_at(&self, url: &str, arguments: &[&str], input: &str) -> Output {
        let mut child = Command::new(env!("CARGO_BIN_EXE_cargo-antelope"))
            .args(["antelope", "--quiet", "--json"])
            .args(arguments)
            .args(["--url", url])
            .current_dir(self.home.path())
            .env_remove("CARGO_TARGET_DIR")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        // A command that wants no input does not read it.
        let _ = stdin.write_all(input.as_bytes());
        drop(stdin);
        child.wait_with_output().expect("it ends")
    }

    fn run(&self, arguments: &[&str]) -> (Option<i32>, Value) {
        let output = self.run_with(arguments, "");
        let json = serde_json::from_slice(&output.stdout);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.code(), json.unwrap_or_else(|_| told.into()))
    }

    fn done(&self, arguments: &[&str]) -> Value {
        let (code, mut json) = self.run(arguments);
        assert_eq!(code, Some(0), "{arguments:?}: {json:#}");
        json["data"].take()
    }
}

/// The package `token` of this checkout.
fn token() -> [String; 4] {
    let root: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let root = fs::canonicalize(root).expect("the checkout");
    [
        "-C".into(),
        root.display().to_string(),
        "-p".into(),
        "token".into(),
    ]
}

fn code_hash(world: &World, account: Name) -> Checksum256 {
    let client = world.node.client();
    client.get_code_hash(account).expect("an answer")
}

#[test]
fn a_contract_is_deployed_verified_called_and_read() {
    let world = World::start();
    let token = token();
    let token: Vec<&str> = token.iter().map(String::as_str).collect();
    dry_run_tells_what_is_missing(&world, &token);
    execution_needs_a_key(&world, &token);
    execution_deploys_once(&world, &token);
    lost_answers_are_looked_into(&world, &token);
    code_is_verified(&world, &token);
    what_cannot_be_verified_is_told(&world, &token);
    actions_are_called(&world);
    rows_are_read(&world);
    a_wallet_signs(&world);
    a_call_without_an_authority_only_asks(&world);
    ram_is_priced(&world, &token);
}

fn dry_run_tells_what_is_missing(world: &World, token: &[&str]) {
    let plan = world.done(&[&["deploy", "poor"], token].concat());
    assert_eq!(
        (&plan["sets_code"], &plan["sets_abi"]),
        (&true.into(), &true.into())
    );
    assert_eq!(plan["executed"], Value::Null);
    assert!(plan["ram"]["code"].as_i64() > Some(50_000), "{plan:#}");
    assert!(plan["ram"]["to_buy"].as_u64() > Some(0), "{plan:#}");
    let price = plan["ram"]["price"].as_str().expect("a price");
    assert!(price.ends_with(" SYS"), "{price}");
    assert_eq!(plan["authority"]["threshold"], 1);
    assert_eq!(
        code_hash(world, POOR),
        Checksum256::ZERO,
        "nothing was sent"
    );

    let (code, json) = world.run(&[&["deploy", "nobody"], token].concat());
    assert_eq!(code, Some(1));
    assert_eq!(json["errors"][0]["code"], "deploy.account");
}

fn execution_needs_a_key(world: &World, token: &[&str]) {
    let execute = [&["deploy", "bank", "-x"], token].concat();
    let output = world.run_with(&execute, "PVT_K1_no_such_key\n");
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(json["errors"][0]["code"], "keys.text");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(
        !told.contains("no_such_key"),
        "a key is never repeated: {told}"
    );

    let (code, json) = world.run(&execute);
    assert_eq!(code, Some(1));
    assert_eq!(json["errors"][0]["code"], "keys.none");
    assert_eq!(code_hash(world, BANK), Checksum256::ZERO);
}

fn execution_deploys_once(world: &World, token: &[&str]) {
    let keys = world.keys();
    let execute = [&["deploy", "bank", "-x", "--key-file", &keys], token].concat();
    let done = world.done(&execute);
    assert!(done["executed"]["transaction"].is_string(), "{done:#}");
    assert_eq!(done["new"]["code_hash"], code_hash(world, BANK).to_string());

    let again = world.done(&execute);
    assert_eq!(again["executed"], Value::Null, "what is there is skipped");
    assert_eq!(
        (&again["sets_code"], &again["sets_abi"]),
        (&false.into(), &false.into())
    );
    assert_eq!(again["ram"]["code"], 0);
}

/// The transaction is executed, and the connection ends before the answer comes.
fn lost_answers_are_looked_into(world: &World, token: &[&str]) {
    let keys = world.keys();
    let deploy = |account, url: &str| {
        let arguments = [&["deploy", account, "-x", "--key-file", &keys], token].concat();
        let output = world.run_at(url, &arguments, "");
        let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        (output.status.code(), json)
    };
    let proxy = Proxy::spoiling(world.node.url(), |call, _| match sends(call) {
        true => Spoil::LostAfter,
        false => Spoil::Nothing,
    });
    let (code, json) = deploy("lost1", &proxy.url());
    assert_eq!(code, Some(0), "the chain is asked instead: {json:#}");
    let executed = &json["data"]["executed"];
    assert!(
        executed.is_object() && executed["transaction"].is_null(),
        "{json:#}"
    );
    assert_eq!(
        json["data"]["new"]["code_hash"],
        code_hash(world, LOST[0]).to_string()
    );

    // Now nobody can be asked.
    let proxy = Proxy::ending_with(world.node.url(), Spoil::LostAfter);
    let (code, json) = deploy("lost2", &proxy.url());
    assert_eq!(code, Some(1), "{json:#}");
    assert_eq!(json["errors"][0]["code"], "node");
    assert_ne!(
        code_hash(world, LOST[1]),
        Checksum256::ZERO,
        "it was executed"
    );
    let (code, json) = deploy("lost2", world.node.url());
    assert_eq!(code, Some(0), "{json:#}");
    assert_eq!(
        json["data"]["executed"],
        Value::Null,
        "what is there is skipped"
    );
}

fn what_cannot_be_verified_is_told(world: &World, token: &[&str]) {
    let fails = |arguments: &[&str], code: &str| {
        let arguments = [&["verify"], arguments, token].concat();
        let (status, json) = world.run(&arguments);
        let expected = if code.starts_with("usage.") { 2 } else { 1 };
        assert_eq!(status, Some(expected), "{json:#}");
        assert_eq!(json["errors"][0]["code"], code, "{json:#}");
        json["errors"][0]["message"]
            .as_str()
            .expect("a text")
            .to_owned()
    };
    let usage = fails(&["Bank"], "usage.verify");
    assert!(usage.contains("64 hexadecimal digits"), "{usage}");
    fails(&[&"z".repeat(64)], "usage.verify");
    let message = fails(&["nobody"], "verify.account");
    assert!(message.contains("nobody"), "{message}");
    let missing = world.home.path().join("missing.json").display().to_string();
    let message = fails(&["bank", "--record", &missing], "verify.record");
    assert!(message.contains("missing.json"), "{message}");
    fs::write(&missing, "{").expect("a file");
    fails(&["bank", "--record", &missing], "verify.record");

    // A hash of other code.
    let (status, json) = world.run(&[&["verify", &"0".repeat(64)], token].concat());
    assert_eq!(status, Some(8), "{json:#}");
    assert_eq!(json["errors"][0]["code"], "verify.differs");
    assert_eq!(json["data"]["same_abi"], Value::Null);

    // The same code without wasm-opt is other code.
    let (status, json) = world.run(&[&["verify", "bank", "--no-opt"], token].concat());
    assert_eq!(status, Some(8), "{json:#}");
    assert_eq!(
        (&json["data"]["same_code"], &json["data"]["same_abi"]),
        (&false.into(), &true.into())
    );
    let message = json["errors"][0]["message"].as_str().expect("a text");
    assert!(message.ends_with("the code differs"), "{message}");
}

fn code_is_verified(world: &World, token: &[&str]) {
    let same = world.done(&[&["verify", "bank"], token].concat());
    assert_eq!(
        (&same["same_code"], &same["same_abi"]),
        (&true.into(), &true.into())
    );
    let hash = code_hash(world, BANK).to_string();
    world.done(&[&["verify", hash.as_str()], token].concat());

    let (code, json) = world.run(&[&["verify", "eosio.token"], token].concat());
    assert_eq!(code, Some(8), "{json:#}");
    assert_eq!(json["errors"][0]["code"], "verify.differs");
    assert_eq!(json["data"]["same_code"], false);

    let record = world.home.path().join("other.build.json");
    fs::write(
        &record,
        r#"{ "rustc": "rustc 1.90.0", "features": [], "wasm_opt": "x" }"#,
    )
    .expect("a file");
    let record = record.display().to_string();
    let other = [&["verify", "eosio.token", "--record", &record], token].concat();
    let (_, json) = world.run(&other);
    let differs = json["data"]["build_differs_in"].as_array().expect("a list");
    assert!(
        differs.iter().any(|it| it["recorded"] == "rustc 1.90.0"),
        "{json:#}"
    );

    let (_, json) = world.run(&[&["verify", "poor"], token].concat());
    assert_eq!(json["errors"][0]["code"], "verify.no-code");
}

fn actions_are_called(world: &World) {
    let keys = world.keys();
    let create = r#"{ "issuer": "bank", "maximum_supply": "100.0000 TOK" }"#;
    let issue = r#"{ "to": "bank", "quantity": "10.0000 TOK", "memo": "" }"#;
    let create = ["call", "bank", "create", create, "--as", "bank@active"];
    let signed = ["--key-file", keys.as_str()];
    let computed = world.done(&[&create[..], &signed].concat());
    assert_eq!(computed["executed"], false);
    assert!(
        computed["ram"][0]["bytes"].as_i64() > Some(0),
        "{computed:#}"
    );
    let rows = world.done(&["table", "bank", "stat", "TOK"]);
    assert_eq!(
        rows["rows"].as_array().map(Vec::len),
        Some(0),
        "nothing is kept"
    );

    let sent = world.done(&[&create[..], &signed, &["-x"]].concat());
    assert_eq!(sent["executed"], true);
    world.done(
        &[
            &["call", "bank", "issue", issue, "--as", "bank", "-x"],
            &signed[..],
        ]
        .concat(),
    );

    let (_, json) = world.run(&[&create[..], &signed, &["-x"]].concat());
    assert_eq!(json["errors"][0]["code"], "chain.refused");
    let message = json["errors"][0]["message"].as_str().expect("a text");
    assert!(
        message.contains("token with symbol already exists"),
        "{message}"
    );
    let (status, json) = world.run(&["call", "bank", "issue", issue, "-x"]);
    assert_eq!(json["errors"][0]["code"], "usage.authority");
    assert_eq!(status, Some(2));
    let (status, json) = world.run(&["call", "bank", "issue", "{"]);
    assert_eq!(json["errors"][0]["code"], "usage.json");
    assert_eq!(status, Some(2));
    let (_, json) = world.run(&["call", "bank", "issue", r#"{ "to": "bank" }"#]);
    assert_eq!(json["errors"][0]["code"], "abi.data");
}

/// A running keosd with an unlocked wallet that has the key of the tests.
struct Wallet {
    process: std::process::Child,
    url: String,
    socket: String,
}

impl Wallet {
    fn start(world: &World) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("its address").to_string();
        drop(listener);
        let folder = world.home.path().join("wallet");
        let process = Command::new(antelope_node::find_program("keosd").expect("keosd"))
            .args(["--http-server-address", &address])
            .args(["--unix-socket-path", "keosd.sock"])
            .arg("--data-dir")
            .arg(&folder)
            .arg("--config-dir")
            .arg(&folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("keosd starts");
        let wallet = Self {
            process,
            url: format!("http://{address}"),
            socket: format!("unix://{}/keosd.sock", folder.display()),
        };
        let client = antelope_rpc_client::Client::new(&wallet.url).expect("an address");
        let create = || client.call::<String>("/v1/wallet/create", &"default");
        let patience = std::time::Instant::now() + std::time::Duration::from_secs(30);
        while let Err(error) = create() {
            assert!(std::time::Instant::now() < patience, "{error}");
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        let key = world.node.key().to_legacy_text().expect("a K1 key");
        let import = ("default", key.as_str());
        let imported = client.call::<Value>("/v1/wallet/import_key", &import);
        imported.expect("the wallet takes the key");
        wallet
    }
}

impl Drop for Wallet {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn a_wallet_signs(world: &World) {
    let wallet = Wallet::start(world);
    let issue = r#"{ "to": "bank", "quantity": "1.0000 TOK", "memo": "" }"#;
    let by_wallet = [
        "call", "bank", "issue", issue, "--as", "bank", "-x", "--wallet",
    ];
    for (address, balance) in [
        (&wallet.url, "11.0000 TOK"),
        (&wallet.socket, "12.0000 TOK"),
    ] {
        let sent = world.done(&[&by_wallet[..], &[address]].concat());
        assert_eq!(sent["executed"], true);
        let rows = world.done(&["table", "bank", "accounts"]);
        assert_eq!(rows["rows"][0]["balance"], balance);
    }
}

/// A contract that answers questions.
const ASKED_SOURCE: &str = r#"#![cfg_attr(target_family = "wasm", no_std)]

use antelope_contract::prelude::*;

/// A number.
#[table("numbers")]
pub struct Number {
    /// Its key.
    #[primary]
    pub id: u64,
}

/// The contract.
#[contract(tables(Number))]
pub mod asked {
    use super::*;

    /// Doubles a number.
    #[action(read_only)]
    pub fn twice(number: u64) -> u64 {
        print("asked");
        number * 2
    }

    /// Keeps a number.
    #[action]
    pub fn keep(id: u64) {
        Number::table(receiver()).insert(receiver(), &Number { id });
    }

    /// Greets who has signed.
    #[action]
    pub fn hi(user: Name) {
        require_auth(user);
    }
}
"#;

fn a_call_without_an_authority_only_asks(world: &World) {
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_cargo-antelope"))
            .arg("antelope")
            .args(arguments)
            .current_dir(world.home.path())
            .output();
        let output = output.expect("the command starts");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    };
    run(&["new", "asked"]);
    let project = world.home.path().join("asked");
    fs::write(project.join("src/lib.rs"), ASKED_SOURCE).expect("the source");
    let folder = project.display().to_string();
    let keys = world.keys();
    let deploy = [
        "deploy",
        "asked",
        "-x",
        "--key-file",
        &keys,
        "-C",
        &folder,
        "--offline",
    ];
    world.done(&deploy);

    let answer = world.done(&["call", "asked", "twice", r#"{ "number": 21 }"#]);
    assert_eq!(answer["returned"], 42);
    assert_eq!(answer["console"], "asked");
    assert_eq!(answer["executed"], false);
    assert_eq!(answer["ram"], serde_json::json!([]));
    // It may not write, and nobody has signed.
    let refused = |action, data| {
        let (code, json) = world.run(&["call", "asked", action, data]);
        assert_eq!(code, Some(1), "{json:#}");
        assert_eq!(json["errors"][0]["code"], "chain.refused", "{json:#}");
        json["errors"][0]["details"]["name"]
            .as_str()
            .expect("a name")
            .to_owned()
    };
    assert_eq!(
        refused("keep", r#"{ "id": 1 }"#),
        "table_operation_not_permitted"
    );
    assert_eq!(
        refused("hi", r#"{ "user": "bank" }"#),
        "missing_auth_exception"
    );
    let rows = world.done(&["table", "asked", "numbers"]);
    assert_eq!(rows["rows"], serde_json::json!([]));
}

fn rows_are_read(world: &World) {
    let rows = world.done(&["table", "bank", "accounts"]);
    assert_eq!(rows["rows"][0]["balance"], "10.0000 TOK");
    let empty = world.done(&["table", "bank", "stat", "NONE"]);
    assert_eq!(empty["other_scopes"][0], "TOK", "{empty:#}");
    let (code, json) = world.run(&["table", "bank", "account"]);
    assert_eq!(code, Some(1));
    let message = json["errors"][0]["message"].as_str().expect("a text");
    assert!(
        message.ends_with("expected one of: accounts, stat"),
        "{message}"
    );
}

fn ram_is_priced(world: &World, token: &[&str]) {
    let url = world.node.url();
    let size = Command::new(env!("CARGO_BIN_EXE_cargo-antelope"))
        .args(["antelope", "size", "--json", "--quiet", "--node", url])
        .args(token)
        .env_remove("CARGO_TARGET_DIR")
        .output()
        .expect("the command starts");
    let json: Value = serde_json::from_slice(&size.stdout).expect("JSON");
    let cost = json["data"][0]["ram_cost"].as_str().expect("a price");
    assert!(cost.ends_with(" SYS"), "{cost}");
}
