//! Rows of tables: pages, order, payers, bytes.

use super::token::Token;
use antelope_rpc_client::{ClientError, TableQuery};
use antelope_types::{Asset, Name, SymbolCode, name};
use serde_json::json;
use veche_tests::{Person, node};

/// A token account that holds many currencies: one row each, by symbol code.
fn with_currencies(count: usize) -> (Token, Vec<String>) {
    let token = Token::new();
    let issuer = token.contract.name;
    let letter = |n: usize| char::from(b'A' + n as u8);
    let codes = (0..count).map(|n| format!("Z{}{}", letter(n / 26), letter(n % 26)));
    let mut expected = vec!["1000000.0000 TOK".to_owned()];
    let mut actions = Vec::new();
    for code in codes {
        let one = format!("1.00 {code}");
        actions.push(token.call(&token.contract, "create", json!([issuer, one])));
        actions.push(token.call(&token.contract, "issue", json!([issuer, one, ""])));
        expected.push(one);
    }
    for batch in actions.chunks(40) {
        token
            .client
            .push(batch, &[token.contract.signer()])
            .expect("currencies");
    }
    // Rows are in the order of the symbol code's number, its first letter being its lowest byte.
    let key = |balance: &String| {
        balance
            .parse::<Asset>()
            .expect("an asset")
            .symbol
            .code()
            .raw()
    };
    expected.sort_by_key(key);
    (token, expected)
}

fn balances(rows: &[serde_json::Value]) -> Vec<String> {
    let text = |row: &serde_json::Value| row["balance"].as_str().expect("a balance").to_owned();
    rows.iter().map(text).collect()
}

#[test]
fn all_rows_come_page_after_page() {
    let (token, expected) = with_currencies(47);
    let query = TableQuery::new(token.contract.name, token.contract.name, name!("accounts"));
    for limit in [1, 7, 48, 1000] {
        let rows = token.client.all_rows(&query.clone().limit(limit)).unwrap();
        assert_eq!(balances(&rows), expected, "pages of {limit}");
    }
    let mut backwards = token
        .client
        .all_rows(&query.clone().limit(5).reverse())
        .unwrap();
    backwards.reverse();
    assert_eq!(balances(&backwards), expected);
}

#[test]
fn a_page_says_where_the_next_one_starts() {
    let (token, expected) = with_currencies(4);
    let query = TableQuery::new(token.contract.name, token.contract.name, name!("accounts"));
    let page = token
        .client
        .get_table_rows(&query.clone().limit(2))
        .unwrap();
    assert_eq!(balances(&page.rows), expected[..2]);
    assert!(page.more);
    let rest = token
        .client
        .get_table_rows(&query.from(&page.next_key))
        .unwrap();
    assert_eq!(balances(&rest.rows), expected[2..]);
    assert!(!rest.more);
}

#[test]
fn bounds_include_both_ends() {
    let (token, _) = with_currencies(5);
    let query = TableQuery::new(token.contract.name, token.contract.name, name!("accounts"));
    let code = |text: &str| text.parse::<SymbolCode>().unwrap().raw();
    let some = query.clone().from(code("ZAB")).to(code("ZAD"));
    let rows = token.client.all_rows(&some.limit(1)).unwrap();
    assert_eq!(balances(&rows), ["1.00 ZAB", "1.00 ZAC", "1.00 ZAD"]);
    let one = token
        .client
        .all_rows(&query.clone().exactly(code("ZAC")))
        .unwrap();
    assert_eq!(balances(&one), ["1.00 ZAC"]);
    assert!(
        token
            .client
            .all_rows(&query.exactly(code("NONE")))
            .unwrap()
            .is_empty()
    );
}

#[test]
fn rows_as_bytes_become_typed_values() {
    let (token, expected) = with_currencies(3);
    let query = TableQuery::new(token.contract.name, token.contract.name, name!("accounts"));
    let typed: Vec<Asset> = token.client.all_rows_as(&query.clone().limit(2)).unwrap();
    let text: Vec<_> = typed.iter().map(ToString::to_string).collect();
    assert_eq!(text, expected);
    let first: Option<Asset> = token.client.first_row_as(&query).unwrap();
    assert_eq!(first.unwrap().to_string(), expected[0]);

    let wrong = token.client.all_rows_as::<Name>(&query).unwrap_err();
    assert!(matches!(wrong, ClientError::Shape { .. }));
    let nobody = TableQuery::new(token.contract.name, name!("nobody"), name!("accounts"));
    assert!(
        token
            .client
            .first_row_as::<Asset>(&nobody)
            .unwrap()
            .is_none()
    );
}

#[test]
fn payers_are_told_with_their_rows() {
    let token = Token::new();
    let (alice, bob) = (token.rich(Person::new()), Person::new());
    token.create(&[&bob]);
    token.transfer(&alice, bob.name, "1.0000 TOK").unwrap();
    let query = TableQuery::new(token.contract.name, bob.name, name!("accounts"));
    let rows = token.client.all_rows_with_payers(&query).unwrap();
    assert_eq!(rows[0].payer, alice.name);
    assert_eq!(rows[0].data["balance"], "1.0000 TOK");
}

#[test]
fn scopes_of_a_contract_are_listed() {
    let token = Token::new();
    let people: Vec<_> = (0..3).map(|_| token.rich(Person::new())).collect();
    let scopes = token
        .client
        .get_table_by_scope(token.contract.name, name!("accounts"))
        .unwrap();
    assert_eq!(scopes.len(), people.len() + 1);
    for person in &people {
        let found = scopes
            .iter()
            .find(|s| s.scope == person.name.to_string())
            .unwrap();
        assert_eq!((found.table, found.count), (name!("accounts"), 1));
    }
    let all = token
        .client
        .get_table_by_scope(token.contract.name, Name::EMPTY)
        .unwrap();
    assert_eq!(all.len(), scopes.len() + 1, "the table `stat`");
}

#[test]
fn an_unknown_table_is_the_nodes_error() {
    let token = Token::new();
    let query = TableQuery::new(token.contract.name, token.contract.name, name!("nothing"));
    let error = node().client().all_rows(&query).unwrap_err();
    assert_eq!(
        error.chain().unwrap().name(),
        "contract_table_query_exception"
    );
}
