//! Moments: in microseconds, in seconds, and in the half-second slots of blocks.

use crate::{Decode, Encode};

/// Microseconds since 1970-01-01T00:00:00 UTC; ABI type `time_point`.
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
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub struct BlockTimestamp(u32);

const MICROS_PER_SECOND: i64 = 1_000_000;
const MICROS_PER_SLOT: i64 = 500_000;
/// 2000-01-01T00:00:00 UTC, where slots begin.
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
    #[inline]
    pub const fn seconds(self) -> i64 {
        self.0 / MICROS_PER_SECOND
    }

    /// The moment `micros` later, unless it is beyond 64 bits.
    #[inline]
    pub const fn checked_add_micros(self, micros: i64) -> Option<Self> {
        match self.0.checked_add(micros) {
            Some(sum) => Some(Self(sum)),
            None => None,
        }
    }

    /// Microseconds from `earlier` to this moment, unless they are beyond 64 bits.
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
