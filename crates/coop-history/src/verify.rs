//! Whether a log is as it was written.

use crate::block::LoggedBlock;
use crate::error::HistoryError;
use crate::field::{LogDamage, LogField};
use crate::log::BlockLog;
use crate::seal::Seals;
use crate::search::HistorySearch;
use antelope_types::{Checksum256, Name, Signature, TimePoint};
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What a log is.
#[derive(Clone, Debug, Serialize)]
pub struct LogReport {
    /// The file.
    pub path: PathBuf,
    /// The chain.
    pub chain_id: Checksum256,
    /// The number of the first block.
    pub first: u32,
    /// The number of the last block that was read and is as it was written; 0 where none is.
    pub last: u32,
    /// The id of that block.
    pub last_id: Checksum256,
    /// The time of that block.
    pub time: Option<TimePoint>,
    /// Transactions in these blocks.
    pub transactions: u64,
    /// Signatures of blocks that were verified; none where the log begins later than the chain.
    pub signatures: u32,
    /// Who made the blocks, and how many.
    pub producers: BTreeMap<Name, u32>,
    /// What is not as it was written; what follows it was not read.
    pub damage: Option<LogDamage>,
}

/// Reads a log from its beginning to its end, or to what is not as it was written, and lets `search` see
/// what is in it.
///
/// # Errors
/// [`HistoryError::Io`]. That something is not as it was written is in the report.
pub fn verify(log: &BlockLog, search: &mut HistorySearch) -> Result<LogReport, HistoryError> {
    let mut report = LogReport {
        path: log.path().to_owned(),
        chain_id: log.chain_id(),
        first: log.first(),
        last: 0,
        last_id: Checksum256::ZERO,
        time: None,
        transactions: 0,
        signatures: 0,
        producers: BTreeMap::new(),
        damage: log.damage().cloned(),
    };
    let mut seals = log.genesis().map(Seals::beginning);
    let mut walk = log.walk();
    while report.damage.is_none() {
        let block = match walk.next()? {
            None => break,
            Some(Err(damage)) => {
                report.damage = Some(damage);
                break;
            }
            Some(Ok(block)) => block,
        };
        report.damage = fault(log, &block, &report, seals.as_mut())?;
        if report.damage.is_some() {
            break;
        }
        if let Some(seals) = &mut seals {
            report.signatures += u32::from(block.number() > 1);
            seals.add(block.id);
        }
        search.see(&block);
        report.last = block.number();
        report.last_id = block.id;
        report.time = Some(block.header.timestamp.into());
        report.transactions += block.transactions.len() as u64;
        *report.producers.entry(block.header.producer).or_default() += 1;
    }
    Ok(report)
}

/// What is wrong with a block that can be read and follows those of the report.
fn fault(
    log: &BlockLog,
    block: &LoggedBlock,
    report: &LogReport,
    seals: Option<&mut Seals>,
) -> Result<Option<LogDamage>, HistoryError> {
    if report.last > 0 && block.header.previous != report.last_id {
        let problem = format!(
            "it names {} as the block before, whose id is {}",
            block.header.previous, report.last_id
        );
        return Ok(Some(match seals {
            // The block before is signed, so it is as it was written.
            Some(_) => block.damage(LogField::Previous, problem),
            None => block.damage(
                LogField::Previous,
                problem + "; this field or the header of the block before is another",
            ),
        }));
    }
    if block.number() == 1
        && let Some(genesis) = log.genesis()
    {
        return first_fault(log, block, genesis.header().id());
    }
    let root = block.root();
    let has_root = root == block.header.transaction_mroot;
    let is_signed = seals.is_none_or(|seals| seals.is_signed(block));
    if is_signed && has_root {
        return Ok(None);
    }
    if !has_root {
        let problem = format!(
            "the root over the transactions is {root}, and {} in the header",
            block.header.transaction_mroot
        );
        let field = match is_signed {
            true => LogField::Transactions,
            false => LogField::TransactionMroot,
        };
        return Ok(Some(block.damage(field, problem)));
    }
    let follows = log.previous_at(block.end())?;
    Ok(Some(match follows == Some(block.id) {
        true => block.damage(
            LogField::Signature,
            format!("it is not of {}, who made the block", block.header.producer),
        ),
        false => match follows {
            Some(_) => block.damage(
                LogField::Header,
                "neither its signature nor the next block knows it".to_owned(),
            ),
            // The last block: nothing behind it tells which of both is another one.
            None => {
                let problem = "its signature is not of this header; it or the signature is another";
                let mut damage = block.damage(LogField::Header, problem.to_owned());
                let signature = block.damage(LogField::Signature, String::new());
                damage.length = signature.offset + signature.length - damage.offset;
                damage
            }
        },
    }))
}

/// What is wrong with the first block of a chain: the genesis says what it is, and nobody signs it.
fn first_fault(
    log: &BlockLog,
    block: &LoggedBlock,
    expected: Checksum256,
) -> Result<Option<LogDamage>, HistoryError> {
    if block.id != expected {
        let problem = "the first block is not that of the genesis".to_owned();
        // Which of both is another one is told by the second block.
        return Ok(Some(
            match log.previous_at(block.end())? == Some(block.id) {
                true => LogDamage {
                    block: 0,
                    field: LogField::Genesis,
                    offset: 8,
                    length: log.genesis_end() - 8,
                    problem,
                },
                false => block.damage(LogField::Header, problem),
            },
        ));
    }
    if block.signature != Signature::K1([0; 65]) {
        let problem = "the first block of a chain is not signed".to_owned();
        return Ok(Some(block.damage(LogField::Signature, problem)));
    }
    if !block.transactions.is_empty() {
        let problem = "the first block of a chain has no transactions".to_owned();
        return Ok(Some(block.damage(LogField::Transactions, problem)));
    }
    Ok(None)
}
