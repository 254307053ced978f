//! Protocols of the council: one body for the vote, one paragraph for each kind of decision.

use super::{every, rendered};
use antelope_types::Checksum256;
use coop_documents::{
    Effect, Lang,
    samples::{fees, organization, protocol, three_to_one},
};
use coop_model::Subject;

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
fn a_protocol_of_an_absentee_vote_shows_what_the_law_asks_for() {
    for name in ["501_admission", "501_admission_declined", "600_free_lapsed"] {
        let text = rendered(&*every(name), Lang::Ru).text;
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for (what, words) in [
            (
                "the form of the meeting",
                "Форма собрания: заочное электронное голосование",
            ),
            (
                "until when votes were accepted",
                "Голоса до: 23 ноября 2026 г., 13:00:00",
            ),
            ("who took part", "Участвовали в голосовании"),
            ("the question", "Вопрос повестки: "),
            ("the result", "Голосовали: за — "),
            (
                "the votes against by name",
                "Голосовавшие против записаны поимённо: Гречишникова Ольга Павловна",
            ),
            (
                "the rule of the majority",
                "за него более половины голосов всего состава, то есть не менее 3 из 5",
            ),
            (
                "the rule of the quorum",
                "Кворум по уставу — 80 % состава, то есть не менее 4 голосовавших",
            ),
            (
                "who counted",
                "Подсчёт голосов: программа сети, контракт soviet",
            ),
            (
                "who signed",
                "Подписал: Белозёрова Мария Андреевна (mirodaluvaxe), председатель совета",
            ),
        ] {
            let found = match words.contains("Гречишникова") {
                // Who else voted against stands in the order of seats.
                true => {
                    text.contains("Голосовавшие против записаны поимённо: ")
                        && text.contains("Гречишникова Ольга Павловна")
                }
                false => text.contains(words),
            };
            assert!(found, "{name}: {what} is not in {text}");
        }
    }
}
