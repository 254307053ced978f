//! What can be wrong with a profile.

use coop_documents::requisites::RequisiteFault;
use std::fmt;

/// The most bytes of a profile in JSON.
pub const MAX_PROFILE: usize = 16 * 1024;
/// What is wrong with a field of a profile. It does not repeat the field's value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProfileFault {
    /// It is not an object with fields.
    NoObject,
    /// It has more bytes than a profile has.
    TooLarge,
    /// It has a field that profiles of this kind do not have.
    UnknownField {
        /// Those that it may have.
        known: &'static [&'static str],
    },
    /// It has to be there.
    Missing,
    /// It is not a text.
    NoText,
    /// It is empty.
    Empty,
    /// It is longer than this many characters.
    Long(usize),
    /// It has control characters or others that nobody sees.
    Invisible,
    /// It is not a day as `1988-04-12`.
    NoDay,
    /// It is none of the kinds.
    NoKind,
    /// It is a number that cannot be.
    Number(RequisiteFault),
}

impl fmt::Display for ProfileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoObject => f.write_str("is not an object, expected fields with texts"),
            Self::TooLarge => write!(f, "has more than {MAX_PROFILE} bytes"),
            Self::UnknownField { known } => {
                write!(
                    f,
                    "has a field that is not known, expected {}",
                    known.join(", ")
                )
            }
            Self::Missing => f.write_str("is missing"),
            Self::NoText => f.write_str("is not a text"),
            Self::Empty => f.write_str("is empty"),
            Self::Long(most) => write!(f, "is too long, expected at most {most} characters"),
            Self::Invisible => f.write_str("has characters that nobody sees: type it again"),
            Self::NoDay => f.write_str("is not a day, expected one such as 1988-04-12"),
            Self::NoKind => f.write_str("is none of individual, entrepreneur, organization"),
            Self::Number(RequisiteFault::Digits(count)) => {
                write!(f, "is not a number of {count} digits")
            }
            Self::Number(RequisiteFault::Kpp) => f.write_str("is not a KPP of nine characters"),
            Self::Number(RequisiteFault::Check) => {
                f.write_str("has a wrong digit: its last digits do not fit the others")
            }
            Self::Number(RequisiteFault::OfAnotherBank) => {
                f.write_str("is not an account of the bank with this bik")
            }
        }
    }
}
