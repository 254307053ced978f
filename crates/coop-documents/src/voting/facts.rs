//! The facts of a vote as templates name them.

use super::{Choice, Voting};
use crate::{locale::Locale, people::Person};
use serde_json::{Value, json};

impl Voting {
    pub(crate) fn fields(&self, locale: Locale) -> Value {
        let total = self.seats();
        let side = |choice| {
            let count = self.count(choice);
            json!({
                "count": count,
                "percent": locale.percent(count, total),
                "names": self.names(|made| made == choice, Person::short_name),
                "full_names": self.names(|made| made == choice, Person::full_name),
            })
        };
        let seats: Vec<_> = self
            .seats
            .iter()
            .map(|seat| json!({"person": seat.person.fields(), "is_chairman": seat.is_chairman}))
            .collect();
        json!({
            "decision_id": self.decision_id,
            "seats": seats,
            "total": total,
            "voted": self.voted(),
            "voted_percent": locale.percent(self.voted(), total),
            "voters": self.names(|made| made != Choice::Silent, Person::short_name),
            "majority": self.majority(),
            "quorum_percent": self.quorum_percent,
            "quorum": self.quorum(),
            "has_quorum": self.has_quorum(),
            "is_approved": self.is_approved(),
            "is_declined": self.is_declined(),
            "for": side(Choice::For),
            "against": side(Choice::Against),
            "silent": side(Choice::Silent),
            "opened_at": locale.moment(self.times.opened_at),
            "closes_at": locale.moment(self.times.closes_at),
            "approved_at": self.times.approved_at.map(|micros| locale.moment(micros)),
            "counted_at": locale.moment(self.times.counted_at),
            "counter": self.counter.to_string(),
        })
    }

    /// The members whose choice is one of those, in the order of seats.
    fn names(&self, made: impl Fn(Choice) -> bool, told: impl Fn(&Person) -> String) -> String {
        let seats = self.seats.iter().filter(|seat| made(seat.choice));
        let names: Vec<_> = seats.map(|seat| told(&seat.person)).collect();
        names.join(", ")
    }
}
