//! Sending transactions: build, sign, send, and understand what comes back.

use crate::client::Client;
use crate::error::ClientError;
use crate::refusal::executed;
use crate::signing::Signer;
use crate::transaction::{self, TransactionOptions};
use antelope_types::{
    Action, Name, PackedTransaction, PermissionLevel, SignedTransaction, Transaction,
    TransactionTrace,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::sync::atomic::Ordering;

/// The calls that send a transaction, best first. Only the first returns a failed
/// transaction's trace.
const SEND_CALLS: [&str; 3] = [
    "/v1/chain/send_transaction2",
    "/v1/chain/send_transaction",
    "/v1/chain/push_transaction",
];

#[derive(Deserialize)]
struct Processed {
    processed: TransactionTrace,
}

impl Client {
    /// An action of a contract with its arguments as JSON, packed by the contract's ABI.
    ///
    /// # Errors
    /// [`ClientError::NoAbi`], [`ClientError::Abi`].
    pub fn action(
        &self,
        account: Name,
        name: Name,
        authorization: PermissionLevel,
        arguments: &Value,
    ) -> Result<Action, ClientError> {
        let data = self.abi(account)?.pack_action(name, arguments)?;
        Ok(Action {
            account,
            name,
            authorization: vec![authorization],
            data,
        })
    }

    /// Sends these actions as one transaction, signed by these keys. Returns when the node has
    /// executed it; it will be in one of the next blocks.
    ///
    /// # Errors
    /// [`ClientError::Chain`] when the transaction failed, with its trace where the node gives it.
    pub fn push(
        &self,
        actions: &[Action],
        signers: &[&dyn Signer],
    ) -> Result<TransactionTrace, ClientError> {
        self.push_with(actions, signers, &TransactionOptions::default())
    }

    /// [`Client::push`] with other options.
    ///
    /// # Errors
    /// As [`Client::push`].
    pub fn push_with(
        &self,
        actions: &[Action],
        signers: &[&dyn Signer],
        options: &TransactionOptions,
    ) -> Result<TransactionTrace, ClientError> {
        let transaction = self.build(actions, options)?;
        self.send(&transaction::sign(&self.chain_id()?, transaction, signers)?)
    }

    /// A transaction of these actions for this chain, not yet signed.
    ///
    /// # Errors
    /// [`ClientError`].
    pub fn build(
        &self,
        actions: &[Action],
        options: &TransactionOptions,
    ) -> Result<Transaction, ClientError> {
        let info = self.get_info()?;
        Ok(transaction::build(actions, &info, options))
    }

    /// Sends a signed transaction.
    ///
    /// # Errors
    /// As [`Client::push`].
    pub fn send(&self, signed: &SignedTransaction) -> Result<TransactionTrace, ClientError> {
        let packed = PackedTransaction::pack(signed);
        loop {
            let number = self.shared.send_call.load(Ordering::Relaxed);
            let path = SEND_CALLS[usize::from(number)];
            let answer = match number {
                0 => self.processed(
                    path,
                    &json!({ "return_failure_trace": true, "transaction": packed }),
                ),
                _ => self.processed(path, &packed),
            };
            match answer {
                Err(ClientError::Unsupported { .. })
                    if usize::from(number) + 1 < SEND_CALLS.len() =>
                {
                    self.shared.send_call.store(number + 1, Ordering::Relaxed);
                }
                answer => return answer,
            }
        }
    }

    /// Executes a signed transaction without keeping what it does.
    ///
    /// # Errors
    /// As [`Client::push`].
    pub fn compute(&self, signed: &SignedTransaction) -> Result<TransactionTrace, ClientError> {
        let request = json!({ "transaction": PackedTransaction::pack(signed) });
        self.processed("/v1/chain/compute_transaction", &request)
    }

    /// Calls a read-only action: no signature, no cost, nothing kept. The answer is in
    /// [`TransactionTrace::return_value`]. The action must have no authorization.
    ///
    /// # Errors
    /// [`ClientError::Unsupported`] on nodes that cannot, else as [`Client::push`].
    pub fn read_only(&self, action: Action) -> Result<TransactionTrace, ClientError> {
        let transaction = self.build(&[action], &TransactionOptions::default())?;
        let signed = SignedTransaction {
            transaction,
            ..SignedTransaction::default()
        };
        let request = json!({ "transaction": PackedTransaction::pack(&signed) });
        self.processed("/v1/chain/send_read_only_transaction", &request)
    }

    /// Calls a read-only action with arguments and result as JSON, by the contract's ABI.
    ///
    /// # Errors
    /// As [`Client::read_only`]; [`ClientError::Abi`].
    pub fn read_only_json(
        &self,
        account: Name,
        name: Name,
        arguments: &Value,
    ) -> Result<Value, ClientError> {
        let abi = self.abi(account)?;
        let data = abi.pack_action(name, arguments)?;
        let trace = self.read_only(Action {
            account,
            name,
            authorization: vec![],
            data,
        })?;
        Ok(abi.unpack_result(name, trace.return_value())?)
    }

    fn processed(
        &self,
        path: &str,
        request: &impl Serialize,
    ) -> Result<TransactionTrace, ClientError> {
        let answer: Processed = self.call(path, request)?;
        Ok(executed(202, answer.processed).map_err(Box::new)?)
    }
}
