//! The list as data.

use crate::types::{Item, Type, ValueType, item, kind};
use crate::{ProtocolFeature, intrinsics};
use core::fmt;

/// Where a function may be called. A call elsewhere fails with `unaccessible_api`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// In every action.
    Any,
    /// Not in context-free actions.
    Aware,
    /// In context-free actions alone.
    ContextFree,
    /// In actions of privileged accounts, that are not context-free.
    Privileged,
}

impl Context {
    /// As the list has it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Aware => "aware",
            Self::ContextFree => "context_free",
            Self::Privileged => "privileged",
        }
    }
}

/// A parameter of a host function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter {
    /// What it is called.
    pub name: &'static str,
    /// What it is.
    pub kind: Type,
}

/// A function of module `env` that nodeos gives to contracts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Intrinsic {
    /// Its name in module `env`.
    pub name: &'static str,
    /// The title of its group.
    pub group: &'static str,
    /// What it does, in one line.
    pub doc: &'static str,
    /// The protocol feature that whitelists it, none for those of a new chain.
    pub feature: Option<ProtocolFeature>,
    /// Where it may be called.
    pub context: Context,
    /// Whether the SDK has it.
    pub sdk: bool,
    /// Whether parameters that point to memory must not share a byte.
    pub disjoint: bool,
    /// Its parameters.
    pub parameters: &'static [Parameter],
    /// Its result, if it has one.
    pub returns: Option<Type>,
}

impl Intrinsic {
    /// Types of what crosses the border to it. A slice is two: address and length.
    pub fn params(&self) -> impl Iterator<Item = ValueType> + use<> {
        let parameters = self.parameters.iter();
        parameters.flat_map(|parameter| parameter.kind.values().iter().copied())
    }

    /// Type of its result, if it has one.
    #[must_use]
    pub fn result(&self) -> Option<ValueType> {
        self.returns.map(|kind| kind.values()[0])
    }
}

impl fmt::Display for Intrinsic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}(", self.name)?;
        for (index, parameter) in self.parameters.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}{}: {}", parameter.name, parameter.kind)?;
        }
        f.write_str(")")?;
        match self.returns {
            Some(kind) => write!(f, " -> {kind}"),
            None => Ok(()),
        }
    }
}

/// Looks a host function up by name.
#[must_use]
pub fn intrinsic(name: &str) -> Option<&'static Intrinsic> {
    INTRINSICS.iter().find(|intrinsic| intrinsic.name == name)
}

macro_rules! list {
    ($($group:ident $title:literal { $(
        $(#[doc = $doc:literal])+
        [$feature:ident $context:ident $audience:ident $($disjoint:ident)?]
        fn $name:ident($($parameter:ident: $type:tt),*) $(-> $result:tt)?;
    )* })*) => {
        /// All host functions that nodeos registers (Spring 1.x).
        pub const INTRINSICS: &[Intrinsic] = &[$($(Intrinsic {
            name: stringify!($name),
            group: $title,
            doc: concat!($($doc),+).trim_ascii(),
            feature: feature!($feature),
            context: context!($context),
            sdk: sdk!($audience),
            disjoint: disjoint!($($disjoint)?),
            parameters: &[$(Parameter { name: stringify!($parameter), kind: kind!($type) }),*],
            returns: returns!($($result)?),
        }),*),*];
    };
}

#[rustfmt::skip]
macro_rules! feature {
    (genesis) => { None };
    (PREACTIVATE_FEATURE) => { Some(ProtocolFeature::PreactivateFeature) };
    (GET_SENDER) => { Some(ProtocolFeature::GetSender) };
    (WTMSIG_BLOCK_SIGNATURES) => { Some(ProtocolFeature::WtmsigBlockSignatures) };
    (ACTION_RETURN_VALUE) => { Some(ProtocolFeature::ActionReturnValue) };
    (CONFIGURABLE_WASM_LIMITS) => { Some(ProtocolFeature::ConfigurableWasmLimits) };
    (BLOCKCHAIN_PARAMETERS) => { Some(ProtocolFeature::BlockchainParameters) };
    (GET_CODE_HASH) => { Some(ProtocolFeature::GetCodeHash) };
    (GET_BLOCK_NUM) => { Some(ProtocolFeature::GetBlockNum) };
    (CRYPTO_PRIMITIVES) => { Some(ProtocolFeature::CryptoPrimitives) };
    (BLS_PRIMITIVES) => { Some(ProtocolFeature::BlsPrimitives) };
    (SAVANNA) => { Some(ProtocolFeature::Savanna) };
}

#[rustfmt::skip]
macro_rules! context {
    (any) => { Context::Any };
    (aware) => { Context::Aware };
    (context_free) => { Context::ContextFree };
    (privileged) => { Context::Privileged };
}

#[rustfmt::skip]
macro_rules! sdk {
    (sdk) => { true };
    (other) => { false };
}

#[rustfmt::skip]
macro_rules! disjoint {
    () => { false };
    (disjoint) => { true };
}

#[rustfmt::skip]
macro_rules! returns {
    () => { None };
    ($type:tt) => { Some(kind!($type)) };
}

intrinsics!(list);
