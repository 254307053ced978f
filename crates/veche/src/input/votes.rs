//! How the council is going to vote on a question.

use antelope_types::Name;
use coop_documents::Choice;
use coop_model::decision::{is_approved, is_hopeless};

use super::{field::Field, problem::ProblemKind};

/// The words for a vote, in the order of [`Choice`].
const WORDS: [&str; 3] = ["for", "against", "silent"];

/// Every council member's voice, in the order of the council.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Votes(Vec<(Name, Choice)>);

/// What votes lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// More than half of all seats are for it.
    Approved,
    /// It can no longer be approved.
    Declined,
    /// Neither: it waits for its 48 hours to pass.
    Undecided,
}

impl Votes {
    /// The members with their choices.
    pub fn iter(&self) -> impl Iterator<Item = (Name, Choice)> {
        self.0.iter().copied()
    }

    /// What the votes lead to, by the contracts' own rule.
    pub fn expected(&self) -> Expected {
        let [votes_for, votes_against, _] = self.counts();
        let (votes_for, votes_against) = (votes_for as u32, votes_against as u32);
        let seats = self.0.len() as u32;
        match (
            is_approved(votes_for, seats),
            is_hopeless(votes_against, seats),
        ) {
            (true, _) => Expected::Approved,
            (_, true) => Expected::Declined,
            _ => Expected::Undecided,
        }
    }

    fn counts(&self) -> [usize; 3] {
        [Choice::For, Choice::Against, Choice::Silent]
            .map(|choice| self.0.iter().filter(|(_, made)| *made == choice).count())
    }

    /// Reads an object from accounts to votes. Without a `council` that could be read, only the votes
    /// themselves are checked.
    pub(super) fn read(field: &Field<'_>, council: Option<&[Name]>) -> Option<Self> {
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
        let mut read = Vec::new();
        for member in council? {
            let vote = votes.field(&member.to_string());
            if !vote.is_given() {
                field.wrong::<()>(ProblemKind::NoVote { account: *member });
                whole = false;
                continue;
            }
            if whole {
                let choice = [Choice::For, Choice::Against, Choice::Silent][vote.one_of(&WORDS)?];
                read.push((*member, choice));
            }
        }
        let votes = whole.then_some(Self(read))?;
        if votes.expected() == Expected::Undecided {
            let [votes_for, votes_against, _] = votes.counts();
            return field.wrong(ProblemKind::Undecided {
                votes_for,
                votes_against,
                seats: votes.0.len(),
            });
        }
        Some(votes)
    }
}
