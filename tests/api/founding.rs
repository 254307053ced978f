//! A cooperative that is founded by the API: its founders, and its first council.

use super::council::{PAPER, PUSHED, SUBMIT, about, joint};
use super::meeting::{CHARTER, ELECT, Meeting, field, seat, seats};
use super::served::{Client, Served};
use crate::scenarios::world::{Chain, Coop, Person};
use antelope_types::Name;
use serde_json::{Value, json};

const FOUND: &str = "FoundingProtocolGenerateDocumentInput";

#[test]
fn founders_sign_the_protocol_of_the_founding_and_that_of_the_first_council() {
    let (chain, live) = Chain::followed();
    let served = Served::of(&chain, live, Coop::active(&chain, Vec::new()), Vec::new());
    let meeting = Meeting::of(&served);
    let people: Vec<_> = (0..3).map(|_| Person::new()).collect();
    let founders: Vec<_> = people
        .iter()
        .zip(2..)
        .map(|(person, number)| (person, served.register(person, number)))
        .collect();
    founded(&meeting, &founders);
    seated(&meeting, &founders);
}

/// The founders have no accounts, then sign, and are participants.
fn founded(meeting: &Meeting<'_>, founders: &[(&Person, Client<'_>)]) {
    let (served, coop, office) = (meeting.served, meeting.coop(), &meeting.office);
    let operation = "generateFoundingProtocol";
    let names: Vec<Name> = founders.iter().map(|it| it.0.name).collect();
    let asked = |names: &[Name]| about(coop, coop.name(), json!({"founders": names}));
    for (person, _) in founders {
        let data = json!({"coopname": coop.name(), "username": person.name});
        office.call("createAccount", "CreateAccountInput", data, "{ username }");
    }
    let refused = |names: &[Name]| office.refused(operation, FOUND, asked(names), PAPER);
    assert_eq!(refused(&names[..2]), field("data.founders"), "two");
    assert_eq!(
        refused(&[names[0]; 3]),
        field("data.founders"),
        "one thrice"
    );
    assert_eq!(refused(&[names[0]; 65]), field("data.founders"), "too many");
    let unknown = [names[0], names[1], Person::new().name];
    assert_eq!(refused(&unknown).0, "NOT_FOUND", "whose name is not known");
    let (first, client) = &founders[0];
    let mut data = asked(&names);
    data["username"] = json!(first.name);
    let told = client.refused(operation, FOUND, data, PAPER);
    assert_eq!(told.0, "FORBIDDEN", "a founder does not keep the office");
    office.call(operation, FOUND, asked(&names), PAPER);
    let mut signed = Value::Null;
    for (person, client) in founders {
        signed = meeting.sign(client, person);
    }
    assert_eq!(signed["founders"], json!(names));
    let sending = |names: Vec<Name>| {
        let registrator = coop.registrator(&coop.account);
        let action = registrator.regfounders(coop.name(), names, joint(&signed));
        let hash = &signed["document"]["hash"];
        meeting.sending(coop.name(), hash, action.to_action(), &coop.account)
    };
    let fewer = sending(names[..2].to_vec());
    let operation = "submitFoundingProtocol";
    let told = office.refused(operation, SUBMIT, fewer, PUSHED);
    assert_eq!(told, field("data.transaction.data"), "other founders");
    office.call(operation, SUBMIT, sending(names.clone()), PUSHED);
    served.follow();
    assert_eq!(meeting.waiting(office), json!([]));
    let told = office.refused("generateFoundingProtocol", FOUND, asked(&names), PAPER);
    assert_eq!(told.0, "NOT_NOW", "it is founded");
}

/// The first council sits at once.
fn seated(meeting: &Meeting<'_>, founders: &[(&Person, Client<'_>)]) {
    let (served, coop, office) = (meeting.served, meeting.coop(), &meeting.office);
    let [first, second, third] = [0, 1, 2].map(|it| founders[it].0);
    let elect = json!([
        seat(first, true, true),
        seat(second, true, false),
        seat(third, true, false),
    ]);
    let asked = |board: &str| about(coop, coop.name(), json!({"board": board, "seats": elect}));
    let operation = "generateElectionProtocol";
    let told = office.refused(operation, ELECT, asked("audit"), PAPER);
    assert_eq!(told, field("data.board"), "the council comes first");
    let more = json!({"quorum_percent": 60, "board_support": 0, "present": [first.name]});
    let data = about(coop, coop.name(), more);
    let told = office.refused("generateCharterProtocol", CHARTER, data, PAPER);
    assert_eq!(told.0, "NOT_FOUND", "there is no council");
    office.call(operation, ELECT, asked("council"), PAPER);
    let mut signed = Value::Null;
    for (person, client) in founders {
        signed = meeting.sign(client, person);
    }
    assert_eq!(signed["election"]["version"], json!(1.0));
    let soviet = coop.soviet(&coop.account);
    let action = soviet.createboard(coop.name(), seats(&elect), joint(&signed));
    let hash = &signed["document"]["hash"];
    let data = meeting.sending(coop.name(), hash, action.to_action(), &coop.account);
    office.call("submitElectionProtocol", SUBMIT, data, PUSHED);
    served.follow();
    let council = office.ask("{ getCouncil { username } }", json!({}));
    let council = &council["data"]["getCouncil"];
    assert_eq!(council.as_array().map(Vec::len), Some(3), "{council}");
    assert_eq!(meeting.waiting(office), json!([]));
}
