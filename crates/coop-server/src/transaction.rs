//! Transactions that members have signed: read, and checked to hold what is expected and nothing else.
//!
//! The server sends what a member has signed and cannot change it. So that it never carries anything else, a
//! transaction must have the expected actions and no others, by the caller, for this chain, for a short time.

use crate::actions::ActionAt;
use crate::api::Api;
use crate::error::ApiError;
use crate::types::decision::PackedTransactionInput;
use antelope_rpc_client::signing::recover;
use antelope_types::json::bytes;
use antelope_types::{
    Action, Checksum256, Decode, Name, PermissionLevel, Signature, SignedTransaction, Transaction,
};
use coop_language::Words;
use coop_model::Document;

/// The most bytes of a transaction: two documents of the contracts, and more.
const MAX_BYTES: usize = 64 << 10;
/// The most signatures: the member's, and the cooperative's where it pays.
const MAX_SIGNATURES: usize = 8;
/// How far ahead a transaction may expire, in seconds: as nodes allow.
const MAX_SECONDS: i64 = 3_600;

/// A transaction whose actions are yet to be looked at.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    signed: SignedTransaction,
    field: &'static str,
}

impl Sent {
    /// Reads a transaction of this field.
    ///
    /// # Errors
    /// [`ApiError::Field`] for one that is not a plain transaction, and for signatures that are not.
    pub(crate) fn read(
        field: &'static str,
        input: &PackedTransactionInput,
    ) -> Result<Self, ApiError> {
        let refused = |part: &str, key| ApiError::field(format!("{field}.{part}"), Words::of(key));
        let plain = ["", "none", "0"];
        let compression = input.compression.as_deref().unwrap_or_default();
        if !plain.contains(&compression) {
            return Err(refused("compression", "expected.no_compression"));
        }
        let context_free = input.packed_context_free_data.as_deref();
        // An empty list may be packed as its length.
        if !["", "00"].contains(&context_free.unwrap_or_default()) {
            let part = "packed_context_free_data";
            return Err(refused(part, "expected.no_context_free"));
        }
        let unreadable = || refused("packed_trx", "expected.transaction");
        if input.packed_trx.len() > 2 * MAX_BYTES {
            return Err(unreadable());
        }
        let packed = bytes::parse(&input.packed_trx).map_err(|_| unreadable())?;
        let transaction = Transaction::from_bytes(&packed).map_err(|_| unreadable())?;
        let signatures = input
            .signatures
            .iter()
            .map(|text| text.parse::<Signature>());
        let signatures = signatures.collect::<Result<Vec<_>, _>>();
        let signatures = signatures
            .ok()
            .filter(|it| (1..=MAX_SIGNATURES).contains(&it.len()));
        Ok(Self {
            signed: SignedTransaction {
                transaction,
                signatures: signatures
                    .ok_or_else(|| refused("signatures", "expected.signatures"))?,
                context_free_data: Vec::new(),
            },
            field,
        })
    }

    /// Its actions, if they are these and no others, by this member.
    ///
    /// # Errors
    /// [`ApiError::Field`], which says what was expected.
    pub(crate) fn actions(
        &self,
        coopname: Name,
        who: Name,
        expected: &[ActionAt],
    ) -> Result<&[Action], ApiError> {
        let transaction = &self.signed.transaction;
        let others = !transaction.context_free_actions.is_empty()
            || !transaction.transaction_extensions.is_empty()
            || transaction.header.delay_sec.0 != 0;
        let found = transaction.actions.iter().map(|it| (it.account, it.name));
        if others || !found.eq(expected.iter().map(|it| it.pair())) {
            let names: Vec<_> = expected.iter().map(ToString::to_string).collect();
            let words = Words::of("expected.actions").with("actions", names.join(", "));
            return Err(self.refused("actions", words));
        }
        let is_by_who = |action: &Action| match &action.authorization[..] {
            [only] => only.actor == who,
            [payer, by] => payer.actor == coopname && by.actor == who,
            _ => false,
        };
        if !transaction.actions.iter().all(is_by_who) {
            let words = Words::of("expected.authorization").with("account", who);
            return Err(self.refused("authorization", words));
        }
        Ok(&transaction.actions)
    }

    /// What stands in its only action behind these arguments, if it is this action and by this member.
    ///
    /// # Errors
    /// [`ApiError::Field`], which says what was expected.
    pub(crate) fn behind(
        &self,
        (coopname, who): (Name, Name),
        expected: ActionAt,
        arguments: &[u8],
    ) -> Result<&[u8], ApiError> {
        let actions = self.actions(coopname, who, &[expected])?;
        self.rest(&actions[0], arguments)
    }

    /// What stands in an action behind these arguments.
    ///
    /// # Errors
    /// [`ApiError::Field`].
    pub(crate) fn rest<'a>(
        &self,
        action: &'a Action,
        arguments: &[u8],
    ) -> Result<&'a [u8], ApiError> {
        let rest = action.data.strip_prefix(arguments);
        rest.ok_or_else(|| self.refused("data", Words::of("expected.these_arguments")))
    }

    /// The document with this hash that stands in its only action behind these arguments, if it is this action, by this
    /// member, and the document ends it.
    ///
    /// # Errors
    /// [`ApiError::Field`], which says what was expected.
    pub(crate) fn document(
        &self,
        by: (Name, Name),
        expected: ActionAt,
        arguments: &[u8],
        hash: Checksum256,
    ) -> Result<Document, ApiError> {
        let rest = self.behind(by, expected, arguments)?;
        let document: Document = self.whole(&expected.to_string(), rest)?;
        match document.hash() == hash {
            true => Ok(document),
            false => {
                let words = Words::of("expected.document").with("hash", hash);
                Err(self.refused("data", words))
            }
        }
    }

    /// The arguments of an action, whole.
    ///
    /// # Errors
    /// [`ApiError::Field`].
    pub(crate) fn arguments<'a, T: Decode<'a>>(&self, action: &'a Action) -> Result<T, ApiError> {
        let code = format!("{}::{}", action.account, action.name);
        self.whole(&code, &action.data)
    }

    /// The value that these bytes of the arguments of an action are, whole.
    ///
    /// # Errors
    /// [`ApiError::Field`].
    pub(crate) fn whole<'a, T: Decode<'a>>(
        &self,
        action: &str,
        bytes: &'a [u8],
    ) -> Result<T, ApiError> {
        let words = || Words::of("expected.arguments").with("action", action);
        T::from_bytes(bytes).map_err(|_| self.refused("data", words()))
    }

    /// That an argument is what it should be.
    ///
    /// # Errors
    /// [`ApiError::Field`].
    pub(crate) fn require(&self, holds: bool, argument: &'static str) -> Result<(), ApiError> {
        match holds {
            true => Ok(()),
            false => {
                let words = Words::of("expected.argument").with("argument", argument);
                Err(self.refused("data", words))
            }
        }
    }

    /// Sends it. Of a thread that may wait.
    ///
    /// # Errors
    /// [`ApiError::Field`] for one that is over or lasts too long, and for signatures of no key on this chain; those of
    /// the node and of the chain.
    pub(crate) fn push(&self, api: &Api) -> Result<antelope_types::TransactionTrace, ApiError> {
        let now = api.chain_time()?.seconds();
        let expires = i64::from(self.signed.transaction.header.expiration.seconds());
        if !(now..=now + MAX_SECONDS).contains(&expires) {
            let words = Words::of("expected.expiration").with("seconds", MAX_SECONDS);
            return Err(self.refused("expiration", words));
        }
        let chain_id = api.contracts().chain_id;
        let digest = self.signed.transaction.signing_digest(&chain_id, &[]);
        let is_of_a_key = |it: &Signature| recover(&digest, it).is_ok();
        if !self.signed.signatures.iter().all(is_of_a_key) {
            return Err(self.refused("signatures", Words::of("expected.signatures")));
        }
        Ok(api.node()?.send(&self.signed)?)
    }

    fn refused(&self, part: &str, expected: Words) -> ApiError {
        ApiError::field(format!("{}.{part}", self.field), expected)
    }
}

/// The permission that a member has linked to `freedecision` for the cooperative's key.
pub(crate) fn delegated(who: Name) -> PermissionLevel {
    PermissionLevel {
        actor: who,
        permission: antelope_types::name!("propose"),
    }
}

#[cfg(test)]
mod tests;
