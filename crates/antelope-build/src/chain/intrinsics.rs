//! The host functions of Antelope chains, by name, signature and protocol feature.

use super::ProtocolFeature;

/// A value type of MVP WebAssembly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ValueType {
    /// 32-bit integer; also every pointer, length and boolean.
    I32,
    /// 64-bit integer; also every name.
    I64,
    /// 32-bit float.
    F32,
    /// 64-bit float.
    F64,
}

impl ValueType {
    /// The name used by the text format.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::I32 => "i32",
            Self::I64 => "i64",
            Self::F32 => "f32",
            Self::F64 => "f64",
        }
    }

    const fn from_letter(letter: u8) -> Self {
        match letter {
            b'I' => Self::I64,
            b'f' => Self::F32,
            b'F' => Self::F64,
            _ => Self::I32,
        }
    }
}

/// A function of module `env` that nodeos gives to contracts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Intrinsic {
    /// Its name in module `env`.
    pub name: &'static str,
    /// The protocol feature that whitelists it, none for those of a new chain.
    pub feature: Option<ProtocolFeature>,
    params: &'static str,
    result: &'static str,
}

impl Intrinsic {
    /// Types of its parameters.
    pub fn params(&self) -> impl ExactSizeIterator<Item = ValueType> + use<> {
        self.params.bytes().map(ValueType::from_letter)
    }

    /// Type of its result, if it has one.
    #[must_use]
    pub fn result(&self) -> Option<ValueType> {
        self.result.bytes().next().map(ValueType::from_letter)
    }
}

/// Looks a host function up by name.
#[must_use]
pub fn intrinsic(name: &str) -> Option<&'static Intrinsic> {
    INTRINSICS.iter().find(|intrinsic| intrinsic.name == name)
}

/// Letters: `i` i32, `I` i64, `f` f32, `F` f64. A span of the C++ side is two: pointer and length.
const fn row(
    name: &'static str,
    params: &'static str,
    result: &'static str,
    feature: Option<ProtocolFeature>,
) -> Intrinsic {
    Intrinsic {
        name,
        feature,
        params,
        result,
    }
}

/// All 197 host functions that nodeos registers (Spring 1.x, `eos-vm.cpp`), in its order.
#[rustfmt::skip]
pub const INTRINSICS: [Intrinsic; 197] = [
    // context free api
    row("get_context_free_data", "iii", "i", None),
    // privileged api
    row("is_feature_active", "I", "i", None),
    row("activate_feature", "I", "", None),
    row("preactivate_feature", "i", "", Some(ProtocolFeature::PreactivateFeature)),
    row("set_resource_limits", "IIII", "", None),
    row("get_resource_limits", "Iiii", "", None),
    row("get_parameters_packed", "iiii", "i", Some(ProtocolFeature::BlockchainParameters)),
    row("set_parameters_packed", "ii", "", Some(ProtocolFeature::BlockchainParameters)),
    row("get_wasm_parameters_packed", "iii", "i", Some(ProtocolFeature::ConfigurableWasmLimits)),
    row("set_wasm_parameters_packed", "ii", "", Some(ProtocolFeature::ConfigurableWasmLimits)),
    row("set_proposed_producers", "ii", "I", None),
    row("set_proposed_producers_ex", "Iii", "I", Some(ProtocolFeature::WtmsigBlockSignatures)),
    row("get_blockchain_parameters_packed", "ii", "i", None),
    row("set_blockchain_parameters_packed", "ii", "", None),
    row("is_privileged", "I", "i", None),
    row("set_privileged", "Ii", "", None),
    row("set_finalizers", "Iii", "", Some(ProtocolFeature::Savanna)),
    // producer api
    row("get_active_producers", "ii", "i", None),
    // crypto api
    row("assert_recover_key", "iiiii", "", None),
    row("recover_key", "iiiii", "i", None),
    row("assert_sha256", "iii", "", None),
    row("assert_sha1", "iii", "", None),
    row("assert_sha512", "iii", "", None),
    row("assert_ripemd160", "iii", "", None),
    row("sha256", "iii", "", None),
    row("sha1", "iii", "", None),
    row("sha512", "iii", "", None),
    row("ripemd160", "iii", "", None),
    // permission api
    row("check_transaction_authorization", "iiiiii", "i", None),
    row("check_permission_authorization", "IIiiiiI", "i", None),
    row("get_permission_last_used", "II", "I", None),
    row("get_account_creation_time", "I", "I", None),
    // authorization api
    row("require_auth", "I", "", None),
    row("require_auth2", "II", "", None),
    row("has_auth", "I", "i", None),
    row("require_recipient", "I", "", None),
    row("is_account", "I", "i", None),
    row("get_code_hash", "Iiii", "i", Some(ProtocolFeature::GetCodeHash)),
    // system api
    row("current_time", "", "I", None),
    row("publication_time", "", "I", None),
    row("is_feature_activated", "i", "i", Some(ProtocolFeature::PreactivateFeature)),
    row("get_sender", "", "I", Some(ProtocolFeature::GetSender)),
    // context-free system api
    row("abort", "", "", None),
    row("eosio_assert", "ii", "", None),
    row("eosio_assert_message", "iii", "", None),
    row("eosio_assert_code", "iI", "", None),
    row("eosio_exit", "i", "", None),
    // action api
    row("read_action_data", "ii", "i", None),
    row("action_data_size", "", "i", None),
    row("current_receiver", "", "I", None),
    row("set_action_return_value", "ii", "", Some(ProtocolFeature::ActionReturnValue)),
    // console api
    row("prints", "i", "", None),
    row("prints_l", "ii", "", None),
    row("printi", "I", "", None),
    row("printui", "I", "", None),
    row("printi128", "i", "", None),
    row("printui128", "i", "", None),
    row("printsf", "f", "", None),
    row("printdf", "F", "", None),
    row("printqf", "i", "", None),
    row("printn", "I", "", None),
    row("printhex", "ii", "", None),
    // primary index api
    row("db_store_i64", "IIIIii", "i", None),
    row("db_update_i64", "iIii", "", None),
    row("db_remove_i64", "i", "", None),
    row("db_get_i64", "iii", "i", None),
    row("db_next_i64", "ii", "i", None),
    row("db_previous_i64", "ii", "i", None),
    row("db_find_i64", "IIII", "i", None),
    row("db_lowerbound_i64", "IIII", "i", None),
    row("db_upperbound_i64", "IIII", "i", None),
    row("db_end_i64", "III", "i", None),
    // uint64_t secondary index api
    row("db_idx64_store", "IIIIi", "i", None),
    row("db_idx64_update", "iIi", "", None),
    row("db_idx64_remove", "i", "", None),
    row("db_idx64_find_secondary", "IIIii", "i", None),
    row("db_idx64_find_primary", "IIIiI", "i", None),
    row("db_idx64_lowerbound", "IIIii", "i", None),
    row("db_idx64_upperbound", "IIIii", "i", None),
    row("db_idx64_end", "III", "i", None),
    row("db_idx64_next", "ii", "i", None),
    row("db_idx64_previous", "ii", "i", None),
    // uint128_t secondary index api
    row("db_idx128_store", "IIIIi", "i", None),
    row("db_idx128_update", "iIi", "", None),
    row("db_idx128_remove", "i", "", None),
    row("db_idx128_find_secondary", "IIIii", "i", None),
    row("db_idx128_find_primary", "IIIiI", "i", None),
    row("db_idx128_lowerbound", "IIIii", "i", None),
    row("db_idx128_upperbound", "IIIii", "i", None),
    row("db_idx128_end", "III", "i", None),
    row("db_idx128_next", "ii", "i", None),
    row("db_idx128_previous", "ii", "i", None),
    // 256-bit secondary index api
    row("db_idx256_store", "IIIIii", "i", None),
    row("db_idx256_update", "iIii", "", None),
    row("db_idx256_remove", "i", "", None),
    row("db_idx256_find_secondary", "IIIiii", "i", None),
    row("db_idx256_find_primary", "IIIiiI", "i", None),
    row("db_idx256_lowerbound", "IIIiii", "i", None),
    row("db_idx256_upperbound", "IIIiii", "i", None),
    row("db_idx256_end", "III", "i", None),
    row("db_idx256_next", "ii", "i", None),
    row("db_idx256_previous", "ii", "i", None),
    // double secondary index api
    row("db_idx_double_store", "IIIIi", "i", None),
    row("db_idx_double_update", "iIi", "", None),
    row("db_idx_double_remove", "i", "", None),
    row("db_idx_double_find_secondary", "IIIii", "i", None),
    row("db_idx_double_find_primary", "IIIiI", "i", None),
    row("db_idx_double_lowerbound", "IIIii", "i", None),
    row("db_idx_double_upperbound", "IIIii", "i", None),
    row("db_idx_double_end", "III", "i", None),
    row("db_idx_double_next", "ii", "i", None),
    row("db_idx_double_previous", "ii", "i", None),
    // long double secondary index api
    row("db_idx_long_double_store", "IIIIi", "i", None),
    row("db_idx_long_double_update", "iIi", "", None),
    row("db_idx_long_double_remove", "i", "", None),
    row("db_idx_long_double_find_secondary", "IIIii", "i", None),
    row("db_idx_long_double_find_primary", "IIIiI", "i", None),
    row("db_idx_long_double_lowerbound", "IIIii", "i", None),
    row("db_idx_long_double_upperbound", "IIIii", "i", None),
    row("db_idx_long_double_end", "III", "i", None),
    row("db_idx_long_double_next", "ii", "i", None),
    row("db_idx_long_double_previous", "ii", "i", None),
    // memory api
    row("memcpy", "iii", "i", None),
    row("memmove", "iii", "i", None),
    row("memcmp", "iii", "i", None),
    row("memset", "iii", "i", None),
    // transaction api
    row("send_inline", "ii", "", None),
    row("send_context_free_inline", "ii", "", None),
    row("send_deferred", "iIiii", "", None),
    row("cancel_deferred", "i", "i", None),
    // context-free transaction api
    row("read_transaction", "ii", "i", None),
    row("transaction_size", "", "i", None),
    row("expiration", "", "i", None),
    row("tapos_block_num", "", "i", None),
    row("tapos_block_prefix", "", "i", None),
    row("get_action", "iiii", "i", None),
    // compiler builtins api
    row("__ashlti3", "iIIi", "", None),
    row("__ashrti3", "iIIi", "", None),
    row("__lshlti3", "iIIi", "", None),
    row("__lshrti3", "iIIi", "", None),
    row("__divti3", "iIIII", "", None),
    row("__udivti3", "iIIII", "", None),
    row("__multi3", "iIIII", "", None),
    row("__modti3", "iIIII", "", None),
    row("__umodti3", "iIIII", "", None),
    row("__addtf3", "iIIII", "", None),
    row("__subtf3", "iIIII", "", None),
    row("__multf3", "iIIII", "", None),
    row("__divtf3", "iIIII", "", None),
    row("__negtf2", "iII", "", None),
    row("__extendsftf2", "if", "", None),
    row("__extenddftf2", "iF", "", None),
    row("__trunctfdf2", "II", "F", None),
    row("__trunctfsf2", "II", "f", None),
    row("__fixtfsi", "II", "i", None),
    row("__fixtfdi", "II", "I", None),
    row("__fixtfti", "iII", "", None),
    row("__fixunstfsi", "II", "i", None),
    row("__fixunstfdi", "II", "I", None),
    row("__fixunstfti", "iII", "", None),
    row("__fixsfti", "if", "", None),
    row("__fixdfti", "iF", "", None),
    row("__fixunssfti", "if", "", None),
    row("__fixunsdfti", "iF", "", None),
    row("__floatsidf", "i", "F", None),
    row("__floatsitf", "ii", "", None),
    row("__floatditf", "iI", "", None),
    row("__floatunsitf", "ii", "", None),
    row("__floatunditf", "iI", "", None),
    row("__floattidf", "II", "F", None),
    row("__floatuntidf", "II", "F", None),
    row("__cmptf2", "IIII", "i", None),
    row("__eqtf2", "IIII", "i", None),
    row("__netf2", "IIII", "i", None),
    row("__getf2", "IIII", "i", None),
    row("__gttf2", "IIII", "i", None),
    row("__letf2", "IIII", "i", None),
    row("__lttf2", "IIII", "i", None),
    row("__unordtf2", "IIII", "i", None),
    // get_block_num protocol feature
    row("get_block_num", "", "i", Some(ProtocolFeature::GetBlockNum)),
    // crypto_primitives protocol feature
    row("alt_bn128_add", "iiiiii", "i", Some(ProtocolFeature::CryptoPrimitives)),
    row("alt_bn128_mul", "iiiiii", "i", Some(ProtocolFeature::CryptoPrimitives)),
    row("alt_bn128_pair", "ii", "i", Some(ProtocolFeature::CryptoPrimitives)),
    row("mod_exp", "iiiiiiii", "i", Some(ProtocolFeature::CryptoPrimitives)),
    row("blake2_f", "iiiiiiiiiiii", "i", Some(ProtocolFeature::CryptoPrimitives)),
    row("sha3", "iiiii", "", Some(ProtocolFeature::CryptoPrimitives)),
    row("k1_recover", "iiiiii", "i", Some(ProtocolFeature::CryptoPrimitives)),
    // bls_primitives protocol feature
    row("bls_g1_add", "iiiiii", "i", Some(ProtocolFeature::BlsPrimitives)),
    row("bls_g2_add", "iiiiii", "i", Some(ProtocolFeature::BlsPrimitives)),
    row("bls_g1_weighted_sum", "iiiiiii", "i", Some(ProtocolFeature::BlsPrimitives)),
    row("bls_g2_weighted_sum", "iiiiiii", "i", Some(ProtocolFeature::BlsPrimitives)),
    row("bls_pairing", "iiiiiii", "i", Some(ProtocolFeature::BlsPrimitives)),
    row("bls_g1_map", "iiii", "i", Some(ProtocolFeature::BlsPrimitives)),
    row("bls_g2_map", "iiii", "i", Some(ProtocolFeature::BlsPrimitives)),
    row("bls_fp_mod", "iiii", "i", Some(ProtocolFeature::BlsPrimitives)),
    row("bls_fp_mul", "iiiiii", "i", Some(ProtocolFeature::BlsPrimitives)),
    row("bls_fp_exp", "iiiiii", "i", Some(ProtocolFeature::BlsPrimitives)),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_unique() {
        let names: BTreeSet<_> = INTRINSICS.iter().map(|intrinsic| intrinsic.name).collect();
        assert_eq!(names.len(), INTRINSICS.len());
    }

    #[test]
    fn a_new_chain_whitelists_168() {
        assert_eq!(
            INTRINSICS
                .iter()
                .filter(|intrinsic| intrinsic.feature.is_none())
                .count(),
            168
        );
    }

    #[test]
    fn a_span_is_pointer_and_length() {
        let store = intrinsic("db_store_i64").expect("it is in the table");
        let params: Vec<_> = store.params().map(ValueType::as_str).collect();
        assert_eq!(params, ["i64", "i64", "i64", "i64", "i32", "i32"]);
        assert_eq!(store.result(), Some(ValueType::I32));
    }
}
