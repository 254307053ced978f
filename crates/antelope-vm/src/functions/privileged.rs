//! What only contracts of the system may call, and who produces blocks.

use super::super::arguments::{Out, Slice, SliceMut};
use super::{Call, Outcome, finalizers};
use antelope_ledger::state::Limits;
use antelope_types::{ChainError, Checksum256, Encode, ErrorKind, Name, ensure};

/// What packing or unpacking parameters of the chain costs, in instructions.
const PARAMETERS: u64 = 400;

/// Nodes copy no more bytes than there is room for names.
pub(super) fn get_active_producers(
    call: &mut Call<'_, '_>,
    producers: SliceMut<Name>,
) -> Outcome<u32> {
    call.work(200)?;
    let names = call.context.active_producers();
    let bytes: Vec<u8> = names.iter().flat_map(|name| name.to_bytes()).collect();
    if producers.count() == 0 {
        return Ok(bytes.len() as u32);
    }
    let count = bytes.len().min(producers.count() as usize);
    call.memory.set_bytes(producers, &bytes[..count])?;
    Ok(count as u32)
}

pub(super) fn preactivate_feature(call: &mut Call<'_, '_>, digest: [u8; 32]) -> Outcome {
    call.context.preactivate_feature(&Checksum256(digest))
}

/// Features of before there were digests, of which no node ever had any.
pub(super) fn is_feature_active(_call: &mut Call<'_, '_>, _feature: i64) -> Outcome<bool> {
    Ok(false)
}

pub(super) fn activate_feature(_call: &mut Call<'_, '_>, _feature: i64) -> Outcome {
    let message = "Unsupported Hardfork Detected";
    Err(ChainError::new(ErrorKind::UnsupportedFeature, message))
}

pub(super) fn set_resource_limits(
    call: &mut Call<'_, '_>,
    account: Name,
    ram_bytes: i64,
    net_weight: i64,
    cpu_weight: i64,
) -> Outcome {
    let limits = Limits {
        ram_bytes,
        net_weight,
        cpu_weight,
    };
    call.context.set_resource_limits(account, limits)
}

pub(super) fn get_resource_limits(
    call: &mut Call<'_, '_>,
    account: Name,
    ram_bytes: Out<i64>,
    net_weight: Out<i64>,
    cpu_weight: Out<i64>,
) -> Outcome {
    let limits = call.context.resource_limits(account)?;
    call.memory.set(ram_bytes, limits.ram_bytes)?;
    call.memory.set(net_weight, limits.net_weight)?;
    call.memory.set(cpu_weight, limits.cpu_weight)
}

pub(super) fn get_parameters_packed(
    call: &mut Call<'_, '_>,
    ids: Slice<u8>,
    buffer: SliceMut<u8>,
) -> Outcome<u32> {
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

pub(super) fn set_parameters_packed(call: &mut Call<'_, '_>, parameters: Slice<u8>) -> Outcome {
    call.work(PARAMETERS + u64::from(parameters.count()))?;
    let parameters = call.memory.bytes(parameters);
    call.context.set_packed_parameters(parameters)
}

/// There is but one version of the answer, 0.
pub(super) fn get_wasm_parameters_packed(
    call: &mut Call<'_, '_>,
    buffer: SliceMut<u8>,
    _max_version: u32,
) -> Outcome<u32> {
    call.work(PARAMETERS)?;
    let packed = call.context.packed_wasm_parameters();
    Ok(call.memory.fill_whole(buffer, &packed))
}

pub(super) fn set_wasm_parameters_packed(
    call: &mut Call<'_, '_>,
    parameters: Slice<u8>,
) -> Outcome {
    call.work(PARAMETERS + u64::from(parameters.count()))?;
    let parameters = call.memory.bytes(parameters);
    call.context.set_packed_wasm_parameters(parameters)
}

pub(super) fn set_proposed_producers(call: &mut Call<'_, '_>, schedule: Slice<u8>) -> Outcome<i64> {
    call.work(PARAMETERS + u64::from(schedule.count()) * 10)?;
    let schedule = call.memory.bytes(schedule);
    call.context.set_proposed_producers(schedule)
}

pub(super) fn set_proposed_producers_ex(
    call: &mut Call<'_, '_>,
    format: u64,
    schedule: Slice<u8>,
) -> Outcome<i64> {
    call.work(PARAMETERS + u64::from(schedule.count()) * 10)?;
    let schedule = call.memory.bytes(schedule);
    call.context.set_proposed_producers_ex(format, schedule)
}

pub(super) fn get_blockchain_parameters_packed(
    call: &mut Call<'_, '_>,
    buffer: SliceMut<u8>,
) -> Outcome<u32> {
    call.work(PARAMETERS)?;
    let packed = call.context.chain_config().to_bytes();
    if buffer.count() != 0 && (buffer.count() as usize) < packed.len() {
        return Ok(0);
    }
    Ok(call.memory.fill_or_size(buffer, &packed))
}

pub(super) fn set_blockchain_parameters_packed(
    call: &mut Call<'_, '_>,
    parameters: Slice<u8>,
) -> Outcome {
    call.work(PARAMETERS)?;
    call.context.set_chain_config(call.memory.bytes(parameters))
}

pub(super) fn is_privileged(call: &mut Call<'_, '_>, account: Name) -> Outcome<bool> {
    call.context.is_account_privileged(account)
}

pub(super) fn set_privileged(call: &mut Call<'_, '_>, account: Name, privileged: bool) -> Outcome {
    call.context.set_privileged(account, privileged)
}

pub(super) fn set_finalizers(call: &mut Call<'_, '_>, format: u64, policy: Slice<u8>) -> Outcome {
    call.work(PARAMETERS + u64::from(policy.count()) * 10)?;
    finalizers::check(format, call.memory.bytes(policy))
}
