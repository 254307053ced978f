//! What one action did.

use super::json;
use crate::text::hex;
use crate::{
    Action, BlockTimestamp, ChainError, Checksum256, Cost, Encode, Encoder, Name, VarUint32,
};
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use core::ops::Deref;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What an action, an inline action or a notification did. Its `Debug` shows the first bytes of the
/// data only.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct ActionTrace {
    /// Its number in the transaction, from 1, in the order in which actions were sent.
    /// It is not the order of execution: that is by [`ActionReceipt::global_sequence`].
    pub action_ordinal: u32,
    /// The number of the action that sent it or notified; 0 for the transaction.
    pub creator_action_ordinal: u32,
    /// The number of the closest action above that is not a notification; 0 for the transaction.
    /// For what a notified contract sends, that is the action that it was notified of.
    #[serde(default)]
    pub closest_unnotified_ancestor_action_ordinal: u32,
    /// Its place in the chain's history; none if it was not executed.
    pub receipt: Option<ActionReceipt>,
    /// The account whose code ran; differs from the action's `account` in a notification.
    pub receiver: Name,
    /// The action.
    pub act: DecodedAction,
    /// Whether it saw no state.
    #[serde(default)]
    pub context_free: bool,
    /// How long it took here, in microseconds.
    #[serde(default, with = "crate::json::int64")]
    pub elapsed: i64,
    /// What it cost by count, without what it sent or notified. Nodes do not report it.
    #[serde(skip)]
    pub cost: Cost,
    /// What it printed.
    /// Empty on nodes without `--contracts-console`.
    #[serde(default)]
    pub console: String,
    /// The transaction's id.
    #[serde(default)]
    pub trx_id: Checksum256,
    /// The number of the block it is in.
    #[serde(default)]
    pub block_num: u32,
    /// That block's time.
    #[serde(default)]
    pub block_time: BlockTimestamp,
    /// The block's id, which is known only when the block is complete.
    pub producer_block_id: Option<Checksum256>,
    /// The change of RAM of each account that it touched, in bytes.
    #[serde(default, with = "json::ram_deltas")]
    pub account_ram_deltas: BTreeMap<Name, i64>,
    /// Why it failed.
    pub except: Option<ChainError>,
    /// The number of the failure.
    #[serde(default, with = "json::optional_uint64")]
    pub error_code: Option<u64>,
    /// What it returned, in bytes; empty where that is nothing.
    /// In JSON it is `return_value_hex_data`, in hexadecimal.
    #[serde(
        default,
        rename = "return_value_hex_data",
        alias = "return_value",
        with = "crate::json::bytes"
    )]
    pub return_value: Vec<u8>,
    /// What it returned by the ABI of its account, where whoever reports it could read that. The
    /// embedded chain's API fills it in; the chain itself leaves it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub return_value_data: Option<Value>,
}

impl ActionTrace {
    /// Whether a contract was told of an action that is addressed to somebody else.
    ///
    /// Such code must not take the action for a call of itself: nothing but the receiver differs.
    pub fn is_notification(&self) -> bool {
        self.receiver != self.act.account
    }
}

/// One line that begins with the ordinals, as in
/// `2 by 1: bob <= eosio.token::transfer as [(alice, active)]`.
impl fmt::Debug for ActionTrace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 64;
        let Action { data, .. } = &*self.act;
        let (ordinal, creator) = (self.action_ordinal, self.creator_action_ordinal);
        write!(f, "{ordinal} by {creator}: {} <= ", self.receiver)?;
        write!(f, "{}::{} as ", self.act.account, self.act.name)?;
        let levels = self.act.authorization.iter();
        let levels = levels.map(|level| (level.actor, level.permission));
        f.debug_list().entries(levels).finish()?;
        f.write_str(" ")?;
        hex::write(&data[..data.len().min(SHOWN)], f)?;
        f.write_str(" ")?;
        f.debug_struct("")
            .field("bytes", &data.len())
            .field("ram", &self.account_ram_deltas)
            .field("returned", &Hex(&self.return_value))
            .field("console", &self.console)
            .field("except", &self.except)
            .finish_non_exhaustive()
    }
}

/// An action, and its arguments as JSON where they are known.
///
/// Nodes write the arguments by the ABI of the action's account as `data`, and the bytes as
/// `hex_data`; where there is no ABI that fits, both are the bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodedAction {
    /// The action, shared by the traces of all who were notified of it.
    pub action: Arc<Action>,
    /// Its arguments by the ABI of its account, where whoever reports it could read them. The
    /// embedded chain's API fills them in; the chain itself leaves them out.
    pub json: Option<Value>,
}

impl From<Arc<Action>> for DecodedAction {
    fn from(action: Arc<Action>) -> Self {
        Self { action, json: None }
    }
}

impl From<Action> for DecodedAction {
    fn from(action: Action) -> Self {
        Arc::new(action).into()
    }
}

impl Deref for DecodedAction {
    type Target = Action;

    fn deref(&self) -> &Action {
        &self.action
    }
}

/// The place of an action in the chain's history.
///
/// The numbers place the action in three histories at once: the chain's, the receiver's and that of each
/// account that authorized it. Together with the digest they are a leaf of the block's `action_mroot`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionReceipt {
    /// The account whose code ran.
    #[serde(default)]
    pub receiver: Name,
    /// The digest of the action and what it returned.
    /// Before `ACTION_RETURN_VALUE` it is of the action alone.
    pub act_digest: Checksum256,
    /// How many actions the chain has executed, with this one.
    /// 0 in a read-only transaction, which is not counted.
    #[serde(with = "crate::json::uint64")]
    pub global_sequence: u64,
    /// How many of them the receiver has.
    #[serde(with = "crate::json::uint64")]
    pub recv_sequence: u64,
    /// How many actions each account has authorized, with this one.
    #[serde(default, with = "json::auth_sequence")]
    pub auth_sequence: BTreeMap<Name, u64>,
    /// How often the code of the action's account was set.
    /// In a notification, too, it is that of the action's account and not of the receiver.
    #[serde(default)]
    pub code_sequence: u32,
    /// How often the ABI of the action's account was set.
    /// It tells a reader which version of the ABI the data follows.
    #[serde(default)]
    pub abi_sequence: u32,
}

impl ActionReceipt {
    /// What blocks commit to.
    ///
    /// It is the SHA-256 of the encoding, whose two last numbers are varints.
    pub fn digest(&self) -> Checksum256 {
        Checksum256::sha256(&self.to_bytes())
    }
}

impl Encode for ActionReceipt {
    fn encode(&self, out: &mut Encoder<'_>) {
        self.receiver.encode(out);
        self.act_digest.encode(out);
        self.global_sequence.encode(out);
        self.recv_sequence.encode(out);
        VarUint32(self.auth_sequence.len() as u32).encode(out);
        for (account, sequence) in &self.auth_sequence {
            account.encode(out);
            sequence.encode(out);
        }
        VarUint32(self.code_sequence).encode(out);
        VarUint32(self.abi_sequence).encode(out);
    }
}

/// The digest of an action and of what it returned.
///
/// It holds since `ACTION_RETURN_VALUE`: `generate_action_digest` of a node. The first hash is of the
/// account, the name and the permissions, the second of the data and the returned value, each with its
/// length; the digest is the hash of both.
///
/// ```
/// use antelope_types::{Action, action_digest, name};
/// let action = Action::new(name!("hello"), name!("greet"), &[], &name!("bob"));
/// assert_ne!(action_digest(&action, &[]), action_digest(&action, &[1]));
/// ```
pub fn action_digest(action: &Action, return_value: &[u8]) -> Checksum256 {
    // First what the action is, without its data; then the data that came in and went out.
    let mut identity = Vec::with_capacity(17 + 16 * action.authorization.len());
    identity.extend(action.account.to_bytes());
    identity.extend(action.name.to_bytes());
    identity.extend(action.authorization.to_bytes());
    let length = |bytes: &[u8]| VarUint32(bytes.len() as u32).to_bytes();
    let data = Checksum256::sha256_of(&[
        &length(&action.data),
        &action.data,
        &length(return_value),
        return_value,
    ]);
    Checksum256::sha256_of(&[&Checksum256::sha256(&identity).0, &data.0])
}

/// Bytes whose `Debug` is hexadecimal.
struct Hex<'a>(&'a [u8]);

impl fmt::Debug for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex::write(self.0, f)
    }
}
