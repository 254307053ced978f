//! What of each contract was executed.

use super::{Checksum256, Contract, Name, Profile};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// What of each contract was executed, by the hash of its code.
///
/// Its text has a line for each contract and under it one for each function: how many of its basic
/// blocks were executed, how often it was called, what it cost, and its name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// The contracts of which anything was executed.
    pub contracts: Vec<ContractCoverage>,
}

/// What of a contract was executed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ContractCoverage {
    /// The hash of its code.
    pub code_hash: Checksum256,
    /// The accounts for which it ran.
    pub accounts: Vec<Name>,
    /// Its functions, by number, without those of the chain.
    pub functions: Vec<FunctionCoverage>,
}

/// What of a function was executed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FunctionCoverage {
    /// Its number.
    pub function: u32,
    /// Its name, or its number in words.
    pub name: String,
    /// How often it was called.
    pub calls: u64,
    /// How many basic blocks it has.
    pub blocks: usize,
    /// How many of them were executed.
    pub covered: usize,
    /// How many instructions were executed in it.
    pub instructions: u64,
}

impl Coverage {
    pub(super) fn of(profile: &Profile) -> Self {
        let contracts = profile.contracts.iter();
        let contracts = contracts.map(|(hash, contract)| {
            let code_hash = Checksum256(*hash);
            ContractCoverage {
                functions: functions(&code_hash, contract),
                accounts: contract.accounts.iter().copied().collect(),
                code_hash,
            }
        });
        Self {
            contracts: contracts.collect(),
        }
    }

    /// What of the account's contract was executed.
    pub fn of_account(&self, account: Name) -> Option<&ContractCoverage> {
        let mut contracts = self.contracts.iter();
        contracts.find(|contract| contract.accounts.contains(&account))
    }
}

fn functions(code_hash: &Checksum256, contract: &Contract) -> Vec<FunctionCoverage> {
    let names = contract.functions(code_hash);
    let mut functions: BTreeMap<u32, FunctionCoverage> = BTreeMap::new();
    for (block, hits) in contract.blocks.iter().zip(&contract.hits) {
        let function = functions
            .entry(block.function)
            .or_insert_with(|| FunctionCoverage {
                function: block.function,
                name: names.frame(block.function).to_string(),
                calls: 0,
                blocks: 0,
                covered: 0,
                instructions: 0,
            });
        function.blocks += 1;
        function.covered += usize::from(*hits > 0);
        function.instructions += block.cost * hits;
        function.calls += if block.entry { *hits } else { 0 };
    }
    functions.into_values().collect()
}

impl ContractCoverage {
    /// How many basic blocks were executed, and how many there are.
    pub fn blocks(&self) -> (usize, usize) {
        let functions = self.functions.iter();
        functions.fold((0, 0), |(covered, all), function| {
            (covered + function.covered, all + function.blocks)
        })
    }

    /// The function with this name.
    pub fn function(&self, name: &str) -> Option<&FunctionCoverage> {
        self.functions.iter().find(|function| function.name == name)
    }
}

impl fmt::Display for ContractCoverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let accounts: Vec<_> = self.accounts.iter().map(Name::to_string).collect();
        let (covered, all) = self.blocks();
        let percent = covered as f64 * 100.0 / all.max(1) as f64;
        writeln!(
            f,
            "{}: {covered} of {all} blocks, {percent:.1} %",
            accounts.join(", ")
        )?;
        for function in &self.functions {
            writeln!(f, "{function}")?;
        }
        Ok(())
    }
}

impl fmt::Display for FunctionCoverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let blocks = format!("{}/{}", self.covered, self.blocks);
        let (calls, instructions) = (self.calls, self.instructions);
        let name = &self.name;
        write!(f, "{blocks:>9} {calls:>9} {instructions:>12}  {name}")
    }
}

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.contracts
            .iter()
            .try_for_each(|contract| write!(f, "{contract}"))
    }
}
