//! «Заявление о выходе»: a participant leaves and is paid all shares.

use super::Form;
use crate::{locale::Locale, people::Party};
use antelope_types::{Asset, Name};
use coop_language::Lang;
use coop_model::catalogue::registry;
use serde_json::{Value, json};

/// A participant's statement of exit, signed by the participant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExitStatement {
    /// Who leaves.
    pub participant: Party,
    /// All shares of the participant: the whole wallet.
    pub shares: Asset,
}

impl Form for ExitStatement {
    fn registry_id(&self) -> u64 {
        registry::EXIT_STATEMENT
    }

    fn template(&self) -> &'static str {
        "statement/exit.txt"
    }

    fn stem(&self) -> &'static str {
        "exit"
    }

    fn title(&self, lang: Lang) -> String {
        lang.pick("Заявление о выходе из кооператива", "Statement of exit")
            .to_owned()
    }

    fn account(&self) -> Name {
        self.participant.account()
    }

    fn signers(&self) -> Vec<Name> {
        vec![self.participant.account()]
    }

    fn fields(&self, locale: Locale) -> Value {
        json!({
            "person": self.participant.fields(),
            "shares": locale.sum(self.shares),
        })
    }
}
