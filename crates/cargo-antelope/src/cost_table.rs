//! Costs as people read them: a table for each contract, a row for each action.

use antelope_build::costs::{Cost, RecordedCosts, Spread};
use std::fmt::Write;

/// A table of what was recorded for a package: how often each action was executed, and what it cost. A
/// cell has one number where all executions cost the same, else least, median and most. NET is `-` where
/// an action was never the only one of its transaction, which NET is billed for.
pub(crate) fn table(package: &str, recorded: &RecordedCosts) -> String {
    let mut rows = vec![[
        package.to_owned(),
        "count".to_owned(),
        "CPU, instructions".to_owned(),
        "NET, words".to_owned(),
        "RAM, bytes".to_owned(),
    ]];
    for (action, Cost { cpu, net, ram }) in &recorded.costs {
        let count = recorded.counts.get(action).copied().unwrap_or_default();
        rows.push([
            action.clone(),
            count.to_string(),
            cell(cpu),
            net.as_ref().map_or_else(|| "-".to_owned(), cell),
            cell(ram),
        ]);
    }
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let widths: [usize; 5] = std::array::from_fn(|column| width(column).unwrap_or_default());
    let mut text = String::new();
    for row in &rows {
        let [action, numbers @ ..] = row;
        // Writing into a string cannot fail.
        let _ = write!(text, "{action:<0$}", widths[0]);
        for (number, width) in numbers.iter().zip(&widths[1..]) {
            let _ = write!(text, "  {number:>width$}");
        }
        text.push('\n');
    }
    text
}

/// Least, median and most, or the only.
fn cell(spread: &Spread) -> String {
    match spread.only() {
        Some(only) => only.to_string(),
        None => format!("{} / {} / {}", spread.least, spread.median, spread.most),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned() {
        let spread = |least, median, most| Spread {
            least,
            median,
            most,
        };
        let mut recorded = RecordedCosts::default();
        let cost = Cost {
            cpu: spread(9, 9, 9),
            net: None,
            ram: spread(-1, 0, 240),
        };
        recorded.costs.insert("token::transfer".into(), cost);
        recorded.counts.insert("token::transfer".into(), 12);
        assert_eq!(
            table("token", &recorded),
            "token            count  CPU, instructions  NET, words    RAM, bytes\n\
             token::transfer     12                  9           -  -1 / 0 / 240\n"
        );
    }
}
