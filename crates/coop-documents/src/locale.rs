//! How a language writes dates, sums and shares.

use crate::{
    calendar::{Date, Zone},
    money,
};
use antelope_types::Asset;
use coop_language::Lang;

/// A language, and the zone that dates are told in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Locale {
    /// The language.
    pub lang: Lang,
    /// The zone.
    pub zone: Zone,
}

impl Locale {
    /// A date and time; `micros` counts from the start of 1970, UTC.
    pub fn moment(&self, micros: i64) -> String {
        self.zone.moment(micros, self.lang)
    }

    /// A day.
    pub fn day(&self, date: Date) -> String {
        date.told(self.lang)
    }

    /// A sum of money.
    pub fn sum(&self, asset: Asset) -> String {
        money::sum(asset, self.lang)
    }

    /// A share of a whole in percent, rounded half up to two places: `66,67`, in English `66.67`.
    ///
    /// `whole` is at least 1 and at most a few thousand, a number of seats.
    pub fn percent(&self, part: usize, whole: usize) -> String {
        let hundredths = (part * 20_000 + whole) / (2 * whole);
        let (percents, rest) = (hundredths / 100, hundredths % 100);
        if rest == 0 {
            return percents.to_string();
        }
        let mark = self.lang.pick(",", ".");
        format!("{percents}{mark}{rest:02}")
            .trim_end_matches('0')
            .to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_half_up() {
        let locale = |lang| Locale {
            lang,
            zone: Zone::named("UTC").unwrap(),
        };
        let shares = [(0, 5), (1, 3), (2, 3), (4, 5), (1, 8), (1, 16), (5, 5)];
        let told = |lang| shares.map(|(part, whole)| locale(lang).percent(part, whole));
        let expected = ["0", "33,33", "66,67", "80", "12,5", "6,25", "100"];
        assert_eq!(told(Lang::Ru), expected);
        assert_eq!(told(Lang::En)[..3], ["0", "33.33", "66.67"]);
    }
}
