//! What NET and CPU cost on a chain: how much to stake, or to rent by `powerup`.
//!
//! An account's share of a day of the chain is its weight over the sum of all weights. A stake of one
//! unit of the core token weighs one. `powerup` lends weight that the chain has set aside (table
//! `powup.state`), by the fraction of it, at a price that rises with the fraction that is lent already.

use crate::failure::Failure;
use antelope_rpc_client::{Client, Info, TableQuery};
use antelope_types::{Asset, Symbol, name};
use serde::Deserialize;
use serde_json::Value;

/// Blocks of a day, over which usage is averaged.
const BLOCKS_OF_DAY: f64 = 172_800.0;
/// All of what can be rented.
const ALL: f64 = 1e15;
/// What is wanted is doubled: a chain's limits shrink when it is busy.
const SAFETY: f64 = 2.0;
/// The least stake that is advised, in units of the token.
const LEAST_STAKE: f64 = 1000.0;

/// NET or CPU.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Resource {
    Net,
    Cpu,
}

/// How much helps.
#[derive(Debug)]
pub(super) struct Advice {
    /// The stake, in tokens.
    pub(super) stake: Asset,
    /// The fraction to rent, in units of 10^-15, the days, and the most that it costs; none on a chain
    /// that lends nothing.
    pub(super) rent: Option<(i64, u64, Asset)>,
}

/// A resource of the table `powup.state`.
#[derive(Debug, Deserialize)]
struct Market {
    weight: Value,
    exponent: Value,
    min_price: String,
    max_price: String,
    utilization: Value,
    adjusted_utilization: Value,
}

/// What gives so many bytes or microseconds a day.
///
/// # Errors
/// Those of the client.
pub(super) fn advice(
    client: &Client,
    resource: Resource,
    needed: u64,
    core: Symbol,
) -> Result<Advice, Box<Failure>> {
    let info = client.get_info()?;
    let (capacity, total) = day(&info, resource);
    let weight = needed as f64 * SAFETY * total / capacity;
    let units = weight.max(LEAST_STAKE).ceil() as i64;
    Ok(Advice {
        stake: Asset::from_raw(units, core),
        rent: rent(client, resource, weight)?,
    })
}

/// What the chain has in a day, and the sum of all weights.
fn day(info: &Info, resource: Resource) -> (f64, f64) {
    let (block, total) = match resource {
        Resource::Net => (info.virtual_block_net_limit, info.total_net_weight),
        Resource::Cpu => (info.virtual_block_cpu_limit, info.total_cpu_weight),
    };
    ((block as f64 * BLOCKS_OF_DAY).max(1.0), total as f64)
}

/// The fraction that has this weight, and its price.
fn rent(
    client: &Client,
    resource: Resource,
    weight: f64,
) -> Result<Option<(i64, u64, Asset)>, Box<Failure>> {
    let system = name!("eosio");
    let lends = client.abi(system).is_ok_and(|abi| {
        let tables = &abi.definition().tables;
        tables.iter().any(|it| it.name == name!("powup.state"))
    });
    if !lends {
        return Ok(None);
    }
    let query = TableQuery::new(system, 0, name!("powup.state")).limit(1);
    let rows = client.get_table_rows(&query)?.rows;
    let Some(row) = rows.first() else {
        return Ok(None);
    };
    let field = match resource {
        Resource::Net => "net",
        Resource::Cpu => "cpu",
    };
    let market = serde_json::from_value::<Market>(row[field].clone()).ok();
    let least: Option<Asset> = row["min_powerup_fee"]
        .as_str()
        .and_then(|it| it.parse().ok());
    let (Some(market), Some(least)) = (market, least) else {
        return Ok(None);
    };
    let days = number(&row["powerup_days"]) as u64;
    Ok(market
        .lease(weight, least)
        .map(|(fraction, fee)| (fraction, days, fee)))
}

impl Market {
    /// The fraction that has this weight, or the least that can be rented, and a tenth more than it costs
    /// now; none where the market is empty.
    fn lease(&self, weight: f64, least: Asset) -> Option<(i64, Asset)> {
        let all = number(&self.weight);
        let mut fraction = (weight / all).max(1.0 / ALL);
        let mut fee = self.fee(fraction)?;
        while fee < least.amount as f64 && fraction < 0.5 {
            fraction *= 2.0;
            fee = self.fee(fraction)?;
        }
        if !fraction.is_finite() || number(&self.utilization) / all + fraction > 1.0 {
            return None;
        }
        let most = Asset::from_raw((fee * 1.1).ceil() as i64 + 1, least.symbol);
        Some(((fraction * ALL).ceil() as i64, most))
    }

    /// What a fraction costs, in units of the token: the price at each point of utilization, summed from
    /// what is lent now. Below the utilization of the recent past its price holds.
    fn fee(&self, fraction: f64) -> Option<f64> {
        let price = |text: &str| Some(text.parse::<Asset>().ok()?.amount as f64);
        let (min, max) = (price(&self.min_price)?, price(&self.max_price)?);
        let (all, exponent) = (number(&self.weight), number(&self.exponent));
        let at = |used: f64| min + (max - min) * used.powf(exponent - 1.0);
        let sum = |used: f64| min * used + (max - min) / exponent * used.powf(exponent);
        let begin = number(&self.utilization) / all;
        let recent = (number(&self.adjusted_utilization) / all).max(begin);
        let end = begin + fraction;
        let flat = (end.min(recent) - begin).max(0.0) * at(recent);
        let steep = if end > recent {
            sum(end) - sum(recent)
        } else {
            0.0
        };
        Some(flat + steep)
    }
}

/// A number, which nodes also write as text.
fn number(value: &Value) -> f64 {
    let text = value.as_str().and_then(|text| text.parse().ok());
    text.or_else(|| value.as_f64()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn market(utilization: i64) -> Market {
        let market = json!({
            "weight": "1000000", "exponent": "2.0", "min_price": "0.0000 SYS",
            "max_price": "100.0000 SYS", "utilization": utilization,
            "adjusted_utilization": utilization,
        });
        serde_json::from_value(market).expect("a market")
    }

    #[test]
    fn the_price_rises_with_what_is_lent() {
        // From nothing to all of it: the mean of the price, which rises straight from 0 to 100.
        assert!((market(0).fee(1.0).expect("a fee") - 500_000.0).abs() < 1.0);
        let fee = |utilization| market(utilization).fee(0.1).expect("a fee");
        assert!(fee(500_000) > 5.0 * fee(0));
    }

    #[test]
    fn as_much_is_rented_as_may_be_sold() {
        let least = Asset::parse("1.0000 SYS").expect("an asset");
        let (fraction, fee) = market(0).lease(1.0, least).expect("a lease");
        assert!(fee.amount >= least.amount && fraction > 100_000_000_000_000);
        assert!(market(999_999).lease(500_000.0, least).is_none());
    }
}
