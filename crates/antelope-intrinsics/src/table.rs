//! All host functions of nodeos, in groups.

/// Hands the list of host functions to another macro.
///
/// `intrinsics!(callback)` expands to `callback! { … }` with one entry per group and, in it, one entry
/// per function:
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
/// | `context` | where it may be called: `any` action, `aware` (not context-free), only `context_free`, `privileged` |
/// | `audience` | `sdk` for contracts in Rust, `other` for compilers and other languages |
/// | `disjoint` | present if the buffers of the parameters must not overlap |
///
/// A type is one token tree, so that a callback can match it:
///
/// | type | is passed as |
/// |---|---|
/// | `bool` `name` `i32` `u32` `i64` `u64` `f32` `f64` | a number |
/// | `i128` `u128` `f128` | two 64-bit numbers, the lower half first |
/// | `(&T)` `(&mut T)` | its address, never 0 |
/// | `(&[T])` `(&mut [T])` | an address and the number of elements |
/// | `(&cstr)` | the address of a zero-terminated text |
/// | `(*const u8)` `(*mut u8)` | an address; another parameter gives the number of bytes |
///
/// Source: `eos-vm.cpp`, `interface.hpp` and `genesis_intrinsics.cpp` of Spring 1.x.
#[macro_export]
macro_rules! intrinsics {
    ($($callback:ident)::+) => { $($callback)::+! {
        authorization "Authorization and accounts" {
            /// Fails unless the action is authorized by the account.
            [genesis aware sdk] fn require_auth(account: name);
            /// Fails unless the action is authorized by this permission of the account.
            [genesis aware sdk] fn require_auth2(account: name, permission: name);
            /// Whether the action is authorized by the account.
            [genesis aware sdk] fn has_auth(account: name) -> bool;
            /// Adds an account to the recipients that are notified of the action; each is notified once.
            [genesis aware sdk] fn require_recipient(account: name);
            /// Whether the account exists.
            [genesis aware sdk] fn is_account(account: name) -> bool;
            /// Writes the packed code hash of an account if the buffer is large enough; returns its size.
            [GET_CODE_HASH aware sdk disjoint] fn get_code_hash(account: name, version: u32, result: (&mut [u8])) -> u32;
        }

        permissions "Permissions" {
            /// Whether these keys and permissions satisfy the authorizations of a packed transaction.
            [genesis aware sdk] fn check_transaction_authorization(transaction: (&[u8]), keys: (&[u8]), permissions: (&[u8])) -> bool;
            /// Whether these keys and permissions satisfy a permission, with a delay in microseconds.
            [genesis aware sdk] fn check_permission_authorization(account: name, permission: name, keys: (&[u8]), permissions: (&[u8]), delay_us: u64) -> bool;
            /// The time at which a permission was last used, in microseconds since 1970.
            [genesis aware sdk] fn get_permission_last_used(account: name, permission: name) -> i64;
            /// The time at which an account was created, in microseconds since 1970.
            [genesis aware sdk] fn get_account_creation_time(account: name) -> i64;
        }

        system "System" {
            /// The block time, in microseconds since 1970.
            [genesis aware sdk] fn current_time() -> u64;
            /// The time at which the transaction was published, in microseconds since 1970: the block time, except for deferred transactions.
            [genesis aware sdk] fn publication_time() -> u64;
            /// Whether the protocol feature with this digest is active.
            [PREACTIVATE_FEATURE aware sdk] fn is_feature_activated(digest: (&[u8; 32])) -> bool;
            /// The account whose code sent this inline action; 0 if it is not an inline action.
            [GET_SENDER aware sdk] fn get_sender() -> name;
            /// The number of the pending block.
            [GET_BLOCK_NUM any sdk] fn get_block_num() -> u32;
            /// Fails the transaction.
            [genesis any other] fn abort();
            /// Fails with a zero-terminated message unless the condition holds.
            [genesis any other] fn eosio_assert(condition: bool, message: (&cstr));
            /// Fails with a message unless the condition holds.
            [genesis any sdk] fn eosio_assert_message(condition: bool, message: (&[u8]));
            /// Fails with an error code unless the condition holds.
            [genesis any sdk] fn eosio_assert_code(condition: bool, code: u64);
            /// Ends the action successfully.
            [genesis any sdk] fn eosio_exit(code: i32);
        }

        action "The action" {
            /// Copies as much of the action data as fits and returns the number of bytes copied; for an empty buffer, returns the full size.
            [genesis any sdk] fn read_action_data(buffer: (&mut [u8])) -> u32;
            /// The size of the action data in bytes.
            [genesis any sdk] fn action_data_size() -> u32;
            /// The account whose code is running: the receiver.
            [genesis any sdk] fn current_receiver() -> name;
            /// Sets the return value of the action, which is in its trace.
            [ACTION_RETURN_VALUE aware sdk disjoint] fn set_action_return_value(value: (&[u8]));
            /// Sends a packed inline action, executed after this action.
            [genesis aware sdk] fn send_inline(action: (&[u8]));
            /// Sends a packed context-free inline action.
            [genesis aware sdk] fn send_context_free_inline(action: (&[u8]));
        }

        transaction "The transaction" {
            /// Copies as much of the packed transaction as fits and returns the number of bytes copied; for an empty buffer, returns the full size.
            [genesis any sdk] fn read_transaction(buffer: (&mut [u8])) -> u32;
            /// The size of the packed transaction in bytes.
            [genesis any sdk] fn transaction_size() -> u32;
            /// The expiration of the transaction, in seconds since 1970.
            [genesis any sdk] fn expiration() -> u32;
            /// The lower 16 bits of the number of the transaction's reference block.
            [genesis any sdk] fn tapos_block_num() -> u32;
            /// The prefix of the transaction's reference block.
            [genesis any sdk] fn tapos_block_prefix() -> u32;
            /// Copies a packed action of the transaction (a context-free one if the kind is 0) if the buffer is large enough; returns its size, or -1 if there is none.
            [genesis any sdk] fn get_action(kind: u32, index: u32, buffer: (&mut [u8])) -> i32;
            /// Copies as much of the context-free data as fits and returns the number of bytes copied, or -1 if there is none.
            [genesis context_free sdk] fn get_context_free_data(index: u32, buffer: (&mut [u8])) -> i32;
            /// Sends a packed deferred transaction, identified by a number that the sender chooses.
            [genesis aware other] fn send_deferred(sender_id: (&u128), payer: name, transaction: (&[u8]), replace: u32);
            /// Cancels a deferred transaction; returns whether there was one.
            [genesis aware other] fn cancel_deferred(sender_id: (&u128)) -> bool;
        }

        console "The console" {
            /// Prints a zero-terminated text.
            [genesis any other] fn prints(text: (&cstr));
            /// Prints a text.
            [genesis any sdk] fn prints_l(text: (&[u8]));
            /// Prints an integer.
            [genesis any sdk] fn printi(value: i64);
            /// Prints an integer.
            [genesis any sdk] fn printui(value: u64);
            /// Prints an integer.
            [genesis any sdk] fn printi128(value: (&i128));
            /// Prints an integer.
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
            /// Fails unless the packed signature of the digest was made with the packed key.
            [genesis any sdk] fn assert_recover_key(digest: (&[u8; 32]), signature: (&[u8]), key: (&[u8]));
            /// Recovers the public key from a packed signature of the digest and writes it, packed; returns its size.
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

        primitives "Cryptographic primitives" {
            /// Adds two points of the first group of BN254; -1 for an invalid point.
            [CRYPTO_PRIMITIVES any sdk disjoint] fn alt_bn128_add(left: (&[u8]), right: (&[u8]), result: (&mut [u8])) -> i32;
            /// Multiplies a point of the first group of BN254; -1 for an invalid point.
            [CRYPTO_PRIMITIVES any sdk disjoint] fn alt_bn128_mul(point: (&[u8]), scalar: (&[u8]), result: (&mut [u8])) -> i32;
            /// 0 if the product of the pairings is one, else 1; -1 for invalid points.
            [CRYPTO_PRIMITIVES any sdk disjoint] fn alt_bn128_pair(pairs: (&[u8])) -> i32;
            /// Modular exponentiation of big-endian numbers; -1 if the buffer is too small.
            [CRYPTO_PRIMITIVES any sdk disjoint] fn mod_exp(base: (&[u8]), exponent: (&[u8]), modulus: (&[u8]), result: (&mut [u8])) -> i32;
            /// The compression function of BLAKE2b with this number of rounds; -1 for a wrong length.
            [CRYPTO_PRIMITIVES any sdk disjoint] fn blake2_f(rounds: u32, state: (&[u8]), message: (&[u8]), t0: (&[u8]), t1: (&[u8]), last: i32, result: (&mut [u8])) -> i32;
            /// Hashes the data with SHA3-256, or with Keccak-256 if `keccak` is 1; writes as much of the hash as fits.
            [CRYPTO_PRIMITIVES any sdk disjoint] fn sha3(data: (&[u8]), hash: (&mut [u8]), keccak: i32);
            /// Recovers the uncompressed key from a signature in Ethereum's format; -1 if there is none.
            [CRYPTO_PRIMITIVES any sdk disjoint] fn k1_recover(signature: (&[u8]), digest: (&[u8]), key: (&mut [u8])) -> i32;
            /// Adds two points of the first group of BLS12-381; -1 for an invalid point.
            [BLS_PRIMITIVES any sdk disjoint] fn bls_g1_add(left: (&[u8]), right: (&[u8]), result: (&mut [u8])) -> i32;
            /// Adds two points of the second group of BLS12-381; -1 for an invalid point.
            [BLS_PRIMITIVES any sdk disjoint] fn bls_g2_add(left: (&[u8]), right: (&[u8]), result: (&mut [u8])) -> i32;
            /// The weighted sum of points of the first group; -1 for invalid points.
            [BLS_PRIMITIVES any sdk disjoint] fn bls_g1_weighted_sum(points: (&[u8]), scalars: (&[u8]), count: u32, result: (&mut [u8])) -> i32;
            /// The weighted sum of points of the second group; -1 for invalid points.
            [BLS_PRIMITIVES any sdk disjoint] fn bls_g2_weighted_sum(points: (&[u8]), scalars: (&[u8]), count: u32, result: (&mut [u8])) -> i32;
            /// The product of the pairings of points; -1 for invalid points.
            [BLS_PRIMITIVES any sdk disjoint] fn bls_pairing(g1: (&[u8]), g2: (&[u8]), count: u32, result: (&mut [u8])) -> i32;
            /// Maps a field element to a point of the first group; -1 for an invalid element.
            [BLS_PRIMITIVES any sdk disjoint] fn bls_g1_map(element: (&[u8]), result: (&mut [u8])) -> i32;
            /// Maps a field element to a point of the second group; -1 for an invalid element.
            [BLS_PRIMITIVES any sdk disjoint] fn bls_g2_map(element: (&[u8]), result: (&mut [u8])) -> i32;
            /// Reduces a number of 64 bytes to a field element; -1 for a wrong length.
            [BLS_PRIMITIVES any sdk disjoint] fn bls_fp_mod(number: (&[u8]), result: (&mut [u8])) -> i32;
            /// Multiplies two field elements; -1 for invalid elements.
            [BLS_PRIMITIVES any sdk disjoint] fn bls_fp_mul(left: (&[u8]), right: (&[u8]), result: (&mut [u8])) -> i32;
            /// Raises a field element to a power given in 64 bytes; -1 for an invalid element.
            [BLS_PRIMITIVES any sdk disjoint] fn bls_fp_exp(base: (&[u8]), exponent: (&[u8]), result: (&mut [u8])) -> i32;
        }

        rows "Rows of tables" {
            /// Adds a row; returns its iterator.
            [genesis aware sdk] fn db_store_i64(scope: u64, table: name, payer: name, id: u64, data: (&[u8])) -> i32;
            /// Replaces a row; with the payer 0, the RAM payer stays the same.
            [genesis aware sdk] fn db_update_i64(iterator: i32, payer: name, data: (&[u8]));
            /// Removes a row.
            [genesis aware sdk] fn db_remove_i64(iterator: i32);
            /// Copies as much of a row as fits and returns the number of bytes copied; for an empty buffer, returns the full size.
            [genesis aware sdk] fn db_get_i64(iterator: i32, buffer: (&mut [u8])) -> i32;
            /// Moves to the next row and gives its primary key; returns the end iterator after the last row.
            [genesis aware sdk] fn db_next_i64(iterator: i32, primary: (&mut u64)) -> i32;
            /// Moves to the previous row and gives its primary key; returns -1 before the first row.
            [genesis aware sdk] fn db_previous_i64(iterator: i32, primary: (&mut u64)) -> i32;
            /// Finds a row; returns the end iterator if there is none, and -1 if there is no such table.
            [genesis aware sdk] fn db_find_i64(code: name, scope: u64, table: name, id: u64) -> i32;
            /// Lower bound: finds the first row whose primary key is not less.
            [genesis aware sdk] fn db_lowerbound_i64(code: name, scope: u64, table: name, id: u64) -> i32;
            /// Upper bound: finds the first row whose primary key is greater.
            [genesis aware sdk] fn db_upperbound_i64(code: name, scope: u64, table: name, id: u64) -> i32;
            /// The end iterator, after the last row; -1 if there is no such table.
            [genesis aware sdk] fn db_end_i64(code: name, scope: u64, table: name) -> i32;
        }

        db_idx64 "Secondary index: 64-bit keys" {
            /// Adds an entry for the row `id`; returns its iterator.
            [genesis aware sdk] fn db_idx64_store(scope: u64, table: name, payer: name, id: u64, secondary: (&u64)) -> i32;
            /// Replaces the key of an entry; with the payer 0, the RAM payer stays the same.
            [genesis aware sdk] fn db_idx64_update(iterator: i32, payer: name, secondary: (&u64));
            /// Removes an entry.
            [genesis aware sdk] fn db_idx64_remove(iterator: i32);
            /// Moves to the next entry and gives its primary key; returns the end iterator after the last entry.
            [genesis aware sdk] fn db_idx64_next(iterator: i32, primary: (&mut u64)) -> i32;
            /// Moves to the previous entry and gives its primary key; returns -1 before the first entry.
            [genesis aware sdk] fn db_idx64_previous(iterator: i32, primary: (&mut u64)) -> i32;
            /// Finds the entry of a row by primary key and gives its secondary key.
            [genesis aware sdk] fn db_idx64_find_primary(code: name, scope: u64, table: name, secondary: (&mut u64), primary: u64) -> i32;
            /// Finds the first entry with this secondary key and gives its primary key.
            [genesis aware sdk] fn db_idx64_find_secondary(code: name, scope: u64, table: name, secondary: (&u64), primary: (&mut u64)) -> i32;
            /// Lower bound: finds the first entry whose key is not less, and gives its secondary and primary key.
            [genesis aware sdk] fn db_idx64_lowerbound(code: name, scope: u64, table: name, secondary: (&mut u64), primary: (&mut u64)) -> i32;
            /// Upper bound: finds the first entry whose key is greater, and gives its secondary and primary key.
            [genesis aware sdk] fn db_idx64_upperbound(code: name, scope: u64, table: name, secondary: (&mut u64), primary: (&mut u64)) -> i32;
            /// The end iterator, after the last entry; -1 if there is no such table.
            [genesis aware sdk] fn db_idx64_end(code: name, scope: u64, table: name) -> i32;
        }

        db_idx128 "Secondary index: 128-bit keys" {
            /// Adds an entry for the row `id`; returns its iterator.
            [genesis aware sdk] fn db_idx128_store(scope: u64, table: name, payer: name, id: u64, secondary: (&u128)) -> i32;
            /// Replaces the key of an entry; with the payer 0, the RAM payer stays the same.
            [genesis aware sdk] fn db_idx128_update(iterator: i32, payer: name, secondary: (&u128));
            /// Removes an entry.
            [genesis aware sdk] fn db_idx128_remove(iterator: i32);
            /// Moves to the next entry and gives its primary key; returns the end iterator after the last entry.
            [genesis aware sdk] fn db_idx128_next(iterator: i32, primary: (&mut u64)) -> i32;
            /// Moves to the previous entry and gives its primary key; returns -1 before the first entry.
            [genesis aware sdk] fn db_idx128_previous(iterator: i32, primary: (&mut u64)) -> i32;
            /// Finds the entry of a row by primary key and gives its secondary key.
            [genesis aware sdk] fn db_idx128_find_primary(code: name, scope: u64, table: name, secondary: (&mut u128), primary: u64) -> i32;
            /// Finds the first entry with this secondary key and gives its primary key.
            [genesis aware sdk] fn db_idx128_find_secondary(code: name, scope: u64, table: name, secondary: (&u128), primary: (&mut u64)) -> i32;
            /// Lower bound: finds the first entry whose key is not less, and gives its secondary and primary key.
            [genesis aware sdk] fn db_idx128_lowerbound(code: name, scope: u64, table: name, secondary: (&mut u128), primary: (&mut u64)) -> i32;
            /// Upper bound: finds the first entry whose key is greater, and gives its secondary and primary key.
            [genesis aware sdk] fn db_idx128_upperbound(code: name, scope: u64, table: name, secondary: (&mut u128), primary: (&mut u64)) -> i32;
            /// The end iterator, after the last entry; -1 if there is no such table.
            [genesis aware sdk] fn db_idx128_end(code: name, scope: u64, table: name) -> i32;
        }

        db_idx256 "Secondary index: 256-bit keys, two words each" {
            /// Adds an entry for the row `id`; returns its iterator.
            [genesis aware sdk] fn db_idx256_store(scope: u64, table: name, payer: name, id: u64, secondary: (&[u128])) -> i32;
            /// Replaces the key of an entry; with the payer 0, the RAM payer stays the same.
            [genesis aware sdk] fn db_idx256_update(iterator: i32, payer: name, secondary: (&[u128]));
            /// Removes an entry.
            [genesis aware sdk] fn db_idx256_remove(iterator: i32);
            /// Moves to the next entry and gives its primary key; returns the end iterator after the last entry.
            [genesis aware sdk] fn db_idx256_next(iterator: i32, primary: (&mut u64)) -> i32;
            /// Moves to the previous entry and gives its primary key; returns -1 before the first entry.
            [genesis aware sdk] fn db_idx256_previous(iterator: i32, primary: (&mut u64)) -> i32;
            /// Finds the entry of a row by primary key and gives its secondary key.
            [genesis aware sdk] fn db_idx256_find_primary(code: name, scope: u64, table: name, secondary: (&mut [u128]), primary: u64) -> i32;
            /// Finds the first entry with this secondary key and gives its primary key.
            [genesis aware sdk] fn db_idx256_find_secondary(code: name, scope: u64, table: name, secondary: (&[u128]), primary: (&mut u64)) -> i32;
            /// Lower bound: finds the first entry whose key is not less, and gives its secondary and primary key.
            [genesis aware sdk] fn db_idx256_lowerbound(code: name, scope: u64, table: name, secondary: (&mut [u128]), primary: (&mut u64)) -> i32;
            /// Upper bound: finds the first entry whose key is greater, and gives its secondary and primary key.
            [genesis aware sdk] fn db_idx256_upperbound(code: name, scope: u64, table: name, secondary: (&mut [u128]), primary: (&mut u64)) -> i32;
            /// The end iterator, after the last entry; -1 if there is no such table.
            [genesis aware sdk] fn db_idx256_end(code: name, scope: u64, table: name) -> i32;
        }

        db_idx_double "Secondary index: doubles" {
            /// Adds an entry for the row `id`; returns its iterator. A NaN is refused.
            [genesis aware sdk] fn db_idx_double_store(scope: u64, table: name, payer: name, id: u64, secondary: (&f64)) -> i32;
            /// Replaces the key of an entry; with the payer 0, the RAM payer stays the same. A NaN is refused.
            [genesis aware sdk] fn db_idx_double_update(iterator: i32, payer: name, secondary: (&f64));
            /// Removes an entry.
            [genesis aware sdk] fn db_idx_double_remove(iterator: i32);
            /// Moves to the next entry and gives its primary key; returns the end iterator after the last entry.
            [genesis aware sdk] fn db_idx_double_next(iterator: i32, primary: (&mut u64)) -> i32;
            /// Moves to the previous entry and gives its primary key; returns -1 before the first entry.
            [genesis aware sdk] fn db_idx_double_previous(iterator: i32, primary: (&mut u64)) -> i32;
            /// Finds the entry of a row by primary key and gives its secondary key.
            [genesis aware sdk] fn db_idx_double_find_primary(code: name, scope: u64, table: name, secondary: (&mut f64), primary: u64) -> i32;
            /// Finds the first entry with this secondary key and gives its primary key. A NaN is refused.
            [genesis aware sdk] fn db_idx_double_find_secondary(code: name, scope: u64, table: name, secondary: (&f64), primary: (&mut u64)) -> i32;
            /// Lower bound: finds the first entry whose key is not less, and gives its secondary and primary key. A NaN is refused.
            [genesis aware sdk] fn db_idx_double_lowerbound(code: name, scope: u64, table: name, secondary: (&mut f64), primary: (&mut u64)) -> i32;
            /// Upper bound: finds the first entry whose key is greater, and gives its secondary and primary key. A NaN is refused.
            [genesis aware sdk] fn db_idx_double_upperbound(code: name, scope: u64, table: name, secondary: (&mut f64), primary: (&mut u64)) -> i32;
            /// The end iterator, after the last entry; -1 if there is no such table.
            [genesis aware sdk] fn db_idx_double_end(code: name, scope: u64, table: name) -> i32;
        }

        db_idx_long_double "Secondary index: long doubles" {
            /// Adds an entry for the row `id`; returns its iterator. A NaN is refused.
            [genesis aware sdk] fn db_idx_long_double_store(scope: u64, table: name, payer: name, id: u64, secondary: (&f128)) -> i32;
            /// Replaces the key of an entry; with the payer 0, the RAM payer stays the same. A NaN is refused.
            [genesis aware sdk] fn db_idx_long_double_update(iterator: i32, payer: name, secondary: (&f128));
            /// Removes an entry.
            [genesis aware sdk] fn db_idx_long_double_remove(iterator: i32);
            /// Moves to the next entry and gives its primary key; returns the end iterator after the last entry.
            [genesis aware sdk] fn db_idx_long_double_next(iterator: i32, primary: (&mut u64)) -> i32;
            /// Moves to the previous entry and gives its primary key; returns -1 before the first entry.
            [genesis aware sdk] fn db_idx_long_double_previous(iterator: i32, primary: (&mut u64)) -> i32;
            /// Finds the entry of a row by primary key and gives its secondary key.
            [genesis aware sdk] fn db_idx_long_double_find_primary(code: name, scope: u64, table: name, secondary: (&mut f128), primary: u64) -> i32;
            /// Finds the first entry with this secondary key and gives its primary key. A NaN is refused.
            [genesis aware sdk] fn db_idx_long_double_find_secondary(code: name, scope: u64, table: name, secondary: (&f128), primary: (&mut u64)) -> i32;
            /// Lower bound: finds the first entry whose key is not less, and gives its secondary and primary key. A NaN is refused.
            [genesis aware sdk] fn db_idx_long_double_lowerbound(code: name, scope: u64, table: name, secondary: (&mut f128), primary: (&mut u64)) -> i32;
            /// Upper bound: finds the first entry whose key is greater, and gives its secondary and primary key. A NaN is refused.
            [genesis aware sdk] fn db_idx_long_double_upperbound(code: name, scope: u64, table: name, secondary: (&mut f128), primary: (&mut u64)) -> i32;
            /// The end iterator, after the last entry; -1 if there is no such table.
            [genesis aware sdk] fn db_idx_long_double_end(code: name, scope: u64, table: name) -> i32;
        }

        privileged "Privileged functions" {
            /// Writes the producers of the active schedule and returns the number of bytes written; for an empty buffer, returns the full size.
            [genesis aware sdk] fn get_active_producers(producers: (&mut [name])) -> u32;
            /// Requests the activation of the protocol feature with this digest in the next block.
            [PREACTIVATE_FEATURE privileged sdk] fn preactivate_feature(digest: (&[u8; 32]));
            /// Whether the feature with this name is active; false on every chain.
            [genesis privileged other] fn is_feature_active(feature: i64) -> bool;
            /// Activates the feature with this name; fails on every chain.
            [genesis privileged other] fn activate_feature(feature: i64);
            /// Sets the resource limits of an account; -1 for no limit.
            [genesis privileged sdk] fn set_resource_limits(account: name, ram_bytes: i64, net_weight: i64, cpu_weight: i64);
            /// The resource limits of an account; -1 for no limit.
            [genesis privileged sdk] fn get_resource_limits(account: name, ram_bytes: (&mut i64), net_weight: (&mut i64), cpu_weight: (&mut i64));
            /// Writes the chain parameters with the given ids, packed; returns their size.
            [BLOCKCHAIN_PARAMETERS privileged sdk disjoint] fn get_parameters_packed(ids: (&[u8]), buffer: (&mut [u8])) -> u32;
            /// Sets chain parameters, packed with their ids.
            [BLOCKCHAIN_PARAMETERS privileged sdk disjoint] fn set_parameters_packed(parameters: (&[u8]));
            /// Writes the packed limits of WebAssembly modules; returns their size.
            [CONFIGURABLE_WASM_LIMITS privileged sdk disjoint] fn get_wasm_parameters_packed(buffer: (&mut [u8]), max_version: u32) -> u32;
            /// Sets the limits of WebAssembly modules.
            [CONFIGURABLE_WASM_LIMITS privileged sdk disjoint] fn set_wasm_parameters_packed(parameters: (&[u8]));
            /// Proposes a producer schedule with one key for each producer; returns its version, or -1.
            [genesis privileged sdk] fn set_proposed_producers(schedule: (&[u8])) -> i64;
            /// Proposes a producer schedule in one of two formats; returns its version, or -1.
            [WTMSIG_BLOCK_SIGNATURES privileged sdk] fn set_proposed_producers_ex(format: u64, schedule: (&[u8])) -> i64;
            /// Writes the packed chain parameters; returns their size, or 0 if the buffer is too small.
            [genesis privileged sdk] fn get_blockchain_parameters_packed(buffer: (&mut [u8])) -> u32;
            /// Sets the chain parameters.
            [genesis privileged sdk] fn set_blockchain_parameters_packed(parameters: (&[u8]));
            /// Whether an account is privileged.
            [genesis privileged sdk] fn is_privileged(account: name) -> bool;
            /// Makes an account privileged, or takes the privilege away.
            [genesis privileged sdk] fn set_privileged(account: name, privileged: bool);
            /// Proposes a finalizer policy.
            [SAVANNA privileged sdk disjoint] fn set_finalizers(format: u64, policy: (&[u8]));
        }

        memory "Memory" {
            /// Copies bytes between buffers that do not overlap; fails if they do.
            [genesis any other] fn memcpy(to: (*mut u8), from: (*const u8), length: u32) -> (*mut u8);
            /// Copies bytes; the buffers may overlap.
            [genesis any other] fn memmove(to: (*mut u8), from: (*const u8), length: u32) -> (*mut u8);
            /// Compares bytes: -1, 0 or 1.
            [genesis any other] fn memcmp(left: (*const u8), right: (*const u8), length: u32) -> i32;
            /// Fills bytes.
            [genesis any other] fn memset(to: (*mut u8), value: i32, length: u32) -> (*mut u8);
        }

        builtins "Compiler builtins: 128-bit integers" {
            /// Shifts to the left.
            [genesis any other] fn __ashlti3(result: (&mut i128), value: i128, by: u32);
            /// Shifts to the right and keeps the sign.
            [genesis any other] fn __ashrti3(result: (&mut i128), value: i128, by: u32);
            /// Shifts to the left.
            [genesis any other] fn __lshlti3(result: (&mut i128), value: i128, by: u32);
            /// Shifts to the right.
            [genesis any other] fn __lshrti3(result: (&mut i128), value: i128, by: u32);
            /// Divides; fails if the divisor is zero.
            [genesis any other] fn __divti3(result: (&mut i128), left: i128, right: i128);
            /// Divides; fails if the divisor is zero.
            [genesis any other] fn __udivti3(result: (&mut u128), left: u128, right: u128);
            /// Multiplies.
            [genesis any other] fn __multi3(result: (&mut i128), left: i128, right: i128);
            /// The remainder of a division; fails if the divisor is zero.
            [genesis any other] fn __modti3(result: (&mut i128), left: i128, right: i128);
            /// The remainder of a division; fails if the divisor is zero.
            [genesis any other] fn __umodti3(result: (&mut u128), left: u128, right: u128);
            /// Converts a float to an integer, rounding toward zero.
            [genesis any other] fn __fixsfti(result: (&mut i128), value: f32);
            /// Converts a float to an integer, rounding toward zero.
            [genesis any other] fn __fixdfti(result: (&mut i128), value: f64);
            /// Converts a float to an integer, rounding toward zero.
            [genesis any other] fn __fixunssfti(result: (&mut u128), value: f32);
            /// Converts a float to an integer, rounding toward zero.
            [genesis any other] fn __fixunsdfti(result: (&mut u128), value: f64);
            /// Converts an integer to a double.
            [genesis any other] fn __floatsidf(value: i32) -> f64;
            /// Converts an integer to the nearest double.
            [genesis any other] fn __floattidf(value: i128) -> f64;
            /// Converts an integer to the nearest double.
            [genesis any other] fn __floatuntidf(value: u128) -> f64;
        }

        long_double "Compiler builtins: long doubles" {
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
            /// Converts a float to a long double.
            [genesis any other] fn __extendsftf2(result: (&mut f128), value: f32);
            /// Converts a double to a long double.
            [genesis any other] fn __extenddftf2(result: (&mut f128), value: f64);
            /// Converts a long double to the nearest double.
            [genesis any other] fn __trunctfdf2(value: f128) -> f64;
            /// Converts a long double to the nearest float.
            [genesis any other] fn __trunctfsf2(value: f128) -> f32;
            /// Converts a long double to the nearest integer.
            [genesis any other] fn __fixtfsi(value: f128) -> i32;
            /// Converts a long double to the nearest integer.
            [genesis any other] fn __fixtfdi(value: f128) -> i64;
            /// Converts a long double to an integer, rounding toward zero.
            [genesis any other] fn __fixtfti(result: (&mut i128), value: f128);
            /// Converts a long double to the nearest integer.
            [genesis any other] fn __fixunstfsi(value: f128) -> u32;
            /// Converts a long double to the nearest integer.
            [genesis any other] fn __fixunstfdi(value: f128) -> u64;
            /// Converts a long double to an integer, rounding toward zero.
            [genesis any other] fn __fixunstfti(result: (&mut u128), value: f128);
            /// Converts an integer to a long double.
            [genesis any other] fn __floatsitf(result: (&mut f128), value: i32);
            /// Converts an integer to a long double.
            [genesis any other] fn __floatditf(result: (&mut f128), value: i64);
            /// Converts an integer to a long double.
            [genesis any other] fn __floatunsitf(result: (&mut f128), value: u32);
            /// Converts an integer to a long double.
            [genesis any other] fn __floatunditf(result: (&mut f128), value: u64);
            /// Compares: -1, 0 or 1; 1 if one of them is NaN.
            [genesis any other] fn __cmptf2(left: f128, right: f128) -> i32;
            /// 0 if they are equal.
            [genesis any other] fn __eqtf2(left: f128, right: f128) -> i32;
            /// 0 if they are equal.
            [genesis any other] fn __netf2(left: f128, right: f128) -> i32;
            /// Not negative if the first is not less.
            [genesis any other] fn __getf2(left: f128, right: f128) -> i32;
            /// Positive if the first is greater.
            [genesis any other] fn __gttf2(left: f128, right: f128) -> i32;
            /// Not positive if the first is not greater.
            [genesis any other] fn __letf2(left: f128, right: f128) -> i32;
            /// Negative if the first is less.
            [genesis any other] fn __lttf2(left: f128, right: f128) -> i32;
            /// 1 if one of them is NaN, else 0.
            [genesis any other] fn __unordtf2(left: f128, right: f128) -> i32;
        }
    } };
}
