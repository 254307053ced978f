//! What a process leaves behind: the books that balance, rows, and RAM to the byte.

use antelope_types::{Asset, Name, name};
use serde_json::Value;
use std::collections::BTreeMap;

use super::{Coop, ENTRANCE_AND_MINIMUM};

/// What the row of a bank's record costs: it stays for 366 days, whatever becomes of the process.
const REFERENCE: i64 = 112 + 8 + 8 + 8 + 128;

/// What a cooperative has at one moment.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Snapshot {
    ram: BTreeMap<Name, i64>,
    references: usize,
    rows: Vec<(String, Vec<Value>)>,
}

/// Tables of unfinished processes, by contract.
const PROCESSES: [&str; 10] = [
    "registrator candidates",
    "registrator exits",
    "registrator moves",
    "registrator blockings",
    "gateway payments",
    "gateway properties",
    "gateway untold",
    "soviet decisions",
    "soviet undelivered",
    "soviet retired",
];

/// The amount of an asset in a row, in its smallest unit.
pub(crate) fn amount(value: &Value) -> i64 {
    let asset: Asset = value.as_str().expect("an asset").parse().expect("an asset");
    assert_eq!(asset.symbol, ENTRANCE_AND_MINIMUM.symbol);
    asset.amount
}

impl Coop<'_> {
    /// What there is now.
    pub(crate) fn snapshot(&self) -> Snapshot {
        self.check_books();
        let chain = self.chain;
        let rows = PROCESSES
            .iter()
            .map(|place| {
                let (contract, table) = place.split_once(' ').expect("a contract and a table");
                let contract = match contract {
                    "registrator" => &chain.registrator,
                    "gateway" => &chain.gateway,
                    _ => &chain.soviet,
                };
                let table = table.parse().expect("a name");
                (
                    (*place).to_owned(),
                    chain.rows(contract, self.name(), table),
                )
            })
            .collect();
        Snapshot {
            ram: chain.ram(),
            references: self.references(),
            rows,
        }
    }

    /// How many bank records are remembered.
    fn references(&self) -> usize {
        self.chain
            .rows(&self.chain.gateway, self.name(), name!("references"))
            .len()
    }

    /// No process is unfinished that was not at `before`, and nobody has used RAM since, but for the
    /// bank records that the cashier has used; what did change is returned.
    #[track_caller]
    pub(crate) fn residue(&self, before: &Snapshot) -> BTreeMap<Name, i64> {
        let after = self.snapshot();
        assert_eq!(after.rows, before.rows, "a process left rows");
        let mut changed: BTreeMap<Name, i64> = after
            .ram
            .iter()
            .map(|(account, bytes)| (*account, bytes - before.ram.get(account).unwrap_or(&0)))
            .collect();
        let references = after.references as i64 - before.references as i64;
        *changed.entry(self.cashier.name).or_default() -= references * REFERENCE;
        changed.retain(|_, bytes| *bytes != 0);
        changed
    }

    /// The equations of the books, over the rows of the chain alone.
    #[track_caller]
    pub(crate) fn check_books(&self) {
        let funds = self.funds();
        let of = |field: &str| amount(&funds[field]);
        let names = [
            "entrance",
            "share",
            "processing",
            "incoming",
            "outgoing",
            "accepted",
            "handed_back",
        ];
        assert!(names.iter().all(|name| of(name) >= 0), "{funds}");
        assert_eq!(
            of("entrance") + of("share") + of("processing"),
            of("incoming") - of("outgoing") + of("accepted") - of("handed_back"),
            "{funds}"
        );
        let wallets = self
            .chain
            .rows(&self.chain.gateway, self.name(), name!("wallets"));
        let sum = |field: &str| -> i64 {
            wallets
                .iter()
                .map(|wallet| {
                    let part = amount(&wallet[field]);
                    assert!(part >= 0, "{wallet}");
                    part
                })
                .sum()
        };
        assert_eq!(
            of("share"),
            sum("minimum") + sum("available") + sum("blocked"),
            "{funds} {wallets:?}"
        );
        let payments = self.payments();
        let paid = |statuses: &[&str]| -> i64 {
            payments
                .iter()
                .filter(|row| statuses.contains(&row["status"].as_str().unwrap_or_default()))
                .map(|row| amount(&row["quantity"]))
                .sum()
        };
        assert_eq!(
            of("processing"),
            paid(&["received", "returning", "failed"]),
            "{funds} {payments:?}"
        );
        let properties = self.properties();
        let valued = |statuses: &[&str]| -> i64 {
            properties
                .iter()
                .filter(|row| statuses.contains(&row["status"].as_str().unwrap_or_default()))
                .map(|row| amount(&row["valuation"]))
                .sum()
        };
        assert_eq!(
            sum("blocked"),
            paid(&["blocked", "paying"]) + valued(&["asked", "handover"]),
            "{wallets:?} {payments:?} {properties:?}"
        );
        assert_eq!(sum("in_kind"), valued(&["shared"]), "{wallets:?}");
        for wallet in &wallets {
            assert!(
                amount(&wallet["in_kind"]) <= amount(&wallet["available"]),
                "{wallet}"
            );
        }
    }
}
