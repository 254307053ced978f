//! What a decision does with the money that was paid for it.

use antelope_contract::prelude::*;
use coop_model::{Config, money, must};

use crate::{funds, payment};

/// Admission: the entrance fee goes to its fund, the minimum to the participant's share.
pub(crate) fn admission(
    coopname: Name,
    username: Name,
    hash: Checksum256,
    entrance: Asset,
    minimum: Asset,
) {
    require_auth(Config::load().registrator);
    let row = payment::find(coopname, hash);
    row.require_received();
    row.require_of(username);
    let funds = funds::of(coopname);
    money::require_amount(entrance, funds.symbol());
    money::require_amount(minimum, funds.symbol());
    row.require_exactly(must(money::sum(entrance, minimum)));
    row.remove();
    funds.update(Payer::Same, |funds| {
        must(funds.distribute(entrance, minimum))
    });
    funds::add_minimum(coopname, username, minimum);
}
