//! The operator configures the contracts, once, and can do nothing in a cooperative's name.

use antelope_types::{Checksum256, asset, name};
use coop_model::clients::{Gateway, Registrator, Soviet};
use coop_model::refusal;
use coop_model::{AccountPolicy, Config};

use super::world::{Chain, Coop, Person};

fn policy() -> AccountPolicy {
    AccountPolicy {
        ram_bytes: 0,
        stake_net: asset!("0.0000 RUB"),
        stake_cpu: asset!("0.0000 RUB"),
    }
}

#[test]
fn people_trust_a_configuration_that_is_set_once() {
    let chain = Chain::shared();
    let config = chain.config();
    let set_already = refusal::config::SET_ALREADY;
    let registrator = Registrator::at(chain.registrator.name).signed_by(chain.registrator.active());
    chain
        .push(
            vec![registrator.init(config, policy()).to_action()],
            &[&chain.registrator],
        )
        .refused(set_already);
    let soviet = Soviet::at(chain.soviet.name).signed_by(chain.soviet.active());
    chain
        .push(vec![soviet.init(config).to_action()], &[&chain.soviet])
        .refused(set_already);
    let gateway = Gateway::at(chain.gateway.name).signed_by(chain.gateway.active());
    chain
        .push(vec![gateway.init(config).to_action()], &[&chain.gateway])
        .refused(set_already);
}

#[test]
fn people_are_configured_by_the_operator_alone() {
    let chain = Chain::shared();
    let thief = &chain.stranger;
    let config = Config {
        soviet: thief.name,
        ..chain.config()
    };
    let registrator = || Registrator::at(chain.registrator.name).signed_by(thief.active());
    let actions = [
        (
            registrator().init(config, policy()).to_action(),
            &chain.registrator,
        ),
        (
            registrator().setpolicy(policy()).to_action(),
            &chain.registrator,
        ),
        (
            Soviet::at(chain.soviet.name)
                .signed_by(thief.active())
                .init(config)
                .to_action(),
            &chain.soviet,
        ),
        (
            Gateway::at(chain.gateway.name)
                .signed_by(thief.active())
                .init(config)
                .to_action(),
            &chain.gateway,
        ),
    ];
    for (action, owner) in actions {
        chain
            .push(vec![action], &[thief])
            .lacks_authority_of(owner.name);
    }
}

#[test]
fn people_get_no_half_configured_contract() {
    let chain = Chain::shared();
    let fresh = chain.account();
    chain.deploy(&fresh, "gateway");
    let init = |config: Config| {
        let gateway = Gateway::at(fresh.name).signed_by(fresh.active());
        chain.push(vec![gateway.init(config).to_action()], &[&fresh])
    };
    let expire = Gateway::at(fresh.name)
        .signed_by(chain.stranger.active())
        .openfunds(chain.stranger.name, asset!("1.00 RUB").symbol);
    chain
        .push(vec![expire.to_action()], &[&chain.stranger])
        .refused(refusal::config::MISSING);
    let right = Config {
        gateway: fresh.name,
        ..chain.config()
    };
    init(chain.config()).refused(refusal::config::ANOTHER_ACCOUNT);
    init(Config {
        soviet: fresh.name,
        ..right
    })
    .refused(refusal::config::ONE_ACCOUNT_TWICE);
    init(Config {
        soviet: right.registrator,
        ..right
    })
    .refused(refusal::config::ONE_ACCOUNT_TWICE);
    init(Config {
        chain_id: Checksum256::ZERO,
        ..right
    })
    .refused(refusal::config::NO_CHAIN_ID);
    init(right).accepted();
}

#[test]
fn people_need_a_policy_that_makes_sense() {
    let chain = Chain::shared();
    let set = |policy: AccountPolicy| {
        let registrator =
            Registrator::at(chain.registrator.name).signed_by(chain.registrator.active());
        chain.push(
            vec![registrator.setpolicy(policy).to_action()],
            &[&chain.registrator],
        )
    };
    set(AccountPolicy {
        stake_cpu: asset!("0.00 RUB"),
        ..policy()
    })
    .refused(refusal::account::TWO_SYMBOLS);
    set(AccountPolicy {
        stake_net: asset!("-0.0001 RUB"),
        ..policy()
    })
    .refused(refusal::account::NEGATIVE_STAKE);
}

#[test]
fn people_are_not_acted_for_by_the_operator() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let question = coop.question();
    let operators: [&Person; 3] = [&chain.registrator, &chain.soviet, &chain.gateway];
    for operator in operators {
        coop.vote_for(operator, &question)
            .refused(refusal::council::NO_VOTING_SEAT);
        let vote = coop
            .soviet(operator)
            .votefor(
                coop.name(),
                coop.chairman().name,
                question.id,
                question.hash,
            )
            .to_action();
        chain
            .push(vec![vote], &[operator])
            .lacks_authority_of(coop.chairman().name);
        let rights = vec![coop_model::Right {
            contract: chain.gateway.name,
            action: name!("incomplete"),
        }];
        let staff = coop
            .soviet(operator)
            .addstaff(coop.name(), operator.name, operator.name, rights)
            .to_action();
        chain
            .push(vec![staff], &[operator])
            .refused(refusal::council::NOT_THE_CHAIRMAN);
        let candidate = coop.applicant();
        coop.complete(
            operator,
            candidate.hash,
            super::world::ENTRANCE_AND_MINIMUM,
            chain.unique_hash(),
        )
        .refused(refusal::staff::NEITHER_COOPERATIVE_NOR_STAFF);
    }
}
