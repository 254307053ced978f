//! Charters that general meetings change, by the API alone.

use super::council::{PAPER, PUSHED, SUBMIT, about, joint};
use super::meeting::{CHARTER, Meeting, field};
use super::served::{Client, Served};
use crate::scenarios::world::{Chain, Person};
use coop_model::{Charter, parameters};
use serde_json::{Value, json};

/// A document with its text and its moment.
const PROTOCOL_PAPER: &str = "{ hash binary packed signed_hash meta { created_at } }";

#[test]
fn a_charter_is_changed_by_those_who_were_present() {
    let (chain, live) = Chain::followed();
    let served = Served::with(&chain, live, |coop| {
        vec![coop.admitted(), coop.admitted(), coop.newcomer()]
    });
    let meeting = Meeting::of(&served);
    let coop = meeting.coop();
    let [chairman, second, third] = [&coop.members[0], &coop.members[1], &coop.members[2]];
    let [against, other, candidate] = [0, 1, 2].map(|it| &served.people[it]);
    let clerk = served.login(&coop.cashier, 4);
    let charter = |client: &Client<'_>| {
        let fields = "quorum_percent board_support participants signatures_needed";
        let answer = client.ask(&format!("{{ getCharter {{ {fields} }} }}"), json!({}));
        answer["data"]["getCharter"].clone()
    };
    let expected =
        json!({"quorum_percent": 0, "board_support": 0, "participants": 5, "signatures_needed": 3});
    assert_eq!(charter(&served.login(other, 6)), expected);

    let asked = |quorum: u32, present: &[&Person], against: &[&Person]| {
        let names = |it: &[&Person]| it.iter().map(|it| it.name).collect::<Vec<_>>();
        let more = json!({
            "quorum_percent": quorum, "board_support": 3,
            "present": names(present), "against": names(against),
        });
        about(coop, coop.cashier.name, more)
    };
    let refused = |data| clerk.refused("generateCharterProtocol", CHARTER, data, PAPER);
    let all = [chairman, second, third];
    assert_eq!(refused(asked(101, &all, &[])), field("data.quorum_percent"));
    assert_eq!(
        refused(asked(60, &all[..2], &[])),
        field("data.present"),
        "two of three"
    );
    assert_eq!(
        refused(asked(60, &[], &[])),
        field("data.present"),
        "nobody"
    );
    assert_eq!(
        refused(asked(60, &[chairman; 3], &[])),
        field("data.present"),
        "one thrice"
    );
    assert_eq!(
        refused(asked(60, &[chairman; 65], &[])),
        field("data.present"),
        "too many"
    );
    let outsiders = [chairman, second, candidate];
    assert_eq!(
        refused(asked(60, &outsiders, &[])),
        field("data.present"),
        "a candidate"
    );
    assert_eq!(
        refused(asked(60, &all, &[third])),
        field("data.against"),
        "for and against"
    );
    assert_eq!(
        refused(asked(60, &all, &[candidate])),
        field("data.against"),
        "a candidate"
    );
    let mut data = asked(60, &all, &[]);
    data["board_support"] = json!(65);
    assert_eq!(refused(data), field("data.board_support"));

    let data = asked(60, &all, &[against]);
    let made = clerk.call(
        "generateCharterProtocol",
        CHARTER,
        data.clone(),
        PROTOCOL_PAPER,
    );
    // The same once more by its moment.
    let mut again = data;
    again["created_at"] = made["meta"]["created_at"].clone();
    let same = clerk.call("generateCharterProtocol", CHARTER, again, PROTOCOL_PAPER);
    assert_eq!(
        (&same["hash"], &same["binary"]),
        (&made["hash"], &made["binary"])
    );
    let told = meeting.waiting(&served.login(against, 5));
    assert_eq!(told, json!([]), "who voted against signs nothing");
    let clients = [
        served.login(chairman, 1),
        served.login(second, 2),
        served.login(third, 3),
    ];
    let mut signed = Value::Null;
    let set = |rules: Charter, signed: &Value| {
        let registrator = coop.registrator(&coop.account);
        let action = registrator.setcharter(coop.name(), rules, joint(signed));
        meeting.sending(
            coop.name(),
            &signed["document"]["hash"],
            action.to_action(),
            &coop.account,
        )
    };
    let rules = Charter {
        quorum_percent: 60,
        board_support: 3,
    };
    for (client, person) in clients.iter().zip(all) {
        if person.name == third.name {
            let told = meeting.office.refused(
                "submitCharterProtocol",
                SUBMIT,
                set(rules, &signed),
                PUSHED,
            );
            assert_eq!(
                told,
                field("data.transaction.data"),
                "two of three have signed"
            );
        }
        signed = meeting.sign(client, person);
    }
    assert_eq!(
        signed["charter"],
        json!({"quorum_percent": 60, "board_support": 3})
    );
    let wrong = Charter {
        quorum_percent: 10,
        ..rules
    };
    let told = meeting
        .office
        .refused("submitCharterProtocol", SUBMIT, set(wrong, &signed), PUSHED);
    assert_eq!(told, field("data.transaction.data"), "another quorum");

    // A protocol that was made before the one that is sent is not taken any more.
    let later = clerk.call(
        "generateCharterProtocol",
        CHARTER,
        asked(70, &all, &[]),
        PAPER,
    );
    for (client, person) in clients.iter().zip(all) {
        meeting.sign(client, person);
    }
    let newest = meeting.waiting(&clerk)[0].clone();
    assert_eq!(newest["document"]["hash"], later["hash"]);
    let rules = Charter {
        quorum_percent: 70,
        ..rules
    };
    meeting
        .office
        .call("submitCharterProtocol", SUBMIT, set(rules, &newest), PUSHED);
    served.follow();
    assert_eq!(charter(&clients[0])["quorum_percent"], json!(70));
    assert_eq!(meeting.waiting(&clerk), json!([]), "neither waits");
    let rules = Charter {
        quorum_percent: 60,
        ..rules
    };
    let told = meeting
        .office
        .refused("submitCharterProtocol", SUBMIT, set(rules, &signed), PUSHED);
    assert_eq!(told.0, "REFUSED_BY_CHAIN");

    // Of whom it names, those too who voted against.
    let audit = format!(
        "{{ getAudit(about: \"{}\") {{ who operation }} }}",
        against.name
    );
    let audit = clients[0].ask(&audit, json!({}));
    let entries = audit["data"]["getAudit"]
        .as_array()
        .unwrap_or_else(|| panic!("{audit}"));
    for (who, operation) in [
        (coop.cashier.name, "generateCharterProtocol"),
        (chairman.name, "getMeetingProtocols"),
        (chairman.name, "signMeetingProtocol"),
    ] {
        assert!(
            entries.contains(&json!({"who": who, "operation": operation})),
            "{audit}"
        );
    }

    // One that nobody sends in its term.
    clerk.call(
        "generateCharterProtocol",
        CHARTER,
        asked(80, &all, &[]),
        PAPER,
    );
    for (client, person) in clients.iter().zip(all) {
        signed = meeting.sign(client, person);
    }
    chain.pass(parameters::MEETING_SECONDS + 1);
    assert_eq!(meeting.waiting(&clerk), json!([]), "its term is over");
    let rules = Charter {
        quorum_percent: 80,
        ..rules
    };
    let told = meeting
        .office
        .refused("submitCharterProtocol", SUBMIT, set(rules, &signed), PUSHED);
    assert_eq!(told.0, "REFUSED_BY_CHAIN");
    assert_eq!(charter(&clients[0])["quorum_percent"], json!(70));
}
