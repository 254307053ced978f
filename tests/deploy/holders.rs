//! Several parties hold the accounts of the contracts: two of three must agree.

use super::network::{ACCOUNTS, NETWORK, Network, Said};
use antelope_types::{Asset, Name};
use std::time::{Duration, Instant};

/// Who holds the accounts.
pub(super) const HOLDERS: [&str; 3] = ["holderalice1", "holderbobby1", "holdercarol1"];

/// How long a decision of the holders may take: versions of `eosio.msig` let a later block execute it.
const PATIENCE: Duration = Duration::from_secs(60);

/// What the guide has typed to give an account away: `active`, then `owner`.
pub(super) fn commands(account: &str) -> [String; 2] {
    let holders = HOLDERS.map(|it| format!("{it}@active")).join(", ");
    let rest = format!("-p {account}@owner --key {account} --network {NETWORK}");
    let set = format!("veche set account permission {account}");
    [
        format!("{set} active \"2 of [{holders}, {account}@eosio.code * 2]\" owner {rest}"),
        format!("{set} owner \"2 of [{holders}]\" {rest}"),
    ]
}

impl Network {
    /// Makes the accounts of the holders, and gives them the three accounts as the guide says.
    pub(super) fn hand_over(&self) {
        for holder in HOLDERS {
            self.rich(holder, 100);
        }
        for (_, account) in ACCOUNTS {
            for command in commands(account) {
                self.typed(&command).data();
                self.settle();
            }
        }
    }

    /// Runs a command of `veche` as it is typed, and gives its data.
    pub(super) fn typed(&self, line: &str) -> Said {
        let line = line.strip_prefix("veche ").expect("a command of veche");
        let line = line.replace(&format!(" --network {NETWORK}"), "");
        // Words with spaces are in quotes.
        let parts = line.split('"').enumerate();
        let words = parts.flat_map(|(i, part)| match i % 2 {
            0 => part.split_whitespace().collect(),
            _ => vec![part],
        });
        let words: Vec<_> = words.collect();
        self.veche_with("", &[&words[..], &["--json"]].concat())
    }

    /// A holder approves a proposal of the first holder.
    pub(super) fn approve(&self, proposal: &str, holder: &str) {
        let words = format!(
            "multisig approve {} {proposal} {holder}@active --key {holder}",
            HOLDERS[0]
        );
        self.veche(&words).data();
        self.settle();
    }

    /// The first holder executes a proposal of its own.
    pub(super) fn execute(&self, proposal: &str) -> Said {
        let words = format!("multisig exec {0} {proposal} {0} --key {0}", HOLDERS[0]);
        self.veche(&words)
    }

    /// Waits until a decision has taken effect.
    pub(super) fn until(&self, what: &str, is_so: impl Fn() -> bool) {
        let begin = Instant::now();
        while !is_so() {
            assert!(begin.elapsed() < PATIENCE, "{what}");
            self.settle();
        }
    }

    /// What an account has of the core token.
    pub(super) fn balance(&self, account: &str) -> Asset {
        let account: Name = account.parse().expect("a name");
        let account = self.node.client().get_account(account).expect("an account");
        let text = account.core_liquid_balance;
        let text = text.unwrap_or_else(|| self.tokens(0));
        text.parse().expect("an amount")
    }
}
