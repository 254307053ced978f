//! Everything that the three contracts remember.

use crate::cooperative::Cooperative;
use crate::{Account, Event, QuestionKind, Terms, Time};
use std::collections::{BTreeMap, BTreeSet};

/// An account that registrator made.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Registered {
    /// The cooperative that asked for it.
    pub coop: Account,
    /// When.
    pub created_at: Time,
    /// When the last statement was rendered that was taken from the person.
    pub last_statement: Time,
}

/// A kind of decisions as it is registered.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct KindRow {
    /// The contract that owns it.
    pub contract: Account,
    /// Whether its callbacks are actions of that contract.
    pub is_sound: bool,
    /// Registry id of the protocol.
    pub protocol: u64,
}

/// The world.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct World {
    /// How long things may take.
    pub terms: Terms,
    /// Accounts of the chain.
    pub exists: BTreeSet<Account>,
    /// Accounts of people.
    pub accounts: BTreeMap<Account, Registered>,
    /// Kinds of decisions.
    pub kinds: BTreeMap<QuestionKind, KindRow>,
    /// Whether the operator has stopped new processes.
    pub paused: bool,
    /// Cooperatives.
    pub coops: BTreeMap<Account, Cooperative>,
}

impl World {
    /// A world in which the contracts are configured and the kinds of the catalogue registered.
    pub fn new(terms: Terms, exists: impl IntoIterator<Item = Account>) -> Self {
        let kinds = QuestionKind::OWN.map(|kind| {
            let row = KindRow {
                contract: kind.owner(),
                is_sound: true,
                protocol: kind.protocol(),
            };
            (kind, row)
        });
        Self {
            terms,
            exists: exists.into_iter().collect(),
            accounts: BTreeMap::new(),
            kinds: kinds.into_iter().collect(),
            paused: false,
            coops: BTreeMap::new(),
        }
    }
}

/// One action while it is carried out: who signed, when, and what the registry was told.
pub(crate) struct Call<'a> {
    pub signers: &'a [Account],
    pub now: Time,
    pub events: Vec<Event>,
}
