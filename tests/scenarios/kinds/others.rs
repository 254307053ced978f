//! A kind of another contract: the same ways to its end as the protocol's own.

use coop_model::refusal;
use std::collections::BTreeMap;

use super::{CARRIED_OUT, COME_TO_NOTHING};
use crate::scenarios::world::{Chain, Coop, Foreign};

#[test]
fn r08_a_decision_of_another_contract_is_carried_out_in_every_way() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let owner = Foreign::of(&coop);
    for (way, carry_out) in CARRIED_OUT {
        let before = coop.snapshot();
        let question = owner.question(&coop);
        carry_out(&coop, &question);
        assert_eq!(coop.status(&question), "gone", "{way}");
        assert_eq!(coop.residue(&before), BTreeMap::new(), "{way}");
        assert_eq!(coop.council()["foreign"], 0, "{way}");
        coop.exec(&question).refused(refusal::decision::NO_QUESTION);
    }
}

#[test]
fn r09_a_question_of_another_contract_that_comes_to_nothing_is_told_in_every_way() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let owner = Foreign::of(&coop);
    for (way, end) in COME_TO_NOTHING {
        let before = coop.snapshot();
        let question = owner.question(&coop);
        end(&coop, &question);
        assert_eq!(coop.status(&question), "gone", "{way}");
        assert_eq!(coop.residue(&before), BTreeMap::new(), "{way}");
        coop.deliver(&question)
            .refused(refusal::decision::NOTHING_TO_DELIVER);
    }
    coop.decide(&owner.question(&coop));
}
