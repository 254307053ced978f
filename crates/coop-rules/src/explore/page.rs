//! The table of explored worlds that `docs/explored.md` shows.

use super::search::Exploration;
use const_format::concatcp;

const HEAD: &str = "\
<!-- Written by `cargo run -p coop-rules --release --example explore -- --page docs/explored.md`. -->
# Explored worlds

Each line is a small world of the model in `crates/coop-rules`. Its name says which kinds of decisions can begin in it, how many voting seats its council has, and what else can happen. Every deadline takes one step of time. All states of a world were visited, with every interleaving of actions, up to symmetry. No state breaks an invariant, and from every state a settled state can be reached: all money is paid out, all property is returned, every process is finished and its row erased. The depth is the largest number of steps from the initial state to any other.

`./scripts/test unit` explores the smallest of these worlds and fails when a count differs from this page.

Larger worlds are explored by random walks. Each step is executed both by the model and by the contracts on the embedded chain; the outcome and the rows must be equal and every invariant must hold (`tests/model`). `./scripts/test chain` takes 100 000 steps. A run of a million steps, starting with seed 50001, found no difference; it took 8 minutes on two processors:

```
VECHE_MODEL_STEPS=1000000 VECHE_MODEL_SEED=50001 cargo test --workspace --test veche -- model::lives
```

";

const COLUMNS: &str = "\
| world | states | transitions | settled | depth |
|---|---:|---:|---:|---:|
";

/// The line of a world.
pub fn row(name: &str, found: &Exploration) -> String {
    let Exploration {
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
