//! Members who have nothing but a passkey, in Chromium over TLS with virtual authenticators: admitted,
//! elected, voting, signing.

use super::driver::{Browser, Passkey, Thrown};
use crate::scenarios::world::{Chain, Coop, Draft, Person, Question, random_name};
use antelope_types::{Checksum256, Encode, Name, PublicKey, name};
use coop_model::catalogue::registry;
use coop_model::council::board;
use coop_model::parameters;
use serde_json::{Value, json};
use std::sync::Arc;
use veche_tests::Ground;

/// Hexadecimal digits of a document that nobody has signed.
fn packed(draft: &Draft) -> String {
    let bytes = draft.unsigned().to_bytes();
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Somebody at a page of the cooperative: all that is signed is made, packed, signed and sent there.
struct Member<'c> {
    coop: &'c Coop<'c>,
    browser: Arc<Browser>,
    person: Person,
    passkey: Value,
}

impl Member<'_> {
    /// Calls a function of the page, which must go well.
    #[track_caller]
    fn page(&self, name: &str, with: Value) -> Value {
        let done = self.browser.run(name, with);
        done.unwrap_or_else(|Thrown(error)| panic!("{name}: {error}"))
    }

    /// The accounts of the contracts.
    fn setting(&self) -> Value {
        let chain = self.coop.chain;
        json!({
            "registrator": chain.registrator.name,
            "soviet": chain.soviet.name,
            "gateway": chain.gateway.name,
        })
    }

    /// Sends actions in one transaction.
    #[track_caller]
    fn act(&self, actions: Value) {
        self.page("act", json!([actions, self.setting(), self.passkey]));
    }

    /// Sends actions that anybody may, in one transaction: it is told who does.
    #[track_caller]
    fn act_as_anybody(&self, actions: Value) {
        let mut setting = self.setting();
        setting["actor"] = json!(self.person.name);
        self.page("act", json!([actions, setting, self.passkey]));
    }

    /// Signs documents, as the page has them afterwards.
    #[track_caller]
    fn sign(&self, drafts: &[Draft]) -> Value {
        let drafts: Vec<_> = drafts.iter().map(packed).collect();
        self.page(
            "signDocuments",
            json!([drafts, self.person.name, self.passkey]),
        )
    }

    fn hash_of(&self, document: &Value) -> Checksum256 {
        let hash = self.page("documentHash", json!([document]));
        hash.as_str().expect("digits").parse().expect("a hash")
    }

    fn vote(&self, action: &str, question: &Question) {
        self.act(json!([[action, {
            "coopname": self.coop.name(), "username": self.person.name,
            "decision_id": question.id, "hash": question.hash,
        }]]));
    }
}

/// A member of the council whose account the founding makes, with the key of a passkey.
fn founder(browser: &Arc<Browser>) -> (Person, Value) {
    let username = random_name();
    let passkey = Passkey::create(browser, &username.to_string());
    let remembered = passkey.remembered.clone();
    let person = Person {
        name: username,
        key: Arc::new(passkey),
    };
    (person, remembered)
}

/// The keys of a permission, in the order of the chain.
fn keys(coop: &Coop<'_>, account: Name, permission: Name) -> Vec<PublicKey> {
    let account = coop.chain.client.get_account(account).expect("the account");
    let permission = account.permission(permission).expect("the permission");
    let keys = permission.required_auth.keys.iter();
    keys.filter_map(|it| it.key.key().cloned()).collect()
}

#[test]
fn a_member_with_nothing_but_a_passkey_is_admitted_votes_and_signs() {
    let own;
    let chain = if Ground::is_embedded() {
        own = Chain::own();
        &own
    } else {
        Chain::shared()
    };
    let Some(browser) = Browser::open(chain.client.clone()) else {
        return;
    };
    browser.authenticator("internal", true);

    // The chairman has a passkey too: signs the founding and the first council.
    let (chairman, passkey) = founder(&browser);
    let people = vec![chairman.clone(), Person::new(), Person::new()];
    let coop = Coop::founded_by(chain, people, 3);
    let chairman = Member {
        coop: &coop,
        browser: browser.clone(),
        person: chairman,
        passkey,
    };

    // The candidate: an account, a second key, agreements and a statement.
    let (person, passkey) = founder(&browser);
    let new = coop.new_account(&coop.account, &person);
    chain.push(vec![new], &[&coop.account]).accepted();
    let candidate = Member {
        coop: &coop,
        browser,
        person,
        passkey,
    };
    let paper = enrols_a_second_key(&candidate);
    let hash = applies(&candidate);
    coop.confirm_payment(hash).accepted();
    let question = coop.question_of(hash);

    // The council: the chairman votes, another member too, the chairman signs and carries out.
    chairman.vote("votefor", &question);
    coop.vote_for(&coop.members[1], &question).accepted();
    authorizes(&chairman, &question);
    let participant = coop.participant(&candidate.person);
    assert_eq!(participant.expect("a participant")["kind"], "individual");

    // The printed key alone acts for the account: a lost device is not a lost account.
    supports_by_the_printed_key(&candidate, &paper);
    if Ground::is_embedded() {
        is_elected_and_votes(&candidate);
    }
}

#[test]
fn a_member_whose_device_is_lost_goes_on_with_another_one() {
    let own;
    let chain = if Ground::is_embedded() {
        own = Chain::own();
        &own
    } else {
        Chain::shared()
    };
    let Some(browser) = Browser::open(chain.client.clone()) else {
        return;
    };
    let lost = browser.authenticator("internal", true);
    let people = (0..3).map(|_| Person::new()).collect();
    let coop = Coop::founded_by(chain, people, 3);
    let (person, passkey) = founder(&browser);
    coop.newcomer_like(person.clone());
    let candidate = coop.applies(person);
    coop.confirm_payment(candidate.hash).accepted();
    coop.decide(&coop.question_of(candidate.hash));
    let old = Member {
        coop: &coop,
        browser: browser.clone(),
        person: candidate.person,
        passkey,
    };

    // The device is gone with its keys; the new one makes a key for a new account.
    let id = json!({ "authenticatorId": lost });
    browser.devtools("WebAuthn.removeVirtualAuthenticator", id);
    browser.authenticator("internal", true);
    let (person, passkey) = founder(&browser);
    let new = coop.new_account(&coop.account, &person);
    chain.push(vec![new], &[&coop.account]).accepted();
    let new = Member {
        coop: &coop,
        browser,
        person,
        passkey,
    };
    let (from, to) = (old.person.name, new.person.name);
    let mut statement = new.sign(&[Draft::moving(&coop, from, to)]);
    let hash = new.hash_of(&statement[0]);
    new.act(json!([["moveuser", {
        "coopname": coop.name(), "username": from, "newname": to,
        "statement": statement[0].take(),
    }]]));
    coop.decide(&coop.question_of(hash));
    assert_eq!(coop.standing(&old.person), "active", "a week for a veto");
    if Ground::is_embedded() {
        chain.pass(parameters::VETO_SECONDS);
        new.act_as_anybody(json!([
            ["completemove", { "coopname": coop.name(), "username": from }],
        ]));
        assert_eq!(coop.standing(&old.person), "");
        assert_eq!(coop.standing(&new.person), "active");
    }
}

/// A K1 key to print, beside the passkey.
fn enrols_a_second_key(member: &Member<'_>) -> String {
    let name = member.person.name;
    let second = member.page("secondKey", json!([name, member.passkey, "paper"]));
    member.page("push", json!([second["actions"], member.passkey]));
    let paper = second["paper"].as_str().expect("a key").to_owned();
    let secret: antelope_types::PrivateKey = paper.parse().expect("a private key");
    let printed = antelope_rpc_client::signing::public_key(&secret).expect("a key");
    for permission in [name!("owner"), name!("active")] {
        let expected = [printed.clone(), member.person.public_key()];
        assert_eq!(keys(member.coop, name, permission), expected);
    }
    paper
}

/// Signs the agreements and the statement, and sends both; the statement's hash.
fn applies(member: &Member<'_>) -> Checksum256 {
    let (coop, username) = (member.coop, member.person.name);
    let agreements = [
        registry::SIGNATURE_AGREEMENT,
        registry::PRIVACY_AGREEMENT,
        registry::STATUTES_AGREEMENT,
    ];
    let drafts = agreements.map(|id| Draft::agreement(coop, username, id));
    let documents = member.sign(&drafts);
    let mut statement = member.sign(&[Draft::statement(coop, username)]);
    let hash = member.hash_of(&statement[0]);
    member.act(json!([
        ["signagree", { "coopname": coop.name(), "username": username, "documents": documents }],
        ["reguser", {
            "coopname": coop.name(), "username": username, "kind": "individual",
            "statement": statement[0].take(),
        }],
    ]));
    hash
}

/// Signs the protocol as the chairman, and carries the decision out.
fn authorizes(chairman: &Member<'_>, question: &Question) {
    let (coop, username) = (chairman.coop, chairman.person.name);
    let mut protocol = chairman.sign(&[Draft::protocol(coop, question)]);
    chairman.act(json!([
        ["authorize", {
            "coopname": coop.name(), "chairman": username, "decision_id": question.id,
            "protocol": protocol[0].take(),
        }],
        ["exec", { "executer": username, "coopname": coop.name(), "decision_id": question.id }],
    ]));
    assert_eq!(coop.status(question), "gone");
}

/// An election is supported by those who joined before it began, so not in the same block; a node makes
/// two blocks a second.
fn waits_for_two_blocks(coop: &Coop<'_>) {
    let head = || {
        let info = coop.chain.client.get_info().expect("the node answers");
        info.head_block_num
    };
    let joined = head();
    while head() < joined + 2 {
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
}

/// Supports a board that was submitted, with the printed key.
fn supports_by_the_printed_key(member: &Member<'_>, paper: &str) {
    let coop = member.coop;
    if !Ground::is_embedded() {
        waits_for_two_blocks(coop);
    }
    coop.submit(coop.seats(3)).accepted();
    let version = coop.ballot().version;
    let support = json!([["support", {
        "coopname": coop.name(), "username": member.person.name, "version": version,
    }]]);
    member.page("pushByPaper", json!([support, member.setting(), paper]));
    let election = coop.election().expect("an election");
    // Those elected and the participant.
    assert_eq!(election["support"], 4);
}

/// Three days later the participant has the board sit, as anybody may; the next one has them in it, and they vote.
fn is_elected_and_votes(member: &Member<'_>) {
    let coop = member.coop;
    let ballot = coop.ballot();
    coop.chain.jump_to(ballot.ends_at);
    member.act_as_anybody(json!([
        ["seatboard", { "coopname": coop.name(), "version": ballot.version }],
        ["freevoices", { "coopname": coop.name(), "limit": 50 }],
    ]));
    assert!(coop.election().is_none(), "the board sits");
    let mut seats = coop.seats(3);
    seats[2].username = member.person.name;
    let signers = [&coop.members[0], &coop.members[1], &member.person];
    let version = coop.next_version();
    let meeting = Draft::election(coop.chain, coop.name(), version, board::COUNCIL, &seats)
        .signed_by(coop.chain, &signers);
    coop.submit_with(board::COUNCIL, seats, meeting).accepted();
    coop.sit(&coop.ballot()).accepted();

    let mut proposal = member.sign(&[Draft::proposal(coop, member.person.name)]);
    let hash = member.hash_of(&proposal[0]);
    member.act(json!([["freedecision", {
        "coopname": coop.name(), "username": member.person.name, "proposal": proposal[0].take(),
    }]]));
    let question = coop.question_of(hash);
    coop.vote_for(&coop.members[0], &question).accepted();
    member.vote("votefor", &question);
    assert_eq!(coop.status(&question), "approved");
}

/// The code and the Russian message of what a page threw.
fn refused(done: Result<Value, Thrown>) -> (String, String) {
    let Err(Thrown(error)) = done else {
        panic!("{done:?}");
    };
    let text = |field: &str| error[field].as_str().unwrap_or_default().to_owned();
    assert_eq!(text("name"), "CoopError", "{error}");
    (text("code"), text("ru"))
}

#[test]
fn passkeys_that_a_chain_would_not_read_are_refused_before_there_is_an_account() {
    let chain = veche_tests::Embedded::start();
    let Some(browser) = Browser::open(chain.client().clone()) else {
        return;
    };
    let device = browser.authenticator("internal", true);
    for (function, with, code, word) in [
        ("ofRsa", json!(["ivanovaivana"]), "algorithm", "ES256"),
        (
            "ofAnotherSite",
            json!(["coop.example"]),
            "relying_party",
            "узла",
        ),
        ("ofAnotherSite", json!(["host"]), "relying_party", "узла"),
    ] {
        let (found, ru) = refused(browser.run(function, with));
        assert_eq!(found, code);
        assert!(ru.contains(word), "{ru}");
    }
    // A device that asks its user for nothing.
    let id = json!({ "authenticatorId": device });
    browser.devtools("WebAuthn.removeVirtualAuthenticator", id);
    browser.authenticator("usb", false);
    let (code, ru) = refused(browser.run("ofNobody", json!([])));
    assert_eq!(code, "unverified");
    assert!(ru.contains("PIN"), "{ru}");
}

#[test]
fn two_devices_are_two_keys_and_one_device_is_not() {
    let chain = veche_tests::Embedded::start();
    let Some(browser) = Browser::open(chain.client().clone()) else {
        return;
    };
    let first = browser.authenticator("internal", true);
    let passkey = Passkey::create(&browser, "ivanovaivana").remembered;
    let again = json!(["ivanovaivana", passkey, "passkey"]);
    let (code, _) = refused(browser.run("secondKey", again.clone()));
    assert_eq!(code, "two_keys");
    let same = json!(["ivanovaivana", [passkey["publicKey"], passkey["publicKey"]]]);
    assert_eq!(refused(browser.run("enrol", same)).0, "two_keys");

    // Nobody touches the first device while the second one is asked.
    let simulation = json!({ "authenticatorId": first, "enabled": false });
    browser.devtools("WebAuthn.setAutomaticPresenceSimulation", simulation);
    browser.authenticator("usb", true);
    let second = browser.run("secondKey", again).expect("a second key");
    assert_ne!(second["passkey"]["publicKey"], passkey["publicKey"]);
    assert_eq!(second["actions"].as_array().map(Vec::len), Some(2));
}
