//! What RAM costs: a price given, or that of a chain's market.

use std::time::Duration;

use serde::Deserialize;
use serde_json::json;

use crate::failure::Failure;

/// A price of RAM.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum RamPrice {
    /// So much for each KiB.
    PerKib(Amount),
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
    precision: usize,
    symbol: String,
}

impl RamPrice {
    /// A price for a KiB, such as `0.0175 EOS`.
    pub(crate) fn parse(text: &str) -> Result<Self, Box<Failure>> {
        Amount::parse(text).map(Self::PerKib).ok_or_else(|| {
            let message = format!("RAM price {text:?}, expected an asset such as \"0.0175 EOS\"");
            Box::new(Failure::new("usage.ram-price", message))
        })
    }

    /// The price on the chain of a node, by its address.
    pub(crate) fn of_node(url: &str) -> Result<Self, Box<Failure>> {
        let failed = |code: &str, what: String| {
            let hint = "--ram-price gives a price by hand".to_owned();
            let failure = Failure::new(code, format!("no RAM price from {url}: {what}"));
            Box::new(Failure {
                hint: Some(hint),
                ..failure
            })
        };
        let agent = ureq::Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(10)))
            .build()
            .new_agent();
        let request = json!({
            "json": true,
            "code": "eosio",
            "scope": "eosio",
            "table": "rammarket",
            "limit": 1,
        });
        let path = format!("{}/v1/chain/get_table_rows", url.trim_end_matches('/'));
        let rows: Rows = agent
            .post(&path)
            .send_json(&request)
            .and_then(|mut answer| answer.body_mut().read_json())
            .map_err(|error| failed("node", error.to_string()))?;
        rows.price()
            .ok_or_else(|| failed("node.ram-market", "the chain has no RAM market".to_owned()))
    }

    /// What so many bytes cost; for each KiB rounded up, on a market what `buyrambytes` takes: a
    /// purchase moves the price, half a per cent goes to the chain, and fractions are cut.
    pub(crate) fn of(&self, bytes: u64) -> String {
        let bytes = u128::from(bytes);
        match self {
            Self::PerKib(price) => price.with((u128::from(price.units) * bytes).div_ceil(1024)),
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

/// The answer of `get_table_rows` on `rammarket`.
#[derive(Debug, Deserialize)]
struct Rows {
    rows: Vec<Market>,
}

#[derive(Debug, Deserialize)]
struct Market {
    base: Pool,
    quote: Pool,
}

#[derive(Debug, Deserialize)]
struct Pool {
    balance: String,
}

impl Rows {
    fn price(self) -> Option<RamPrice> {
        let market = self.rows.into_iter().next()?;
        Some(RamPrice::Market {
            quote: Amount::parse(&market.quote.balance)?,
            base: Amount::parse(&market.base.balance)?.units,
        })
    }
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

    #[test]
    fn a_market_gives_the_price_of_a_purchase_with_its_fee() {
        let row = r#"{ "rows": [{
            "supply": "10000000000.0000 RAMCORE",
            "base": { "balance": "1000000 RAM", "weight": "0.50000000000000000" },
            "quote": { "balance": "1000.0000 EOS", "weight": "0.50000000000000000" }
        }], "more": false, "next_key": "" }"#;
        let rows: Rows = serde_json::from_str(row).expect("the node's form");
        let market = rows.price().expect("a market");
        // 1000.0000 x 200000 / 800000 = 250.0000, and 250 / 0.995.
        assert_eq!(market.of(200_000), "251.2562 EOS");
        assert_eq!(market.of(0), "0.0000 EOS");
        assert_eq!(market.of(1_000_000), "more than the market has");
        assert_eq!(market.of(2_000_000), "more than the market has");
    }

    /// The figures of a real chain: its market before a purchase, and what the purchase took.
    #[test]
    fn a_purchase_on_a_real_chain_cost_as_much() {
        let quote = Amount::parse("1000000.0000 SYS").expect("an amount");
        let base = 68_719_476_736;
        let market = RamPrice::Market { quote, base };
        assert_eq!(market.of(1_000_000), "14.6252 SYS");
    }

    #[test]
    fn a_chain_without_a_market_has_no_price() {
        let rows: Rows = serde_json::from_str(r#"{ "rows": [] }"#).expect("the node's form");
        assert_eq!(rows.price(), None);
    }
}
