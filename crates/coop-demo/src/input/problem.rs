//! What is wrong with an input file, and in which field.

use crate::messages::messages;
use antelope_types::{Asset, Name, Symbol};
use coop_language::{Lang, Messages};

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputProblem {
    /// The field, as a path from the top of the file: `council[2].account`; `$` is the whole file.
    pub field: String,
    /// What is wrong with it.
    pub kind: ProblemKind,
}

/// The ways a field can be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProblemKind {
    /// The file is no JSON.
    NotJson {
        /// Where and why the reader stopped.
        reason: String,
    },
    /// The field is not there.
    Missing,
    /// The field has no meaning.
    UnknownField {
        /// The fields that have one.
        known: &'static [&'static str],
    },
    /// The field is given twice in one object.
    Repeated,
    /// The value is of another kind.
    WrongType {
        /// What JSON calls the expected kind.
        expected: &'static str,
        /// What JSON calls the kind that was found.
        found: &'static str,
    },
    /// The text says nothing.
    Empty,
    /// The text is too long.
    TooLong {
        /// How many characters it has.
        found: usize,
        /// How many it may have.
        most: usize,
    },
    /// The text contains a character that hides or reorders text, or a control character.
    HiddenCharacter {
        /// Its number in Unicode.
        code: u32,
    },
    /// The text is no account of a participant.
    NotAccount {
        /// The text.
        found: String,
        /// How many characters it has.
        length: usize,
    },
    /// The text is no sum.
    NotAmount {
        /// The text.
        found: String,
    },
    /// The text is no symbol.
    NotSymbol {
        /// The text.
        found: String,
    },
    /// The sum is in another symbol or precision than the cooperative's.
    WrongSymbol {
        /// The symbol of the sum.
        found: Symbol,
        /// The symbol of the cooperative.
        expected: Symbol,
    },
    /// The sum is zero or less.
    NotPositive {
        /// The sum.
        found: Asset,
    },
    /// Two sums do not fit into one.
    TooMuch,
    /// The text is no date.
    NotDate {
        /// The text.
        found: String,
    },
    /// Documents cannot be dated in this zone.
    UnknownZone {
        /// The zone.
        found: String,
        /// The zones they can be dated in.
        known: String,
    },
    /// The text is none of the few that are allowed here.
    NotOneOf {
        /// The text.
        found: String,
        /// The allowed texts.
        allowed: &'static [&'static str],
    },
    /// The list is too short.
    TooFew {
        /// How many items it has.
        found: usize,
        /// How many it needs.
        least: usize,
    },
    /// The list is too long.
    TooMany {
        /// How many items it has.
        found: usize,
        /// How many it may have.
        most: usize,
    },
    /// The account is used by somebody else already.
    SameAccount {
        /// The account.
        account: Name,
        /// The field that had it first.
        first: String,
    },
    /// Two people of the file have one name, so that no document could tell them apart.
    SameName {
        /// The name.
        name: String,
        /// The field that had it first.
        first: String,
    },
    /// The council has no chairman.
    NoChairman,
    /// The council has several chairmen.
    SecondChairman {
        /// The field of the first one.
        first: String,
    },
    /// The account is not a council member's.
    NotMember {
        /// The account.
        account: String,
    },
    /// A council member's vote is not told.
    NoVote {
        /// The account of the member.
        account: Name,
    },
    /// With these votes the question would wait for the end of voting.
    Undecided {
        /// Votes for.
        votes_for: u32,
        /// Votes against.
        votes_against: u32,
        /// Voting seats.
        seats: u32,
    },
    /// The number is not whole, or too large.
    NotWithin {
        /// The number.
        found: String,
        /// The largest that is allowed.
        most: u32,
    },
    /// The account is not of a candidate whom the votes admit.
    NotAdmitted {
        /// The account.
        account: Name,
    },
    /// A contribution is neither money nor property, or both.
    NotOneShare,
    /// Money has a valuation.
    ValuationOfMoney,
    /// A part of a thing is asked back.
    PropertyIsWhole,
    /// What the council does not take is asked back as a share.
    NoShare,
    /// More is asked back than was contributed.
    MoreThanShare {
        /// What is asked back.
        found: Asset,
        /// What was contributed.
        most: Asset,
    },
    /// Who leaves has property in the cooperative.
    PropertyStays {
        /// The account.
        account: Name,
    },
    /// Who leaves has asked for a share and is not answered.
    ReturnIsOpen {
        /// The account.
        account: Name,
    },
    /// Who leaves or moves has done so already.
    GoneAlready {
        /// The account.
        account: Name,
    },
    /// The member is the chairman already.
    ChairmanAlready {
        /// The account.
        account: Name,
    },
    /// The votes do not approve what the story goes on from.
    NotApproved,
    /// No candidate would be admitted, so that the story could not be told.
    NobodyAdmitted,
    /// No question would be approved, so that the story could not be told.
    NothingApproved,
}

impl ProblemKind {
    /// A stable name for programs: `not_account`.
    pub fn code(&self) -> &'static str {
        self.key().trim_start_matches("problem.")
    }

    fn key(&self) -> &'static str {
        match self {
            Self::NotJson { .. } => "problem.not_json",
            Self::Missing => "problem.missing",
            Self::UnknownField { .. } => "problem.unknown_field",
            Self::Repeated => "problem.repeated",
            Self::WrongType { .. } => "problem.wrong_type",
            Self::Empty => "problem.empty",
            Self::TooLong { .. } => "problem.too_long",
            Self::HiddenCharacter { .. } => "problem.hidden_character",
            Self::NotAccount { .. } => "problem.not_account",
            Self::NotAmount { .. } => "problem.not_amount",
            Self::NotSymbol { .. } => "problem.not_symbol",
            Self::WrongSymbol { .. } => "problem.wrong_symbol",
            Self::NotPositive { .. } => "problem.not_positive",
            Self::TooMuch => "problem.too_much",
            Self::NotDate { .. } => "problem.not_date",
            Self::UnknownZone { .. } => "problem.unknown_zone",
            Self::NotOneOf { .. } => "problem.not_one_of",
            Self::TooFew { .. } => "problem.too_few",
            Self::TooMany { .. } => "problem.too_many",
            Self::SameAccount { .. } => "problem.same_account",
            Self::SameName { .. } => "problem.same_name",
            Self::NoChairman => "problem.no_chairman",
            Self::SecondChairman { .. } => "problem.second_chairman",
            Self::NotMember { .. } => "problem.not_member",
            Self::NoVote { .. } => "problem.no_vote",
            Self::Undecided { .. } => "problem.undecided",
            Self::NotWithin { .. } => "problem.not_within",
            Self::NotAdmitted { .. } => "problem.not_admitted",
            Self::NotOneShare => "problem.not_one_share",
            Self::ValuationOfMoney => "problem.valuation_of_money",
            Self::PropertyIsWhole => "problem.property_is_whole",
            Self::NoShare => "problem.no_share",
            Self::MoreThanShare { .. } => "problem.more_than_share",
            Self::PropertyStays { .. } => "problem.property_stays",
            Self::ReturnIsOpen { .. } => "problem.return_is_open",
            Self::GoneAlready { .. } => "problem.gone_already",
            Self::ChairmanAlready { .. } => "problem.chairman_already",
            Self::NotApproved => "problem.not_approved",
            Self::NobodyAdmitted => "problem.nobody_admitted",
            Self::NothingApproved => "problem.nothing_approved",
        }
    }

    /// The problem in words.
    pub fn told(&self, lang: Lang) -> String {
        self.say(&messages(lang))
    }

    fn say(&self, messages: &Messages) -> String {
        let key = self.key();
        match self {
            Self::Missing
            | Self::Repeated
            | Self::Empty
            | Self::TooMuch
            | Self::NoChairman
            | Self::NotOneShare
            | Self::ValuationOfMoney
            | Self::PropertyIsWhole
            | Self::NoShare
            | Self::NotApproved
            | Self::NobodyAdmitted
            | Self::NothingApproved => messages.text(key),
            Self::NotJson { reason } => messages.say(key, &[("reason", reason)]),
            Self::UnknownField { known } => messages.say(key, &[("known", &known.join(", "))]),
            Self::WrongType { expected, found } => {
                messages.say(key, &[("expected", expected), ("found", found)])
            }
            Self::TooLong { found, most } | Self::TooMany { found, most } => {
                messages.say(key, &[("found", found), ("most", most)])
            }
            Self::HiddenCharacter { code } => {
                messages.say(key, &[("code", &format!("{code:04X}"))])
            }
            Self::NotAccount { found, length } => {
                messages.say(key, &[("found", found), ("length", length)])
            }
            Self::NotAmount { found } | Self::NotSymbol { found } | Self::NotDate { found } => {
                messages.say(key, &[("found", found)])
            }
            Self::WrongSymbol { found, expected } => {
                messages.say(key, &[("found", found), ("expected", expected)])
            }
            Self::NotPositive { found } => messages.say(key, &[("found", found)]),
            Self::UnknownZone { found, known } => {
                messages.say(key, &[("found", found), ("known", known)])
            }
            Self::NotOneOf { found, allowed } => {
                messages.say(key, &[("found", found), ("allowed", &allowed.join(", "))])
            }
            Self::TooFew { found, least } => {
                messages.say(key, &[("found", found), ("least", least)])
            }
            Self::SameAccount { account, first } => {
                messages.say(key, &[("account", account), ("first", first)])
            }
            Self::SameName { name, first } => {
                messages.say(key, &[("name", name), ("first", first)])
            }
            Self::SecondChairman { first } => messages.say(key, &[("first", first)]),
            Self::NotMember { account } => messages.say(key, &[("account", account)]),
            Self::NoVote { account }
            | Self::NotAdmitted { account }
            | Self::PropertyStays { account }
            | Self::ReturnIsOpen { account }
            | Self::ChairmanAlready { account }
            | Self::GoneAlready { account } => messages.say(key, &[("account", account)]),
            Self::NotWithin { found, most } => {
                messages.say(key, &[("found", found), ("most", most)])
            }
            Self::MoreThanShare { found, most } => {
                messages.say(key, &[("found", found), ("most", most)])
            }
            Self::Undecided {
                votes_for,
                votes_against,
                seats,
            } => messages.say(
                key,
                &[
                    ("for", votes_for),
                    ("against", votes_against),
                    ("seats", seats),
                ],
            ),
        }
    }
}
