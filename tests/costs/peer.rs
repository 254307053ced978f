//! The public council contract in C++ beside ours: a council of five admits people on both, in turns, on
//! one chain. Its wasm and ABI are given by path; nothing of it is here.

mod council;
mod round;

use std::env;
use std::fmt::Write;
use std::path::PathBuf;

use antelope_chain::with_traces;
use veche_tests::{Embedded, nodeos};

use crate::scenarios::world::{Chain, Coop};
use crate::token::report::write_report;
use council::Peer;
use round::{Counted, Steps};

/// Names the wasm; the ABI is beside it.
const PEER: &str = "VECHE_PEER_SOVIET";

/// Rounds on the real node that are measured, after as many as warm its caches.
const ROUNDS: usize = 60;
const WARM_UP: usize = 10;

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
fn counted(wasm: &std::path::Path) -> String {
    let node = Embedded::start();
    let chain = &Chain::set_up(node.client().clone(), node.key().clone());
    let peer = Peer::deployed(chain, wasm, SEATS);
    let coop = &Coop::new(chain, SEATS);
    // The first round makes tables.
    let [_, theirs] = [0; 2].map(|_| with_traces(|| peer.round()).1);
    let [_, ours] = [0; 2].map(|_| with_traces(|| round::ours(coop)).1);
    let (theirs, ours) = (Counted(&theirs), Counted(&ours));
    let (theirs, ours) = (theirs.of_peer(), ours.of_ours(chain.soviet.name));
    table("counted CPU, instructions", 0, &theirs, &ours, None)
}

/// What a real node's clock says.
fn timed(wasm: &std::path::Path) -> String {
    let node = nodeos();
    let chain = &Chain::set_up(node.client().clone(), node.key().clone());
    let peer = Peer::deployed(chain, wasm, SEATS);
    let coop = &Coop::new(chain, SEATS);
    let (mut theirs, mut ours) = (Vec::new(), Vec::new());
    for round in 0..WARM_UP + ROUNDS {
        // Who goes first alternates.
        let (left, right) = if round % 2 == 0 {
            let left = peer.round();
            (left, round::ours(coop))
        } else {
            let right = round::ours(coop);
            (peer.round(), right)
        };
        if round >= WARM_UP {
            theirs.push(left);
            ours.push(right);
        }
    }
    let ratios = std::array::from_fn(|step| {
        let pairs = theirs.iter().zip(&ours);
        let mut ratios: Vec<f64> = pairs
            .map(|(theirs, ours)| ours[step] / theirs[step])
            .collect();
        ratios.sort_by(f64::total_cmp);
        [1, 3].map(|quarter| ratios[ratios.len() * quarter / 4])
    });
    let what = format!("time on a real node, µs, medians of {ROUNDS} rounds");
    table(&what, 1, &medians(&theirs), &medians(&ours), Some(ratios))
}

fn medians(rounds: &[Steps]) -> Steps {
    std::array::from_fn(|step| {
        let mut values: Vec<f64> = rounds.iter().map(|round| round[step]).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    })
}

fn table(
    what: &str,
    digits: usize,
    theirs: &Steps,
    ours: &Steps,
    ratios: Option<[[f64; 2]; 4]>,
) -> String {
    let mut text = format!(
        "{what:48} {:>9} {:>9} {:>6} {:>6}\n",
        "peer", "ours", "ratio", "goal"
    );
    for (step, (name, goal)) in GOALS.into_iter().enumerate() {
        let (theirs, ours) = (theirs[step], ours[step]);
        let ratio = ours / theirs;
        let _ = write!(
            text,
            "{name:48} {theirs:>9.digits$} {ours:>9.digits$} {ratio:>6.2} {goal:>6.2}"
        );
        if let Some(ratios) = ratios {
            let [low, high] = ratios[step];
            let _ = write!(text, "  middle half {low:.2} … {high:.2}");
        }
        text += if ratio <= goal { "  reached\n" } else { "  missed\n" };
    }
    text
}
