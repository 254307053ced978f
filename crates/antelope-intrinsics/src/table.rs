//! All host functions of nodeos, in groups.

/// Hands the list of host functions to another macro.
///
/// `intrinsics!(callback)` expands to `callback! { … }` with one entry a group, and in it one entry a
/// function:
///
/// ```text
/// group "Title" {
///     /// What it does.
///     [feature context audience disjoint] fn name(parameter: type, …) -> result;
/// }
/// ```
///
/// | word | is one of |
/// |---|---|
/// | `feature` | `genesis`, or the protocol feature that allows the function |
/// | `context` | where it may be called: `any`, `aware` of state, `context_free`, `privileged` |
/// | `audience` | `sdk` for contracts in Rust, `other` for compilers and other languages |
/// | `disjoint` | there where parameters that point to memory must not share a byte |
///
/// A type is one token tree, so that a callback can match it:
///
/// | type | crosses the border as |
/// |---|---|
/// | `bool` `name` `i32` `u32` `i64` `u64` `f32` `f64` | a number |
/// | `i128` `u128` `f128` | two numbers of 64 bits, the lower half first |
/// | `(&T)` `(&mut T)` | the address of one, never 0 |
/// | `(&[T])` `(&mut [T])` | an address and how many there are |
/// | `(&cstr)` | the address of bytes that end at a zero |
/// | `(*const u8)` `(*mut u8)` | an address; how many bytes, another parameter says |
///
/// Source: `eos-vm.cpp`, `interface.hpp` and `genesis_intrinsics.cpp` of Spring 1.x.
#[macro_export]
macro_rules! intrinsics {
    ($($callback:ident)::+) => { $($callback)::+! {
        authorization "Authorization and accounts" {
            /// Fails unless the action is authorized by the account.
            [genesis aware sdk] fn require_auth(account: name);
            /// Fails unless the action is authorized by this permission.
            [genesis aware sdk] fn require_auth2(account: name, permission: name);
            /// Whether the action is authorized by the account.
            [genesis aware sdk] fn has_auth(account: name) -> bool;
            /// Notifies an account of the action, once.
            [genesis aware sdk] fn require_recipient(account: name);
            /// Whether the account exists.
            [genesis aware sdk] fn is_account(account: name) -> bool;
            /// Writes what code an account has, packed, if there is room; how long it is.
            [GET_CODE_HASH aware sdk disjoint] fn get_code_hash(account: name, version: u32, result: (&mut [u8])) -> u32;
        }

        permissions "Permissions" {
            /// Whether keys and permissions suffice for a packed transaction.
            [genesis aware sdk] fn check_transaction_authorization(transaction: (&[u8]), keys: (&[u8]), permissions: (&[u8])) -> bool;
            /// Whether keys and permissions satisfy a permission after a delay in microseconds.
            [genesis aware sdk] fn check_permission_authorization(account: name, permission: name, keys: (&[u8]), permissions: (&[u8]), delay_us: u64) -> bool;
            /// When a permission was last used, in microseconds.
            [genesis aware sdk] fn get_permission_last_used(account: name, permission: name) -> i64;
            /// When an account was created, in microseconds.
            [genesis aware sdk] fn get_account_creation_time(account: name) -> i64;
        }

        system "System" {
            /// The time of the block, in microseconds.
            [genesis aware sdk] fn current_time() -> u64;
            /// When the transaction was published, in microseconds: the block's time, but for deferred ones.
            [genesis aware sdk] fn publication_time() -> u64;
            /// Whether a protocol feature is active, by its digest.
            [PREACTIVATE_FEATURE aware sdk] fn is_feature_activated(digest: (&[u8; 32])) -> bool;
            /// Who sent the action inline; 0 where it was not.
            [GET_SENDER aware sdk] fn get_sender() -> name;
            /// The number of the block.
            [GET_BLOCK_NUM any sdk] fn get_block_num() -> u32;
            /// Fails the transaction.
            [genesis any other] fn abort();
            /// Fails with a text that ends at a zero, unless the condition holds.
            [genesis any other] fn eosio_assert(condition: bool, message: (&cstr));
            /// Fails with a text, unless the condition holds.
            [genesis any sdk] fn eosio_assert_message(condition: bool, message: (&[u8]));
            /// Fails with a number, unless the condition holds.
            [genesis any sdk] fn eosio_assert_code(condition: bool, code: u64);
            /// Ends the action here, successfully.
            [genesis any sdk] fn eosio_exit(code: i32);
        }

        action "The action" {
            /// Copies as much of the arguments as there is room for; how much that was, or all there is for no room.
            [genesis any sdk] fn read_action_data(buffer: (&mut [u8])) -> u32;
            /// How long the arguments are.
            [genesis any sdk] fn action_data_size() -> u32;
            /// The account whose code runs.
            [genesis any sdk] fn current_receiver() -> name;
            /// Gives a value back to who sent the transaction.
            [ACTION_RETURN_VALUE aware sdk disjoint] fn set_action_return_value(value: (&[u8]));
            /// Sends a packed action, executed after this one.
            [genesis aware sdk] fn send_inline(action: (&[u8]));
            /// Sends a packed action that is free of context.
            [genesis aware sdk] fn send_context_free_inline(action: (&[u8]));
        }

        transaction "The transaction" {
            /// Copies as much of the packed transaction as there is room for; how much that was, or all there is for no room.
            [genesis any sdk] fn read_transaction(buffer: (&mut [u8])) -> u32;
            /// How long the packed transaction is.
            [genesis any sdk] fn transaction_size() -> u32;
            /// When the transaction expires, in seconds.
            [genesis any sdk] fn expiration() -> u32;
            /// The number of the block the transaction refers to, its lower 16 bits.
            [genesis any sdk] fn tapos_block_num() -> u32;
            /// The prefix of the block the transaction refers to.
            [genesis any sdk] fn tapos_block_prefix() -> u32;
            /// Copies a packed action of the transaction if there is room, a context-free one for the kind 0; how long it is, -1 where there is none.
            [genesis any sdk] fn get_action(kind: u32, index: u32, buffer: (&mut [u8])) -> i32;
            /// Copies as much of the context-free data as there is room for; how much that was, -1 where there is none.
            [genesis context_free sdk] fn get_context_free_data(index: u32, buffer: (&mut [u8])) -> i32;
            /// Sends a packed transaction for later, under a number of the sender's.
            [genesis aware other] fn send_deferred(sender_id: (&u128), payer: name, transaction: (&[u8]), replace: u32);
            /// Takes a deferred transaction back; whether there was one.
            [genesis aware other] fn cancel_deferred(sender_id: (&u128)) -> bool;
        }

        console "The console" {
            /// Prints a text that ends at a zero.
            [genesis any other] fn prints(text: (&cstr));
            /// Prints a text.
            [genesis any sdk] fn prints_l(text: (&[u8]));
            /// Prints a number.
            [genesis any sdk] fn printi(value: i64);
            /// Prints a number.
            [genesis any sdk] fn printui(value: u64);
            /// Prints a number.
            [genesis any sdk] fn printi128(value: (&i128));
            /// Prints a number.
            [genesis any sdk] fn printui128(value: (&u128));
            /// Prints a number with six digits after the point and its exponent.
            [genesis any sdk] fn printsf(value: f32);
            /// Prints a number with 15 digits after the point and its exponent.
            [genesis any sdk] fn printdf(value: f64);
            /// Prints a number with 18 digits after the point and its exponent.
            [genesis any sdk] fn printqf(value: (&f128));
            /// Prints a name.
            [genesis any sdk] fn printn(value: name);
            /// Prints bytes in hexadecimal.
            [genesis any sdk] fn printhex(data: (&[u8]));
        }

        crypto "Hashes and keys" {
            /// Fails unless the packed key made the packed signature of the digest.
            [genesis any sdk] fn assert_recover_key(digest: (&[u8; 32]), signature: (&[u8]), key: (&[u8]));
            /// Writes the packed key that made a packed signature; how long it is.
            [genesis any sdk] fn recover_key(digest: (&[u8; 32]), signature: (&[u8]), key: (&mut [u8])) -> u32;
            /// Fails unless this is the hash of the data.
            [genesis any sdk] fn assert_sha256(data: (&[u8]), hash: (&[u8; 32]));
            /// Fails unless this is the hash of the data.
            [genesis any sdk] fn assert_sha1(data: (&[u8]), hash: (&[u8; 20]));
            /// Fails unless this is the hash of the data.
            [genesis any sdk] fn assert_sha512(data: (&[u8]), hash: (&[u8; 64]));
            /// Fails unless this is the hash of the data.
            [genesis any sdk] fn assert_ripemd160(data: (&[u8]), hash: (&[u8; 20]));
            /// Hashes the data.
            [genesis any sdk] fn sha256(data: (&[u8]), hash: (&mut [u8; 32]));
            /// Hashes the data.
            [genesis any sdk] fn sha1(data: (&[u8]), hash: (&mut [u8; 20]));
            /// Hashes the data.
            [genesis any sdk] fn sha512(data: (&[u8]), hash: (&mut [u8; 64]));
            /// Hashes the data.
            [genesis any sdk] fn ripemd160(data: (&[u8]), hash: (&mut [u8; 20]));
        }

        primitives "Arithmetic of cryptography" {
            /// Adds two points of the first group of BN254; -1 for what is no point.
            [CRYPTO_PRIMITIVES any sdk disjoint] fn alt_bn128_add(left: (&[u8]), right: (&[u8]), result: (&mut [u8])) -> i32;
            /// Multiplies a point of the first group of BN254; -1 for what is no point.
            [CRYPTO_PRIMITIVES any sdk disjoint] fn alt_bn128_mul(point: (&[u8]), scalar: (&[u8]), result: (&mut [u8])) -> i32;
            /// 0 where the pairings multiply to one, else 1; -1 for what are no points.
            [CRYPTO_PRIMITIVES any sdk disjoint] fn alt_bn128_pair(pairs: (&[u8])) -> i32;
            /// Raises to a power modulo a number, the highest byte first; -1 without room.
            [CRYPTO_PRIMITIVES any sdk disjoint] fn mod_exp(base: (&[u8]), exponent: (&[u8]), modulus: (&[u8]), result: (&mut [u8])) -> i32;
            /// Compresses one block as BLAKE2b does, in so many rounds; -1 for a wrong length.
            [CRYPTO_PRIMITIVES any sdk disjoint] fn blake2_f(rounds: u32, state: (&[u8]), message: (&[u8]), t0: (&[u8]), t1: (&[u8]), last: i32, result: (&mut [u8])) -> i32;
            /// Hashes by SHA3-256, or Keccak-256 where the last is 1; as much as there is room for.
            [CRYPTO_PRIMITIVES any sdk disjoint] fn sha3(data: (&[u8]), hash: (&mut [u8]), keccak: i32);
            /// The uncompressed key of a signature as Ethereum has it; -1 where there is none.
            [CRYPTO_PRIMITIVES any sdk disjoint] fn k1_recover(signature: (&[u8]), digest: (&[u8]), key: (&mut [u8])) -> i32;
            /// Adds two points of the first group of BLS12-381; -1 for what is no point.
            [BLS_PRIMITIVES any sdk disjoint] fn bls_g1_add(left: (&[u8]), right: (&[u8]), result: (&mut [u8])) -> i32;
            /// Adds two points of the second group of BLS12-381; -1 for what is no point.
            [BLS_PRIMITIVES any sdk disjoint] fn bls_g2_add(left: (&[u8]), right: (&[u8]), result: (&mut [u8])) -> i32;
            /// The sum of multiples of points of the first group; -1 for what are no points.
            [BLS_PRIMITIVES any sdk disjoint] fn bls_g1_weighted_sum(points: (&[u8]), scalars: (&[u8]), count: u32, result: (&mut [u8])) -> i32;
            /// The sum of multiples of points of the second group; -1 for what are no points.
            [BLS_PRIMITIVES any sdk disjoint] fn bls_g2_weighted_sum(points: (&[u8]), scalars: (&[u8]), count: u32, result: (&mut [u8])) -> i32;
            /// The product of the pairings of points; -1 for what are no points.
            [BLS_PRIMITIVES any sdk disjoint] fn bls_pairing(g1: (&[u8]), g2: (&[u8]), count: u32, result: (&mut [u8])) -> i32;
            /// Maps an element of the field to a point of the first group; -1 for what is none.
            [BLS_PRIMITIVES any sdk disjoint] fn bls_g1_map(element: (&[u8]), result: (&mut [u8])) -> i32;
            /// Maps an element of the field to a point of the second group; -1 for what is none.
            [BLS_PRIMITIVES any sdk disjoint] fn bls_g2_map(element: (&[u8]), result: (&mut [u8])) -> i32;
            /// Reduces a number of 64 bytes to an element of the field; -1 for a wrong length.
            [BLS_PRIMITIVES any sdk disjoint] fn bls_fp_mod(number: (&[u8]), result: (&mut [u8])) -> i32;
            /// Multiplies two elements of the field; -1 for what are none.
            [BLS_PRIMITIVES any sdk disjoint] fn bls_fp_mul(left: (&[u8]), right: (&[u8]), result: (&mut [u8])) -> i32;
            /// Raises an element of the field to a power of 64 bytes; -1 for what is none.
            [BLS_PRIMITIVES any sdk disjoint] fn bls_fp_exp(base: (&[u8]), exponent: (&[u8]), result: (&mut [u8])) -> i32;
        }

        rows "Rows of tables" {
            /// Adds a row; its iterator.
            [genesis aware sdk] fn db_store_i64(scope: u64, table: name, payer: name, id: u64, data: (&[u8])) -> i32;
            /// Replaces a row; a payer of 0 keeps who pays.
            [genesis aware sdk] fn db_update_i64(iterator: i32, payer: name, data: (&[u8]));
            /// Removes a row.
            [genesis aware sdk] fn db_remove_i64(iterator: i32);
            /// Copies as much of a row as there is room for; how much that was, or all there is for no room.
            [genesis aware sdk] fn db_get_i64(iterator: i32, buffer: (&mut [u8])) -> i32;
            /// Moves to the next row and gives its key; the end's iterator behind the last.
            [genesis aware sdk] fn db_next_i64(iterator: i32, primary: (&mut u64)) -> i32;
            /// Moves to the row before and gives its key; -1 before the first.
            [genesis aware sdk] fn db_previous_i64(iterator: i32, primary: (&mut u64)) -> i32;
            /// Finds a row; the end's iterator where there is none, -1 where there is no table.
            [genesis aware sdk] fn db_find_i64(code: name, scope: u64, table: name, id: u64) -> i32;
            /// Finds the first row whose key is not less.
            [genesis aware sdk] fn db_lowerbound_i64(code: name, scope: u64, table: name, id: u64) -> i32;
            /// Finds the first row whose key is greater.
            [genesis aware sdk] fn db_upperbound_i64(code: name, scope: u64, table: name, id: u64) -> i32;
            /// The iterator behind the last row; -1 where there is no table.
            [genesis aware sdk] fn db_end_i64(code: name, scope: u64, table: name) -> i32;
        }

        db_idx64 "Secondary index: 64-bit keys" {
            /// Adds a key for the row `id`; its iterator.
            [genesis aware sdk] fn db_idx64_store(scope: u64, table: name, payer: name, id: u64, secondary: (&u64)) -> i32;
            /// Replaces a key; a payer of 0 keeps who pays.
            [genesis aware sdk] fn db_idx64_update(iterator: i32, payer: name, secondary: (&u64));
            /// Removes a key.
            [genesis aware sdk] fn db_idx64_remove(iterator: i32);
            /// Moves to the next key and gives its row; the end's iterator behind the last.
            [genesis aware sdk] fn db_idx64_next(iterator: i32, primary: (&mut u64)) -> i32;
            /// Moves to the key before and gives its row; -1 before the first.
            [genesis aware sdk] fn db_idx64_previous(iterator: i32, primary: (&mut u64)) -> i32;
            /// Finds the key of a row.
            [genesis aware sdk] fn db_idx64_find_primary(code: name, scope: u64, table: name, secondary: (&mut u64), primary: u64) -> i32;
            /// Finds a key and gives its first row.
            [genesis aware sdk] fn db_idx64_find_secondary(code: name, scope: u64, table: name, secondary: (&u64), primary: (&mut u64)) -> i32;
            /// Finds the first key that is not less, and gives it and its row.
            [genesis aware sdk] fn db_idx64_lowerbound(code: name, scope: u64, table: name, secondary: (&mut u64), primary: (&mut u64)) -> i32;
            /// Finds the first key that is greater, and gives it and its row.
            [genesis aware sdk] fn db_idx64_upperbound(code: name, scope: u64, table: name, secondary: (&mut u64), primary: (&mut u64)) -> i32;
            /// The iterator behind the last key; -1 where there is no table.
            [genesis aware sdk] fn db_idx64_end(code: name, scope: u64, table: name) -> i32;
        }

        db_idx128 "Secondary index: 128-bit keys" {
            /// Adds a key for the row `id`; its iterator.
            [genesis aware sdk] fn db_idx128_store(scope: u64, table: name, payer: name, id: u64, secondary: (&u128)) -> i32;
            /// Replaces a key; a payer of 0 keeps who pays.
            [genesis aware sdk] fn db_idx128_update(iterator: i32, payer: name, secondary: (&u128));
            /// Removes a key.
            [genesis aware sdk] fn db_idx128_remove(iterator: i32);
            /// Moves to the next key and gives its row; the end's iterator behind the last.
            [genesis aware sdk] fn db_idx128_next(iterator: i32, primary: (&mut u64)) -> i32;
            /// Moves to the key before and gives its row; -1 before the first.
            [genesis aware sdk] fn db_idx128_previous(iterator: i32, primary: (&mut u64)) -> i32;
            /// Finds the key of a row.
            [genesis aware sdk] fn db_idx128_find_primary(code: name, scope: u64, table: name, secondary: (&mut u128), primary: u64) -> i32;
            /// Finds a key and gives its first row.
            [genesis aware sdk] fn db_idx128_find_secondary(code: name, scope: u64, table: name, secondary: (&u128), primary: (&mut u64)) -> i32;
            /// Finds the first key that is not less, and gives it and its row.
            [genesis aware sdk] fn db_idx128_lowerbound(code: name, scope: u64, table: name, secondary: (&mut u128), primary: (&mut u64)) -> i32;
            /// Finds the first key that is greater, and gives it and its row.
            [genesis aware sdk] fn db_idx128_upperbound(code: name, scope: u64, table: name, secondary: (&mut u128), primary: (&mut u64)) -> i32;
            /// The iterator behind the last key; -1 where there is no table.
            [genesis aware sdk] fn db_idx128_end(code: name, scope: u64, table: name) -> i32;
        }

        db_idx256 "Secondary index: 256-bit keys, two words each" {
            /// Adds a key for the row `id`; its iterator.
            [genesis aware sdk] fn db_idx256_store(scope: u64, table: name, payer: name, id: u64, secondary: (&[u128])) -> i32;
            /// Replaces a key; a payer of 0 keeps who pays.
            [genesis aware sdk] fn db_idx256_update(iterator: i32, payer: name, secondary: (&[u128]));
            /// Removes a key.
            [genesis aware sdk] fn db_idx256_remove(iterator: i32);
            /// Moves to the next key and gives its row; the end's iterator behind the last.
            [genesis aware sdk] fn db_idx256_next(iterator: i32, primary: (&mut u64)) -> i32;
            /// Moves to the key before and gives its row; -1 before the first.
            [genesis aware sdk] fn db_idx256_previous(iterator: i32, primary: (&mut u64)) -> i32;
            /// Finds the key of a row.
            [genesis aware sdk] fn db_idx256_find_primary(code: name, scope: u64, table: name, secondary: (&mut [u128]), primary: u64) -> i32;
            /// Finds a key and gives its first row.
            [genesis aware sdk] fn db_idx256_find_secondary(code: name, scope: u64, table: name, secondary: (&[u128]), primary: (&mut u64)) -> i32;
            /// Finds the first key that is not less, and gives it and its row.
            [genesis aware sdk] fn db_idx256_lowerbound(code: name, scope: u64, table: name, secondary: (&mut [u128]), primary: (&mut u64)) -> i32;
            /// Finds the first key that is greater, and gives it and its row.
            [genesis aware sdk] fn db_idx256_upperbound(code: name, scope: u64, table: name, secondary: (&mut [u128]), primary: (&mut u64)) -> i32;
            /// The iterator behind the last key; -1 where there is no table.
            [genesis aware sdk] fn db_idx256_end(code: name, scope: u64, table: name) -> i32;
        }

        db_idx_double "Secondary index: doubles" {
            /// Adds a key for the row `id`; its iterator. What is no number is refused.
            [genesis aware sdk] fn db_idx_double_store(scope: u64, table: name, payer: name, id: u64, secondary: (&f64)) -> i32;
            /// Replaces a key; a payer of 0 keeps who pays. What is no number is refused.
            [genesis aware sdk] fn db_idx_double_update(iterator: i32, payer: name, secondary: (&f64));
            /// Removes a key.
            [genesis aware sdk] fn db_idx_double_remove(iterator: i32);
            /// Moves to the next key and gives its row; the end's iterator behind the last.
            [genesis aware sdk] fn db_idx_double_next(iterator: i32, primary: (&mut u64)) -> i32;
            /// Moves to the key before and gives its row; -1 before the first.
            [genesis aware sdk] fn db_idx_double_previous(iterator: i32, primary: (&mut u64)) -> i32;
            /// Finds the key of a row.
            [genesis aware sdk] fn db_idx_double_find_primary(code: name, scope: u64, table: name, secondary: (&mut f64), primary: u64) -> i32;
            /// Finds a key and gives its first row. What is no number is refused.
            [genesis aware sdk] fn db_idx_double_find_secondary(code: name, scope: u64, table: name, secondary: (&f64), primary: (&mut u64)) -> i32;
            /// Finds the first key that is not less, and gives it and its row. What is no number is refused.
            [genesis aware sdk] fn db_idx_double_lowerbound(code: name, scope: u64, table: name, secondary: (&mut f64), primary: (&mut u64)) -> i32;
            /// Finds the first key that is greater, and gives it and its row. What is no number is refused.
            [genesis aware sdk] fn db_idx_double_upperbound(code: name, scope: u64, table: name, secondary: (&mut f64), primary: (&mut u64)) -> i32;
            /// The iterator behind the last key; -1 where there is no table.
            [genesis aware sdk] fn db_idx_double_end(code: name, scope: u64, table: name) -> i32;
        }

        db_idx_long_double "Secondary index: long doubles" {
            /// Adds a key for the row `id`; its iterator. What is no number is refused.
            [genesis aware sdk] fn db_idx_long_double_store(scope: u64, table: name, payer: name, id: u64, secondary: (&f128)) -> i32;
            /// Replaces a key; a payer of 0 keeps who pays. What is no number is refused.
            [genesis aware sdk] fn db_idx_long_double_update(iterator: i32, payer: name, secondary: (&f128));
            /// Removes a key.
            [genesis aware sdk] fn db_idx_long_double_remove(iterator: i32);
            /// Moves to the next key and gives its row; the end's iterator behind the last.
            [genesis aware sdk] fn db_idx_long_double_next(iterator: i32, primary: (&mut u64)) -> i32;
            /// Moves to the key before and gives its row; -1 before the first.
            [genesis aware sdk] fn db_idx_long_double_previous(iterator: i32, primary: (&mut u64)) -> i32;
            /// Finds the key of a row.
            [genesis aware sdk] fn db_idx_long_double_find_primary(code: name, scope: u64, table: name, secondary: (&mut f128), primary: u64) -> i32;
            /// Finds a key and gives its first row. What is no number is refused.
            [genesis aware sdk] fn db_idx_long_double_find_secondary(code: name, scope: u64, table: name, secondary: (&f128), primary: (&mut u64)) -> i32;
            /// Finds the first key that is not less, and gives it and its row. What is no number is refused.
            [genesis aware sdk] fn db_idx_long_double_lowerbound(code: name, scope: u64, table: name, secondary: (&mut f128), primary: (&mut u64)) -> i32;
            /// Finds the first key that is greater, and gives it and its row. What is no number is refused.
            [genesis aware sdk] fn db_idx_long_double_upperbound(code: name, scope: u64, table: name, secondary: (&mut f128), primary: (&mut u64)) -> i32;
            /// The iterator behind the last key; -1 where there is no table.
            [genesis aware sdk] fn db_idx_long_double_end(code: name, scope: u64, table: name) -> i32;
        }

        privileged "What the system's contracts may" {
            /// Writes the producers of the current schedule; how many bytes that were, or would be for no room.
            [genesis aware sdk] fn get_active_producers(producers: (&mut [name])) -> u32;
            /// Has a protocol feature activated in the next block, by its digest.
            [PREACTIVATE_FEATURE privileged sdk] fn preactivate_feature(digest: (&[u8; 32]));
            /// Whether a feature is active, by a name; none is on any chain.
            [genesis privileged other] fn is_feature_active(feature: i64) -> bool;
            /// Activates a feature by a name; fails on every chain.
            [genesis privileged other] fn activate_feature(feature: i64);
            /// Sets what an account may use; -1 for no limit.
            [genesis privileged sdk] fn set_resource_limits(account: name, ram_bytes: i64, net_weight: i64, cpu_weight: i64);
            /// What an account may use; -1 for no limit.
            [genesis privileged sdk] fn get_resource_limits(account: name, ram_bytes: (&mut i64), net_weight: (&mut i64), cpu_weight: (&mut i64));
            /// Writes parameters of the chain, asked for by number; how long they are.
            [BLOCKCHAIN_PARAMETERS privileged sdk disjoint] fn get_parameters_packed(ids: (&[u8]), buffer: (&mut [u8])) -> u32;
            /// Sets parameters of the chain, given by number.
            [BLOCKCHAIN_PARAMETERS privileged sdk disjoint] fn set_parameters_packed(parameters: (&[u8]));
            /// Writes the limits of modules; how long they are.
            [CONFIGURABLE_WASM_LIMITS privileged sdk disjoint] fn get_wasm_parameters_packed(buffer: (&mut [u8]), max_version: u32) -> u32;
            /// Sets the limits of modules.
            [CONFIGURABLE_WASM_LIMITS privileged sdk disjoint] fn set_wasm_parameters_packed(parameters: (&[u8]));
            /// Proposes a schedule of producers with one key each; its version, or -1.
            [genesis privileged sdk] fn set_proposed_producers(schedule: (&[u8])) -> i64;
            /// Proposes a schedule of producers in a format; its version, or -1.
            [WTMSIG_BLOCK_SIGNATURES privileged sdk] fn set_proposed_producers_ex(format: u64, schedule: (&[u8])) -> i64;
            /// Writes the parameters of the chain; how long they are, 0 without room.
            [genesis privileged sdk] fn get_blockchain_parameters_packed(buffer: (&mut [u8])) -> u32;
            /// Sets the parameters of the chain.
            [genesis privileged sdk] fn set_blockchain_parameters_packed(parameters: (&[u8]));
            /// Whether an account is privileged.
            [genesis privileged sdk] fn is_privileged(account: name) -> bool;
            /// Makes an account privileged, or no longer.
            [genesis privileged sdk] fn set_privileged(account: name, privileged: bool);
            /// Proposes who finalizes blocks.
            [SAVANNA privileged sdk disjoint] fn set_finalizers(format: u64, policy: (&[u8]));
        }

        memory "Memory" {
            /// Copies bytes that do not overlap; fails where they lie nearer than their number.
            [genesis any other] fn memcpy(to: (*mut u8), from: (*const u8), length: u32) -> (*mut u8);
            /// Copies bytes.
            [genesis any other] fn memmove(to: (*mut u8), from: (*const u8), length: u32) -> (*mut u8);
            /// Compares bytes: -1, 0 or 1.
            [genesis any other] fn memcmp(left: (*const u8), right: (*const u8), length: u32) -> i32;
            /// Fills bytes.
            [genesis any other] fn memset(to: (*mut u8), value: i32, length: u32) -> (*mut u8);
        }

        builtins "What compilers call for: integers of 128 bits" {
            /// Shifts to the left.
            [genesis any other] fn __ashlti3(result: (&mut i128), value: i128, by: u32);
            /// Shifts to the right and keeps the sign.
            [genesis any other] fn __ashrti3(result: (&mut i128), value: i128, by: u32);
            /// Shifts to the left.
            [genesis any other] fn __lshlti3(result: (&mut i128), value: i128, by: u32);
            /// Shifts to the right.
            [genesis any other] fn __lshrti3(result: (&mut i128), value: i128, by: u32);
            /// Divides; fails for a divisor of zero.
            [genesis any other] fn __divti3(result: (&mut i128), left: i128, right: i128);
            /// Divides; fails for a divisor of zero.
            [genesis any other] fn __udivti3(result: (&mut u128), left: u128, right: u128);
            /// Multiplies.
            [genesis any other] fn __multi3(result: (&mut i128), left: i128, right: i128);
            /// The rest of a division; fails for a divisor of zero.
            [genesis any other] fn __modti3(result: (&mut i128), left: i128, right: i128);
            /// The rest of a division; fails for a divisor of zero.
            [genesis any other] fn __umodti3(result: (&mut u128), left: u128, right: u128);
            /// The integer of a float, toward zero.
            [genesis any other] fn __fixsfti(result: (&mut i128), value: f32);
            /// The integer of a float, toward zero.
            [genesis any other] fn __fixdfti(result: (&mut i128), value: f64);
            /// The integer of a float, toward zero.
            [genesis any other] fn __fixunssfti(result: (&mut u128), value: f32);
            /// The integer of a float, toward zero.
            [genesis any other] fn __fixunsdfti(result: (&mut u128), value: f64);
            /// The double of an integer.
            [genesis any other] fn __floatsidf(value: i32) -> f64;
            /// The double nearest to an integer.
            [genesis any other] fn __floattidf(value: i128) -> f64;
            /// The double nearest to an integer.
            [genesis any other] fn __floatuntidf(value: u128) -> f64;
        }

        long_double "What compilers call for: long doubles" {
            /// Adds.
            [genesis any other] fn __addtf3(result: (&mut f128), left: f128, right: f128);
            /// Subtracts.
            [genesis any other] fn __subtf3(result: (&mut f128), left: f128, right: f128);
            /// Multiplies.
            [genesis any other] fn __multf3(result: (&mut f128), left: f128, right: f128);
            /// Divides.
            [genesis any other] fn __divtf3(result: (&mut f128), left: f128, right: f128);
            /// Changes the sign.
            [genesis any other] fn __negtf2(result: (&mut f128), value: f128);
            /// The long double of a float.
            [genesis any other] fn __extendsftf2(result: (&mut f128), value: f32);
            /// The long double of a double.
            [genesis any other] fn __extenddftf2(result: (&mut f128), value: f64);
            /// The double nearest to a long double.
            [genesis any other] fn __trunctfdf2(value: f128) -> f64;
            /// The float nearest to a long double.
            [genesis any other] fn __trunctfsf2(value: f128) -> f32;
            /// The integer nearest to a long double.
            [genesis any other] fn __fixtfsi(value: f128) -> i32;
            /// The integer nearest to a long double.
            [genesis any other] fn __fixtfdi(value: f128) -> i64;
            /// The integer of a long double, toward zero.
            [genesis any other] fn __fixtfti(result: (&mut i128), value: f128);
            /// The integer nearest to a long double.
            [genesis any other] fn __fixunstfsi(value: f128) -> u32;
            /// The integer nearest to a long double.
            [genesis any other] fn __fixunstfdi(value: f128) -> u64;
            /// The integer of a long double, toward zero.
            [genesis any other] fn __fixunstfti(result: (&mut u128), value: f128);
            /// The long double of an integer.
            [genesis any other] fn __floatsitf(result: (&mut f128), value: i32);
            /// The long double of an integer.
            [genesis any other] fn __floatditf(result: (&mut f128), value: i64);
            /// The long double of an integer.
            [genesis any other] fn __floatunsitf(result: (&mut f128), value: u32);
            /// The long double of an integer.
            [genesis any other] fn __floatunditf(result: (&mut f128), value: u64);
            /// Compares: -1, 0 or 1; 1 for what is no number.
            [genesis any other] fn __cmptf2(left: f128, right: f128) -> i32;
            /// 0 where they are equal.
            [genesis any other] fn __eqtf2(left: f128, right: f128) -> i32;
            /// 0 where they are equal.
            [genesis any other] fn __netf2(left: f128, right: f128) -> i32;
            /// Not negative where the first is not less.
            [genesis any other] fn __getf2(left: f128, right: f128) -> i32;
            /// Positive where the first is greater.
            [genesis any other] fn __gttf2(left: f128, right: f128) -> i32;
            /// Not positive where the first is not greater.
            [genesis any other] fn __letf2(left: f128, right: f128) -> i32;
            /// Negative where the first is less.
            [genesis any other] fn __lttf2(left: f128, right: f128) -> i32;
            /// 1 where one of them is no number, else 0.
            [genesis any other] fn __unordtf2(left: f128, right: f128) -> i32;
        }
    } };
}
