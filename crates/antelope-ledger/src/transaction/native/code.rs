//! `setcode` and `setabi`.
//!
//! Mirrors `apply_eosio_setcode` and `apply_eosio_setabi` in `libraries/chain/eosio_contract.cpp`
//! of a node.

use crate::state::ram;
use crate::transaction::{ApplyContext, Cost};
use antelope_types::native::{SetAbi, SetCode};
use antelope_types::{ChainError, Checksum256, ErrorKind, ensure};

/// Sets, replaces or, with empty code, clears the code of an account, which is billed ten bytes of
/// RAM for each byte.
///
/// # Errors
/// - `missing_auth_exception` (3090004) unless the account has authorized the action.
/// - `invalid_contract_vm_type` (3160006) and `invalid_contract_vm_version` (3160007) unless both
///   are 0.
/// - `set_exact_code` (3160008) for the code that the account runs already, and for clearing none.
/// - Errors of [`Executor::validate`](crate::Executor::validate) for code that is not valid.
/// - `tx_cpu_usage_exceeded` (3080004) if the code costs more than the budget has left.
pub(super) fn set_code(
    context: &mut ApplyContext<'_>,
    set: &SetCode<'_>,
) -> Result<(), ChainError> {
    context.require_auth(set.account)?;
    ensure!(set.vm_type == 0, InvalidContractVmType, "code should be 0");
    ensure!(
        set.vm_version == 0,
        InvalidContractVmVersion,
        "version should be 0"
    );
    // Charged before the code is validated, since validation takes time in proportion to its
    // length.
    context.charge(Cost::of_work(set.code.len() as u64 * Cost::CODE_BYTE))?;
    let mut hash = Checksum256::ZERO;
    if !set.code.is_empty() {
        hash = Checksum256::sha256(set.code);
        context
            .executor()
            .validate(&hash, set.code, &context.state().code_rules())?;
    }
    let old_hash = context.state().account(set.account)?.code_hash;
    let had_code = old_hash != Checksum256::ZERO;
    ensure!(
        had_code || !set.code.is_empty(),
        SetExactCode,
        "contract is already cleared"
    );
    let mut old_bytes = 0;
    if had_code {
        ensure!(
            old_hash != hash,
            SetExactCode,
            "contract is already running this version of code"
        );
        old_bytes = context.state_mut().drop_code(&old_hash).ok_or_else(|| {
            ChainError::new(ErrorKind::Std, format!("unknown key: code {old_hash}"))
        })?;
    }
    if !set.code.is_empty() {
        context.state_mut().use_code(hash, set.code);
    }
    let now = context.block_time();
    let account = context.state_mut().account_mut(set.account)?;
    account.code_sequence += 1;
    account.code_hash = hash;
    account.last_code_update = now;
    let bytes = set.code.len() as i64 - old_bytes as i64;
    context.add_ram_unless_zero(set.account, bytes * ram::PER_CODE_BYTE)
}

/// Sets the ABI of an account, billed one byte of RAM for each byte. The chain does not look into
/// it.
///
/// # Errors
/// `missing_auth_exception` (3090004) unless the account has authorized the action.
pub(super) fn set_abi(context: &mut ApplyContext<'_>, set: &SetAbi<'_>) -> Result<(), ChainError> {
    context.require_auth(set.account)?;
    let account = context.state_mut().account_mut(set.account)?;
    let delta = set.abi.len() as i64 - account.abi.len() as i64;
    account.abi = set.abi.into();
    account.abi_sequence += 1;
    context.add_ram_unless_zero(set.account, delta)
}
