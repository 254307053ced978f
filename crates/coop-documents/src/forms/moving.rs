//! «Заявление о новой учётной записи»: a person who lost the key goes on under another account.

use super::Form;
use crate::{locale::Locale, people::Party};
use antelope_types::Name;
use coop_language::Lang;
use coop_model::{Subject, catalogue::registry, document::subject::MoveSubject};
use serde_json::{Value, json};

/// A statement about a lost key, signed with the key of the new account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoveStatement {
    /// The participant, under the old account.
    pub participant: Party,
    /// The new account, whose key signs.
    pub new_account: Name,
}

impl Form for MoveStatement {
    fn registry_id(&self) -> u64 {
        registry::MOVE_STATEMENT
    }

    fn template(&self) -> &'static str {
        "statement/moving.txt"
    }

    fn stem(&self) -> &'static str {
        "move"
    }

    fn title(&self, lang: Lang) -> String {
        lang.pick(
            "Заявление о новой учётной записи",
            "Statement of a new account",
        )
        .to_owned()
    }

    fn account(&self) -> Name {
        self.participant.account()
    }

    fn subject(&self) -> Option<Subject> {
        Some(Subject::Move(MoveSubject {
            newname: self.new_account,
        }))
    }

    fn signers(&self) -> Vec<Name> {
        vec![self.new_account]
    }

    fn fields(&self, _: Locale) -> Value {
        json!({
            "person": self.participant.fields(),
            "new_account": self.new_account.to_string(),
        })
    }
}
