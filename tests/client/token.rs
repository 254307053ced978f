//! A token of its own for each test, on the shared chain.

use antelope_node::Operator;
use antelope_rpc_client::{Client, ClientError, TransactionTrace};
use antelope_types::{Action, Name};
use serde_json::{Value, json};
use veche_tests::{Person, node, reference};

/// The package's eosio.token on an account of its own, with all of a supply issued to it.
pub(super) struct Token {
    operator: &'static Operator,
    pub(super) client: Client,
    pub(super) contract: Person,
}

impl Token {
    pub(super) fn new() -> Self {
        Self::on(node())
    }

    /// The same on the chain of this operator.
    pub(super) fn on(operator: &'static Operator) -> Self {
        let token = Self {
            operator,
            client: operator.client().clone(),
            contract: Person::new(),
        };
        token.create(&[&token.contract]);
        reference("eosio.token")
            .deploy(&token.client, token.contract.name, token.contract.signer())
            .expect("a deployed token");
        let issuer = token.contract.name;
        let actions = [
            token.call(
                &token.contract,
                "create",
                json!([issuer, "1000000.0000 TOK"]),
            ),
            token.call(
                &token.contract,
                "issue",
                json!([issuer, "1000000.0000 TOK", ""]),
            ),
        ];
        token
            .client
            .push(&actions, &[token.contract.signer()])
            .expect("an issued supply");
        token
    }

    /// Makes accounts.
    pub(super) fn create(&self, people: &[&Person]) {
        let accounts: Vec<_> = people.iter().map(|p| (p.name, p.public_key())).collect();
        self.operator.create_accounts(&accounts).expect("accounts");
    }

    /// Makes an account and gives it 100 tokens.
    pub(super) fn rich(&self, person: Person) -> Person {
        self.create(&[&person]);
        self.transfer(&self.contract, person.name, "100.0000 TOK")
            .expect("a gift");
        person
    }

    /// An action of the token under a person's authority.
    pub(super) fn call(&self, by: &Person, action: &str, arguments: Value) -> Action {
        let name = action.parse().expect("an action's name");
        let packed = self
            .client
            .action(self.contract.name, name, by.active(), &arguments);
        packed.expect("arguments of the token")
    }

    pub(super) fn transfer_action(&self, from: &Person, to: Name, quantity: &str) -> Action {
        let arguments = json!({ "from": from.name, "to": to, "quantity": quantity, "memo": "" });
        self.call(from, "transfer", arguments)
    }

    pub(super) fn transfer(
        &self,
        from: &Person,
        to: Name,
        quantity: &str,
    ) -> Result<TransactionTrace, ClientError> {
        self.client.push(
            &[self.transfer_action(from, to, quantity)],
            &[from.signer()],
        )
    }

    /// A balance in the text of the chain; empty without a row.
    pub(super) fn balance(&self, owner: Name) -> String {
        let query = antelope_rpc_client::TableQuery::new(
            self.contract.name,
            owner,
            "accounts".parse().expect("a table's name"),
        );
        let rows = self.client.all_rows(&query).expect("rows");
        let balance = rows.first().and_then(|row| row["balance"].as_str());
        balance.unwrap_or_default().to_owned()
    }
}
