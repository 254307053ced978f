//! What is known to differ, each as `docs/chain.md` has it. Any other difference fails the test.

use crate::program::{Op, Unit};
use antelope_types::{Decode, DecodeError, Decoder, PublicKey};
use serde_json::Value;

/// `tx_cpu_usage_exceeded`
const TOO_LONG: u64 = 3080004;

/// A difference with its reason.
pub struct Known {
    pub what: &'static str,
    pub why: &'static str,
    /// Whether it is what these outcomes of the operations differ in.
    is: fn(&Unit, &Value, &Value) -> bool,
}

pub const KNOWN: [Known; 2] = [
    Known {
        what: "a WebAuthn key with text that is not UTF-8",
        why: "text is text here, and a node reads any bytes",
        is: |unit, _, _| {
            unit.0.iter().any(|op| match op {
                Op::Write(_, bytes) => {
                    PublicKey::decode(&mut Decoder::as_node(bytes)) == Err(DecodeError::InvalidUtf8)
                }
                _ => false,
            })
        },
    },
    Known {
        what: "the microseconds of what takes too long",
        why: "a node goes by the clock, and notices a little later",
        is: |_, there, here| {
            [there, here].map(|outcome| outcome["except"]["code"].as_u64()) == [Some(TOO_LONG); 2]
        },
    },
];

/// Which known difference it is that the outcomes of the operations, there and here, have.
pub fn known(unit: &Unit, there: &Value, here: &Value) -> Option<usize> {
    KNOWN.iter().position(|known| (known.is)(unit, there, here))
}
