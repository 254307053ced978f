//! Boards that general meetings elect, by the API alone: from the protocol that everyone elected signs to their seats.

use super::council::{PAPER, PUSHED, SUBMIT, about, joint, signing};
use super::meeting::{ELECT, Meeting, PROTOCOL, SIGN, STEP, count, field, seat, seats};
use super::served::{Client, Served};
use crate::scenarios::world::{Chain, Coop, Person};
use antelope_types::Name;
use coop_model::council::board;
use coop_model::{Document, parameters};
use serde_json::{Value, json};

const MAKE: &str = "generateElectionProtocol";
const SUBMIT_ELECTION: &str = "submitElectionProtocol";
/// The field of what is wrong in the arguments of a transaction.
const DATA: &str = "data.transaction.data";

/// Whose council is elected.
struct Story<'s> {
    meeting: Meeting<'s>,
    /// Who is elected, with their clients.
    elected: [(&'s Person, Client<'s>); 3],
    /// The seats as the API takes them.
    seats: Value,
    /// Keeps the office.
    clerk: Client<'s>,
    /// Participants who are not elected: one for it, one against.
    others: [(&'s Person, Client<'s>); 2],
    /// Has an account and is no participant.
    candidate: (&'s Person, Client<'s>),
}

#[test]
fn a_later_council_is_elected_from_its_protocol_to_its_seats() {
    let (chain, live) = Chain::followed();
    let served = Served::with(&chain, live, |coop| {
        let others = [coop.admitted(), coop.admitted(), coop.admitted()];
        others.into_iter().chain([coop.newcomer()]).collect()
    });
    let (members, people) = (&served.coop.members, &served.people);
    let known = |person, number| (person, served.login(person, number));
    let story = Story {
        meeting: Meeting::of(&served),
        elected: [
            known(&members[1], 2),
            known(&members[2], 3),
            known(&people[0], 5),
        ],
        seats: json!([
            seat(&members[1], true, true),
            seat(&members[2], true, false),
            seat(&people[0], true, false),
        ]),
        clerk: served.login(&served.coop.cashier, 4),
        others: [known(&people[1], 6), known(&people[2], 7)],
        candidate: known(&people[3], 8),
    };
    assert!(story.meeting.election(&story.clerk).is_null());
    story.refused_boards();
    let made = story.made();
    story.read_by_its_signers_only(&made);
    let protocol = story.signed_by_all(&made);
    story.refused_submissions(&made, &protocol);
    story.submitted(&made, &protocol);
    story.voices();
    story.seated(&chain);
    story.written_down();
}

impl Story<'_> {
    fn coop(&self) -> &Coop<'_> {
        self.meeting.coop()
    }

    /// What a protocol is asked for with.
    fn asked(&self, who: Name, board: &str, seats: &Value) -> Value {
        about(self.coop(), who, json!({"board": board, "seats": seats}))
    }

    fn made(&self) -> Value {
        let (participant, client) = &self.others[0];
        let data = self.asked(participant.name, "council", &self.seats);
        let told = client.refused(MAKE, ELECT, data, PAPER);
        assert_eq!(told.0, "FORBIDDEN", "who does not keep the office");
        let data = self.asked(self.coop().cashier.name, "council", &self.seats);
        self.clerk.call(MAKE, ELECT, data, PAPER)
    }

    /// Boards of which no protocol is made.
    fn refused_boards(&self) {
        let refused = |board: &str, seats: Value| {
            let data = self.asked(self.coop().cashier.name, board, &seats);
            self.clerk.refused(MAKE, ELECT, data, PAPER)
        };
        let seats = field("data.seats");
        let elect = &self.seats;
        let with = |third: Value| json!([elect[0], elect[1], third]);
        let named = |name: &str| json!({"username": name, "is_voting": true, "is_chairman": false});
        assert_eq!(refused("court", elect.clone()), field("data.board"));
        assert_eq!(refused("council", json!([])), seats);
        assert_eq!(refused("council", json!([elect[0], elect[1]])), seats);
        assert_eq!(refused("council", with(elect[1].clone())), seats);
        assert_eq!(refused("audit", json!(vec![elect[0].clone(); 65])), seats);
        let candidate = seat(self.candidate.0, true, false);
        assert_eq!(refused("council", with(candidate)), seats);
        assert_eq!(refused("council", with(named("nobodyyyyyyy"))), seats);
        assert_eq!(refused("council", with(named("N O"))), seats);
    }

    fn read_by_its_signers_only(&self, made: &Value) {
        let protocol = self.meeting.waiting(&self.clerk)[0].clone();
        assert_eq!(protocol["document"]["hash"], made["hash"]);
        assert_eq!(protocol["election"]["seats"], self.seats);
        assert_eq!(protocol["election"]["version"], json!(2.0));
        assert_eq!(count(&protocol["missing"]), 3);
        let [(_, participant), (other, stranger)] = &self.others;
        for client in [participant, stranger, &self.candidate.1] {
            assert_eq!(self.meeting.waiting(client), json!([]));
        }
        let elected = self.elected[0].0.name;
        let of_another = format!("{{ getMeetingProtocols(username: \"{elected}\") {PROTOCOL} }}");
        let told = stranger.ask(&of_another, json!({}));
        assert_eq!(told["errors"][0]["extensions"]["code"], "FORBIDDEN");
        let missing = &protocol["missing"][0];
        let data = signing(self.coop(), &made["hash"], (other, other), missing);
        let told = stranger.refused("signMeetingProtocol", SIGN, data, PROTOCOL);
        assert_eq!(told.0, "NOT_FOUND", "who is no signer");
        let [(first, client), (second, _), _] = &self.elected;
        let wrong = signing(self.coop(), &made["hash"], (first, second), missing);
        let told = client.refused("signMeetingProtocol", SIGN, wrong, PROTOCOL);
        assert_eq!(told, field("data.signature"));
        let mut wrong = signing(self.coop(), &made["hash"], (first, second), missing);
        wrong["public_key"] = json!(second.public_key().to_string());
        let told = client.refused("signMeetingProtocol", SIGN, wrong, PROTOCOL);
        assert_eq!(told, field("data.public_key"), "somebody else's key");
    }

    /// The signed protocol; before all have signed, it is not sent.
    fn signed_by_all(&self, made: &Value) -> Document {
        let mut signed = Value::Null;
        for (place, (person, client)) in self.elected.iter().enumerate() {
            if place == 2 {
                assert_eq!(count(&signed["missing"]), 1, "{signed}");
                let told = self.refused(self.sending(made, &joint(&signed), &self.seats));
                assert_eq!(told, field(DATA), "two of three have signed");
            }
            signed = self.meeting.sign(client, person);
        }
        assert_eq!(signed["missing"], json!([]), "{signed}");
        joint(&signed)
    }

    /// What the cooperative sends of a council.
    fn sending(&self, made: &Value, protocol: &Document, seats: &Value) -> Value {
        let action = self.meeting.update_board(board::COUNCIL, seats, protocol);
        let coop = self.coop();
        let hash = &made["hash"];
        self.meeting
            .sending(coop.name(), hash, action, &coop.account)
    }

    fn refused(&self, data: Value) -> (String, Value) {
        self.meeting
            .office
            .refused(SUBMIT_ELECTION, SUBMIT, data, PUSHED)
    }

    fn refused_submissions(&self, made: &Value, protocol: &Document) {
        let (coop, meeting) = (self.coop(), &self.meeting);
        let refused =
            |protocol: &Document, seats| self.refused(self.sending(made, protocol, seats));
        let mut others = self.seats.clone();
        others[2] = seat(self.others[0].0, true, false);
        assert_eq!(refused(protocol, &others), field(DATA), "other seats");
        let action = meeting.update_board(board::AUDIT, &self.seats, protocol);
        let data = meeting.sending(coop.name(), &made["hash"], action, &coop.account);
        assert_eq!(self.refused(data), field(DATA), "another board");
        let mut twice = protocol.clone();
        twice.signatures.push(twice.signatures[0].clone());
        assert_eq!(
            refused(&twice, &self.seats),
            field(DATA),
            "a signature twice"
        );
        let mut other = protocol.clone();
        other.meta.title.push('!');
        assert_eq!(
            refused(&other, &self.seats),
            field(DATA),
            "another document"
        );
        let (member, client) = &self.elected[0];
        let action = coop.soviet(member).updateboard(
            coop.name(),
            board::COUNCIL,
            seats(&self.seats),
            protocol.clone(),
        );
        let data = meeting.sending(member.name, &made["hash"], action.to_action(), member);
        let told = client.refused(SUBMIT_ELECTION, SUBMIT, data, PUSHED);
        let authorization = field("data.transaction.authorization");
        assert_eq!(told, authorization, "not the cooperative's");
        let (participant, client) = &self.others[0];
        let mut data = self.sending(made, protocol, &self.seats);
        data["username"] = json!(participant.name);
        let told = client.refused(SUBMIT_ELECTION, SUBMIT, data, PUSHED);
        assert_eq!(told.0, "FORBIDDEN", "who does not keep the office");
        for another in ["submitCharterProtocol", "submitFoundingProtocol"] {
            let data = self.sending(made, protocol, &self.seats);
            let told = meeting.office.refused(another, SUBMIT, data, PUSHED);
            assert_eq!(told.0, "NOT_FOUND", "a protocol of another meeting");
        }
    }

    /// The office sends what the cooperative has signed.
    fn submitted(&self, made: &Value, protocol: &Document) {
        let mut data = self.sending(made, protocol, &self.seats);
        data["username"] = json!(self.coop().cashier.name);
        self.clerk.call(SUBMIT_ELECTION, SUBMIT, data, PUSHED);
        assert_eq!(
            self.meeting.waiting(&self.clerk),
            json!([]),
            "it is on the chain"
        );
        let election = self.meeting.election(&self.elected[0].1);
        assert_eq!(election["seats"], self.seats);
        assert_eq!(election["hash"], made["hash"]);
        assert_eq!(election["supports"], json!(true));
        assert_eq!(election["support"], json!(3));
        assert_eq!(election["is_over"], json!(false));
    }

    /// One supports, one objects; nobody twice, nobody for another board, and no candidate.
    fn voices(&self) {
        let meeting = &self.meeting;
        let [(for_it, supporter), (against, objector)] = &self.others;
        let refused =
            |client: &Client<'_>, data| client.refused("supportBoard", STEP, data, PUSHED);
        let mut data = meeting.voice(true, 2, for_it);
        data["version"] = json!(3);
        assert_eq!(refused(supporter, data), field(DATA), "another board");
        let data = meeting.voice(false, 2, for_it);
        let actions = field("data.transaction.actions");
        assert_eq!(refused(supporter, data), actions, "another voice");
        let mut theirs = meeting.voice(true, 2, against);
        assert_eq!(
            refused(supporter, theirs.clone()).0,
            "FORBIDDEN",
            "for somebody else"
        );
        theirs["username"] = json!(for_it.name);
        let told = refused(supporter, theirs);
        assert_eq!(
            told,
            field("data.transaction.authorization"),
            "somebody else's"
        );
        let (candidate, outsider) = &self.candidate;
        let told = refused(outsider, meeting.voice(true, 2, candidate));
        assert_eq!(told.0, "FORBIDDEN", "no participant");
        assert!(meeting.election(supporter)["supports"].is_null());
        let data = meeting.voice(true, 2, for_it);
        supporter.call("supportBoard", STEP, data, PUSHED);
        let data = meeting.voice(false, 2, against);
        objector.call("objectToBoard", STEP, data, PUSHED);
        let told = refused(objector, meeting.voice(true, 2, against));
        assert_eq!(told.0, "REFUSED_BY_CHAIN", "a second voice");
        let election = meeting.election(objector);
        assert_eq!(election["supports"], json!(false));
        assert_eq!(election["support"], json!(4));
        assert_eq!(election["objections"], json!(1));
    }

    /// Anybody seats the board once the term is over, and voices end with it.
    fn seated(&self, chain: &Chain) {
        let meeting = &self.meeting;
        let (candidate, anybody) = &self.candidate;
        let both = meeting.end(true, 2, candidate);
        let refused = |actions| {
            let data = meeting.step(2, candidate, actions);
            anybody.refused("seatBoard", STEP, data, PUSHED)
        };
        assert_eq!(refused(&both).0, "REFUSED_BY_CHAIN", "the term goes on");
        chain.pass(parameters::SUPPORT_SECONDS);
        assert_eq!(meeting.election(anybody)["is_over"], json!(true));
        let chairman = self.coop().chairman();
        let late = meeting.served.login(chairman, 1);
        let data = meeting.voice(true, 2, chairman);
        let told = late.refused("supportBoard", STEP, data, PUSHED);
        assert_eq!(told.0, "REFUSED_BY_CHAIN", "a voice after the term");
        let actions = field("data.transaction.actions");
        assert_eq!(refused(&both[..1]), actions, "voices stay");
        let data = meeting.step(2, candidate, &both);
        anybody.call("seatBoard", STEP, data, PUSHED);
        meeting.served.follow();
        assert!(meeting.election(anybody).is_null());
        let council = anybody.ask("{ getCouncil { username is_chairman board } }", json!({}));
        let council = council["data"]["getCouncil"].as_array().expect("a list");
        let chairman = self.elected[0].0.name;
        let chairman = json!({"username": chairman, "is_chairman": true, "board": 2});
        assert!(
            council.len() == 3 && council.contains(&chairman),
            "{council:?}"
        );
    }

    /// Whose names were shown to whom is written down.
    fn written_down(&self) {
        let [(chairman, client), _, (elected, _)] = &self.elected;
        let (clerk, chairman) = (self.coop().cashier.name, chairman.name);
        let entries = self.meeting.audit(client, elected.name);
        for (who, operation) in [
            (clerk, MAKE),
            (clerk, "getMeetingProtocols"),
            (chairman, "getMeetingProtocols"),
            (chairman, "signMeetingProtocol"),
            (clerk, SUBMIT_ELECTION),
        ] {
            let entry = json!({"who": who, "operation": operation});
            assert!(entries.contains(&entry), "{entry} is not in {entries:?}");
        }
        let others = self.others.each_ref().map(|it| json!(it.0.name));
        assert!(
            entries.iter().all(|it| !others.contains(&it["who"])),
            "{entries:?}"
        );
    }
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
        meeting.office.call(MAKE, ELECT, data, PAPER);
        let signed = meeting.sign(&client, person);
        let action = meeting.update_board(board::AUDIT, &elect, &joint(&signed));
        let hash = &signed["document"]["hash"];
        let data = meeting.sending(coop.name(), hash, action, &coop.account);
        meeting.office.call(SUBMIT_ELECTION, SUBMIT, data, PUSHED);
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
