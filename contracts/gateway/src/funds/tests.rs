//! How invoices are counted (bounds).

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use antelope_contract::host::{Host, with_host};
use coop_model::refusal::Refusal;

use super::*;
use crate::payment::status;

/// A chain that only fails.
struct Chain;

impl Host for Chain {
    fn eosio_assert_message(&mut self, condition: u32, message: &[u8]) {
        assert!(condition != 0, "{}", String::from_utf8_lossy(message));
    }
}

const CONFIG: Config = Config {
    chain_id: Checksum256([1; 32]),
    registrator: name!("registrator"),
    soviet: name!("soviet"),
    gateway: name!("gateway"),
};

/// What an invoice counts against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Share {
    /// Signed by the cooperative.
    Own,
    /// Asked for by the person alone.
    Alone,
    /// Of another contract.
    Foreign,
}

fn invoice(share: Share) -> Payment {
    let contract = match share {
        Share::Own => CONFIG.gateway,
        Share::Alone => CONFIG.registrator,
        Share::Foreign => name!("shop"),
    };
    Payment {
        id: 1,
        username: name!("nolifarubime"),
        hash: Checksum256([7; 32]),
        status: status::PENDING,
        quantity: asset!("1.00 RUB"),
        callback_contract: contract,
        confirm_callback: name!("paid"),
        decline_callback: name!("unpaid"),
        created_at: TimePoint::default(),
        expires_at: TimePoint::default(),
        kind: name!("joincoop"),
        authorized_by: Name::EMPTY,
        is_alone: share == Share::Alone,
        is_overdue: false,
    }
}

fn empty() -> Funds {
    Funds::new(name!("zarechyekoop"), symbol!("2,RUB"))
}

fn filled(share: Share, times: u32) -> Funds {
    let mut funds = empty();
    for _ in 0..times {
        count_invoice_in(&CONFIG, &mut funds, &invoice(share));
    }
    funds
}

/// Counts one more in, or says with which text the action fails.
fn count_in(funds: &mut Funds, share: Share) -> Result<(), String> {
    let run = || {
        with_host(Rc::new(RefCell::new(Chain)), || {
            count_invoice_in(&CONFIG, funds, &invoice(share));
        });
    };
    catch_unwind(AssertUnwindSafe(run)).map_err(|panic| *panic.downcast().expect("a text"))
}

fn refused(refusal: Refusal) -> Result<(), String> {
    Err(refusal.text.to_owned())
}

#[test]
fn bounds_each_share_of_invoices_ends_at_its_limit() {
    for (share, limit, refusal) in [
        (
            Share::Own,
            parameters::MAX_INVOICES,
            refusal::TOO_MANY_INVOICES,
        ),
        (
            Share::Alone,
            parameters::MAX_INVOICES_ALONE,
            refusal::TOO_MANY_ALONE,
        ),
        (
            Share::Foreign,
            parameters::MAX_INVOICES_FOREIGN,
            refusal::TOO_MANY_FOREIGN,
        ),
    ] {
        let mut funds = filled(share, limit - 1);
        assert_eq!(count_in(&mut funds, share), Ok(()), "{share:?} at {limit}");
        let mut full = funds.clone();
        assert_eq!(count_in(&mut full, share), refused(refusal), "{share:?}");
        count_invoice_out(&CONFIG, &mut funds, &invoice(share));
        assert_eq!(count_in(&mut funds, share), Ok(()), "one is paid");
    }
}

#[test]
fn bounds_a_full_share_of_invoices_leaves_room_for_the_others() {
    let mut alone = filled(Share::Alone, parameters::MAX_INVOICES_ALONE);
    assert_eq!(count_in(&mut alone, Share::Own), Ok(()));
    assert_eq!(count_in(&mut alone, Share::Foreign), Ok(()));
    let mut foreign = filled(Share::Foreign, parameters::MAX_INVOICES_FOREIGN);
    assert_eq!(count_in(&mut foreign, Share::Own), Ok(()));
    assert_eq!(count_in(&mut foreign, Share::Alone), Ok(()));
    let mut own = filled(Share::Own, parameters::MAX_INVOICES);
    assert_eq!(count_in(&mut own, Share::Foreign), Ok(()));
    assert_eq!(
        count_in(&mut own, Share::Alone),
        refused(refusal::TOO_MANY_INVOICES)
    );
}

#[test]
fn bounds_what_was_counted_in_is_counted_out() {
    for share in [Share::Own, Share::Alone, Share::Foreign] {
        let mut funds = filled(share, 3);
        for _ in 0..3 {
            assert_ne!(funds, empty(), "{share:?}");
            count_invoice_out(&CONFIG, &mut funds, &invoice(share));
        }
        assert_eq!(funds, empty(), "{share:?}");
    }
}

#[test]
fn money_that_is_overdue_bars_every_invoice() {
    for share in [Share::Own, Share::Alone, Share::Foreign] {
        let mut funds = empty();
        funds.overdue = 1;
        assert_eq!(
            count_in(&mut funds, share),
            refused(refusal::OVERDUE_FIRST),
            "{share:?}"
        );
    }
}
