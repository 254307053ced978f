//! The numbers and names that nodes give to what is wrong with an ABI.

macro_rules! exceptions {
    ($($(#[$doc:meta])* $variant:ident = $code:literal, $name:literal, $what:literal;)*) => {
        /// What nodeos calls a fault of an ABI, or of a value by one.
        ///
        /// Nodes answer HTTP requests with the number in `error.code`, the name in `error.name` and
        /// the meaning in `error.what`; the words of the single case, which
        /// [`AbiError::problem`](crate::AbiError::problem) has, are in `error.details`.
        ///
        /// ```
        /// use antelope_abi::{Abi, AbiException};
        ///
        /// let error = Abi::from_json(r#"{"version": "eosio::abi/2.0"}"#).unwrap_err();
        /// let exception = error.exception();
        /// assert_eq!(exception, Some(AbiException::UnsupportedVersion));
        /// assert_eq!(exception.map(AbiException::code), Some(3015016));
        /// ```
        // Numbers, names and texts: libraries/chain/include/eosio/chain/exceptions.hpp and
        // libraries/libfc/include/fc/exception/exception.hpp of Leap 5.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum AbiException {
            $(
                #[doc = concat!("`", $name, "`, ", stringify!($code), ": ", $what, ".")]
                #[doc = ""]
                $(#[$doc])*
                $variant,
            )*
        }

        impl AbiException {
            /// The number, such as 3015004: `error.code` of an answer. Stable between versions of
            /// nodes.
            pub const fn code(self) -> u32 {
                match self { $(Self::$variant => $code,)* }
            }

            /// The name, such as `invalid_type_inside_abi`: `error.name` of an answer, and the name of
            /// the C++ class.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What it means, such as `The type defined in the ABI is invalid`: `error.what` of an
            /// answer.
            pub const fn what(self) -> &'static str {
                match self { $(Self::$variant => $what,)* }
            }
        }
    };
}

exceptions! {
    /// Bytes of an ABI end before it does, or packing as a node takes more than 1 MiB. This and the
    /// next number are those of the `fc` library; all others belong to ABIs.
    OutOfRange = 8, "out_of_range_exception", "Out of Range";
    /// An ABI claims a list of more than 1 048 576 items, or text of more than 20 MiB.
    Assert = 10, "assert_exception", "Assert Exception";
    /// A field without `$` follows one with `$` that was left out.
    Abi = 3015000, "abi_exception", "ABI exception";
    /// A name in the ABI, or the type asked for, is not a type. The words are the name.
    /// Also: an array of fields for a struct that has a base.
    InvalidType = 3015004, "invalid_type_inside_abi", "The type defined in the ABI is invalid";
    /// Two aliases have the same name, or an alias has the name of a struct or of a built-in type.
    DuplicateType = 3015005, "duplicate_abi_type_def_exception", "Duplicate type definition in the ABI";
    /// Two structs have the same name.
    DuplicateStruct = 3015006, "duplicate_abi_struct_def_exception", "Duplicate struct definition in the ABI";
    /// Two actions have the same name, even if their types are the same.
    DuplicateAction = 3015007, "duplicate_abi_action_def_exception", "Duplicate action definition in the ABI";
    /// Two tables have the same name.
    DuplicateTable = 3015008, "duplicate_abi_table_def_exception", "Duplicate table definition in the ABI";
    /// Two error messages have the same code.
    DuplicateErrorMessage = 3015009, "duplicate_abi_err_msg_def_exception", "Duplicate error message definition in the ABI";
    /// Values are nested deeper than 32, or aliases stand for aliases more than 30 deep.
    RecursionDepth = 3015011, "abi_recursion_depth_exception", "ABI recursive definition has exceeded the max recursion depth";
    /// A struct is its own base, or an alias stands for itself, directly or through others.
    Circular = 3015012, "abi_circular_def_exception", "Circular definition is detected in the ABI";
    /// Bytes end before the value, a mark or tag has no meaning, or a value has no JSON.
    /// From this crate also: bytes after the value, and more than 64 MiB of JSON.
    Unpack = 3015013, "unpack_exception", "Unpack data exception";
    /// JSON has the wrong kind, a field or item is missing or too many, or text is not a value.
    /// A node throws dozens of other numbers for values of built-in types; here they are all this.
    Pack = 3015014, "pack_exception", "Pack data exception";
    /// Two variants have the same name.
    DuplicateVariant = 3015015, "duplicate_abi_variant_def_exception", "Duplicate variant definition in the ABI";
    /// The version does not begin with `eosio::abi/1.`.
    UnsupportedVersion = 3015016, "unsupported_abi_version_exception", "ABI has an unsupported version";
    /// Two results are given for one action.
    DuplicateActionResult = 3015017, "duplicate_abi_action_results_def_exception", "Duplicate action results definition in the ABI";
}
