//! What documents bind themselves to, so that each serves once and for nothing else.

use crate::coop::Charter;
use alloc::vec::Vec;
use antelope_contract::prelude::*;
#[cfg(target_os = "none")]
use antelope_contract::types::Decoder;
use antelope_contract::types::Encoder;

/// What a document binds itself to.
///
/// Alternatives are only added at the end: their number is part of every hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, AbiType)]
pub enum Subject {
    /// A proposal of a free decision.
    Project(ProjectSubject),
    /// A protocol of the council.
    Decision(DecisionSubject),
    /// A protocol of the founding meeting.
    Founders(FoundersSubject),
    /// A protocol of the meeting that elects a board.
    Board(BoardSubject),
    /// A statement of somebody who is not an individual.
    Application(ApplicationSubject),
    /// A statement about a sum of money.
    Money(MoneySubject),
    /// A statement of, or an act about, a contribution in property.
    Property(PropertySubject),
    /// A statement that asks for property back.
    Return(ReturnSubject),
    /// An act of acceptance or handover.
    Act(ActSubject),
    /// A statement of a person who lost the key.
    Move(MoveSubject),
    /// A proposal to block a participant, or to end it.
    Block(BlockSubject),
    /// A protocol of the meeting that changes the charter.
    Charter(CharterSubject),
}

/// One of the alternatives of [`Subject`].
pub trait Alternative: Encode + for<'a> Decode<'a> {
    /// Its number.
    const TAG: u8;
    /// Its size when it is packed.
    const SIZE: usize;

    /// The subject as this alternative, if it is that.
    fn of(subject: Subject) -> Option<Self>;
}

macro_rules! alternatives {
    ($($tag:literal $name:ident($ty:ident) $size:literal,)+) => {
        $(impl Alternative for $ty {
            const TAG: u8 = $tag;
            const SIZE: usize = $size;

            fn of(subject: Subject) -> Option<Self> {
                match subject {
                    Subject::$name(subject) => Some(subject),
                    _ => None,
                }
            }
        })+

        /// The sizes of the packed alternatives, by their numbers.
        #[cfg(target_os = "none")]
        const SIZES: &[u8] = &[$($size),+];

        #[cfg(test)]
        const NUMBERED: &[(u8, &str)] = &[$(($tag, stringify!($name))),+];
    };
}

alternatives! {
    0 Project(ProjectSubject) 32,
    1 Decision(DecisionSubject) 57,
    2 Founders(FoundersSubject) 32,
    3 Board(BoardSubject) 48,
    4 Application(ApplicationSubject) 8,
    5 Money(MoneySubject) 16,
    6 Property(PropertySubject) 48,
    7 Return(ReturnSubject) 24,
    8 Act(ActSubject) 88,
    9 Move(MoveSubject) 8,
    10 Block(BlockSubject) 1,
    11 Charter(CharterSubject) 5,
}

/// An optional subject as it stands in a document.
pub fn packed<T: Alternative>(subject: &T) -> Vec<u8> {
    let mut bytes = alloc::vec![0; 2 + T::SIZE];
    let mut out = Encoder::new(&mut bytes);
    out.write(&[1, T::TAG]);
    subject.encode(&mut out);
    bytes
}

/// Goes over an optional subject; one of an unknown kind breaks the decoder.
#[cfg(target_os = "none")]
pub(super) fn skip(input: &mut Decoder<'_>) {
    if let Ok(true) = bool::decode(input) {
        let tag = input.take_tag().unwrap_or_default() as usize;
        let size = SIZES.get(tag).map_or(usize::MAX, |size| usize::from(*size));
        let _ = input.take(size);
    }
}

/// A draft of a question and its decision, kept off chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, AbiType)]
pub struct ProjectSubject {
    /// The draft's id.
    pub project: Checksum256,
}

/// A decision, with the votes and the quorum that its protocol shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, AbiType)]
pub struct DecisionSubject {
    /// The decision's number in its cooperative.
    pub decision_id: u64,
    /// The hash of the question: of the statement or of the proposal.
    pub hash: Checksum256,
    /// The decision's mask of votes for.
    pub votes_for: u64,
    /// The decision's mask of votes against.
    pub votes_against: u64,
    /// The quorum of the question in percent of the voting seats; 0 is none.
    pub quorum_percent: u8,
}

/// The founders of a cooperative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, AbiType)]
pub struct FoundersSubject {
    /// [`list_hash`](crate::list_hash) of the founders' names, in the order of the action.
    pub members: Checksum256,
}

/// A board as it was elected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, AbiType)]
pub struct BoardSubject {
    /// The version that the board gets: 1 for the first, then one more each time.
    pub version: u64,
    /// One of [`board`](crate::council::board).
    pub kind: Name,
    /// [`list_hash`](crate::list_hash) of the seats, in the order of the action.
    pub members: Checksum256,
}

/// An application of an entrepreneur or an organization; an individual's statement has no subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, AbiType)]
pub struct ApplicationSubject {
    /// One of [`kind`](crate::people::kind), so that whoever relays the statement cannot choose it.
    pub kind: Name,
}

/// A sum that a participant contributes or asks back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, AbiType)]
pub struct MoneySubject {
    /// The exact sum.
    pub quantity: Asset,
}

/// Property that a participant contributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, AbiType)]
pub struct PropertySubject {
    /// Hash of the description, which is kept off chain.
    pub description: Checksum256,
    /// What it is worth as a share.
    pub valuation: Asset,
}

/// Property that a participant asks back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, AbiType)]
pub struct ReturnSubject {
    /// Its number in the cooperative.
    pub property_id: u64,
    /// What it is worth as a share.
    pub valuation: Asset,
}

/// Property that changes hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, AbiType)]
pub struct ActSubject {
    /// Its number in the cooperative.
    pub property_id: u64,
    /// The hash of the statement that the act carries out.
    pub hash: Checksum256,
    /// Hash of the description, which is kept off chain.
    pub description: Checksum256,
    /// What it is worth as a share.
    pub valuation: Asset,
}

/// The account under which a person goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, AbiType)]
pub struct MoveSubject {
    /// The new account, whose key signs.
    pub newname: Name,
}

/// Whether a participant is to be blocked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, AbiType)]
pub struct BlockSubject {
    /// `true` to block, `false` to end it.
    pub is_blocked: bool,
}

/// A charter as a general meeting changed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, AbiType)]
pub struct CharterSubject {
    /// What it says about decisions from now on.
    pub charter: Charter,
}

#[cfg(test)]
mod tests;
