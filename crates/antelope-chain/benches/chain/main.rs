//! How long everything takes that a test does often: medians of rounds that take turns.
//!
//! `cargo bench -p antelope-chain` measures all, and with a word after `--` what has it in its name.
//! The contracts are those of the node package: `scripts/setup` brings it.

mod diagnosis;
mod folder;
mod measures;
mod process;
mod token;

use std::error::Error;

/// Rounds of which the median is printed.
const ROUNDS: usize = 5;

/// A result, with an error for what a measure needs and has not.
type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// What is measured: its name, its unit, and one round of it.
struct Measure {
    name: &'static str,
    unit: &'static str,
    round: Box<dyn FnMut() -> Result<f64>>,
}

fn main() -> Result<()> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    // Some things can be measured only in a process of their own, which is this program again.
    if let Some(part) = arguments.iter().find_map(|text| text.strip_prefix("part=")) {
        return process::part(part);
    }
    let wanted = arguments.iter().find(|text| !text.starts_with('-'));
    let mut measures = measures::all()?;
    measures.extend(diagnosis::all()?);
    measures.extend(folder::all()?);
    measures.extend(process::all());
    measures.retain(|measure| wanted.is_none_or(|word| measure.name.contains(word)));
    let mut found = vec![Vec::new(); measures.len()];
    for _ in 0..ROUNDS {
        for (measure, found) in measures.iter_mut().zip(&mut found) {
            found.push((measure.round)()?);
        }
    }
    println!("{:48} {:>10} {:>10} {:>10}", "", "least", "median", "most");
    for (measure, mut found) in measures.iter().zip(found) {
        found.sort_by(f64::total_cmp);
        let [least, median, most] = [found[0], found[ROUNDS / 2], found[ROUNDS - 1]];
        let (name, unit) = (measure.name, measure.unit);
        println!("{name:48} {least:10.2} {median:10.2} {most:10.2} {unit}");
    }
    Ok(())
}
