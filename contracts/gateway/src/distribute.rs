//! What a decision does with money that was paid for it.

use antelope_contract::prelude::*;
use coop_model::people::Participant;
use coop_model::refusal::{money as amounts, payment as refusal};
use coop_model::{Config, money, must, require_sender};

use crate::payment::status;
use crate::{funds, payment, wallet};

/// How a received payment is distributed.
pub(crate) struct Parts {
    pub(crate) entrance: Asset,
    pub(crate) minimum: Asset,
    pub(crate) available: Asset,
}

/// A received payment goes to the entrance fund and to the participant's wallet; only the code of
/// the contract that owns the process may ask, and only registrator gives minimum shares.
pub(crate) fn distribute(
    coopname: Name,
    username: Name,
    hash: Checksum256,
    parts: &Parts,
    contract: Name,
) {
    require_sender(contract);
    let config = Config::load();
    let row = payment::find(coopname, hash);
    row.require_owner(contract);
    row.require_status(status::RECEIVED);
    row.require_of(username);
    let funds = funds::of(coopname);
    let &Parts {
        entrance,
        minimum,
        available,
    } = parts;
    for part in [entrance, minimum, available] {
        check!(part.symbol == funds.symbol(), amounts::ANOTHER_SYMBOL);
        check!(part.amount >= 0, amounts::NOT_POSITIVE);
    }
    check!(
        minimum.amount == 0 || contract == config.registrator,
        refusal::MINIMUM_OF_ANOTHER
    );
    check!(
        Participant::find(&config, coopname, username).is_some(),
        coop_model::refusal::people::NOT_A_PARTICIPANT
    );
    let share = must(money::sum(minimum, available));
    row.require_exactly(must(money::sum(entrance, share)));
    row.remove();
    let symbol = funds.symbol();
    funds.update(Payer::Same, |funds| must(funds.distribute(entrance, share)));
    if share.amount > 0 {
        wallet::of_or_new(coopname, receiver(), username, symbol).update(Payer::Same, |wallet| {
            wallet.minimum = must(money::sum(wallet.minimum, minimum));
            wallet.available = must(money::sum(wallet.available, available));
        });
    }
}
