//! Why a node would refuse a module, and where in the module the reason lies.

use std::fmt;

use serde::Serialize;

use crate::chain::ProtocolFeature;

/// One reason for which `setcode` fails, or for which the code could never run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong.
    pub reason: Reason,
    /// Where it was found.
    pub place: Place,
}

/// A place in a module.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Byte offset in the module, if the reason has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
    /// Function, by index in the module (imports come first).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub function: Option<u32>,
    /// Its demangled name, if the module tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The crate it comes from, as far as the name tells.
    #[serde(rename = "crate", skip_serializing_if = "Option::is_none")]
    pub krate: Option<String>,
}

/// What is wrong with a module.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// It is not well-formed or does not type-check.
    Invalid {
        /// The parser's words.
        message: String,
    },
    /// It needs a proposal that came after the first version of WebAssembly.
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
    /// It imports a table, a memory or a global.
    ImportKind {
        /// The imported name.
        name: String,
        /// What it is.
        kind: &'static str,
    },
    /// It imports a host function that no Antelope chain has.
    ImportUnknown {
        /// The imported name.
        name: String,
        /// A host function with nearly that name.
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
    /// It imports a host function that this chain has not activated.
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
    /// It goes over a limit.
    Limit {
        /// Which one.
        limit: LimitKind,
        /// The value found.
        found: u64,
        /// The highest value allowed.
        allowed: u64,
    },
    /// A data segment does not begin at a constant address.
    DataOffset,
    /// An element segment reaches outside the table: setcode passes and every action fails.
    ElementsOutsideTable {
        /// End of the segment, in elements.
        end: u64,
        /// Size of the table, in elements.
        table: u64,
    },
}

/// A limit of [`crate::chain::Limits`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LimitKind {
    /// Bytes of the module.
    ModuleBytes,
    /// Pages of initial memory.
    Pages,
    /// End address of data.
    LinearMemoryInit,
    /// Bytes of one data segment.
    DataSegmentBytes,
    /// Elements of the table.
    TableElements,
    /// Elements of one element segment.
    ElementSegmentElements,
    /// Bytes of mutable globals.
    MutableGlobalBytes,
    /// Entries of a section.
    SectionElements,
    /// Imports.
    Imports,
    /// Functions.
    Functions,
    /// Bytes of a function body.
    CodeBytes,
    /// Bytes of locals and operands of a function.
    FuncLocalBytes,
    /// Groups of locals of a function.
    LocalSets,
    /// Nesting of blocks.
    NestedStructures,
    /// Targets of a `br_table`.
    BrTableElements,
    /// Bytes of a name.
    SymbolBytes,
    /// Offset of a load or store.
    MemoryOffset,
}

impl LimitKind {
    /// What is counted.
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
    /// A stable identifier.
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
                "the code uses std; contracts are no_std".to_owned()
            }
            Self::ImportModule { .. } => {
                "host functions are imported with #[link(wasm_import_module = \"env\")]".to_owned()
            }
            Self::ImportUnknown {
                similar: Some(similar),
                ..
            } => format!("did you mean {similar}"),
            Self::ImportUnknown { .. } => "a symbol was left undefined at link time".to_owned(),
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

impl fmt::Display for Place {
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
        if self.place != Place::default() {
            write!(f, " ({})", self.place)?;
        }
        Ok(())
    }
}

/// All reasons found in one module, in the order of the module.
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
