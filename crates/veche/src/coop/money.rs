//! Sums as people write them, and as they are shown: `4 000,00 руб.` and `4,000.00 RUB`, as in documents.

use super::faults::unreadable;
use super::office::Office;
use antelope_cli::Fallible;
use antelope_types::{Asset, Symbol};
use coop_documents::figures;
use std::str::FromStr;

/// A sum as somebody has typed it: `4000.0000 RUB`, `4000 RUB`, `4 000,50 руб.`, `4,000.50 RUB`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sum(Asset);

impl FromStr for Sum {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "expected a sum, such as \"4000.0000 RUB\" or \"4 000,00 руб.\"".to_owned();
        let code_at = text.find(char::is_alphabetic).ok_or_else(wrong)?;
        let (figures, code) = text.split_at(code_at);
        let code = match code.trim() {
            "руб." | "руб" | "рублей" => "RUB",
            other => other,
        };
        let mut figures: String = figures.chars().filter(|it| !it.is_whitespace()).collect();
        match (figures.contains('.'), figures.matches(',').count()) {
            (true, _) => figures.retain(|it| it != ','),
            // Three digits after the only comma may be thousands as well.
            (false, 1) if !figures.ends_with(|it: char| !it.is_ascii_digit()) => {
                let places = figures.split_once(',').map_or(0, |(_, part)| part.len());
                if places == 3 {
                    return Err(wrong());
                }
                figures = figures.replace(',', ".");
            }
            (false, 0) => {}
            (false, _) => return Err(wrong()),
        }
        let parsed = format!("{figures} {code}").parse();
        parsed.map(Self).map_err(|_| wrong())
    }
}

impl Sum {
    /// The sum in this symbol, where it is of the same currency with fewer places.
    fn with_places_of(self, symbol: Symbol) -> Asset {
        let own = self.0.symbol;
        let more = symbol.precision().checked_sub(own.precision());
        let (true, Some(more)) = (own.code() == symbol.code(), more) else {
            return self.0;
        };
        let amount = 10_i64
            .checked_pow(more.into())
            .and_then(|it| self.0.amount.checked_mul(it));
        amount.map_or(self.0, |amount| Asset { amount, symbol })
    }
}

impl Office<'_> {
    /// A sum as the cooperative counts it: `4000 RUB` as `4000.0000 RUB`.
    ///
    /// # Errors
    /// Those of reading the chain.
    pub(super) fn exact(&self, sum: Sum) -> Fallible<Asset> {
        let coop = self.cooperative.coop().map_err(unreadable)?;
        Ok(coop.map_or(sum.0, |coop| sum.with_places_of(coop.minimum.symbol)))
    }

    /// A sum as people read it.
    pub(super) fn sum(&self, sum: Asset) -> String {
        figures(sum, self.lang())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use coop_language::Lang;

    #[test]
    fn sums_are_read_as_people_write_them() {
        let symbol = "4,RUB".parse().unwrap();
        for (text, sum) in [
            ("4000.0000 RUB", "4000.0000 RUB"),
            ("4000 RUB", "4000.0000 RUB"),
            ("4000RUB", "4000.0000 RUB"),
            ("4 000,50 руб.", "4000.5000 RUB"),
            ("4\u{a0}000,50\u{a0}руб.", "4000.5000 RUB"),
            ("1,234,000.50 RUB", "1234000.5000 RUB"),
            ("0,0001 RUB", "0.0001 RUB"),
            ("7.00 EUR", "7.00 EUR"),
        ] {
            let read: Sum = text.parse().unwrap();
            assert_eq!(read.with_places_of(symbol).to_string(), sum, "{text}");
        }
        for text in [
            "",
            "RUB",
            "4000",
            "4,000 RUB",
            "4.0.0 RUB",
            "1,2,3 RUB",
            "four RUB",
            "4 руб пять",
        ] {
            assert!(
                text.parse::<Sum>().unwrap_err().contains("4000.0000 RUB"),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_shown_can_be_typed() {
        let symbol = "4,RUB".parse().unwrap();
        for text in [
            "0.0001 RUB",
            "12.3400 RUB",
            "1234567.8900 RUB",
            "999.9999 RUB",
            "4000.0000 RUB",
        ] {
            let sum: Asset = text.parse().unwrap();
            for lang in Lang::ALL {
                let shown = figures(sum, lang);
                let read: Sum = shown.parse().unwrap();
                assert_eq!(read.with_places_of(symbol), sum, "{shown}");
            }
        }
    }
}
