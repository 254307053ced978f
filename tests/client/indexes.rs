//! Rows by secondary indexes of every kind, page after page, and read-only actions.

use antelope_rpc_client::{Bound, ClientError, KeyType, Signer, TableQuery, TransactionTrace};
use antelope_types::{Checksum256, Name, name};
use serde_json::{Value, json};
use std::fmt::Display;
use veche_tests::{Person, built, node};

/// The contract `shelf` on an account of its own: rows with a key of every kind.
struct Shelf(Person);

/// Rows of the table, and the scope they are in.
const ROWS: u64 = 11;
const SCOPE: u64 = 7;

impl Shelf {
    fn with_rows() -> Self {
        let shelf = Self(Person::new());
        node()
            .create_account(shelf.0.name, &shelf.0.public_key())
            .expect("an account");
        built("shelf")
            .deploy(node().client(), shelf.0.name, shelf.signer())
            .expect("a deployed shelf");
        shelf.insert(SCOPE, (0..ROWS).map(item));
        shelf
    }

    fn insert(&self, scope: u64, rows: impl Iterator<Item = Value>) {
        let steps: Vec<_> = rows.map(|row| json!(["Step_Insert", row])).collect();
        self.call(name!("run"), json!({ "scope": scope, "steps": steps }));
    }

    fn call(&self, action: Name, arguments: Value) -> TransactionTrace {
        let (client, by) = (node().client(), self.0.active());
        let action = client
            .action(self.0.name, action, by, &arguments)
            .expect("arguments of the shelf");
        client
            .push(&[action], &[self.signer()])
            .expect("an accepted call")
    }

    fn signer(&self) -> &dyn Signer {
        self.0.signer()
    }

    fn query(&self) -> TableQuery {
        TableQuery::new(self.0.name, SCOPE, name!("items"))
    }

    fn ids(&self, query: &TableQuery) -> Vec<u64> {
        let rows = node().client().all_rows(query).expect("rows");
        rows.iter()
            .map(|row| row["id"].as_u64().expect("a row's id"))
            .collect()
    }
}

/// Row `id`; each key sorts the rows in an order of its own.
fn item(id: u64) -> Value {
    json!({
        "id": id,
        "number": number(id),
        "wide": wide(id).to_string(),
        "hash": hash(id),
        "ratio": ratio(id).to_string(),
        "long": format!("0x{}{:02x}3f", "00".repeat(14), rank(id, 9)),
        "text": "",
    })
}

/// The place of row `id` when the rows are shuffled by `step`.
fn rank(id: u64, step: u64) -> u64 {
    id * step % ROWS
}

fn number(id: u64) -> u64 {
    u64::MAX - rank(id, 2)
}

fn wide(id: u64) -> u128 {
    u128::from(rank(id, 3)) << 100 | 5
}

fn hash(id: u64) -> Checksum256 {
    let mut bytes = [0; 32];
    bytes[0] = 0xf0 + rank(id, 4) as u8;
    // The second half is the other way round, so that a confusion of halves shows.
    bytes[16] = 0xff - bytes[0];
    Checksum256(bytes)
}

fn ratio(id: u64) -> f64 {
    rank(id, 5) as f64 - 4.5
}

/// Ids in the order of a key.
fn by<K: PartialOrd>(key: impl Fn(u64) -> K) -> Vec<u64> {
    let mut ids: Vec<_> = (0..ROWS).collect();
    ids.sort_by(|a, b| key(*a).partial_cmp(&key(*b)).expect("keys compare"));
    ids
}

/// Pages of every size give all rows in order, there and back; each key finds its row.
fn check<K: Display + Into<Bound>>(
    shelf: &Shelf,
    position: u8,
    ty: KeyType,
    order: &[u64],
    key: impl Fn(u64) -> K,
) {
    let query = shelf.query().secondary(position, ty);
    for limit in [1, 4, 100] {
        assert_eq!(
            shelf.ids(&query.clone().limit(limit)),
            order,
            "{ty:?}, pages of {limit}"
        );
    }
    let mut backwards = shelf.ids(&query.clone().limit(3).reverse());
    backwards.reverse();
    assert_eq!(backwards, order, "{ty:?} backwards");
    for id in order {
        assert_eq!(
            shelf.ids(&query.clone().exactly(key(*id))),
            [*id],
            "{ty:?} {}",
            key(*id)
        );
    }
    let tail = query.from(key(order[7]));
    assert_eq!(shelf.ids(&tail), order[7..], "{ty:?} from the eighth");
}

#[test]
fn every_kind_of_index_is_read_in_pages() {
    let shelf = Shelf::with_rows();
    check(&shelf, 2, KeyType::U64, &by(number), number);
    check(&shelf, 3, KeyType::U128, &by(wide), wide);
    check(&shelf, 4, KeyType::Checksum256, &by(hash), hash);
    check(&shelf, 5, KeyType::F64, &by(ratio), ratio);
    let order = by(|id| rank(id, 9));
    let query = shelf.query().secondary(6, KeyType::F128);
    for limit in [1, 4, 100] {
        assert_eq!(
            shelf.ids(&query.clone().limit(limit)),
            order,
            "F128, pages of {limit}"
        );
    }
}

#[test]
fn rows_of_one_key_are_given_once() {
    let shelf = Shelf::with_rows();
    let rows = (0..30u64).map(|n| {
        let mut row = item(n % ROWS);
        row["id"] = json!(100 + n);
        // Three keys, ten rows each.
        row["number"] = json!(1000 + n / 10);
        row
    });
    shelf.insert(SCOPE + 1, rows);
    let query = TableQuery::new(shelf.0.name, SCOPE + 1, name!("items"));
    let query = query.secondary(2, KeyType::U64);
    let all: Vec<_> = (100..130).collect();
    for limit in [1, 3, 10, 14, 100] {
        assert_eq!(
            shelf.ids(&query.clone().limit(limit)),
            all,
            "pages of {limit}"
        );
        let mut backwards = shelf.ids(&query.clone().limit(limit).reverse());
        backwards.reverse();
        assert_eq!(backwards, all, "backwards, pages of {limit}");
    }
    assert_eq!(shelf.ids(&query.exactly(1001).limit(4)), all[10..20]);
}

#[test]
fn names_as_keys_are_bounds_by_name() {
    let shelf = Shelf::with_rows();
    let names = [name!("alice"), name!("bob"), name!("carol"), name!("dan")];
    let rows = (0u64..).zip(names).map(|(id, name)| {
        let mut row = item(id);
        row["number"] = json!(name.raw().to_string());
        row
    });
    shelf.insert(SCOPE + 2, rows);
    let query = TableQuery::new(shelf.0.name, SCOPE + 2, name!("items"));
    let query = query.secondary(2, KeyType::Name).limit(1);
    assert_eq!(shelf.ids(&query), [0, 1, 2, 3]);
    assert_eq!(shelf.ids(&query.clone().from("bob").to("carol")), [1, 2]);
    assert_eq!(shelf.ids(&query.exactly(name!("dan"))), [3]);
}

#[test]
fn a_read_only_action_answers_without_a_signature() {
    let shelf = Shelf::with_rows();
    let client = node().client();
    let empty = client.read_only_json(shelf.0.name, name!("peek"), &json!([shelf.0.name, 1]));
    assert_eq!(empty.unwrap(), json!([]));
    let nobody: Name = name!("nobody");
    let error = client
        .read_only_json(shelf.0.name, nobody, &json!([]))
        .unwrap_err();
    assert!(matches!(error, ClientError::Abi(_)));
}

#[test]
fn a_returned_value_comes_with_the_trace() {
    let shelf = Shelf::with_rows();
    let client = node().client();
    for times in 1..=2u8 {
        let trace = shelf.call(name!("count"), json!([shelf.0.name]));
        assert_eq!(trace.return_value(), [times, 0, 0, 0, 0, 0, 0, 0]);
        let value = client.abi(shelf.0.name).unwrap();
        let value = value
            .unpack_result(name!("count"), trace.return_value())
            .unwrap();
        assert_eq!(value, json!(times));
    }
}

#[test]
fn inline_actions_and_prints_are_in_the_trace() {
    let shelf = Shelf::with_rows();
    let (name, key) = (shelf.0.name, shelf.0.public_key());
    node()
        .set_code_permission(name, &key, shelf.signer())
        .unwrap();
    let trace = shelf.call(name!("inline"), json!([name]));
    let children: Vec<_> = trace
        .children_of(1)
        .map(|a| (a.receiver, a.act.name))
        .collect();
    assert_eq!(children, [(name, name!("sent"))]);
    let printed = shelf.call(name!("show"), json!({})).console();
    let expected = format!("text eosio-12{}", u128::MAX);
    assert!(printed.starts_with(&expected), "{printed}");
}
