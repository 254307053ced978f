//! Documents at the edges of what a page can hold: long, crowded, foreign, deceiving and empty facts.

use super::{OPENED, applicant, council, entrepreneur, fees, organization, participant, thing};
use crate::{
    CharterProtocol, Choice, Effect, EntrepreneurStatement, Form, MAX_FACT, OrganizationStatement,
    Party, Person, PropertyStatement, Proposal, Protocol, Seat, Statement, Thing, Voting,
    VotingTimes,
};
use antelope_types::{Checksum256, Name, name};
use coop_model::Charter;

/// Markup of everything that a text goes through on its way to a page.
const MARKUP: &str = "#eval(\"1\") #import \"@preview/a:0.1.0\" #read(\"/etc/passwd\") *bold* _under_ \
    `raw` $x^2$ @ref <label> // comment /* more */ = heading - item [a] {b} \\u{202e} \
    <script>alert(1)</script> </p><h1>&amp;&#x41; {{ fees.total }} {% if true %} javascript: ]]> -->";
/// Letters of scripts that the fonts have in part or not at all, and marks over letters.
const SCRIPTS: &str = "עברית שלום, العربية مرحبا, 中文 文书, ελληνικά, ქართული, Քո, हिन्दी, ไทย, 👍🏽, ﬁ, ａ, \
    а\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}, \u{e000}, \u{fffd}, ё\u{fe0f}, 1\u{a0}000\u{a0}000";

/// A person with a name that nobody else has; `index` is below 676.
pub fn somebody(index: usize) -> Person {
    let letter = |at: usize| char::from(b'a' + (at % 26) as u8);
    let account = format!("pajshik{}{}koo", letter(index / 26), letter(index));
    let names = ["Вересаев", "Дорошин", "Жарков", "Константинопольский"];
    Person {
        account: account.parse().unwrap(),
        last_name: names[index % names.len()].into(),
        first_name: ["Пётр", "Тимур", "Глеб"][index % 3].into(),
        middle_name: (!index.is_multiple_of(5)).then(|| "Александрович".to_owned()),
    }
}

/// The documents, each with its name. All of them can be rendered.
pub fn strange_forms() -> Vec<(String, Box<dyn Form>)> {
    let words = "слово ".repeat(MAX_FACT / 6);
    let run = "ё".repeat(MAX_FACT);
    let all: Vec<(&str, Box<dyn Form>)> = vec![
        ("long_words", Box::new(decision(words))),
        ("long_run", Box::new(decision(run))),
        ("markup", Box::new(statement(MARKUP))),
        ("scripts", Box::new(statement(SCRIPTS))),
        (
            "long_names",
            Box::new(statement(&"Константинопольско".repeat(12))),
        ),
        ("long_organization", Box::new(long_organization())),
        ("empty", Box::new(empty())),
        ("empty_entrepreneur", Box::new(empty_entrepreneur())),
        ("empty_thing", Box::new(empty_thing())),
        ("council_of_64", Box::new(council_of_64())),
        ("meeting_of_100", Box::new(meeting_of_100())),
    ];
    let named = all.into_iter();
    named.map(|(name, form)| (name.to_owned(), form)).collect()
}

fn decision(decision: String) -> Proposal {
    Proposal {
        proposer: council().remove(1),
        project: Checksum256([0xcd; 32]),
        question: "О многом".into(),
        decision,
    }
}

/// A statement with this text in each of its fields.
fn statement(text: &str) -> Statement {
    let mut applicant = applicant();
    applicant.person.last_name = text.into();
    applicant.person.middle_name = None;
    applicant.address = text.into();
    applicant.email = text.into();
    Statement {
        applicant,
        fees: fees(),
    }
}

fn long_organization() -> OrganizationStatement {
    let mut organization = organization();
    organization.name = format!("Общество «{}»", "Межрегиональная мельница ".repeat(30));
    organization.represented_by = "генеральный директор ".repeat(20);
    OrganizationStatement {
        organization,
        fees: fees(),
    }
}

fn empty() -> Statement {
    let mut form = statement("");
    form.applicant.person.first_name = "Анна".into();
    form.applicant.phone = String::new();
    form
}

fn empty_entrepreneur() -> EntrepreneurStatement {
    let mut entrepreneur = entrepreneur();
    entrepreneur.applicant = empty().applicant;
    entrepreneur.bank = String::new();
    EntrepreneurStatement {
        entrepreneur,
        fees: fees(),
    }
}

fn empty_thing() -> PropertyStatement {
    PropertyStatement {
        participant: participant().into(),
        thing: Thing {
            description: String::new(),
            ..thing()
        },
    }
}

/// The largest council, most of which voted against.
fn council_of_64() -> Protocol {
    let seat = |index| Seat {
        person: somebody(index),
        is_chairman: index == 0,
        choice: match index % 5 {
            0 => Choice::For,
            1 => Choice::Silent,
            _ => Choice::Against,
        },
    };
    let times = VotingTimes {
        opened_at: OPENED,
        closes_at: OPENED,
        approved_at: None,
        counted_at: OPENED,
    };
    let seats = (0..64).map(seat).collect();
    Protocol {
        voting: Voting::new(u64::MAX, seats, 100, times, name!("soviet")).unwrap(),
        person: Party::from(participant()),
        effect: Effect::PropertyIn(thing()),
        question: Checksum256([0xab; 32]),
        chairman: somebody(0),
    }
}

fn meeting_of_100() -> CharterProtocol {
    const COOPERATIVE: Name = name!("zarechyekoop");
    CharterProtocol {
        cooperative: COOPERATIVE,
        held_at: OPENED,
        participants: (0..100).map(somebody).collect(),
        of_participants: 180,
        against: (100..140).map(somebody).collect(),
        charter: Charter {
            quorum_percent: 75,
            board_support: 0,
        },
    }
}
