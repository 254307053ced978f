//! Charters that general meetings change, by the API alone.

use super::council::{PUSHED, SUBMIT, about, joint, signing};
use super::meeting::{CHARTER, Meeting, PROTOCOL, SIGN, count, field};
use super::served::{Client, Served};
use crate::scenarios::world::{Chain, Coop, Person};
use coop_model::{Charter, parameters};
use serde_json::{Value, json};

const MAKE: &str = "generateCharterProtocol";
const SUBMIT_CHARTER: &str = "submitCharterProtocol";
/// A document with its text and its moment.
const TEXT: &str = "{ hash binary packed signed_hash meta { created_at } }";

/// Whose charter is changed.
struct Story<'s> {
    meeting: Meeting<'s>,
    /// Keeps the office.
    clerk: Client<'s>,
    /// Who is present and signs: the council, its chairman first.
    present: [(&'s Person, Client<'s>); 3],
    /// Who votes against it.
    against: (&'s Person, Client<'s>),
    /// Has an account and is no participant.
    candidate: &'s Person,
}

#[test]
fn a_charter_is_changed_by_those_who_were_present() {
    let (chain, live) = Chain::followed();
    let served = Served::with(&chain, live, |coop| vec![coop.admitted(), coop.newcomer()]);
    let (members, people) = (&served.coop.members, &served.people);
    let known = |person, number| (person, served.login(person, number));
    let story = Story {
        meeting: Meeting::of(&served),
        clerk: served.login(&served.coop.cashier, 4),
        present: [
            known(&members[0], 1),
            known(&members[1], 2),
            known(&members[2], 3),
        ],
        against: known(&people[0], 5),
        candidate: &people[1],
    };
    story.refused_protocols();
    let first = story.made_and_signed();
    story.changed(&first);
    story.written_down();
    story.over(&chain);
}

impl Story<'_> {
    fn coop(&self) -> &Coop<'_> {
        self.meeting.coop()
    }

    fn everybody(&self) -> [&Person; 3] {
        self.present.each_ref().map(|it| it.0)
    }

    /// The charter as anybody reads it.
    fn charter(&self) -> Value {
        let fields = "quorum_percent board_support participants signatures_needed";
        let query = format!("{{ getCharter {{ {fields} }} }}");
        let answer = self.against.1.ask(&query, json!({}));
        answer["data"]["getCharter"].clone()
    }

    /// What a protocol is asked for with.
    fn asked(&self, quorum: u32, present: &[&Person], against: &[&Person]) -> Value {
        let names = |it: &[&Person]| it.iter().map(|it| it.name).collect::<Vec<_>>();
        let more = json!({
            "quorum_percent": quorum, "board_support": 3,
            "present": names(present), "against": names(against),
        });
        about(self.coop(), self.coop().cashier.name, more)
    }

    fn refused_protocols(&self) {
        let expected = json!({
            "quorum_percent": 0, "board_support": 0, "participants": 4, "signatures_needed": 2,
        });
        assert_eq!(self.charter(), expected);
        let refused = |data| self.clerk.refused(MAKE, CHARTER, data, TEXT).1;
        let all = self.everybody();
        let present = |people: &[&Person]| refused(self.asked(60, people, &[]));
        let against = |people: &[&Person]| refused(self.asked(60, &all, people));
        assert_eq!(
            refused(self.asked(101, &all, &[])),
            json!("data.quorum_percent")
        );
        let mut much = self.asked(60, &all, &[]);
        much["board_support"] = json!(65);
        assert_eq!(refused(much), json!("data.board_support"));
        // It would be shown before all others, and never be too old to be kept.
        let mut later = self.asked(60, &all, &[]);
        later["block_num"] = json!(1);
        later["created_at"] = json!("2100-01-01T00:00:00.000Z");
        assert_eq!(refused(later), json!("data.created_at"), "a moment to come");
        for (people, why) in [
            (&all[..1], "one of the two who are needed"),
            (&[], "nobody"),
            (&[all[0]; 3], "one thrice"),
            (&[all[0]; 65], "too many"),
            (&[all[0], all[1], self.candidate], "a candidate"),
        ] {
            assert_eq!(present(people), json!("data.present"), "{why}");
        }
        for (people, why) in [
            (&all[2..], "for and against"),
            (&[self.candidate][..], "a candidate"),
            (&[self.against.0; 501], "too many"),
        ] {
            assert_eq!(against(people), json!("data.against"), "{why}");
        }
    }

    /// What the cooperative sends.
    fn sending(&self, quorum_percent: u8, signed: &Value) -> Value {
        let coop = self.coop();
        let charter = Charter {
            quorum_percent,
            board_support: 3,
        };
        let registrator = coop.registrator(&coop.account);
        let action = registrator.setcharter(coop.name(), charter, joint(signed));
        let hash = &signed["document"]["hash"];
        let action = action.to_action();
        self.meeting
            .sending(coop.name(), hash, action, &coop.account)
    }

    fn refused(&self, quorum_percent: u8, signed: &Value) -> (String, Value) {
        let data = self.sending(quorum_percent, signed);
        self.meeting
            .office
            .refused(SUBMIT_CHARTER, SUBMIT, data, PUSHED)
    }

    /// The newest protocol, signed by all who were present.
    fn signed(&self) -> Value {
        let mut signed = Value::Null;
        for (person, client) in &self.present {
            signed = self.meeting.sign(client, person);
        }
        signed
    }

    /// A protocol that is made twice to the byte, and not sent before all have signed, or for another charter.
    fn made_and_signed(&self) -> Value {
        let asked = self.asked(60, &self.everybody(), &[self.against.0]);
        let made = self.clerk.call(MAKE, CHARTER, asked.clone(), TEXT);
        let mut again = asked;
        again["created_at"] = made["meta"]["created_at"].clone();
        let same = self.clerk.call(MAKE, CHARTER, again, TEXT);
        assert_eq!(
            (&same["hash"], &same["binary"]),
            (&made["hash"], &made["binary"])
        );
        let moment = &made["meta"]["created_at"];
        let all = self.everybody();
        for (present, against, why) in [
            (&all[..2], &[self.against.0][..], "others were present"),
            (&all[..], &[], "nobody was against"),
        ] {
            let mut other = self.asked(60, present, against);
            other["created_at"] = moment.clone();
            let told = self.clerk.refused(MAKE, CHARTER, other, TEXT);
            assert_eq!(told, field("data.created_at"), "{why}");
        }
        let told = self.meeting.waiting(&self.against.1);
        assert_eq!(told, json!([]), "who voted against signs nothing");
        let arguments = field("data.transaction.data");
        let [first, second, third] = &self.present;
        self.meeting.sign(&first.1, first.0);
        let signed = self.meeting.sign(&second.1, second.0);
        assert_eq!(count(&signed["missing"]), 1);
        // The contract would take two; the text says that three have signed.
        assert_eq!(
            self.refused(60, &signed),
            arguments,
            "two of three have signed"
        );
        let signed = self.meeting.sign(&third.1, third.0);
        let rules = json!({"quorum_percent": 60, "board_support": 3});
        assert_eq!((&signed["charter"], count(&signed["missing"])), (&rules, 0));
        assert_eq!(self.refused(10, &signed), arguments, "another quorum");
        signed
    }

    /// A later protocol is sent: then an earlier one is not taken any more.
    fn changed(&self, first: &Value) {
        let asked = self.asked(70, &self.everybody(), &[]);
        let later = self.clerk.call(MAKE, CHARTER, asked, TEXT);
        let signed = self.signed();
        assert_eq!(signed["document"]["hash"], later["hash"]);
        assert_eq!(count(&self.meeting.waiting(&self.clerk)), 2);
        let data = self.sending(70, &signed);
        self.meeting
            .office
            .call(SUBMIT_CHARTER, SUBMIT, data, PUSHED);
        self.meeting.served.follow();
        assert_eq!(self.charter()["quorum_percent"], json!(70));
        let [(person, client), ..] = &self.present;
        let data = signing(self.coop(), &later["hash"], (person, person), &later);
        let told = client.refused("signMeetingProtocol", SIGN, data, PROTOCOL);
        assert_eq!(told.0, "NOT_NOW", "the chain has another signature");
        assert_eq!(
            self.meeting.waiting(&self.clerk),
            json!([]),
            "neither waits"
        );
        assert_eq!(self.refused(60, first).0, "REFUSED_BY_CHAIN");
    }

    /// Whose names were shown is written down, of those too who voted against.
    fn written_down(&self) {
        let (chairman, client) = &self.present[0];
        let entries = self.meeting.audit(client, self.against.0.name);
        for (who, operation) in [
            (self.coop().cashier.name, MAKE),
            (chairman.name, "getMeetingProtocols"),
            (chairman.name, "signMeetingProtocol"),
        ] {
            let entry = json!({"who": who, "operation": operation});
            assert!(entries.contains(&entry), "{entry} is not in {entries:?}");
        }
    }

    /// A protocol that nobody sends in its term, and one that nobody signs, which is not kept then.
    fn over(&self, chain: &Chain) {
        let asked = self.asked(90, &self.everybody(), &[]);
        let draft = self.clerk.call(MAKE, CHARTER, asked, TEXT);
        let asked = self.asked(80, &self.everybody(), &[]);
        self.clerk.call(MAKE, CHARTER, asked, TEXT);
        let signed = self.signed();
        // However many drafts are made, what somebody has signed is found among them.
        for quorum in 1..=50 {
            let asked = self.asked(quorum, &self.everybody(), &[]);
            self.clerk.call(MAKE, CHARTER, asked, TEXT);
        }
        let waiting = self.meeting.waiting(&self.present[0].1);
        let waiting = waiting.as_array().expect("a list");
        let hash = &signed["document"]["hash"];
        assert_eq!(waiting.len(), 50);
        assert!(waiting.iter().any(|it| it["document"]["hash"] == *hash));
        chain.pass(parameters::MEETING_SECONDS + 1);
        assert_eq!(
            self.meeting.waiting(&self.clerk),
            json!([]),
            "its term is over"
        );
        assert_eq!(self.refused(80, &signed).0, "REFUSED_BY_CHAIN");
        assert_eq!(self.charter()["quorum_percent"], json!(70));
        let [(person, client), ..] = &self.present;
        let data = signing(self.coop(), &draft["hash"], (person, person), &draft);
        let sign = || client.refused("signMeetingProtocol", SIGN, data.clone(), PROTOCOL);
        assert_eq!(sign().0, "NOT_NOW", "the contract would not take it");
        let asked = self.asked(90, &self.everybody(), &[]);
        self.clerk.call(MAKE, CHARTER, asked, TEXT);
        assert_eq!(sign().0, "NOT_FOUND", "the names in it are forgotten");
    }
}
