//! The wallets of others, unchanged, on the embedded chain over HTTP: what they build and sign passes, now and
//! after forty-eight hours, which pass by `/v1/dev/advance_time`.

mod history;

use crate::client::scripts::{Scripts, finished};
use antelope_chain::api::{Api, Production};
use antelope_chain::{Chain, wasm};
use antelope_node::find_program;
use antelope_rpc::{Options, Server};
use antelope_rpc_client::Client;
use antelope_types::{Authority, Name, PrivateKey, name};
use serde_json::{Value, json};
use std::process::Command;
use veche_tests::reference;

const TOKEN: Name = name!("eosio.token");
const ALICE: Name = name!("alice");
const BOB: Name = name!("bob");

/// A chain with a token, of which alice has some, and her key as wallets write it.
struct Bank {
    server: Server,
    key: String,
}

impl Bank {
    fn open() -> Self {
        let made = run(cleos().args(["create", "key", "--to-console"]));
        let key = made.lines().next().and_then(|line| line.rsplit(' ').next());
        let key = key.expect("a key").to_owned();
        let secret: PrivateKey = key.parse().expect("a private key");
        let public = antelope_rpc_client::signing::public_key(&secret).expect("a public key");
        let engine = wasm::Engine::shared().expect("an engine");
        let mut chain = Chain::start(Default::default(), engine).expect("a chain");
        let authority = Authority::from_key(public);
        chain.create_account(TOKEN).expect("the token's account");
        for account in [ALICE, BOB] {
            let created = chain.create_account_with(account, &authority, &authority);
            created.expect("an account");
        }
        let token = reference("eosio.token");
        let deployed = chain.deploy(TOKEN, &token.wasm, &token.abi.to_binary());
        deployed.expect("a token");
        for (action, actor, arguments) in [
            (name!("create"), TOKEN, json!([ALICE, "1000.0000 TOK"])),
            (name!("issue"), ALICE, json!([ALICE, "1000.0000 TOK", ""])),
        ] {
            let action = chain.action(TOKEN, action, actor, &arguments);
            chain.push(action.expect("an action")).expect("a currency");
        }
        // Wallets refer to blocks behind the head.
        for _ in 0..4 {
            chain.produce_block().expect("a block");
        }
        let api = Api::new(chain, Production::PerTransaction);
        let options = Options {
            development: true,
            ..Options::default()
        };
        let address = "127.0.0.1:0".parse().expect("an address");
        let server = Server::start(api, address, options).expect("a server");
        Self { server, key }
    }

    /// A transfer by the wallet, then forty-eight hours, and another: what bob has after each.
    fn transfers(&self, wallet: impl Fn(&Self) -> String) -> [String; 2] {
        let first = wallet(self);
        let client = Client::new(&self.server.url()).expect("a client");
        let request = json!({ "seconds": 48 * 3600 });
        let advanced = client.call::<Value>("/v1/dev/advance_time", &request);
        advanced.expect("forty-eight hours");
        [first, wallet(self)]
    }
}

fn cleos() -> Command {
    let program = find_program("cleos").unwrap_or_else(|e| panic!("{e}"));
    let mut command = Command::new(program);
    command.arg("--no-auto-keosd");
    command
}

fn run(command: &mut Command) -> String {
    finished(command.output().expect("the wallet runs"))
}

/// A transfer by a script, which tells how it ended and what bob has.
fn by_script(script: &str) -> Option<[String; 2]> {
    let scripts = Scripts::find()?;
    let arguments = ["eosio.token", "alice", "bob", "1.0000 TOK"];
    Some(Bank::open().transfers(|bank| {
        let told = scripts.run(script, &bank.server.url(), &arguments, &bank.key);
        told.trim().to_owned()
    }))
}

#[test]
fn eosjs_transfers_now_and_after_two_days() {
    let Some(told) = by_script("wallets/eosjs.mjs") else {
        return;
    };
    assert_eq!(told, ["executed 1.0000 TOK", "executed 2.0000 TOK"]);
}

#[test]
fn wharfkit_transfers_now_and_after_two_days() {
    let Some(told) = by_script("wallets/wharfkit.mjs") else {
        return;
    };
    assert_eq!(told, ["executed 1.0000 TOK", "executed 2.0000 TOK"]);
}

#[test]
fn cleos_transfers_now_and_after_two_days() {
    let told = Bank::open().transfers(|bank| {
        let at_node = || {
            let mut command = cleos();
            command.args(["--url", &bank.server.url()]);
            command
        };
        let arguments = json!([ALICE, BOB, "1.0000 TOK", "cleos"]).to_string();
        let built = run(at_node()
            .args(["push", "action", "eosio.token", "transfer", &arguments])
            .args(["-p", "alice", "--skip-sign", "--dont-broadcast", "--json"]));
        // A key that was made for this test.
        run(at_node().args(["sign", &built, "-k", &bank.key, "--push-transaction"]));
        let balance = ["get", "currency", "balance", "eosio.token", "bob"];
        run(at_node().args(balance)).trim().to_owned()
    });
    assert_eq!(told, ["1.0000 TOK", "2.0000 TOK"]);
}
