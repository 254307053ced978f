//! What it costs that a failure can be told, and that what contracts execute is counted.

use crate::measures::{COUNT, each, measure, time, transact};
use crate::{Measure, Result, token};
use antelope_chain::Chain;
use antelope_chain::wasm::{Engine, Profiler};
use antelope_types::{Action, PermissionLevel};
use std::sync::Arc;

pub fn all() -> Result<Vec<Measure>> {
    let mut chain = Chain::new()?;
    token::set_up(&mut chain)?;
    let plain = chain.with_executor(Arc::new(Engine::without_backtraces()?));
    let told = chain.with_executor(Arc::new(Engine::keeping_modules_in(None)?));
    let profiled = chain.with_executor(Arc::new(Profiler::new()?));
    Ok(vec![
        transfers("transfer, without backtraces", &plain),
        transfers("transfer, with backtraces", &told),
        transfers("transfer, profiled", &profiled),
        failures("a transfer that fails, without backtraces", &plain, false),
        failures("a transfer that fails, with backtraces", &told, false),
        failures("a transfer that fails, told in full", &told, true),
    ])
}

fn transfers(name: &'static str, chain: &Chain) -> Measure {
    let mut chain = chain.clone();
    measure(name, "µs", move || {
        let taken = time(|| transact(&mut chain, &token::transfer(), COUNT))?;
        chain.produce_block()?;
        Ok(each(taken, COUNT))
    })
}

fn failures(name: &'static str, chain: &Chain, told: bool) -> Measure {
    let mut chain = chain.clone();
    // The one who is paid has nothing to do with the other's money.
    let action = Action {
        authorization: vec![PermissionLevel::active(token::BOB)],
        ..token::transfer()
    };
    measure(name, "µs", move || {
        let taken = time(|| {
            for _ in 0..COUNT {
                let failure = chain.push(std::slice::from_ref(&action)).err();
                let failure = failure.ok_or("it does not fail")?;
                if told {
                    std::hint::black_box(format!("{failure:?}"));
                }
            }
            Ok(())
        })?;
        Ok(each(taken, COUNT))
    })
}
