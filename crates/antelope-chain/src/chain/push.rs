//! Transactions for the chain.

use super::{Chain, Failure};
use crate::block::BlockTransaction;
use crate::observer;
use crate::store::{self, Entry};
use antelope_ledger::authority::{Provided, RecordedAuthority, required_keys};
use antelope_ledger::config::SYSTEM;
use antelope_ledger::transaction::{
    Input, RecoveredTransaction, TransactionContext, TransactionKind,
};
use antelope_rpc_client::native;
use antelope_types::{
    Action, Authority, ChainError, Checksum256, ErrorKind, IntoActions, IntoAuthorization, Name,
    PackedTransaction, PublicKey, SignedTransaction, TimePointSec, Transaction, TransactionHeader,
    TransactionTrace,
};
use std::sync::Arc;

/// How long transactions that are made here hold at least, in seconds.
const LIFETIME: u32 = 30;

impl Chain {
    /// A transaction of these actions, ready to be signed for the next half minute at least.
    pub fn transaction(&mut self, actions: impl IntoActions) -> Transaction {
        let mut header = TransactionHeader::default();
        header.set_reference_block(&self.head().id);
        let longest = self.state.global.config.max_transaction_lifetime;
        let spread = longest.saturating_sub(LIFETIME).max(1);
        let now = TimePointSec::from(self.now()).seconds();
        let expiration = now + (LIFETIME + self.made % spread).min(longest);
        header.expiration = TimePointSec::from_seconds(expiration);
        self.made = self.made.wrapping_add(1);
        Transaction {
            header,
            actions: actions.into_actions(),
            ..Transaction::default()
        }
    }

    /// Executes actions in one transaction, under the permissions that they declare, as if all who
    /// must had signed: any account can be impersonated. What each action needs is checked all the
    /// same, and so is everything else.
    ///
    /// Actions are typed calls of the SDK's clients, [`Action`]s, such as [`action`](Self::action)
    /// makes of JSON, and arrays, vectors, slices and tuples of them.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn push(&mut self, actions: impl IntoActions) -> Result<TransactionTrace, Failure> {
        let signed = SignedTransaction {
            transaction: self.transaction(actions),
            ..SignedTransaction::default()
        };
        let actions = signed.transaction.actions.iter();
        let declared = actions.flat_map(|action| &action.authorization);
        let provided = Provided {
            permissions: declared.copied().collect(),
            ..Provided::default()
        };
        let packed = PackedTransaction::pack(&signed);
        let id = Checksum256::sha256(&packed.packed_trx);
        self.execute(id, Arc::new(signed), packed, provided)
    }

    /// [`push`](Self::push) under other permissions than the actions declare. An account stands for
    /// its `active`.
    ///
    /// ```
    /// use antelope_chain::{Chain, Failure};
    /// use antelope_rpc_client::native;
    /// use antelope_types::{PermissionLevel, name};
    ///
    /// # fn main() -> Result<(), Failure> {
    /// let (alice, bob) = (name!("alice"), name!("bob"));
    /// let mut chain = Chain::builder().account(alice).account(bob).build()?;
    /// let set_abi = native::set_abi(alice, b"");
    /// assert!(chain.push_as(bob, &set_abi).is_err());
    /// chain.push_as(PermissionLevel::owner(alice), &set_abi)?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// [`Failure`].
    pub fn push_as(
        &mut self,
        authorization: impl IntoAuthorization,
        actions: impl IntoActions,
    ) -> Result<TransactionTrace, Failure> {
        let authorization = authorization.into_authorization();
        let mut actions = actions.into_actions();
        for action in &mut actions {
            action.authorization.clone_from(&authorization);
        }
        self.push(actions)
    }

    /// Executes a transaction under the keys that have signed it.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn push_signed(&mut self, signed: &SignedTransaction) -> Result<TransactionTrace, Failure> {
        self.push_packed(&PackedTransaction::pack(signed))
    }

    /// Executes a transaction as it comes over the wire.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn push_packed(&mut self, packed: &PackedTransaction) -> Result<TransactionTrace, Failure> {
        let recovered = RecoveredTransaction::recover(packed.clone(), &self.chain_id)?;
        self.push_recovered(recovered)
    }

    /// Executes a transaction whose signers are known already.
    ///
    /// # Errors
    /// [`Failure`], also where they were found for a chain with another id.
    pub fn push_recovered(
        &mut self,
        transaction: RecoveredTransaction,
    ) -> Result<TransactionTrace, Failure> {
        if transaction.chain_id() != self.chain_id {
            let (found, expected) = (transaction.chain_id(), self.chain_id);
            let message =
                format!("the signers were recovered for chain {found}, expected {expected}");
            return Err(ChainError::new(ErrorKind::ChainIdType, message).into());
        }
        let id = transaction.id();
        let (signed, packed, keys) = transaction.into_parts();
        let provided = Provided {
            keys,
            ..Provided::default()
        };
        self.execute(id, signed, packed, provided)
    }

    pub(super) fn execute(
        &mut self,
        id: Checksum256,
        transaction: Arc<SignedTransaction>,
        packed: PackedTransaction,
        provided: Provided,
    ) -> Result<TransactionTrace, Failure> {
        let provided = Provided {
            delay: i64::from(transaction.transaction.header.delay_sec.0) * 1_000_000,
            ..provided
        };
        let given = self
            .is_durable()
            .then(|| RecordedAuthority::from(&provided));
        let input = Input {
            id,
            packed_bytes: packed.packed_trx.len(),
            prunable_bytes: TransactionContext::prunable_bytes(&packed),
            transaction,
            kind: TransactionKind::Ordinary(provided),
        };
        let environment = self.environment();
        let result =
            TransactionContext::execute(&mut self.state, &*self.executor, environment, input);
        let outcome = result.map_err(|failed| self.failure(failed))?;
        if let Some(authority) = given {
            let entry = Entry::Push {
                packed: packed.clone(),
                authority,
                made: self.made,
                result: store::result(outcome.receipt_digests.iter().copied()),
            };
            if let Err(error) = self.record(|| entry) {
                self.state.undo(outcome.beginning);
                return Err(error.into());
            }
        }
        observer::executed(&outcome.trace);
        self.pending.receipt_digests.extend(outcome.receipt_digests);
        if let Some(receipt) = outcome.trace.receipt {
            let transaction = BlockTransaction {
                receipt,
                id,
                packed: Some(packed),
            };
            self.pending.transactions.push_back(transaction);
        }
        Ok(outcome.trace)
    }

    /// Asks by actions that change nothing, without anybody's authority: what they return is in the
    /// trace, however long. The chain stays as it is.
    ///
    /// # Errors
    /// [`Failure`], also for an action that would change something or declares a permission.
    pub fn read(&self, actions: impl IntoActions) -> Result<TransactionTrace, Failure> {
        let transaction = Transaction {
            actions: actions.into_actions(),
            ..Transaction::default()
        };
        let input = Input::local(transaction, TransactionKind::ReadOnly);
        let mut state = self.state.clone();
        let result =
            TransactionContext::execute(&mut state, &*self.executor, self.environment(), input);
        let outcome = result.map_err(|failed| self.failure(failed))?;
        observer::read(&outcome.trace);
        Ok(outcome.trace)
    }

    /// Which of these keys must sign the actions.
    ///
    /// # Errors
    /// Where all of them together are not enough.
    pub fn required_keys(
        &self,
        actions: &[Action],
        candidates: impl IntoIterator<Item = PublicKey>,
    ) -> Result<Vec<PublicKey>, ChainError> {
        let candidates = candidates.into_iter().collect();
        let keys = required_keys(&self.state, actions, candidates)?;
        Ok(keys.into_iter().collect())
    }

    /// Makes an account with the chain's first key.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn create_account(&mut self, name: Name) -> Result<TransactionTrace, Failure> {
        let authority = Authority::from_key(self.genesis().initial_key.clone());
        self.create_account_with(name, &authority, &authority)
    }

    /// Makes an account with these permissions.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn create_account_with(
        &mut self,
        name: Name,
        owner: &Authority,
        active: &Authority,
    ) -> Result<TransactionTrace, Failure> {
        let action = native::new_account(SYSTEM, name, owner.clone(), active.clone());
        self.push(&[action])
    }

    /// Sets the contract of an account: its code, and its ABI in the chain's encoding. Where the block
    /// in the making has no room for them, the next one takes them, as it does on a node.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn deploy(
        &mut self,
        account: Name,
        code: &[u8],
        abi: &[u8],
    ) -> Result<TransactionTrace, Failure> {
        let actions = || {
            [
                native::set_code(account, code),
                native::set_abi(account, abi),
            ]
        };
        match self.push(actions()) {
            Err(full) if full.error().kind() == ErrorKind::BlockNetUsageExceeded => {
                if self.produce_block().is_err() {
                    return Err(full);
                }
                self.push(actions())
            }
            pushed => pushed,
        }
    }
}
