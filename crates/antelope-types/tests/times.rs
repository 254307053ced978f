//! Times: text of nodeos, calendar, conversions.

use antelope_types::{BlockTimestamp, Encode, TimeError, TimePoint, TimePointSec};
use proptest::prelude::*;

#[test]
fn vectors() {
    let moment = TimePoint::from_micros(1_234_567_890_123_000);
    assert_eq!(moment.to_string(), "2009-02-13T23:31:30.123");
    assert_eq!(moment.to_bytes(), super::hex("f8b88a3cd5620400"));
    let second = TimePointSec::from_seconds(1_234_567_890);
    assert_eq!(second.to_string(), "2009-02-13T23:31:30");
    assert_eq!(second.to_bytes(), super::hex("d2029649"));
    let slot: BlockTimestamp = "2021-08-25T02:37:24.500".parse().unwrap();
    assert_eq!(slot.to_string(), "2021-08-25T02:37:24.500");
    assert_eq!(slot.to_bytes(), super::hex("c9d27051"));
}

#[test]
fn the_calendar_knows_leap_years() {
    for (text, seconds) in [
        ("1970-01-01T00:00:00", 0),
        ("2000-02-29T00:00:00", 951_782_400),
        ("2000-03-01T00:00:00", 951_868_800),
        ("2024-02-29T23:59:59", 1_709_251_199),
        ("2100-02-28T00:00:00", 4_107_456_000),
        ("2100-03-01T00:00:00", 4_107_542_400),
        ("2106-02-07T06:28:15", u32::MAX),
    ] {
        let moment = TimePointSec::from_seconds(seconds);
        assert_eq!(moment.to_string(), text);
        assert_eq!(text.parse(), Ok(moment));
    }
}

#[test]
fn text_is_read_with_up_to_six_decimals_and_a_z() {
    for (text, micros) in [
        ("1970-01-01T00:00:01", 1_000_000),
        ("1970-01-01T00:00:01Z", 1_000_000),
        ("1970-01-01T00:00:01.5", 1_500_000),
        ("1970-01-01T00:00:01.050", 1_050_000),
        ("1970-01-01T00:00:01.000001", 1_000_001),
        ("1969-12-31T23:59:59.999", -1_000),
    ] {
        assert_eq!(text.parse(), Ok(TimePoint::from_micros(micros)), "{text}");
    }
}

#[test]
fn text_that_is_no_time_is_refused() {
    for (text, error) in [
        ("", TimeError::Malformed),
        ("blah", TimeError::Malformed),
        ("2024-01-01", TimeError::Malformed),
        ("2024-01-01 00:00:00", TimeError::Malformed),
        ("2024-01-01T00:00:00.", TimeError::Malformed),
        ("2024-01-01T00:00:00.1234567", TimeError::Malformed),
        ("2024-01-01T00:00:00+01", TimeError::Malformed),
        ("2024-1-01T00:00:00.0", TimeError::Malformed),
        ("2024-01-01T0x:00:00", TimeError::Malformed),
        ("2023-02-29T00:00:00", TimeError::NoSuchMoment),
        ("2024-13-01T00:00:00", TimeError::NoSuchMoment),
        ("2024-00-10T00:00:00", TimeError::NoSuchMoment),
        ("2024-01-00T00:00:00", TimeError::NoSuchMoment),
        ("2024-01-01T24:00:00", TimeError::NoSuchMoment),
        ("2024-01-01T00:60:00", TimeError::NoSuchMoment),
        ("2024-01-01T00:00:60", TimeError::NoSuchMoment),
    ] {
        assert_eq!(text.parse::<TimePoint>(), Err(error), "{text}");
    }
    for text in ["1969-12-31T23:59:59", "2106-02-07T06:28:16"] {
        assert_eq!(text.parse::<TimePointSec>(), Err(TimeError::OutOfRange));
    }
    for text in ["1999-12-31T23:59:59", "2068-01-19T03:14:08"] {
        assert_eq!(text.parse::<BlockTimestamp>(), Err(TimeError::OutOfRange));
    }
}

#[test]
fn conversions_stay_in_range() {
    let first = TimePoint::from_micros(i64::MIN);
    let last = TimePoint::from_micros(i64::MAX);
    assert_eq!(TimePointSec::from(first).seconds(), 0);
    assert_eq!(TimePointSec::from(last).seconds(), u32::MAX);
    assert_eq!(BlockTimestamp::from(first).slot(), 0);
    assert_eq!(BlockTimestamp::from(last).slot(), u32::MAX);
    assert_eq!(last.checked_add_micros(1), None);
    assert_eq!(first.checked_since(last), None);
}

proptest! {
    #[test]
    fn text_and_back(seconds: u32, slot: u32, millis in 0i64..253_402_300_800_000) {
        let moment = TimePointSec::from_seconds(seconds);
        prop_assert_eq!(moment.to_string().parse(), Ok(moment));
        let moment = BlockTimestamp::from_slot(slot);
        prop_assert_eq!(moment.to_string().parse(), Ok(moment));
        prop_assert_eq!(BlockTimestamp::from(TimePoint::from(moment)), moment);
        let moment = TimePoint::from_micros(millis * 1_000);
        prop_assert_eq!(moment.to_string().parse(), Ok(moment));
    }

    #[test]
    fn every_number_has_a_text(micros: i64) {
        prop_assert!(!TimePoint::from_micros(micros).to_string().is_empty());
    }

    #[test]
    fn any_text_is_a_time_or_an_error(text in "[0-9TZ:.-]{0,30}") {
        let _ = text.parse::<TimePoint>();
    }
}
