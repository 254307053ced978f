//! Statements and proposals: what a person signs to begin a process.

use antelope_types::{Checksum256, name};
use coop_documents::{
    BlockProposal, EntrepreneurStatement, ExitStatement, Lang, MoneyReturnStatement,
    MoneyStatement, MoveStatement, OrganizationStatement, PropertyReturnStatement,
    PropertyStatement, Proposal, Statement,
};
use coop_model::{Subject, people::kind};

use super::{
    cast::{applicant, council, entrepreneur, fees, organization, participant, rub, thing},
    is_golden, rendered,
};

#[test]
fn the_statement_of_a_candidate() {
    let form = Statement {
        applicant: applicant(),
        fees: fees(),
    };
    let statement = is_golden("100_statement", &form);
    assert_eq!(statement.file_name, "100-statement-nolifarubime.txt");
    let english = rendered(&form, Lang::En).file_name;
    assert_eq!(english, "100-statement-nolifarubime.en.txt");
}

#[test]
fn entrepreneurs_and_organizations_bind_themselves_to_what_they_apply_as() {
    let applied = |meta: &coop_model::Meta| match meta.subject {
        Some(Subject::Application(subject)) => Some(subject.kind),
        _ => None,
    };
    let form = EntrepreneurStatement {
        entrepreneur: entrepreneur(),
        fees: fees(),
    };
    let statement = is_golden("100_entrepreneur", &form);
    assert_eq!(applied(&statement.meta), Some(kind::ENTREPRENEUR));
    let form = OrganizationStatement {
        organization: organization(),
        fees: fees(),
    };
    let statement = is_golden("100_organization", &form);
    assert_eq!(applied(&statement.meta), Some(kind::ORGANIZATION));
}

#[test]
fn the_statement_of_exit() {
    let form = ExitStatement {
        participant: participant().into(),
        shares: rub("6000.0000 RUB"),
    };
    assert_eq!(is_golden("200_exit", &form).meta.subject, None);
}

#[test]
fn the_statement_about_a_lost_key_is_signed_by_the_new_account() {
    let form = MoveStatement {
        participant: participant().into(),
        new_account: name!("annatunilosa"),
    };
    let statement = is_golden("210_move", &form);
    assert_eq!(statement.meta.username, name!("nolifarubime"));
    assert!(statement.text.contains("Подписывает:      annatunilosa"));
}

#[test]
fn the_proposal_to_block_a_participant_and_to_end_it() {
    for (name, is_blocked) in [("220_block", true), ("220_unblock", false)] {
        let form = BlockProposal {
            proposer: council().remove(1),
            participant: participant().into(),
            is_blocked,
            reason: "Обращение ревизионной комиссии".into(),
        };
        let proposal = is_golden(name, &form);
        assert!(matches!(
            proposal.meta.subject,
            Some(Subject::Block(subject)) if subject.is_blocked == is_blocked
        ));
    }
}

#[test]
fn the_proposal_of_a_free_decision() {
    let form = Proposal {
        proposer: council().remove(1),
        project: Checksum256([0xcd; 32]),
        question: "О ремонте склада и выборе подрядчика".into(),
        decision: "Отремонтировать крышу склада до 1 марта. Ответственный — Вересаев П. И.".into(),
    };
    is_golden("599_proposal", &form);
}

#[test]
fn statements_about_shares_in_money() {
    let quantity = rub("5000.0000 RUB");
    let contributed = MoneyStatement {
        participant: participant().into(),
        quantity,
    };
    is_golden("910_share", &contributed);
    let asked = MoneyReturnStatement {
        participant: participant().into(),
        quantity,
    };
    let asked = is_golden("900_return", &asked);
    assert!(matches!(
        asked.meta.subject,
        Some(Subject::Money(subject)) if subject.quantity == quantity
    ));
}

#[test]
fn statements_about_shares_in_property() {
    let contributed = PropertyStatement {
        participant: participant().into(),
        thing: thing(),
    };
    let contributed = is_golden("700_property", &contributed);
    assert!(matches!(
        contributed.meta.subject,
        Some(Subject::Property(subject)) if subject.description == thing().hash()
    ));
    let asked = PropertyReturnStatement {
        participant: participant().into(),
        property_id: 3,
        thing: thing(),
    };
    let asked = is_golden("800_return", &asked);
    assert_eq!(asked.file_name, "800-return-3.txt");
}
