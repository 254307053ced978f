//! The host functions of an Antelope node, described once.

/// Hands the list of host functions to another macro.
///
/// `host_functions!(callback)` expands to `callback! { … }` with one entry a function:
///
/// ```text
/// [feature] fn name(parameter: type, …) -> result;
/// ```
///
/// `feature` is `genesis` or the protocol feature that allows the function. Parameters are what a
/// host sees: numbers; `&[u8]` and `&mut [u8]`, which cross the border as pointer and length;
/// `&[u128]`, `&mut [u128]` and `&mut [u64]`, whose length counts items; `&T` and `&mut T`, which
/// cross as a pointer. The stubs of a contract, the [`Host`](crate::host::Host) trait and
/// [`HOST_FUNCTIONS`](crate::host::HOST_FUNCTIONS) are made of it; a chain makes its linkage of it.
///
/// Source: `genesis_intrinsics.cpp` and `interface.hpp` of Spring. Left out are what the compiler
/// provides itself (128-bit and long double arithmetic) and deferred transactions, which are disabled.
#[macro_export]
macro_rules! host_functions {
    ($($callback:ident)::+) => { $($callback)::+! {
        // authorization
        [genesis] fn require_auth(account: u64);
        [genesis] fn require_auth2(account: u64, permission: u64);
        [genesis] fn has_auth(account: u64) -> u32;
        [genesis] fn require_recipient(account: u64);
        [genesis] fn is_account(account: u64) -> u32;
        [GET_CODE_HASH] fn get_code_hash(account: u64, version: u32, result: &mut [u8]) -> u32;

        // permissions
        [genesis] fn check_transaction_authorization(transaction: &[u8], keys: &[u8], permissions: &[u8]) -> u32;
        [genesis] fn check_permission_authorization(account: u64, permission: u64, keys: &[u8], permissions: &[u8], delay_us: u64) -> u32;
        [genesis] fn get_permission_last_used(account: u64, permission: u64) -> i64;
        [genesis] fn get_account_creation_time(account: u64) -> i64;

        // system
        [genesis] fn current_time() -> u64;
        [genesis] fn publication_time() -> u64;
        [PREACTIVATE_FEATURE] fn is_feature_activated(digest: &[u8; 32]) -> u32;
        [GET_SENDER] fn get_sender() -> u64;
        [GET_BLOCK_NUM] fn get_block_num() -> u32;
        [genesis] fn eosio_assert_message(condition: u32, message: &[u8]);
        [genesis] fn eosio_assert_code(condition: u32, code: u64);
        [genesis] fn eosio_exit(code: i32);

        // action
        [genesis] fn read_action_data(buffer: &mut [u8]) -> u32;
        [genesis] fn action_data_size() -> u32;
        [genesis] fn current_receiver() -> u64;
        [ACTION_RETURN_VALUE] fn set_action_return_value(value: &[u8]);
        [genesis] fn send_inline(action: &[u8]);
        [genesis] fn send_context_free_inline(action: &[u8]);

        // transaction
        [genesis] fn read_transaction(buffer: &mut [u8]) -> u32;
        [genesis] fn transaction_size() -> u32;
        [genesis] fn expiration() -> u32;
        [genesis] fn tapos_block_num() -> u32;
        [genesis] fn tapos_block_prefix() -> u32;
        [genesis] fn get_action(kind: u32, index: u32, buffer: &mut [u8]) -> i32;
        [genesis] fn get_context_free_data(index: u32, buffer: &mut [u8]) -> i32;

        // console
        [genesis] fn prints_l(text: &[u8]);
        [genesis] fn printi(value: i64);
        [genesis] fn printui(value: u64);
        [genesis] fn printi128(value: &i128);
        [genesis] fn printui128(value: &u128);
        [genesis] fn printsf(value: f32);
        [genesis] fn printdf(value: f64);
        [genesis] fn printqf(bits: &u128);
        [genesis] fn printn(name: u64);
        [genesis] fn printhex(data: &[u8]);

        // crypto
        [genesis] fn assert_recover_key(digest: &[u8; 32], signature: &[u8], key: &[u8]);
        [genesis] fn recover_key(digest: &[u8; 32], signature: &[u8], key: &mut [u8]) -> u32;
        [genesis] fn assert_sha256(data: &[u8], hash: &[u8; 32]);
        [genesis] fn assert_sha1(data: &[u8], hash: &[u8; 20]);
        [genesis] fn assert_sha512(data: &[u8], hash: &[u8; 64]);
        [genesis] fn assert_ripemd160(data: &[u8], hash: &[u8; 20]);
        [genesis] fn sha256(data: &[u8], hash: &mut [u8; 32]);
        [genesis] fn sha1(data: &[u8], hash: &mut [u8; 20]);
        [genesis] fn sha512(data: &[u8], hash: &mut [u8; 64]);
        [genesis] fn ripemd160(data: &[u8], hash: &mut [u8; 20]);
        [CRYPTO_PRIMITIVES] fn alt_bn128_add(left: &[u8], right: &[u8], result: &mut [u8]) -> i32;
        [CRYPTO_PRIMITIVES] fn alt_bn128_mul(point: &[u8], scalar: &[u8], result: &mut [u8]) -> i32;
        [CRYPTO_PRIMITIVES] fn alt_bn128_pair(pairs: &[u8]) -> i32;
        [CRYPTO_PRIMITIVES] fn mod_exp(base: &[u8], exponent: &[u8], modulus: &[u8], result: &mut [u8]) -> i32;
        [CRYPTO_PRIMITIVES] fn blake2_f(rounds: u32, state: &[u8], message: &[u8], t0: &[u8], t1: &[u8], last: i32, result: &mut [u8]) -> i32;
        [CRYPTO_PRIMITIVES] fn sha3(data: &[u8], hash: &mut [u8], keccak: i32);
        [CRYPTO_PRIMITIVES] fn k1_recover(signature: &[u8], digest: &[u8], key: &mut [u8]) -> i32;
        [BLS_PRIMITIVES] fn bls_g1_add(left: &[u8], right: &[u8], result: &mut [u8]) -> i32;
        [BLS_PRIMITIVES] fn bls_g2_add(left: &[u8], right: &[u8], result: &mut [u8]) -> i32;
        [BLS_PRIMITIVES] fn bls_g1_weighted_sum(points: &[u8], scalars: &[u8], count: u32, result: &mut [u8]) -> i32;
        [BLS_PRIMITIVES] fn bls_g2_weighted_sum(points: &[u8], scalars: &[u8], count: u32, result: &mut [u8]) -> i32;
        [BLS_PRIMITIVES] fn bls_pairing(g1: &[u8], g2: &[u8], count: u32, result: &mut [u8]) -> i32;
        [BLS_PRIMITIVES] fn bls_g1_map(element: &[u8], result: &mut [u8]) -> i32;
        [BLS_PRIMITIVES] fn bls_g2_map(element: &[u8], result: &mut [u8]) -> i32;
        [BLS_PRIMITIVES] fn bls_fp_mod(scalar: &[u8], result: &mut [u8]) -> i32;
        [BLS_PRIMITIVES] fn bls_fp_mul(left: &[u8], right: &[u8], result: &mut [u8]) -> i32;
        [BLS_PRIMITIVES] fn bls_fp_exp(base: &[u8], exponent: &[u8], result: &mut [u8]) -> i32;

        // rows
        [genesis] fn db_store_i64(scope: u64, table: u64, payer: u64, id: u64, data: &[u8]) -> i32;
        [genesis] fn db_update_i64(iterator: i32, payer: u64, data: &[u8]);
        [genesis] fn db_remove_i64(iterator: i32);
        [genesis] fn db_get_i64(iterator: i32, buffer: &mut [u8]) -> i32;
        [genesis] fn db_next_i64(iterator: i32, primary: &mut u64) -> i32;
        [genesis] fn db_previous_i64(iterator: i32, primary: &mut u64) -> i32;
        [genesis] fn db_find_i64(code: u64, scope: u64, table: u64, id: u64) -> i32;
        [genesis] fn db_lowerbound_i64(code: u64, scope: u64, table: u64, id: u64) -> i32;
        [genesis] fn db_upperbound_i64(code: u64, scope: u64, table: u64, id: u64) -> i32;
        [genesis] fn db_end_i64(code: u64, scope: u64, table: u64) -> i32;

        // secondary index of 64-bit keys
        [genesis] fn db_idx64_store(scope: u64, table: u64, payer: u64, id: u64, secondary: &u64) -> i32;
        [genesis] fn db_idx64_update(iterator: i32, payer: u64, secondary: &u64);
        [genesis] fn db_idx64_remove(iterator: i32);
        [genesis] fn db_idx64_next(iterator: i32, primary: &mut u64) -> i32;
        [genesis] fn db_idx64_previous(iterator: i32, primary: &mut u64) -> i32;
        [genesis] fn db_idx64_find_primary(code: u64, scope: u64, table: u64, secondary: &mut u64, primary: u64) -> i32;
        [genesis] fn db_idx64_find_secondary(code: u64, scope: u64, table: u64, secondary: &u64, primary: &mut u64) -> i32;
        [genesis] fn db_idx64_lowerbound(code: u64, scope: u64, table: u64, secondary: &mut u64, primary: &mut u64) -> i32;
        [genesis] fn db_idx64_upperbound(code: u64, scope: u64, table: u64, secondary: &mut u64, primary: &mut u64) -> i32;
        [genesis] fn db_idx64_end(code: u64, scope: u64, table: u64) -> i32;

        // secondary index of 128-bit keys
        [genesis] fn db_idx128_store(scope: u64, table: u64, payer: u64, id: u64, secondary: &u128) -> i32;
        [genesis] fn db_idx128_update(iterator: i32, payer: u64, secondary: &u128);
        [genesis] fn db_idx128_remove(iterator: i32);
        [genesis] fn db_idx128_next(iterator: i32, primary: &mut u64) -> i32;
        [genesis] fn db_idx128_previous(iterator: i32, primary: &mut u64) -> i32;
        [genesis] fn db_idx128_find_primary(code: u64, scope: u64, table: u64, secondary: &mut u128, primary: u64) -> i32;
        [genesis] fn db_idx128_find_secondary(code: u64, scope: u64, table: u64, secondary: &u128, primary: &mut u64) -> i32;
        [genesis] fn db_idx128_lowerbound(code: u64, scope: u64, table: u64, secondary: &mut u128, primary: &mut u64) -> i32;
        [genesis] fn db_idx128_upperbound(code: u64, scope: u64, table: u64, secondary: &mut u128, primary: &mut u64) -> i32;
        [genesis] fn db_idx128_end(code: u64, scope: u64, table: u64) -> i32;

        // secondary index of 256-bit keys, two words each
        [genesis] fn db_idx256_store(scope: u64, table: u64, payer: u64, id: u64, secondary: &[u128]) -> i32;
        [genesis] fn db_idx256_update(iterator: i32, payer: u64, secondary: &[u128]);
        [genesis] fn db_idx256_remove(iterator: i32);
        [genesis] fn db_idx256_next(iterator: i32, primary: &mut u64) -> i32;
        [genesis] fn db_idx256_previous(iterator: i32, primary: &mut u64) -> i32;
        [genesis] fn db_idx256_find_primary(code: u64, scope: u64, table: u64, secondary: &mut [u128], primary: u64) -> i32;
        [genesis] fn db_idx256_find_secondary(code: u64, scope: u64, table: u64, secondary: &[u128], primary: &mut u64) -> i32;
        [genesis] fn db_idx256_lowerbound(code: u64, scope: u64, table: u64, secondary: &mut [u128], primary: &mut u64) -> i32;
        [genesis] fn db_idx256_upperbound(code: u64, scope: u64, table: u64, secondary: &mut [u128], primary: &mut u64) -> i32;
        [genesis] fn db_idx256_end(code: u64, scope: u64, table: u64) -> i32;

        // secondary index of doubles
        [genesis] fn db_idx_double_store(scope: u64, table: u64, payer: u64, id: u64, secondary: &f64) -> i32;
        [genesis] fn db_idx_double_update(iterator: i32, payer: u64, secondary: &f64);
        [genesis] fn db_idx_double_remove(iterator: i32);
        [genesis] fn db_idx_double_next(iterator: i32, primary: &mut u64) -> i32;
        [genesis] fn db_idx_double_previous(iterator: i32, primary: &mut u64) -> i32;
        [genesis] fn db_idx_double_find_primary(code: u64, scope: u64, table: u64, secondary: &mut f64, primary: u64) -> i32;
        [genesis] fn db_idx_double_find_secondary(code: u64, scope: u64, table: u64, secondary: &f64, primary: &mut u64) -> i32;
        [genesis] fn db_idx_double_lowerbound(code: u64, scope: u64, table: u64, secondary: &mut f64, primary: &mut u64) -> i32;
        [genesis] fn db_idx_double_upperbound(code: u64, scope: u64, table: u64, secondary: &mut f64, primary: &mut u64) -> i32;
        [genesis] fn db_idx_double_end(code: u64, scope: u64, table: u64) -> i32;

        // secondary index of long doubles, by their bits
        [genesis] fn db_idx_long_double_store(scope: u64, table: u64, payer: u64, id: u64, secondary: &u128) -> i32;
        [genesis] fn db_idx_long_double_update(iterator: i32, payer: u64, secondary: &u128);
        [genesis] fn db_idx_long_double_remove(iterator: i32);
        [genesis] fn db_idx_long_double_next(iterator: i32, primary: &mut u64) -> i32;
        [genesis] fn db_idx_long_double_previous(iterator: i32, primary: &mut u64) -> i32;
        [genesis] fn db_idx_long_double_find_primary(code: u64, scope: u64, table: u64, secondary: &mut u128, primary: u64) -> i32;
        [genesis] fn db_idx_long_double_find_secondary(code: u64, scope: u64, table: u64, secondary: &u128, primary: &mut u64) -> i32;
        [genesis] fn db_idx_long_double_lowerbound(code: u64, scope: u64, table: u64, secondary: &mut u128, primary: &mut u64) -> i32;
        [genesis] fn db_idx_long_double_upperbound(code: u64, scope: u64, table: u64, secondary: &mut u128, primary: &mut u64) -> i32;
        [genesis] fn db_idx_long_double_end(code: u64, scope: u64, table: u64) -> i32;

        // privileged
        [genesis] fn get_active_producers(producers: &mut [u64]) -> u32;
        [PREACTIVATE_FEATURE] fn preactivate_feature(digest: &[u8; 32]);
        [genesis] fn set_resource_limits(account: u64, ram_bytes: i64, net_weight: i64, cpu_weight: i64);
        [genesis] fn get_resource_limits(account: u64, ram_bytes: &mut i64, net_weight: &mut i64, cpu_weight: &mut i64);
        [BLOCKCHAIN_PARAMETERS] fn get_parameters_packed(ids: &[u8], buffer: &mut [u8]) -> u32;
        [BLOCKCHAIN_PARAMETERS] fn set_parameters_packed(parameters: &[u8]);
        [CONFIGURABLE_WASM_LIMITS] fn get_wasm_parameters_packed(buffer: &mut [u8], max_version: u32) -> u32;
        [CONFIGURABLE_WASM_LIMITS] fn set_wasm_parameters_packed(parameters: &[u8]);
        [genesis] fn set_proposed_producers(schedule: &[u8]) -> i64;
        [WTMSIG_BLOCK_SIGNATURES] fn set_proposed_producers_ex(format: u64, schedule: &[u8]) -> i64;
        [genesis] fn get_blockchain_parameters_packed(buffer: &mut [u8]) -> u32;
        [genesis] fn set_blockchain_parameters_packed(parameters: &[u8]);
        [genesis] fn is_privileged(account: u64) -> u32;
        [genesis] fn set_privileged(account: u64, privileged: u32);
        [SAVANNA] fn set_finalizers(format: u64, policy: &[u8]);
    } };
}
