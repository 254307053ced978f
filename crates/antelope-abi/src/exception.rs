//! The numbers and names that nodes give to what is wrong with an ABI.

macro_rules! exceptions {
    ($($variant:ident = $code:literal, $name:literal, $what:literal;)*) => {
        /// What nodeos calls a fault of an ABI, or of a value by one.
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
            $(#[doc = $what] $variant,)*
        }

        impl AbiException {
            /// The number, such as 3015004.
            pub const fn code(self) -> u32 {
                match self { $(Self::$variant => $code,)* }
            }

            /// The name, such as `invalid_type_inside_abi`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What it means, such as `The type defined in the ABI is invalid`.
            pub const fn what(self) -> &'static str {
                match self { $(Self::$variant => $what,)* }
            }
        }
    };
}

exceptions! {
    OutOfRange = 8, "out_of_range_exception", "Out of Range";
    Assert = 10, "assert_exception", "Assert Exception";
    Abi = 3015000, "abi_exception", "ABI exception";
    InvalidType = 3015004, "invalid_type_inside_abi", "The type defined in the ABI is invalid";
    DuplicateType = 3015005, "duplicate_abi_type_def_exception", "Duplicate type definition in the ABI";
    DuplicateStruct = 3015006, "duplicate_abi_struct_def_exception", "Duplicate struct definition in the ABI";
    DuplicateAction = 3015007, "duplicate_abi_action_def_exception", "Duplicate action definition in the ABI";
    DuplicateTable = 3015008, "duplicate_abi_table_def_exception", "Duplicate table definition in the ABI";
    DuplicateErrorMessage = 3015009, "duplicate_abi_err_msg_def_exception", "Duplicate error message definition in the ABI";
    RecursionDepth = 3015011, "abi_recursion_depth_exception", "ABI recursive definition has exceeded the max recursion depth";
    Circular = 3015012, "abi_circular_def_exception", "Circular definition is detected in the ABI";
    Unpack = 3015013, "unpack_exception", "Unpack data exception";
    Pack = 3015014, "pack_exception", "Pack data exception";
    DuplicateVariant = 3015015, "duplicate_abi_variant_def_exception", "Duplicate variant definition in the ABI";
    UnsupportedVersion = 3015016, "unsupported_abi_version_exception", "ABI has an unsupported version";
    DuplicateActionResult = 3015017, "duplicate_abi_action_results_def_exception", "Duplicate action results definition in the ABI";
}
