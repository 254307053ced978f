//! cleos and keosd, unchanged, in one long session on two nodes that have begun with the same blocks: a
//! real one and ours. Every step ends alike and says the same on both.
//!
//! `cleos.txt` has the steps. What comes after `! ` must fail, `< ` is typed, `> ` is a file that the
//! answer goes to, `wait` is until the next second of the chain. The keys are development keys, which
//! anybody can compute.

mod nodes;
mod normal;
mod scripts;
mod step;

use antelope_node::find_program;
use nodes::Pair;
use normal::normal;
use std::io::Write;
use step::{Desk, Said};

/// The steps, without comments.
fn steps() -> impl Iterator<Item = &'static str> {
    let lines = include_str!("cleos.txt").lines();
    lines.filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Does all steps on the node at this address.
fn session(url: &str) -> Vec<(&'static str, Said)> {
    let desk = Desk::open(url);
    steps()
        .filter_map(|step| desk.run(step).map(|said| (step, said)))
        .collect()
}

#[test]
fn cleos_and_keosd_say_the_same_on_both_nodes() {
    if let Err(missing) = find_program("nodeos") {
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED: a session with cleos: {missing}"
        );
        return;
    }
    let nodes = Pair::start();
    let (there, here) = std::thread::scope(|scope| {
        let there = scope.spawn(|| session(nodes.real_url()));
        let here = session(nodes.url());
        (there.join().expect("the session with nodeos"), here)
    });
    let mut differences = String::new();
    for ((step, there), (_, here)) in there.iter().zip(&here) {
        let must_fail = step.starts_with("! ");
        assert_eq!(there.code != 0, must_fail, "nodeos: {step}\n{there:?}");
        let [there, here] = [there, here].map(|said| normal(step, said));
        if there != here {
            differences += &format!("{step}\n");
            for line in there.iter().filter(|line| !here.contains(line)) {
                differences += &format!("  - {line}\n");
            }
            for line in here.iter().filter(|line| !there.contains(line)) {
                differences += &format!("  + {line}\n");
            }
        }
    }
    assert_eq!(there.len(), here.len());
    assert_eq!(there.len(), 137, "steps; docs/clients.md tells how many");
    assert!(differences.is_empty(), "(- nodeos, + ours)\n{differences}");
}
