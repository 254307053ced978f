//! Transactions that members have signed: read, and checked to hold what is expected and nothing else.
//!
//! The server sends what a member has signed and cannot change it. So that it never carries anything else, a
//! transaction must have the expected actions and no others, by the caller, for this chain, for a short time.

use crate::api::Api;
use crate::error::ApiError;
use crate::types::decision::PackedTransactionInput;
use antelope_rpc_client::signing::recover;
use antelope_types::json::bytes;
use antelope_types::{
    Action, Decode, Name, PermissionLevel, Signature, SignedTransaction, Transaction,
};
use coop_language::Words;

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
        expected: &[(Name, Name)],
    ) -> Result<&[Action], ApiError> {
        let transaction = &self.signed.transaction;
        let others = !transaction.context_free_actions.is_empty()
            || !transaction.transaction_extensions.is_empty()
            || transaction.header.delay_sec.0 != 0;
        let found = transaction.actions.iter().map(|it| (it.account, it.name));
        if others || !found.eq(expected.iter().copied()) {
            let names = expected
                .iter()
                .map(|(code, name)| format!("{code}::{name}"));
            let names: Vec<_> = names.collect();
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

    /// The arguments of an action, whole.
    ///
    /// # Errors
    /// [`ApiError::Field`].
    pub(crate) fn arguments<'a, T: Decode<'a>>(&self, action: &'a Action) -> Result<T, ApiError> {
        let refused = |_| {
            let action = format!("{}::{}", action.account, action.name);
            self.refused(
                "data",
                Words::of("expected.arguments").with("action", action),
            )
        };
        T::from_bytes(&action.data).map_err(refused)
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
mod tests {
    use super::*;
    use antelope_types::{Checksum256, Encode, name};
    use coop_model::clients::Soviet;

    const COOP: Name = name!("zarechyekoop");
    const WHO: Name = name!("kepozanuriso");
    const VOTE: [(Name, Name); 1] = [(name!("soviet"), name!("votefor"))];

    fn vote(levels: &[PermissionLevel]) -> Action {
        let soviet = Soviet::at(name!("soviet")).signed_by(PermissionLevel::active(WHO));
        let mut action = soviet.votefor(COOP, WHO, 7, Checksum256::ZERO).to_action();
        action.authorization = levels.to_vec();
        action
    }

    fn input(transaction: &Transaction) -> PackedTransactionInput {
        PackedTransactionInput {
            signatures: vec![Signature::K1([31; 65]).to_string()],
            packed_trx: bytes::text(&transaction.to_bytes()),
            packed_context_free_data: None,
            compression: None,
        }
    }

    fn of(actions: Vec<Action>) -> Transaction {
        Transaction {
            actions,
            ..Transaction::default()
        }
    }

    fn checked(transaction: &Transaction) -> Result<(), String> {
        let sent =
            Sent::read("data.transaction", &input(transaction)).map_err(|it| it.to_string())?;
        sent.actions(COOP, WHO, &VOTE)
            .map(drop)
            .map_err(|it| it.to_string())
    }

    #[test]
    fn the_expected_action_of_the_caller_is_taken_and_nothing_else() {
        let (mine, coop) = (PermissionLevel::active(WHO), PermissionLevel::active(COOP));
        let other = PermissionLevel::active(name!("basulotimegi"));
        checked(&of(vec![vote(&[mine])])).unwrap();
        checked(&of(vec![vote(&[coop, mine])])).unwrap();
        let mut transfer = vote(&[mine]);
        transfer.name = name!("voteagainst");
        let mut elsewhere = vote(&[mine]);
        elsewhere.account = name!("soviet2");
        let mut free = of(vec![vote(&[mine])]);
        free.context_free_actions = vec![vote(&[])];
        let mut later = of(vec![vote(&[mine])]);
        later.header.delay_sec = antelope_types::VarUint32(1);
        for (wrong, words) in [
            (of(vec![]), "actions"),
            (of(vec![vote(&[mine]), vote(&[mine])]), "actions"),
            (of(vec![transfer]), "actions"),
            (of(vec![elsewhere]), "actions"),
            (free, "actions"),
            (later, "actions"),
            (of(vec![vote(&[other])]), "authorization"),
            (of(vec![vote(&[])]), "authorization"),
            (of(vec![vote(&[mine, coop])]), "authorization"),
            (of(vec![vote(&[other, mine])]), "authorization"),
            (of(vec![vote(&[coop, mine, other])]), "authorization"),
        ] {
            let told = checked(&wrong).unwrap_err();
            assert!(
                told.starts_with(&format!("data.transaction.{words}")),
                "{told}"
            );
        }
    }

    #[test]
    fn what_is_no_plain_transaction_is_refused() {
        let right = input(&of(vec![vote(&[PermissionLevel::active(WHO)])]));
        let change = |change: &dyn Fn(&mut PackedTransactionInput)| {
            let mut changed = right.clone();
            change(&mut changed);
            let refused = Sent::read("data.transaction", &changed).unwrap_err();
            assert_eq!(refused.code(), "BAD_INPUT");
            refused.to_string()
        };
        assert!(change(&|it| it.compression = Some("zlib".into())).contains("compression"));
        assert!(
            change(&|it| it.packed_context_free_data = Some("01".into())).contains("context_free")
        );
        assert!(change(&|it| it.packed_trx.push_str("00")).contains("packed_trx"));
        assert!(change(&|it| it.packed_trx = "0".repeat(4 * MAX_BYTES)).contains("packed_trx"));
        assert!(change(&|it| it.signatures.clear()).contains("signatures"));
        assert!(change(&|it| it.signatures = vec!["SIG_K1_no".into()]).contains("signatures"));
    }

    #[test]
    fn arguments_are_read_whole() {
        let mut transaction = of(vec![vote(&[PermissionLevel::active(WHO)])]);
        let sent = Sent::read("t", &input(&transaction)).unwrap();
        let action = &sent.actions(COOP, WHO, &VOTE).unwrap()[0];
        type Vote = (Name, Name, u64, Checksum256);
        let read: Vote = sent.arguments(action).unwrap();
        assert_eq!(read, (COOP, WHO, 7, Checksum256::ZERO));
        transaction.actions[0].data.push(0);
        let sent = Sent::read("t", &input(&transaction)).unwrap();
        let action = &sent.actions(COOP, WHO, &VOTE).unwrap()[0];
        assert!(sent.arguments::<Vote>(action).is_err());
    }
}
