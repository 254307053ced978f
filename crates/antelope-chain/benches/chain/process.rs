//! What is measured of a process from its beginning: this program again, with one task.

use crate::measures::transact;
use crate::{Measure, Result, token};
use antelope_chain::Chain;
use std::process::{Command, Stdio};
use std::time::Instant;

/// The processes that are measured.
pub fn all() -> Vec<Measure> {
    let run = |part: &'static str, cache: Option<&'static str>| -> Result<(f64, String)> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg(format!("part={part}")).stderr(Stdio::inherit());
        if let Some(cache) = cache {
            command.env("VECHE_MODULES", cache);
        }
        let start = Instant::now();
        let output = command.output()?;
        let taken = start.elapsed().as_secs_f64() * 1e3;
        if !output.status.success() {
            return Err(format!("part={part}: {}", output.status).into());
        }
        Ok((taken, String::from_utf8(output.stdout)?))
    };
    let measure =
        |name, unit, round: Box<dyn FnMut() -> Result<f64>>| Measure { name, unit, round };
    vec![
        measure(
            "process with system, msig and token to a transfer",
            "ms",
            Box::new(move || Ok(run("boot", None)?.0)),
        ),
        measure(
            "the same without modules on the disk",
            "ms",
            Box::new(move || Ok(run("boot", Some("off"))?.0)),
        ),
        measure(
            "memory of a process after 2000 transfers",
            "MB",
            Box::new(move || Ok(run("memory", None)?.1.trim().parse::<f64>()? / 1e6)),
        ),
    ]
}

/// One of the processes.
pub fn part(part: &str) -> Result<()> {
    let mut chain = Chain::new()?;
    match part {
        "boot" => {
            use antelope_types::name;
            token::set_up(&mut chain)?;
            let msig = name!("eosio.msig");
            chain.create_account(msig)?;
            for (account, contract) in [(msig, "eosio.msig"), (name!("eosio"), "eosio.system")] {
                chain.install(account, &token::contract(contract)?)?;
            }
            transact(&mut chain, &token::transfer(), 1)
        }
        "memory" => {
            token::set_up(&mut chain)?;
            for _ in 0..20 {
                transact(&mut chain, &token::transfer(), 100)?;
                chain.produce_block()?;
            }
            println!("{}", resident()?);
            Ok(())
        }
        // Nothing but transfers, for a profiler.
        "transfers" => {
            token::set_up(&mut chain)?;
            for _ in 0..200 {
                transact(&mut chain, &token::transfer(), 100)?;
                chain.produce_block()?;
            }
            Ok(())
        }
        _ => Err(format!("part={part}: expected boot, memory or transfers").into()),
    }
}

/// Bytes of this process in memory.
pub fn resident() -> Result<f64> {
    let statm = std::fs::read_to_string("/proc/self/statm")?;
    let pages: f64 = statm.split(' ').nth(1).unwrap_or_default().parse()?;
    Ok(pages * 4096.0)
}
