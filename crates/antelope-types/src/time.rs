//! Moments: in microseconds, in seconds, and in the half-second slots of blocks.
//!
//! | type | bytes | unit | from | to | JSON |
//! |---|---|---|---|---|---|
//! | [`TimePoint`] | 8 | microsecond | any | any | `2024-01-01T00:00:00.500` |
//! | [`TimePointSec`] | 4 | second | 1970 | 2106 | `2024-01-01T00:00:00` |
//! | [`BlockTimestamp`] | 4 | slot of 500 ms | 2000 | 2068 | `2024-01-01T00:00:00.500` |
//!
//! All are UTC and little-endian on the wire. Leap seconds are not counted.

use crate::{Decode, Encode};

/// Microseconds since 1970-01-01T00:00:00 UTC; ABI type `time_point`.
///
/// The text has milliseconds, as nodes write it: the microseconds below are cut off, also in JSON. Text
/// is read with up to six decimals, and with a `Z` behind it or without.
///
/// ```
/// use antelope_types::{TimePoint, TimePointSec};
/// let moment = TimePoint::from_micros(1_704_067_200_500_000);
/// assert_eq!(moment.to_string(), "2024-01-01T00:00:00.500");
/// assert_eq!(TimePointSec::from(moment).to_string(), "2024-01-01T00:00:00");
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub struct TimePoint(i64);

/// Whole seconds since 1970-01-01T00:00:00 UTC, until 2106; ABI type `time_point_sec`.
///
/// Transactions expire at such a moment. The last one is `2106-02-07T06:28:15`.
///
/// ```
/// use antelope_types::{TimeError, TimePointSec};
/// let start: TimePointSec = "2024-01-01T00:00:00".parse()?;
/// let deadline = start.checked_add(48 * 60 * 60).ok_or(TimeError::OutOfRange)?;
/// assert_eq!(deadline.to_string(), "2024-01-03T00:00:00");
/// # Ok::<(), TimeError>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub struct TimePointSec(u32);

/// Half-second slots since 2000-01-01T00:00:00 UTC; ABI type `block_timestamp_type`.
///
/// ```
/// use antelope_types::{BlockTimestamp, TimePoint};
/// let slot = BlockTimestamp::from_slot(1);
/// assert_eq!(slot.to_string(), "2000-01-01T00:00:00.500");
/// assert_eq!(BlockTimestamp::from(TimePoint::from(slot)), slot);
/// ```
///
/// Every block has a slot of its own, later than that of the block before; slots in which no producer
/// made a block stay empty. The last slot begins at `2068-01-19T03:14:07.500`.
///
/// ```
/// use antelope_types::BlockTimestamp;
/// assert_eq!(BlockTimestamp::from_slot(u32::MAX).to_string(), "2068-01-19T03:14:07.500");
/// let noon: BlockTimestamp = "2024-01-01T12:00:00.900".parse()?;
/// assert_eq!(noon.to_string(), "2024-01-01T12:00:00.500"); // the slot that the moment lies in
/// # Ok::<(), antelope_types::TimeError>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub struct BlockTimestamp(u32);

const MICROS_PER_SECOND: i64 = 1_000_000;
/// `block_interval_us` of nodes.
const MICROS_PER_SLOT: i64 = 500_000;
/// 2000-01-01T00:00:00 UTC, where slots begin.
///
/// `block_timestamp_epoch` of nodes, which is in milliseconds there.
const BLOCK_EPOCH_MICROS: i64 = 946_684_800_000_000;

impl TimePoint {
    /// From microseconds since 1970.
    #[inline]
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds since 1970.
    #[inline]
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Whole seconds since 1970, the part of a second cut off.
    ///
    /// The cut is towards zero, so that half a second before 1970 is second 0.
    #[inline]
    pub const fn seconds(self) -> i64 {
        self.0 / MICROS_PER_SECOND
    }

    /// The moment `micros` later, unless it is beyond 64 bits.
    ///
    /// A negative number gives a moment before this one.
    #[inline]
    pub const fn checked_add_micros(self, micros: i64) -> Option<Self> {
        match self.0.checked_add(micros) {
            Some(sum) => Some(Self(sum)),
            None => None,
        }
    }

    /// Microseconds from `earlier` to this moment, unless they are beyond 64 bits.
    ///
    /// The number is negative where `earlier` is in fact the later one.
    ///
    /// ```
    /// use antelope_types::TimePoint;
    /// let (start, end) = (TimePoint::from_micros(1_000_000), TimePoint::from_micros(1_250_000));
    /// assert_eq!(end.checked_since(start), Some(250_000));
    /// assert_eq!(start.checked_since(end), Some(-250_000));
    /// ```
    #[inline]
    pub const fn checked_since(self, earlier: Self) -> Option<i64> {
        self.0.checked_sub(earlier.0)
    }
}

impl TimePointSec {
    /// From seconds since 1970.
    #[inline]
    pub const fn from_seconds(seconds: u32) -> Self {
        Self(seconds)
    }

    /// Seconds since 1970.
    #[inline]
    pub const fn seconds(self) -> u32 {
        self.0
    }

    /// The moment `seconds` later, unless it is after 2106.
    #[inline]
    pub const fn checked_add(self, seconds: u32) -> Option<Self> {
        match self.0.checked_add(seconds) {
            Some(sum) => Some(Self(sum)),
            None => None,
        }
    }
}

impl BlockTimestamp {
    /// From half seconds since 2000.
    #[inline]
    pub const fn from_slot(slot: u32) -> Self {
        Self(slot)
    }

    /// Half seconds since 2000.
    #[inline]
    pub const fn slot(self) -> u32 {
        self.0
    }
}

/// The part of a second is cut off; moments before 1970 become 1970, moments after 2106 the last second.
impl From<TimePoint> for TimePointSec {
    #[inline]
    fn from(moment: TimePoint) -> Self {
        Self(moment.seconds().clamp(0, u32::MAX.into()) as u32)
    }
}

impl From<TimePointSec> for TimePoint {
    #[inline]
    fn from(moment: TimePointSec) -> Self {
        Self(i64::from(moment.0) * MICROS_PER_SECOND)
    }
}

impl From<BlockTimestamp> for TimePoint {
    #[inline]
    fn from(moment: BlockTimestamp) -> Self {
        Self(BLOCK_EPOCH_MICROS + i64::from(moment.0) * MICROS_PER_SLOT)
    }
}

/// The slot that the moment lies in; moments before 2000 become slot 0, moments after 2068 the last.
impl From<TimePoint> for BlockTimestamp {
    #[inline]
    fn from(moment: TimePoint) -> Self {
        let slot = moment.0.saturating_sub(BLOCK_EPOCH_MICROS) / MICROS_PER_SLOT;
        Self(slot.clamp(0, u32::MAX.into()) as u32)
    }
}
