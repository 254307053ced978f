//! Amounts: positive, of one symbol, within what an asset can hold.

use crate::parameters::MAX_AMOUNT;
use crate::refusal::Refusal;
use crate::refusal::money as refusal;
use antelope_contract::prelude::*;
use antelope_contract::types::AssetError;

/// Fails unless `symbol` is a valid symbol.
pub fn require_symbol(symbol: Symbol) {
    check!(symbol.is_valid(), refusal::SYMBOL_INVALID);
}

/// Fails unless `amount` is a positive amount of `symbol`, at most `MAX_AMOUNT`.
pub fn require_amount(amount: Asset, symbol: Symbol) {
    check!(amount.symbol == symbol, refusal::ANOTHER_SYMBOL);
    check!(amount.amount > 0, refusal::NOT_POSITIVE);
    check!(amount.amount <= MAX_AMOUNT, refusal::ABOVE_BOUND);
}

/// The sum of two amounts, or what is wrong with it.
pub fn sum(one: Asset, other: Asset) -> Result<Asset, Refusal> {
    one.checked_add(other).map_err(|error| match error {
        AssetError::AddSymbols => refusal::ANOTHER_SYMBOL,
        _ => refusal::TOO_MUCH,
    })
}

/// What is left of `from` without `amount`, never below zero, or what is wrong with it.
pub fn rest(from: Asset, amount: Asset) -> Result<Asset, Refusal> {
    let rest = from
        .checked_sub(amount)
        .map_err(|_| refusal::ANOTHER_SYMBOL)?;
    if rest.amount < 0 {
        return Err(refusal::NOT_ENOUGH);
    }
    Ok(rest)
}
