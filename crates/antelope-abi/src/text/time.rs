//! Moments as text, as a node reads and writes them: by the date library of Boost.

use super::number::read_signed;
use alloc::format;
use alloc::string::{String, ToString};
use antelope_types::TimePoint;
use core::ops::{Range, RangeInclusive};

const MICROS_PER_SECOND: i64 = 1_000_000;
const SECONDS_PER_DAY: i64 = 86_400;

/// The years that the library knows.
const CALENDAR: RangeInclusive<i64> = 1400..=9999;

/// A moment as a node writes it: one before 1970 is the time until then. Years have 16 bits, and the
/// calendar is that of the years 1400 to 9999.
pub(crate) fn write_as_node(micros: i64) -> Option<String> {
    /// Days from the beginning of the library's calendar to 1970, as it counts time from there.
    const EPOCH_DAYS: i64 = 2_440_588;
    if micros >= 0 {
        micros.checked_add(EPOCH_DAYS * SECONDS_PER_DAY * MICROS_PER_SECOND)?;
        let text = TimePoint::from_micros(micros).to_string();
        let (year, rest) = text.split_once('-')?;
        let year = year.parse::<u32>().ok()? as u16;
        return CALENDAR
            .contains(&year.into())
            .then(|| format!("{year:04}-{rest}"));
    }
    let total = micros.unsigned_abs();
    let (seconds, fraction) = (total / 1_000_000, total % 1_000_000);
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let whole = format!("-{hours:02}{minutes:02}{seconds:02}");
    Some(match fraction {
        0 => whole,
        _ => format!("{whole}.{fraction:06}"),
    })
}

/// The microseconds of such a time until 1970; the reverse of [`write_as_node`], which nodes do not
/// have.
pub(crate) fn read_before_epoch(text: &str) -> Option<i64> {
    let rest = text.strip_prefix('-')?;
    let (whole, fraction) = rest.split_once('.').unwrap_or((rest, "0"));
    let digits = |text: &str| text.bytes().all(|digit| digit.is_ascii_digit());
    if whole.len() < 6 || fraction.is_empty() || fraction.len() > 6 || !digits(fraction) {
        return None;
    }
    let (hours, rest) = whole.split_at_checked(whole.len() - 4)?;
    if !digits(hours) || !digits(rest) {
        return None;
    }
    let (minutes, seconds) = rest.split_at(2);
    let number = |text: &str| text.parse::<i64>().ok();
    let seconds = number(hours)?
        .checked_mul(3600)?
        .checked_add(number(minutes)? * 60 + number(seconds)?)?;
    let micros = number(fraction)? * 10i64.pow(6 - fraction.len() as u32);
    let total = seconds
        .checked_mul(MICROS_PER_SECOND)?
        .checked_add(micros)?;
    Some(-total)
}

/// `time_point::from_iso_string`. Digits after the point are milliseconds however many there are.
pub(crate) fn read_as_node(text: &str) -> Option<i64> {
    let seconds = i64::from(read_seconds_as_node(text)?);
    let micros = seconds * MICROS_PER_SECOND;
    let Some((_, fraction)) = text.split_once('.') else {
        return Some(micros);
    };
    let millis = read_signed(&format!("1{fraction:0<3}"))?.wrapping_sub(1000);
    Some(micros.wrapping_add(millis.wrapping_mul(1000)))
}

/// `time_point_sec::from_iso_string`: of more seconds than have a place, the lowest bits count.
pub(crate) fn read_seconds_as_node(text: &str) -> Option<u32> {
    let (days, micros) = match text.as_bytes().get(4) {
        Some(b'-') => {
            let (date, time) = text.split_once('T').unwrap_or((text, ""));
            (days(date)?, time_of_day(time)?)
        }
        _ => undelimited(text)?,
    };
    let micros = (days * SECONDS_PER_DAY * MICROS_PER_SECOND).checked_add(micros)?;
    // Before 1970 this goes to the second after.
    Some((micros / MICROS_PER_SECOND) as u32)
}

/// The half-second slot of a moment, as a node computes it.
pub(crate) fn slot_as_node(micros: i64) -> u32 {
    /// Milliseconds of 2000-01-01.
    const EPOCH: i64 = 946_684_800_000;
    // Unsigned, as the epoch is.
    let millis = (micros / 1000).wrapping_sub(EPOCH) as u64;
    (millis / 500) as u32
}

/// `parse_date`: year, month and day between any of `,-. /`; the month may be a name.
fn days(text: &str) -> Option<i64> {
    let mut parts = text
        .split([',', '-', '.', ' ', '/'])
        .filter(|part| !part.is_empty());
    let year = short(parts.next()?)?;
    let month = match parts.next()? {
        digits if digits.as_bytes()[0].is_ascii_digit() => short(digits)?,
        name => month(name)?,
    };
    let day = short(parts.next()?)?;
    calendar(year, month, day)
}

/// Days since 1970 of a date in the years 1400 to 9999.
fn calendar(year: i64, month: i64, day: i64) -> Option<i64> {
    if !CALENDAR.contains(&year) {
        return None;
    }
    let text = format!("{year:04}-{month:02}-{day:02}T00:00:00");
    let moment: TimePoint = text.parse().ok()?;
    Some(moment.micros() / (SECONDS_PER_DAY * MICROS_PER_SECOND))
}

fn month(name: &str) -> Option<i64> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let is =
        |month: &&str| name.eq_ignore_ascii_case(month) || name.eq_ignore_ascii_case(&month[..3]);
    MONTHS.iter().position(is).map(|at| at as i64 + 1)
}

/// `parse_delimited_time_duration`, in microseconds: hours, minutes, seconds and a fraction between
/// any of `-:,.`; none of them is too large.
fn time_of_day(text: &str) -> Option<i64> {
    let is_negative = text.bytes().next()? == b'-';
    let mut numbers = [0i64; 3];
    let mut micros = 0;
    let parts = text
        .split(['-', ':', ',', '.'])
        .filter(|part| !part.is_empty());
    for (at, part) in parts.enumerate() {
        match at {
            0 => numbers[0] = read_signed(part).filter(|it| i32::try_from(*it).is_ok())?,
            1 | 2 => numbers[at] = short(part)?,
            3 => micros = fraction(part)?,
            _ => {}
        }
    }
    let [hours, minutes, seconds] = numbers;
    let total = (hours * 3600 + minutes * 60 + seconds) * MICROS_PER_SECOND + micros;
    Some(if is_negative { -total } else { total })
}

/// Microseconds of at most six digits of a fraction.
fn fraction(digits: &str) -> Option<i64> {
    let digits = digits.get(..digits.len().min(6))?;
    read_signed(digits)?.checked_mul(10i64.pow(6 - digits.len() as u32))
}

/// `from_iso_string`: `20240101T000000`, as days and microseconds.
fn undelimited(text: &str) -> Option<(i64, i64)> {
    let (date, time) = text.split_once('T')?;
    let number = |text: Option<&str>| text.and_then(read_signed).filter(|it| *it >= 0);
    let year = number(date.get(..4))?;
    let days = calendar(year, number(date.get(4..6))?, number(date.get(6..8))?)?;
    let (whole, digits) = time.split_once(['.', ',']).unwrap_or((time, ""));
    let part = |range: Range<usize>| match whole.get(range.clone()) {
        Some(digits) => number(Some(digits)),
        None if whole.len() <= range.start => Some(0),
        None => None,
    };
    let seconds = number(whole.get(..2))? * 3600 + part(2..4)? * 60 + part(4..6)?;
    let micros = match digits {
        "" => 0,
        digits => fraction(digits)?,
    };
    Some((days, seconds * MICROS_PER_SECOND + micros))
}

/// `lexical_cast<unsigned short>`.
fn short(text: &str) -> Option<i64> {
    read_signed(text).filter(|number| u16::try_from(*number).is_ok())
}
