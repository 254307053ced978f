//! What is checked of a transaction before anything is executed: its header, its extensions and the
//! accounts that it names.
//!
//! Mirrors `init_for_input_trx` and `validate_referenced_accounts` of `transaction_context.cpp`,
//! and `validate_expiration` and `validate_tapos` of `controller.cpp` of a node. That a transaction
//! has any actions is checked by the chain before it gets here.

use super::Environment;
use crate::state::State;
use crate::text;
use antelope_types::{
    ChainError, Checksum256, ErrorKind, Feature, TimePoint, Transaction, TransactionHeader, ensure,
};

/// Checks delay, extensions, expiration and reference block of a transaction of a user.
///
/// # Errors
/// - `transaction_exception` (3040000) for a delay once `DISABLE_DEFERRED_TRXS_STAGE_1` is active.
/// - `subjective_block_production_exception` (3100006) for extensions, which only deferred
///   transactions have.
/// - `expired_tx_exception` (3040005), `tx_exp_too_far_exception` (3040006) and
///   `invalid_ref_block_exception` (3040007).
pub fn check(
    state: &State,
    environment: &Environment,
    transaction: &Transaction,
) -> Result<(), ChainError> {
    let header = &transaction.header;
    ensure!(
        header.delay_sec.0 == 0 || !state.has(Feature::DISABLE_DEFERRED_TRXS_STAGE_1),
        Transaction,
        "transaction cannot be delayed"
    );
    check_extensions(transaction)?;
    check_times(state, environment, header).map_err(ChainError::passed_on)
}

fn check_extensions(transaction: &Transaction) -> Result<(), ChainError> {
    ensure!(
        transaction.transaction_extensions.is_empty(),
        SubjectiveBlockProduction,
        "no transaction extensions supported yet for input transactions"
    );
    Ok(())
}

/// Refuses a delay of a transaction that leaves nothing behind.
///
/// # Errors
/// Where there is one.
pub fn check_not_delayed(header: &TransactionHeader) -> Result<(), ChainError> {
    ensure!(
        header.delay_sec.0 == 0,
        Transaction,
        "dry-run or read-only transaction cannot be delayed"
    );
    Ok(())
}

/// Checks a deferred transaction when its time has come. Its extension was checked when it was
/// sent, unless it has an expiration: then it was sent before extensions existed, and must have
/// none.
///
/// # Errors
/// `subjective_block_production_exception` (3100006).
pub fn check_deferred(transaction: &Transaction) -> Result<(), ChainError> {
    ensure!(
        transaction.header.expiration.seconds() == 0
            || transaction.transaction_extensions.is_empty(),
        SubjectiveBlockProduction,
        "no transaction extensions supported yet for deferred transactions"
    );
    Ok(())
}

/// Checks that the transaction has not expired by the block's time, expires within the chain's
/// `max_transaction_lifetime` (an hour by default), and refers to a block of this chain.
fn check_times(
    state: &State,
    environment: &Environment,
    header: &TransactionHeader,
) -> Result<(), ChainError> {
    let now = environment.time();
    let expiration = TimePoint::from(header.expiration);
    ensure!(
        expiration >= now,
        ExpiredTx,
        "transaction has expired, expiration is {} and pending block time is {}",
        header.expiration,
        now
    );
    let lifetime = state.global.config.max_transaction_lifetime;
    ensure!(
        expiration.micros() <= now.micros() + i64::from(lifetime) * 1_000_000,
        TxExpTooFar,
        "Transaction expiration is too far in the future relative to the reference time of {now}, expiration is {} and the maximum transaction lifetime is {lifetime} seconds",
        header.expiration
    );
    // Nodes keep a summary for each of the 65 536 numbers from the beginning, with an id of zeros
    // where no block has been made yet: a reference to number 0 with prefix 0 matches it.
    let reference = state.reference_blocks.get(&header.ref_block_num);
    ensure!(
        refers_to(header, reference.unwrap_or(&Checksum256::ZERO)),
        InvalidRefBlock,
        "Transaction's reference block did not match. Is this transaction from a different fork?"
    );
    Ok(())
}

/// Whether the header's reference is to the block with this id: number and four bytes of the id.
fn refers_to(header: &TransactionHeader, block_id: &Checksum256) -> bool {
    let mut expected = *header;
    expected.set_reference_block(block_id);
    expected == *header
}

/// Checks that the contracts, actors and permissions exist that the actions name, that context-free
/// actions declare no permissions, and that some action declares one.
///
/// # Errors
/// `transaction_exception` (3040000), `invalid_permission` (3090007) for an empty name, and
/// `tx_no_auths` (3040003) if no permission is declared.
pub fn check_accounts(state: &State, transaction: &Transaction) -> Result<(), ChainError> {
    check_context_free(state, transaction)?;
    let mut authorized = false;
    for action in &transaction.actions {
        require_contract(state, action.account)?;
        for level in &action.authorization {
            authorized = true;
            ensure!(
                state.find_account(level.actor).is_some(),
                Transaction,
                "action's authorizing actor '{}' does not exist",
                level.actor
            );
            ensure!(
                state.find_permission(*level)?.is_some(),
                Transaction,
                "action's authorizations include a non-existent permission: {}",
                text::level(*level)
            );
        }
    }
    if authorized {
        return Ok(());
    }
    Err(ChainError::new(
        ErrorKind::TxNoAuths,
        "transaction must have at least one authorization",
    ))
}

/// Checks the context-free actions: their contracts must exist, and they declare no permissions.
///
/// # Errors
/// `transaction_exception` (3040000).
fn check_context_free(state: &State, transaction: &Transaction) -> Result<(), ChainError> {
    for action in &transaction.context_free_actions {
        require_contract(state, action.account)?;
        ensure!(
            action.authorization.is_empty(),
            Transaction,
            "context-free actions cannot have authorizations"
        );
    }
    Ok(())
}

/// Checks a read-only transaction: its contracts must exist, its actions declare no permissions, and
/// it has no delay. Its expiration and its reference block are not checked.
///
/// # Errors
/// `transaction_exception` (3040000).
pub fn check_read_only(state: &State, transaction: &Transaction) -> Result<(), ChainError> {
    check_not_delayed(&transaction.header)?;
    check_extensions(transaction)?;
    check_context_free(state, transaction)?;
    for action in &transaction.actions {
        require_contract(state, action.account)?;
        ensure!(
            action.authorization.is_empty(),
            Transaction,
            "read-only action '{}' cannot have authorizations",
            action.name
        );
    }
    Ok(())
}

/// Checks that the account exists; it need not have code.
fn require_contract(state: &State, account: antelope_types::Name) -> Result<(), ChainError> {
    ensure!(
        state.find_account(account).is_some(),
        Transaction,
        "action's code account '{account}' does not exist"
    );
    Ok(())
}
