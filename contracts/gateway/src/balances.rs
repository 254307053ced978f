//! Balances as a reader gets them: funds and wallets in one answer.

use alloc::vec::Vec;

use antelope_contract::prelude::*;
use coop_model::funds::{Balances, Share, Wallet};
use coop_model::refusal::bounds;
use coop_model::{must, parameters, room};

use crate::funds;

/// The funds, and the wallets of up to `limit` participants from `from` on.
pub(crate) fn read(coopname: Name, from: Name, limit: u32) -> Balances {
    check!((1..=parameters::MAX_PAGE).contains(&limit), bounds::PAGE);
    let funds = funds::of(coopname);
    let mut balances = Balances {
        entrance: funds.entrance,
        share: funds.share,
        processing: funds.processing,
        property: must(funds.property()),
        incoming: funds.incoming,
        outgoing: funds.outgoing,
        wallets: Vec::with_capacity(limit as usize),
        next: Name::EMPTY,
    };
    for (row, looked_at) in Wallet::table(coopname).range(from..).zip(0..) {
        if looked_at == limit {
            balances.next = row.username;
            break;
        }
        let share = Share {
            username: row.username,
            minimum: row.minimum,
            available: row.available,
            blocked: row.blocked,
            in_kind: row.in_kind,
        };
        room::add(&mut balances.wallets, share);
    }
    balances
}
