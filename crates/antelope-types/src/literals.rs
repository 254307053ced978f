//! Constants whose mistakes are compile errors.

/// A [`Name`](crate::Name) constant.
///
/// ```
/// use antelope_types::{Name, name};
/// const TOKEN: Name = name!("eosio.token");
/// assert_eq!(TOKEN.raw(), 0x5530_ea03_3482_a600);
/// ```
///
/// The text is read by the compiler, so that neither the reader nor its messages get into a contract.
/// What [`Name::parse`](crate::Name::parse) refuses does not compile.
///
/// ```compile_fail
/// antelope_types::name!("Alice"); // upper case is not in the alphabet of names
/// ```
#[macro_export]
macro_rules! name {
    ($text:literal) => {
        $crate::__private::name_literal!(($crate) $text)
    };
}

/// A [`Symbol`](crate::Symbol) constant, from its precision and its code.
///
/// ```
/// use antelope_types::{Symbol, symbol};
/// const RUB: Symbol = symbol!("4,RUB");
/// assert_eq!(RUB.precision(), 4);
/// ```
///
/// What [`Symbol::parse`](crate::Symbol::parse) refuses does not compile.
///
/// ```compile_fail
/// antelope_types::symbol!("RUB"); // the precision is missing
/// ```
#[macro_export]
macro_rules! symbol {
    ($text:literal) => {
        $crate::__private::symbol_literal!(($crate) $text)
    };
}

/// An [`Asset`](crate::Asset) constant; the number of decimals is the precision of its symbol.
///
/// ```
/// use antelope_types::{Asset, asset};
/// const FEE: Asset = asset!("100.0000 RUB");
/// assert_eq!(FEE.amount, 1_000_000);
/// ```
///
/// What [`Asset::parse`](crate::Asset::parse) refuses does not compile.
///
/// ```compile_fail
/// antelope_types::asset!("1.0000EOS"); // no space before the symbol
/// ```
#[macro_export]
macro_rules! asset {
    ($text:literal) => {
        $crate::__private::asset_literal!(($crate) $text)
    };
}
