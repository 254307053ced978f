//! The deployment file: which contract goes to which account, and which actions set it up.
//!
//! ```toml
//! [values]                              # may be replaced by --set
//! fee = "{asset:0.1}"
//!
//! [without-market]                      # in their place on a chain without a RAM market
//! fee = "{asset:0}"
//!
//! [[contract]]
//! package = "bank"                      # a package of the workspace
//! account = "bank"                      # of the same name by default; --account replaces it
//! features = []                         # cargo features of the package
//! spare-ram = 10000                     # bytes bought beyond what is missing
//!
//! [[action]]
//! contract = "bank"                     # a package of this file
//! name = "init"
//! data = { chain = "{chain_id}", owner = "{bank}", fee = "{fee}" }
//! done = { table = "config" }           # a row shows that it has run
//! ```
//!
//! `data` may be a list: one action for each. `done` says how to see that an action has run:
//!
//! | field | |
//! |---|---|
//! | `table` | the table with the row |
//! | `scope` | its scope; the account by default |
//! | `key` | the field of `data` by which the row is found; the first row by default |
//! | `row` | the field of `data` that holds what the row must have; `data` itself by default |
//! | `mends` | whether the action may run again to change a row that differs |
//!
//! Fields that the row does not have are not compared. A row that differs, and that no action mends,
//! stops the rollout.

use crate::failure::Failure;
use antelope_types::Name;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::fs;
use std::path::Path;

/// A deployment file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Deployment {
    /// What actions may refer to by name.
    #[serde(default)]
    pub(super) values: Map<String, Value>,
    /// Those that differ on a chain without a RAM market.
    #[serde(default)]
    pub(super) without_market: Map<String, Value>,
    /// The contracts, in the order in which they are deployed.
    #[serde(rename = "contract")]
    pub(super) contracts: Vec<Contract>,
    /// What is run once they are there, in this order.
    #[serde(default, rename = "action")]
    pub(super) actions: Vec<Step>,
}

/// A contract and its account.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Contract {
    /// Its package.
    pub(super) package: String,
    /// The account that gets it; of the package's name by default.
    #[serde(default)]
    pub(super) account: Option<String>,
    /// Cargo features to build it with.
    #[serde(default)]
    pub(super) features: Vec<String>,
    /// Bytes of RAM that are bought beyond what is missing.
    #[serde(default)]
    pub(super) spare_ram: u64,
}

/// One or more calls of an action.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Step {
    /// The package of the contract that has it.
    pub(super) contract: String,
    /// The action.
    pub(super) name: Name,
    /// Arguments, or a list of them.
    pub(super) data: Value,
    /// How to see that it has run.
    pub(super) done: Done,
}

/// The row that an action leaves.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Done {
    pub(super) table: Name,
    #[serde(default)]
    pub(super) scope: Option<Name>,
    #[serde(default)]
    pub(super) key: Option<String>,
    #[serde(default)]
    pub(super) row: Option<String>,
    #[serde(default)]
    pub(super) mends: bool,
}

impl Deployment {
    /// Reads a file, and keeps the contracts that are wanted, with their actions; all for none.
    ///
    /// # Errors
    /// `rollout.file` where it cannot be read or contradicts itself, `usage.only` for an unknown package.
    pub(super) fn read(file: &Path, only: &[String]) -> Result<Self, Box<Failure>> {
        let wrong = |what: String| {
            let message = format!("{}: {what}", file.display());
            Box::new(Failure::new("rollout.file", message))
        };
        let text = fs::read_to_string(file).map_err(|error| wrong(error.to_string()))?;
        let mut read: Self =
            toml::from_str(&text).map_err(|error| wrong(error.to_string().trim().to_owned()))?;
        for step in &read.actions {
            if !read.has(&step.contract) {
                let (name, package) = (step.name, &step.contract);
                return Err(wrong(format!(
                    "action {name} is of {package}, which is not a contract of this file"
                )));
            }
        }
        if let Some(unknown) = only.iter().find(|it| !read.has(it)) {
            let known: Vec<_> = read.contracts.iter().map(|it| &*it.package).collect();
            let message = format!("{unknown:?}, expected one of {}", known.join(", "));
            return Err(Box::new(Failure::new("usage.only", message)));
        }
        let is_wanted = |package: &String| only.is_empty() || only.contains(package);
        read.actions.retain(|it| is_wanted(&it.contract));
        Ok(read)
    }

    /// Whether it has a contract of this package.
    fn has(&self, package: &str) -> bool {
        self.contracts.iter().any(|it| it.package == package)
    }
}

impl Contract {
    /// The account that gets it, by the arguments, by the file, or of the package's name.
    ///
    /// # Errors
    /// `rollout.file` for a text that is not a name.
    pub(super) fn account(&self, given: &[(String, String)]) -> Result<Name, Box<Failure>> {
        // The last one counts, so that an alias of the command can be given another.
        let mut given = given.iter().rev();
        let given = given.find(|(package, _)| *package == self.package);
        let given = given.map(|(_, account)| account);
        let text = given.or(self.account.as_ref()).unwrap_or(&self.package);
        text.parse().map_err(|error| {
            let message = format!("the account of {}: {text:?}: {error}", self.package);
            Box::new(Failure::new("rollout.file", message))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, only: &[&str]) -> Result<Deployment, Box<Failure>> {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("deploy.toml");
        fs::write(&file, text).expect("a file");
        let only: Vec<_> = only.iter().map(|it| (*it).to_owned()).collect();
        Deployment::read(&file, &only)
    }

    const TWO: &str = r#"
        [[contract]]
        package = "bank"
        [[contract]]
        package = "shop"
        account = "bookshop"
        [[action]]
        contract = "shop"
        name = "init"
        data = { owner = "{bank}" }
        done = { table = "config" }
    "#;

    #[test]
    fn a_contract_goes_to_the_account_of_the_arguments_or_of_the_file() {
        let file = read(TWO, &[]).expect("a deployment");
        let given = [("bank".to_owned(), "mybank".to_owned())];
        let accounts = file.contracts.iter().map(|it| it.account(&given));
        let accounts: Vec<_> = accounts.map(|it| it.expect("a name").to_string()).collect();
        assert_eq!(accounts, ["mybank", "bookshop"]);
    }

    #[test]
    fn actions_of_other_contracts_than_the_chosen_ones_are_left_out() {
        assert_eq!(read(TWO, &[]).expect("a deployment").actions.len(), 1);
        assert!(
            read(TWO, &["bank"])
                .expect("a deployment")
                .actions
                .is_empty()
        );
    }

    #[test]
    fn mistakes_are_told() {
        let code = |text, only: &[&str]| read(text, only).expect_err("a mistake").code;
        assert_eq!(code(TWO, &["pub"]), "usage.only");
        assert_eq!(
            code("[[contract]]\npackage = 'a'\nram = 1", &[]),
            "rollout.file"
        );
        let other = TWO.replace("contract = \"shop\"", "contract = \"pub\"");
        assert_eq!(code(&other, &[]), "rollout.file");
    }
}
