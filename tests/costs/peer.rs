//! The public council contract in C++ beside ours: a council of five admits people on both, in turns, on
//! one chain. Its wasm and ABI are given by path; nothing of it is here.

mod council;
mod round;

use std::env;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use antelope_chain::with_traces;
use veche_tests::{Embedded, nodeos};

use crate::scenarios::world::{Chain, Coop};
use crate::token::report::write_report;
use council::Peer;
use round::{Counted, Steps};

/// Names the wasm; the ABI is beside it.
const PEER: &str = "VECHE_PEER_SOVIET";

/// Actions in one transaction, and rounds on the real node. What is alone pays for caches that are cold;
/// of eight it is the contract that is measured.
const BATCHES: [(usize, usize); 2] = [(1, 100), (8, 40)];

/// Rounds before them, in which code is compiled.
const WARM_UP: usize = 5;

/// Seats of both councils.
const SEATS: usize = 5;

/// The steps, and the most that each of ours may take of the peer's time.
const GOALS: [(&str, f64); 4] = [
    ("vote", 0.25),
    ("create", 0.45),
    ("authorize", 0.75),
    ("exec, the admission", 0.5),
];

#[test]
#[ignore = "a measurement, wants the machine for itself and the peer's wasm: scripts/bench-council"]
fn costs_beside_the_public_council() {
    let wasm = env::var_os(PEER).map(PathBuf::from);
    let wasm = wasm.unwrap_or_else(|| panic!("{PEER} is to name the peer's soviet.wasm"));
    let mut text = counted(&wasm);
    text += "\n";
    text += &timed(&wasm);
    println!("{text}");
    write_report("council-peer.txt", &text);
}

/// What the counter of the embedded chain says, the same on every machine.
fn counted(wasm: &Path) -> String {
    let node = Embedded::start();
    let chain = &Chain::set_up(node.client().clone(), node.key().clone());
    let peer = Peer::deployed(chain, wasm, SEATS);
    let coop = &Coop::new(chain, SEATS);
    // The first round makes tables.
    let [_, theirs] = [0; 2].map(|_| with_traces(|| peer.round(1)).1);
    let [_, ours] = [0; 2].map(|_| with_traces(|| round::ours(coop, 1)).1);
    let (theirs, ours) = (Counted(&theirs), Counted(&ours));
    let (theirs, ours) = (theirs.of_peer(), ours.of_ours(chain.soviet.name));
    table("counted CPU, instructions", 0, &theirs, &ours)
}

/// What a real node's clock says.
fn timed(wasm: &Path) -> String {
    let node = nodeos();
    let chain = &Chain::set_up(node.client().clone(), node.key().clone());
    let peer = Peer::deployed(chain, wasm, SEATS);
    let coop = &Coop::new(chain, SEATS);
    let mut text = String::new();
    for (actions, rounds) in BATCHES {
        let (mut theirs, mut ours) = (Vec::new(), Vec::new());
        for round in 0..WARM_UP + rounds {
            // Who goes first alternates.
            let (left, right) = if round % 2 == 0 {
                let left = peer.round(actions);
                (left, round::ours(coop, actions))
            } else {
                let right = round::ours(coop, actions);
                (peer.round(actions), right)
            };
            if round >= WARM_UP {
                theirs.push(left);
                ours.push(right);
            }
        }
        for (which, part) in [("median", 0.5), ("least", 0.0)] {
            let of = if actions == 1 { "alone" } else { "of eight" };
            let what = format!("µs of an action {of} in a transaction, {which} of {rounds}");
            let [theirs, ours] = [&theirs, &ours].map(|rounds| quantile(rounds, part));
            text += &table(&what, 1, &theirs, &ours);
            text += "\n";
        }
    }
    text
}

/// The value below which this part of the rounds lies.
fn quantile(rounds: &[Steps], part: f64) -> Steps {
    std::array::from_fn(|step| {
        let mut values: Vec<f64> = rounds.iter().map(|round| round[step]).collect();
        values.sort_by(f64::total_cmp);
        values[(values.len() as f64 * part) as usize]
    })
}

fn table(what: &str, digits: usize, theirs: &Steps, ours: &Steps) -> String {
    let mut text = format!(
        "{what:56} {:>9} {:>9} {:>6} {:>6}\n",
        "peer", "ours", "ratio", "goal"
    );
    for (step, (name, goal)) in GOALS.into_iter().enumerate() {
        let (theirs, ours) = (theirs[step], ours[step]);
        let ratio = ours / theirs;
        let verdict = if ratio <= goal { "reached" } else { "missed" };
        let _ = writeln!(
            text,
            "{name:56} {theirs:>9.digits$} {ours:>9.digits$} {ratio:>6.2} {goal:>6.2}  {verdict}"
        );
    }
    text
}
