//! Whether two logs are the same.

use crate::block::LoggedBlock;
use crate::error::HistoryError;
use crate::field::LogField;
use crate::log::{BlockLog, Walk};
use antelope_types::Checksum256;
use serde::Serialize;

/// How much of two blocks is compared where one of them cannot be read.
const MOST: usize = 16 << 20;

/// What two logs have in common.
#[derive(Clone, Debug, Serialize)]
pub struct LogComparison {
    /// The first block that both have.
    pub first: u32,
    /// The last block that both have, and that is the same; 0 where there is none.
    pub last: u32,
    /// The id of that.
    pub last_id: Checksum256,
    /// The first difference.
    pub difference: Option<LogDifference>,
}

/// The first byte that two logs do not share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LogDifference {
    /// The number of the block; 0 before the first one.
    pub block: u32,
    /// The field.
    pub field: LogField,
    /// Where the byte is in each of the files.
    pub offsets: [u64; 2],
    /// What is there; none where a file ends.
    pub bytes: [Option<u8>; 2],
}

/// Compares the blocks that both logs have, byte by byte, until the first difference.
///
/// # Errors
/// [`HistoryError::Io`].
pub fn compare(one: &BlockLog, other: &BlockLog) -> Result<LogComparison, HistoryError> {
    let first = one.first().max(other.first());
    let mut found = LogComparison {
        first,
        last: 0,
        last_id: Checksum256::ZERO,
        difference: preamble(one, other)?,
    };
    let mut walks = [one.walk(), other.walk()];
    for walk in &mut walks {
        while walk.place().1 < first && matches!(walk.next()?, Some(Ok(_))) {}
    }
    while found.difference.is_none() {
        let places = walks.each_ref().map(Walk::place);
        if places.iter().any(|(_, number)| *number < first) {
            break;
        }
        let [left, right] = &mut walks;
        let (Some(left), Some(right)) = (left.next()?, right.next()?) else {
            break;
        };
        if let (Ok(left), Ok(right)) = (&left, &right)
            && left.bytes == right.bytes
        {
            found.last = left.number();
            found.last_id = left.id;
            continue;
        }
        // The one that can be read says what the fields are.
        let known = left.as_ref().or(right.as_ref()).ok();
        found.difference = difference([one, other], places, known)?;
        if found.difference.is_none() {
            break;
        }
    }
    Ok(found)
}

/// The first byte of the preambles that is another one. Logs that begin with different blocks have
/// different preambles: of these the chain's id counts.
fn preamble(one: &BlockLog, other: &BlockLog) -> Result<Option<LogDifference>, HistoryError> {
    if one.first() != other.first() {
        return Ok(
            (one.chain_id() != other.chain_id()).then_some(LogDifference {
                block: 0,
                field: LogField::Genesis,
                offsets: [8, 8],
                bytes: [None, None],
            }),
        );
    }
    let end = one.genesis_end().max(other.genesis_end()) as usize + 8;
    let bytes = [one.read(0, end)?, other.read(0, end)?];
    let Some(place) = unequal(&bytes) else {
        return Ok(None);
    };
    let field = match place as u64 {
        0..8 => LogField::Preamble,
        place if place < one.genesis_end() => LogField::Genesis,
        _ => LogField::Totem,
    };
    Ok(Some(LogDifference {
        block: 0,
        field,
        offsets: [place as u64; 2],
        bytes: bytes.map(|it| it.get(place).copied()),
    }))
}

/// The first byte that differs in two blocks that begin at these places.
fn difference(
    logs: [&BlockLog; 2],
    places: [(u64, u32); 2],
    known: Option<&LoggedBlock>,
) -> Result<Option<LogDifference>, HistoryError> {
    // The position after a block is another one in a log that begins elsewhere, and is verified by itself.
    let length = known.map_or(MOST, |it| it.bytes.len());
    let same_places = places[0].0 == places[1].0;
    let length = length + if same_places { 8 } else { 0 };
    let bytes = [
        logs[0].read(places[0].0, length)?,
        logs[1].read(places[1].0, length)?,
    ];
    let Some(place) = unequal(&bytes) else {
        return Ok(None);
    };
    Ok(Some(LogDifference {
        block: places[0].1,
        field: known.map_or(LogField::Header, |it| it.field_at(place)),
        offsets: places.map(|(offset, _)| offset + place as u64),
        bytes: bytes.map(|it| it.get(place).copied()),
    }))
}

/// The first place at which two pieces differ; where one of them ends, its end.
fn unequal([one, other]: &[Vec<u8>; 2]) -> Option<usize> {
    let place = one
        .iter()
        .zip(other)
        .position(|(left, right)| left != right);
    let end = one.len().min(other.len());
    place.or((one.len() != other.len()).then_some(end))
}
