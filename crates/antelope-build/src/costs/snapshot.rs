//! The committed file of costs. It has one line for each action, so that a change of costs is a
//! changed line:
//!
//! ```text
//! # optimizer: wasm-opt version 132
//! token::transfer  cpu 100 200 300  net 16  ram 0 0 240
//! token::transfer at shop  cpu 100 200 300  ram -112
//! ```
//!
//! Three numbers are the least, the median and the most; one number stands for three equal ones.

use super::{Cost, Costs, Spread};

/// Costs as they were when the file was written.
///
/// ```
/// use antelope_build::costs::CostSnapshot;
///
/// let text = "# optimizer: wasm-opt version 132\ntoken::open  cpu 900  net 14  ram 240\n";
/// let snapshot = CostSnapshot::read(text)?;
/// assert_eq!(snapshot.optimizer, "wasm-opt version 132");
/// assert_eq!(snapshot.costs["token::open"].ram.only(), Some(240));
/// assert!(snapshot.write("cargo antelope test").ends_with("token::open  cpu 900  net 14  ram 240\n"));
/// # Ok::<(), String>(())
/// ```
#[derive(Debug, PartialEq, Eq)]
pub struct CostSnapshot {
    /// What optimized the contract; the costs of a differently optimized one cannot be compared.
    pub optimizer: String,
    /// The costs.
    pub costs: Costs,
}

/// The first line of the file, for people.
const HEAD: &str = "\
# What actions cost: CPU in instructions, NET in words, RAM in bytes; least, median and most, or the only.
";
/// The beginning of the line that names the optimizer.
const OPTIMIZER: &str = "# optimizer: ";

impl CostSnapshot {
    /// The text of the file; `command` is named in it as what writes it.
    pub fn write(&self, command: &str) -> String {
        let mut text = format!(
            "{HEAD}# Written by `{command}`.\n{OPTIMIZER}{}\n",
            self.optimizer
        );
        for (action, Cost { cpu, net, ram }) in &self.costs {
            text += &format!("{action}  cpu {}", numbers(cpu));
            if let Some(net) = net {
                text += &format!("  net {}", numbers(net));
            }
            text += &format!("  ram {}\n", numbers(ram));
        }
        text
    }

    /// Reads what [`write`](Self::write) has written.
    ///
    /// # Errors
    /// The first line that is neither a comment nor the costs of an action.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut snapshot = Self {
            optimizer: String::new(),
            costs: Costs::new(),
        };
        for line in text.lines() {
            if let Some(optimizer) = line.strip_prefix(OPTIMIZER) {
                optimizer.clone_into(&mut snapshot.optimizer);
            } else if !line.starts_with('#') && !line.is_empty() {
                let (action, cost) = parse(line).ok_or_else(|| line.to_owned())?;
                snapshot.costs.insert(action, cost);
            }
        }
        Ok(snapshot)
    }
}

/// A spread as one number or three.
fn numbers(spread: &Spread) -> String {
    match spread.only() {
        Some(only) => only.to_string(),
        None => format!("{} {} {}", spread.least, spread.median, spread.most),
    }
}

/// Reads the costs of an action; `None` if the line is something else.
fn parse(line: &str) -> Option<(String, Cost)> {
    let mut parts = line.split("  ");
    let action = parts.next()?.to_owned();
    let (mut cpu, mut net, mut ram) = (None, None, None);
    for part in parts {
        let (name, numbers) = part.split_once(' ')?;
        let spread = spread(numbers)?;
        let place = match name {
            "cpu" => &mut cpu,
            "net" => &mut net,
            "ram" => &mut ram,
            _ => return None,
        };
        *place = Some(spread);
    }
    let cost = Cost {
        cpu: cpu?,
        net,
        ram: ram?,
    };
    Some((action, cost))
}

/// Reads one number or three.
fn spread(numbers: &str) -> Option<Spread> {
    let numbers = numbers.split(' ').map(|number| number.parse().ok());
    let (least, median, most) = match numbers.collect::<Option<Vec<_>>>()?[..] {
        [only] => (only, only, only),
        [least, median, most] => (least, median, most),
        _ => return None,
    };
    Some(Spread {
        least,
        median,
        most,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let spread = |least, median, most| Spread {
            least,
            median,
            most,
        };
        let transfer = Cost {
            cpu: spread(100, 200, 300),
            net: Some(spread(16, 16, 16)),
            ram: spread(0, 0, 240),
        };
        let noticed = Cost {
            net: None,
            ram: spread(-112, -112, -112),
            ..transfer.clone()
        };
        let snapshot = CostSnapshot {
            optimizer: "wasm-opt version 132".into(),
            costs: [
                ("token::transfer".to_owned(), transfer),
                ("token::transfer at shop".to_owned(), noticed),
            ]
            .into(),
        };
        let text = snapshot.write("a command");
        let lines: Vec<_> = text.lines().skip(2).collect();
        assert_eq!(
            lines,
            [
                "# optimizer: wasm-opt version 132",
                "token::transfer  cpu 100 200 300  net 16  ram 0 0 240",
                "token::transfer at shop  cpu 100 200 300  ram -112",
            ]
        );
        assert_eq!(CostSnapshot::read(&text), Ok(snapshot));
    }

    #[test]
    fn what_is_not_understood_is_told() {
        for line in [
            "a::b",
            "a::b  cpu 1 2  ram 3",
            "a::b  cpu x  ram 3",
            "a::b  gas 1",
        ] {
            assert_eq!(CostSnapshot::read(line), Err(line.to_owned()));
        }
    }
}
