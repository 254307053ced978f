//! What people are told about a refusal, in Russian and English: what went wrong and what to do.
//!
//! Off chain only: contracts carry the code and the short text and nothing else.

use super::Refusal;

/// A refusal as people read it.
///
/// [`Refusal::text`] is the English message; numbers in all texts are those of
/// [`parameters`](crate::parameters).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Message {
    /// The module of the constant: `payment` of `refusal::payment::NO_FUNDS`.
    pub subject: &'static str,
    /// What that module is about, as its documentation says.
    pub about: &'static str,
    /// The name of the constant.
    pub name: &'static str,
    /// Its code and the text that the chain tells.
    pub refusal: Refusal,
    /// What went wrong, in Russian.
    pub ru: &'static str,
    /// What to do about it, in English.
    pub do_en: &'static str,
    /// What to do about it, in Russian.
    pub do_ru: &'static str,
}

/// Every refusal of the three contracts, by code.
pub fn all() -> impl Iterator<Item = &'static Message> {
    [
        super::setup::SETUP,
        super::person::PERSON,
        super::voting::VOTING,
        super::paper::PAPER,
        super::ledger::LEDGER,
    ]
    .into_iter()
    .flatten()
}

/// The message of the text that an action failed with, without what a node writes before it.
///
/// ```
/// use coop_model::refusal::{decision, find};
///
/// let message = find("the question is declined").unwrap();
/// assert_eq!(message.refusal, decision::DECLINED);
/// assert_eq!(message.ru, "вопрос отклонён");
/// assert!(find("somebody else's text").is_none());
/// ```
pub fn find(text: &str) -> Option<&'static Message> {
    all().find(|message| message.refusal.text == text)
}

/// The message of a code.
pub fn find_code(code: u64) -> Option<&'static Message> {
    all().find(|message| message.refusal.code == code)
}
