//! What only contracts of the system may call.

use super::super::call::Call;
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
        set_proposed_producers(call, _schedule: u32, _length: u32) -> i64 {
            one_producer(call)
        }
        set_proposed_producers_ex(call, _format: u64, _schedule: u32, _length: u32) -> i64 {
            one_producer(call)
        }
    }
    Ok(())
}

fn one_producer(call: &mut Call<'_, '_>) -> Result<i64, ChainError> {
    call.privileged()?;
    let message = "this chain has one producer, whose schedule cannot be replaced";
    Err(ChainError::new(ErrorKind::UnsupportedFeature, message))
}
