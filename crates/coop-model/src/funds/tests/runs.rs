//! Random runs of steps over the funds of a cooperative and over a wallet.

use super::*;

/// Small sums, which often fit together, and the edges of what an asset holds.
fn amount() -> impl Strategy<Value = i64> {
    prop_oneof![
        6 => 1..1_000i64,
        1 => Just(MAX - 1),
        1 => Just(MAX),
        1 => 1..=MAX,
    ]
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Receive(i64),
    Distribute(i64, i64),
    GiveBack(i64),
    PayOut(i64),
    Accept(i64),
    HandBack(i64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        2 => amount().prop_map(Step::Receive),
        2 => (amount(), amount()).prop_map(|(entrance, share)| Step::Distribute(entrance, share)),
        1 => amount().prop_map(Step::GiveBack),
        1 => amount().prop_map(Step::PayOut),
        1 => amount().prop_map(Step::Accept),
        1 => amount().prop_map(Step::HandBack),
    ]
}

impl Step {
    /// Takes the step; what leaves a wallet as property was blocked there as property.
    fn take(self, funds: &mut Funds) -> Result<(), Refusal> {
        match self {
            Self::Receive(sum) => funds.receive(rub(sum)),
            Self::Distribute(entrance, share) => funds.distribute(rub(entrance), rub(share)),
            Self::GiveBack(sum) => funds.give_back(rub(sum)),
            Self::PayOut(sum) => {
                money::rest(money::rest(funds.share, funds.property()?)?, rub(sum))?;
                funds.pay_out(rub(sum))
            }
            Self::Accept(sum) => funds.accept(rub(sum)),
            Self::HandBack(sum) => {
                money::rest(funds.property()?, rub(sum))?;
                funds.hand_back(rub(sum))
            }
        }
    }
}

#[derive(Clone, Copy, Debug)]
enum Move {
    AddProperty(i64),
    BlockMoney(i64),
    UnblockMoney(i64),
    BlockProperty(i64),
    UnblockProperty(i64),
    Release(i64),
}

/// A wallet's processes: what is unblocked or released was blocked, as money or as property.
#[derive(Default)]
struct Returns {
    money: i64,
    property: i64,
}

fn wallet_move() -> impl Strategy<Value = Move> {
    prop_oneof![
        amount().prop_map(Move::AddProperty),
        amount().prop_map(Move::BlockMoney),
        amount().prop_map(Move::UnblockMoney),
        amount().prop_map(Move::BlockProperty),
        amount().prop_map(Move::UnblockProperty),
        amount().prop_map(Move::Release),
    ]
}

impl Move {
    /// Takes the step, with the sums of processes that are open; changes them only when it is done.
    fn take(self, wallet: &mut Wallet, open: &mut Returns) -> Result<(), Refusal> {
        match self {
            Self::AddProperty(sum) => wallet.add_property(rub(sum)),
            Self::BlockMoney(sum) => {
                wallet.block_money(rub(sum))?;
                open.money += sum;
                Ok(())
            }
            Self::BlockProperty(sum) => {
                wallet.block_property(rub(sum))?;
                open.property += sum;
                Ok(())
            }
            Self::UnblockMoney(sum) => {
                let sum = sum.min(open.money);
                wallet.unblock_money(rub(sum))?;
                open.money -= sum;
                Ok(())
            }
            Self::UnblockProperty(sum) => {
                let sum = sum.min(open.property);
                wallet.unblock_property(rub(sum))?;
                open.property -= sum;
                Ok(())
            }
            Self::Release(sum) => {
                let sum = sum.min(open.money);
                wallet.release(rub(sum))?;
                open.money -= sum;
                Ok(())
            }
        }
    }
}

proptest! {
    #[test]
    fn money_identity_holds_and_nothing_is_below_zero(
        steps in proptest::collection::vec(step(), 0..80)
    ) {
        let mut funds = funds();
        for step in steps {
            let mut next = funds.clone();
            match step.take(&mut next) {
                Ok(()) => funds = next,
                // What there is not enough of is seen before anything is written.
                Err(refusal::NOT_ENOUGH) => prop_assert_eq!(&next, &funds),
                // An action fails here, so what is half done is never stored.
                Err(refused) => prop_assert_eq!(refused, refusal::TOO_MUCH),
            }
            let [entrance, share, processing, incoming, outgoing, accepted, handed_back] =
                sums_of(&funds).map(i128::from);
            prop_assert_eq!(
                entrance + share + processing,
                incoming - outgoing + accepted - handed_back
            );
            for sum in sums_of(&funds) {
                prop_assert!((0..=MAX).contains(&sum));
            }
            prop_assert_eq!(
                funds.property().map(|it| i128::from(it.amount)),
                Ok(accepted - handed_back)
            );
            prop_assert!(accepted - handed_back <= share && outgoing <= incoming);
        }
    }

    #[test]
    fn money_blocked_in_a_wallet_is_the_sum_of_open_returns(
        minimum in 0..1_000i64,
        available in prop_oneof![0..5_000i64, Just(MAX - 1_000)],
        moves in proptest::collection::vec(wallet_move(), 0..80)
    ) {
        let mut wallet = wallet();
        wallet.minimum = rub(minimum);
        wallet.available = rub(available);
        let mut open = Returns::default();
        for step in moves {
            let before = wallet.clone();
            let mut next = wallet.clone();
            match step.take(&mut next, &mut open) {
                // The share fund, which holds every wallet, refuses a share that does not fit.
                Ok(()) if next.total().is_ok() => wallet = next,
                Ok(()) => prop_assert!(matches!(step, Move::AddProperty(_))),
                Err(_) => prop_assert_eq!(&next, &wallet, "a refused step changed the wallet"),
            }
            let [_, available, blocked, in_kind] = sums_in(&wallet);
            prop_assert_eq!(blocked, open.money + open.property);
            prop_assert!(0 <= in_kind && in_kind <= available && blocked >= 0);
            prop_assert_eq!(wallet.minimum.amount, minimum);
            let grown = i128::from(wallet.total().unwrap().amount)
                - i128::from(before.total().unwrap().amount);
            match step {
                Move::AddProperty(sum) => prop_assert!(grown == 0 || grown == i128::from(sum)),
                Move::Release(_) => prop_assert!(grown <= 0),
                _ => prop_assert_eq!(grown, 0),
            }
        }
    }
}
