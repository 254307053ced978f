//! A fork that takes over accounts and tables of another node when they are first needed: of a real
//! node, and of a node of this workspace.

use super::forking::{ALICE, BOB, SHELF, fork, furnish, item, original, same, serving};
use antelope_chain::api::Api;
use antelope_chain::{Chain, DEVELOPMENT_KEY, Genesis, OpenOptions, wasm};
use antelope_node::{Node, NodeOptions, Operator};
use antelope_rpc::{ForkOptions, ForkSource, Server};
use antelope_rpc_client::signing::Signer;
use antelope_rpc_client::{Client, TableQuery, native};
use antelope_types::{
    Authority, ErrorKind, Name, PackedTransaction, PermissionLevel, PrivateKey, SignedTransaction,
    Transaction, name,
};
use serde_json::{Value, json};

fn chain() -> Chain {
    let engine = wasm::Engine::shared().expect("an engine");
    Chain::start(Genesis::default(), engine).expect("a chain")
}

/// A fork of the node at this address, in memory.
fn forked(url: &str) -> (Api, Server, Client) {
    let (api, server, client) = serving(chain());
    let request = json!({ "url": url, "lazy": true, "system": true });
    let answer = fork(&client, &request).expect("a fork");
    assert_eq!(answer["url"], url.trim_end_matches('/'));
    (api, server, client)
}

/// What a transaction comes to, without what no two chains have alike.
fn outcome(processed: &Value) -> Value {
    let actions = processed["action_traces"].as_array().expect("actions");
    let actions = actions.iter().map(|action| {
        json!({
            "receiver": action["receiver"],
            "act": action["act"],
            "creator": action["creator_action_ordinal"],
            "console": action["console"],
            "ram": action["account_ram_deltas"],
            "returned": action["return_value_hex_data"],
            "except": action["except"]["name"],
        })
    });
    json!({
        "net_usage": processed["net_usage"],
        "status": processed["receipt"]["status"],
        "except": processed["except"]["name"],
        "actions": actions.collect::<Vec<_>>(),
    })
}

/// What `compute_transaction` says of an action there and here, or why it refuses.
pub(super) fn computed_on_both(there: &Client, here: &Client, actions: &[Value]) -> [Value; 2] {
    [there, here].map(|client| {
        let actions = actions.iter().map(|action| {
            let text = |field: &str| {
                action[field]
                    .as_str()
                    .expect("text")
                    .parse::<Name>()
                    .expect("a name")
            };
            let (account, name) = (text("account"), text("name"));
            let by = PermissionLevel::active(text("by"));
            client
                .action(account, name, by, &action["data"])
                .expect("an action")
        });
        let info = client.get_info().expect("info");
        let mut transaction = Transaction {
            actions: actions.collect(),
            ..Transaction::default()
        };
        transaction.header.set_reference_block(&info.head_block_id);
        let expiration = info.head_block_time.micros() / 1_000_000 + 60;
        transaction.header.expiration =
            antelope_types::TimePointSec::from_seconds(u32::try_from(expiration).expect("a time"));
        let signed = SignedTransaction {
            transaction,
            ..SignedTransaction::default()
        };
        let packed = PackedTransaction::pack(&signed);
        let request = json!({ "transaction": packed });
        match client.call::<Value>("/v1/chain/compute_transaction", &request) {
            Ok(answer) => outcome(&answer["processed"]),
            Err(error) => json!({ "refused": error.to_string() }),
        }
    })
}

fn run(steps: &Value) -> Value {
    json!({
        "account": "forkedshelf", "name": "run", "by": "forkedshelf",
        "data": { "scope": 7, "steps": steps },
    })
}

/// Pushes actions as whoever they say.
pub(super) fn impersonated(client: &Client, actions: &[Value]) -> Result<Value, String> {
    let actions: Vec<_> = actions
        .iter()
        .map(|action| {
            json!({
                "account": action["account"], "name": action["name"], "data": action["data"],
                "authorization": [{ "actor": action["by"], "permission": "active" }],
            })
        })
        .collect();
    let pushed = client.call("/v1/dev/push_actions", &json!({ "actions": actions }));
    pushed.map_err(|error| error.to_string())
}

/// The life of a fork of a node with a shelf.
fn a_fork_is_as_the_node(there: &Client, url: &str) {
    let (api, _server, here) = forked(url);
    let steps = [
        json!([["Step_Insert", item(20)]]),
        json!([["Step_Remove", 3000]]),
        json!([["Step_Remove", 3001]]),
        json!([["Step_Insert", item(3)]]),
    ];
    // The first to touch the table is a transaction.
    let told: Value = here.call("/v1/dev/get_fork", &json!({})).expect("told");
    assert_eq!(
        (&told["accounts"], &told["tables"]),
        (&json!(["eosio"]), &json!(0))
    );
    for steps in &steps {
        let [theirs, ours] = computed_on_both(there, &here, &[run(steps)]);
        assert_eq!(theirs, ours, "{steps}");
    }
    let told: Value = here.call("/v1/dev/get_fork", &json!({})).expect("told");
    assert_eq!(told["accounts"], json!(["eosio", "forkedshelf"]));
    assert!(told["tables"].as_u64() >= Some(1), "{told}");
    assert!(told["last_read_block_num"].as_u64() >= told["fork_block_num"].as_u64());
    same(there, &here);
    let ram = [there, &here].map(|at| at.get_account(SHELF).expect("an account").ram_usage);
    assert_eq!(ram[0], ram[1]);
    // Accounts that neither has, and lists that only the node has.
    let nobody = [there, &here].map(|at| at.find_account(name!("nobody")).expect("an answer"));
    assert_eq!(nobody, [None, None]);
    let all = json!({ "code": "forkedshelf", "limit": 10 });
    let all = here.call::<Value>("/v1/chain/get_table_by_scope", &all);
    let refused = all.expect_err("a list").to_string();
    assert!(
        refused.contains("cannot tell all tables") && refused.contains(url),
        "{refused}"
    );

    // What is done here is not done there, and goes back with a snapshot.
    let snapshot: Value = here
        .call("/v1/dev/snapshot", &json!({}))
        .expect("a snapshot");
    impersonated(&here, &[run(&steps[1])]).expect("a row less");
    let count = |at: &Client| {
        let rows = at.all_rows_with_payers(&TableQuery::new(SHELF, 7, name!("items")));
        rows.expect("rows").len()
    };
    assert_eq!((count(there), count(&here)), (12, 11));
    // The keys of the other chain are asked for: a key that BOB has neither there nor here is not
    // enough.
    let stranger = PrivateKey::K1([77; 32]);
    let theirs = Authority::from_key(stranger.public_key());
    let change = native::update_auth(BOB, name!("x"), name!("active"), theirs);
    let own = here.push(&[change], &[&stranger]).expect_err("a stranger");
    assert!(own.is(ErrorKind::UnsatisfiedAuthorization), "{own}");
    let id = json!({ "id": snapshot["id"] });
    here.call::<Value>("/v1/dev/revert", &id)
        .expect("it is back");
    same(there, &here);
    // Twice is refused, and so is a block that is not the newest.
    let again = json!({ "url": url, "lazy": true });
    let again = fork(&here, &again).expect_err("a second fork").to_string();
    assert!(again.contains("already"), "{again}");
    assert_eq!(api.fork().origin().expect("a fork").url, url);
    let (_other, _server, other) = serving(chain());
    let old = json!({ "url": url, "lazy": true, "block": 1 });
    let old = fork(&other, &old).expect_err("an old block").to_string();
    assert!(old.contains("newest block only"), "{old}");
}

#[test]
fn a_lazy_fork_of_a_real_node_is_as_the_node() {
    let node = original();
    a_fork_is_as_the_node(node.client(), node.url());
}

#[test]
fn a_lazy_fork_of_a_node_of_ours_is_as_the_node() {
    let (_api, server, client) = serving(chain());
    furnish(&Operator::new(client.clone(), DEVELOPMENT_KEY));
    a_fork_is_as_the_node(&client, &server.url());
}

/// A chain in a folder has what was taken over after a restart, and asks for the rest.
#[test]
fn a_fork_in_a_folder_goes_on_after_a_restart() {
    let node = original();
    let folder = tempfile::tempdir().expect("a folder");
    let engine = || wasm::Engine::shared().expect("an engine");
    let open = || {
        let options = OpenOptions::new().genesis(Genesis::default()).history(true);
        options.open(folder.path(), engine()).expect("a chain")
    };
    let (api, server, client) = serving(open());
    let request = json!({ "url": node.url(), "lazy": true, "system": true });
    fork(&client, &request).expect("a fork");
    same(node.client(), &client);
    impersonated(&client, &[run(&json!([["Step_Remove", 0]]))]).expect("a row less");
    let head = api.fork().head().id;
    drop((server, client, api));

    let (api, server, client) = serving(open());
    assert_eq!(api.fork().head().id, head);
    let rows = client.all_rows_with_payers(&TableQuery::new(SHELF, 7, name!("items")));
    assert_eq!(rows.expect("rows").len(), 11);
    // Nobody has said where to ask.
    let unknown = name!("eosio.other");
    let error = client
        .find_account(unknown)
        .expect_err("an account")
        .to_string();
    assert!(error.contains("start the node with --fork http"), "{error}");
    ForkSource::resume(ForkOptions::new(node.url()), &api).expect("the node again");
    assert_eq!(client.find_account(unknown).expect("an answer"), None);
    drop((server, client, api));

    // Not a node of that chain.
    let (_other, other, _client) = serving(chain());
    let (api, _server, client) = serving(open());
    ForkSource::resume(ForkOptions::new(other.url()), &api).expect("another node");
    let error = client
        .find_account(name!("eosio.third"))
        .expect_err("another chain");
    assert!(error.to_string().contains("is a fork of"), "{error}");
}

#[test]
fn where_the_other_node_is_gone_the_error_says_so_and_nothing_is_changed() {
    let node = Node::start(NodeOptions::default()).expect("a node");
    node.boot().expect("contracts");
    furnish(&node);
    let (api, _server, client) = forked(node.url());
    let steps = run(&json!([["Step_Remove", 1000]]));
    let taken = client.get_account(ALICE).expect("an account");
    drop(node);
    let head = api.fork().head().id;
    let error = impersonated(&client, &[steps]).expect_err("no shelf");
    assert!(error.contains("the other node"), "{error}");
    let error = client.get_account(SHELF).expect_err("no shelf").to_string();
    assert!(error.contains("the other node"), "{error}");
    assert_eq!(api.fork().head().id, head);
    assert!(!api.fork().state().is_foreign(SHELF));
    // What is here is used on.
    assert_eq!(
        client.get_account(ALICE).expect("an account").permissions,
        taken.permissions
    );
    let nothing = fork(
        &client,
        &json!({ "url": "http://127.0.0.1:9", "lazy": true }),
    );
    assert!(nothing.is_err());
}

/// A table above the bound is refused, and the rest of the chain goes on.
#[test]
fn a_table_above_the_bound_is_refused_with_what_to_do() {
    let node = original();
    let (_api, _server, client) = serving(chain());
    let request = json!({ "url": node.url(), "lazy": true, "max_rows": 11 });
    fork(&client, &request).expect("a fork");
    let steps = run(&json!([["Step_Remove", 1000]]));
    let error = impersonated(&client, &[steps]).expect_err("twelve rows");
    assert!(
        error.contains("more than 11 rows") && error.contains("max_rows"),
        "{error}"
    );
    client.get_account(ALICE).expect("an account");
    let unknown = json!({ "url": node.url(), "lazy": true, "accounts": [] });
    let error = fork(&client, &unknown).expect_err("a field").to_string();
    assert!(error.contains("unknown field `accounts`"), "{error}");
}

/// Threads that miss the same at the same time all find what the node has. That each thing is asked
/// for once is held by the tests of `antelope-rpc`, on a node that counts.
#[test]
fn calls_at_once_find_the_same() {
    let node = original();
    let (api, _server, _client) = forked(node.url());
    let each = |_| {
        let client = api.client();
        std::thread::spawn(move || same(original().client(), &client))
    };
    let threads: Vec<_> = (0..8).map(each).collect();
    for thread in threads {
        thread.join().expect("the same everywhere");
    }
}
