//! What the operator and the cooperative's account set, and what everybody reads.

use antelope_types::{asset, name};
use coop_model::{AccountPolicy, Charter};
use serde_json::json;

use crate::scenarios::world::{Coop, Draft, Person, fees};

/// Policy, quotas, a pause, fees and charter.
pub(super) fn settings(coop: &Coop<'_>) {
    let chain = coop.chain;
    let free = asset!("0.0000 RUB");
    let policy = AccountPolicy {
        ram_bytes: 0,
        stake_net: free,
        stake_cpu: free,
    };
    let operator = coop.registrator(&chain.registrator);
    for action in [
        operator.setpolicy(policy).to_action(),
        operator.setquota(coop.name(), 2_000, 2_000).to_action(),
    ] {
        chain.push(vec![action], &[&chain.registrator]).accepted();
    }
    chain.set_pause(true);
    chain.set_pause(false);
    let charter = Charter {
        quorum_percent: 60,
        ..Charter::default()
    };
    let signers: Vec<&Person> = coop.members.iter().collect();
    let meeting = Draft::charter(coop, charter).signed_by(chain, &signers);
    let own = coop.registrator(&coop.account);
    for action in [
        own.updatecoop(coop.name(), fees()).to_action(),
        own.setcharter(coop.name(), charter, meeting).to_action(),
    ] {
        chain.push(vec![action], &[&coop.account]).accepted();
    }
}

/// The agenda and the balances, of a cooperative that has some.
pub(super) fn reading(coop: &Coop<'_>) {
    let person = coop.admitted();
    coop.contribute(&person, asset!("50.00 RUB"));
    let question = coop.return_money(&person, asset!("20.00 RUB"));
    coop.vote_for(&coop.members[1], &question).accepted();
    coop.agenda(0, 50);
    let arguments = json!({ "coopname": coop.name().to_string(), "from": "", "limit": 50 });
    let gateway = coop.chain.gateway.name;
    coop.chain
        .client
        .read_only_json(gateway, name!("getbalances"), &arguments)
        .expect("balances");
}
