//! What funds and wallets should be by the story's own sums, and how the chain is asked for them.

use super::{Stage, StoryError};
use antelope_types::{Asset, Name, Symbol};
use coop_language::Words;
use std::collections::BTreeMap;

/// The cooperative's money and property, in the smallest unit.
#[derive(Clone, Debug, Default)]
pub(super) struct Ledger {
    pub(super) entrance: i64,
    pub(super) processing: i64,
    pub(super) incoming: i64,
    pub(super) outgoing: i64,
    pub(super) accepted: i64,
    pub(super) handed_back: i64,
    /// The wallets of participants; their sum is the share fund.
    pub(super) wallets: BTreeMap<Name, Parts>,
}

/// The parts of a wallet, in the smallest unit.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Parts {
    pub(super) minimum: i64,
    pub(super) available: i64,
    pub(super) blocked: i64,
    pub(super) in_kind: i64,
}

impl Parts {
    pub(super) fn total(self) -> i64 {
        self.minimum + self.available + self.blocked
    }

    fn told(self, symbol: Symbol) -> String {
        let sum = |amount| Asset { amount, symbol };
        told([
            ("minimum", sum(self.minimum)),
            ("available", sum(self.available)),
            ("blocked", sum(self.blocked)),
            ("in_kind", sum(self.in_kind)),
        ])
    }
}

impl Ledger {
    /// The wallet of a participant.
    pub(super) fn wallet(&mut self, account: Name) -> &mut Parts {
        self.wallets.entry(account).or_default()
    }

    /// Money came, and nobody has decided about it.
    pub(super) fn receive(&mut self, amount: i64) {
        self.incoming += amount;
        self.processing += amount;
    }

    /// Money in processing was sent back.
    pub(super) fn give_back(&mut self, amount: i64) {
        self.outgoing += amount;
        self.processing -= amount;
    }

    fn share(&self) -> i64 {
        self.wallets.values().map(|wallet| wallet.total()).sum()
    }
}

impl Stage<'_, '_> {
    pub(super) fn symbol(&self) -> Symbol {
        self.input.fees.initial().symbol
    }

    /// Reads the funds and all wallets, and compares them with the story's own sums.
    pub(super) fn check_books(&mut self) -> Result<(), StoryError> {
        let symbol = self.symbol();
        let sum = |amount| Asset { amount, symbol };
        let funds = self.funds()?;
        let ledger = &self.ledger;
        let expected = told([
            ("entrance", sum(ledger.entrance)),
            ("share", sum(ledger.share())),
            ("processing", sum(ledger.processing)),
            ("incoming", sum(ledger.incoming)),
            ("outgoing", sum(ledger.outgoing)),
            ("accepted", sum(ledger.accepted)),
            ("handed_back", sum(ledger.handed_back)),
        ]);
        let found = told([
            ("entrance", funds.entrance),
            ("share", funds.share),
            ("processing", funds.processing),
            ("incoming", funds.incoming),
            ("outgoing", funds.outgoing),
            ("accepted", funds.accepted),
            ("handed_back", funds.handed_back),
        ]);
        self.log.check(&Words::of("check.funds"), &expected, &found);
        let held = funds.entrance.amount + funds.share.amount + funds.processing.amount;
        let came = funds.incoming.amount - funds.outgoing.amount;
        let property = funds.accepted.amount - funds.handed_back.amount;
        self.log.check(
            &Words::of("check.balance"),
            &sum(came + property).to_string(),
            &sum(held).to_string(),
        );
        self.check_wallets()
    }

    fn check_wallets(&mut self) -> Result<(), StoryError> {
        let symbol = self.symbol();
        let rows = self.cooperative().wallets()?;
        let found: Vec<_> = rows
            .iter()
            .map(|row| {
                let parts = told([
                    ("minimum", row.minimum),
                    ("available", row.available),
                    ("blocked", row.blocked),
                    ("in_kind", row.in_kind),
                ]);
                format!("{}: {parts}", row.username)
            })
            .collect();
        let expected: Vec<_> = self
            .ledger
            .wallets
            .iter()
            .map(|(account, parts)| format!("{account}: {}", parts.told(symbol)))
            .collect();
        self.log.check(
            &Words::of("check.wallets"),
            &expected.join("; "),
            &found.join("; "),
        );
        Ok(())
    }
}

fn told<const N: usize>(sums: [(&str, Asset); N]) -> String {
    sums.map(|(name, sum)| format!("{name} {sum}")).join(", ")
}
