//! Dates and times as documents write them.

use crate::DocumentError;
use coop_language::Lang;
use std::fmt;

const MICROS_PER_SECOND: i64 = 1_000_000;
const SECONDS_PER_DAY: i64 = 86_400;

/// Months in the genitive, as a date needs them.
const MONTHS: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];

/// Months as an English date names them.
const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Zones with a constant offset from UTC since 2016, in hours. Zones with summer time are left out
/// on purpose: the same document must be rendered the same way without a database of zones.
const ZONES: [(&str, i64); 13] = [
    ("UTC", 0),
    ("Europe/Kaliningrad", 2),
    ("Europe/Moscow", 3),
    ("Europe/Minsk", 3),
    ("Europe/Samara", 4),
    ("Asia/Yekaterinburg", 5),
    ("Asia/Omsk", 6),
    ("Asia/Krasnoyarsk", 7),
    ("Asia/Irkutsk", 8),
    ("Asia/Yakutsk", 9),
    ("Asia/Vladivostok", 10),
    ("Asia/Magadan", 11),
    ("Asia/Kamchatka", 12),
];

/// A time zone with a constant offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone {
    name: &'static str,
    hours: i64,
}

impl Zone {
    /// The zone of Moscow.
    pub const MOSCOW: Self = Self {
        name: "Europe/Moscow",
        hours: 3,
    };

    /// Finds a zone by its name in the time zone database, `Europe/Moscow` for one.
    ///
    /// # Errors
    /// [`DocumentError::UnknownZone`] when documents cannot be dated in that zone.
    pub fn named(name: &str) -> Result<Self, DocumentError> {
        ZONES
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(name, hours)| Self {
                name,
                hours: *hours,
            })
            .ok_or_else(|| DocumentError::UnknownZone {
                name: name.to_owned(),
            })
    }

    /// The names of all zones that documents can be dated in.
    pub fn names() -> impl Iterator<Item = &'static str> {
        ZONES.iter().map(|(name, _)| *name)
    }

    /// The zone's name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The date and time in this zone, `21 ноября 2026 г., 04:05:06`.
    ///
    /// `micros` counts from the start of 1970, UTC. Parts of a second are cut off.
    pub fn moment(&self, micros: i64, lang: Lang) -> String {
        let (days, seconds) = self.split(micros);
        let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        format!(
            "{}, {hour:02}:{minute:02}:{second:02}",
            Date::from_days(days).told(lang)
        )
    }

    fn split(&self, micros: i64) -> (i64, i64) {
        let local = micros.div_euclid(MICROS_PER_SECOND) + self.hours * 3600;
        (
            local.div_euclid(SECONDS_PER_DAY),
            local.rem_euclid(SECONDS_PER_DAY),
        )
    }
}

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: i64,
    month: u32,
    day: u32,
}

impl fmt::Display for Date {
    /// As [`parse`](Self::parse) reads it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl Date {
    /// Reads `2001-12-31`; `None` when the text has another form or the day does not exist.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let digits =
            |part: &str, len| part.len() == len && part.bytes().all(|b| b.is_ascii_digit());
        if parts.next().is_some() || !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
            return None;
        }
        let date = Self {
            year: year.parse().ok()?,
            month: month.parse().ok()?,
            day: day.parse().ok()?,
        };
        let exists =
            (1..=12).contains(&date.month) && date.day >= 1 && date.days_in_month() >= date.day;
        exists.then_some(date)
    }

    /// The day a number of days after 1 January 1970.
    ///
    /// Source: "chrono-compatible low-level date algorithms" by Howard Hinnant, `civil_from_days`.
    pub fn from_days(days: i64) -> Self {
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let month = if shifted_month < 10 {
            shifted_month + 3
        } else {
            shifted_month - 9
        };
        Self {
            year: year_of_era + era * 400 + i64::from(month <= 2),
            month: month as u32,
            day: (day_of_year - (153 * shifted_month + 2) / 5 + 1) as u32,
        }
    }

    /// The day of a moment, UTC, in microseconds from the start of 1970.
    pub fn of_micros(micros: i64) -> Self {
        Self::from_days(micros.div_euclid(MICROS_PER_SECOND * SECONDS_PER_DAY))
    }

    /// The day in words: `31 декабря 2001 г.`, in English `31 December 2001`.
    pub fn told(&self, lang: Lang) -> String {
        let month = (self.month - 1) as usize;
        let (day, year) = (self.day, self.year);
        match lang {
            Lang::Ru => format!("{day}\u{a0}{} {year}\u{a0}г.", MONTHS[month]),
            Lang::En => format!("{day}\u{a0}{} {year}", ENGLISH_MONTHS[month]),
        }
    }

    /// Year, month from 1 and day from 1.
    pub fn parts(&self) -> (i64, u32, u32) {
        (self.year, self.month, self.day)
    }

    fn days_in_month(&self) -> u32 {
        match self.month {
            2 if self.year % 4 == 0 && (self.year % 100 != 0 || self.year % 400 == 0) => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_dates() {
        assert_eq!(
            Date::from_days(0),
            Date {
                year: 1970,
                month: 1,
                day: 1
            }
        );
        assert_eq!(
            Date::from_days(11_016),
            Date {
                year: 2000,
                month: 2,
                day: 29
            }
        );
        assert_eq!(
            Date::from_days(20_778),
            Date {
                year: 2026,
                month: 11,
                day: 21
            }
        );
        assert_eq!(
            Date::from_days(-1),
            Date {
                year: 1969,
                month: 12,
                day: 31
            }
        );
    }

    #[test]
    fn only_days_that_exist_are_read() {
        assert!(Date::parse("2024-02-29").is_some());
        for wrong in [
            "2023-02-29",
            "2024-13-01",
            "2024-00-10",
            "24-1-1",
            "2024-1-01",
            "",
            "2024-01-01-1",
        ] {
            assert_eq!(Date::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_moment_is_told_in_the_zone_of_the_cooperative() -> Result<(), DocumentError> {
        let evening = 1_795_219_199 * MICROS_PER_SECOND + 999_999;
        assert_eq!(
            Zone::named("UTC")?.moment(evening, Lang::Ru),
            "20\u{a0}ноября 2026\u{a0}г., 23:59:59"
        );
        assert_eq!(
            Zone::named("Europe/Moscow")?.moment(evening, Lang::Ru),
            "21\u{a0}ноября 2026\u{a0}г., 02:59:59"
        );
        assert_eq!(
            Zone::named("Europe/Moscow")?.moment(evening, Lang::En),
            "21\u{a0}November 2026, 02:59:59"
        );
        Ok(())
    }

    #[test]
    fn a_zone_with_summer_time_is_refused() {
        assert!(matches!(
            Zone::named("Europe/Paris"),
            Err(DocumentError::UnknownZone { .. })
        ));
    }
}
