//! Protocols of meetings: founding, elections of boards, the charter.

use super::{every, rendered};
use antelope_types::Name;
use coop_documents::{Lang, samples::council};
use coop_model::{
    Charter, Seat, Subject,
    council::{board, position},
    list_hash,
};

#[test]
fn the_founding_meeting_binds_itself_to_who_was_there() {
    let founding = rendered(&*every("300_founding"), Lang::Ru);
    let names: Vec<Name> = council().iter().map(|person| person.account).collect();
    let Some(Subject::Founders(subject)) = founding.meta.subject else {
        panic!("no founders")
    };
    assert_eq!(subject.members, list_hash(&names));
}

#[test]
fn elections_bind_themselves_to_who_was_elected_to_which_board() {
    let boards = [
        ("300_first_council", board::COUNCIL, 1),
        ("300_council", board::COUNCIL, 2),
        ("300_executive", board::EXECUTIVE, 3),
        ("300_audit", board::AUDIT, 4),
        ("300_other", board::OTHER, 5),
    ];
    let seats = council().into_iter().enumerate().map(|(i, person)| Seat {
        username: person.account,
        is_voting: i != 4,
        position: match i {
            0 => position::CHAIRMAN,
            _ => position::MEMBER,
        },
    });
    let members: Vec<Seat> = seats.collect();
    for (name, board, version) in boards {
        let election = rendered(&*every(name), Lang::Ru);
        let Some(Subject::Board(subject)) = election.meta.subject else {
            panic!("no board")
        };
        assert_eq!(
            (subject.version, subject.kind, subject.members),
            (version, board, list_hash(&members))
        );
        assert_eq!(election.file_name, format!("300-election-{version}.txt"));
    }
}

#[test]
fn the_meeting_on_the_charter() {
    let protocol = rendered(&*every("300_charter"), Lang::Ru);
    let charter = Charter {
        quorum_percent: 0,
        board_support: 12,
    };
    assert!(matches!(
        protocol.meta.subject,
        Some(Subject::Charter(subject)) if subject.charter == charter
    ));
}
