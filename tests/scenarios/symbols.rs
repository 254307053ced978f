//! The symbol of a cooperative's money.

use antelope_types::{Asset, Symbol};
use coop_model::{CoopParams, refusal};

use super::world::{Chain, Coop, fees};

#[test]
fn money_has_a_symbol_that_exists() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    for raw in [0, 2, 0x62_75_72_02, 0x42_00_52_02] {
        let symbol = Symbol::from_raw(raw);
        let fee = |fee: Asset| Asset { symbol, ..fee };
        let params = CoopParams {
            initial: fee(fees().initial),
            minimum: fee(fees().minimum),
            org_initial: fee(fees().org_initial),
            org_minimum: fee(fees().org_minimum),
        };
        let action = coop
            .registrator(&coop.account)
            .updatecoop(coop.name(), params)
            .to_action();
        chain
            .push(vec![action], &[&coop.account])
            .refused(refusal::money::SYMBOL_INVALID);
    }
}
