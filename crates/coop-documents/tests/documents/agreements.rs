//! Agreements: what a person signs before a statement, and a participant about the wallet.

use super::{every, rendered};
use coop_documents::Lang;

#[test]
fn the_four_agreements() {
    let names = ["1_wallet", "2_signature", "3_privacy", "4_statutes"];
    for (name, registry_id) in names.into_iter().zip(1..) {
        let agreement = rendered(&*every(name), Lang::Ru);
        assert_eq!(agreement.meta.registry_id, registry_id);
        assert_eq!(agreement.meta.subject, None);
    }
}
