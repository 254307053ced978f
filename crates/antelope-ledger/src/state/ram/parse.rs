//! Reading a RAM report back from its text, so that a test can compare with a committed file.
//!
//! The format is that of [`RamReport`]'s `Display`: lines of payer, purpose and bytes, separated by
//! tabs.

use super::{Purpose, RamReport};
use crate::state::TableKey;
use antelope_types::{Name, SymbolCode};
use std::fmt;
use std::str::FromStr;

/// Why a text is not a RAM report: the line, and what was expected there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RamReportError {
    /// The number of the line, from 1.
    pub line: usize,
    problem: String,
}

impl fmt::Display for RamReportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.problem)
    }
}

impl std::error::Error for RamReportError {}

impl FromStr for RamReport {
    type Err = RamReportError;

    /// Reads what `Display` writes. The order of lines does not matter, and lines for the same
    /// payer and purpose are added up.
    ///
    /// # Errors
    /// [`RamReportError`] for the first line that is not an entry.
    fn from_str(text: &str) -> Result<Self, RamReportError> {
        let mut report = Self::default();
        for (index, line) in text.lines().enumerate() {
            let failed = |problem| RamReportError {
                line: index + 1,
                problem,
            };
            let (payer, purpose, bytes) = entry(line).map_err(failed)?;
            report.add(payer, purpose, bytes);
        }
        Ok(report)
    }
}

/// Splits a line into payer, purpose and bytes.
fn entry(line: &str) -> Result<(Name, Purpose, i64), String> {
    let parts: Vec<_> = line.split('\t').collect();
    let [payer, purpose, bytes] = parts[..] else {
        let found = parts.len();
        return Err(format!(
            "{found} columns, expected 3 separated by tabs: payer, purpose, bytes"
        ));
    };
    let bytes = bytes
        .parse()
        .map_err(|_| format!("`{bytes}` is not a number of bytes"))?;
    Ok((name(payer)?, self::purpose(purpose)?, bytes))
}

/// Reads a purpose as `Display` of [`Purpose`] writes it: one word, `permission NAME`, or a table's
/// `CODE TABLE SCOPE`.
fn purpose(text: &str) -> Result<Purpose, String> {
    let words: Vec<_> = text.split(' ').collect();
    Ok(match words[..] {
        ["account"] => Purpose::Account,
        ["code"] => Purpose::Code,
        ["abi"] => Purpose::Abi,
        ["links"] => Purpose::Links,
        ["deferred"] => Purpose::Deferred,
        ["permission", permission] => Purpose::Permission(name(permission)?),
        [code, table, scope] => Purpose::Table(TableKey {
            code: name(code)?,
            table: name(table)?,
            scope: self::scope(scope)?,
        }),
        _ => {
            return Err(format!(
                "`{text}` is not a purpose; expected `account`, `code`, `abi`, `links`, `deferred`, `permission NAME` or `CODE TABLE SCOPE`"
            ));
        }
    })
}

/// Reads a scope as [`TableKey::scope_text`] writes it. Names have no capital letters and symbol
/// codes have nothing else, so the two cannot be confused.
fn scope(text: &str) -> Result<Name, String> {
    match text.parse::<SymbolCode>() {
        Ok(code) if code.is_valid() => Ok(Name::from_raw(code.raw())),
        _ => name(text),
    }
}

/// Reads a name, and repeats the text in the error.
fn name(text: &str) -> Result<Name, String> {
    text.parse().map_err(|error| format!("`{text}`: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use antelope_types::name;

    #[test]
    fn a_report_reads_back_whatever_it_is_about() {
        let table = |scope| {
            Purpose::Table(TableKey {
                code: name!("token"),
                scope: Name::from_raw(scope),
                table: name!("accounts"),
            })
        };
        let mut report = RamReport::default();
        let purposes = [
            Purpose::Account,
            Purpose::Code,
            Purpose::Abi,
            Purpose::Links,
            Purpose::Deferred,
            Purpose::Permission(name!("active")),
        ];
        let scopes = [0, 1, u64::MAX, 0x4d_4f_54];
        for (bytes, purpose) in purposes.into_iter().chain(scopes.map(table)).enumerate() {
            report.add(name!("alice"), purpose, bytes as i64 - 3);
        }
        assert_eq!(report.to_string().parse(), Ok(report));
    }

    #[test]
    fn a_line_that_is_not_an_entry_is_named() {
        for (text, problem) in [
            (
                "alice\tcode\t1\nbob",
                "line 2: 1 columns, expected 3 separated by tabs: payer, purpose, bytes",
            ),
            ("alice\tcode\tx", "line 1: `x` is not a number of bytes"),
            (
                "alice\tcodes\t1",
                "line 1: `codes` is not a purpose; expected `account`, `code`, `abi`, `links`, `deferred`, `permission NAME` or `CODE TABLE SCOPE`",
            ),
        ] {
            let error = text.parse::<RamReport>().unwrap_err();
            assert_eq!(error.to_string(), problem);
        }
    }
}
