//! Documents: what a signature covers, whose key it needs, and what of it a contract refuses.

use antelope_rpc_client::WebAuthnKey;
use antelope_types::{Checksum256, PublicKey, Signature, TimePoint, UserPresence, asset, name};
use coop_model::catalogue::registry;
use coop_model::council::board;
use coop_model::people::kind;
use coop_model::refusal::{self, Refusal};
use coop_model::{Age, parameters};
use coop_model::{Document, Meta};

use super::world::{Chain, Coop, Draft, Outcome, Person, with_wrong_key};

const FOREIGN_SIGNATURE: Refusal = refusal::document::WRONG_SIGNATURE;
const FOREIGN_KEY: Refusal = refusal::document::WRONG_KEY;

/// A change of a signed document.
type Change = fn(&mut Document);

/// Sends a proposal of the chairman.
fn propose(coop: &Coop<'_>, proposal: &Document) -> Outcome {
    coop.propose(coop.chairman(), proposal)
}

fn proposal(coop: &Coop<'_>) -> Document {
    Draft::proposal(coop, coop.chairman().name).signed_by(coop.chain, &[coop.chairman()])
}

#[test]
fn documents_are_signed_with_every_kind_of_key() {
    let chain = Chain::shared();
    let people = vec![Person::with_webauthn(), Person::with_r1(), Person::new()];
    let coop = Coop::founded_by(chain, people, 3);
    for person in [Person::new(), Person::with_r1(), Person::with_webauthn()] {
        let candidate = coop.applies(coop.newcomer_like(person));
        coop.confirm_payment(candidate.hash).accepted();
        // The chairman signs the protocol with WebAuthn.
        coop.decide(&coop.question_of(candidate.hash));
        assert!(coop.participant(&candidate.person).is_some());
    }
    for member in &coop.members {
        let proposal = Draft::proposal(&coop, member.name).signed_by(chain, &[member]);
        coop.propose(member, &proposal).accepted();
    }
}

#[test]
fn documents_are_covered_by_their_signature_whole() {
    let coop = Coop::new(Chain::shared(), 3);
    let changes: [(&str, Change); 12] = [
        ("title", |document| document.meta.title.push('!')),
        ("lang", |document| document.meta.lang = "en".to_owned()),
        ("generator", |document| document.meta.generator.push('x')),
        ("version", |document| document.meta.version.push('1')),
        ("block_num", |document| document.meta.block_num += 1),
        ("created_at", |document| {
            let created_at = document.meta.created_at.micros();
            document.meta.created_at = TimePoint::from_micros(created_at + 1);
        }),
        ("timezone", |document| {
            document.meta.timezone = "UTC".to_owned()
        }),
        ("links", |document| {
            document.meta.links.push(Checksum256::ZERO)
        }),
        ("subject", |document| {
            document.meta.subject = Some(coop_model::Subject::Project(
                coop_model::document::subject::ProjectSubject {
                    project: Checksum256::ZERO,
                },
            ));
        }),
        ("doc_hash", |document| document.doc_hash.0[31] ^= 1),
        ("signed_at", |document| {
            let signed_at = document.signatures[0].signed_at.micros();
            document.signatures[0].signed_at = TimePoint::from_micros(signed_at - 1);
        }),
        ("signature", |document| {
            if let Signature::K1(compact) = &mut document.signatures[0].signature {
                compact[40] ^= 1;
            }
        }),
    ];
    for (field, change) in changes {
        let mut document = proposal(&coop);
        change(&mut document);
        let outcome = propose(&coop, &document);
        if field == "signature" {
            // Which key the broken signature gives, if any, is the curve's affair.
            assert!(outcome.0.is_err(), "a broken signature was accepted");
        } else {
            outcome.refused(FOREIGN_SIGNATURE);
        }
    }
    assert!(coop.decisions().is_empty());
    propose(&coop, &proposal(&coop)).accepted();
}

#[test]
fn documents_are_signed_by_their_signer() {
    let coop = Coop::new(Chain::shared(), 3);
    let (chairman, member) = (coop.chairman(), &coop.members[1]);
    let draft = Draft::proposal(&coop, chairman.name);
    propose(&coop, &draft.unsigned()).refused(refusal::document::NO_SIGNATURES);
    propose(&coop, &draft.signed_by(coop.chain, &[member]))
        .refused(refusal::document::ANOTHER_SIGNER);
    // A right signature of another person under the chairman's name.
    let mut document = draft.signed_by(coop.chain, &[member]);
    document.signatures[0].signer = chairman.name;
    propose(&coop, &document).refused(FOREIGN_SIGNATURE);
    // A signature under the chairman's name with a thief's own key.
    let thief = with_wrong_key(chairman);
    propose(&coop, &draft.signed_by(coop.chain, &[&thief])).refused(FOREIGN_KEY);
    // The same, pretending that the key is the chairman's.
    let mut document = draft.signed_by(coop.chain, &[&thief]);
    document.signatures[0].public_key = chairman.public_key();
    propose(&coop, &document).refused(FOREIGN_SIGNATURE);
}

#[test]
fn documents_are_signed_with_the_present_key() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let old = coop.chairman().clone();
    let new = with_wrong_key(&old);
    let auth = antelope_types::Authority::from_key(new.public_key());
    let change =
        antelope_rpc_client::native::update_auth(old.name, name!("active"), name!("owner"), auth);
    let draft = Draft::proposal(&coop, old.name);
    let before = draft.signed_by(chain, &[&old]);
    chain.push(vec![change], &[&old]).accepted();
    coop.propose(&new, &before).refused(FOREIGN_KEY);
    coop.propose(&new, &draft.signed_by(chain, &[&new]))
        .accepted();
}

#[test]
fn documents_are_signed_by_a_key_that_suffices_alone() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let chairman = coop.chairman();
    let second = Person::new();
    let mut auth = antelope_types::Authority::from_key(chairman.public_key());
    auth.keys
        .extend(antelope_types::Authority::from_key(second.public_key()).keys);
    auth.threshold = 2;
    auth.sort();
    let change = antelope_rpc_client::native::update_auth(
        chairman.name,
        name!("active"),
        name!("owner"),
        auth,
    );
    chain.push(vec![change], &[chairman]).accepted();
    let proposal = proposal(&coop);
    let action = coop
        .soviet(chairman)
        .freedecision(coop.name(), chairman.name, proposal)
        .to_action();
    chain
        .push(vec![action], &[chairman, &second])
        .refused(FOREIGN_KEY);
}

#[test]
fn documents_are_of_this_chain() {
    let coop = Coop::new(Chain::shared(), 3);
    let chairman = coop.chairman();
    let mut other_chain = coop.chain.id;
    other_chain.0[0] ^= 1;
    let draft = Draft::proposal(&coop, chairman.name);
    let now = coop.chain.clock();
    propose(&coop, &draft.signed_for(other_chain, now, &[chairman])).refused(FOREIGN_SIGNATURE);
    propose(&coop, &draft.signed_for(coop.chain.id, now, &[chairman])).accepted();
}

#[test]
fn documents_are_not_signed_in_the_future() {
    let coop = Coop::new(Chain::shared(), 3);
    let chairman = coop.chairman();
    let later = |seconds: i64| {
        let at = TimePoint::from_micros(coop.chain.clock().micros() + seconds * 1_000_000);
        propose(
            &coop,
            &Draft::proposal(&coop, chairman.name).signed_for(coop.chain.id, at, &[chairman]),
        )
    };
    later(570).accepted();
    later(700).refused(refusal::document::IN_THE_FUTURE);
    let end_of_time = TimePoint::from_micros(i64::MAX);
    let draft = Draft::proposal(&coop, chairman.name);
    propose(
        &coop,
        &draft.signed_for(coop.chain.id, end_of_time, &[chairman]),
    )
    .refused(refusal::document::IN_THE_FUTURE);
}

#[test]
fn documents_have_bounds() {
    let coop = Coop::new(Chain::shared(), 3);
    let chairman = coop.chairman();
    let with = |change: &dyn Fn(&mut Meta)| {
        let mut draft = Draft::proposal(&coop, chairman.name);
        change(&mut draft.meta);
        propose(&coop, &draft.signed_by(coop.chain, &[chairman]))
    };
    with(&|meta| meta.title = "x".repeat(257)).refused(refusal::document::TITLE_BOUND);
    with(&|meta| meta.lang = "x".repeat(9)).refused(refusal::document::LANG_BOUND);
    with(&|meta| meta.generator = "x".repeat(33)).refused(refusal::document::GENERATOR_BOUND);
    with(&|meta| meta.version = "x".repeat(33)).refused(refusal::document::VERSION_BOUND);
    with(&|meta| meta.timezone = "x".repeat(65)).refused(refusal::document::TIMEZONE_BOUND);
    with(&|meta| meta.links = vec![Checksum256::ZERO; 17]).refused(refusal::document::LINKS_BOUND);
    with(&|meta| {
        meta.title = "x".repeat(256);
        meta.lang = "x".repeat(8);
        meta.generator = "x".repeat(32);
        meta.version = "x".repeat(32);
        meta.timezone = "x".repeat(64);
        meta.links = vec![Checksum256::ZERO; 16];
    })
    .accepted();
}

#[test]
fn documents_are_not_taken_with_another_key_form() {
    let coop = Coop::new(Chain::shared(), 3);
    let mut document = proposal(&coop);
    let PublicKey::K1(point) = coop.chairman().public_key() else {
        panic!("a K1 key")
    };
    document.signatures[0].public_key = PublicKey::R1(point);
    propose(&coop, &document).refused(FOREIGN_SIGNATURE);
}

#[test]
fn documents_keep_their_hash_on_chain() {
    let coop = Coop::new(Chain::shared(), 3);
    let person = coop.newcomer();
    let statement = Draft::statement(&coop, person.name).signed_by(coop.chain, &[&person]);
    coop.apply(&person, &person, kind::INDIVIDUAL, &statement)
        .accepted();
    assert_eq!(
        coop.candidate(&person).expect("a candidate")["hash"],
        statement.hash().to_string()
    );
}

#[test]
fn documents_of_a_browser_key_are_of_its_site() {
    let chain = Chain::shared();
    let secret = [7; 32];
    let key = |site: &str, presence| WebAuthnKey::new(secret, site, presence).expect("a key");
    let own = Person::holding(key("coop.example", UserPresence::VERIFIED));
    let coop = Coop::founded_by(chain, vec![own, Person::new(), Person::new()], 3);
    let chairman = coop.chairman();
    let draft = Draft::proposal(&coop, chairman.name);
    // The same secret on another site, or without the person's presence, is another key.
    for (site, presence) in [
        ("evil.example", UserPresence::VERIFIED),
        ("coop.example", UserPresence::NONE),
        ("coop.example", UserPresence::PRESENT),
    ] {
        let phished = Person {
            name: chairman.name,
            ..Person::holding(key(site, presence))
        };
        let mut document = draft.signed_by(chain, &[&phished]);
        propose(&coop, &document).refused(FOREIGN_KEY);
        document.signatures[0].public_key = chairman.public_key();
        propose(&coop, &document).refused(FOREIGN_SIGNATURE);
    }
    propose(&coop, &draft.signed_by(chain, &[chairman])).accepted();
}

/// The terms of documents, in seconds.
const TERMS: [(i64, Age); 2] = [
    (parameters::DOCUMENT_SECONDS as i64, Age::Statement),
    (parameters::MEETING_SECONDS as i64, Age::Meeting),
];

/// Sends a document of this age, rendered and signed so many microseconds from the block that takes it.
fn aged(coop: &Coop<'_>, age: Age, created: i64, signed: i64) -> Outcome {
    let chain = coop.chain;
    let now = chain.now().micros();
    let (created, signed) = (
        TimePoint::from_micros(now + created),
        TimePoint::from_micros(now + signed),
    );
    let everybody: Vec<&Person> = coop.members.iter().collect();
    let sign = |mut draft: Draft, signers: &[&Person]| {
        draft.meta.created_at = created;
        draft.signed_for(chain.id, signed, signers)
    };
    match age {
        Age::Statement => {
            let chairman = coop.chairman();
            let draft = Draft::proposal(coop, chairman.name);
            coop.propose(chairman, &sign(draft, &[chairman]))
        }
        Age::Meeting => {
            let seats = coop.seats(3);
            let version = coop.next_version();
            let draft = Draft::election(chain, coop.name(), version, board::COUNCIL, &seats);
            coop.submit_with(board::COUNCIL, seats, sign(draft, &everybody))
        }
    }
}

#[test]
fn documents_are_rendered_and_signed_within_their_term_to_the_microsecond() {
    let chain = &Chain::own();
    for (seconds, age) in TERMS {
        let coop = Coop::new(chain, 3);
        let oldest = -seconds * 1_000_000;
        let newest = i64::from(parameters::CLOCK_SKEW_SECONDS) * 1_000_000;
        let (early, late) = (refusal::document::TOO_OLD, refusal::document::IN_THE_FUTURE);
        aged(&coop, age, oldest - 1, 0).refused(early);
        aged(&coop, age, oldest, oldest - 1).refused(early);
        aged(&coop, age, newest + 1, 0).refused(late);
        aged(&coop, age, newest, newest + 1).refused(late);
        aged(&coop, age, oldest, oldest).accepted();
        if age == Age::Meeting {
            coop.drop_board(&coop.account, 2).accepted();
        }
        aged(&coop, age, newest, newest).accepted();
    }
}

#[test]
fn documents_of_the_other_age_are_not_mixed_up() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let two_months = -60 * 24 * 3600 * 1_000_000;
    aged(&coop, Age::Statement, two_months, 0).refused(refusal::document::TOO_OLD);
    aged(&coop, Age::Meeting, two_months, two_months).accepted();
}

#[test]
fn documents_serve_once_in_every_process() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let person = coop.admitted();
    coop.contribute(&person, asset!("50.00 RUB"));
    let served = refusal::document::SERVED_ALREADY;
    let one = asset!("1.00 RUB");
    let draft = |id| Draft::money(&coop, id, person.name, one).signed_by(chain, &[&person]);
    // A return that ended; the same statement, and one that was signed before it.
    let older = draft(registry::MONEY_RETURN_STATEMENT);
    let statement = draft(registry::MONEY_RETURN_STATEMENT);
    coop.ask_money(&coop.account, &person, one, &statement)
        .accepted();
    coop.refuse(&coop.question_of(statement.hash()));
    for old in [&statement, &older] {
        coop.ask_money(&coop.account, &person, one, old)
            .refused(served);
    }
    let exit = Draft::exit(&coop, person.name).signed_by(chain, &[&person]);
    coop.ask_exit(&coop.account, &person, &exit).accepted();
    coop.refuse(&coop.question_of(exit.hash()));
    coop.ask_exit(&coop.account, &person, &exit).refused(served);
    // In another cooperative it is not even about it.
    let new = coop.newcomer();
    let moving = Draft::moving(&coop, person.name, new.name).signed_by(chain, &[&new]);
    coop.ask_move(&coop.account, &person, &new, &moving)
        .accepted();
    coop.refuse(&coop.question_of(moving.hash()));
    coop.ask_move(&coop.account, &person, &new, &moving)
        .refused(served);
}

#[test]
fn documents_of_a_participation_that_is_over_serve_no_other() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let person = coop.admitted();
    let sum = asset!("50.00 RUB");
    coop.contribute(&person, sum);
    let statement = Draft::money(&coop, registry::MONEY_RETURN_STATEMENT, person.name, sum)
        .signed_by(chain, &[&person]);
    coop.ask_money(&person, &person, sum, &statement).accepted();
    coop.refuse(&coop.question_of(statement.hash()));
    let exit = coop.exit(&person);
    coop.decide(&exit);
    coop.goes(exit.hash, asset!("350.00 RUB")).accepted();
    // Ten minutes are allowed for clocks that are behind.
    chain.pass(parameters::CLOCK_SKEW_SECONDS);
    let candidate = coop.applies(person);
    coop.confirm_payment(candidate.hash).accepted();
    coop.decide(&coop.question_of(candidate.hash));
    let person = candidate.person;
    let served = refusal::document::SERVED_ALREADY;
    // With a new wallet, and with none but the first share in it.
    coop.ask_money(&coop.account, &person, sum, &statement)
        .refused(served);
    coop.contribute(&person, sum);
    coop.ask_money(&coop.account, &person, sum, &statement)
        .refused(served);
    coop.return_money(&person, sum);
}

#[test]
fn documents_of_a_participation_are_not_older_than_it_but_for_the_clocks_to_the_microsecond() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let person = coop.admitted();
    let sum = asset!("1.00 RUB");
    let joined: TimePoint = coop.participant(&person).expect("a participant")["created_at"]
        .as_str()
        .expect("a time")
        .parse()
        .expect("a time");
    let skew = i64::from(parameters::CLOCK_SKEW_SECONDS) * 1_000_000;
    let offer = |micros: i64| {
        let mut draft = Draft::money(&coop, registry::MONEY_STATEMENT, person.name, sum);
        draft.meta.created_at = TimePoint::from_micros(joined.micros() - skew + micros);
        let statement = draft.signed_by(chain, &[&person]);
        coop.offer_money(&person, &person, sum, &statement)
    };
    offer(-1).refused(refusal::document::SERVED_ALREADY);
    offer(0).accepted();
}
