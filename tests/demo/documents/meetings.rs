//! Protocols of meetings: founding, elections of boards, the charter.

use antelope_types::{Name, name};
use coop_documents::{CharterProtocol, ElectionProtocol, FoundingProtocol, Person};
use coop_model::{
    Charter, Seat, Subject,
    council::{board, position},
    list_hash,
};

use super::{
    cast::{OPENED, council, fees, participant},
    is_golden,
};

const COOP: Name = name!("zarechyekoop");

#[test]
fn the_founding_meeting_binds_itself_to_who_was_there() {
    let founding = is_golden(
        "300_founding",
        &FoundingProtocol {
            cooperative: COOP,
            held_at: OPENED,
            founders: council(),
            fees: fees(),
            charter: Charter {
                quorum_percent: 80,
                board_support: 0,
            },
        },
    );
    let names: Vec<Name> = council().iter().map(|person| person.account).collect();
    let Some(Subject::Founders(subject)) = founding.meta.subject else {
        panic!("no founders")
    };
    assert_eq!(subject.members, list_hash(&names));
}

fn seat((i, person): (usize, Person)) -> (Person, Seat) {
    let position = if i == 0 {
        position::CHAIRMAN
    } else {
        position::MEMBER
    };
    let seat = Seat {
        username: person.account,
        is_voting: i != 4,
        position,
    };
    (person, seat)
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
    for (name, board, version) in boards {
        let seats: Vec<(Person, Seat)> = council().into_iter().enumerate().map(seat).collect();
        let members: Vec<Seat> = seats.iter().map(|(_, seat)| *seat).collect();
        let election = is_golden(
            name,
            &ElectionProtocol {
                cooperative: COOP,
                held_at: OPENED,
                people: council(),
                is_founding: version == 1,
                board,
                version,
                seats,
            },
        );
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
    let charter = Charter {
        quorum_percent: 0,
        board_support: 12,
    };
    let protocol = is_golden(
        "300_charter",
        &CharterProtocol {
            cooperative: COOP,
            held_at: OPENED,
            participants: council(),
            of_participants: 8,
            against: vec![participant()],
            charter,
        },
    );
    assert!(matches!(
        protocol.meta.subject,
        Some(Subject::Charter(subject)) if subject.charter == charter
    ));
}
