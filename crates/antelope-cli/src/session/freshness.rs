//! Whether a node's head is of now.

use antelope_envelope::Message;
use antelope_types::TimePoint;
use std::time::{SystemTime, UNIX_EPOCH};

/// By how many seconds a head may differ from the clock of this machine. A chain makes two blocks a
/// second, and a transaction that is built on a head much older has expired before it arrives.
const MOST: i64 = 30;

/// Whether a head is so old that the node must be behind, by the clock of this machine.
pub(super) fn is_behind(now: SystemTime, head: TimePoint) -> bool {
    age(now, head) > MOST
}

/// How many seconds ago the head was made; less than nothing where its time has not come yet.
fn age(now: SystemTime, head: TimePoint) -> i64 {
    let now = now.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(now.as_secs()).unwrap_or(i64::MAX) - head.seconds()
}

/// A warning where the head is too old, or of a time that has not come yet.
pub(super) fn doubt(now: SystemTime, head: TimePoint, node: &str) -> Option<Message> {
    let age = age(now, head);
    if age.abs() <= MOST {
        return None;
    }
    let (code, text, hint) = match age {
        ..0 => (
            "clock.behind",
            format!(
                "the chain's time is {} s ahead of this machine's clock",
                -age
            ),
            "set the clock; the chain's time is used meanwhile",
        ),
        _ => (
            "node.behind",
            format!("the head of {node} is {age} s old: it is behind, or the chain has stopped"),
            "another node with --url; if all tell the same, look at this machine's clock",
        ),
    };
    let mut message = Message::new(code, text);
    message.hint = Some(hint.to_owned());
    Some(message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_head_of_another_time_is_doubted() {
        let head = TimePoint::from_micros(1_700_000_000_000_000);
        let code = |now: u64| {
            let now = UNIX_EPOCH + Duration::from_secs(now);
            doubt(now, head, "node").map(|it| it.code.into_owned())
        };
        assert_eq!(code(1_700_000_000), None);
        assert_eq!(code(1_700_000_030), None);
        assert_eq!(code(1_700_000_031).as_deref(), Some("node.behind"));
        assert_eq!(code(1_699_999_970), None);
        assert_eq!(code(1_699_999_969).as_deref(), Some("clock.behind"));
        let behind = |now: u64| is_behind(UNIX_EPOCH + Duration::from_secs(now), head);
        assert_eq!([1_700_000_030, 1_700_000_031].map(behind), [false, true]);
        assert!(!behind(1_600_000_000), "a clock that is behind");
    }
}
