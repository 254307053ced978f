//! The texts of documents, to the letter: a change of a template is a change of every new document.

use super::golden;
use antelope_types::{Checksum256, Name, TimePoint, name};
use coop_documents::{
    AdmissionProtocol, Applicant, Choice, Cooperative, Date, DecisionProtocol, ElectionProtocol,
    Fees, Form, FoundingProtocol, LINE_WIDTH, Person, Proposal, Rendered, Renderer, Seat, Stamp,
    Statement, Voting, VotingTimes, Zone,
};
use coop_model::{Subject, council::position, list_hash};

/// 21 November 2026, 10:00:00 UTC.
const OPENED: i64 = 1_795_255_200_000_000;
const HOUR: i64 = 3_600_000_000;

fn person(account: Name, last: &str, first: &str, middle: &str) -> Person {
    Person {
        account,
        last_name: last.into(),
        first_name: first.into(),
        middle_name: Some(middle.into()).filter(|name: &String| !name.is_empty()),
    }
}

fn council() -> Vec<Person> {
    vec![
        person(name!("mirodaluvaxe"), "Белозёрова", "Мария", "Андреевна"),
        person(name!("kepozanuriso"), "Вересаев", "Пётр", "Ильич"),
        person(name!("basulotimegi"), "Гречишникова", "Ольга", "Павловна"),
        person(name!("donavirepuka"), "Дорошин", "Тимур", ""),
        person(name!("sulemokatira"), "Ежова", "Нина", "Сергеевна"),
    ]
}

fn cooperative() -> Cooperative {
    Cooperative {
        account: name!("zarechyekoop"),
        name: "Потребительский кооператив «Заречье»".into(),
        short_name: "ПК «Заречье»".into(),
        address: "г. Приозёрный, ул. Набережная, д. 7".into(),
        zone: Zone::named("Europe/Moscow").unwrap(),
    }
}

fn applicant() -> Applicant {
    Applicant {
        person: person(name!("nolifarubime"), "Звягинцева", "Анна", "Викторовна"),
        birth_date: Date::parse("1988-04-12").unwrap(),
        address: "г. Приозёрный, ул. Садовая, д. 14, кв. 3".into(),
        phone: "+7 000 000-00-01".into(),
        email: "anna@example.org".into(),
    }
}

fn fees() -> Fees {
    Fees::new(
        "1000.0000 RUB".parse().unwrap(),
        "3000.5000 RUB".parse().unwrap(),
    )
    .unwrap()
}

fn voting(choices: [Choice; 5]) -> Voting {
    let seats = council().into_iter().zip(choices).enumerate();
    let seats = seats
        .map(|(i, (person, choice))| Seat {
            person,
            is_chairman: i == 0,
            choice,
        })
        .collect();
    let approved_at = (choices
        .iter()
        .filter(|choice| **choice == Choice::For)
        .count()
        > 2)
    .then_some(OPENED + HOUR);
    let times = VotingTimes {
        opened_at: OPENED,
        approved_at,
        counted_at: OPENED + 2 * HOUR,
    };
    Voting::new(1, seats, times).unwrap()
}

fn three_to_one() -> Voting {
    voting([
        Choice::For,
        Choice::For,
        Choice::Against,
        Choice::For,
        Choice::Silent,
    ])
}

fn admission(voting: Voting) -> AdmissionProtocol {
    AdmissionProtocol {
        voting,
        applicant: applicant().person,
        fees: fees(),
        statement: Checksum256([0xab; 32]),
        chairman: name!("mirodaluvaxe"),
    }
}

fn proposal() -> Proposal {
    Proposal {
        proposer: council().remove(1),
        project: Checksum256([0xcd; 32]),
        question: "О ремонте склада и выборе подрядчика".into(),
        decision:
            "Отремонтировать крышу склада до 1 марта. Подрядчика выбрать по трём предложениям, \
                   расходы не выше 250 000 рублей. Ответственный — Вересаев П. И."
                .into(),
    }
}

fn decision(voting: Voting) -> DecisionProtocol {
    let proposal = proposal();
    DecisionProtocol {
        voting,
        proposer: proposal.proposer.account,
        question: proposal.question,
        decision: proposal.decision,
        proposal: Checksum256([0xef; 32]),
        chairman: name!("mirodaluvaxe"),
    }
}

fn rendered<F: Form>(form: &F) -> Rendered {
    let stamp = Stamp {
        block_num: 77,
        created_at: OPENED + 2 * HOUR,
    };
    Renderer::new()
        .unwrap()
        .render(&cooperative(), form, stamp)
        .unwrap()
}

#[test]
fn the_statement_is_a_readable_text() {
    let statement = rendered(&Statement {
        applicant: applicant(),
        fees: fees(),
    });
    assert_eq!(statement.file_name, "100-statement-nolifarubime.txt");
    golden("statement", &statement.text);
}

#[test]
fn the_proposal_is_a_readable_text() {
    golden("proposal", &rendered(&proposal()).text);
}

#[test]
fn the_protocol_of_admission_tells_the_facts_of_the_vote() {
    let protocol = rendered(&admission(three_to_one()));
    assert_eq!(protocol.file_name, "501-protocol-1.txt");
    golden("admission", &protocol.text);
    let Some(Subject::Decision(subject)) = protocol.meta.subject else {
        panic!("no decision")
    };
    assert_eq!(
        (
            subject.decision_id,
            subject.votes_for,
            subject.votes_against
        ),
        (1, 0b01011, 0b00100)
    );
}

#[test]
fn a_refused_admission_has_a_protocol_too() {
    let against = [
        Choice::Against,
        Choice::For,
        Choice::Against,
        Choice::Against,
        Choice::Silent,
    ];
    golden(
        "admission_refused",
        &rendered(&admission(voting(against))).text,
    );
}

#[test]
fn without_quorum_the_protocol_says_so() {
    let silent = [
        Choice::For,
        Choice::For,
        Choice::Silent,
        Choice::Silent,
        Choice::Silent,
    ];
    let text = rendered(&decision(voting(silent))).text;
    assert!(text.contains("кворум отсутствует"), "{text}");
    assert!(text.contains("Решение не принято"), "{text}");
}

#[test]
fn the_protocol_of_a_free_decision_tells_question_and_decision() {
    golden("decision", &rendered(&decision(three_to_one())).text);
}

#[test]
fn the_meetings_bind_themselves_to_who_was_there_and_who_was_elected() {
    let founding = rendered(&FoundingProtocol {
        cooperative: name!("zarechyekoop"),
        held_at: OPENED,
        founders: council(),
        fees: fees(),
    });
    golden("founding", &founding.text);
    let names: Vec<Name> = council().iter().map(|person| person.account).collect();
    let Some(Subject::Founders(subject)) = founding.meta.subject else {
        panic!("no founders")
    };
    assert_eq!(subject.members, list_hash(&names));

    let seat = |(i, person): (usize, Person)| {
        let position = if i == 0 {
            position::CHAIRMAN
        } else {
            position::MEMBER
        };
        let seat = coop_model::Seat {
            username: person.account,
            is_voting: i != 4,
            position,
        };
        (person, seat)
    };
    let election = rendered(&ElectionProtocol {
        cooperative: name!("zarechyekoop"),
        held_at: OPENED,
        participants: council(),
        version: 2,
        council: council().into_iter().enumerate().map(seat).collect(),
    });
    golden("election", &election.text);
}

#[test]
fn the_same_facts_give_the_same_bytes_and_any_other_fact_gives_others() {
    let first = rendered(&admission(three_to_one()));
    let again = rendered(&admission(three_to_one()));
    assert_eq!(
        (first.text.as_bytes(), first.doc_hash),
        (again.text.as_bytes(), again.doc_hash)
    );
    let others = [
        voting([
            Choice::For,
            Choice::For,
            Choice::Against,
            Choice::For,
            Choice::Against,
        ]),
        voting([
            Choice::For,
            Choice::Against,
            Choice::For,
            Choice::For,
            Choice::Silent,
        ]),
    ];
    for other in others {
        assert_ne!(rendered(&admission(other)).doc_hash, first.doc_hash);
    }
}

#[test]
fn no_personal_data_is_in_what_goes_on_chain() {
    let statement = rendered(&Statement {
        applicant: applicant(),
        fees: fees(),
    });
    let meta = format!("{:?}", statement.meta);
    for private in ["Звягинцева", "Анна", "1988", "Садовая", "+7", "anna@"] {
        assert!(!meta.contains(private), "{private} in {meta}");
        assert!(
            private == "1988" || statement.text.contains(private),
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
    let mut evil = applicant();
    evil.person.middle_name = Some("Викторовна\n\n  за — 5 (100 %)\n{{ fees.total }}".into());
    evil.address = "<b>ул.</b> \u{202e}яавонибуЛ".into();
    let text = rendered(&Statement {
        applicant: evil,
        fees: fees(),
    })
    .text;
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

#[test]
fn lines_fit_the_page() {
    let mut form = proposal();
    form.decision = "Очень длинное решение о многом. ".repeat(60);
    let text = rendered(&form).text;
    assert!(
        text.lines().all(|line| line.chars().count() <= LINE_WIDTH),
        "{text}"
    );
    assert!(text.ends_with('\n') && !text.contains("\n\n\n") && !text.contains(" \n"));
}
