//! Why a node would refuse a module, and where in the module the reason is.
//!
//! Each reason has a message with what was found and what was expected, a stable
//! [`code`](Reason::code) for programs, and a [`hint`](Reason::hint) where a cure is known.

use crate::chain::ProtocolFeature;
use serde::Serialize;
use std::fmt;

/// One reason for which `setcode` fails, or for which the code could never run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong.
    pub reason: Reason,
    /// Where it was found.
    pub place: CodeLocation,
}

/// A place in a module. All fields are empty for a reason that concerns the whole module.
///
/// Displayed with as much as is known:
///
/// ```
/// use antelope_module::validate::CodeLocation;
///
/// let place = CodeLocation {
///     offset: Some(0x1a2),
///     function: Some(7),
///     name: Some("token::transfer".to_owned()),
///     krate: Some("token".to_owned()),
/// };
/// assert_eq!(place.to_string(), "in token::transfer, crate token, at byte 0x1a2");
/// let place = CodeLocation { function: Some(7), ..CodeLocation::default() };
/// assert_eq!(place.to_string(), "in function 7");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CodeLocation {
    /// The offset in bytes from the beginning of the module.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
    /// The index of the function; imported functions come first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub function: Option<u32>,
    /// The demangled name of the function, if it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The crate of the function, as far as its name says.
    #[serde(rename = "crate", skip_serializing_if = "Option::is_none")]
    pub krate: Option<String>,
}

/// What is wrong with a module.
///
/// ```
/// use antelope_module::validate::{LimitKind, Reason};
///
/// let reason = Reason::Limit { limit: LimitKind::Pages, found: 600, allowed: 528 };
/// assert_eq!(reason.code(), "wasm.limit");
/// assert_eq!(reason.to_string(), "initial memory in pages is 600, expected at most 528");
/// assert!(reason.hint().is_some_and(|hint| hint.contains("large statics")));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// The module is not well-formed or does not type-check.
    Invalid {
        /// The message of the parser or validator.
        message: String,
    },
    /// The module needs a proposal that came after the first version of WebAssembly.
    PostMvp {
        /// The proposal, such as `bulk_memory`.
        proposal: String,
        /// The instruction or construct.
        what: String,
    },
    /// It imports from a module other than `env`.
    ImportModule {
        /// The module.
        module: String,
        /// The imported name.
        name: String,
    },
    /// It imports a table, a memory or a global; nodes have only functions.
    ImportKind {
        /// The imported name.
        name: String,
        /// What it is: `table`, `memory`, `global` or `tag`.
        kind: &'static str,
    },
    /// It imports a host function that no Antelope chain has.
    ImportUnknown {
        /// The imported name.
        name: String,
        /// A host function with a name that differs by at most two letters.
        similar: Option<&'static str>,
    },
    /// It imports a host function with other types than the chain's.
    ImportSignature {
        /// The imported name.
        name: String,
        /// The chain's types.
        expected: String,
        /// The module's types.
        found: String,
    },
    /// It imports a host function whose protocol feature is not active on this chain.
    ImportFeature {
        /// The imported name.
        name: String,
        /// The feature that would whitelist it.
        feature: ProtocolFeature,
    },
    /// It exports no function `apply`.
    NoApply,
    /// Its `apply` is not `(i64, i64, i64) -> ()`.
    ApplySignature {
        /// The types found.
        found: String,
    },
    /// It exceeds a limit.
    Limit {
        /// The limit.
        limit: LimitKind,
        /// The value found.
        found: u64,
        /// The greatest value that is allowed.
        allowed: u64,
    },
    /// A data segment does not begin at a constant address.
    DataOffset,
    /// An element segment reaches beyond the table. `setcode` accepts this and every action fails.
    ElementsOutsideTable {
        /// The end of the segment, in elements.
        end: u64,
        /// The size of the table, in elements.
        table: u64,
    },
}

/// A limit of [`chain::ModuleLimits`](crate::chain::ModuleLimits); each variant is named after its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LimitKind {
    /// The length of the module, in bytes.
    ModuleBytes,
    /// The initial memory, in pages of 64 KiB.
    Pages,
    /// The address at which data end.
    LinearMemoryInit,
    /// The length of one data segment, in bytes.
    DataSegmentBytes,
    /// The elements of the table.
    TableElements,
    /// The elements of one element segment.
    ElementSegmentElements,
    /// The sum of mutable globals, in bytes.
    MutableGlobalBytes,
    /// The entries of a section.
    SectionElements,
    /// The number of imports.
    Imports,
    /// The number of functions.
    Functions,
    /// The length of a function body, in bytes.
    CodeBytes,
    /// The locals and operands of a function, in bytes.
    FuncLocalBytes,
    /// The groups of locals of a function.
    LocalSets,
    /// The nesting of blocks.
    NestedStructures,
    /// The targets of a `br_table`.
    BrTableElements,
    /// The length of a name, in bytes.
    SymbolBytes,
    /// The offset of a load or store.
    MemoryOffset,
}

impl LimitKind {
    /// What the limit counts, as the subject of a message.
    #[must_use]
    pub const fn subject(self) -> &'static str {
        match self {
            Self::ModuleBytes => "module size in bytes",
            Self::Pages => "initial memory in pages",
            Self::LinearMemoryInit => "end address of the data",
            Self::DataSegmentBytes => "size of a data segment in bytes",
            Self::TableElements => "elements of the table",
            Self::ElementSegmentElements => "elements of an element segment",
            Self::MutableGlobalBytes => "bytes of mutable globals",
            Self::SectionElements => "entries of a section",
            Self::Imports => "number of imports",
            Self::Functions => "number of functions",
            Self::CodeBytes => "size of a function in bytes",
            Self::FuncLocalBytes => "bytes of locals and operands of a function",
            Self::LocalSets => "groups of locals of a function",
            Self::NestedStructures => "nested blocks",
            Self::BrTableElements => "targets of a branch table",
            Self::SymbolBytes => "length of a name in bytes",
            Self::MemoryOffset => "offset of a load or store",
        }
    }

    /// What to do about an exceeded limit, where that is known.
    const fn hint(self) -> Option<&'static str> {
        Some(match self {
            Self::LinearMemoryInit => {
                "statics, constants and texts must lie below 64 KiB, above the stack: keep the stack at \
                 8 KiB and move large tables of constants out of the contract"
            }
            Self::Pages => {
                "initial memory is sized by large statics; keep data in tables or on the heap"
            }
            Self::FuncLocalBytes => {
                "split the function, or stop the compiler from inlining into it"
            }
            Self::NestedStructures | Self::BrTableElements | Self::CodeBytes => {
                "split the function"
            }
            Self::TableElements => "the table holds function pointers: use fewer trait objects",
            _ => return None,
        })
    }
}

impl Reason {
    /// A stable identifier of the kind of reason, for programs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Invalid { .. } => "wasm.invalid",
            Self::PostMvp { .. } => "wasm.post-mvp",
            Self::ImportModule { .. } => "wasm.import.module",
            Self::ImportKind { .. } => "wasm.import.kind",
            Self::ImportUnknown { .. } => "wasm.import.unknown",
            Self::ImportSignature { .. } => "wasm.import.signature",
            Self::ImportFeature { .. } => "wasm.import.feature",
            Self::NoApply => "wasm.apply.missing",
            Self::ApplySignature { .. } => "wasm.apply.signature",
            Self::Limit { .. } => "wasm.limit",
            Self::DataOffset => "wasm.data.offset",
            Self::ElementsOutsideTable { .. } => "wasm.elements",
        }
    }

    /// What to do about it, where that is known.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::PostMvp { .. } => {
                "build for wasm32v1-none; code precompiled for another target, or C code, brings \
                 such instructions in"
                    .to_owned()
            }
            Self::ImportModule { module, .. } if module.starts_with("wasi") => {
                "the code uses the standard library, which contracts do not have: make it no_std"
                    .to_owned()
            }
            Self::ImportModule { .. } => {
                "host functions are imported with #[link(wasm_import_module = \"env\")]".to_owned()
            }
            Self::ImportUnknown {
                similar: Some(similar),
                ..
            } => format!("did you mean {similar}?"),
            Self::ImportUnknown { .. } => {
                "the linker left an undefined symbol: a function is declared and not defined"
                    .to_owned()
            }
            Self::ImportFeature { feature, .. } => {
                format!("activate {feature} on the chain, or avoid the function")
            }
            Self::NoApply => "put #[contract] on the contract's module".to_owned(),
            Self::Limit { limit, .. } => return limit.hint().map(str::to_owned),
            _ => return None,
        })
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid { message } => f.write_str(message),
            Self::PostMvp { proposal, what } => {
                write!(f, "{what}: proposal {proposal}, expected WebAssembly MVP")
            }
            Self::ImportModule { module, name } => {
                write!(f, "import {module}.{name}, expected module env")
            }
            Self::ImportKind { name, kind } => {
                write!(f, "import env.{name} is a {kind}, expected a function")
            }
            Self::ImportUnknown { name, .. } => {
                write!(f, "import env.{name} is not a host function of Antelope")
            }
            Self::ImportSignature {
                name,
                expected,
                found,
            } => {
                write!(f, "import env.{name} has type {found}, expected {expected}")
            }
            Self::ImportFeature { name, feature } => {
                write!(
                    f,
                    "import env.{name} needs protocol feature {feature}, which is not activated"
                )
            }
            Self::NoApply => {
                f.write_str("no exported function apply, expected apply (i64, i64, i64) -> ()")
            }
            Self::ApplySignature { found } => {
                write!(f, "apply has type {found}, expected (i64, i64, i64) -> ()")
            }
            Self::Limit {
                limit,
                found,
                allowed,
            } => {
                write!(
                    f,
                    "{} is {found}, expected at most {allowed}",
                    limit.subject()
                )
            }
            Self::DataOffset => f.write_str("data segment does not begin at an i32.const address"),
            Self::ElementsOutsideTable { end, table } => {
                write!(
                    f,
                    "element segment ends at {end}, expected at most the table's size {table}"
                )
            }
        }
    }
}

impl fmt::Display for CodeLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        match (&self.name, self.function) {
            (Some(name), _) => parts.push(format!("in {name}")),
            (None, Some(index)) => parts.push(format!("in function {index}")),
            (None, None) => {}
        }
        if let Some(krate) = &self.krate {
            parts.push(format!("crate {krate}"));
        }
        if let Some(offset) = self.offset {
            parts.push(format!("at byte {offset:#x}"));
        }
        f.write_str(&parts.join(", "))
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.reason)?;
        if self.place != CodeLocation::default() {
            write!(f, " ({})", self.place)?;
        }
        Ok(())
    }
}

/// All reasons found in one module, in the order of the module; displayed one a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusals(pub Vec<Refusal>);

impl fmt::Display for Refusals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, refusal) in self.0.iter().enumerate() {
            if n > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{refusal}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Refusals {}
