//! What is checked of a transaction before anything is executed.

use super::Environment;
use crate::authority::text;
use crate::error::{ChainError, ErrorKind, ensure};
use crate::state::State;
use antelope_types::{Checksum256, TimePoint, Transaction, TransactionHeader};

/// Checks what a transaction says of itself: its delay, expiration and reference block.
pub(crate) fn check(
    state: &State,
    environment: &Environment,
    transaction: &Transaction,
) -> Result<(), ChainError> {
    let header = &transaction.header;
    ensure!(
        header.delay_sec.0 == 0,
        Transaction,
        "transaction cannot be delayed"
    );
    ensure!(
        transaction.transaction_extensions.is_empty(),
        SubjectiveBlockProduction,
        "no transaction extensions supported yet for input transactions"
    );
    check_times(state, environment, header).map_err(ChainError::passed_on)
}

/// Checks the expiration and the reference block.
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
    let lifetime = state.config.max_transaction_lifetime;
    ensure!(
        expiration.micros() <= now.micros() + i64::from(lifetime) * 1_000_000,
        TxExpTooFar,
        "Transaction expiration is too far in the future relative to the reference time of {now}, expiration is {} and the maximum transaction lifetime is {lifetime} seconds",
        header.expiration
    );
    let reference = state.reference_blocks.get(&header.ref_block_num);
    ensure!(
        reference.is_some_and(|id| refers_to(header, id)),
        InvalidRefBlock,
        "Transaction's reference block did not match. Is this transaction from a different fork?"
    );
    Ok(())
}

fn refers_to(header: &TransactionHeader, block_id: &Checksum256) -> bool {
    let mut expected = *header;
    expected.set_reference_block(block_id);
    expected == *header
}

/// Checks that the accounts and permissions are there that the actions name.
pub(crate) fn check_accounts(state: &State, transaction: &Transaction) -> Result<(), ChainError> {
    for action in &transaction.context_free_actions {
        require_contract(state, action.account)?;
        ensure!(
            action.authorization.is_empty(),
            Transaction,
            "context-free actions cannot have authorizations"
        );
    }
    let mut authorized = false;
    for action in &transaction.actions {
        require_contract(state, action.account)?;
        for level in &action.authorization {
            authorized = true;
            ensure!(
                state.accounts.contains_key(&level.actor),
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

/// Checks a transaction that changes nothing: there must be the contracts, and no permissions.
pub(crate) fn check_read_only(state: &State, transaction: &Transaction) -> Result<(), ChainError> {
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

fn require_contract(state: &State, account: antelope_types::Name) -> Result<(), ChainError> {
    ensure!(
        state.accounts.contains_key(&account),
        Transaction,
        "action's code account '{account}' does not exist"
    );
    Ok(())
}
