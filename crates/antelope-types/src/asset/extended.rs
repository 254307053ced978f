//! Assets that name their contract.

use super::{Asset, AssetError};
use crate::text::fill;
use crate::{Decode, Encode, ExtendedSymbol, Name};
use core::cmp::Ordering;
use core::str::FromStr;

/// An asset and the contract that keeps it; ABI type `extended_asset`.
///
/// Operations are those of [`Asset`]; contracts are compared before symbols.
///
/// ```
/// use antelope_types::{AssetError, ExtendedAsset};
/// let here: ExtendedAsset = "1.0000 EOS@eosio.token".parse()?;
/// let there: ExtendedAsset = "1.0000 EOS@fake.token".parse()?;
/// assert_eq!(here.checked_mul(2)?.to_string(), "2.0000 EOS@eosio.token");
/// assert_eq!(here.checked_add(there).unwrap_err().text(), "type mismatch");
/// # Ok::<(), AssetError>(())
/// ```
///
/// It takes 24 bytes: the asset, then the contract's name. The text puts `@` and the contract behind
/// the asset's; JSON is an object, as nodes write it.
///
/// ```
/// use antelope_types::{Encode, ExtendedAsset};
/// let asset: ExtendedAsset = "1.0000 EOS@eosio.token".parse()?;
/// assert_eq!(asset.encoded_len(), 24);
/// let json = serde_json::to_string(&asset).unwrap();
/// assert_eq!(json, r#"{"quantity":"1.0000 EOS","contract":"eosio.token"}"#);
/// # Ok::<(), antelope_types::AssetError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ExtendedAsset {
    /// The asset within the contract.
    pub quantity: Asset,
    /// The token contract.
    /// Without it, anybody's token with the same symbol would pass for this one.
    pub contract: Name,
}

impl ExtendedAsset {
    /// The most bytes an extended asset's text has.
    pub const MAX_TEXT: usize = Asset::MAX_TEXT + 1 + Name::MAX_TEXT;

    /// The symbol with the contract.
    pub const fn extended_symbol(self) -> ExtendedSymbol {
        ExtendedSymbol {
            sym: self.quantity.symbol,
            contract: self.contract,
        }
    }

    /// The sum, for equal contracts and symbols.
    ///
    /// # Errors
    /// [`AssetError::Contracts`], and those of [`Asset::checked_add`].
    pub fn checked_add(self, other: Self) -> Result<Self, AssetError> {
        self.with(other, Asset::checked_add)
    }

    /// The difference, for equal contracts and symbols.
    ///
    /// # Errors
    /// [`AssetError::Contracts`], and those of [`Asset::checked_sub`].
    pub fn checked_sub(self, other: Self) -> Result<Self, AssetError> {
        self.with(other, Asset::checked_sub)
    }

    /// The product with a number.
    ///
    /// # Errors
    /// Those of [`Asset::checked_mul`].
    pub fn checked_mul(self, factor: i64) -> Result<Self, AssetError> {
        self.quantity.checked_mul(factor).map(|it| self.holding(it))
    }

    /// The quotient by a number, rounded towards zero.
    ///
    /// # Errors
    /// Those of [`Asset::checked_div`].
    pub fn checked_div(self, divisor: i64) -> Result<Self, AssetError> {
        self.quantity
            .checked_div(divisor)
            .map(|it| self.holding(it))
    }

    /// The asset with the other sign.
    ///
    /// # Errors
    /// Those of [`Asset::checked_neg`].
    pub fn checked_neg(self) -> Result<Self, AssetError> {
        self.quantity.checked_neg().map(|it| self.holding(it))
    }

    /// The order of the amounts, for equal contracts and symbols.
    ///
    /// # Errors
    /// [`AssetError::Contracts`], and those of [`Asset::checked_cmp`].
    pub fn checked_cmp(self, other: Self) -> Result<Ordering, AssetError> {
        if self.contract != other.contract {
            return Err(AssetError::Contracts);
        }
        self.quantity.checked_cmp(other.quantity)
    }

    /// Computes with the quantities, once it is known that both are of one contract.
    fn with(
        self,
        other: Self,
        operation: impl FnOnce(Asset, Asset) -> Result<Asset, AssetError>,
    ) -> Result<Self, AssetError> {
        if self.contract != other.contract {
            return Err(AssetError::Contracts);
        }
        operation(self.quantity, other.quantity).map(|it| self.holding(it))
    }

    /// Another quantity of the same contract.
    fn holding(self, quantity: Asset) -> Self {
        Self {
            quantity,
            contract: self.contract,
        }
    }

    /// Writes `1.0000 EOS@eosio.token` into `buffer`.
    pub fn write_str(self, buffer: &mut [u8; Self::MAX_TEXT]) -> &str {
        fill(buffer, |out| {
            self.quantity.write_text(out);
            out.write(b"@");
            self.contract.write_text(out);
        })
    }
}

impl core::fmt::Display for ExtendedAsset {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.pad(self.write_str(&mut [0; Self::MAX_TEXT]))
    }
}

impl FromStr for ExtendedAsset {
    /// Without `@`, or with something else than a name behind it, it is [`AssetError::BadContract`].
    type Err = AssetError;

    fn from_str(text: &str) -> Result<Self, AssetError> {
        let (quantity, contract) = text.split_once('@').ok_or(AssetError::BadContract)?;
        Ok(Self {
            quantity: quantity.parse()?,
            contract: contract.parse().map_err(|_| AssetError::BadContract)?,
        })
    }
}
