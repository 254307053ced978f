//! Boards that general meetings elect, by the API alone: from the protocol that everyone elected signs to their seats.

use super::council::{PAPER, PUSHED, SUBMIT, about, joint, signing};
use super::meeting::{ELECT, Meeting, PROTOCOL, SIGN, STEP, field, seat, seats};
use super::served::{Client, Served};
use crate::scenarios::world::{Chain, Coop, Person};
use antelope_types::Name;
use coop_model::council::board;
use coop_model::{Document, parameters};
use serde_json::{Value, json};

#[test]
fn a_later_council_is_elected_from_its_protocol_to_its_seats() {
    let (chain, live) = Chain::followed();
    let served = Served::with(&chain, live, |coop| {
        vec![
            coop.admitted(),
            coop.admitted(),
            coop.admitted(),
            coop.newcomer(),
        ]
    });
    let meeting = Meeting::of(&served);
    let coop = meeting.coop();
    let [chairman, second, third] = [&coop.members[0], &coop.members[1], &coop.members[2]];
    let [elected, for_it, against, candidate] = [0, 1, 2, 3].map(|it| &served.people[it]);
    assert!(meeting.election(&served.login(for_it, 6)).is_null());
    let elect = json!([
        seat(second, true, true),
        seat(third, true, false),
        seat(elected, true, false),
    ]);
    let clients = [
        served.login(second, 2),
        served.login(third, 3),
        served.login(elected, 5),
    ];
    let clerk = served.login(&coop.cashier, 4);
    let asked =
        |who: Name, seats: &Value| about(coop, who, json!({"board": "council", "seats": seats}));
    refused_boards(&meeting, (&clerk, coop.cashier.name), candidate, &elect);
    let stranger = served.login(against, 7);
    let told = stranger.refused(
        "generateElectionProtocol",
        ELECT,
        asked(against.name, &elect),
        PAPER,
    );
    assert_eq!(
        told.0, "FORBIDDEN",
        "a participant does not keep the office"
    );
    let data = asked(coop.cashier.name, &elect);
    let made = clerk.call("generateElectionProtocol", ELECT, data, PAPER);

    // Who signs it finds it, and the office; nobody else.
    let protocol = meeting.waiting(&clerk)[0].clone();
    assert_eq!(protocol["document"]["hash"], made["hash"]);
    assert_eq!(protocol["election"]["seats"], elect);
    assert_eq!(protocol["election"]["version"], json!(2.0));
    assert_eq!(protocol["missing"].as_array().map(Vec::len), Some(3));
    assert_eq!(meeting.waiting(&stranger), json!([]));
    let of_another = format!(
        "{{ getMeetingProtocols(username: \"{}\") {PROTOCOL} }}",
        second.name
    );
    let told = stranger.ask(&of_another, json!({}));
    assert_eq!(told["errors"][0]["extensions"]["code"], "FORBIDDEN");
    let missing = &protocol["missing"][0];
    let data = signing(coop, &made["hash"], (against, against), missing);
    let told = stranger.refused("signMeetingProtocol", SIGN, data, PROTOCOL);
    assert_eq!(told.0, "NOT_FOUND", "who is no signer");
    let wrong = signing(coop, &made["hash"], (second, third), missing);
    let told = clients[0].refused("signMeetingProtocol", SIGN, wrong, PROTOCOL);
    assert_eq!(told, field("data.signature"));

    // Two of three have signed: that is not enough.
    meeting.sign(&clients[0], second);
    let signed = meeting.sign(&clients[1], third);
    assert_eq!(
        signed["missing"].as_array().map(Vec::len),
        Some(1),
        "{signed}"
    );
    let hash = &made["hash"];
    let operation = "submitElectionProtocol";
    let submitting = |protocol: &Document, seats: &Value| {
        let action = meeting.update_board(board::COUNCIL, seats, protocol);
        meeting.sending(coop.name(), hash, action, &coop.account)
    };
    let refused = |data: Value| meeting.office.refused(operation, SUBMIT, data, PUSHED);
    let data_field = field("data.transaction.data");
    assert_eq!(
        refused(submitting(&joint(&signed), &elect)),
        data_field,
        "two signatures"
    );
    let signed = meeting.sign(&clients[2], elected);
    assert_eq!(signed["missing"], json!([]), "{signed}");
    let protocol = joint(&signed);
    let mut others = elect.clone();
    others[2] = seat(for_it, true, false);
    assert_eq!(
        refused(submitting(&protocol, &others)),
        data_field,
        "other seats"
    );
    let action = meeting.update_board(board::AUDIT, &elect, &protocol);
    let data = meeting.sending(coop.name(), hash, action, &coop.account);
    assert_eq!(refused(data), data_field, "another board");
    let mut twice = protocol.clone();
    twice.signatures.push(twice.signatures[0].clone());
    assert_eq!(
        refused(submitting(&twice, &elect)),
        data_field,
        "a signature twice"
    );
    let mut other = protocol.clone();
    other.meta.title.push('!');
    assert_eq!(
        refused(submitting(&other, &elect)),
        data_field,
        "another document"
    );
    let soviet = coop.soviet(second);
    let by_member =
        soviet.updateboard(coop.name(), board::COUNCIL, seats(&elect), protocol.clone());
    let data = meeting.sending(second.name, hash, by_member.to_action(), second);
    let told = clients[0].refused(operation, SUBMIT, data, PUSHED);
    assert_eq!(
        told,
        field("data.transaction.authorization"),
        "not the cooperative's"
    );
    let mut data = submitting(&protocol, &elect);
    data["username"] = json!(against.name);
    let told = stranger.refused(operation, SUBMIT, data, PUSHED);
    assert_eq!(told.0, "FORBIDDEN");
    let data = submitting(&protocol, &elect);
    let told = meeting
        .office
        .refused("submitCharterProtocol", SUBMIT, data, PUSHED);
    assert_eq!(told.0, "NOT_FOUND", "it is no protocol about the charter");

    // The office sends what the cooperative has signed.
    let mut data = submitting(&protocol, &elect);
    data["username"] = json!(coop.cashier.name);
    clerk.call(operation, SUBMIT, data, PUSHED);
    served.follow();
    assert_eq!(meeting.waiting(&clerk), json!([]), "it is on the chain");
    let election = meeting.election(&clients[0]);
    assert_eq!(election["seats"], elect);
    assert_eq!(
        (&election["hash"], &election["supports"]),
        (hash, &json!(true))
    );
    assert_eq!(
        (&election["support"], &election["is_over"]),
        (&json!(3), &json!(false))
    );
    voices(&meeting, [for_it, against, candidate], chairman);

    // The term is over; anybody seats the board.
    let anybody = served.login(candidate, 8);
    let data = meeting.step(2, candidate, &meeting.end(true, 2, candidate));
    let told = anybody.refused("seatBoard", STEP, data, PUSHED);
    assert_eq!(told.0, "REFUSED_BY_CHAIN", "the term goes on");
    chain.pass(parameters::SUPPORT_SECONDS);
    assert_eq!(meeting.election(&anybody)["is_over"], json!(true));
    let told = clients[0].refused(
        "supportBoard",
        STEP,
        meeting.voice(true, 2, chairman),
        PUSHED,
    );
    assert_eq!(told.0, "FORBIDDEN", "for somebody else");
    let late = served.login(chairman, 1);
    let told = late.refused(
        "supportBoard",
        STEP,
        meeting.voice(true, 2, chairman),
        PUSHED,
    );
    assert_eq!(told.0, "REFUSED_BY_CHAIN", "the term is over");
    let data = meeting.step(2, candidate, &meeting.end(true, 2, candidate)[..1]);
    let told = anybody.refused("seatBoard", STEP, data, PUSHED);
    assert_eq!(told, field("data.transaction.actions"), "voices stay");
    let data = meeting.step(2, candidate, &meeting.end(true, 2, candidate));
    anybody.call("seatBoard", STEP, data, PUSHED);
    served.follow();
    assert!(meeting.election(&anybody).is_null());
    let council = anybody.ask("{ getCouncil { username is_chairman board } }", json!({}));
    let council = council["data"]["getCouncil"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    assert_eq!(council.len(), 3);
    assert!(council.contains(&json!({"username": second.name, "is_chairman": true, "board": 2})));

    // Whose names were shown to whom is written down.
    let audit = format!(
        "{{ getAudit(about: \"{}\") {{ who operation }} }}",
        elected.name
    );
    let audit = clients[0].ask(&audit, json!({}));
    let entries = audit["data"]["getAudit"]
        .as_array()
        .unwrap_or_else(|| panic!("{audit}"));
    for (who, operation) in [
        (coop.cashier.name, "generateElectionProtocol"),
        (coop.cashier.name, "getMeetingProtocols"),
        (second.name, "getMeetingProtocols"),
        (second.name, "signMeetingProtocol"),
        (coop.cashier.name, "submitElectionProtocol"),
    ] {
        let entry = json!({"who": who, "operation": operation});
        assert!(entries.contains(&entry), "{entry} is not in {audit}");
    }
    assert!(
        entries.iter().all(|it| it["who"] != json!(against.name)),
        "{audit}"
    );
}

/// Boards of which no protocol is made.
fn refused_boards(
    meeting: &Meeting<'_>,
    (client, who): (&Client<'_>, Name),
    candidate: &Person,
    elect: &Value,
) {
    let coop = meeting.coop();
    let refused = |board: &str, seats: Value| {
        let data = about(coop, who, json!({"board": board, "seats": seats}));
        client.refused("generateElectionProtocol", ELECT, data, PAPER)
    };
    let seats = field("data.seats");
    assert_eq!(refused("court", elect.clone()), field("data.board"));
    assert_eq!(refused("council", json!([])), seats);
    assert_eq!(refused("council", json!([elect[0], elect[1]])), seats);
    assert_eq!(
        refused("council", json!([elect[0], elect[1], elect[1]])),
        seats
    );
    let many = vec![elect[0].clone(); 65];
    assert_eq!(refused("audit", json!(many)), seats);
    let outsider = seat(candidate, true, false);
    assert_eq!(
        refused("council", json!([elect[0], elect[1], outsider])),
        seats
    );
    let unknown = json!({"username": "nobodyyyyyyy", "is_voting": true, "is_chairman": false});
    assert_eq!(
        refused("council", json!([elect[0], elect[1], unknown])),
        seats
    );
    let nonsense = json!({"username": "N O", "is_voting": true, "is_chairman": false});
    assert_eq!(
        refused("council", json!([elect[0], elect[1], nonsense])),
        seats
    );
}

/// One supports, one objects; nobody twice, nobody for another board, and no candidate.
fn voices(meeting: &Meeting<'_>, [for_it, against, candidate]: [&Person; 3], chairman: &Person) {
    let served = meeting.served;
    let supporter = served.login(for_it, 6);
    let call = |client: &Client<'_>, operation: &str, data| {
        client.call(operation, STEP, data, PUSHED);
    };
    let mut data = meeting.voice(true, 2, for_it);
    data["version"] = json!(3);
    let told = supporter.refused("supportBoard", STEP, data, PUSHED);
    assert_eq!(told, field("data.transaction.data"), "another board");
    let data = meeting.voice(false, 2, for_it);
    let told = supporter.refused("supportBoard", STEP, data, PUSHED);
    assert_eq!(told, field("data.transaction.actions"), "another voice");
    let data = meeting.voice(true, 2, chairman);
    let mut theirs = data.clone();
    theirs["username"] = json!(for_it.name);
    let told = supporter.refused("supportBoard", STEP, theirs, PUSHED);
    assert_eq!(
        told,
        field("data.transaction.authorization"),
        "somebody else's voice"
    );
    let outsider = served.login(candidate, 8);
    let told = outsider.refused(
        "supportBoard",
        STEP,
        meeting.voice(true, 2, candidate),
        PUSHED,
    );
    assert_eq!(told.0, "FORBIDDEN", "no participant");
    assert!(meeting.election(&supporter)["supports"].is_null());
    call(&supporter, "supportBoard", meeting.voice(true, 2, for_it));
    let objector = served.login(against, 7);
    call(&objector, "objectToBoard", meeting.voice(false, 2, against));
    let told = objector.refused(
        "supportBoard",
        STEP,
        meeting.voice(true, 2, against),
        PUSHED,
    );
    assert_eq!(told.0, "REFUSED_BY_CHAIN", "a second voice");
    let election = meeting.election(&objector);
    assert_eq!(election["supports"], json!(false));
    assert_eq!(election["support"], json!(4));
    assert_eq!(election["objections"], json!(1));
}

#[test]
fn the_cooperative_ends_an_election_and_another_board_is_elected() {
    let (chain, live) = Chain::followed();
    let served = Served::with(&chain, live, |coop| vec![coop.admitted()]);
    let meeting = Meeting::of(&served);
    let coop = meeting.coop();
    let person = &served.people[0];
    let client = served.login(person, 5);
    let elect = json!([seat(person, false, true)]);
    for version in [2_u64, 3] {
        let data = about(coop, coop.name(), json!({"board": "audit", "seats": elect}));
        meeting
            .office
            .call("generateElectionProtocol", ELECT, data, PAPER);
        let signed = meeting.sign(&client, person);
        let action = meeting.update_board(board::AUDIT, &elect, &joint(&signed));
        let hash = &signed["document"]["hash"];
        let data = meeting.sending(coop.name(), hash, action, &coop.account);
        meeting
            .office
            .call("submitElectionProtocol", SUBMIT, data, PUSHED);
        served.follow();
        let election = meeting.election(&client);
        assert_eq!(election["board"], "audit");
        assert_eq!(election["version"], json!(version as f64));
        let data = meeting.step(version, person, &meeting.end(false, version, person));
        let told = client.refused("dropBoard", STEP, data, PUSHED);
        assert_eq!(
            told.0, "REFUSED_BY_CHAIN",
            "only the cooperative while the term goes on"
        );
        // A clerk sends what the cooperative has signed.
        let mut data = meeting.step(
            version,
            &coop.account,
            &meeting.end(false, version, &coop.account),
        );
        data["username"] = json!(coop.cashier.name);
        let clerk = served.login(&coop.cashier, 4);
        clerk.call("dropBoard", STEP, data, PUSHED);
        assert!(meeting.election(&client).is_null());
        served.follow();
    }
}

#[test]
fn the_first_council_is_seated_by_the_protocol_of_all_founders() {
    let (chain, live) = Chain::followed();
    let coop = Coop::active(&chain, (0..3).map(|_| Person::new()).collect());
    coop.register_members().accepted();
    coop.found().accepted();
    let served = Served::of(&chain, live, coop, Vec::new());
    let meeting = Meeting::of(&served);
    let coop = meeting.coop();
    let office = &meeting.office;
    let members: Vec<_> = coop.members.iter().collect();
    let elect = json!([
        seat(members[0], true, true),
        seat(members[1], true, false),
        seat(members[2], true, false),
    ]);
    let asked = |board: &str| about(coop, coop.name(), json!({"board": board, "seats": elect}));
    let told = office.refused("generateElectionProtocol", ELECT, asked("audit"), PAPER);
    assert_eq!(told, field("data.board"), "the council first");
    let more = json!({"quorum_percent": 60, "board_support": 0, "present": [members[0].name]});
    let data = about(coop, coop.name(), more);
    let told = office.refused(
        "generateCharterProtocol",
        super::meeting::CHARTER,
        data,
        PAPER,
    );
    assert_eq!(told.0, "NOT_FOUND", "there is no council");
    office.call("generateElectionProtocol", ELECT, asked("council"), PAPER);
    let mut signed = Value::Null;
    for (person, number) in members.iter().zip(1..) {
        signed = meeting.sign(&served.login(person, number), person);
    }
    assert_eq!(signed["election"]["version"], json!(1.0));
    let soviet = coop.soviet(&coop.account);
    let action = soviet
        .createboard(coop.name(), seats(&elect), joint(&signed))
        .to_action();
    let hash = &signed["document"]["hash"];
    let data = meeting.sending(coop.name(), hash, action, &coop.account);
    office.call("submitElectionProtocol", SUBMIT, data, PUSHED);
    served.follow();
    let council = office.ask("{ getCouncil { username } }", json!({}));
    assert_eq!(
        council["data"]["getCouncil"].as_array().map(Vec::len),
        Some(3),
        "{council}"
    );
    assert_eq!(meeting.waiting(office), json!([]));
}
