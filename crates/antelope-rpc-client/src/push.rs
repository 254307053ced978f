//! Sending transactions: build, sign, send, and understand what comes back.
//!
//! | method | requests | signed | effects |
//! |---|---|---|---|
//! | [`Client::push`], [`Client::push_with`] | `get_info`, `send_transaction2` | yes | kept |
//! | [`Client::build`] | `get_info` | | |
//! | [`Client::send`] | `send_transaction2` | yes | kept |
//! | [`Client::compute`] | `compute_transaction` | need not be | discarded |
//! | [`Client::read_only`] | `get_info`, `send_read_only_transaction` | no | none allowed |
//!
//! Nodes before Leap 3.1 lack `send_transaction2`. The client notices that by the answer 404 and sends
//! the transaction by an older call, which it then uses from the start. A call that the node does not
//! have has executed nothing, so that this cannot send a transaction twice.

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

/// The calls that send a transaction, best first. Only the first returns a failed transaction's trace;
/// from the others a failure comes as an error. The last one writes the trace as a tree, which
/// [`TransactionTrace`] reads as well.
const SEND_CALLS: [&str; 3] = [
    "/v1/chain/send_transaction2",
    "/v1/chain/send_transaction",
    "/v1/chain/push_transaction",
];

/// The part of an answer that is read, of every call that executes a transaction.
#[derive(Deserialize)]
struct Processed {
    processed: TransactionTrace,
}

impl Client {
    /// An action of a contract with its arguments as JSON, packed by the contract's ABI from
    /// [`Client::abi`]. `arguments` is an object with a field for each argument, or an array in their
    /// order. Sends nothing where the ABI is known already.
    ///
    /// Arguments that a node would change in silence, such as 300 for a `uint8` or a misspelled field,
    /// are refused. For an action with several authorizations, push to
    /// [`authorization`](Action::authorization) afterwards.
    ///
    /// # Errors
    /// As [`Client::abi`]. [`ClientError::Abi`] where the ABI has no such action or the arguments do
    /// not fit; it names the field.
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

    /// Sends these actions as one transaction, signed by these keys, with the default
    /// [`TransactionOptions`]. Either all actions take effect or none does.
    ///
    /// Returns when the node has executed it. The node then passes it on to producers, who execute it
    /// again: usually it is in a block a second later, but it is not final and may still expire
    /// without having been in one. [`Client::get_transaction_status`] tells, or
    /// [`Client::get_transaction`].
    ///
    /// A transaction that would equal an earlier one of this process expires a second later than
    /// that, so that the chain does not take it for a duplicate: the same payment may be made twice.
    ///
    /// ```
    /// # use antelope_rpc_client::{Answer, Transport};
    /// # use std::sync::Arc;
    /// # #[derive(Debug)]
    /// # struct Canned;
    /// # impl Transport for Canned {
    /// #     fn address(&self) -> &str {
    /// #         "canned:"
    /// #     }
    /// #     fn post(&self, path: &str, _: &[u8]) -> Result<Answer, ClientError> {
    /// #         let id = "00".repeat(32);
    /// #         let body = match path {
    /// #             "/v1/chain/get_info" => serde_json::json!({
    /// #                 "chain_id": id, "head_block_num": 9, "head_block_id": id,
    /// #                 "head_block_time": "2026-01-01T00:00:00.000", "head_block_producer": "eosio",
    /// #                 "last_irreversible_block_num": 7, "last_irreversible_block_id": id,
    /// #             }),
    /// #             _ => serde_json::json!({ "processed": {
    /// #                 "id": id, "block_num": 10, "block_time": "2026-01-01T00:00:00.500",
    /// #                 "receipt": { "status": "executed", "cpu_usage_us": 157, "net_usage_words": 16 },
    /// #                 "action_traces": [],
    /// #             } }),
    /// #         };
    /// #         Ok(Answer { status: 202, body: body.to_string().into_bytes() })
    /// #     }
    /// # }
    /// # let client = Client::over(Arc::new(Canned));
    /// use antelope_rpc_client::{Client, ClientError, native, signing};
    /// use antelope_types::name;
    ///
    /// // `client` may be of a node, or of a chain in this process.
    /// let key = signing::generate_k1()?;
    /// let link = native::link_auth(name!("alice"), name!("shop"), name!("buy"), name!("spend"));
    /// let trace = client.push(&[link], &[&key])?;
    /// assert_eq!((trace.cpu_us(), trace.net_bytes()), (157, 128));
    /// # Ok::<(), ClientError>(())
    /// ```
    ///
    /// # Errors
    /// [`ClientError::Chain`] where the transaction failed, with its trace where the node gives it;
    /// [`ClientError::Signing`] where a key cannot sign, before anything is sent; else as
    /// [`Client::call`]. Whether to call it again after an error: see the
    /// [crate's page](crate#time-outs-and-retries).
    pub fn push(
        &self,
        actions: &[Action],
        signers: &[&dyn Signer],
    ) -> Result<TransactionTrace, ClientError> {
        self.push_with(actions, signers, &TransactionOptions::default())
    }

    /// [`Client::push`] with a lifetime, reference block and limits of the caller's choice.
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

    /// A transaction of these actions for this chain, not yet signed. It refers to a block of the chain
    /// and expires by the chain's clock, both read with `get_info`; its id differs from that of the last
    /// 65 536 that this process has built.
    ///
    /// # Errors
    /// As [`Client::call`].
    pub fn build(
        &self,
        actions: &[Action],
        options: &TransactionOptions,
    ) -> Result<Transaction, ClientError> {
        let info = self.get_info()?;
        Ok(transaction::build(actions, &info, options))
    }

    /// Sends a signed transaction as it is. It may be sent again after a lost answer: the chain
    /// executes it once and refuses the second time with
    /// [`ErrorKind::TxDuplicate`](crate::ErrorKind::TxDuplicate).
    ///
    /// # Errors
    /// As [`Client::push`]. [`ClientError::Unsupported`] where the node has none of the calls that send
    /// transactions.
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
                // Another thread may store the same number; it never goes back.
                Err(ClientError::Unsupported { .. })
                    if usize::from(number) + 1 < SEND_CALLS.len() =>
                {
                    self.shared.send_call.store(number + 1, Ordering::Relaxed);
                }
                answer => return answer,
            }
        }
    }

    /// Executes a transaction without keeping what it does: for its cost, its console output or the
    /// reason why it would fail. The node does not check the signatures, so there need be none.
    ///
    /// # Errors
    /// As [`Client::push`]. [`ClientError::Unsupported`] on nodes before Leap 3.1.
    pub fn compute(&self, signed: &SignedTransaction) -> Result<TransactionTrace, ClientError> {
        let request = json!({ "transaction": PackedTransaction::pack(signed) });
        self.processed("/v1/chain/compute_transaction", &request)
    }

    /// Calls a read-only action: no signature, nothing billed, nothing kept. Its result is in
    /// [`TransactionTrace::return_value`] as bytes; [`Client::read_only_json`] unpacks it. Any action
    /// can be called so if it changes nothing and its authorization is empty.
    ///
    /// # Errors
    /// [`ClientError::Chain`] where the action has an authorization, tries to change the state, or
    /// fails. [`ClientError::Unsupported`] on nodes before Leap 4. Else as [`Client::call`].
    pub fn read_only(&self, action: Action) -> Result<TransactionTrace, ClientError> {
        let transaction = self.build(&[action], &TransactionOptions::default())?;
        let signed = SignedTransaction {
            transaction,
            ..SignedTransaction::default()
        };
        let request = json!({ "transaction": PackedTransaction::pack(&signed) });
        self.processed("/v1/chain/send_read_only_transaction", &request)
    }

    /// Calls a read-only action with arguments and result as JSON, by the contract's ABI from
    /// [`Client::abi`].
    ///
    /// ```no_run
    /// # use antelope_rpc_client::{Client, ClientError};
    /// # use antelope_types::name;
    /// # fn rate(client: &Client) -> Result<(), ClientError> {
    /// let request = serde_json::json!({ "from": "2,EUR", "to": "2,USD" });
    /// let rate = client.read_only_json(name!("exchange"), name!("getrate"), &request)?;
    /// println!("{rate}");
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// As [`Client::read_only`] and [`Client::action`]. [`ClientError::Abi`] also where the ABI lists no
    /// result for the action (`action_results`), or the bytes returned are not of its type.
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

    /// Calls `path` and returns the trace of a transaction that succeeded. The refusal of one that
    /// failed gets the status 202, with which nodes return such traces.
    fn processed(
        &self,
        path: &str,
        request: &impl Serialize,
    ) -> Result<TransactionTrace, ClientError> {
        let answer: Processed = self.call(path, request)?;
        Ok(executed(202, answer.processed).map_err(Box::new)?)
    }
}
