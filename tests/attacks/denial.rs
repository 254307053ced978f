//! What each kind of actor can cost the others at most: everybody does as much as is not refused, and
//! then the others go on as if nothing had been.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use antelope_types::{Action, Name, asset, name};
use coop_model::{Charter, Right, parameters, refusal};

use crate::scenarios::world::{Chain, Coop, Draft, Foreign, Outcome, Person, fees};

/// The cooperative that is attacked, and one that has nothing to do with it.
struct Ground<'c> {
    coop: Coop<'c>,
    other: &'c Coop<'c>,
}

/// RAM of every account.
type Ram = BTreeMap<Name, i64>;

/// Does as much as is not refused; returns the RAM before it, and who pays for it of those who attack.
type Attack = fn(&Ground<'_>) -> (Ram, Vec<Name>);

/// An actor, what is done, and whether the cooperative itself can go on admitting people.
const ATTACKS: [(&str, Attack, bool); 9] = [
    ("an account without any role", outsider, true),
    ("a candidate, in one cooperative", candidate, true),
    ("as many candidates as may apply alone", candidates, true),
    ("a participant", participant, true),
    ("a member of the council, proposing", member, true),
    (
        "a member of the council, for each participant to block",
        member_against_all,
        true,
    ),
    ("staff that makes accounts", staff, false),
    ("a cooperative", cooperative, false),
    ("a contract that owns a kind", kind_owner, true),
];

/// Sends an action until it is refused, which must be for this reason; returns how often it was taken.
#[track_caller]
fn until_refused(refusal: coop_model::refusal::Refusal, send: impl Fn() -> Outcome) -> u32 {
    let mut taken = 0;
    loop {
        let outcome = send();
        if outcome.0.is_err() {
            outcome.refused(refusal);
            return taken;
        }
        taken += 1;
        assert!(taken <= 1_000, "no end of it");
    }
}

/// Everything that anybody may send, and a cooperative of one's own that the operator never admits.
fn outsider(ground: &Ground<'_>) -> (Ram, Vec<Name>) {
    let (coop, chain) = (&ground.coop, ground.coop.chain);
    let attacker = chain.account();
    let before = chain.ram();
    let (coopname, hash) = (coop.name(), chain.unique_hash());
    let [soviet, gateway] = [0; 2].map(|_| &attacker);
    let actions: Vec<Action> = vec![
        coop.soviet(soviet).seatboard(coopname, 1).to_action(),
        coop.soviet(soviet).dropboard(coopname, 1).to_action(),
        coop.soviet(soviet).freevoices(coopname, 50).to_action(),
        coop.soviet(soviet).declinedec(coopname, 1).to_action(),
        coop.soviet(soviet).expire(coopname, vec![1]).to_action(),
        coop.soviet(soviet).deliver(coopname, 1).to_action(),
        coop.soviet(soviet)
            .exec(attacker.name, coopname, 1)
            .to_action(),
        coop.gateway(gateway).inexpire(coopname, hash).to_action(),
        coop.gateway(gateway).outoverdue(coopname, hash).to_action(),
        coop.gateway(gateway).propoverdue(coopname, 1).to_action(),
        coop.gateway(gateway).tell(coopname, 1).to_action(),
        coop.gateway(gateway).freerefs(coopname, 50).to_action(),
        coop.registrator(&attacker)
            .completemove(coopname, attacker.name)
            .to_action(),
    ];
    for action in actions {
        let name = action.name;
        let outcome = chain.push(vec![action], &[&attacker]);
        let error = outcome.0.expect_err("there is nothing to do");
        assert!(error.assertion().is_some(), "{name}: {error}");
    }
    until_refused(refusal::coop::REGISTERED_ALREADY, || {
        let action = coop
            .registrator(&attacker)
            .regcoop(
                attacker.name,
                fees(),
                Charter::default(),
                chain.unique_hash(),
            )
            .to_action();
        chain.push(vec![action], &[&attacker])
    });
    (before, vec![attacker.name])
}

fn apply(coop: &Coop<'_>, person: &Person) -> Outcome {
    let statement = Draft::statement(coop, person.name).signed_by(coop.chain, &[person]);
    coop.apply(person, person, name!("individual"), &statement)
}

/// Applies and withdraws again and again, and applies once more.
fn candidate(ground: &Ground<'_>) -> (Ram, Vec<Name>) {
    let coop = &ground.coop;
    let person = coop.newcomer();
    let before = coop.chain.ram();
    for _ in 0..10 {
        coop.agree(&person);
        let candidate = coop.applies(person.clone());
        coop.decline_payment(&person, candidate.hash).accepted();
    }
    coop.agree(&person);
    let taken = until_refused(refusal::candidate::CANDIDATE_ALREADY, || {
        apply(coop, &person)
    });
    assert_eq!(taken, 1);
    (before, vec![person.name])
}

fn candidates(ground: &Ground<'_>) -> (Ram, Vec<Name>) {
    let coop = &ground.coop;
    let people: Vec<Person> = (0..=parameters::MAX_INVOICES_ALONE)
        .map(|_| coop.newcomer())
        .collect();
    let (last, people) = people.split_last().expect("somebody");
    let before = coop.chain.ram();
    for person in people {
        apply(coop, person).accepted();
    }
    apply(coop, last).refused(refusal::payment::TOO_MANY_ALONE);
    (before, people.iter().map(|person| person.name).collect())
}

/// Asks for money and begins everything else that a participant can begin.
fn participant(ground: &Ground<'_>) -> (Ram, Vec<Name>) {
    let coop = &ground.coop;
    let person = coop.admitted();
    coop.contribute(&person, asset!("50.00 RUB"));
    let sum = asset!("1.00 RUB");
    let before = coop.chain.ram();
    // One after the other, each withdrawn: nothing is left of it.
    for _ in 0..10 {
        let hash = coop.share_money(&person, sum);
        coop.decline_payment(&person, hash).accepted();
        let id = coop.share_property(&person, sum);
        coop.cancel_property(&person, id).accepted();
    }
    let taken = until_refused(refusal::wallet::TOO_MANY_OPEN, || {
        coop.try_return_money(&person, sum).0
    });
    assert_eq!(taken, parameters::MAX_OPEN_OF_PARTICIPANT);
    (before, vec![person.name])
}

fn member(ground: &Ground<'_>) -> (Ram, Vec<Name>) {
    let coop = &ground.coop;
    let member = &coop.members[2];
    let before = coop.chain.ram();
    let taken = until_refused(refusal::decision::TOO_MANY_OF_MEMBER, || {
        let proposal = Draft::proposal(coop, member.name).signed_by(coop.chain, &[member]);
        coop.propose(member, &proposal)
    });
    assert_eq!(taken, parameters::MAX_UNFINISHED_OF_MEMBER);
    (before, vec![member.name])
}

/// Proposes to block a participant, who can be blocked once at a time: for each of them the contracts
/// pay one question.
fn member_against_all(ground: &Ground<'_>) -> (Ram, Vec<Name>) {
    let coop = &ground.coop;
    let member = &coop.members[2];
    let person = coop.admitted();
    let before = coop.chain.ram();
    let taken = until_refused(refusal::blocking::PROPOSED_ALREADY, || {
        coop.try_block(member, &person, true).0
    });
    assert_eq!(taken, 1);
    (before, vec![member.name])
}

/// Makes accounts until the quota of the cooperative is used up; what that costs does not go beyond it.
fn staff(ground: &Ground<'_>) -> (Ram, Vec<Name>) {
    let (coop, chain) = (&ground.coop, ground.coop.chain);
    let clerk = chain.account();
    let right = Right {
        contract: chain.registrator.name,
        action: name!("newaccount"),
    };
    let add = coop
        .soviet(coop.chairman())
        .addstaff(coop.name(), coop.chairman().name, clerk.name, vec![right])
        .to_action();
    chain.push(vec![add], &[coop.chairman()]).accepted();
    let before = chain.ram();
    let taken = until_refused(refusal::account::QUOTA, || {
        let action = coop.new_account(&clerk, &Person::new());
        chain.push(vec![action], &[&clerk])
    });
    // The founders have theirs.
    assert_eq!(taken, parameters::DEFAULT_ACCOUNTS - 3);
    (before, vec![clerk.name])
}

/// Sends as many applications as may be unpaid.
fn cooperative(ground: &Ground<'_>) -> (Ram, Vec<Name>) {
    let coop = &ground.coop;
    let before = coop.chain.ram();
    let taken = until_refused(refusal::payment::TOO_MANY_INVOICES, || {
        let person = coop.newcomer();
        let statement = Draft::statement(coop, person.name).signed_by(coop.chain, &[&person]);
        coop.apply(&coop.account, &person, name!("individual"), &statement)
    });
    assert_eq!(taken, parameters::MAX_INVOICES);
    (before, Vec::new())
}

/// Takes no decline, publishes as much as may be undelivered and as much again as may be unfinished,
/// and asks for as much money as it may.
fn kind_owner(ground: &Ground<'_>) -> (Ram, Vec<Name>) {
    let (coop, chain) = (&ground.coop, ground.coop.chain);
    let [owner, second] = [0; 2].map(|_| Foreign::of(coop));
    let before = chain.ram();
    let publish = || owner.publish(coop, chain.unique_hash());
    let in_all = parameters::MAX_UNDELIVERED / parameters::MAX_UNFINISHED_FOREIGN;
    for _ in 0..in_all {
        until_refused(refusal::decision::TOO_MANY_FOREIGN, publish);
        chain.pass(parameters::VOTING_SECONDS);
        let rows = coop.decisions();
        let ids: Vec<u64> = rows
            .iter()
            .map(|row| crate::scenarios::world::number(&row["id"]))
            .collect();
        for batch in ids.chunks(parameters::MAX_BATCH) {
            coop.expire_all(batch).accepted();
        }
    }
    publish().refused(refusal::decision::TOO_MANY_UNDELIVERED);
    // Under another name it fills what may be unfinished.
    until_refused(refusal::decision::TOO_MANY_FOREIGN, || {
        second.publish(coop, chain.unique_hash())
    });
    let callbacks = (name!("paid"), name!("unpaid"));
    let member = coop.members[1].name;
    until_refused(refusal::payment::TOO_MANY_FOREIGN, || {
        let sum = asset!("1.00 RUB");
        owner.invoice(coop, member, chain.unique_hash(), sum, callbacks)
    });
    (before, vec![owner.account.name, second.account.name])
}

/// What an admission costs everybody but the person: RAM while it goes on, RAM for good.
fn admission(coop: &Coop<'_>) -> Vec<i64> {
    let chain = coop.chain;
    let contracts = [&chain.registrator, &chain.soviet, &chain.gateway];
    let used = || {
        let ram = chain.ram();
        contracts.map(|contract| ram.get(&contract.name).copied().unwrap_or(0))
    };
    let before = used();
    let candidate = coop.sent_application();
    coop.confirm_payment(candidate.hash).accepted();
    let during = used();
    coop.decide(&coop.question_of(candidate.hash));
    let after = used();
    assert!(coop.participant(&candidate.person).is_some());
    let differences = |now: [i64; 3]| (0..3).map(move |place| now[place] - before[place]);
    differences(during).chain(differences(after)).collect()
}

#[test]
fn attack_nobody_costs_the_others_more_than_the_operators_page_says() {
    let chain = &Chain::own();
    let other = Coop::new(chain, 3);
    // Tables that are new in a scope cost something once.
    admission(&other);
    let usual = admission(&other);
    let mut rows = String::new();
    for (who, attack, may_go_on) in ATTACKS {
        let ground = Ground {
            coop: Coop::new(chain, 3),
            other: &other,
        };
        let coop = &ground.coop;
        let (before, attackers) = attack(&ground);
        let attackers: BTreeSet<Name> = attackers.into_iter().collect();
        let after = chain.ram();
        let cost = |name: Name| {
            let of = |ram: &Ram| ram.get(&name).copied().unwrap_or_default();
            of(&after) - of(&before)
        };
        let [a, b, c, d] = [
            chain.registrator.name,
            chain.soviet.name,
            chain.gateway.name,
            coop.name(),
        ]
        .map(cost);
        let _ = writeln!(rows, "| {who} | {a} | {b} | {c} | {d} |");
        // Nobody else pays, but for accounts that were made, which own what they are.
        let cooperatives = [ground.other.name(), ground.other.account.name];
        for name in cooperatives
            .into_iter()
            .chain(ground.other.members.iter().map(|member| member.name))
        {
            assert_eq!(cost(name), 0, "{who}: {name}");
        }
        let bystanders = coop.members.iter().map(|member| member.name);
        for name in bystanders.filter(|name| !attackers.contains(name)) {
            assert_eq!(cost(name), 0, "{who}: {name}");
        }
        // The others go on, at the same price; in the cooperative itself too.
        assert_eq!(admission(&other), usual, "{who}");
        if may_go_on {
            coop.decide(&coop.question_by(&coop.members[1]));
            admission(coop);
        }
    }
    let page = include_str!("../../docs/operators.md");
    assert!(page.contains(&rows), "{rows}");
}
