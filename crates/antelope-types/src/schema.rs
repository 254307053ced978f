//! ABI descriptions of types, as constants that a contract carries out of its own build.
//!
//! A type describes itself by [`AbiType::TY`]: constant data, made by the compiler from real types,
//! so that aliases, generics and types of other crates come out right. The `#[contract]` attribute
//! writes one [`Record`] for each action and table, with everything it refers to, into the wasm
//! section [`SECTION`]; `abi_from_records` (feature `std`) merges the records into an ABI. The
//! code of the contract does not grow by it.

mod builtin;
mod record;

#[cfg(feature = "std")]
mod merge;
#[cfg(feature = "std")]
mod read;
#[cfg(all(test, feature = "std"))]
mod tests;

#[cfg(feature = "std")]
pub use merge::{SchemaError, abi_from_records, abi_from_records_where, abi_of};
pub use record::Record;

/// The custom section of a wasm file that holds the records.
///
/// The build tool reads it, and takes it out of the module that is deployed.
pub const SECTION: &str = "antelope_abi";

/// A type that has a name and a shape in an ABI.
///
/// The derive makes a struct an ABI struct, a newtype an alias and an enum a variant. An alternative
/// with one unnamed field is that field's type; any other is a struct `<enum>_<alternative>`. Of an
/// enum in which two alternatives have one type, these get aliases of the same form, because JSON
/// names an alternative by its type. `#[abi(name = "…")]` gives a struct, an enum, an alternative or a
/// field another name. `#[abi(type = "Node[]")]` on a field states its type as text: it breaks the
/// circle of a type that contains itself. `#[abi(base)]` on the first field makes its struct the base
/// of this one, whose fields stand before all others: the bytes are the same, and readers see them as
/// fields of this struct.
///
/// Enums with `#[repr(u8)]`, or another integer, and numbers of their own are that integer; without the
/// `repr` numbers that differ from the places of the alternatives are refused. A pair `(A, B)` is CDT's
/// `pair_A_B`, longer tuples are `tuple_A_B_C`, a `BTreeMap<K, V>` is `pair_K_V[]`.
///
/// ```
/// use antelope_types::{AbiType, Name, schema::Ty};
///
/// #[derive(AbiType)]
/// struct Seat {
///     username: Name,
///     is_voting: bool,
/// }
///
/// let Ty::Struct { name, fields, .. } = Seat::TY else { unreachable!() };
/// assert_eq!((*name, fields.len(), fields[0].name), ("Seat", 2, "username"));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no place in an ABI",
    note = "derive it: #[derive(AbiType)], with Encode and Decode unless they are written by hand",
    note = "or say which type others see: `impl AbiType for {Self} {{ const TY: &'static Ty = u64::TY; }}`"
)]
pub trait AbiType {
    /// The description of the type.
    ///
    /// It must agree with the encoding, which the compiler cannot check where either is written by hand.
    const TY: &'static Ty;
}

/// The description of a type.
///
/// References are `'static`, so that a description is a constant and types that are used often are there
/// once.
#[derive(Clone, Copy, Debug)]
pub enum Ty {
    /// A type that every node knows, by its name there: `uint64`, `name`, `asset`.
    /// No definition is written for it.
    Builtin(&'static str),
    /// Fields one after another.
    Struct {
        /// Name without arguments.
        name: &'static str,
        /// The type arguments of a generic struct; they become part of the name.
        args: &'static [&'static Ty],
        /// The fields in wire order.
        fields: &'static [Field],
    },
    /// One of several types.
    Variant {
        /// Name without arguments.
        name: &'static str,
        /// The type arguments of a generic enum; they become part of the name.
        args: &'static [&'static Ty],
        /// The alternatives in the order of their tags. Their own names count only where two have
        /// the same type, which an ABI could not tell apart.
        cases: &'static [Field],
    },
    /// `T[]`; of `uint8` or `int8` it is `bytes`.
    /// The length is a varint before the items.
    List(&'static Ty),
    /// `T?`.
    /// A byte, 0 or 1, comes before the value.
    Optional(&'static Ty),
    /// `T[N]`.
    /// The number of items is no part of the bytes.
    Array(&'static Ty, usize),
    /// `T$`, the last fields of a struct.
    /// In bytes it is the value, or nothing at the end.
    Extension(&'static Ty),
    /// Another name for a type.
    Alias {
        /// The new name.
        name: &'static str,
        /// The type it stands for.
        ty: &'static Ty,
    },
    /// A type described elsewhere in the same record; breaks the circle of types that contain
    /// themselves.
    /// Whether there is such a type is seen when the ABI is checked, not here.
    Named(&'static str),
}

/// A field of a struct.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name; empty for the base of a struct, which is its first field.
    pub name: &'static str,
    /// Its type.
    pub ty: &'static Ty,
}
