//! What a decision of each kind does: one paragraph of the council's protocol.

use super::{Fees, Thing};
use crate::{locale::Locale, people::Party};
use antelope_types::{Asset, Name};
use coop_language::Lang;
use coop_model::catalogue::{self, DecisionKind, kind};
use serde_json::{Value, json};

/// What a decision does when it is taken; when it is not, the opposite is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Admission, against these contributions.
    Admission(Fees),
    /// A share contribution in money.
    MoneyIn(Asset),
    /// A share contribution in property.
    PropertyIn(Thing),
    /// Return of a share in money.
    MoneyOut(Asset),
    /// Return of a share in property.
    PropertyOut(Thing),
    /// Exit, with all shares.
    Exit(Asset),
    /// A new account.
    Move(Name),
    /// Blocking, or its end.
    Block {
        /// `true` to block.
        is_blocked: bool,
    },
    /// A free decision.
    Free {
        /// The question, as proposed.
        question: String,
        /// The decision, as proposed.
        decision: String,
    },
}

impl Effect {
    /// The kind of decision.
    pub const fn kind(&self) -> Name {
        match self {
            Self::Admission(_) => kind::JOINCOOP,
            Self::MoneyIn(_) => kind::SHAREMONEY,
            Self::PropertyIn(_) => kind::SHAREPROP,
            Self::MoneyOut(_) => kind::RETURNMONEY,
            Self::PropertyOut(_) => kind::RETURNPROP,
            Self::Exit(_) => kind::LEAVECOOP,
            Self::Move(_) => kind::MOVEUSER,
            Self::Block { .. } => kind::BLOCKUSER,
            Self::Free { .. } => kind::FREEDECISION,
        }
    }

    /// The entry of the catalogue.
    pub(super) fn entry(&self) -> Option<&'static DecisionKind> {
        catalogue::find(self.kind())
    }

    /// What the question is about.
    pub(super) fn matter(&self, lang: Lang) -> String {
        match (self, self.entry()) {
            (Self::Free { question, .. }, _) => question.trim_end_matches('.').to_owned(),
            (_, Some(entry)) => lang.pick(entry.title_ru, entry.title_en).to_owned(),
            (_, None) => self.kind().to_string(),
        }
    }

    /// The facts that the paragraph names, about this person.
    pub(super) fn fields(&self, person: &Party, locale: Locale) -> Value {
        let mut fields = match self {
            Self::Admission(fees) => json!({ "fees": fees.fields(locale) }),
            Self::MoneyIn(quantity) | Self::MoneyOut(quantity) => {
                json!({ "quantity": locale.sum(*quantity) })
            }
            Self::PropertyIn(thing) | Self::PropertyOut(thing) => {
                json!({ "thing": thing.fields(locale) })
            }
            Self::Exit(shares) => json!({ "shares": locale.sum(*shares) }),
            Self::Move(new_account) => json!({ "new_account": new_account.to_string() }),
            Self::Block { is_blocked } => json!({ "is_blocked": is_blocked }),
            Self::Free { decision, .. } => json!({ "decision": decision }),
        };
        fields["person"] = person.fields();
        fields["kind"] = json!(self.kind().to_string());
        fields["matter"] = json!(self.matter(locale.lang));
        fields
    }
}
