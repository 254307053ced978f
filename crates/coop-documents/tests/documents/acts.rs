//! Acts: property changes hands, signed by both sides.

use super::{every, rendered};
use antelope_types::{Checksum256, name};
use coop_documents::{Lang, samples::thing};
use coop_model::{Subject, document::subject::ActSubject};

#[test]
fn the_acts_of_acceptance_and_handover() {
    let acts = [
        ("702_acceptance", 702),
        ("802_handover", 802),
        ("802_release", 802),
    ];
    for (name, registry_id) in acts {
        let act = rendered(&*every(name), Lang::Ru);
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
