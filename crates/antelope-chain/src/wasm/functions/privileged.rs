//! What only contracts of the system may call.

use super::{Link, host};
use crate::error::{ChainError, ErrorKind, ensure};
use crate::state::Limits;
use antelope_types::{Checksum256, Encode, Name};

pub(super) fn link(link: &mut Link<'_>) -> wasmtime::Result<()> {
    host! { link:
        preactivate_feature(call, digest: u32) {
            call.privileged()?;
            let digest = Checksum256(call.memory.array(digest)?);
            call.context.preactivate_feature(&digest)
        }
        is_privileged(call, account: u64) -> u32 {
            call.privileged()?;
            let account = Name::from_raw(account);
            Ok(u32::from(call.context.is_account_privileged(account)?))
        }
        set_privileged(call, account: u64, privileged: u32) {
            call.privileged()?;
            call.context.set_privileged(Name::from_raw(account), privileged != 0)
        }
        set_resource_limits(call, account: u64, ram_bytes: i64, net_weight: i64, cpu_weight: i64) {
            call.privileged()?;
            let limits = Limits { ram_bytes, net_weight, cpu_weight };
            call.context.set_resource_limits(Name::from_raw(account), limits)
        }
        get_resource_limits(call, account: u64, ram_bytes: u32, net_weight: u32, cpu_weight: u32) {
            call.privileged()?;
            let limits = call.context.resource_limits(Name::from_raw(account))?;
            call.memory.put(ram_bytes, &limits.ram_bytes.to_le_bytes())?;
            call.memory.put(net_weight, &limits.net_weight.to_le_bytes())?;
            call.memory.put(cpu_weight, &limits.cpu_weight.to_le_bytes())
        }
        get_blockchain_parameters_packed(call, to: u32, length: u32) -> u32 {
            call.privileged()?;
            let packed = call.context.chain_config().to_bytes();
            let room = call.memory.write(to, length)?;
            if room.is_empty() {
                return Ok(packed.len() as u32);
            }
            let Some(room) = room.get_mut(..packed.len()) else {
                return Ok(0);
            };
            room.copy_from_slice(&packed);
            Ok(packed.len() as u32)
        }
        set_blockchain_parameters_packed(call, data: u32, length: u32) {
            call.privileged()?;
            call.context.set_chain_config(call.memory.read(data, length)?)
        }
        get_parameters_packed(call, numbers: u32, size: u32, to: u32, length: u32) -> u32 {
            call.privileged()?;
            call.bytes(size);
            let packed = call.context.packed_parameters(call.memory.read(numbers, size)?)?;
            if length == 0 {
                return Ok(packed.len() as u32);
            }
            ensure!(
                packed.len() <= length as usize,
                ConfigParseError,
                "get_parameters_packed: buffer size is smaller than {}",
                packed.len()
            );
            call.memory.fill(to, length, &packed)
        }
        set_parameters_packed(call, data: u32, length: u32) {
            call.privileged()?;
            call.bytes(length);
            call.context.set_packed_parameters(call.memory.read(data, length)?)
        }
        set_proposed_producers(call, schedule: u32, length: u32) -> i64 {
            call.privileged()?;
            call.bytes(length);
            call.context.set_proposed_producers(call.memory.read(schedule, length)?)
        }
        set_proposed_producers_ex(call, format: u64, schedule: u32, length: u32) -> i64 {
            call.privileged()?;
            call.bytes(length);
            let schedule = call.memory.read(schedule, length)?;
            call.context.set_proposed_producers_ex(format, schedule)
        }
        get_wasm_parameters_packed(call, to: u32, length: u32, _max_version: u32) -> u32 {
            call.privileged()?;
            let packed = call.context.packed_wasm_parameters();
            let room = call.memory.write(to, length)?;
            if let Some(room) = room.get_mut(..packed.len()) {
                room.copy_from_slice(&packed);
            }
            Ok(packed.len() as u32)
        }
        set_wasm_parameters_packed(call, data: u32, length: u32) {
            call.privileged()?;
            call.bytes(length);
            call.context.set_packed_wasm_parameters(call.memory.read(data, length)?)
        }
        is_feature_active(call, _name: i64) -> u32 {
            call.privileged()?;
            // Features of before there were digests, of which no node ever had any.
            Ok(0)
        }
        activate_feature(call, _name: i64) {
            call.privileged()?;
            let message = "Unsupported Hardfork Detected";
            Err(ChainError::new(ErrorKind::UnsupportedFeature, message))
        }
    }
    Ok(())
}
