use antelope_types::{Symbol, symbol};

const NO_PRECISION: Symbol = symbol!("RUB");
const TOO_PRECISE: Symbol = symbol!("19,RUB");
const NOT_A_NUMBER: Symbol = symbol!("x,RUB");
const LOWER_CASE: Symbol = symbol!("4,rub");
const TOO_LONG: Symbol = symbol!("4,ABCDEFGH");
const EMPTY: Symbol = symbol!("4,");

fn main() {}
