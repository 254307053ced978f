//! What takes 48 hours or 30 days, with the clock moved: on the embedded chain, or on the real node's
//! own chain library.

mod chain;
pub(crate) mod clock;
mod sign_off;
mod unpaid;
mod voting;

use std::time::Duration;

use antelope_types::TimePoint;

use crate::scenarios::world::{Chain, Coop, Question};
use clock::Clock;

/// 48 hours.
const VOTING: Duration = Duration::from_secs(48 * 3600);
/// 30 days.
const MONTH: Duration = Duration::from_secs(30 * 24 * 3600);

/// A fresh chain with the three contracts and a clock of its own; `None`, said loudly, where this machine
/// has no CPython 3.11 and it is needed.
fn world() -> Option<Chain> {
    let (clock, client, key) = Clock::start()?;
    Some(Chain::set_up(client, key).with_clock(clock))
}

/// A moment in a question's row.
fn moment(coop: &Coop<'_>, question: &Question, field: &str) -> TimePoint {
    let row = coop.decision(question.id).expect("the question");
    row[field]
        .as_str()
        .expect("a time")
        .parse()
        .expect("a time")
}

fn later(moment: TimePoint, by: Duration) -> TimePoint {
    TimePoint::from_micros(moment.micros() + by.as_micros() as i64)
}
