//! Agreements between a person and the cooperative: wallet, signature, personal data, statutes.

use super::Form;
use crate::{locale::Locale, people::Party};
use antelope_types::{Name, PublicKey};
use coop_language::Lang;
use coop_model::catalogue::registry;
use serde_json::{Value, json};

/// What an agreement is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgreementKind {
    /// How shares are kept and returned.
    Wallet,
    /// That the person's key signs for the person.
    Signature,
    /// What becomes of personal data.
    Privacy,
    /// That the person observes the statutes.
    Statutes,
}

impl AgreementKind {
    /// All kinds, in the order of their registry ids.
    pub const ALL: [Self; 4] = [Self::Wallet, Self::Signature, Self::Privacy, Self::Statutes];

    /// The kinds that a person signs before applying.
    pub fn required() -> impl Iterator<Item = Self> {
        let required = coop_model::parameters::REQUIRED_AGREEMENTS;
        let kinds = Self::ALL.into_iter();
        kinds.filter(move |kind| required >> (kind.registry_id() - 1) & 1 == 1)
    }

    const fn registry_id(self) -> u64 {
        match self {
            Self::Wallet => registry::WALLET_AGREEMENT,
            Self::Signature => registry::SIGNATURE_AGREEMENT,
            Self::Privacy => registry::PRIVACY_AGREEMENT,
            Self::Statutes => registry::STATUTES_AGREEMENT,
        }
    }
}

/// An agreement, signed by the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// What it is about.
    pub kind: AgreementKind,
    /// Who agrees.
    pub person: Party,
    /// The key that the person signs with.
    pub key: PublicKey,
}

impl Form for Agreement {
    fn registry_id(&self) -> u64 {
        self.kind.registry_id()
    }

    fn template(&self) -> &'static str {
        match self.kind {
            AgreementKind::Wallet => "agreement/wallet.txt",
            AgreementKind::Signature => "agreement/signature.txt",
            AgreementKind::Privacy => "agreement/privacy.txt",
            AgreementKind::Statutes => "agreement/statutes.txt",
        }
    }

    fn stem(&self) -> &'static str {
        "agreement"
    }

    fn title(&self, lang: Lang) -> String {
        match self.kind {
            AgreementKind::Wallet => lang.pick(
                "Соглашение об учёте паевых взносов",
                "Agreement on the wallet",
            ),
            AgreementKind::Signature => lang.pick(
                "Соглашение об электронной подписи",
                "Agreement on electronic signatures",
            ),
            AgreementKind::Privacy => lang.pick(
                "Согласие на обработку персональных данных",
                "Agreement on personal data",
            ),
            AgreementKind::Statutes => lang.pick(
                "Соглашение о соблюдении устава",
                "Agreement with the statutes",
            ),
        }
        .to_owned()
    }

    fn account(&self) -> Name {
        self.person.account()
    }

    fn signers(&self) -> Vec<Name> {
        vec![self.person.account()]
    }

    fn fields(&self, _: Locale) -> Value {
        json!({
            "person": self.person.fields(),
            "key": self.key.to_string(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_required_agreements_are_those_of_the_protocol() {
        let required: Vec<_> = AgreementKind::required().collect();
        assert_eq!(required, AgreementKind::ALL[1..]);
    }
}
