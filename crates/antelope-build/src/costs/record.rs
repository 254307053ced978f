//! Reads what tests have recorded.
//!
//! `antelope-testing` writes a file `<package>.<process>-<n>.tsv` for each process of tests, with a
//! line for each executed action: receiver, account, action, CPU, RAM and NET (or `-`), separated
//! by tabs.

use super::{Cost, Costs, Spread};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

/// All numbers that were recorded for one action.
#[derive(Default)]
struct Samples {
    /// CPU of each execution, in units of `antelope_types::Cost`.
    cpu: Vec<i64>,
    /// NET in words, of those executions for which it is known.
    net: Vec<i64>,
    /// RAM of each execution, in bytes.
    ram: Vec<i64>,
}

/// What was recorded for one package. Actions of failed transactions, and those that the chain
/// executes by itself, are not recorded.
#[derive(Debug, Default)]
pub struct RecordedCosts {
    /// The costs of its actions.
    pub costs: Costs,
    /// How many times each was executed.
    pub counts: BTreeMap<String, usize>,
}

/// Reads the files in a folder that the tests of this package have written.
///
/// # Errors
/// If the folder or a file cannot be read, or, as [`io::ErrorKind::InvalidData`], a line is not a
/// record.
pub fn recorded(folder: &Path, package: &str) -> io::Result<RecordedCosts> {
    let mut samples: BTreeMap<String, Samples> = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy());
        let of_package = name.as_deref().and_then(|name| name.split_once('.'));
        if of_package.is_none_or(|(of, _)| of != package) {
            continue;
        }
        for line in fs::read_to_string(&path)?.lines() {
            add(&mut samples, line).ok_or_else(|| {
                let problem = format!("{}: {line:?} is not a record of costs", path.display());
                io::Error::new(io::ErrorKind::InvalidData, problem)
            })?;
        }
    }
    let mut recorded = RecordedCosts::default();
    for (action, samples) in samples {
        recorded.counts.insert(action.clone(), samples.cpu.len());
        if let (Some(cpu), Some(ram)) = (Spread::of(samples.cpu), Spread::of(samples.ram)) {
            let net = Spread::of(samples.net);
            recorded.costs.insert(action, Cost { cpu, net, ram });
        }
    }
    Ok(recorded)
}

/// Adds a line to the samples; `None` if it is not a record.
fn add(samples: &mut BTreeMap<String, Samples>, line: &str) -> Option<()> {
    let fields: Vec<_> = line.split('\t').collect();
    let [receiver, account, action, cpu, ram, net] = fields[..] else {
        return None;
    };
    let mut name = format!("{account}::{action}");
    if receiver != account {
        name = format!("{name} at {receiver}");
    }
    let samples = samples.entry(name).or_default();
    samples.cpu.push(cpu.parse().ok()?);
    samples.ram.push(ram.parse().ok()?);
    if net != "-" {
        samples.net.push(net.parse().ok()?);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn processes_are_summed_up_by_package() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write("token.1-0.tsv", "token\ttoken\ttransfer\t300\t240\t16\n");
        write(
            "token.2-0.tsv",
            "token\ttoken\ttransfer\t100\t0\t-\nshop\ttoken\ttransfer\t50\t0\t-\n",
        );
        write("token-two.2-0.tsv", "other\tother\tact\t1\t1\t1\n");
        let recorded = recorded(folder.path(), "token").unwrap();
        let names: Vec<_> = recorded.costs.keys().map(String::as_str).collect();
        assert_eq!(names, ["token::transfer", "token::transfer at shop"]);
        let transfer = &recorded.costs["token::transfer"];
        assert_eq!(recorded.counts["token::transfer"], 2);
        assert_eq!((transfer.cpu.least, transfer.cpu.most), (100, 300));
        assert_eq!(transfer.net.and_then(|net| net.only()), Some(16));
        assert_eq!(recorded.costs["token::transfer at shop"].net, None);

        write("token.3-0.tsv", "token\ttoken\ttransfer\n");
        let error = super::recorded(folder.path(), "token").unwrap_err();
        assert!(error.to_string().contains("is not a record of costs"));
    }
}
