//! How the council is going to vote on a question.

use super::{field::Field, problem::ProblemKind};
use antelope_types::Name;
use coop_documents::Choice;
use coop_model::decision::Tally;

/// The words for a vote, in the order of [`Choice`].
const WORDS: [&str; 3] = ["for", "against", "silent"];

/// Who votes: the members that could be read, and the quorum of the charter.
#[derive(Clone, Copy)]
pub(super) struct Electorate<'a> {
    /// The council, if it could be read for certain.
    pub(super) council: Option<&'a [Name]>,
    /// The quorum in percent of the seats; 0 is none.
    pub(super) quorum_percent: u8,
}

/// Every council member's voice, in the order of the council.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Votes {
    voices: Vec<(Name, Choice)>,
    quorum_percent: u8,
}

/// What votes lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// More than half of all seats are for it, and as many voted as the charter asks for.
    Approved,
    /// It can no longer be approved.
    Declined,
    /// Neither: it waits for the end of voting.
    Undecided,
}

impl Votes {
    /// The members with their choices.
    pub fn iter(&self) -> impl Iterator<Item = (Name, Choice)> {
        self.voices.iter().copied()
    }

    /// What the votes lead to, by the contracts' own rule.
    pub fn expected(&self) -> Expected {
        let tally = self.tally();
        if tally.is_approved() {
            Expected::Approved
        } else if tally.is_hopeless(tally.silent()) {
            Expected::Declined
        } else {
            Expected::Undecided
        }
    }

    fn tally(&self) -> Tally {
        Tally {
            votes_for: self.count(Choice::For),
            votes_against: self.count(Choice::Against),
            seats: self.voices.len() as u32,
            quorum: self.quorum_percent,
        }
    }

    fn count(&self, choice: Choice) -> u32 {
        self.iter().filter(|(_, made)| *made == choice).count() as u32
    }

    /// Reads an object from accounts to votes. Without a council that could be read, only the votes
    /// themselves are checked.
    pub(super) fn read(field: &Field<'_>, electorate: Electorate<'_>) -> Option<Self> {
        let council = electorate.council;
        let votes = field.open_object()?;
        let mut names = Vec::new();
        let mut whole = true;
        for name in votes.names() {
            let vote = votes.field(name);
            if names.contains(&name) {
                vote.wrong::<()>(ProblemKind::Repeated);
                whole = false;
                continue;
            }
            names.push(name);
            whole &= vote.one_of(&WORDS).is_some();
            let sits = |council: &[Name]| council.iter().any(|member| member.to_string() == name);
            if council.is_some_and(|council| !sits(council)) {
                vote.wrong::<()>(ProblemKind::NotMember {
                    account: name.to_owned(),
                });
                whole = false;
            }
        }
        let mut voices = Vec::new();
        for member in council? {
            let vote = votes.field(&member.to_string());
            if !vote.is_given() {
                field.wrong::<()>(ProblemKind::NoVote { account: *member });
                whole = false;
                continue;
            }
            if whole {
                let choice = [Choice::For, Choice::Against, Choice::Silent][vote.one_of(&WORDS)?];
                voices.push((*member, choice));
            }
        }
        whole.then_some(Self {
            voices,
            quorum_percent: electorate.quorum_percent,
        })
    }

    /// Reads votes that decide: the question does not wait for the end of voting.
    pub(super) fn read_decided(field: &Field<'_>, electorate: Electorate<'_>) -> Option<Self> {
        let votes = Self::read(field, electorate)?;
        if votes.expected() == Expected::Undecided {
            let tally = votes.tally();
            return field.wrong(ProblemKind::Undecided {
                votes_for: tally.votes_for,
                votes_against: tally.votes_against,
                seats: tally.seats,
            });
        }
        Some(votes)
    }
}
