//! What readers get in one answer: an ordinary transaction returns 256 bytes at most, where the
//! producers have not raised `max_action_return_value_size`; a read-only one returns all of a page.

use antelope_rpc_client::Client;
use antelope_types::{Action, Decode, Name};
use coop_model::agenda::Agenda;
use coop_model::clients::{Gateway, Soviet};
use coop_model::funds::Balances;
use coop_model::parameters;

use super::world::{Chain, Coop, Person, Question};

/// The chain's error of an action that returns too much: `action_return_value_exception`.
const RETURNS_TOO_MUCH: u64 = 3_050_014;

/// Bytes of an answer without questions: their number and where to read on.
const EMPTY_AGENDA: usize = 1 + 8;
/// Bytes of a question without votes.
const QUESTION: usize = 84;
/// Bytes of a vote.
const VOTE: usize = 8;

fn agenda(coop: &Coop<'_>, from_id: u64, limit: u32) -> Action {
    Soviet::at(coop.chain.soviet.name)
        .signed_by(coop.chain.stranger.active())
        .getagenda(coop.name(), from_id, limit)
        .to_action()
}

fn balances(coop: &Coop<'_>, from: Name, limit: u32) -> Action {
    Gateway::at(coop.chain.gateway.name)
        .signed_by(coop.chain.stranger.active())
        .getbalances(coop.name(), from, limit)
        .to_action()
}

/// What an ordinary transaction returns; `None` where the answer is too long for it.
fn ordinary(chain: &Chain, action: Action) -> Option<Vec<u8>> {
    let outcome = chain.push(vec![action], &[&chain.stranger]);
    match outcome.0 {
        Ok(trace) => Some(trace.return_value().to_vec()),
        Err(error) => {
            assert_eq!(error.code(), Some(RETURNS_TOO_MUCH), "{error}");
            None
        }
    }
}

/// What a read-only transaction returns.
fn read_only(client: &Client, action: Action) -> Vec<u8> {
    let action = Action {
        authorization: vec![],
        ..action
    };
    client
        .read_only(action)
        .expect("an answer")
        .return_value()
        .to_vec()
}

/// These members vote, in one transaction.
fn vote(coop: &Coop<'_>, members: &[Person], question: &Question) {
    let actions = members.iter().map(|member| {
        coop.soviet(member)
            .votefor(coop.name(), member.name, question.id, question.hash)
            .to_action()
    });
    let signers: Vec<&Person> = members.iter().collect();
    coop.chain.push(actions.collect(), &signers).accepted();
}

#[test]
fn bounds_an_ordinary_transaction_returns_two_questions_with_nine_votes_or_one_with_twenty() {
    let coop = Coop::new(Chain::shared(), 23);
    let questions = [0; 3].map(|_| coop.question());
    let asked = |limit| ordinary(coop.chain, agenda(&coop, 0, limit)).map(|answer| answer.len());
    assert_eq!(asked(2), Some(EMPTY_AGENDA + 2 * QUESTION));
    assert_eq!(asked(3), None);

    vote(&coop, &coop.members[..9], &questions[1]);
    assert_eq!(asked(2), Some(EMPTY_AGENDA + 2 * QUESTION + 9 * VOTE));
    vote(&coop, &coop.members[9..10], &questions[1]);
    assert_eq!(asked(2), None);

    vote(&coop, &coop.members[..20], &questions[0]);
    assert_eq!(asked(1), Some(EMPTY_AGENDA + QUESTION + 20 * VOTE));
    vote(&coop, &coop.members[20..21], &questions[0]);
    assert_eq!(asked(1), None);

    let all = read_only(&coop.chain.client, agenda(&coop, 0, parameters::MAX_PAGE));
    assert_eq!(all.len(), EMPTY_AGENDA + 3 * QUESTION + 31 * VOTE);
}

#[test]
fn bounds_a_reader_pages_through_the_agenda_by_what_fits_an_ordinary_transaction() {
    let coop = Coop::new(Chain::shared(), 3);
    let asked = [0; 5].map(|_| coop.question());
    let (mut found, mut from_id) = (Vec::new(), 0);
    loop {
        let answer = ordinary(coop.chain, agenda(&coop, from_id, 2)).expect("two questions");
        let page = Agenda::from_bytes(&answer).expect("an agenda");
        found.extend(page.questions.iter().map(|question| question.id));
        if page.next_id == 0 {
            break;
        }
        from_id = page.next_id;
    }
    assert_eq!(found, asked.map(|question| question.id));
}

#[test]
fn bounds_a_read_only_transaction_returns_a_whole_page_of_whatever_votes() {
    let chain = Chain::own();
    let coop = Coop::new(&chain, parameters::MAX_SEATS);
    let of_member = parameters::MAX_UNFINISHED_OF_MEMBER as usize;
    let page = parameters::MAX_PAGE as usize;
    for number in 0..page {
        let question = coop.question_by(&coop.members[number / of_member]);
        vote(&coop, &coop.members, &question);
    }
    let answer = read_only(&chain.client, agenda(&coop, 0, parameters::MAX_PAGE));
    let all = EMPTY_AGENDA + page * (QUESTION + parameters::MAX_SEATS * VOTE);
    assert_eq!(answer.len(), all);
}

#[test]
fn bounds_an_ordinary_transaction_returns_the_balances_of_two_participants() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let mut people = [0; 3].map(|_| coop.admitted());
    people.sort_by_key(|person| person.name);
    let asked = |limit| ordinary(chain, balances(&coop, Name::EMPTY, limit));
    // Six sums, the number of wallets, where to read on; a name and four sums for each wallet.
    let (funds, wallet) = (6 * 16 + 1 + 8, 8 + 4 * 16);
    let two = asked(2).expect("two wallets");
    assert_eq!(two.len(), funds + 2 * wallet);
    assert_eq!(asked(3), None);
    let two = Balances::from_bytes(&two).expect("balances");
    assert_eq!(two.next, people[2].name);
    let all = read_only(&chain.client, balances(&coop, Name::EMPTY, 50));
    assert_eq!(all.len(), funds + 3 * wallet);
}
