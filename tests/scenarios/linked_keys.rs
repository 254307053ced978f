//! A key of its own for votes: a permission under `active`, linked to the two actions of voting.

use antelope_rpc_client::native;
use antelope_types::{Action, Authority, Name, PermissionLevel, Transaction, asset, name};
use coop_model::catalogue::registry;
use coop_model::refusal;

use std::fs;
use std::path::Path;
use std::process::Command;

use super::world::{Chain, Coop, Draft, Outcome, Person, Question};

/// The permission that the key satisfies.
const VOTE: Name = name!("vote");
/// The chain: the permission is not the one that the action needs.
const IRRELEVANT_AUTHORITY: u64 = 3_090_005;
/// The chain: the action is refused as it is.
const ACTION_REFUSED: u64 = 3_050_000;

/// The actions of voting.
const VOTING: [Name; 2] = [name!("votefor"), name!("voteagainst")];

/// Sends an action under one permission of a person, with the key of `signer`.
fn send_as(chain: &Chain, mut action: Action, permission: Name, signer: &Person) -> Outcome {
    action.authorization = vec![PermissionLevel::new(signer.name, permission)];
    chain.push(vec![action], &[signer])
}

fn system(member: &Person, action: Name, arguments: &impl antelope_types::Encode) -> Action {
    Action::new(name!("eosio"), action, &[member.active()], arguments)
}

/// The member makes the permission and links actions of voting to it; returns who has its key.
fn link(chain: &Chain, member: &Person, actions: &[Name]) -> Person {
    let key = Person::new();
    let authority = Authority::from_key(key.public_key());
    let soviet = chain.soviet.name;
    let links = actions
        .iter()
        .map(|action| native::link_auth(member.name, soviet, *action, VOTE));
    let made = native::update_auth(member.name, VOTE, name!("active"), authority);
    let sent = [made].into_iter().chain(links).collect();
    chain.push(sent, &[member]).accepted();
    Person {
        name: member.name,
        ..key
    }
}

fn vote(coop: &Coop<'_>, member: &Person, question: &Question, action: Name) -> Action {
    let soviet = coop.soviet(member);
    let (coopname, id, hash) = (coop.name(), question.id, question.hash);
    match action == VOTING[0] {
        true => soviet.votefor(coopname, member.name, id, hash).to_action(),
        false => soviet
            .voteagainst(coopname, member.name, id, hash)
            .to_action(),
    }
}

/// Everything else that a chairman may do in an own name, as sound as the chairman's key would send it.
fn everything_else(
    coop: &Coop<'_>,
    chairman: &Person,
    key: &Person,
) -> Vec<(&'static str, Action)> {
    let chain = coop.chain;
    let (coopname, me) = (coop.name(), chairman.name);
    let approved = coop.question();
    coop.approve(&approved);
    let protocol = Draft::protocol(coop, &approved).signed_by(chain, &[chairman]);
    let proposal = Draft::proposal(coop, me).signed_by(chain, &[chairman]);
    let sum = asset!("1.00 RUB");
    let paper = Draft::money(coop, registry::MONEY_STATEMENT, me, sum);
    let statement = paper.signed_by(chain, &[chairman]);
    let soviet = || coop.soviet(chairman);
    let stranger = chain.stranger.name;
    let new = Authority::from_key(key.public_key());
    vec![
        (
            "propose",
            soviet().freedecision(coopname, me, proposal).to_action(),
        ),
        (
            "authorize",
            soviet()
                .authorize(coopname, me, approved.id, protocol)
                .to_action(),
        ),
        (
            "execute",
            soviet().exec(me, coopname, approved.id).to_action(),
        ),
        (
            "appoint staff",
            soviet()
                .addstaff(coopname, me, stranger, coop.cashiers_rights())
                .to_action(),
        ),
        (
            "support a council",
            soviet().support(coopname, me, 2).to_action(),
        ),
        (
            "object to a council",
            soviet().object(coopname, me, 2).to_action(),
        ),
        (
            "send a statement",
            coop.gateway(chairman)
                .sharemoney(coopname, me, sum, statement)
                .to_action(),
        ),
        (
            "confirm a payment",
            coop.gateway(chairman)
                .incomplete(coopname, me, approved.hash, sum, approved.hash)
                .to_action(),
        ),
        (
            "transfer a token",
            Action::new(
                chain.stranger.name,
                name!("transfer"),
                &[chairman.active()],
                &[me, stranger],
            ),
        ),
        (
            "change the key of active",
            native::update_auth(me, name!("active"), name!("owner"), new.clone()),
        ),
        (
            "make a permission under active",
            native::update_auth(me, name!("more"), name!("active"), new),
        ),
        (
            "link another action",
            native::link_auth(me, chain.soviet.name, name!("authorize"), VOTE),
        ),
        (
            "link every action of the contract",
            native::link_auth(me, chain.soviet.name, Name::EMPTY, VOTE),
        ),
        ("set code", native::set_code(me, &[])),
    ]
}

#[test]
fn people_may_let_another_key_vote_and_do_nothing_else() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 5);
    let chairman = coop.chairman();
    let key = link(chain, chairman, &VOTING);
    for (action, field) in [(VOTING[0], "votes_for"), (VOTING[1], "votes_against")] {
        let question = coop.question();
        let own = vote(&coop, chairman, &question, action);
        // The key is that of `vote` and of nothing above it.
        send_as(chain, own.clone(), name!("active"), &key).lacks_signature();
        send_as(chain, own.clone(), VOTE, &key).accepted();
        let row = coop.decision(question.id).expect("the question");
        assert_eq!(row[field], 1, "{row}");
        // The chairman's own key votes as before, and there is one vote.
        send_as(chain, own, name!("active"), chairman).refused(refusal::decision::VOTED_ALREADY);
        // In no other member's name.
        let other = vote(&coop, &coop.members[1], &question, action);
        send_as(chain, other, VOTE, &key).lacks_authority_of(coop.members[1].name);
    }
    let before = coop.decisions();
    for (what, action) in everything_else(&coop, chairman, &key) {
        for permission in [VOTE, name!("active"), name!("owner")] {
            let outcome = send_as(chain, action.clone(), permission, &key);
            let error = outcome.0.expect_err(what);
            let code = error.code().unwrap_or_default();
            let expected = match permission == VOTE {
                true => IRRELEVANT_AUTHORITY,
                false => antelope_rpc_client::ErrorKind::UnsatisfiedAuthorization.code(),
            };
            assert_eq!(code, expected, "{what} as {permission}: {error}");
        }
    }
    assert_eq!(
        coop.decisions().len(),
        before.len() + 1,
        "the one to authorize"
    );
    assert_eq!(coop.decisions()[..before.len()], before);
}

#[test]
fn people_sign_no_document_with_a_key_that_may_only_vote() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let chairman = coop.chairman();
    let key = link(chain, chairman, &VOTING);
    let foreign = refusal::document::WRONG_KEY;
    // The cooperative sends what the key has signed, and the chairman's own key what the key wrote.
    let sum = asset!("1.00 RUB");
    let statement = Draft::money(&coop, registry::MONEY_STATEMENT, chairman.name, sum)
        .signed_by(chain, &[&key]);
    coop.offer_money(&coop.account, chairman, sum, &statement)
        .refused(foreign);
    let proposal = Draft::proposal(&coop, chairman.name).signed_by(chain, &[&key]);
    coop.propose(chairman, &proposal).refused(foreign);
    let question = coop.question();
    coop.approve(&question);
    let protocol = Draft::protocol(&coop, &question).signed_by(chain, &[&key]);
    coop.authorize_with(chairman, &question, &protocol)
        .refused(foreign);
}

#[test]
fn people_link_one_way_of_voting_without_the_other() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let member = &coop.members[1];
    let key = link(chain, member, &VOTING[1..]);
    let question = coop.question();
    let [yes, no] = VOTING.map(|action| vote(&coop, member, &question, action));
    send_as(chain, yes, VOTE, &key).refused_by_chain(IRRELEVANT_AUTHORITY);
    send_as(chain, no, VOTE, &key).accepted();
}

#[test]
fn people_take_the_key_for_votes_back() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 5);
    let soviet = chain.soviet.name;
    let member = &coop.members[1];
    let question = coop.question();
    let yes = vote(&coop, member, &question, VOTING[0]);
    let key = link(chain, member, &VOTING);
    let erase = system(member, name!("deleteauth"), &[member.name, VOTE]);
    // What is linked cannot be erased; without the links the key opens nothing.
    chain
        .push(vec![erase.clone()], &[member])
        .refused_by_chain(ACTION_REFUSED);
    let unlink =
        VOTING.map(|action| system(member, name!("unlinkauth"), &[member.name, soviet, action]));
    chain.push(unlink.to_vec(), &[member]).accepted();
    send_as(chain, yes.clone(), VOTE, &key).refused_by_chain(IRRELEVANT_AUTHORITY);
    chain.push(vec![erase], &[member]).accepted();
    assert!(send_as(chain, yes.clone(), VOTE, &key).0.is_err());

    // Another key in its place: the lost one is worth nothing, the new one votes.
    let lost = link(chain, member, &VOTING);
    let new = link_again(chain, member);
    send_as(chain, yes.clone(), VOTE, &lost).lacks_signature();
    send_as(chain, yes, VOTE, &new).accepted();
}

/// Another key for the permission that is linked already.
fn link_again(chain: &Chain, member: &Person) -> Person {
    let key = Person::new();
    let authority = Authority::from_key(key.public_key());
    let change = native::update_auth(member.name, VOTE, name!("active"), authority);
    send_as(chain, change, name!("active"), member).accepted();
    Person {
        name: member.name,
        ..key
    }
}

#[test]
fn people_take_the_key_back_from_whoever_has_changed_it() {
    // Who has the key of `vote` may change that permission itself, as on every chain of this kind.
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let member = &coop.members[1];
    let stolen = link(chain, member, &VOTING);
    let thief = Person::new();
    let authority = Authority::from_key(thief.public_key());
    let change = native::update_auth(member.name, VOTE, name!("active"), authority);
    send_as(chain, change, VOTE, &stolen).accepted();
    let thief = Person {
        name: member.name,
        ..thief
    };
    let new = link_again(chain, member);
    let question = coop.question();
    let yes = vote(&coop, member, &question, VOTING[0]);
    send_as(chain, yes.clone(), VOTE, &thief).lacks_signature();
    send_as(chain, yes, VOTE, &new).accepted();
}

#[test]
fn people_without_a_seat_vote_with_no_key() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 4);
    let leaving = &coop.members[3];
    let key = link(chain, leaving, &VOTING);
    let ballot = coop.nearly_elect(coop.seats(4)[..3].to_vec());
    let (first, second) = (coop.question(), coop.question());
    let yes = |question| vote(&coop, leaving, question, VOTING[0]);
    send_as(chain, yes(&first), VOTE, &key).accepted();
    coop.sit(&ballot).accepted();
    send_as(chain, yes(&second), VOTE, &key).refused(refusal::council::NO_VOTING_SEAT);
    let row = coop.decision(first.id).expect("the question");
    assert_eq!(row["votes_for"], 8, "a vote that was cast stands: {row}");
}

/// The commands of a guide that change permissions, in the order in which they stand there.
fn commands(page: &str, account: &str, key: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../docs")
        .join(page);
    let text = fs::read_to_string(&path).expect("the guide");
    let lines = text.lines();
    lines
        .filter_map(|line| line.strip_prefix("cleos set "))
        .map(|line| line.replace("ACCOUNT", account).replace("PUBLIC_KEY", key))
        .collect()
}

/// What cleos makes of a command, without sending it.
fn action_of(command: &str) -> Action {
    let program = antelope_node::find_program("cleos").unwrap_or_else(|e| panic!("{e}"));
    let output = Command::new(program)
        .args([
            "--no-auto-keosd",
            "--url",
            veche_tests::nodeos().url(),
            "set",
        ])
        .args(command.split(' '))
        .args(["--skip-sign", "--dont-broadcast", "--json"])
        .output()
        .expect("cleos runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cleos set {command}: {errors}");
    let made: Transaction = serde_json::from_slice(&output.stdout).expect("a transaction");
    let [action] = <[Action; 1]>::try_from(made.actions).expect("one action");
    action
}

#[test]
fn people_find_the_commands_for_a_key_for_votes_in_the_guide() {
    let node = veche_tests::nodeos();
    let member = Person::new();
    node.client()
        .push(&[super::world::new_account(&member)], &[node.key()])
        .expect("an account");
    let key = Person::new().public_key();
    let soviet = name!("soviet");
    let link = |action, permission| native::link_auth(member.name, soviet, action, permission);
    let unlink = |action| system(&member, name!("unlinkauth"), &[member.name, soviet, action]);
    let expected = [
        native::update_auth(
            member.name,
            VOTE,
            name!("active"),
            Authority::from_key(key.clone()),
        ),
        link(VOTING[0], VOTE),
        link(VOTING[1], VOTE),
        unlink(VOTING[0]),
        unlink(VOTING[1]),
        system(&member, name!("deleteauth"), &[member.name, VOTE]),
    ];
    for page in ["guide.en.md", "guide.ru.md"] {
        let commands = commands(page, &member.name.to_string(), &key.to_string());
        let made: Vec<Action> = commands.iter().map(|it| action_of(it)).collect();
        assert_eq!(made, expected, "{page}");
    }
}
