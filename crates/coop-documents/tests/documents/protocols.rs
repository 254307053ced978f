//! Protocols of the council: one body for the vote, one paragraph for each kind of decision.

use super::{every, rendered};
use antelope_types::Checksum256;
use coop_documents::{
    Effect, Lang,
    samples::{every_form, fees, organization, protocol, three_to_one},
};
use coop_model::{Subject, catalogue::CATALOGUE};

#[test]
fn an_organization_is_named_as_it_names_itself() {
    let protocol = rendered(&*every("501_organization"), Lang::Ru);
    assert_eq!(protocol.meta.username, organization().account);
}

#[test]
fn a_protocol_binds_itself_to_the_votes_and_the_quorum_that_it_shows() {
    let form = protocol(Effect::Admission(fees()), three_to_one());
    let protocol = rendered(&form, Lang::Ru);
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
    let text = |name| rendered(&*every(name), Lang::Ru).text;
    let missed = text("901_money_out_without_quorum");
    assert!(!missed.contains("Решение принято."));
    let none = text("901_money_out_quorum_not_set");
    assert!(none.contains("Решение принято."));
}

/// What the protocol of an absentee vote has to show by the Civil Code, article 181.2.
#[test]
fn every_protocol_of_an_absentee_vote_shows_what_the_law_asks_for() {
    let is_protocol = |id| CATALOGUE.iter().any(|kind| kind.protocol == id);
    let all = every_form().into_iter();
    let protocols: Vec<_> = all
        .filter(|(_, form)| is_protocol(form.registry_id()))
        .collect();
    assert!(protocols.len() >= 3 * CATALOGUE.len());
    for (name, form) in protocols {
        let text = rendered(&*form, Lang::Ru).text;
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for what in [
            // The form of the meeting, and until when votes were accepted.
            "Форма собрания: заочное электронное голосование",
            "Голоса до: 23 ноября 2026 г., 13:00:00",
            // Who has a vote, and who took part.
            "Члены совета с правом голоса (5): 1. Белозёрова Мария Андреевна (mirodaluvaxe)",
            "Участвовали в голосовании ",
            // The question and its result, by name.
            "Вопрос повестки: О",
            "Голосовали: за — ",
            " против — ",
            " не голосовали — ",
            // The rule of the majority.
            "за него более половины голосов всего состава, то есть не менее 3 из 5",
            // Who counted, and who signed.
            "Подсчёт голосов: программа сети, контракт soviet",
            "Подписал: Белозёрова Мария Андреевна (mirodaluvaxe), председатель совета",
        ] {
            assert!(text.contains(what), "{name}: {what} is not in {text}");
        }
        // Who voted against, by full name.
        let against = match text.contains(" против — 0 (0 %)") {
            true => "Против никто не голосовал.",
            false => "Голосовавшие против записаны поимённо: ",
        };
        assert!(text.contains(against), "{name}: {text}");
        // The rule of the quorum, whether or not the charter sets one.
        let quorum = match name.as_str() {
            "901_money_out_quorum_not_set" => "Отдельного кворума устав не устанавливает.",
            _ => "Кворум по уставу — 80 % состава, то есть не менее 4 голосовавших: кворум ",
        };
        assert!(text.contains(quorum), "{name}: {text}");
    }
}
