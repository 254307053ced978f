//! The forms, each with the name of its golden file.

use super::{
    OPENED, applicant, cashier, chairman, cooperative, council, entrepreneur, fees, one_to_one,
    one_to_three, organization, participant, rub, thing, three_to_one, voting,
};
use crate::{
    Act, Agreement, AgreementKind, BlockProposal, CharterProtocol, Choice, DestroyedData,
    DestructionAct, DestructionReason, Direction, Effect, ElectionProtocol, EntrepreneurStatement,
    ExitStatement, Form, FoundingProtocol, MoneyReturnStatement, MoneyStatement, MoveStatement,
    OrganizationStatement, Party, Person, PropertyReturnStatement, PropertyStatement, Proposal,
    Protocol, Statement, Voting,
};
use antelope_types::{Checksum256, Name, PublicKey, name};
use coop_model::{
    Charter, Seat,
    council::{board, position},
};

/// The account that a participant moves to.
const NEW_ACCOUNT: Name = name!("annatunilosa");
/// The document that others follow from.
const QUESTION: Checksum256 = Checksum256([0xab; 32]);

/// A form with the name of its golden file.
type Named = (String, Box<dyn Form>);

fn named(name: &str, form: impl Form + 'static) -> Named {
    (name.to_owned(), Box::new(form))
}

/// Every form, every effect of a decision with every end of its vote, and every variant that has words
/// of its own.
pub fn every_form() -> Vec<Named> {
    let mut all = agreements();
    all.extend(statements());
    all.extend(meetings());
    all.extend(acts());
    all.extend(destructions());
    all.extend(protocols());
    all
}

fn agreements() -> Vec<Named> {
    let names = ["1_wallet", "2_signature", "3_privacy", "4_statutes"];
    let all = names.into_iter().zip(AgreementKind::ALL);
    all.map(|(name, kind)| {
        let form = Agreement {
            kind,
            person: participant().into(),
            key: PublicKey::K1([3; 33]),
        };
        named(name, form)
    })
    .collect()
}

fn statements() -> Vec<Named> {
    let quantity = rub("5000.0000 RUB");
    let block = |is_blocked| BlockProposal {
        proposer: council().remove(1),
        participant: participant().into(),
        is_blocked,
        reason: "Обращение ревизионной комиссии".into(),
    };
    vec![
        named(
            "100_statement",
            Statement {
                applicant: applicant(),
                fees: fees(),
            },
        ),
        named(
            "100_entrepreneur",
            EntrepreneurStatement {
                entrepreneur: entrepreneur(),
                fees: fees(),
            },
        ),
        named(
            "100_organization",
            OrganizationStatement {
                organization: organization(),
                fees: fees(),
            },
        ),
        named(
            "200_exit",
            ExitStatement {
                participant: participant().into(),
                shares: rub("6000.0000 RUB"),
            },
        ),
        named(
            "210_move",
            MoveStatement {
                participant: participant().into(),
                new_account: NEW_ACCOUNT,
            },
        ),
        named("220_block", block(true)),
        named("220_unblock", block(false)),
        named(
            "599_proposal",
            Proposal {
                proposer: council().remove(1),
                project: Checksum256([0xcd; 32]),
                question: "О ремонте склада и выборе подрядчика".into(),
                decision: "Отремонтировать крышу склада до 1 марта. Ответственный — Вересаев П. И."
                    .into(),
            },
        ),
        named(
            "910_share",
            MoneyStatement {
                participant: participant().into(),
                quantity,
            },
        ),
        named(
            "900_return",
            MoneyReturnStatement {
                participant: participant().into(),
                quantity,
            },
        ),
        named(
            "700_property",
            PropertyStatement {
                participant: participant().into(),
                thing: thing(),
            },
        ),
        named(
            "800_return",
            PropertyReturnStatement {
                participant: participant().into(),
                property_id: 3,
                thing: thing(),
            },
        ),
    ]
}

fn meetings() -> Vec<Named> {
    let seat = |(i, person): (usize, Person)| {
        let seat = Seat {
            username: person.account,
            is_voting: i != 4,
            position: match i {
                0 => position::CHAIRMAN,
                _ => position::MEMBER,
            },
        };
        (person, seat)
    };
    let boards = [
        ("300_first_council", board::COUNCIL, 1),
        ("300_council", board::COUNCIL, 2),
        ("300_executive", board::EXECUTIVE, 3),
        ("300_audit", board::AUDIT, 4),
        ("300_other", board::OTHER, 5),
    ];
    let cooperative = cooperative().account;
    let mut all: Vec<_> = boards
        .into_iter()
        .map(|(name, board, version)| {
            let form = ElectionProtocol {
                cooperative,
                held_at: OPENED,
                people: council(),
                is_founding: version == 1,
                board,
                version,
                seats: council().into_iter().enumerate().map(seat).collect(),
            };
            named(name, form)
        })
        .collect();
    all.push(named(
        "300_founding",
        FoundingProtocol {
            cooperative,
            held_at: OPENED,
            founders: council(),
            fees: fees(),
            charter: Charter {
                quorum_percent: 80,
                board_support: 0,
            },
        },
    ));
    all.push(named(
        "300_charter",
        CharterProtocol {
            cooperative,
            held_at: OPENED,
            participants: council(),
            of_participants: 8,
            against: vec![participant()],
            charter: Charter {
                quorum_percent: 0,
                board_support: 12,
            },
        },
    ));
    all
}

fn acts() -> Vec<Named> {
    let acts = [
        ("702_acceptance", Direction::Acceptance),
        ("802_handover", Direction::Handover { is_share: true }),
        ("802_release", Direction::Handover { is_share: false }),
    ];
    acts.into_iter()
        .map(|(name, direction)| {
            let form = Act {
                direction,
                property_id: 3,
                thing: thing(),
                owner: participant().into(),
                keeper: cashier(),
                statement: QUESTION,
            };
            named(name, form)
        })
        .collect()
}

fn destructions() -> Vec<Named> {
    let act = |destroyed, reason, kept| DestructionAct {
        account: participant().account,
        by: cashier(),
        destroyed_at: OPENED,
        reason,
        destroyed,
        media: vec!["zarechye/private.db".into(), "/backups/2026-11-20".into()],
        kept,
    };
    let documents = DestroyedData::Documents { count: 5 };
    let candidate = vec![DestroyedData::Entrepreneur, documents];
    vec![
        named(
            "230_destruction",
            act(vec![DestroyedData::Individual], DestructionReason::Done, 4),
        ),
        named(
            "230_destruction_of_candidate",
            act(candidate, DestructionReason::Withdrawn, 0),
        ),
    ]
}

/// The effect of each kind, in the order of the catalogue, with the name of its golden file.
pub fn effects() -> Vec<(&'static str, Effect)> {
    vec![
        ("501_admission", Effect::Admission(fees())),
        ("911_money_in", Effect::MoneyIn(rub("5000.0000 RUB"))),
        ("701_property_in", Effect::PropertyIn(thing())),
        ("901_money_out", Effect::MoneyOut(rub("2000.0000 RUB"))),
        ("801_property_out", Effect::PropertyOut(thing())),
        ("201_exit", Effect::Exit(rub("6000.0000 RUB"))),
        ("211_move", Effect::Move(NEW_ACCOUNT)),
        ("221_block", Effect::Block { is_blocked: true }),
        (
            "600_free",
            Effect::Free {
                question: "О ремонте склада и выборе подрядчика".into(),
                decision: "Отремонтировать крышу склада до 1 марта.".into(),
            },
        ),
    ]
}

/// The protocol of a vote with this effect.
pub fn protocol(effect: Effect, voting: Voting) -> Protocol {
    let person = match effect {
        Effect::Free { .. } => council().remove(1),
        _ => participant(),
    };
    Protocol {
        voting,
        person: person.into(),
        effect,
        question: QUESTION,
        chairman: chairman(),
    }
}

fn protocols() -> Vec<Named> {
    use Choice::{For, Silent};
    let mut all = Vec::new();
    for (name, effect) in effects() {
        all.push(named(name, protocol(effect.clone(), three_to_one())));
        let declined = protocol(effect.clone(), one_to_three());
        all.push(named(&format!("{name}_declined"), declined));
        let lapsed = protocol(effect, one_to_one());
        all.push(named(&format!("{name}_lapsed"), lapsed));
    }
    let unblock = protocol(Effect::Block { is_blocked: false }, three_to_one());
    all.push(named("221_unblock", unblock));
    let mut organization_admitted = protocol(Effect::Admission(fees()), three_to_one());
    organization_admitted.person = Party::from(&organization());
    all.push(named("501_organization", organization_admitted));
    let effect = Effect::MoneyOut(rub("1500.0000 RUB"));
    let votes = [For, For, For, Silent, Silent];
    let missed = protocol(effect.clone(), voting(votes, 80));
    all.push(named("901_money_out_without_quorum", missed));
    let not_set = protocol(effect, voting(votes, 0));
    all.push(named("901_money_out_quorum_not_set", not_set));
    all
}
