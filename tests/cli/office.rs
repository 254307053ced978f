//! What a council, its staff and its registry do on the command line, beside a clerk's usual day.

mod founding;
mod history;
mod indexed;
mod kinds;
mod looks;
mod own;
mod page;
mod registry;
mod steps;

use super::clerk::papers;
use super::{Desk, Said};
pub(crate) use founding::FOUNDERS;

/// Whoever is a participant of the sample.
const MARIA: &str = "nolifarubime";
const CASHIER: &str = "gipavudorezo";
const CHAIRMAN: &str = "mirodaluvaxe";
/// As many members as the quorum of the sample wants.
pub(crate) const VOTERS: [&str; 4] = [CHAIRMAN, "kepozanuriso", "basulotimegi", "donavirepuka"];

/// A desk with papers, and the language that its people read.
pub(crate) struct Bureau {
    pub(crate) desk: Desk,
    lang: &'static str,
}

impl Bureau {
    fn open(lang: &'static str) -> Self {
        Self::at(Desk::open(), lang)
    }

    /// A chain with the three contracts and without a cooperative.
    fn before_the_founding(lang: &'static str) -> Self {
        Self::at(Desk::before_the_founding(), lang)
    }

    pub(crate) fn at(desk: Desk, lang: &'static str) -> Self {
        papers(&desk);
        Self { desk, lang }
    }

    /// The public half of the development key of an account.
    fn public_key(&self, account: &str) -> String {
        let key = coop_demo::development_key(account.parse().expect("an account"));
        let key = antelope_rpc_client::signing::public_key(&key);
        key.expect("a key").to_string()
    }

    /// Runs a command as this account, with the keys of others beside its own.
    pub(crate) fn with_keys(&self, accounts: &[&str], words: &str, more: &[&str]) -> Said {
        let keys: Vec<_> = accounts.iter().map(|it| self.desk.key(it)).collect();
        let mut rest = vec!["--yes", "--lang", self.lang];
        if let Some(actor) = accounts.first() {
            rest.extend(["--as", actor]);
        }
        rest.extend(keys.iter().flat_map(|it| ["--key-file", it]));
        self.desk.run(words, &[more, &rest].concat())
    }

    /// Runs a command that must succeed, as this account.
    pub(crate) fn by(&self, account: &str, words: &str, more: &[&str]) -> Said {
        let said = self.with_keys(&[account], words, more);
        assert_eq!(said.code, 0, "{words}: {}", said.err);
        said
    }

    /// Runs a command that only reads, in the bureau's language.
    fn read(&self, words: &str) -> Said {
        self.desk.run(words, &["--lang", self.lang])
    }

    /// The number of the newest question.
    pub(crate) fn newest(&self) -> u64 {
        let agenda = self.desk.data("agenda");
        let ids = agenda.as_array().expect("questions").iter();
        let ids = ids.filter_map(|it| it["id"].as_u64());
        ids.max().expect("a question")
    }

    /// The council agrees to the newest question, and the chairman signs; what was shown.
    fn decided(&self) -> String {
        let id = self.newest();
        for member in VOTERS {
            self.by(member, &format!("vote {id} for"), &[]);
        }
        self.by(CHAIRMAN, &format!("authorize {id}"), &[]).err
    }

    /// The council declines the newest question.
    fn declined(&self) {
        let id = self.newest();
        for member in VOTERS {
            let said = self.with_keys(&[member], &format!("vote {id} against"), &[]);
            assert!([0, 4, 6].contains(&said.code), "{}", said.err);
        }
        let key = self.desk.key("eosio");
        let kept = self
            .desk
            .run("keeper --once -p eosio@active --key-file", &[&key]);
        assert_eq!(kept.code, 0, "{}", kept.err);
    }
}
