//! Coverage: which basic blocks of each contract were executed.
//!
//! A basic block is a run of instructions that is executed from its first to its last or not at
//! all. Unlike coverage by line it needs no sources, and works for a contract that somebody else
//! compiled.
//!
//! ```text
//! shop: 7 of 11 blocks, 63.6 %
//!       1/1         4           52  apply
//!      6/10         4          766  shop::turn
//! ```
//!
//! The columns are executed blocks of all blocks, calls, instructions, and the name.

use super::{Checksum256, Contract, Name, Profile};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// Coverage of all contracts that ran, in the order of the hashes of their code.
///
/// As text ([`Display`](fmt::Display)) it has a line for each contract, and below it a line for
/// each function: executed blocks of all blocks, calls, cost, name. Serialized, it has the fields
/// as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// The contracts of which anything was executed.
    pub contracts: Vec<ContractCoverage>,
}

/// Coverage of one contract. Accounts with the same code share one entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ContractCoverage {
    /// The SHA-256 of its code.
    pub code_hash: Checksum256,
    /// The accounts that were receivers when it ran.
    pub accounts: Vec<Name>,
    /// Its own functions by index; imported ones are not listed.
    pub functions: Vec<FunctionCoverage>,
}

/// Coverage of one function.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FunctionCoverage {
    /// Its index in the module, imported functions counted.
    pub function: u32,
    /// Its name, or its index in words where the name is not known.
    pub name: String,
    /// How often it was called.
    pub calls: u64,
    /// Number of its basic blocks.
    pub blocks: usize,
    /// How many of them were executed at least once.
    pub covered: usize,
    /// Instructions executed in it, without those of functions that it called.
    pub instructions: u64,
}

impl Coverage {
    /// Computes the coverage; called with the counts locked.
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

    /// The coverage of the contract that ran for this account; the first one where its code has
    /// changed meanwhile.
    pub fn of_account(&self, account: Name) -> Option<&ContractCoverage> {
        let mut contracts = self.contracts.iter();
        contracts.find(|contract| contract.accounts.contains(&account))
    }
}

/// Adds up the blocks of each function. Its entry block tells how often it was called.
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
    /// Blocks executed, and all blocks.
    pub fn blocks(&self) -> (usize, usize) {
        let functions = self.functions.iter();
        functions.fold((0, 0), |(covered, all), function| {
            (covered + function.covered, all + function.blocks)
        })
    }

    /// The function with this name, as the compiler has mangled it.
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
