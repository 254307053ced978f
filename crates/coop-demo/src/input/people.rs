//! Reading people, and seeing to it that nobody is in the file twice.

use super::{
    KeyKind,
    field::{Field, Object},
    problem::ProblemKind,
};
use antelope_types::Name;
use coop_documents::{Applicant, Person};

/// The most characters of one part of a name.
const NAME_MOST: usize = 60;
/// The most characters of an address or another detail.
const DETAIL_MOST: usize = 200;

/// The accounts and names that the file has used so far.
#[derive(Default)]
pub(super) struct People {
    accounts: Vec<(Name, String)>,
    names: Vec<(String, String)>,
}

impl People {
    /// Reads an account nobody else has.
    pub(super) fn account(&mut self, field: &Field<'_>) -> Option<Name> {
        let account = field.account()?;
        if let Some((_, first)) = self.accounts.iter().find(|(known, _)| *known == account) {
            return field.wrong(ProblemKind::SameAccount {
                account,
                first: first.clone(),
            });
        }
        self.accounts.push((account, field.path().to_owned()));
        Some(account)
    }

    /// Reads a person with a name of their own.
    pub(super) fn person(&mut self, at: &Field<'_>, object: &Object<'_>) -> Option<Person> {
        let account = self.account(&object.field("account"));
        let last_name = object.field("last_name").text(NAME_MOST);
        let first_name = object.field("first_name").text(NAME_MOST);
        let middle = object.field("middle_name");
        let middle_name = if middle.is_given() {
            Some(middle.text(NAME_MOST)?)
        } else {
            None
        };
        // The name is compared even if the account is wrong: both problems are told at once.
        let person = Person {
            account: account.unwrap_or_default(),
            last_name: last_name?,
            first_name: first_name?,
            middle_name,
        };
        let name = person.full_name();
        let folded = name.to_lowercase();
        if let Some((_, first)) = self.names.iter().find(|(known, _)| *known == folded) {
            return at.wrong(ProblemKind::SameName {
                name,
                first: first.clone(),
            });
        }
        self.names.push((folded, at.path().to_owned()));
        account.is_some().then_some(person)
    }

    /// Reads a person with what a statement tells about them.
    pub(super) fn applicant(&mut self, at: &Field<'_>, object: &Object<'_>) -> Option<Applicant> {
        let person = self.person(at, object);
        let birth_date = object.field("birth_date").date();
        let address = object.field("address").text(DETAIL_MOST);
        let phone = object.field("phone").text(DETAIL_MOST);
        let email = object.field("email").text(DETAIL_MOST);
        Some(Applicant {
            person: person?,
            birth_date: birth_date?,
            address: address?,
            phone: phone?,
            email: email?,
        })
    }
}

/// Reads the kind of a key; without the field it is the usual one.
pub(super) fn key_kind(field: &Field<'_>) -> Option<KeyKind> {
    if !field.is_given() {
        return Some(KeyKind::K1);
    }
    field
        .one_of(&["k1", "r1", "webauthn"])
        .map(|kind| [KeyKind::K1, KeyKind::R1, KeyKind::WebAuthn][kind])
}
