//! Authority, permissions, accounts, features and time.

use super::{Link, host};
use antelope_types::{Checksum256, Encode, Name, PermissionLevel};

pub(super) fn link(link: &mut Link<'_>) -> wasmtime::Result<()> {
    authority(link)?;
    host! { link:
        get_account_creation_time(call, account: u64) -> i64 {
            call.with_context()?;
            let time = call.context.account_creation_time(Name::from_raw(account))?;
            Ok(time.micros())
        }
        get_code_hash(call, account: u64, _version: u32, to: u32, length: u32) -> u32 {
            call.with_context()?;
            let code = call.context.code_hash(Name::from_raw(account));
            // Version 0 of the answer, then the sequence, the hash, and the kind and version of VM.
            let mut packed = vec![0];
            packed.extend(code.sequence.to_le_bytes());
            packed.extend(code.hash.0);
            packed.extend([0, 0]);
            let room = call.memory.write(to, length)?;
            if let Some(room) = room.get_mut(..packed.len()) {
                room.copy_from_slice(&packed);
            }
            Ok(packed.len() as u32)
        }
        current_time(call) -> u64 {
            call.with_context()?;
            Ok(call.context.block_time().micros() as u64)
        }
        publication_time(call) -> u64 {
            call.with_context()?;
            Ok(call.context.block_time().micros() as u64)
        }
        get_block_num(call) -> u32 {
            Ok(call.context.block_num())
        }
        get_sender(call) -> u64 {
            call.with_context()?;
            Ok(call.context.sender().map_or(0, Name::raw))
        }
        is_feature_activated(call, digest: u32) -> u32 {
            call.with_context()?;
            let digest = Checksum256(call.memory.array(digest)?);
            Ok(u32::from(call.context.is_feature_active(&digest)))
        }
        get_active_producers(call, to: u32, length: u32) -> u32 {
            call.with_context()?;
            let producers = call.context.active_producers();
            let bytes: Vec<u8> = producers.iter().flat_map(|name| name.to_bytes()).collect();
            // The length counts names, of which nodes copy no more than that many bytes.
            call.memory.write(to, length.saturating_mul(8))?;
            call.memory.fill_or_size(to, length, &bytes)
        }
    }
    Ok(())
}

fn authority(link: &mut Link<'_>) -> wasmtime::Result<()> {
    host! { link:
        require_auth(call, account: u64) {
            call.with_context()?;
            call.context.require_auth(Name::from_raw(account))
        }
        require_auth2(call, account: u64, permission: u64) {
            call.with_context()?;
            call.context.require_permission(level(account, permission))
        }
        has_auth(call, account: u64) -> u32 {
            call.with_context()?;
            Ok(u32::from(call.context.has_auth(Name::from_raw(account))))
        }
        require_recipient(call, account: u64) {
            call.with_context()?;
            call.context.require_recipient(Name::from_raw(account));
            Ok(())
        }
        is_account(call, account: u64) -> u32 {
            call.with_context()?;
            Ok(u32::from(call.context.is_account(Name::from_raw(account))))
        }
        check_transaction_authorization(
            call, data: u32, size: u32, keys: u32, keys_size: u32, levels: u32, levels_size: u32
        ) -> u32 {
            call.with_context()?;
            call.bytes(size.saturating_add(keys_size).saturating_add(levels_size));
            let satisfied = call.context.check_transaction_authorization(
                call.memory.read(data, size)?,
                call.memory.read(keys, keys_size)?,
                call.memory.read(levels, levels_size)?,
            )?;
            Ok(u32::from(satisfied))
        }
        check_permission_authorization(
            call, account: u64, permission: u64, keys: u32, keys_size: u32, levels: u32,
            levels_size: u32, delay: u64
        ) -> u32 {
            call.with_context()?;
            call.bytes(keys_size.saturating_add(levels_size));
            let satisfied = call.context.check_permission_authorization(
                level(account, permission),
                call.memory.read(keys, keys_size)?,
                call.memory.read(levels, levels_size)?,
                delay,
            )?;
            Ok(u32::from(satisfied))
        }
        get_permission_last_used(call, account: u64, permission: u64) -> i64 {
            call.with_context()?;
            let level = level(account, permission);
            Ok(call.context.permission_last_used(level)?.micros())
        }
    }
    Ok(())
}

fn level(account: u64, permission: u64) -> PermissionLevel {
    PermissionLevel::new(Name::from_raw(account), Name::from_raw(permission))
}
