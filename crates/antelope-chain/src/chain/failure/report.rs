//! The text of a failure: one line for [`Display`](fmt::Display), a report for
//! [`Debug`](fmt::Debug).
//!
//! Data come from contracts, so that everything shown is cut to a length: a hostile contract must
//! not be able to flood a log.
//!
//! A report looks like this:
//!
//! ```text
//! shop::buy > shop::buy at till: eosio_assert_message_exception (3050003): assertion failure with message: no money
//!   1. shop::buy by alice@active
//!   2. shop::buy at till by alice@active
//!   backtrace
//!      env.eosio_assert_message
//!      till::collect
//!      apply
//!   data, `buy`
//!      buyer: name = "alice"
//! ```
//!
//! | part | there where |
//! |---|---|
//! | the path, a line for each action | an action failed, not the transaction as a whole |
//! | trap | an instruction of the contract trapped |
//! | panic | the contract is one of this process, written in Rust, and panicked |
//! | backtrace | code of a contract was running |
//! | data | the ABI has the action |
//! | row | a row that the failed action has read does not match its ABI |
//! | console | the failed action printed something |
//!
//! Limits: 120 characters for a value, 40 fields for data or a row, 4096 bytes for the console. A
//! value that is cut ends in `…`; for the others it is said how many more there are.

use super::{Failure, UndecodedRow};
use antelope_abi::{Field, Inspection};
use antelope_ledger::diagnosis::Frame;
use antelope_types::ActionTrace;
use std::fmt::{self, Formatter};

/// Characters of a value that are shown.
const MAX_VALUE: usize = 120;

/// Bytes of console output that are shown.
const MAX_CONSOLE: usize = 4096;

/// Fields that are shown.
const MAX_FIELDS: usize = 40;

/// One line: the path to the failed action, the error, a panic's message, and the first field of
/// the data that does not match.
pub(crate) fn summary(failure: &Failure, f: &mut Formatter<'_>) -> fmt::Result {
    headline(failure, f)?;
    if let Some(panic) = failure.panic() {
        write!(f, "; {}", panic.replace(":\n", ": "))?;
    }
    if let Some(arguments) = failure.arguments()
        && let Some(misfit) = &arguments.misfit
    {
        write!(f, "; the data does not match `{}`: {misfit}", arguments.ty)?;
    }
    Ok(())
}

/// Path and error: `shop::buy > shop::buy at till: message`.
fn headline(failure: &Failure, f: &mut Formatter<'_>) -> fmt::Result {
    let path = failure.path();
    for (depth, action) in path.iter().enumerate() {
        let arrow = if depth > 0 { " > " } else { "" };
        write!(f, "{arrow}")?;
        place(action, f)?;
    }
    if !path.is_empty() {
        f.write_str(": ")?;
    }
    write!(f, "{}", failure.error())?;
    match failure.code_text() {
        Some(text) => write!(f, ", which means: {text}"),
        None => Ok(()),
    }
}

/// An action, with its receiver where it is a notification.
fn place(action: &ActionTrace, f: &mut Formatter<'_>) -> fmt::Result {
    write!(f, "{}::{}", action.act.account, action.act.name)?;
    if action.receiver != action.act.account {
        write!(f, " at {}", action.receiver)?;
    }
    Ok(())
}

/// The report, in lines.
pub(crate) struct Details<'a>(pub(crate) &'a Failure);

impl fmt::Display for Details<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let failure = self.0;
        headline(failure, f)?;
        let path = failure.path();
        for (depth, action) in path.iter().enumerate() {
            write!(f, "\n  {}. ", depth + 1)?;
            place(action, f)?;
            for (index, level) in action.act.authorization.iter().enumerate() {
                let word = if index == 0 { " by" } else { "," };
                write!(f, "{word} {}@{}", level.actor, level.permission)?;
            }
        }
        if let Some(trap) = failure.trap() {
            write!(f, "\n  {trap}")?;
        }
        if let Some(panic) = failure.panic() {
            write!(f, "\n  {}", panic.replace('\n', "\n     "))?;
        }
        frames(&failure.backtrace(), f)?;
        if let Some(arguments) = failure.arguments() {
            match &arguments.misfit {
                None => write!(f, "\n  data, `{}`", arguments.ty)?,
                Some(misfit) => {
                    let length = path.last().map_or(0, |action| action.act.data.len());
                    let ty = &arguments.ty;
                    write!(
                        f,
                        "\n  data, {length} bytes, does not match `{ty}`: {misfit}"
                    )?;
                }
            }
            contents(&arguments, f)?;
        }
        for row in failure.undecoded_rows() {
            let UndecodedRow { table, .. } = &row;
            let (code, name, scope) = (table.code, table.table, table.scope_text());
            write!(f, "\n  row {code} {name} {scope} {}", row.primary_key)?;
            if let Some(misfit) = &row.contents.misfit {
                write!(f, ", does not match `{}`: {misfit}", row.contents.ty)?;
            }
            contents(&row.contents, f)?;
        }
        let console = path.last().map_or("", |action| &action.console);
        if !console.is_empty() {
            f.write_str("\n  console")?;
            let shown = &console[..console.floor_char_boundary(MAX_CONSOLE)];
            shown
                .lines()
                .try_for_each(|line| write!(f, "\n     {line}"))?;
            if shown.len() < console.len() {
                let more = console.len() - shown.len();
                write!(f, "\n     and {more} bytes more")?;
            }
        }
        Ok(())
    }
}

/// The backtrace, a line for each frame.
fn frames(frames: &[Frame], f: &mut Formatter<'_>) -> fmt::Result {
    if !frames.is_empty() {
        f.write_str("\n  backtrace")?;
    }
    frames
        .iter()
        .try_for_each(|frame| write!(f, "\n     {frame}"))
}

/// The decoded fields, and where the bytes stop matching.
fn contents(inspection: &Inspection, f: &mut Formatter<'_>) -> fmt::Result {
    for Field {
        path, ty, value, ..
    } in inspection.fields.iter().take(MAX_FIELDS)
    {
        let value = value.to_string();
        let mut shown: String = value.chars().take(MAX_VALUE).collect();
        if shown.len() < value.len() {
            shown.push('…');
        }
        write!(f, "\n     {path}: {ty} = {shown}")?;
    }
    let more = inspection.fields.len().saturating_sub(MAX_FIELDS);
    if more > 0 {
        write!(f, "\n     and {more} more")?;
    }
    match &inspection.misfit {
        Some(misfit) => write!(f, "\n     at byte {}: {misfit}", misfit.offset),
        None => Ok(()),
    }
}
