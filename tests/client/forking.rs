//! Accounts and tables of a real node, forked into the embedded chain by `/v1/dev/fork`.

use antelope_chain::api::{Api, Production};
use antelope_chain::{Chain, Genesis, OpenOptions, TableKey, wasm};
use antelope_node::{Node, Operator};
use antelope_rpc::{Options, Server};
use antelope_rpc_client::{Client, ClientError, KeyType, TableQuery, native};
use antelope_types::{Authority, Name, PermissionLevel, PermissionLevelWeight, name};
use serde_json::{Value, json};
use std::sync::OnceLock;
use veche_tests::{built, nodeos};

pub(super) const SHELF: Name = name!("forkedshelf");
pub(super) const ALICE: Name = name!("forkedalice");
pub(super) const BOB: Name = name!("forkedbob");

/// A row of the shelf with a key of every type.
pub(super) fn item(id: u64) -> Value {
    json!({
        "id": id * 1000,
        "number": u64::MAX - id % 3,
        "wide": (u128::from(id % 4) << 100 | 5).to_string(),
        "hash": format!("{:02x}{}{:02x}{}", 0xf0 - id, "00".repeat(15), id, "11".repeat(15)),
        "ratio": (id as f64 * 1.25 - 4.5).to_string(),
        "long": format!("0x{}{:02x}ff3f", "00".repeat(13), id),
        "text": "a".repeat(usize::try_from(id).expect("small") * 20),
    })
}

/// A real node with a shelf of twelve rows, and two accounts that refer to one another.
pub(super) fn original() -> &'static Node {
    static READY: OnceLock<&Node> = OnceLock::new();
    READY.get_or_init(make_original)
}

fn make_original() -> &'static Node {
    let node = nodeos();
    furnish(node);
    node
}

/// A shelf of twelve rows, and two accounts that refer to one another.
pub(super) fn furnish(on: &Operator) {
    let key = on.public_key();
    for account in [SHELF, ALICE, BOB] {
        on.create_account(account, &key).expect("an account");
    }
    let contract = built("shelf");
    let deployed = contract.deploy(on.client(), SHELF, on.key());
    deployed.expect("a shelf");
    let steps: Vec<_> = (0..12).map(|id| json!(["Step_Insert", item(id)])).collect();
    let arguments = json!({ "scope": 7, "steps": steps });
    let run = (on.client()).action(SHELF, name!("run"), SHELF_ACTIVE, &arguments);
    let run = run.expect("steps");
    on.client().push(&[run], &[on.key()]).expect("rows");
    let own = || Authority::from_key(key.clone());
    let with = |actor| Authority {
        accounts: vec![PermissionLevelWeight {
            permission: PermissionLevel::active(actor),
            weight: 1,
        }],
        ..own()
    };
    let active = name!("active");
    let changes = [
        native::update_auth(ALICE, active, name!("owner"), with(BOB)),
        native::update_auth(BOB, active, name!("owner"), with(ALICE)),
        native::update_auth(ALICE, name!("shelves"), active, own()),
        native::link_auth(ALICE, SHELF, name!("run"), name!("shelves")),
    ];
    on.client()
        .push(&changes, &[on.key()])
        .expect("permissions");
}

const SHELF_ACTIVE: PermissionLevel = PermissionLevel {
    actor: SHELF,
    permission: name!("active"),
};

pub(super) fn serving(chain: Chain) -> (Api, Server, Client) {
    let api = Api::new(chain, Production::PerTransaction);
    let options = Options {
        development: true,
        ..Options::default()
    };
    let address = "127.0.0.1:0".parse().expect("an address");
    let server = Server::start(api.clone(), address, options).expect("a server");
    let client = Client::new(&server.url()).expect("a client");
    (api, server, client)
}

pub(super) fn fork(client: &Client, request: &Value) -> Result<Value, ClientError> {
    client.call("/v1/dev/fork", request)
}

#[test]
fn accounts_and_tables_of_a_node_are_forked() {
    let node = original();
    let folder = tempfile::tempdir().expect("a folder");
    let engine = || wasm::Engine::shared().expect("an engine");
    let genesis = Genesis::default();
    let open = || {
        OpenOptions::new()
            .genesis(genesis.clone())
            .open(folder.path(), engine())
    };
    let (api, server, client) = serving(open().expect("a chain"));
    let request = json!({
        "url": node.url(),
        "accounts": ["forkedalice"],
        "tables": [{ "code": "forkedshelf", "scope": 7, "table": "items" }],
    });
    let forked = fork(&client, &request).expect("a fork");
    assert_eq!(
        forked["accounts"],
        json!(["forkedalice", "forkedshelf", "forkedbob"])
    );
    assert_eq!(forked["tables"][0]["rows"], 12);
    assert_eq!(forked["tables"][0]["indexes"], 5);
    assert_eq!(forked["tables"][0]["other_payers"], 0);

    // Everything is read alike.
    let same = |client: &Client| same(node.client(), client);
    same(&client);
    // The contract is the node's again, and works on the rows.
    let steps = json!({ "scope": 7, "steps": [["Step_Remove", 3000]] });
    let removing = json!({ "actions": [{
        "account": "forkedshelf", "name": "run", "data": steps,
        "authorization": [{ "actor": "forkedshelf", "permission": "active" }],
    }] });
    let snapshot: Value = client
        .call("/v1/dev/snapshot", &json!({}))
        .expect("a snapshot");
    let removed = client.call::<Value>("/v1/dev/push_actions", &removing);
    removed.expect("a row less");
    let key = TableKey {
        code: SHELF,
        scope: Name::from_raw(7),
        table: name!("items"),
    };
    assert_eq!(api.fork().state().rows(key).count(), 11);
    let id = json!({ "id": snapshot["id"] });
    client
        .call::<Value>("/v1/dev/revert", &id)
        .expect("it is back");
    // What is here is not overwritten.
    let again = fork(&client, &request).expect_err("rows");
    assert!(again.to_string().contains("has rows here"), "{again}");

    // A chain in a folder has it after a restart.
    drop((server, client));
    drop(api);
    let (_api, _server, client) = serving(open().expect("the chain again"));
    same(&client);
}

#[test]
fn a_fork_that_fails_leaves_nothing_behind() {
    let node = original();
    let engine = wasm::Engine::shared().expect("an engine");
    let chain = Chain::start(Genesis::default(), engine).expect("a chain");
    let (api, _server, client) = serving(chain);
    let before = api.fork().head().id;
    for (request, text) in [
        (json!({ "accounts": ["nobody"] }), "unknown key"),
        (
            json!({ "tables": [{ "code": "forkedshelf", "scope": 7, "table": "items" }], "max_rows": 5 }),
            "more than 5 rows",
        ),
        (
            json!({ "tables": [{ "code": "nobody", "scope": 7, "table": "items" }] }),
            "unknown key",
        ),
    ] {
        let mut request = request;
        request["url"] = node.url().into();
        let error = fork(&client, &request).expect_err("a fault");
        assert!(error.to_string().contains(text), "{error}");
    }
    assert_eq!(api.fork().head().id, before);
}

/// Whether accounts and rows are read alike on both.
pub(super) fn same(theirs: &Client, ours: &Client) {
    for account in [ALICE, BOB, SHELF] {
        let [theirs, ours] = [theirs, ours].map(|at| at.get_account(account));
        let (theirs, ours) = (theirs.expect("an account"), ours.expect("an account"));
        assert_eq!(theirs.permissions, ours.permissions, "{account}");
    }
    let codes = [theirs, ours].map(|at| at.get_code_hash(SHELF).expect("a hash"));
    assert_eq!(codes[0], codes[1]);
    let table = TableQuery::new(SHELF, 7, name!("items"));
    let by = |position, ty| table.clone().secondary(position, ty);
    for query in [
        table.clone(),
        by(2, KeyType::U64),
        by(3, KeyType::U128),
        by(4, KeyType::Checksum256),
        by(5, KeyType::F64),
        by(6, KeyType::F128),
    ] {
        let rows = [theirs, ours].map(|at| {
            let rows = at.all_rows_with_payers(&query).expect("rows");
            rows.into_iter()
                .map(|row| (row.data, row.payer))
                .collect::<Vec<_>>()
        });
        assert_eq!(rows[0].len(), 12);
        assert_eq!(rows[0], rows[1], "{query:?}");
    }
}
