//! A second chain where everything is the same, names, keys, contracts and questions, but the chain's id:
//! nothing that was signed for the first means anything there.

use antelope_rpc_client::{ErrorKind, TransactionOptions, transaction};
use antelope_types::{Action, asset};
use coop_model::catalogue::registry;
use coop_model::people::kind;
use coop_model::{Document, refusal};
use veche_tests::drawn_alike;

use crate::scenarios::world::{Chain, Coop, Draft, Outcome, Person, Question};

/// The same cooperative, with a participant, an outsider and somebody who may apply, on this chain.
struct World {
    coop: Coop<'static>,
    participant: Person,
    newcomer: Person,
}

impl World {
    fn on(make: fn() -> Chain) -> Self {
        drawn_alike(|| {
            let chain: &'static Chain = Box::leak(Box::new(make()));
            let coop = Coop::new(chain, 3);
            let (participant, newcomer) = (coop.admitted(), coop.newcomer());
            coop.contribute(&participant, asset!("50.00 RUB"));
            Self {
                coop,
                participant,
                newcomer,
            }
        })
    }

    /// Documents of every kind of signer, each with what sends it.
    fn documents(&self, question: &Question) -> Vec<(Document, Sender)> {
        let coop = &self.coop;
        let (chain, chairman) = (coop.chain, coop.chairman());
        let sum = asset!("5.00 RUB");
        let money = |id| {
            Draft::money(coop, id, self.participant.name, sum)
                .signed_by(chain, &[&self.participant])
        };
        let statement = Draft::statement(coop, self.newcomer.name);
        let protocol = Draft::protocol(coop, question);
        let proposal = Draft::proposal(coop, chairman.name);
        vec![
            (protocol.signed_by(chain, &[chairman]), |world, document| {
                let coop = &world.coop;
                let question = coop.question_of(world.question().hash);
                coop.authorize_with(coop.chairman(), &question, document)
            }),
            (proposal.signed_by(chain, &[chairman]), |world, document| {
                world.coop.propose(world.coop.chairman(), document)
            }),
            (
                statement.signed_by(chain, &[&self.newcomer]),
                |world, document| {
                    let person = &world.newcomer;
                    world.coop.apply(person, person, kind::INDIVIDUAL, document)
                },
            ),
            (money(registry::MONEY_STATEMENT), |world, document| {
                let (coop, person) = (&world.coop, &world.participant);
                coop.offer_money(person, person, asset!("5.00 RUB"), document)
            }),
            (
                money(registry::MONEY_RETURN_STATEMENT),
                |world, document| {
                    let (coop, person) = (&world.coop, &world.participant);
                    coop.ask_money(person, person, asset!("5.00 RUB"), document)
                },
            ),
        ]
    }

    /// The first question on the agenda.
    fn question(&self) -> Question {
        let row = self.coop.decisions().remove(0);
        let hash = row["hash"].as_str().expect("a hash").parse();
        self.coop.question_of(hash.expect("a hash"))
    }

    fn vote(&self, question: &Question) -> Action {
        let (coop, member) = (&self.coop, &self.coop.members[2]);
        coop.soviet(member)
            .votefor(coop.name(), member.name, question.id, question.hash)
            .to_action()
    }
}

/// What sends a document of some kind.
type Sender = fn(&World, &Document) -> Outcome;

/// The same question on both, each proposed with a signature for its own chain.
fn asked(worlds: [&World; 2]) -> Question {
    let draft = Draft::proposal(&worlds[0].coop, worlds[0].coop.chairman().name);
    let now = worlds[0].coop.chain.clock();
    let mut question = None;
    for world in worlds {
        let (coop, chairman) = (&world.coop, world.coop.chairman());
        let proposal = draft.signed_for(coop.chain.id, now, &[chairman]);
        coop.propose(chairman, &proposal).accepted();
        question = Some(coop.question_of(proposal.hash()));
        for member in &coop.members[..2] {
            coop.vote_for(member, &coop.question_of(proposal.hash()))
                .accepted();
        }
    }
    question.expect("a question")
}

#[test]
fn attack_what_was_signed_for_one_chain_is_nothing_on_another() {
    let (here, there) = (World::on(Chain::own), World::on(Chain::alike));
    assert_ne!(here.coop.chain.id, there.coop.chain.id);
    assert_eq!(here.coop.name(), there.coop.name());
    assert_eq!(here.coop.chain.soviet.name, there.coop.chain.soviet.name);
    assert_eq!(
        here.participant.public_key(),
        there.participant.public_key()
    );
    // The second one began earlier: both stand at the same time.
    let later = here.coop.chain.now().max(there.coop.chain.now());
    for world in [&here, &there] {
        world.coop.chain.jump_to(later);
    }
    let question = asked([&here, &there]);
    assert_eq!(there.question(), question, "the same question on both");
    let before = (there.coop.decisions(), there.coop.payments());

    for (document, send) in here.documents(&question) {
        send(&there, &document).refused(refusal::document::WRONG_SIGNATURE);
        send(&here, &document).accepted();
        send(&there, &document).refused(refusal::document::WRONG_SIGNATURE);
    }
    assert_eq!((there.coop.decisions(), there.coop.payments()), before);
}

#[test]
fn attack_a_transaction_of_one_chain_is_nothing_on_another() {
    let (here, there) = (World::on(Chain::own), World::on(Chain::alike));
    let later = here.coop.chain.now().max(there.coop.chain.now());
    for world in [&here, &there] {
        world.coop.chain.jump_to(later);
    }
    let draft = Draft::proposal(&here.coop, here.coop.chairman().name);
    let now = here.coop.chain.clock();
    for world in [&here, &there] {
        let (coop, chairman) = (&world.coop, world.coop.chairman());
        let proposal = draft.signed_for(coop.chain.id, now, &[chairman]);
        coop.propose(chairman, &proposal).accepted();
    }
    let question = here.question();
    assert_eq!(there.question(), question);
    let voter = here.coop.members[2].clone();
    let sign = |world: &World, signed_for: &World| {
        let chain = world.coop.chain;
        let built = chain
            .client
            .build(&[world.vote(&question)], &TransactionOptions::default())
            .expect("a transaction");
        let keys = [voter.signer()];
        transaction::sign(&signed_for.coop.chain.id, built, &keys).expect("signatures")
    };
    // Even where it refers to a block that is there, the signature is of another chain.
    let foreign = sign(&there, &here);
    let error = there.coop.chain.client.send(&foreign);
    let error = error.expect_err("taken from another chain");
    assert!(error.is(ErrorKind::UnsatisfiedAuthorization), "{error}");
    let row = there.coop.decision(question.id).expect("the question");
    assert_eq!(row["votes_for"], 0);
    let own = sign(&there, &there);
    there.coop.chain.client.send(&own).expect("its own");
}
