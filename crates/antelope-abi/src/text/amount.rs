//! Symbols and assets as text, as a node reads them; careful readers use the strict forms of
//! `antelope-types`.
//!
//! The node's are in `libraries/chain/asset.cpp` and `include/eosio/chain/symbol.hpp`. They trim spaces
//! and take signs in odd places: `1.-5 A` is read as 0.95 A.

use super::number::read_signed;
use alloc::format;
use antelope_types::{Asset, AssetError, Symbol, SymbolCode, SymbolError};

/// `boost::algorithm::trim` in the locale of a node.
fn trim(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\n', '\u{b}', '\u{c}', '\r'])
}

/// `string_to_symbol`: capital letters up to a zero byte, or none. More than seven would shift
/// letters into the precision, which is then too large.
pub(crate) fn code_as_node(text: &str) -> Option<SymbolCode> {
    let text = text.split('\0').next().unwrap_or_default();
    match text.is_empty() {
        true => Some(SymbolCode::default()),
        false => SymbolCode::parse(text).ok(),
    }
}

/// `symbol::from_string`: the precision is a signed number of which the lowest byte counts.
pub(crate) fn symbol_as_node(text: &str) -> Option<Symbol> {
    let (precision, code) = trim(text).split_once(',')?;
    let precision = read_signed(precision)? as u8;
    if precision > Symbol::MAX_PRECISION {
        return None;
    }
    Some(Symbol::new(code_as_node(code)?, precision))
}

/// `asset::from_string`: both sides of the point are signed numbers.
pub(crate) fn asset_as_node(text: &str) -> Option<Asset> {
    let (amount, code) = trim(text).split_once(' ')?;
    let (whole, decimals) = match amount.split_once('.') {
        Some((_, "")) => return None,
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (amount, None),
    };
    let places = decimals.map_or(0, str::len);
    let symbol = symbol_as_node(&format!("{places},{}", trim(code)))?;
    let unit = 10i64.checked_pow(symbol.precision().into())?;
    let whole = read_signed(whole)?.checked_mul(unit)?;
    let fraction = match decimals {
        Some(decimals) if amount.starts_with('-') => read_signed(decimals)?.checked_neg()?,
        Some(decimals) => read_signed(decimals)?,
        None => 0,
    };
    let amount = whole.checked_add(fraction)?;
    let asset = Asset::from_raw(amount, symbol);
    asset.is_amount_within_range().then_some(asset)
}

// Rows of tables may hold default values, whose symbol has no letters. Nodes write these as "0 ",
// "0," and "": to read the rest, a letter is put there and taken away.

/// An asset like `1.0000 EOS`.
pub(crate) fn asset(text: &str) -> Result<Asset, AssetError> {
    if !text.ends_with(' ') {
        return text.parse();
    }
    let Asset { amount, symbol } = format!("{text}A").parse()?;
    let symbol = Symbol::new(SymbolCode::default(), symbol.precision());
    Ok(Asset::from_raw(amount, symbol))
}

/// A symbol like `4,EOS`.
pub(crate) fn symbol(text: &str) -> Result<Symbol, SymbolError> {
    if !text.ends_with(',') {
        return text.parse();
    }
    let lettered: Symbol = format!("{text}A").parse()?;
    Ok(Symbol::new(SymbolCode::default(), lettered.precision()))
}

/// A symbol code like `EOS`.
pub(crate) fn code(text: &str) -> Result<SymbolCode, SymbolError> {
    match text.is_empty() {
        true => Ok(SymbolCode::default()),
        false => text.parse(),
    }
}

/// Whether a node shows a symbol: its code has capitals to the last byte that is not zero.
pub(crate) fn is_shown(symbol: Symbol) -> bool {
    let letters = symbol.code().raw();
    let is_code = letters == 0 || symbol.code().is_valid();
    symbol.precision() <= Symbol::MAX_PRECISION && is_code
}
