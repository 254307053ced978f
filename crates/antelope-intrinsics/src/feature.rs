//! Protocol features that add host functions to the whitelist.

use core::fmt;
#[cfg(feature = "serde")]
use serde::{Deserialize, Serialize};

/// A protocol feature that whitelists host functions.
///
/// Features that only change behaviour are not here: a module cannot depend on them by importing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(Serialize, Deserialize))]
#[non_exhaustive]
pub enum ProtocolFeature {
    /// `PREACTIVATE_FEATURE`
    #[cfg_attr(feature = "serde", serde(rename = "PREACTIVATE_FEATURE"))]
    PreactivateFeature,
    /// `GET_SENDER`
    #[cfg_attr(feature = "serde", serde(rename = "GET_SENDER"))]
    GetSender,
    /// `WTMSIG_BLOCK_SIGNATURES`
    #[cfg_attr(feature = "serde", serde(rename = "WTMSIG_BLOCK_SIGNATURES"))]
    WtmsigBlockSignatures,
    /// `ACTION_RETURN_VALUE`
    #[cfg_attr(feature = "serde", serde(rename = "ACTION_RETURN_VALUE"))]
    ActionReturnValue,
    /// `CONFIGURABLE_WASM_LIMITS2`
    #[cfg_attr(feature = "serde", serde(rename = "CONFIGURABLE_WASM_LIMITS2"))]
    ConfigurableWasmLimits,
    /// `BLOCKCHAIN_PARAMETERS`
    #[cfg_attr(feature = "serde", serde(rename = "BLOCKCHAIN_PARAMETERS"))]
    BlockchainParameters,
    /// `GET_CODE_HASH`
    #[cfg_attr(feature = "serde", serde(rename = "GET_CODE_HASH"))]
    GetCodeHash,
    /// `GET_BLOCK_NUM`
    #[cfg_attr(feature = "serde", serde(rename = "GET_BLOCK_NUM"))]
    GetBlockNum,
    /// `CRYPTO_PRIMITIVES`
    #[cfg_attr(feature = "serde", serde(rename = "CRYPTO_PRIMITIVES"))]
    CryptoPrimitives,
    /// `BLS_PRIMITIVES2`
    #[cfg_attr(feature = "serde", serde(rename = "BLS_PRIMITIVES2"))]
    BlsPrimitives,
    /// `SAVANNA`
    #[cfg_attr(feature = "serde", serde(rename = "SAVANNA"))]
    Savanna,
}

impl ProtocolFeature {
    /// All of them, oldest first.
    pub const ALL: [Self; 11] = [
        Self::PreactivateFeature,
        Self::GetSender,
        Self::WtmsigBlockSignatures,
        Self::ActionReturnValue,
        Self::ConfigurableWasmLimits,
        Self::BlockchainParameters,
        Self::GetCodeHash,
        Self::GetBlockNum,
        Self::CryptoPrimitives,
        Self::BlsPrimitives,
        Self::Savanna,
    ];

    /// The code name, as `get_supported_protocol_features` lists it.
    #[must_use]
    pub const fn code_name(self) -> &'static str {
        match self {
            Self::PreactivateFeature => "PREACTIVATE_FEATURE",
            Self::GetSender => "GET_SENDER",
            Self::WtmsigBlockSignatures => "WTMSIG_BLOCK_SIGNATURES",
            Self::ActionReturnValue => "ACTION_RETURN_VALUE",
            Self::ConfigurableWasmLimits => "CONFIGURABLE_WASM_LIMITS2",
            Self::BlockchainParameters => "BLOCKCHAIN_PARAMETERS",
            Self::GetCodeHash => "GET_CODE_HASH",
            Self::GetBlockNum => "GET_BLOCK_NUM",
            Self::CryptoPrimitives => "CRYPTO_PRIMITIVES",
            Self::BlsPrimitives => "BLS_PRIMITIVES2",
            Self::Savanna => "SAVANNA",
        }
    }
}

impl fmt::Display for ProtocolFeature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code_name())
    }
}
