//! The operations of a connection, as the protocol `graphql-transport-ws` has them beyond what the library does: an id
//! that is in use ends the connection, and an operation that has nothing but errors first is told by `error`.

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The ids that are in use, each with whether anything was told of it.
#[derive(Debug, Default)]
pub(super) struct Operations(Mutex<HashMap<String, bool>>);

/// What is read of a message.
#[derive(Deserialize)]
struct Head {
    #[serde(rename = "type")]
    kind: String,
    id: Option<String>,
    payload: Option<Payload>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Payload {
    Answer {
        data: Option<IgnoredAny>,
        #[serde(default)]
        errors: Vec<Value>,
    },
    Other(IgnoredAny),
}

impl Operations {
    /// A message of the client; false where it begins an operation whose id is in use.
    pub(super) fn heard(&self, message: &[u8]) -> bool {
        // What is no message of the protocol, the library refuses.
        let Ok(Head {
            kind, id: Some(id), ..
        }) = serde_json::from_slice(message)
        else {
            return true;
        };
        match kind.as_str() {
            "subscribe" => self.open().insert(id, false).is_none(),
            "complete" => {
                self.open().remove(&id);
                true
            }
            _ => true,
        }
    }

    /// A message for the client, as the protocol has it; `None` where nothing is to be said any more.
    pub(super) fn told(&self, message: String) -> Option<String> {
        let Ok(Head {
            kind,
            id: Some(id),
            payload,
        }) = serde_json::from_str(&message)
        else {
            return Some(message);
        };
        let mut open = self.open();
        match (kind.as_str(), payload) {
            ("next", Some(Payload::Answer { data: None, errors }))
                if open.get(&id) == Some(&false) && !errors.is_empty() =>
            {
                open.remove(&id);
                Some(json!({ "type": "error", "id": id, "payload": errors }).to_string())
            }
            ("next", _) => {
                open.insert(id, true);
                Some(message)
            }
            // The error has ended the operation.
            ("complete", _) => open.remove(&id).map(|_| message),
            _ => Some(message),
        }
    }

    fn open(&self) -> MutexGuard<'_, HashMap<String, bool>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begin(operations: &Operations, id: &str) -> bool {
        let message = json!({ "type": "subscribe", "id": id, "payload": { "query": "{ a }" } });
        operations.heard(message.to_string().as_bytes())
    }

    fn told(operations: &Operations, message: Value) -> Option<Value> {
        let told = operations.told(message.to_string());
        told.map(|it| serde_json::from_str(&it).unwrap())
    }

    #[test]
    fn an_id_is_free_again_once_its_operation_has_ended() {
        let operations = Operations::default();
        assert!(begin(&operations, "1") && begin(&operations, "2"));
        assert!(!begin(&operations, "1"));
        let complete = json!({ "type": "complete", "id": "2" });
        assert_eq!(told(&operations, complete.clone()), Some(complete));
        assert!(begin(&operations, "2"));
        assert!(operations.heard(br#"{"type":"complete","id":"2"}"#));
        assert!(begin(&operations, "2"));
        for other in [&b"no JSON"[..], br#"{"type":"ping"}"#, br#"{"id":"1"}"#] {
            assert!(operations.heard(other));
        }
    }

    #[test]
    fn errors_end_an_operation_that_has_told_nothing_else() {
        let operations = Operations::default();
        assert!(begin(&operations, "1"));
        let errors = json!([{ "message": "no" }]);
        let failed =
            json!({ "type": "next", "id": "1", "payload": { "data": null, "errors": errors } });
        let error = json!({ "type": "error", "id": "1", "payload": errors });
        assert_eq!(told(&operations, failed.clone()), Some(error));
        assert_eq!(
            told(&operations, json!({ "type": "complete", "id": "1" })),
            None
        );

        assert!(begin(&operations, "1"));
        let next = json!({ "type": "next", "id": "1", "payload": { "data": { "a": 1 } } });
        assert_eq!(told(&operations, next.clone()), Some(next));
        assert_eq!(told(&operations, failed.clone()), Some(failed));
        let complete = json!({ "type": "complete", "id": "1" });
        assert_eq!(told(&operations, complete.clone()), Some(complete));
        let pong = json!({ "type": "pong" });
        assert_eq!(told(&operations, pong.clone()), Some(pong));
    }
}
