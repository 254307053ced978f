//! Acts: property changes hands, signed by both sides.

use antelope_types::{Checksum256, name};
use coop_documents::{Act, Direction};
use coop_model::{Subject, document::subject::ActSubject};

use super::{
    cast::{cashier, participant, thing},
    is_golden,
};

fn act(direction: Direction) -> Act {
    Act {
        direction,
        property_id: 3,
        thing: thing(),
        owner: participant().into(),
        keeper: cashier(),
        statement: Checksum256([0xab; 32]),
    }
}

#[test]
fn the_acts_of_acceptance_and_handover() {
    let acts = [
        ("702_acceptance", Direction::Acceptance, 702),
        ("802_handover", Direction::Handover { is_share: true }, 802),
        ("802_release", Direction::Handover { is_share: false }, 802),
    ];
    for (name, direction, registry_id) in acts {
        let act = is_golden(name, &act(direction));
        assert_eq!(act.meta.registry_id, registry_id);
        assert_eq!(act.meta.username, name!("nolifarubime"));
        let subject = ActSubject {
            property_id: 3,
            hash: Checksum256([0xab; 32]),
            description: thing().hash(),
            valuation: thing().valuation,
        };
        assert_eq!(act.meta.subject, Some(Subject::Act(subject)));
        assert!(act.text.contains("nolifarubime, gipavudorezo"));
    }
}
