//! Every action of every contract, sent by everybody who must not: authority comes before anything else.

use antelope_types::{Action, asset, name};
use coop_model::council::board;
use coop_model::{AccountPolicy, Charter, Right};

use crate::scenarios::world::{Chain, Coop, Draft, Person, fees};

/// Actions that are not for just anybody, as `signer` sends them in the names of those who may.
fn forged<'a>(coop: &'a Coop<'_>, signer: &Person) -> Vec<(Action, &'a Person)> {
    let chain = coop.chain;
    let (registrator, soviet, gateway) = (
        || coop.registrator(signer),
        || coop.soviet(signer),
        || coop.gateway(signer),
    );
    let coopname = coop.name();
    let (chairman, member, cashier) = (coop.chairman(), &coop.members[1], &coop.cashier);
    let hash = chain.unique_hash();
    let rights = || {
        vec![Right {
            contract: chain.gateway.name,
            action: name!("incomplete"),
        }]
    };
    let policy = AccountPolicy {
        ram_bytes: 1,
        stake_net: asset!("1.0000 EOS"),
        stake_cpu: asset!("1.0000 EOS"),
    };
    let seats = coop.seats(3);
    let meeting = || Draft::election(chain, coopname, 2, board::COUNCIL, &seats).unsigned();
    let document = || Draft::proposal(coop, chairman.name).unsigned();
    let sum = asset!("400.00 RUB");
    vec![
        (
            registrator().init(chain.config(), policy).to_action(),
            &chain.registrator,
        ),
        (
            registrator().setpolicy(policy).to_action(),
            &chain.registrator,
        ),
        (
            registrator()
                .regcoop(coopname, fees(), Charter::default(), hash)
                .to_action(),
            &coop.account,
        ),
        (
            registrator().updatecoop(coopname, fees()).to_action(),
            &coop.account,
        ),
        (
            registrator()
                .stcoopstatus(coopname, name!("blocked"))
                .to_action(),
            &chain.registrator,
        ),
        (
            registrator()
                .regfounders(coopname, vec![chairman.name], meeting())
                .to_action(),
            &coop.account,
        ),
        (
            registrator()
                .newaccount(coopname, coopname, Person::new().name, signer.public_key())
                .to_action(),
            &coop.account,
        ),
        (
            registrator()
                .newaccount(
                    coopname,
                    cashier.name,
                    Person::new().name,
                    signer.public_key(),
                )
                .to_action(),
            cashier,
        ),
        (
            registrator()
                .reguser(coopname, member.name, name!("individual"), document())
                .to_action(),
            member,
        ),
        (
            registrator()
                .retryrefund(coopname, coopname, hash)
                .to_action(),
            &coop.account,
        ),
        (gateway().init(chain.config()).to_action(), &chain.gateway),
        (
            gateway()
                .incomplete(coopname, cashier.name, hash, sum, hash)
                .to_action(),
            cashier,
        ),
        (
            gateway()
                .incomplete(coopname, coopname, hash, sum, hash)
                .to_action(),
            &coop.account,
        ),
        (
            gateway()
                .indecline(coopname, cashier.name, hash, "x")
                .to_action(),
            cashier,
        ),
        (
            gateway()
                .outcomplete(coopname, cashier.name, hash, sum, hash)
                .to_action(),
            cashier,
        ),
        (
            gateway()
                .outdecline(coopname, cashier.name, hash, "x")
                .to_action(),
            cashier,
        ),
        (soviet().init(chain.config()).to_action(), &chain.soviet),
        (
            soviet()
                .regtype(name!("x"), chain.gateway.name, name!("a"), name!("b"), 1)
                .to_action(),
            &chain.soviet,
        ),
        (
            soviet()
                .createboard(coopname, seats.clone(), meeting())
                .to_action(),
            &coop.account,
        ),
        (
            soviet()
                .updateboard(coopname, board::COUNCIL, seats.clone(), meeting())
                .to_action(),
            &coop.account,
        ),
        (
            soviet()
                .addstaff(coopname, chairman.name, signer.name, rights())
                .to_action(),
            chairman,
        ),
        (
            soviet()
                .setrights(coopname, chairman.name, cashier.name, rights())
                .to_action(),
            chairman,
        ),
        (
            soviet()
                .rmstaff(coopname, chairman.name, cashier.name)
                .to_action(),
            chairman,
        ),
        (
            soviet()
                .freedecision(coopname, member.name, document())
                .to_action(),
            member,
        ),
        (
            soviet().votefor(coopname, member.name, 1, hash).to_action(),
            member,
        ),
        (
            soviet()
                .voteagainst(coopname, member.name, 1, hash)
                .to_action(),
            member,
        ),
        (
            soviet()
                .authorize(coopname, chairman.name, 1, document())
                .to_action(),
            chairman,
        ),
        (soviet().exec(member.name, coopname, 1).to_action(), member),
        (registrator().setpause(true).to_action(), &chain.registrator),
        (
            registrator().setquota(coopname, 1, 1).to_action(),
            &chain.registrator,
        ),
        (
            registrator()
                .setcharter(coopname, Charter::default(), document())
                .to_action(),
            &coop.account,
        ),
        (
            registrator()
                .signagree(coopname, member.name, vec![document()])
                .to_action(),
            member,
        ),
        (
            registrator()
                .exitcoop(coopname, member.name, document())
                .to_action(),
            member,
        ),
        (
            registrator()
                .moveuser(coopname, chairman.name, member.name, document())
                .to_action(),
            member,
        ),
        (
            registrator()
                .blockuser(coopname, member.name, chairman.name, document())
                .to_action(),
            member,
        ),
        (
            gateway()
                .sharemoney(coopname, member.name, sum, document())
                .to_action(),
            member,
        ),
        (
            gateway()
                .shareprop(coopname, member.name, hash, sum, document())
                .to_action(),
            member,
        ),
        (
            gateway()
                .returnmoney(coopname, member.name, sum, document())
                .to_action(),
            member,
        ),
        (
            gateway()
                .returnprop(coopname, member.name, 1, document())
                .to_action(),
            member,
        ),
        (
            gateway()
                .acceptprop(coopname, cashier.name, 1, document())
                .to_action(),
            cashier,
        ),
        (
            soviet()
                .accepttype(coopname, chairman.name, name!("x"))
                .to_action(),
            &coop.account,
        ),
        (
            soviet()
                .droptype(coopname, chairman.name, name!("x"))
                .to_action(),
            &coop.account,
        ),
        (
            soviet().support(coopname, member.name, 2).to_action(),
            member,
        ),
        (
            soviet().object(coopname, member.name, 2).to_action(),
            member,
        ),
    ]
}

#[test]
fn attack_every_action_in_somebody_elses_name() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    coop.question();
    let before = (
        coop.decisions(),
        coop.funds(),
        chain.rows(&chain.soviet, coop.name(), name!("staff")),
    );
    let outsider = coop.members[2].clone();
    for forger in [&chain.stranger, &outsider] {
        for (action, owner) in forged(&coop, forger) {
            chain
                .push(vec![action], &[forger])
                .lacks_authority_of(owner.name);
        }
    }
    let after = (
        coop.decisions(),
        coop.funds(),
        chain.rows(&chain.soviet, coop.name(), name!("staff")),
    );
    assert_eq!(after, before);
}
