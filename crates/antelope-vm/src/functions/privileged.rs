//! What only privileged contracts may do: resources, parameters, producers, protocol features.
//!
//! `linkage` refuses calls of others with `unaccessible_api` (3050007). `get_active_producers` is
//! listed in the same group and open to all. On a chain `eosio` is privileged, and accounts to
//! which it gives the privilege by `set_privileged`.
//!
//! # Chain parameters by id
//!
//! `get_parameters_packed` and `set_parameters_packed` name parameters by these ids. A list of ids
//! is a varuint count and varuint ids; a list of values has each id followed by its value,
//! little-endian.
//!
//! | id | parameter | bytes |
//! |---|---|---|
//! | 0 | `max_block_net_usage` | 8 |
//! | 1 | `target_block_net_usage_pct` | 4 |
//! | 2 | `max_transaction_net_usage` | 4 |
//! | 3 | `base_per_transaction_net_usage` | 4 |
//! | 4 | `net_usage_leeway` | 4 |
//! | 5 | `context_free_discount_net_usage_num` | 4 |
//! | 6 | `context_free_discount_net_usage_den` | 4 |
//! | 7 | `max_block_cpu_usage` | 4 |
//! | 8 | `target_block_cpu_usage_pct` | 4 |
//! | 9 | `max_transaction_cpu_usage` | 4 |
//! | 10 | `min_transaction_cpu_usage` | 4 |
//! | 11 | `max_transaction_lifetime` | 4 |
//! | 12 | `deferred_trx_expiration_window` | 4 |
//! | 13 | `max_transaction_delay` | 4 |
//! | 14 | `max_inline_action_size` | 4 |
//! | 15 | `max_inline_action_depth` | 2 |
//! | 16 | `max_authority_depth` | 2 |
//! | 17 | `max_action_return_value_size` | 4 |
//!
//! Functions that change something fail with `wasm_execution_error` (3070002) "… not allowed in a
//! readonly transaction" in a read-only transaction.

use super::super::arguments::{Out, Slice, SliceMut};
use super::{Call, HostResult, finalizers};
use antelope_ledger::state::ResourceLimits;
use antelope_types::{ChainError, Checksum256, Encode, ErrorKind, Name, ensure};

/// What serializing or deserializing parameters costs, in instructions.
const PARAMETERS: u64 = 400;

/// Writes the names of the active producers, 8 bytes each; returns how many bytes were written, or
/// for an empty buffer how many there are.
pub(super) fn get_active_producers(
    call: &mut Call<'_, '_>,
    producers: SliceMut<Name>,
) -> HostResult<u32> {
    call.work(200)?;
    let names = call.context.active_producers();
    let bytes: Vec<u8> = names.iter().flat_map(|name| name.to_bytes()).collect();
    if producers.count() == 0 {
        return Ok(bytes.len() as u32);
    }
    // Nodes compare the number of names that fit with a number of bytes (`producer.cpp`), so that a
    // buffer for 21 names gets 21 bytes. Contracts depend on what nodes do, so that it is done
    // here, too.
    let count = bytes.len().min(producers.count() as usize);
    call.memory.set_bytes(producers, &bytes[..count])?;
    Ok(count as u32)
}

/// Asks for a protocol feature, which the next block activates.
///
/// # Errors
/// `protocol_feature_exception` (3250000) where it is active or preactivated already, or another
/// that it depends on is not; `subjective_block_production_exception` (3100006) where it is
/// unknown.
pub(super) fn preactivate_feature(call: &mut Call<'_, '_>, digest: [u8; 32]) -> HostResult {
    call.context.preactivate_feature(&Checksum256(digest))
}

/// A predecessor of protocol features, which had no features. Always false.
pub(super) fn is_feature_active(_call: &mut Call<'_, '_>, _feature: i64) -> HostResult<bool> {
    Ok(false)
}

/// A predecessor of protocol features; always fails.
///
/// # Errors
/// `unsupported_feature` (3100008).
pub(super) fn activate_feature(_call: &mut Call<'_, '_>, _feature: i64) -> HostResult {
    let message = "Unsupported Hardfork Detected";
    Err(ChainError::new(ErrorKind::UnsupportedFeature, message))
}

/// Sets an account's RAM quota in bytes and its weights for NET and CPU; -1 is unlimited. The
/// weights hold from the next block on.
///
/// # Errors
/// `wasm_execution_error` (3070002) for a number below -1.
pub(super) fn set_resource_limits(
    call: &mut Call<'_, '_>,
    account: Name,
    ram_bytes: i64,
    net_weight: i64,
    cpu_weight: i64,
) -> HostResult {
    let limits = ResourceLimits {
        ram_bytes,
        net_weight,
        cpu_weight,
    };
    call.context.set_resource_limits(account, limits)
}

/// Writes an account's RAM quota and weights, changes of this block included.
pub(super) fn get_resource_limits(
    call: &mut Call<'_, '_>,
    account: Name,
    ram_bytes: Out<i64>,
    net_weight: Out<i64>,
    cpu_weight: Out<i64>,
) -> HostResult {
    let limits = call.context.resource_limits(account)?;
    call.memory.set(ram_bytes, limits.ram_bytes)?;
    call.memory.set(net_weight, limits.net_weight)?;
    call.memory.set(cpu_weight, limits.cpu_weight)
}

/// Writes the chain parameters with the listed ids: a count, and for each its id and value. Returns
/// the size; an empty buffer asks for the size only.
///
/// # Errors
/// `config_parse_error` (3160016) for an id that is unknown or repeated, or a buffer that is too
/// small.
pub(super) fn get_parameters_packed(
    call: &mut Call<'_, '_>,
    ids: Slice<u8>,
    buffer: SliceMut<u8>,
) -> HostResult<u32> {
    call.work(PARAMETERS + u64::from(ids.count()) * 50)?;
    let packed = call.context.packed_parameters(call.memory.bytes(ids))?;
    if buffer.count() == 0 {
        return Ok(packed.len() as u32);
    }
    ensure!(
        packed.len() <= buffer.count() as usize,
        ConfigParseError,
        "get_parameters_packed: buffer size is smaller than {}",
        packed.len()
    );
    Ok(call.memory.fill(buffer, &packed))
}

/// Sets chain parameters: a count, and for each its id and value.
///
/// # Errors
/// `config_parse_error` (3160016) as above; `action_validate_exception` (3050000) for values with
/// which the chain could not go on.
pub(super) fn set_parameters_packed(call: &mut Call<'_, '_>, parameters: Slice<u8>) -> HostResult {
    call.work(PARAMETERS + u64::from(parameters.count()))?;
    let parameters = call.memory.bytes(parameters);
    call.context.set_packed_parameters(parameters)
}

/// Writes the limits on modules: a version, which is always 0 whatever the maximum asked for, in 4
/// bytes, and the limits in 4 bytes each. Returns the size; writes only if it fits.
pub(super) fn get_wasm_parameters_packed(
    call: &mut Call<'_, '_>,
    buffer: SliceMut<u8>,
    _max_version: u32,
) -> HostResult<u32> {
    call.work(PARAMETERS)?;
    let packed = call.context.packed_wasm_parameters();
    Ok(call.memory.fill_whole(buffer, &packed))
}

/// Sets the limits on modules, in the same form.
///
/// # Errors
/// `wasm_config_unknown_version` (3160015) for another version, and where a limit is out of its
/// bounds.
pub(super) fn set_wasm_parameters_packed(
    call: &mut Call<'_, '_>,
    parameters: Slice<u8>,
) -> HostResult {
    call.work(PARAMETERS + u64::from(parameters.count()))?;
    let parameters = call.memory.bytes(parameters);
    call.context.set_packed_wasm_parameters(parameters)
}

/// Proposes a schedule of producers with one key each. Returns its version, or -1 where the
/// schedule is the current one or another is pending.
///
/// # Errors
/// `wasm_execution_error` (3070002) with the texts of a node for a schedule that breaks a rule.
pub(super) fn set_proposed_producers(
    call: &mut Call<'_, '_>,
    schedule: Slice<u8>,
) -> HostResult<i64> {
    call.work(PARAMETERS + u64::from(schedule.count()) * 10)?;
    let schedule = call.memory.bytes(schedule);
    call.context.set_proposed_producers(schedule)
}

/// The same by format: 0 is one key each, 1 an authority each.
///
/// # Errors
/// As above, and for an unknown format.
pub(super) fn set_proposed_producers_ex(
    call: &mut Call<'_, '_>,
    format: u64,
    schedule: Slice<u8>,
) -> HostResult<i64> {
    call.work(PARAMETERS + u64::from(schedule.count()) * 10)?;
    let schedule = call.memory.bytes(schedule);
    call.context.set_proposed_producers_ex(format, schedule)
}

/// Writes the chain parameters as a struct; returns its size, or 0 where the buffer is too small.
/// An empty buffer asks for the size only.
pub(super) fn get_blockchain_parameters_packed(
    call: &mut Call<'_, '_>,
    buffer: SliceMut<u8>,
) -> HostResult<u32> {
    call.work(PARAMETERS)?;
    let packed = call.context.chain_config().to_bytes();
    if buffer.count() != 0 && (buffer.count() as usize) < packed.len() {
        return Ok(0);
    }
    Ok(call.memory.fill_or_size(buffer, &packed))
}

/// Sets the chain parameters from that struct.
///
/// # Errors
/// `action_validate_exception` (3050000) for values with which the chain could not go on.
pub(super) fn set_blockchain_parameters_packed(
    call: &mut Call<'_, '_>,
    parameters: Slice<u8>,
) -> HostResult {
    call.work(PARAMETERS)?;
    call.context.set_chain_config(call.memory.bytes(parameters))
}

/// Whether the account is privileged.
pub(super) fn is_privileged(call: &mut Call<'_, '_>, account: Name) -> HostResult<bool> {
    call.context.is_account_privileged(account)
}

/// Makes the account privileged, or no longer.
pub(super) fn set_privileged(
    call: &mut Call<'_, '_>,
    account: Name,
    privileged: bool,
) -> HostResult {
    call.context.set_privileged(account, privileged)
}

/// Checks a finalizer policy and does nothing else; see [`finalizers`].
pub(super) fn set_finalizers(
    call: &mut Call<'_, '_>,
    format: u64,
    policy: Slice<u8>,
) -> HostResult {
    call.work(PARAMETERS + u64::from(policy.count()) * 10)?;
    finalizers::check(format, call.memory.bytes(policy))
}
