//! Where two JSON values differ.

use serde_json::Value;

/// The lines that only one of the two has, the node's after `-` and the chain's after `+`; `None`
/// where they are equal.
pub fn difference(there: &Value, here: &Value) -> Option<String> {
    if there == here {
        return None;
    }
    let [there, here] = [there, here].map(|value| format!("{value:#}"));
    let (there, here): (Vec<_>, Vec<_>) = (there.lines().collect(), here.lines().collect());
    let mut out = String::new();
    for (mark, lines, others) in [('-', &there, &here), ('+', &here, &there)] {
        for line in lines.iter().filter(|line| !others.contains(line)) {
            out.push_str(&format!("{mark} {}\n", line.trim()));
        }
    }
    Some(out)
}
