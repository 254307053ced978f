//! Taking over a council, a chair or a cash desk that is somebody else's.

use antelope_types::{Checksum256, name};
use coop_model::coop::status;
use coop_model::council::board;
use coop_model::refusal;
use coop_model::{Right, Seat};

use crate::scenarios::world::{Chain, Coop, Draft, Person, with_wrong_key};

#[test]
fn attack_a_former_chairman_signs_no_more() {
    let chain = &Chain::own();
    let coop = Coop::with_seats(chain, 4, 0);
    let mut seats: Vec<Seat> = coop.seats(4).split_off(1);
    seats[0].position = name!("chairman");
    let ballot = coop.nearly_elect(seats);
    let question = coop.question();
    coop.approve(&question);
    let protocol = Draft::protocol(&coop, &question).signed_by(chain, &[coop.chairman()]);
    coop.sit(&ballot).accepted();
    let not_chairman = refusal::council::NOT_THE_CHAIRMAN;
    coop.authorize_with(coop.chairman(), &question, &protocol)
        .refused(not_chairman);
    let rights = vec![Right {
        contract: chain.gateway.name,
        action: name!("incomplete"),
    }];
    let chairman = coop.chairman();
    let action = coop
        .soviet(chairman)
        .addstaff(coop.name(), chairman.name, chain.stranger.name, rights)
        .to_action();
    chain.push(vec![action], &[chairman]).refused(not_chairman);
    // The old protocol in the new chairman's hands is signed by the wrong person.
    coop.authorize_with(&coop.members[1], &question, &protocol)
        .refused(refusal::document::ANOTHER_SIGNER);
}

#[test]
fn attack_the_chairman_of_one_cooperative_rules_no_other() {
    let chain = Chain::shared();
    let (coop, other) = (Coop::new(chain, 3), Coop::new(chain, 3));
    let question = other.question();
    other.approve(&question);
    let protocol = Draft::protocol(&other, &question).signed_by(chain, &[coop.chairman()]);
    other
        .authorize_with(coop.chairman(), &question, &protocol)
        .refused(refusal::council::NOT_THE_CHAIRMAN);
    other
        .vote_against(coop.chairman(), &question)
        .refused(refusal::council::NO_VOTING_SEAT);
}

#[test]
fn attack_a_cooperative_elects_a_council_nobody_voted_for() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    // The cooperative's key, and three participants who are in its pocket, of thirteen.
    let puppets = [0; 3].map(|_| coop.admitted());
    let others = [0; 7].map(|_| coop.admitted());
    let mut seats = coop.seats(3);
    for (seat, puppet) in seats.iter_mut().zip(&puppets) {
        seat.username = puppet.name;
    }
    let all: Vec<&Person> = puppets.iter().collect();
    let submit = |signers: &[&Person]| {
        let version = coop.next_version();
        let meeting = Draft::election(chain, coop.name(), version, board::COUNCIL, &seats)
            .signed_by(chain, signers);
        coop.submit_with(board::COUNCIL, seats.clone(), meeting)
    };
    // Names without keys.
    let forgers = puppets.clone().map(|puppet| with_wrong_key(&puppet));
    submit(&forgers.iter().collect::<Vec<_>>()).refused(refusal::document::WRONG_KEY);
    submit(&all[..2]).refused(refusal::council::NOT_ALL_ELECTED);
    submit(&all).accepted();
    // Four of ten or more are needed, and nobody else supports them.
    let ballot = coop.ballot();
    for other in &others[..3] {
        coop.object(other, ballot.version).accepted();
    }
    coop.sit(&ballot).refused(refusal::council::NO_SUPPORT);
    coop.drop_board(&chain.stranger, ballot.version).accepted();
    assert_eq!(coop.council()["board"], 1);
    // Accounts that are no participants do not help.
    let outsiders = [0; 3].map(|_| coop.newcomer());
    for (seat, outsider) in seats.iter_mut().zip(&outsiders) {
        seat.username = outsider.name;
    }
    coop.submit_board(board::COUNCIL, seats, &outsiders.each_ref())
        .refused(refusal::council::MEMBER_NOT_A_PARTICIPANT);
}

#[test]
fn attack_a_blocked_cooperative_begins_nothing_and_ends_everything() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let (open, approved, authorized) = (coop.question(), coop.question(), coop.question());
    coop.approve(&approved);
    coop.approve(&authorized);
    coop.authorize(&authorized).accepted();
    let (waiting, unpaid) = (coop.applicant(), coop.applicant());
    let person = coop.newcomer();
    coop.set_status(status::BLOCKED).accepted();
    let inactive = refusal::coop::NOT_ACTIVE;
    let proposal =
        Draft::proposal(&coop, coop.chairman().name).signed_by(chain, &[coop.chairman()]);
    coop.propose(coop.chairman(), &proposal).refused(inactive);
    let statement = Draft::statement(&coop, person.name).signed_by(chain, &[&person]);
    coop.apply(&person, &person, name!("individual"), &statement)
        .refused(inactive);
    coop.submit(coop.seats(3)).refused(inactive);
    // What has begun ends, one way or the other.
    coop.decide(&open);
    coop.authorize(&approved).accepted();
    coop.exec(&approved).accepted();
    coop.exec(&authorized).accepted();
    coop.decline_payment(&coop.cashier, unpaid.hash).accepted();
    // Money that still comes goes back without a question.
    coop.confirm_payment(waiting.hash).accepted();
    assert!(coop.decisions().is_empty());
    coop.refund(waiting.hash).accepted();
    assert!(coop.candidate(&waiting.person).is_none());
    coop.check_books();
}

#[test]
fn attack_a_squatter_takes_the_name_before_the_person() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let squatter = chain.account();
    let owner = Person {
        name: squatter.name,
        ..Person::new()
    };
    chain
        .push(
            vec![coop.new_account(&coop.account, &owner)],
            &[&coop.account],
        )
        .refused(refusal::account::EXISTS);
    // An account that registrator did not make is nobody's statement.
    let statement = Draft::statement(&coop, squatter.name).signed_by(chain, &[&squatter]);
    coop.apply(
        &squatter,
        &squatter,
        coop_model::people::kind::INDIVIDUAL,
        &statement,
    )
    .refused(refusal::account::NOT_REGISTERED);
}

#[test]
fn attack_new_code_in_the_middle_of_a_vote_is_seen_by_everybody() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let question = coop.question();
    coop.approve(&question);
    let soviet = &chain.soviet;
    let code = || {
        chain
            .client
            .get_code_hash(soviet.name)
            .expect("a code's hash")
    };
    // Whoever builds the sources knows the hash.
    let sources = Checksum256::sha256(&veche_tests::built("soviet").wasm);
    assert_eq!(code(), sources);
    let rows = coop.decisions();
    chain.deploy(soviet, "hello");
    assert_ne!(code(), sources);
    assert_eq!(
        code(),
        Checksum256::sha256(&veche_tests::built("hello").wasm)
    );
    // Without the contract nothing is decided; with it everything goes on where it was.
    let sent = |action: antelope_types::Action| chain.push(vec![action], &[&chain.stranger]);
    let exec = coop
        .soviet(&chain.stranger)
        .exec(chain.stranger.name, coop.name(), question.id)
        .to_action();
    assert!(sent(exec).0.is_err());
    chain.deploy(soviet, "soviet");
    chain.client.forget_abi(soviet.name);
    assert_eq!(code(), sources);
    assert_eq!(coop.decisions(), rows);
    coop.authorize(&question).accepted();
    coop.exec(&question).accepted();
}
