//! Roles: who somebody is to the cooperative.

use std::fmt;

/// Who somebody is to the cooperative. Anyone may have several roles; all but the first two are found from the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Nobody has logged in.
    Anonymous,
    /// Has an account here and is not a participant, or not any more.
    Candidate,
    /// A participant who is not blocked.
    Participant,
    /// Sits in the council.
    CouncilMember,
    /// Presides over the council.
    Chairman,
    /// Staff, or the cooperative's own account.
    Clerk,
    /// The account of the contracts' operator.
    Operator,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 7] = [
        Self::Anonymous,
        Self::Candidate,
        Self::Participant,
        Self::CouncilMember,
        Self::Chairman,
        Self::Clerk,
        Self::Operator,
    ];

    /// Its name in pages and for programs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Anonymous => "anonymous",
            Self::Candidate => "candidate",
            Self::Participant => "participant",
            Self::CouncilMember => "council_member",
            Self::Chairman => "chairman",
            Self::Clerk => "clerk",
            Self::Operator => "operator",
        }
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// A set of roles.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Roles(u8);

impl Roles {
    /// These roles.
    pub const fn of(roles: &[Role]) -> Self {
        let (mut bits, mut place) = (0, 0);
        while place < roles.len() {
            bits |= roles[place].bit();
            place += 1;
        }
        Self(bits)
    }

    /// With another one.
    #[must_use]
    pub const fn with(self, role: Role) -> Self {
        Self(self.0 | role.bit())
    }

    /// Whether a role is among them.
    pub const fn has(self, role: Role) -> bool {
        self.0 & role.bit() != 0
    }

    /// Whether both have a role.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The roles, in their order.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(move |role| self.has(*role))
    }
}

impl fmt::Debug for Roles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
