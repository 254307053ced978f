//! Who acts, what documents are known by, and when: the names of the model.

/// An account of the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Account {
    /// A person; the account's name has twelve letters a–z.
    Person(u8),
    /// A cooperative, or any other account with a shorter name.
    Coop(u8),
    /// The contract of people, and the operator who holds its key.
    Registrator,
    /// The contract of decisions.
    Soviet,
    /// The contract of money.
    Gateway,
    /// A contract of others.
    Foreign,
}

impl Account {
    /// Whether a participant's account may have such a name.
    pub const fn is_of_a_person(self) -> bool {
        matches!(self, Self::Person(_))
    }

    /// Whether it is one of the protocol's contracts.
    pub const fn is_own_contract(self) -> bool {
        matches!(self, Self::Registrator | Self::Soviet | Self::Gateway)
    }
}

/// The hash of a document, a description or a bank record; 0 is the empty one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash(pub u32);

impl Hash {
    /// The empty hash.
    pub const NONE: Self = Self(0);
}

/// A moment, in microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub i64);

impl Time {
    /// So many microseconds later.
    pub const fn after(self, micros: i64) -> Self {
        Self(self.0 + micros)
    }
}
