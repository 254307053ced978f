//! Agreements: what a person signs before a statement, and a participant about the wallet.

use antelope_types::PublicKey;
use coop_documents::{Agreement, AgreementKind};

use super::{cast::participant, is_golden};

#[test]
fn the_four_agreements() {
    let names = ["1_wallet", "2_signature", "3_privacy", "4_statutes"];
    for ((name, kind), registry_id) in names.into_iter().zip(AgreementKind::ALL).zip(1..) {
        let form = Agreement {
            kind,
            person: participant().into(),
            key: PublicKey::K1([3; 33]),
        };
        let agreement = is_golden(name, &form);
        assert_eq!(agreement.meta.registry_id, registry_id);
        assert_eq!(agreement.meta.subject, None);
    }
}
