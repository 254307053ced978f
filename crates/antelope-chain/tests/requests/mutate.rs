//! Damages a JSON value anywhere in it.

use crate::shared::random::Random;
use crate::values;
use serde_json::Value;

/// Replaces or removes something at a random depth of the value.
pub fn mutate(random: &mut Random, value: &mut Value) {
    let below = match value {
        Value::Object(fields) => fields.len(),
        Value::Array(items) => items.len(),
        _ => 0,
    };
    if below == 0 {
        *value = values::any(random);
        return;
    }
    let at = random.below(below);
    // It goes further down more often than not.
    let here = random.below(3) == 0;
    match value {
        Value::Object(fields) => {
            let field = fields.keys().nth(at).cloned().unwrap_or_default();
            match (here, random.below(3)) {
                (true, 0) => drop(fields.remove(&field)),
                (true, _) => drop(fields.insert(field, values::any(random))),
                (false, _) => {
                    if let Some(inner) = fields.get_mut(&field) {
                        mutate(random, inner);
                    }
                }
            }
        }
        Value::Array(items) => match (here, random.below(4)) {
            (true, 0) => drop(items.remove(at)),
            (true, 1) => {
                let again = items[at].clone();
                items.push(again);
            }
            (true, _) => items[at] = values::any(random),
            (false, _) => mutate(random, &mut items[at]),
        },
        _ => {}
    }
}
