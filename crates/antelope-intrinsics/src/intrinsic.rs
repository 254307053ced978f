//! The list as data.

use crate::types::{Item, Type, ValueType, item, kind};
use crate::{ProtocolFeature, intrinsics};
use core::fmt;

/// In which actions a function may be called. In other actions the call fails with `unaccessible_api`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// In every action.
    Any,
    /// Not in context-free actions.
    Aware,
    /// Only in context-free actions.
    ContextFree,
    /// In actions of privileged accounts that are not context-free.
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
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub kind: Type,
}

/// A host function: a function of the module `env` that nodeos provides to contracts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Intrinsic {
    /// Its name in module `env`.
    pub name: &'static str,
    /// The title of its group.
    pub group: &'static str,
    /// What it does, in one line.
    pub doc: &'static str,
    /// The protocol feature that whitelists it; none for functions that every chain has.
    pub feature: Option<ProtocolFeature>,
    /// In which actions it may be called.
    pub context: Context,
    /// Whether the SDK has a binding for it.
    pub sdk: bool,
    /// Whether the buffers of its parameters must not overlap.
    pub disjoint: bool,
    /// Its parameters.
    pub parameters: &'static [Parameter],
    /// Its result, if it has one.
    pub returns: Option<Type>,
}

impl Intrinsic {
    /// The WebAssembly types of its parameters. A slice has two: address and length.
    pub fn params(&self) -> impl Iterator<Item = ValueType> + use<> {
        let parameters = self.parameters.iter();
        parameters.flat_map(|parameter| parameter.kind.values().iter().copied())
    }

    /// The WebAssembly type of its result, if it has one.
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
