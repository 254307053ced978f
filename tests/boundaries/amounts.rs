//! Every action that takes an amount, with amounts at the edges of what 64 bits hold.

use std::collections::BTreeSet;

use antelope_types::{Asset, Symbol, asset, name};
use coop_model::catalogue::registry;
use coop_model::parameters::MAX_AMOUNT;
use coop_model::refusal::{self, Refusal};
use coop_model::{AccountPolicy, Charter, CoopParams};

use crate::scenarios::world::{Chain, Coop, Draft, ENTRANCE_AND_MINIMUM, Foreign, Outcome, fees};

/// The tests below, by the actions that they try.
const TRIED: [&str; 11] = [
    "createinpay",
    "createoutpay",
    "distribute",
    "incomplete",
    "init",
    "outcomplete",
    "regcoop",
    "returnmoney",
    "setpolicy",
    "sharemoney",
    "shareprop",
];

/// Tried with the same amounts by `regcoop`, through the same structure.
const AS_REGCOOP: &str = "updatecoop";

fn rouble() -> Symbol {
    ENTRANCE_AND_MINIMUM.symbol
}

fn roubles(amount: i64) -> Asset {
    Asset::from_raw(amount, rouble())
}

/// Amounts that nothing is worth, and why each is refused.
fn wrong() -> Vec<(Asset, Refusal)> {
    let (small, large) = (refusal::money::NOT_POSITIVE, refusal::money::ABOVE_BOUND);
    let another = refusal::money::ANOTHER_SYMBOL;
    let edge = Asset::MAX_AMOUNT;
    assert_eq!(edge, (1 << 62) - 1);
    let mut all: Vec<_> = [i64::MIN, -edge - 1, -edge, -MAX_AMOUNT, -1, 0]
        .map(|amount| (roubles(amount), small))
        .to_vec();
    all.extend([MAX_AMOUNT + 1, edge, edge + 1, i64::MAX].map(|amount| (roubles(amount), large)));
    // Another currency, other precisions, no symbol at all.
    let others = ["2,USD", "4,RUB", "0,RUB", "2,RUBL"].map(|text| text.parse().expect("a symbol"));
    all.extend(others.map(|symbol| (Asset::from_raw(1, symbol), another)));
    all.push((Asset::from_raw(1, Symbol::from_raw(0)), another));
    all
}

/// The least and the most that is taken.
const TAKEN: [i64; 2] = [1, MAX_AMOUNT];

#[track_caller]
fn refused(outcome: Outcome, refusal: Refusal, amount: Asset) {
    let error = outcome.0.expect_err("accepted");
    let found = error.assertion();
    assert_eq!(found, Some(refusal.text), "{amount:?}: {error}");
}

#[test]
fn money_at_the_edges_is_tried_with_every_action_that_takes_some() {
    let mut there = BTreeSet::new();
    for package in ["registrator", "soviet", "gateway"] {
        let abi = veche_tests::built(package).abi.definition();
        let fields = |name: &str| {
            let found = abi.structs.iter().find(|one| one.name == name);
            found.map_or(&[][..], |found| &found.fields)
        };
        let has_asset = |name: &str| {
            fields(name).iter().any(|field| {
                field.ty == "asset" || fields(&field.ty).iter().any(|inner| inner.ty == "asset")
            })
        };
        let actions = abi.actions.iter().filter(|action| has_asset(&action.ty));
        there.extend(actions.map(|action| action.name.to_string()));
    }
    let tried = TRIED.into_iter().chain([AS_REGCOOP]).map(str::to_owned);
    assert_eq!(there, tried.collect());
}

/// One of the four fees is replaced.
type Fee = (&'static str, fn(&mut CoopParams) -> &mut Asset);

const FEES: [Fee; 4] = [
    ("initial", |params| &mut params.initial),
    ("minimum", |params| &mut params.minimum),
    ("org_initial", |params| &mut params.org_initial),
    ("org_minimum", |params| &mut params.org_minimum),
];

#[test]
fn money_of_fees_is_within_its_bounds() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let before = coop.row();
    let register = |params| {
        let account = chain.account();
        let action = coop
            .registrator(&account)
            .regcoop(
                account.name,
                params,
                Charter::default(),
                chain.unique_hash(),
            )
            .to_action();
        chain.push(vec![action], &[&account])
    };
    let update = |params| {
        let action = coop
            .registrator(&coop.account)
            .updatecoop(coop.name(), params)
            .to_action();
        chain.push(vec![action], &[&coop.account])
    };
    for (field, fee) in FEES {
        for (amount, why) in wrong() {
            let mut params = fees();
            *fee(&mut params) = amount;
            // The first fee says which currency it is: one that is none is refused as such.
            let is_none = field == "initial" && amount.symbol == Symbol::from_raw(0);
            let why = if is_none {
                refusal::money::SYMBOL_INVALID
            } else {
                why
            };
            refused(register(params), why, amount);
            refused(update(params), why, amount);
        }
    }
    assert_eq!(coop.row(), before);
    for amount in TAKEN {
        let mut params = fees();
        for (_, fee) in FEES {
            *fee(&mut params) = roubles(amount);
        }
        register(params).accepted();
        update(params).accepted();
    }
}

#[test]
fn money_of_a_contribution_is_within_its_bounds() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let person = coop.admitted();
    let offer = |quantity| {
        let id = registry::MONEY_STATEMENT;
        let statement = Draft::money(&coop, id, person.name, quantity).signed_by(chain, &[&person]);
        coop.offer_money(&person, &person, quantity, &statement)
    };
    let before = (coop.funds(), coop.wallet(&person));
    for (amount, why) in wrong() {
        refused(offer(amount), why, amount);
        refused(coop.try_share_property(&person, amount), why, amount);
        refused(coop.try_return_money(&person, amount).0, why, amount);
    }
    assert_eq!((coop.funds(), coop.wallet(&person)), before);
    for amount in TAKEN.map(roubles) {
        offer(amount).accepted();
        coop.try_share_property(&person, amount).accepted();
    }
}

#[test]
fn money_at_the_edges_comes_exactly_is_asked_back_and_goes_exactly() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let person = coop.admitted();
    for sum in TAKEN.map(roubles) {
        let hash = coop.share_money(&person, sum);
        let exactly = refusal::payment::NOT_EXACTLY;
        let others = || {
            let near = [roubles(sum.amount - 1), roubles(sum.amount + 1)];
            let wrong = wrong().into_iter().map(|(amount, _)| amount);
            wrong.chain(near).filter(|amount| *amount != sum)
        };
        for amount in others() {
            refused(coop.comes(hash, amount), exactly, amount);
        }
        coop.comes(hash, sum).accepted();
        coop.decide(&coop.question_of(hash));
        // A unit more than there is, if a return can be so large at all.
        let more = roubles(sum.amount + 1);
        let too_much = match sum.amount {
            MAX_AMOUNT => refusal::money::ABOVE_BOUND,
            _ => refusal::money::NOT_ENOUGH,
        };
        refused(coop.try_return_money(&person, more).0, too_much, more);
        let question = coop.return_money(&person, sum);
        coop.decide(&question);
        for amount in others() {
            refused(coop.goes(question.hash, amount), exactly, amount);
        }
        coop.goes(question.hash, sum).accepted();
        coop.check_books();
    }
    assert_eq!(coop.shares(&person), (300, 0, 0));
}

#[test]
fn money_of_other_contracts_is_within_the_same_bounds() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let owner = Foreign::of(&coop);
    let person = coop.admitted();
    let callbacks = (name!("paid"), name!("unpaid"));
    let invoice = |sum| {
        let hash = chain.unique_hash();
        (
            owner.invoice(&coop, person.name, hash, sum, callbacks),
            hash,
        )
    };
    for (amount, why) in wrong() {
        refused(invoice(amount).0, why, amount);
    }
    let back = |hash, sum| owner.send_back(&coop, person.name, hash, sum);
    let distribute = |hash, [entrance, minimum, available]: [Asset; 3]| {
        let gateway = coop.gateway(&owner.account);
        let action = gateway
            .distribute(
                coop.name(),
                person.name,
                hash,
                entrance,
                minimum,
                available,
                owner.account.name,
            )
            .to_action();
        owner.send(&action)
    };
    let zero = roubles(0);
    for sum in TAKEN.map(roubles) {
        let (outcome, hash) = invoice(sum);
        outcome.accepted();
        coop.comes(hash, sum).accepted();
        for (amount, _) in wrong() {
            refused(back(hash, amount), refusal::payment::NOT_EXACTLY, amount);
            // In each of the three places, beside what would make the sum right.
            for place in [0, 2] {
                let mut parts = [zero; 3];
                parts[2 - place] = sum;
                parts[place] = amount;
                let why = match amount {
                    amount if amount.symbol != rouble() => refusal::money::ANOTHER_SYMBOL,
                    amount if amount.amount < 0 => refusal::money::NOT_POSITIVE,
                    // A part may be nothing, and then the others are the sum.
                    amount if amount.amount == 0 => continue,
                    amount if amount.amount > Asset::MAX_AMOUNT - sum.amount => {
                        refusal::money::TOO_MUCH
                    }
                    _ => refusal::payment::NOT_EXACTLY,
                };
                refused(distribute(hash, parts), why, amount);
            }
        }
        distribute(hash, [sum, zero, zero]).accepted();
        coop.check_books();
    }
}

#[test]
fn money_of_stakes_is_not_below_zero_and_in_one_currency() {
    let chain = &Chain::own();
    let operator = &chain.registrator;
    let core: Symbol = "4,EOS".parse().expect("a symbol");
    let set = |stake_net, stake_cpu| {
        let policy = AccountPolicy {
            ram_bytes: u32::MAX,
            stake_net,
            stake_cpu,
        };
        let action = coop_model::clients::Registrator::at(operator.name)
            .signed_by(operator.active())
            .setpolicy(policy)
            .to_action();
        chain.push(vec![action], &[operator])
    };
    let stake = |amount| Asset::from_raw(amount, core);
    for amount in [i64::MIN, -Asset::MAX_AMOUNT, -1] {
        let negative = refusal::account::NEGATIVE_STAKE;
        refused(set(stake(amount), stake(1)), negative, stake(amount));
        refused(set(stake(1), stake(amount)), negative, stake(amount));
    }
    for other in [asset!("1.0000 RUB"), asset!("1.00 EOS")] {
        refused(set(stake(1), other), refusal::account::TWO_SYMBOLS, other);
        refused(set(other, stake(1)), refusal::account::TWO_SYMBOLS, other);
    }
    for amount in [0, 1, Asset::MAX_AMOUNT] {
        set(stake(amount), stake(amount)).accepted();
    }
}
