//! What a step did to a contract: everything about it that others can see.

use antelope_rpc_client::{Client, ClientError, TransactionTrace};
use antelope_types::Name;
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;

use super::call::{OTHER, SELF};

/// The visible result of one transaction, with the contract's account called [`SELF`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepOutcome {
    /// Done, or the chain's error code and the most specific text.
    pub result: Result<(), (u64, String)>,
    /// RAM changes by account, in bytes.
    pub ram: BTreeMap<Name, i64>,
    /// Receiver and action of everything that ran, in order.
    pub ran: Vec<(Name, Name)>,
    /// What was printed and returned.
    pub said: (String, Vec<u8>),
}

impl StepOutcome {
    /// Reads a node's answer; what is neither done nor a refusal by the chain is the test's problem.
    pub fn of(answer: Result<TransactionTrace, ClientError>, contract: Name, other: Name) -> Self {
        let general = general(contract, other);
        match answer {
            Ok(trace) => Self {
                result: Ok(()),
                ram: trace
                    .ram_deltas()
                    .into_iter()
                    .map(|(name, delta)| (general(name), delta))
                    .collect(),
                ran: trace
                    .action_traces
                    .iter()
                    .map(|action| (general(action.receiver), action.act.name))
                    .collect(),
                said: (trace.console(), trace.return_value().to_vec()),
            },
            Err(ClientError::Chain(refusal)) if refusal.error.code() != 0 => Self {
                result: Err((
                    refusal.error.code(),
                    general_text(refusal.error.reason(), contract, other),
                )),
                ram: BTreeMap::new(),
                ran: Vec::new(),
                said: (String::new(), Vec::new()),
            },
            Err(error) => panic!("the node gave no answer that can be compared: {error}"),
        }
    }

    /// The result in a few words.
    pub fn text(&self) -> &str {
        self.result
            .as_ref()
            .map_or_else(|(_, text)| text.as_str(), |()| "done")
    }

    /// RAM changes in a few words.
    pub fn ram_text(&self) -> String {
        self.ram
            .iter()
            .map(|(name, delta)| format!("{name} {delta:+}"))
            .collect::<Vec<_>>()
            .join(", ")
    }
}

/// Names without the accounts that differ between the two contracts.
fn general(contract: Name, other: Name) -> impl Fn(Name) -> Name + Copy {
    move |name| match name {
        name if name == contract => SELF,
        name if name == other => OTHER,
        name => name,
    }
}

fn general_text(text: &str, contract: Name, other: Name) -> String {
    text.replace(&contract.to_string(), "self")
        .replace(&other.to_string(), "other")
}

/// All rows of a contract as bytes with their payers, by table and scope.
pub type State = BTreeMap<(Name, String), Table>;

/// One table in one scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Who pays for the table itself.
    pub payer: Name,
    /// Row bytes as hexadecimal text, and who pays for each.
    pub rows: Vec<(String, Name)>,
}

/// Reads all rows, bypassing every ABI; the two contracts' accounts become [`SELF`] and [`OTHER`].
pub fn state(client: &Client, contract: Name, other: Name) -> Result<State, ClientError> {
    #[derive(Deserialize)]
    struct Row {
        data: String,
        payer: Name,
    }
    #[derive(Deserialize)]
    struct Rows {
        rows: Vec<Row>,
        more: bool,
    }
    let general = general(contract, other);
    let mut state = State::new();
    for scope in client.get_table_by_scope(contract, Name::default())? {
        let request = json!({
            "code": contract, "scope": scope.scope, "table": scope.table, "json": false, "show_payer": true,
            "limit": 1000,
        });
        let found: Rows = client.call("/v1/chain/get_table_rows", &request)?;
        assert!(!found.more, "more than 1000 rows in one scope");
        let rows = found
            .rows
            .into_iter()
            .map(|row| (row.data, general(row.payer)))
            .collect();
        let owner = scope
            .scope
            .parse()
            .map(general)
            .map_or(scope.scope, |name| name.to_string());
        state.insert(
            (scope.table, owner),
            Table {
                payer: general(scope.payer),
                rows,
            },
        );
    }
    Ok(state)
}
