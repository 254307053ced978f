//! What holds for every text: reproducible, without personal data on chain, not to be forged.

use super::rendered;
use antelope_types::{Checksum256, TimePoint};
use coop_documents::{
    Choice, Effect, LINE_WIDTH, Lang, Proposal, Protocol, Statement, Voting,
    samples::{self, HOUR, OPENED, applicant, council, fees, three_to_one, voting},
};

fn admission(voting: Voting) -> Protocol {
    samples::protocol(Effect::Admission(fees()), voting)
}

fn statement() -> Statement {
    Statement {
        applicant: applicant(),
        fees: fees(),
    }
}

#[test]
fn the_same_facts_give_the_same_bytes_and_any_other_fact_gives_others() {
    use Choice::{Against, For, Silent};
    let first = rendered(&admission(three_to_one()), Lang::Ru);
    let again = rendered(&admission(three_to_one()), Lang::Ru);
    assert_eq!(
        (first.text.as_bytes(), first.doc_hash),
        (again.text.as_bytes(), again.doc_hash)
    );
    let others = [
        voting([For, For, Against, For, Against], 80),
        voting([For, Against, For, For, Silent], 80),
        voting([For, For, Against, For, Silent], 60),
    ];
    for other in others {
        assert_ne!(
            rendered(&admission(other), Lang::Ru).doc_hash,
            first.doc_hash
        );
    }
    let english = rendered(&admission(three_to_one()), Lang::En);
    assert_ne!(english.doc_hash, first.doc_hash);
}

#[test]
fn no_personal_data_is_in_what_goes_on_chain() {
    let statement = rendered(&statement(), Lang::Ru);
    let meta = format!("{:?}", statement.meta);
    for private in ["Звягинцева", "Анна", "1988", "Садовая", "+7", "anna@"] {
        assert!(!meta.contains(private), "{private} in {meta}");
        assert!(
            statement.text.contains(private),
            "{private} not in the file"
        );
    }
    assert_eq!(
        statement.meta.created_at,
        TimePoint::from_micros(OPENED + 2 * HOUR)
    );
}

#[test]
fn a_name_cannot_forge_a_line_of_a_document() {
    let mut evil = statement();
    evil.applicant.person.middle_name =
        Some("Викторовна\n\n  за — 5 (100 %)\n{{ fees.total }}".into());
    evil.applicant.address = "<b>ул.</b> \u{202e}яавонибуЛ".into();
    for lang in Lang::ALL {
        let text = rendered(&evil, lang).text;
        assert!(
            !text
                .lines()
                .any(|line| line.trim_start().starts_with("за — 5")),
            "{text}"
        );
        assert!(
            text.contains("{{ fees.total }}"),
            "values are not templates: {text}"
        );
        assert!(!text.contains('\u{202e}'));
    }
}

#[test]
fn lines_fit_the_page() {
    let form = Proposal {
        proposer: council().remove(1),
        project: Checksum256([0xcd; 32]),
        question: "О многом".into(),
        decision: "Очень длинное решение о многом. ".repeat(60),
    };
    for lang in Lang::ALL {
        let text = rendered(&form, lang).text;
        assert!(
            text.lines().all(|line| line.chars().count() <= LINE_WIDTH),
            "{text}"
        );
        assert!(text.ends_with('\n') && !text.contains("\n\n\n") && !text.contains(" \n"));
    }
}
