//! The sums of a cooperative hold over any run of payments.

use proptest::prelude::*;

use super::*;

const RUB: Symbol = symbol!("2,RUB");

fn rub(amount: i64) -> Asset {
    Asset::from_raw(amount, RUB)
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Receive(i64),
    Distribute(i64, i64),
    GiveBack(i64),
}

fn step() -> impl Strategy<Value = Step> {
    let amount = || prop_oneof![1..1_000i64, Just(Asset::MAX_AMOUNT)];
    prop_oneof![
        amount().prop_map(Step::Receive),
        (amount(), amount()).prop_map(|(entrance, minimum)| Step::Distribute(entrance, minimum)),
        amount().prop_map(Step::GiveBack),
    ]
}

fn balance(funds: &Funds) -> (i128, i128) {
    let value = |asset: Asset| i128::from(asset.amount);
    (
        value(funds.entrance) + value(funds.share) + value(funds.processing),
        value(funds.incoming) - value(funds.outgoing),
    )
}

#[test]
fn money_in_processing_goes_to_the_funds_or_back() {
    let mut funds = Funds::new(name!("zarechyekoop"), RUB);
    funds.receive(rub(400)).unwrap();
    funds.receive(rub(400)).unwrap();
    funds.distribute(rub(100), rub(300)).unwrap();
    funds.give_back(rub(400)).unwrap();
    let sums = [
        funds.entrance,
        funds.share,
        funds.processing,
        funds.incoming,
        funds.outgoing,
    ];
    assert_eq!(sums.map(|sum| sum.amount), [100, 300, 0, 800, 400]);
}

#[test]
fn more_than_is_in_processing_goes_nowhere() {
    let mut funds = Funds::new(name!("zarechyekoop"), RUB);
    funds.receive(rub(400)).unwrap();
    let less = Err(crate::refusal::money::NOT_ENOUGH);
    assert_eq!(funds.give_back(rub(401)), less);
    assert_eq!(funds.distribute(rub(101), rub(300)), less);
}

#[test]
fn money_of_another_symbol_is_refused() {
    let mut funds = Funds::new(name!("zarechyekoop"), RUB);
    for other in [asset!("1.000 RUB"), asset!("1.00 USD")] {
        assert!(funds.receive(other).is_err());
        assert!(funds.give_back(other).is_err());
        assert!(funds.distribute(other, other).is_err());
    }
}

proptest! {
    #[test]
    fn the_sums_always_agree_and_nothing_is_below_zero(
        steps in proptest::collection::vec(step(), 0..80)
    ) {
        let mut funds = Funds::new(name!("zarechyekoop"), RUB);
        for step in steps {
            let mut next = funds.clone();
            let done = match step {
                Step::Receive(sum) => next.receive(rub(sum)),
                Step::Distribute(entrance, minimum) => next.distribute(rub(entrance), rub(minimum)),
                Step::GiveBack(sum) => next.give_back(rub(sum)),
            };
            // A refused step aborts its transaction, so what it left half done is never stored.
            if done.is_ok() {
                funds = next;
            }
            let (held, flow) = balance(&funds);
            prop_assert_eq!(held, flow);
            for sum in [funds.entrance, funds.share, funds.processing, funds.incoming, funds.outgoing] {
                prop_assert!(sum.amount >= 0 && sum.is_valid());
            }
        }
    }
}
