//! Amounts: positive, of one symbol, within what an asset can hold.

use antelope_contract::prelude::*;
use antelope_contract::types::AssetError;

/// Fails unless `symbol` is a valid symbol.
pub fn require_symbol(symbol: Symbol) {
    check!(symbol.is_valid(), "the symbol is not valid");
}

/// Fails unless `amount` is a positive amount of `symbol`.
pub fn require_amount(amount: Asset, symbol: Symbol) {
    check!(
        amount.symbol == symbol,
        "the amount has another symbol or precision than the cooperative's"
    );
    check!(
        amount.amount > 0 && amount.is_valid(),
        "the amount must be positive"
    );
}

/// The sum of two amounts, or the text of what is wrong with it.
pub fn sum(one: Asset, other: Asset) -> Result<Asset, &'static str> {
    one.checked_add(other).map_err(AssetError::text)
}

/// What is left of `from` without `amount`, never below zero, or the text of what is wrong with it.
pub fn rest(from: Asset, amount: Asset) -> Result<Asset, &'static str> {
    let rest = from.checked_sub(amount).map_err(AssetError::text)?;
    if rest.amount < 0 {
        return Err("there is less money than the amount");
    }
    Ok(rest)
}
