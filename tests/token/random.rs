//! An endless stream of plausible steps, the same for the same seed.

use antelope_types::{Asset, Name, Symbol, name, symbol};

use super::call::{Call, OTHER, SELF, close, create, issue, open, retire, transfer};
use super::script::PEOPLE;
use test_support::random::Random;

/// Symbols of the random steps: one code with two precisions, and one that is rarely created.
const SYMBOLS: [Symbol; 4] = [
    symbol!("4,RAN"),
    symbol!("2,RAN"),
    symbol!("0,DOM"),
    symbol!("3,SELDOM"),
];

/// What comes first: tokens that exist and are held, so that most steps have something to do.
pub fn beginning() -> Vec<Vec<Call>> {
    let [ran, _, dom, _] = SYMBOLS;
    let mut steps = Vec::new();
    for (symbol, issuer) in [(ran, PEOPLE[0]), (dom, PEOPLE[1])] {
        let whole = Asset::from_raw(1_000_000, symbol);
        steps.push(vec![create(issuer, Asset::from_raw(100_000_000, symbol))]);
        steps.push(vec![issue(issuer, whole, "")]);
        let share = Asset::from_raw(20_000, symbol);
        steps.push(vec![
            transfer(issuer, PEOPLE[2], share, ""),
            transfer(issuer, PEOPLE[3], share, ""),
        ]);
    }
    steps
}

/// One step: mostly one call, sometimes a transaction of up to four.
pub fn step(random: &mut Random) -> Vec<Call> {
    let count = if random.one_in(5) {
        2 + random.below(3)
    } else {
        1
    };
    (0..count).map(|_| call(random)).collect()
}

fn call(random: &mut Random) -> Call {
    let (first, second, third) = (person(random), person(random), person(random));
    let symbol = symbol(random);
    let quantity = quantity(random, symbol);
    let memo = "m".repeat(random.pick(&[0, 0, 1, 7, 127, 128, 200, 256, 257]));
    let issuer = if random.one_in(3) {
        first
    } else {
        usual_issuer(symbol)
    };
    let call = match random.below(20) {
        0 => create(first, quantity),
        1..4 => issue(issuer, quantity, &memo),
        4..6 => retire(issuer, quantity, &memo),
        6..8 => open(first, symbol, second),
        8..10 => close(first, symbol),
        _ => transfer(first, second, quantity, &memo),
    };
    match random.below(20) {
        0 => call.by(&[third]),
        1 | 2 => call.by(&actors(&[first, second])),
        3 => call.by(&actors(&[second, first, third])),
        _ => call,
    }
}

/// The issuer that [`beginning`] gives to a symbol.
fn usual_issuer(symbol: Symbol) -> Name {
    if symbol == SYMBOLS[2] {
        PEOPLE[1]
    } else {
        PEOPLE[0]
    }
}

/// Authorizers without repetition; a node refuses doubled ones before the contract runs.
fn actors(wanted: &[Name]) -> Vec<Name> {
    let mut unique: Vec<Name> = Vec::new();
    for name in wanted {
        if !unique.contains(name) && *name != name!("nobody") {
            unique.push(*name);
        }
    }
    unique
}

fn person(random: &mut Random) -> Name {
    match random.below(30) {
        0 => SELF,
        1 => OTHER,
        _ => random.pick(&PEOPLE),
    }
}

fn symbol(random: &mut Random) -> Symbol {
    let rare = random.one_in(12);
    if rare {
        random.pick(&SYMBOLS)
    } else {
        random.pick(&[SYMBOLS[0], SYMBOLS[0], SYMBOLS[2]])
    }
}

fn quantity(random: &mut Random, symbol: Symbol) -> Asset {
    let amount = match random.below(30) {
        0 => 0,
        1 => -(random.below(1000) as i64),
        2 => (1 << 62) - 1 - random.below(2) as i64,
        3 => 1 << 62,
        4 | 5 => random.below(1 << 40) as i64,
        6..12 => random.below(5000) as i64,
        // Few different amounts, so that balances come to nothing and rows can be closed.
        _ => random.pick(&[5_000, 10_000, 20_000]),
    };
    Asset::from_raw(amount, symbol)
}
