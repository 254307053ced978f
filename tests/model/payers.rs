//! Who pays for the RAM of a row: nobody else than who was to pay, and the same as long as it stands.

use super::compare::key;
use super::names;
use super::rows::{OWN, SCOPED, Table};
use antelope_chain::{Chain, TransactionTrace};
use antelope_types::{Name, name};
use coop_rules::Account;
use std::collections::BTreeMap;

/// The payer of every row.
#[derive(Clone, Default)]
pub(super) struct Payers(BTreeMap<(Table, u64), Name>);

/// Rows that the contract pays for, whoever asks: nobody asks for them for themselves.
const CONTRACT_PAYS: [(Name, &[Name]); 4] = [
    (name!("accounts"), &[]),
    (name!("undelivered"), &[]),
    (name!("untold"), &[]),
    (name!("participants"), &[name!("completemove")]),
];

/// Who asks for the row again and pays for it from then on; a board that is elected again has new seats.
const TAKEN_OVER: [(Name, &[Name]); 3] = [
    (name!("seats"), &[name!("seatboard")]),
    (name!("staff"), &[name!("setrights")]),
    (
        name!("voices"),
        &[name!("support"), name!("object"), name!("updateboard")],
    ),
];

/// Whether the table is in the list, for this action.
fn listed(list: &[(Name, &[Name])], table: Name, action: Name) -> bool {
    list.iter()
        .any(|(name, actions)| *name == table && (actions.is_empty() || actions.contains(&action)))
}

impl Payers {
    /// The payers on this chain now.
    pub(super) fn of(chain: &Chain) -> Self {
        let mut payers = BTreeMap::new();
        let own = OWN
            .iter()
            .map(|&(contract, table)| (contract, contract, table));
        let scoped = (0..4).map(Account::Coop).flat_map(|coop| {
            SCOPED
                .iter()
                .map(move |&(contract, table)| (contract, coop, table))
        });
        for (contract, scope, name) in own.chain(scoped) {
            let table = (names::account(contract), names::account(scope), name);
            for (primary, row) in chain.state().rows(key(table)) {
                payers.insert((table, primary), row.payer);
            }
        }
        Self(payers)
    }

    /// Whether an action that these accounts signed left the payers as they have to be; `Err` tells
    /// the first that is not.
    pub(super) fn check(
        &self,
        before: &Self,
        signers: &[Account],
        trace: &TransactionTrace,
    ) -> Result<(), String> {
        let action = &trace.action_traces[0].act;
        for (&(table, primary), &found) in &self.0 {
            let (contract, scope, name) = table;
            let expected = match before.0.get(&(table, primary)) {
                Some(payer) if *payer == found => continue,
                Some(payer) if !listed(&TAKEN_OVER, name, action.name) => *payer,
                _ if contract != action.account || listed(&CONTRACT_PAYS, name, action.name) => {
                    contract
                }
                _ => {
                    // In a contract's own scope rows are known by the cooperative's name.
                    let own = Name::from_raw(primary);
                    let coop = if scope == contract { own } else { scope };
                    let is_anyones = action.name == name!("seatboard");
                    asking(signers, coop, found, is_anyones).unwrap_or_else(|| match is_anyones {
                        true => contract,
                        false => names::account(signers[0]),
                    })
                }
            };
            if found != expected {
                return Err(format!(
                    "{contract} {scope} {name}, row {}: {found} pays for it after {}, not {expected}",
                    Name::from_raw(primary),
                    action.name
                ));
            }
        }
        Ok(())
    }
}

/// Who pays for what these accounts ask for: the cooperative where it signed. Of several others it is
/// whoever the action names, so `found` may be any of them.
fn asking(signers: &[Account], coop: Name, found: Name, is_anyones: bool) -> Option<Name> {
    let signed = |who: Name| signers.iter().any(|&signer| names::account(signer) == who);
    if signed(coop) {
        return Some(coop);
    }
    // Anyone seats a board: the contract pays.
    let who = if is_anyones { None } else { Some(found) };
    who.filter(|who| signed(*who))
}
