//! Limits on the number of questions. That work does not grow with it is counted in `costs::limits`.

use antelope_types::{Action, asset};
use coop_model::{parameters, refusal};

use crate::scenarios::world::{Chain, Coop, Draft, Foreign, Outcome, Person};

/// Free questions of one member.
fn publish(coop: &Coop<'_>, member: &Person, count: usize) -> Outcome {
    let actions: Vec<Action> = (0..count)
        .map(|_| {
            let proposal = Draft::proposal(coop, member.name).signed_by(coop.chain, &[member]);
            coop.soviet(member)
                .freedecision(coop.name(), member.name, proposal)
                .to_action()
        })
        .collect();
    coop.chain.push(actions, &[member])
}

#[test]
fn bounds_free_questions_have_quotas() {
    let coop = Coop::new(Chain::shared(), 11);
    let most = parameters::MAX_UNFINISHED_OF_MEMBER as usize;
    let first = coop.question();
    publish(&coop, coop.chairman(), most - 1).accepted();
    publish(&coop, coop.chairman(), 1).refused(refusal::decision::TOO_MANY_OF_MEMBER);
    for member in &coop.members[1..10] {
        publish(&coop, member, most).accepted();
    }
    assert_eq!(coop.council()["free"], parameters::MAX_UNFINISHED_FREE);
    publish(&coop, &coop.members[10], 1).refused(refusal::decision::TOO_MANY_FREE);
    // Candidates still get in.
    coop.admitted();
    // A finished question makes room for one.
    coop.approve(&first);
    coop.authorize(&first).accepted();
    coop.exec(&first).accepted();
    publish(&coop, coop.chairman(), 1).accepted();

    let page = coop.agenda(0, 50);
    assert_eq!(page["questions"].as_array().map(Vec::len), Some(50));
}

#[test]
fn bounds_the_questions_of_a_kind_and_of_a_cooperative_end() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 11);
    let quota = coop
        .registrator(&chain.registrator)
        .setquota(coop.name(), 2_000, 2_000)
        .to_action();
    chain.push(vec![quota], &[&chain.registrator]).accepted();
    // 25 participants ask for money back, 8 times each.
    let people: Vec<Person> = (0..25).map(|_| coop.admitted()).collect();
    for person in &people {
        coop.contribute(person, asset!("50.00 RUB"));
        for _ in 0..parameters::MAX_OPEN_OF_PARTICIPANT {
            coop.return_money(person, asset!("1.00 RUB"));
        }
    }
    let mut waiting: Vec<_> = (0..=parameters::MAX_UNFINISHED_OF_KIND)
        .map(|_| coop.sent_application().hash)
        .collect();
    let last = waiting.pop().expect("the last");
    for hash in &waiting {
        coop.confirm_payment(*hash).accepted();
    }
    coop.confirm_payment(last)
        .refused(refusal::decision::TOO_MANY_OF_KIND);
    // 200 free and 200 of other contracts: a thousand.
    for member in &coop.members[..10] {
        publish(&coop, member, parameters::MAX_UNFINISHED_OF_MEMBER as usize).accepted();
    }
    let owner = Foreign::of(&coop);
    for _ in 0..parameters::MAX_UNFINISHED_FOREIGN {
        owner.publish(&coop, chain.unique_hash()).accepted();
    }
    assert_eq!(coop.council()["unfinished"], parameters::MAX_UNFINISHED);
    let too_many = refusal::decision::TOO_MANY;
    coop.try_block(&coop.members[10], &people[0], true)
        .0
        .refused(too_many);
    publish(&coop, &coop.members[10], 1).refused(too_many);
    // One that ends makes room.
    let question = coop.question_of(waiting[0]);
    coop.decide(&question);
    coop.block(&people[0], true);
}

/// What a node gives a transaction by default.
const TRANSACTION_US: u32 = 30_000;

#[test]
fn bounds_the_largest_meetings_fit_a_transaction() {
    let chain = Chain::shared();
    for (kind, make) in [
        ("K1", Person::new as fn() -> Person),
        ("R1", Person::with_r1),
        ("WebAuthn", Person::with_webauthn),
    ] {
        // A busy machine measures too much now and then: one of three attempts must fit.
        let mut measured = Vec::new();
        while measured.iter().all(|cpu_us| *cpu_us >= TRANSACTION_US) {
            assert!(
                measured.len() < 3,
                "64 signatures of {kind}: {measured:?} us"
            );
            let coop = Coop::active(chain, (0..64).map(|_| make()).collect());
            coop.register_members().accepted();
            measured.push(coop.found().accepted().cpu_us());
        }
    }
}
