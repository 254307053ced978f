//! `cargo antelope size`

use std::fmt::Write;

use antelope_build::{Artifact, SizeReport, build_all};
use serde_json::{Value, json};

use crate::arguments::Size;
use crate::failure::Failure;
use crate::output::{Outcome, Output};

pub(crate) fn run(arguments: &Size, output: &mut Output) -> Outcome {
    let price = arguments
        .ram_price
        .as_deref()
        .map(Price::parse)
        .transpose()?;
    let options = arguments.source.options(output.is_quiet());
    let artifacts = build_all(&options, &mut |step| output.step(step))?;
    for warning in artifacts.iter().flat_map(|artifact| &artifact.warnings) {
        output.warn(warning);
    }
    let data: Value = artifacts
        .iter()
        .map(|artifact| data(artifact, arguments.top, price.as_ref()))
        .collect();
    let text: Vec<_> = artifacts
        .iter()
        .map(|artifact| table(artifact, arguments.top, price.as_ref()))
        .collect();
    let text = text.join("\n");
    let Some(max) = arguments.max else {
        return Ok((data, text));
    };
    let over: Vec<_> = artifacts
        .iter()
        .filter(|artifact| artifact.size.wasm_bytes > max)
        .map(|artifact| {
            format!(
                "{} has {} bytes",
                artifact.package, artifact.size.wasm_bytes
            )
        })
        .collect();
    if over.is_empty() {
        return Ok((data, text));
    }
    let message = format!("{}, expected at most {max}", over.join(", "));
    Err(Box::new(Failure::mismatch(
        "size.over",
        message,
        data,
        text,
    )))
}

fn data(artifact: &Artifact, top: usize, price: Option<&Price>) -> Value {
    let size = &artifact.size;
    json!({
        "package": artifact.package,
        "wasm_bytes": size.wasm_bytes,
        "wasm_ram_bytes": size.wasm_ram_bytes,
        "abi_ram_bytes": size.abi_ram_bytes,
        "ram_cost": price.map(|price| price.of(ram(size))),
        "sections": size.sections,
        "crates": size.crates,
        "functions": size.functions.iter().take(top).collect::<Vec<_>>(),
    })
}

const fn ram(size: &SizeReport) -> u64 {
    size.wasm_ram_bytes + size.abi_ram_bytes
}

fn table(artifact: &Artifact, top: usize, price: Option<&Price>) -> String {
    let size = &artifact.size;
    let mut text = String::new();
    let cost = price.map_or_else(String::new, |price| format!("  {}", price.of(ram(size))));
    // Writing into a string cannot fail.
    let _ = writeln!(
        text,
        "{}  {} bytes  RAM {} (code {} + ABI {}){cost}",
        artifact.package,
        size.wasm_bytes,
        ram(size),
        size.wasm_ram_bytes,
        size.abi_ram_bytes,
    );
    let mut group = |title: &str, rows: &mut dyn Iterator<Item = (&str, u64)>| {
        let _ = writeln!(text, "  {title}");
        for (name, bytes) in rows {
            let share = bytes as f64 * 100.0 / size.wasm_bytes.max(1) as f64;
            let _ = writeln!(text, "  {bytes:>8}  {share:>5.1} %  {name}");
        }
    };
    group(
        "sections",
        &mut size
            .sections
            .iter()
            .map(|row| (row.name.as_str(), row.bytes)),
    );
    group(
        "code by crate",
        &mut size.crates.iter().map(|row| (row.name.as_str(), row.bytes)),
    );
    group(
        "largest functions",
        &mut size
            .functions
            .iter()
            .take(top)
            .map(|row| (row.name.as_str(), row.bytes)),
    );
    text
}

/// What a KiB of RAM costs.
#[derive(Debug, PartialEq, Eq)]
struct Price {
    /// In the smallest unit of the symbol.
    amount: u64,
    precision: usize,
    symbol: String,
}

impl Price {
    fn parse(text: &str) -> Result<Self, Box<Failure>> {
        let wrong = || {
            let message = format!("RAM price {text:?}, expected an asset such as \"0.0175 EOS\"");
            Box::new(Failure::new("usage.ram-price", message))
        };
        let (number, symbol) = text.split_once(' ').ok_or_else(wrong)?;
        let precision = number
            .split_once('.')
            .map_or(0, |(_, fraction)| fraction.len());
        let amount = number.replacen('.', "", 1).parse().map_err(|_| wrong())?;
        let is_symbol = !symbol.is_empty() && symbol.bytes().all(|byte| byte.is_ascii_uppercase());
        if !is_symbol || precision > 18 {
            return Err(wrong());
        }
        Ok(Self {
            amount,
            precision,
            symbol: symbol.to_owned(),
        })
    }

    /// The price of some bytes, rounded up.
    fn of(&self, bytes: u64) -> String {
        let units = (u128::from(self.amount) * u128::from(bytes)).div_ceil(1024);
        let digits = format!("{units:0>width$}", width = self.precision + 1);
        let (whole, fraction) = digits.split_at(digits.len() - self.precision);
        let dot = if fraction.is_empty() { "" } else { "." };
        format!("{whole}{dot}{fraction} {}", self.symbol)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_for_a_kib_and_rounds_up() {
        let price = Price::parse("0.0175 EOS").expect("it is an asset");
        assert_eq!(price.of(1024), "0.0175 EOS");
        assert_eq!(price.of(1), "0.0001 EOS");
        assert_eq!(price.of(10 * 1024 * 1024), "179.2000 EOS");
        assert_eq!(Price::parse("3 X").expect("it is an asset").of(2048), "6 X");
    }

    #[test]
    fn a_price_that_is_no_asset_is_refused() {
        for text in ["", "1.0", "EOS", "1,0 EOS", "1.0 eos", "-1.0 EOS"] {
            assert!(Price::parse(text).is_err(), "{text}");
        }
    }
}
