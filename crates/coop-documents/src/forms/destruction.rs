//! «Акт об уничтожении персональных данных»: the law wants one for each destruction.

use super::Form;
use crate::{locale::Locale, people::Person};
use antelope_types::Name;
use coop_language::Lang;
use coop_model::catalogue::registry;
use serde_json::{Value, json};

/// Why personal data was destroyed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DestructionReason {
    /// The person has withdrawn the consent.
    Withdrawn,
    /// What the data was processed for is done, as when a participant has left.
    Done,
    /// The term is over for which the data had to be kept.
    TermOver,
    /// The data was processed without a ground in law.
    Unlawful,
}

/// What was destroyed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DestroyedData {
    /// The profile of a natural person.
    Individual,
    /// The profile of an entrepreneur.
    Entrepreneur,
    /// The profile of an organization, with its representative.
    Organization,
    /// Documents.
    Documents {
        /// How many.
        count: usize,
    },
}

/// An act of the destruction of personal data, signed by the person who has carried it out. It has no personal data
/// of whoever it is about, beyond the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DestructionAct {
    /// Whose data it was.
    pub account: Name,
    /// Who has carried it out.
    pub by: Person,
    /// When it was complete, in microseconds since the start of 1970, UTC.
    pub destroyed_at: i64,
    /// Why.
    pub reason: DestructionReason,
    /// What.
    pub destroyed: Vec<DestroyedData>,
    /// On which media: the store, and each of its copies.
    pub media: Vec<String>,
    /// How many documents about the account are kept by law.
    pub kept: usize,
}

impl DestructionReason {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Withdrawn, Self::Done, Self::TermOver, Self::Unlawful];

    /// Its word on the command line: `withdrawn`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Withdrawn => "withdrawn",
            Self::Done => "done",
            Self::TermOver => "term-over",
            Self::Unlawful => "unlawful",
        }
    }

    fn told(self, lang: Lang) -> &'static str {
        match self {
            Self::Withdrawn => lang.pick(
                "отзыв согласия на обработку персональных данных",
                "the consent to the processing of personal data was withdrawn",
            ),
            Self::Done => lang.pick(
                "цель обработки персональных данных достигнута",
                "the purpose of the processing of personal data is achieved",
            ),
            Self::TermOver => lang.pick(
                "срок хранения документов истёк",
                "the term for which documents are kept is over",
            ),
            Self::Unlawful => lang.pick(
                "персональные данные обрабатывались без законного основания",
                "personal data was processed without a ground in law",
            ),
        }
    }
}

impl DestroyedData {
    fn told(self, lang: Lang) -> String {
        match self {
            Self::Individual => lang.pick(
                "фамилия, имя, отчество, дата рождения, адрес, телефон, адрес электронной почты",
                "name, date of birth, address, telephone number, e-mail address",
            ),
            Self::Entrepreneur => lang.pick(
                "фамилия, имя, отчество, дата рождения, адрес, телефон, адрес электронной почты, ОГРНИП, ИНН, банковские реквизиты",
                "name, date of birth, address, telephone number, e-mail address, numbers in the registers of entrepreneurs and taxpayers, bank details",
            ),
            Self::Organization => lang.pick(
                "наименование и реквизиты организации, имя представителя, телефон, адрес электронной почты",
                "name and numbers of the organization, name of its representative, telephone number, e-mail address",
            ),
            Self::Documents { count } => {
                return format!(
                    "{}: {count}",
                    lang.pick(
                        "документы, которые закон не обязывает хранить",
                        "documents that the law does not keep",
                    )
                );
            }
        }
        .to_owned()
    }
}

impl Form for DestructionAct {
    fn registry_id(&self) -> u64 {
        registry::DESTRUCTION_ACT
    }

    fn template(&self) -> &'static str {
        "act/destruction.txt"
    }

    fn stem(&self) -> &'static str {
        "destruction"
    }

    fn title(&self, lang: Lang) -> String {
        lang.pick(
            "Акт об уничтожении персональных данных",
            "Act of the destruction of personal data",
        )
        .to_owned()
    }

    fn account(&self) -> Name {
        self.account
    }

    fn signers(&self) -> Vec<Name> {
        vec![self.by.account]
    }

    fn fields(&self, locale: Locale) -> Value {
        let told = self.destroyed.iter().map(|it| it.told(locale.lang));
        json!({
            "account": self.account.to_string(),
            "by": self.by.fields(),
            "destroyed_at": locale.moment(self.destroyed_at),
            "reason": self.reason.told(locale.lang),
            "destroyed": told.collect::<Vec<_>>(),
            "media": self.media,
            "kept": self.kept,
        })
    }
}
