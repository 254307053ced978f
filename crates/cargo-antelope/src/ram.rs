//! What RAM costs: a price given, or that of a chain's market.
//!
//! Amounts are whole numbers of the token's smallest unit and computed in 128 bits, so that the result
//! is the chain's to the last digit. No floating-point number is involved.

use crate::failure::Failure;

/// A price of RAM.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum RamPrice {
    /// So much for each KiB of 1024 bytes.
    PerKib(Amount),
    #[cfg(feature = "node")]
    /// The market of `eosio.system`: a pool of money beside a pool of bytes.
    Market {
        /// The money in it.
        quote: Amount,
        /// The bytes in it.
        base: u64,
    },
}

/// An amount of a token.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Amount {
    /// In the smallest unit of the symbol.
    units: u64,
    /// Digits after the point.
    precision: usize,
    symbol: String,
}

impl RamPrice {
    /// A price for a KiB, such as `0.0175 EOS`.
    ///
    /// # Errors
    /// `usage.ram-price` where the text is not an asset.
    pub(crate) fn parse(text: &str) -> Result<Self, Box<Failure>> {
        Amount::parse(text).map(Self::PerKib).ok_or_else(|| {
            let message = format!("RAM price {text:?}, expected an asset such as \"0.0175 EOS\"");
            Box::new(Failure::new("usage.ram-price", message))
        })
    }

    /// The price that a row of the table `rammarket` gives; `None` for a row of another shape, as a chain
    /// with another system contract may have.
    #[cfg(feature = "node")]
    pub(crate) fn of_market_row(row: &serde_json::Value) -> Option<Self> {
        let market: Market = serde_json::from_value(row.clone()).ok()?;
        Some(Self::Market {
            quote: Amount::parse(&market.quote.balance)?,
            base: Amount::parse(&market.base.balance)?.units,
        })
    }

    /// What so many bytes cost, as text.
    ///
    /// By the KiB, the exact part of a KiB is charged, rounded up to the smallest unit. On a market it is
    /// what `buyrambytes` takes. There the product of the two pools stays the same (Bancor), so that a
    /// purchase of `bytes` costs `quote × bytes / (base − bytes)` and moves the price; the fee of 0.5 %
    /// is part of the payment, hence the division by 0.995. Both divisions cut off, as the system
    /// contract does.
    pub(crate) fn of(&self, bytes: u64) -> String {
        let bytes = u128::from(bytes);
        match self {
            Self::PerKib(price) => price.with((u128::from(price.units) * bytes).div_ceil(1024)),
            #[cfg(feature = "node")]
            Self::Market { quote, base } => match u128::from(*base).checked_sub(bytes) {
                None | Some(0) => "more than the market has".to_owned(),
                Some(rest) => {
                    let cost = u128::from(quote.units) * bytes / rest;
                    quote.with(cost * 1000 / 995)
                }
            },
        }
    }
}

impl Amount {
    /// Reads `1.0000 EOS`; `None` for signs, more than 18 digits after the point, a symbol that is not of
    /// capital letters, or a number beyond 64 bits. The number of letters is not checked: it is only
    /// printed again.
    fn parse(text: &str) -> Option<Self> {
        let (number, symbol) = text.split_once(' ')?;
        let fraction = number.split_once('.').map_or("", |(_, fraction)| fraction);
        let digits = number.replacen('.', "", 1);
        let sound = !digits.is_empty()
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && fraction.len() <= 18
            && !symbol.is_empty()
            && symbol.bytes().all(|byte| byte.is_ascii_uppercase());
        sound.then_some(Self {
            units: digits.parse().ok()?,
            precision: fraction.len(),
            symbol: symbol.to_owned(),
        })
    }

    /// As text, with other units.
    fn with(&self, units: u128) -> String {
        let digits = format!("{units:0>width$}", width = self.precision + 1);
        let (whole, fraction) = digits.split_at(digits.len() - self.precision);
        let dot = if fraction.is_empty() { "" } else { "." };
        format!("{whole}{dot}{fraction} {}", self.symbol)
    }
}

/// The part of a row of the table `rammarket` that is read: the pool of bytes (`base`) and of money
/// (`quote`). Its weights are both one half and do not matter.
#[cfg(feature = "node")]
#[derive(Debug, serde::Deserialize)]
struct Market {
    base: Pool,
    quote: Pool,
}

/// One side of the market; its balance is an asset, `… RAM` for bytes.
#[cfg(feature = "node")]
#[derive(Debug, serde::Deserialize)]
struct Pool {
    balance: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn price(text: &str) -> RamPrice {
        RamPrice::parse(text).expect("it is an asset")
    }

    #[test]
    fn a_price_is_for_a_kib_and_rounds_up() {
        let eos = price("0.0175 EOS");
        assert_eq!(eos.of(1024), "0.0175 EOS");
        assert_eq!(eos.of(1), "0.0001 EOS");
        assert_eq!(eos.of(10 * 1024 * 1024), "179.2000 EOS");
        assert_eq!(price("3 X").of(2048), "6 X");
    }

    #[test]
    fn a_price_that_is_no_asset_is_refused() {
        for text in [
            "", "1.0", "EOS", "1,0 EOS", "1.0 eos", "-1.0 EOS", ". EOS", "+1.0 EOS",
        ] {
            assert!(RamPrice::parse(text).is_err(), "{text}");
        }
    }

    #[cfg(feature = "node")]
    #[test]
    fn a_market_gives_the_price_of_a_purchase_with_its_fee() {
        let row = serde_json::json!({
            "supply": "10000000000.0000 RAMCORE",
            "base": { "balance": "1000000 RAM", "weight": "0.50000000000000000" },
            "quote": { "balance": "1000.0000 EOS", "weight": "0.50000000000000000" }
        });
        let market = RamPrice::of_market_row(&row).expect("a market");
        // 1000.0000 x 200000 / 800000 = 250.0000, and 250 / 0.995.
        assert_eq!(market.of(200_000), "251.2562 EOS");
        assert_eq!(market.of(0), "0.0000 EOS");
        assert_eq!(market.of(1_000_000), "more than the market has");
        assert_eq!(market.of(2_000_000), "more than the market has");
    }

    #[cfg(feature = "node")]
    /// The figures of a real chain: its market before a purchase, and what the purchase took.
    #[test]
    fn a_purchase_on_a_real_chain_cost_as_much() {
        let quote = Amount::parse("1000000.0000 SYS").expect("an amount");
        let base = 68_719_476_736;
        let market = RamPrice::Market { quote, base };
        assert_eq!(market.of(1_000_000), "14.6252 SYS");
    }
}
