//! Statements and proposals: what a person signs to begin a process.

use super::{every, rendered};
use antelope_types::name;
use coop_documents::{
    Lang,
    samples::{rub, thing},
};
use coop_model::{Subject, people::kind};

#[test]
fn the_statement_of_a_candidate() {
    let statement = |lang| rendered(&*every("100_statement"), lang).file_name;
    assert_eq!(statement(Lang::Ru), "100-statement-nolifarubime.txt");
    assert_eq!(statement(Lang::En), "100-statement-nolifarubime.en.txt");
}

#[test]
fn entrepreneurs_and_organizations_bind_themselves_to_what_they_apply_as() {
    let kinds = [
        ("100_entrepreneur", kind::ENTREPRENEUR),
        ("100_organization", kind::ORGANIZATION),
    ];
    for (name, kind) in kinds {
        let statement = rendered(&*every(name), Lang::Ru);
        assert!(matches!(
            statement.meta.subject,
            Some(Subject::Application(subject)) if subject.kind == kind
        ));
    }
}

#[test]
fn the_statement_of_exit() {
    let statement = rendered(&*every("200_exit"), Lang::Ru);
    assert_eq!(statement.meta.subject, None);
}

#[test]
fn the_statement_about_a_lost_key_is_signed_by_the_new_account() {
    let statement = rendered(&*every("210_move"), Lang::Ru);
    assert_eq!(statement.meta.username, name!("nolifarubime"));
    assert!(statement.text.contains("Подписывает:      annatunilosa"));
}

#[test]
fn the_proposal_to_block_a_participant_and_to_end_it() {
    for (name, is_blocked) in [("220_block", true), ("220_unblock", false)] {
        let proposal = rendered(&*every(name), Lang::Ru);
        assert!(matches!(
            proposal.meta.subject,
            Some(Subject::Block(subject)) if subject.is_blocked == is_blocked
        ));
    }
}

#[test]
fn statements_about_shares() {
    let subject = |name| rendered(&*every(name), Lang::Ru).meta.subject;
    assert!(matches!(
        subject("900_return"),
        Some(Subject::Money(subject)) if subject.quantity == rub("5000.0000 RUB")
    ));
    assert!(matches!(
        subject("700_property"),
        Some(Subject::Property(subject)) if subject.description == thing().hash()
    ));
    let asked = rendered(&*every("800_return"), Lang::Ru);
    assert_eq!(asked.file_name, "800-return-3.txt");
}
