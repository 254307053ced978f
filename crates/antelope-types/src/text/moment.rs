//! Moments as text: `2024-01-01T00:00:00.000`.
//!
//! It is ISO 8601 without a zone, in UTC. The calendar is Gregorian throughout, also before it was
//! introduced; days are counted in eras of 400 years, which all have the same length.

use crate::codec::Encoder;
use crate::error::error_text;
use crate::text::{decimal, fill};
use crate::{BlockTimestamp, TimePoint, TimePointSec};
use core::str::FromStr;

/// Why text is not a moment.
///
/// ```
/// use antelope_types::{TimeError, TimePoint};
/// assert_eq!("2023-02-29T00:00:00".parse::<TimePoint>(), Err(TimeError::NoSuchMoment));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimeError {
    /// Not of the form `2024-01-01T00:00:00`, with at most six decimals and at most a `Z` after it.
    /// There is no other form: a space instead of the `T`, an offset such as `+01:00`, or a date alone.
    Malformed,
    /// A month, day, hour, minute or second that does not exist.
    NoSuchMoment,
    /// Beyond what the type can hold.
    /// Before 1970 or after 2106 for seconds, before 2000 or after 2068 for slots.
    OutOfRange,
}

impl TimeError {
    /// What was wrong.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Malformed => "time must have the form 2024-01-01T00:00:00.000",
            Self::NoSuchMoment => "no such day or time of day",
            Self::OutOfRange => "time is out of the range of its type",
        }
    }
}

error_text!(TimeError);

const MICROS_PER_SECOND: i64 = 1_000_000;
const SECONDS_PER_DAY: i64 = 86_400;
/// Days from 0000-03-01 to 1970-01-01.
const EPOCH_DAYS: i64 = 719_468;
/// Days of 400 years of the Gregorian calendar.
const DAYS_PER_ERA: i64 = 146_097;
/// The most bytes a moment's text has: a year of six digits and a sign.
const MAX_TEXT: usize = 32;

/// The days since 1970 of a date of the Gregorian calendar (years begin in March here).
fn days_of(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * DAYS_PER_ERA + day_of_era - EPOCH_DAYS
}

/// Year, month and day of a number of days since 1970.
fn date_of(days: i64) -> (i64, i64, i64) {
    let days = days + EPOCH_DAYS;
    let era = days.div_euclid(DAYS_PER_ERA);
    let day_of_era = days.rem_euclid(DAYS_PER_ERA);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    (year, month, day)
}

/// Writes `2024-01-01T00:00:00`; years have four digits at least, and those before 0 a sign.
fn write_seconds(seconds: i64, out: &mut Encoder<'_>) {
    let (year, month, day) = date_of(seconds.div_euclid(SECONDS_PER_DAY));
    let second = seconds.rem_euclid(SECONDS_PER_DAY);
    if year < 0 {
        out.write(b"-");
    }
    decimal(year.unsigned_abs(), 4, out);
    for (separator, value) in [
        (b"-", month),
        (b"-", day),
        (b"T", second / 3_600),
        (b":", second / 60 % 60),
        (b":", second % 60),
    ] {
        out.write(separator);
        decimal(value.unsigned_abs(), 2, out);
    }
}

/// Writes `2024-01-01T00:00:00.500`, cutting off what is below a millisecond.
fn write_millis(micros: i64, out: &mut Encoder<'_>) {
    write_seconds(micros.div_euclid(MICROS_PER_SECOND), out);
    out.write(b".");
    let millis = micros.rem_euclid(MICROS_PER_SECOND) / 1_000;
    decimal(millis.unsigned_abs(), 3, out);
}

/// Microseconds since 1970 of `YYYY-MM-DDTHH:MM:SS`, with up to six decimals and a `Z`.
///
/// Years have four digits here.
///
/// # Errors
/// [`TimeError::Malformed`] and [`TimeError::NoSuchMoment`].
fn read(text: &str) -> Result<i64, TimeError> {
    let text = text.strip_suffix('Z').unwrap_or(text);
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let bytes: &[u8; 19] = whole
        .as_bytes()
        .try_into()
        .map_err(|_| TimeError::Malformed)?;
    for (at, separator) in [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')] {
        if bytes[at] != separator {
            return Err(TimeError::Malformed);
        }
    }
    let [year, month, day, hour, minute, second] =
        [0..4, 5..7, 8..10, 11..13, 14..16, 17..19].map(|range| number(&bytes[range]));
    let (year, month, day) = (year?, month?, day?);
    let (hour, minute, second) = (hour?, minute?, second?);
    let days = days_of(year, month, day);
    if date_of(days) != (year, month, day) || hour > 23 || minute > 59 || second > 59 {
        return Err(TimeError::NoSuchMoment);
    }
    let micros = match fraction {
        None => 0,
        Some(digits) if (1..=6).contains(&digits.len()) => {
            number(digits.as_bytes())? * 10i64.pow(6 - digits.len() as u32)
        }
        Some(_) => return Err(TimeError::Malformed),
    };
    let seconds = days * SECONDS_PER_DAY + hour * 3_600 + minute * 60 + second;
    Ok(seconds * MICROS_PER_SECOND + micros)
}

/// The number that some digits make.
fn number(digits: &[u8]) -> Result<i64, TimeError> {
    digits.iter().try_fold(0, |number, digit| match digit {
        b'0'..=b'9' => Ok(number * 10 + i64::from(digit - b'0')),
        _ => Err(TimeError::Malformed),
    })
}

/// `write_str`, `Display` and `Debug` by a function that writes; `FromStr` by one that takes microseconds.
macro_rules! moment_text {
    ($type:ty, |$moment:ident, $out:ident| $write:expr, |$micros:ident| $read:expr) => {
        impl $type {
            /// The most bytes its text has: a year of six digits and a sign.
            pub const MAX_TEXT: usize = MAX_TEXT;

            /// Writes the text into `buffer`, for code that must not reach `core::fmt`.
            pub fn write_str(self, buffer: &mut [u8; Self::MAX_TEXT]) -> &str {
                let $moment = self;
                fill(buffer, |$out| $write)
            }
        }

        display_text!($type);

        impl FromStr for $type {
            type Err = TimeError;

            fn from_str(text: &str) -> Result<Self, TimeError> {
                let $micros = read(text)?;
                $read
            }
        }
    };
}

moment_text!(
    TimePoint,
    |moment, out| write_millis(moment.micros(), out),
    |micros| Ok(TimePoint::from_micros(micros))
);
moment_text!(
    TimePointSec,
    |moment, out| write_seconds(moment.seconds().into(), out),
    |micros| u32::try_from(micros.div_euclid(MICROS_PER_SECOND))
        .map(TimePointSec::from_seconds)
        .map_err(|_| TimeError::OutOfRange)
);
moment_text!(
    BlockTimestamp,
    |moment, out| write_millis(TimePoint::from(moment).micros(), out),
    |micros| {
        let slot = BlockTimestamp::from(TimePoint::from_micros(micros));
        let off = micros.abs_diff(TimePoint::from(slot).micros());
        if off < 500_000 {
            Ok(slot)
        } else {
            Err(TimeError::OutOfRange)
        }
    }
);
