//! Random ABIs: what a node has against them, and what it makes of random arguments by them.

use super::oracle;
use super::oracle::Refusal;
use super::values::Tally;
use antelope_abi::{Abi, AbiError, AbiException};
use antelope_types::abi::AbiDef;
use antelope_types::{Encode, Name, name};
use serde_json::Value;
use test_support::abi::draw;
use test_support::random::Random;

/// ABIs that are set together.
const BATCH: usize = 20;

/// The number of faults that are not of the ABI, as the API tells them.
const OTHER: u64 = 3_010_010;

/// Our refusal as a node tells it. For faults of values of built-in types it has many numbers.
fn refusal(error: &AbiError) -> Refusal {
    let code = error.exception().map_or(OTHER, AbiException::code_as_u64);
    (code, error.problem().to_owned())
}

trait AsNumber {
    fn code_as_u64(self) -> u64;
}

impl AsNumber for AbiException {
    fn code_as_u64(self) -> u64 {
        self.code().into()
    }
}

fn ours(abi: &AbiDef, arguments: &Value) -> Result<Vec<u8>, Refusal> {
    let abi = Abi::from_definition(abi.clone()).map_err(|error| refusal(&error))?;
    let packed = abi.pack_action_as_node(name!("act"), arguments);
    packed.map_err(|error| refusal(&error))
}

/// What can be compared of an answer. Faults of values of built-in types have many numbers, and the
/// node tells of places in another way in transactions.
fn comparable(answer: &Result<Vec<u8>, Refusal>) -> Result<&[u8], (u64, &str)> {
    match answer {
        Ok(bytes) => Ok(bytes),
        Err((3_015_004, words)) if words.starts_with("Using input array") => Err((OTHER, "")),
        Err((code @ (3_015_004..=3_015_012 | 3_015_015..=3_015_017), words)) => Err((*code, words)),
        Err(_) => Err((OTHER, "")),
    }
}

fn depth(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(depth).max().unwrap_or_default(),
        Value::Object(fields) => fields.values().map(depth).max().unwrap_or_default(),
        _ => 0,
    }
}

fn sweep(seed: u64, rounds: usize, faults: usize, name: &str) {
    let mut random = Random::new(seed);
    let mut tally = Tally::default();
    let (mut usable, mut packed, mut shown) = (0, 0, 0);
    let accounts: Vec<Name> = (0..BATCH).map(|_| oracle::fresh_account()).collect();
    for _ in 0..rounds {
        let abis: Vec<AbiDef> = (0..BATCH).map(|_| draw::abi(&mut random, faults)).collect();
        let bytes = accounts.iter().zip(&abis);
        let bytes: Vec<_> = bytes
            .map(|(account, abi)| (*account, abi.to_bytes()))
            .collect();
        oracle::set_abis(&bytes);
        let mut cases = Vec::new();
        for (account, definition) in accounts.iter().zip(&abis) {
            let ready = Abi::from_binary(&definition.to_bytes());
            usable += usize::from(ready.is_ok());
            let times = if ready.is_ok() { 4 } else { 1 };
            for _ in 0..times {
                let ty = &definition.actions[0].ty;
                let arguments = draw::value(definition, ty, &mut random, 5);
                if !arguments.is_object() {
                    continue;
                }
                let (ours, theirs) = (
                    ours(definition, &arguments),
                    oracle::verdict(*account, &arguments),
                );
                packed += usize::from(ours.is_ok());
                let what = format!("{} {arguments}", serde_json::to_string(definition).unwrap());
                tally.compare(&what, comparable(&ours), comparable(&theirs));
                if let Ok(bytes) = ours {
                    cases.push((*account, name!("act"), bytes));
                }
            }
            if ready.is_ok() {
                for _ in 0..4 {
                    cases.push((*account, name!("act"), draw::bytes(&mut random)));
                }
            }
        }
        for (case, theirs) in cases.iter().zip(oracle::show(&cases)) {
            let at = accounts
                .iter()
                .position(|account| *account == case.0)
                .unwrap();
            let abi = Abi::from_definition(abis[at].clone()).unwrap();
            let ty = &abi.definition().actions[0].ty;
            let ours = abi.unpack_as_node(ty, &case.2).ok();
            shown += usize::from(ours.is_some());
            let what = format!(
                "{} {:02x?}",
                serde_json::to_string(&abis[at]).unwrap(),
                case.2
            );
            // In a transaction a value is some steps deeper than by itself, where nesting ends.
            if theirs.is_none() && ours.as_ref().is_some_and(|value| depth(value) > 8) {
                continue;
            }
            tally.compare(&what, ours, theirs);
        }
    }
    println!(
        "{name}: {usable} of {} ABIs usable, {packed} packed, {shown} shown",
        rounds * BATCH
    );
    tally.end(name, rounds * BATCH * 2);
}

#[test]
fn abis_with_faults() {
    sweep(21, 60, 6, "ABIs with faults");
}

#[test]
fn arguments_by_random_abis() {
    sweep(22, 40, 0, "random ABIs");
}
