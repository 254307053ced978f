//! The table of explored worlds that `docs/explored.md` shows.

use super::search::Found;
use const_format::concatcp;

const HEAD: &str = "\
<!-- Written by `cargo run -p coop-rules --release --example explore -- --page docs/explored.md`. -->
# Explored worlds

Each line is a small world of the model in `crates/coop-rules`: the kinds of decisions that may begin in it, the voting seats of its council, and what else may happen. Every deadline is one step of time. All its states were visited, every interleaving of actions up to symmetry. In none of them an invariant breaks, and from each of them there is a way to a settled state: all money is out, all property is back, every process is over and its row is gone. The depth is the number of steps to the farthest state.

`./scripts/test unit` explores the smallest of these worlds and fails when a count here is another.

Larger worlds are lived at random, and each step is also taken by the contracts on the embedded chain: the same outcome, the same rows, every invariant (`tests/model`). `./scripts/test chain` takes 100 000 steps. A million, from seed 50001 on, agreed in 8 minutes on two processors:

```
VECHE_MODEL_STEPS=1000000 VECHE_MODEL_SEED=50001 cargo test --workspace --test veche -- model::lives
```

";

const COLUMNS: &str = "\
| world | states | transitions | settled | depth |
|---|---:|---:|---:|---:|
";

/// The line of a world.
pub fn row(name: &str, found: &Found) -> String {
    let Found {
        states,
        transitions,
        settled,
        depth,
        ..
    } = found;
    format!("| {name} | {states} | {transitions} | {settled} | {depth} |\n")
}

/// The page with these lines and their sums.
pub fn page(rows: &[String], states: usize, transitions: usize) -> String {
    let worlds = rows.len();
    let sum = format!("| {worlds} worlds | {states} | {transitions} | | |\n");
    [concatcp!(HEAD, COLUMNS), &rows.concat(), &sum].concat()
}
