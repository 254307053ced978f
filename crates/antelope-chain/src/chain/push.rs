//! Executing transactions and keeping what they did.
//!
//! All ways in end in [`Chain::execute`]; they differ in what authority the transaction runs under:
//!
//! | call | authority |
//! |---|---|
//! | [`push`](Chain::push), [`push_as`](Chain::push_as) | the permissions that its actions declare, as if all had signed |
//! | [`push_signed`](Chain::push_signed), [`push_packed`](Chain::push_packed) | the keys recovered from its signatures |
//! | [`push_recovered`](Chain::push_recovered) | keys recovered earlier |
//!
//! In each case the checks of a node follow: whether the authority satisfies what the actions
//! declare, expiration, reference block, duplicates, and resources.

use super::{Chain, Failure};
use crate::block::BlockTransaction;
use crate::observer;
use crate::store::{self, Entry, Packed};
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

/// The shortest time until transactions made here expire, in seconds.
const LIFETIME: u32 = 30;

/// How many expired transactions are forgotten with each that is executed: more than one, so that they
/// become fewer.
const FORGOTTEN: usize = 2;

impl Chain {
    /// A transaction of these actions, to be signed and pushed: it refers to the head block and
    /// expires in half a minute or later. Each one gets another expiration within
    /// `max_transaction_lifetime`, so that two with the same actions have different ids.
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

    /// Executes actions in one transaction under the permissions that they declare, without
    /// signatures: any account can be impersonated. Everything else is checked as for a signed
    /// transaction.
    ///
    /// Actions are typed calls of an SDK client, [`Action`]s, such as [`action`](Self::action)
    /// makes from JSON, and arrays, vectors, slices and tuples of them.
    ///
    /// # Errors
    /// [`Failure`], with the error of a node and everything that can be found out about it.
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

    /// Executes a signed transaction under the keys that have signed it.
    ///
    /// # Errors
    /// [`Failure`]: also `unsatisfied_authorization` (3090003) where signatures are missing and
    /// `tx_irrelevant_sig` (3090002) where there are too many.
    pub fn push_signed(&mut self, signed: &SignedTransaction) -> Result<TransactionTrace, Failure> {
        self.push_packed(&PackedTransaction::pack(signed))
    }

    /// Executes a packed transaction, in the form in which nodes receive it.
    ///
    /// # Errors
    /// As for [`push_signed`](Self::push_signed); also where it cannot be unpacked.
    pub fn push_packed(&mut self, packed: &PackedTransaction) -> Result<TransactionTrace, Failure> {
        let recovered = RecoveredTransaction::recover(packed.clone(), &self.chain_id)?;
        self.push_recovered(recovered)
    }

    /// Executes a transaction whose signatures were recovered earlier, such as on another thread.
    ///
    /// # Errors
    /// [`Failure`]; `chain_id_type_exception` (3010012) where they were recovered for another
    /// chain.
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

    /// Executes a transaction and keeps what it did, or nothing if it fails. In a chain in a folder
    /// it is recorded before it counts; if that fails it is undone.
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
            .keeps_inputs()
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
        let packed = Arc::new(packed);
        if let Some(authority) = given {
            let entry = Entry::Push {
                packed: Packed(Arc::clone(&packed)),
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
        self.record_trace(&outcome.trace, || None);
        self.pending.acted(outcome.receipt_digests);
        self.state
            .forget_expired_transactions(self.now(), FORGOTTEN);
        if let Some(receipt) = outcome.trace.receipt {
            let transaction = BlockTransaction {
                receipt,
                id,
                packed: Some(packed),
            };
            self.pending.receive(transaction);
        }
        Ok(outcome.trace)
    }

    /// Executes read-only actions and returns the trace with their return values, of any length.
    /// Nobody's authorization is needed, and the chain is unchanged.
    ///
    /// # Errors
    /// [`Failure`]; also for an action that would change the state or declares an authorization.
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

    /// Which of the candidate keys must sign the actions: `get_required_keys` of a node.
    ///
    /// # Errors
    /// `unsatisfied_authorization` (3090003) where all of them together do not suffice.
    pub fn required_keys(
        &self,
        actions: &[Action],
        candidates: impl IntoIterator<Item = PublicKey>,
    ) -> Result<Vec<PublicKey>, ChainError> {
        let candidates = candidates.into_iter().collect();
        let keys = required_keys(&self.state, actions, candidates)?;
        Ok(keys.into_iter().collect())
    }

    /// Creates an account with the chain's initial key as `owner` and `active`, by
    /// `eosio::newaccount`.
    ///
    /// # Errors
    /// [`Failure`]: `account_name_exists_exception` (3050001), or `action_validate_exception` (3050000) for a name
    /// that is not allowed.
    pub fn create_account(&mut self, name: Name) -> Result<TransactionTrace, Failure> {
        let authority = Authority::from_key(self.genesis().initial_key.clone());
        self.create_account_with(name, &authority, &authority)
    }

    /// Creates an account with these authorities.
    ///
    /// # Errors
    /// As for [`create_account`](Self::create_account).
    pub fn create_account_with(
        &mut self,
        name: Name,
        owner: &Authority,
        active: &Authority,
    ) -> Result<TransactionTrace, Failure> {
        let action = native::new_account(SYSTEM, name, owner.clone(), active.clone());
        self.push(&[action])
    }

    /// Sets the code and the ABI of an account in one transaction; the ABI is in its binary
    /// encoding. If the block in production has too little NET left, it is completed and the next
    /// one is used, as clients of a node retry.
    ///
    /// # Errors
    /// [`Failure`]: `set_exact_code` (3160008) where the account has this code already,
    /// `wasm_serialization_error` (3070003) for invalid code.
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
