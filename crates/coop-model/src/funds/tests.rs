//! The sums of a cooperative and of its wallets hold over any run of steps, up to the largest asset.

use super::*;
use crate::refusal::money as refusal;
use proptest::prelude::*;

mod runs;

const RUB: Symbol = symbol!("2,RUB");
const MAX: i64 = Asset::MAX_AMOUNT;

fn rub(amount: i64) -> Asset {
    Asset::from_raw(amount, RUB)
}

fn funds() -> Funds {
    Funds::new(name!("zarechyekoop"), RUB)
}

fn wallet() -> Wallet {
    Wallet::new(name!("nolifarubime"), RUB)
}

fn sums_of(funds: &Funds) -> [i64; 7] {
    [
        funds.entrance,
        funds.share,
        funds.processing,
        funds.incoming,
        funds.outgoing,
        funds.accepted,
        funds.handed_back,
    ]
    .map(|sum| sum.amount)
}

/// Minimum, available, blocked, and the property in what is available.
fn sums_in(wallet: &Wallet) -> [i64; 4] {
    [
        wallet.minimum,
        wallet.available,
        wallet.blocked,
        wallet.in_kind,
    ]
    .map(|sum| sum.amount)
}

#[test]
fn money_in_processing_goes_to_the_funds_or_back() {
    let mut funds = funds();
    funds.receive(rub(400)).unwrap();
    funds.receive(rub(400)).unwrap();
    funds.distribute(rub(100), rub(300)).unwrap();
    funds.give_back(rub(400)).unwrap();
    assert_eq!(sums_of(&funds), [100, 300, 0, 800, 400, 0, 0]);
    funds.pay_out(rub(300)).unwrap();
    assert_eq!(sums_of(&funds), [100, 0, 0, 800, 700, 0, 0]);
}

#[test]
fn money_and_property_become_shares_and_leave() {
    let mut funds = funds();
    funds.accept(rub(50)).unwrap();
    funds.accept(rub(20)).unwrap();
    funds.hand_back(rub(50)).unwrap();
    assert_eq!(sums_of(&funds), [0, 20, 0, 0, 0, 70, 50]);
    assert_eq!(funds.property(), Ok(rub(20)));
}

#[test]
fn money_more_than_there_is_goes_nowhere() {
    let mut funds = funds();
    funds.receive(rub(800)).unwrap();
    funds.distribute(rub(100), rub(300)).unwrap();
    let before = funds.clone();
    let less = Err(refusal::NOT_ENOUGH);
    assert_eq!(funds.give_back(rub(401)), less);
    assert_eq!(funds.distribute(rub(101), rub(300)), less);
    assert_eq!(funds.distribute(rub(0), rub(401)), less);
    assert_eq!(funds.pay_out(rub(301)), less);
    assert_eq!(funds.hand_back(rub(301)), less);
    assert_eq!(funds, before);
}

#[test]
fn money_of_another_symbol_is_refused() {
    let mut funds = funds();
    let mut wallet = wallet();
    funds.receive(rub(400)).unwrap();
    let before = (funds.clone(), wallet.clone());
    for other in [asset!("1.000 RUB"), asset!("1.00 USD")] {
        let refused = [
            funds.receive(other),
            funds.give_back(other),
            funds.distribute(other, other),
            funds.distribute(rub(1), other),
            funds.pay_out(other),
            funds.accept(other),
            funds.hand_back(other),
            wallet.block_money(other),
            wallet.unblock_money(other),
            wallet.block_property(other),
            wallet.unblock_property(other),
            wallet.add_property(other),
            wallet.release(other),
        ];
        assert_eq!(refused, [Err(refusal::ANOTHER_SYMBOL); 13]);
    }
    assert_eq!((funds, wallet), before);
}

#[test]
fn money_of_the_largest_asset_fits_and_one_more_does_not() {
    let mut full = funds();
    full.receive(rub(MAX)).unwrap();
    assert_eq!(full.receive(rub(1)), Err(refusal::TOO_MUCH));
    assert_eq!(sums_of(&full), [0, 0, MAX, MAX, 0, 0, 0]);
    assert_eq!(full.distribute(rub(MAX), rub(1)), Err(refusal::TOO_MUCH));
    full.distribute(rub(MAX - 1), rub(1)).unwrap();
    assert_eq!(full.accept(rub(MAX)), Err(refusal::TOO_MUCH));
    full.accept(rub(MAX - 1)).unwrap();
    full.hand_back(rub(MAX - 1)).unwrap();
    full.pay_out(rub(1)).unwrap();
    assert_eq!(sums_of(&full), [MAX - 1, 0, 0, MAX, 1, MAX - 1, MAX - 1]);
    assert_eq!(full.property(), Ok(rub(0)));
}

#[test]
fn money_never_goes_below_zero_to_the_least_asset() {
    for amount in [1, MAX - 1, MAX] {
        let mut funds = funds();
        let mut wallet = wallet();
        let refused = [
            funds.give_back(rub(amount)),
            funds.pay_out(rub(amount)),
            funds.hand_back(rub(amount)),
            funds.distribute(rub(amount), rub(0)),
            wallet.block_money(rub(amount)),
            wallet.unblock_money(rub(amount)),
            wallet.block_property(rub(amount)),
            wallet.unblock_property(rub(amount)),
            wallet.release(rub(amount)),
        ];
        assert_eq!(refused, [Err(refusal::NOT_ENOUGH); 9], "{amount}");
        assert_eq!(sums_of(&funds), [0; 7]);
        assert_eq!(sums_in(&wallet), [0; 4]);
    }
}

#[test]
fn money_is_asked_back_as_money_and_property_as_property() {
    let mut wallet = wallet();
    wallet.minimum = rub(300);
    wallet.available = rub(100);
    wallet.add_property(rub(40)).unwrap();
    assert_eq!(sums_in(&wallet), [300, 140, 0, 40]);
    assert_eq!(wallet.block_money(rub(101)), Err(refusal::NOT_ENOUGH));
    assert_eq!(wallet.block_property(rub(41)), Err(refusal::NOT_ENOUGH));
    wallet.block_money(rub(100)).unwrap();
    wallet.block_property(rub(40)).unwrap();
    assert_eq!(sums_in(&wallet), [300, 0, 140, 0]);
    assert_eq!(wallet.total(), Ok(rub(440)));
    wallet.unblock_property(rub(40)).unwrap();
    wallet.release(rub(100)).unwrap();
    assert_eq!(sums_in(&wallet), [300, 40, 0, 40]);
    assert_eq!(wallet.block_money(rub(1)), Err(refusal::NOT_ENOUGH));
}

#[test]
fn money_in_a_wallet_reaches_the_largest_asset() {
    let mut wallet = wallet();
    wallet.add_property(rub(MAX)).unwrap();
    assert_eq!(wallet.add_property(rub(1)), Err(refusal::TOO_MUCH));
    wallet.block_property(rub(MAX)).unwrap();
    assert_eq!(sums_in(&wallet), [0, 0, MAX, 0]);
    wallet.unblock_property(rub(MAX)).unwrap();
    assert_eq!(sums_in(&wallet), [0, MAX, 0, MAX]);
    assert_eq!(wallet.total(), Ok(rub(MAX)));
    wallet.minimum = rub(1);
    assert_eq!(wallet.total(), Err(refusal::TOO_MUCH));
}
