//! Protocols of the council: one body for the vote, one paragraph for each kind of decision.

use antelope_types::{Checksum256, name};
use coop_documents::{Choice, Effect, Party, Protocol, Voting};
use coop_model::{Subject, catalogue::CATALOGUE};

use super::{
    cast::{
        chairman, council, fees, one_to_one, one_to_three, organization, participant, rub, thing,
        three_to_one, voting,
    },
    is_golden, rendered,
};

/// The effect of each kind, in the order of the catalogue, with the name of its golden file.
fn effects() -> Vec<(&'static str, Effect)> {
    vec![
        ("501_admission", Effect::Admission(fees())),
        ("911_money_in", Effect::MoneyIn(rub("5000.0000 RUB"))),
        ("701_property_in", Effect::PropertyIn(thing())),
        ("901_money_out", Effect::MoneyOut(rub("2000.0000 RUB"))),
        ("801_property_out", Effect::PropertyOut(thing())),
        ("201_exit", Effect::Exit(rub("6000.0000 RUB"))),
        ("211_move", Effect::Move(name!("annatunilosa"))),
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

fn protocol(effect: Effect, voting: Voting) -> Protocol {
    let person = match effect {
        Effect::Free { .. } => council().remove(1),
        _ => participant(),
    };
    Protocol {
        voting,
        person: person.into(),
        effect,
        question: Checksum256([0xab; 32]),
        chairman: chairman(),
    }
}

#[test]
fn every_kind_of_the_catalogue_has_its_protocol() {
    let effects = effects();
    assert_eq!(effects.len(), CATALOGUE.len());
    for ((name, effect), kind) in effects.into_iter().zip(CATALOGUE) {
        assert_eq!(effect.kind(), kind.name);
        let approved = is_golden(name, &protocol(effect.clone(), three_to_one()));
        assert_eq!(approved.meta.registry_id, kind.protocol);
        assert!(name.starts_with(&kind.protocol.to_string()));
        let declined = format!("{name}_declined");
        is_golden(&declined, &protocol(effect.clone(), one_to_three()));
        let lapsed = format!("{name}_lapsed");
        is_golden(&lapsed, &protocol(effect, one_to_one()));
    }
}

#[test]
fn the_end_of_a_blocking() {
    let effect = Effect::Block { is_blocked: false };
    is_golden("221_unblock", &protocol(effect, three_to_one()));
}

#[test]
fn an_organization_is_named_as_it_names_itself() {
    let mut form = protocol(Effect::Admission(fees()), three_to_one());
    form.person = Party::from(&organization());
    let protocol = is_golden("501_organization", &form);
    assert_eq!(protocol.meta.username, organization().account);
}

#[test]
fn a_protocol_binds_itself_to_the_votes_and_the_quorum_that_it_shows() {
    let form = protocol(Effect::Admission(fees()), three_to_one());
    let protocol = rendered(&form, coop_documents::Lang::Ru);
    assert_eq!(protocol.file_name, "501-protocol-1.txt");
    let Some(Subject::Decision(subject)) = protocol.meta.subject else {
        panic!("no decision")
    };
    assert_eq!(
        (
            subject.decision_id,
            subject.votes_for,
            subject.votes_against,
            subject.quorum_percent
        ),
        (1, 0b01011, 0b00100, 80)
    );
    assert_eq!(subject.hash, Checksum256([0xab; 32]));
}

#[test]
fn a_quorum_that_is_missed_is_told_and_so_is_that_there_is_none() {
    use Choice::{For, Silent};
    let votes = [For, For, For, Silent, Silent];
    let effect = Effect::MoneyOut(rub("1500.0000 RUB"));
    let missed = is_golden(
        "901_money_out_without_quorum",
        &protocol(effect.clone(), voting(votes, 80)),
    );
    assert!(!missed.text.contains("Решение принято."));
    let none = is_golden(
        "901_money_out_quorum_not_set",
        &protocol(effect, voting(votes, 0)),
    );
    assert!(none.text.contains("Решение принято."));
}
