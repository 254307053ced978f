//! CPU beside the reference: interleaved rounds of the same transfers on the same node.

use antelope_types::{Action, Name, asset, name};

use super::call::{Call, create, issue, open, transfer};
use super::pair::Pair;
use super::report::write_report;

/// Actions in one transaction: enough that the contract, not the transaction, is measured.
const BATCH: usize = 40;
const ROUNDS: usize = 60;
/// First rounds, in which code is compiled and caches are filled.
const WARM_UP: usize = 10;

/// Microseconds per action, by two clocks of the node.
struct Cost {
    /// What the accounts are billed for the transaction.
    billed: f64,
    /// What the contract's own action took, notifications left out.
    executed: f64,
}

fn measure(pair: &Pair<'_>, contract: Name, actions: &[Action]) -> Cost {
    let trace = pair
        .client
        .push(actions, &[pair.signer])
        .expect("the transfers are good");
    let own = trace
        .action_traces
        .iter()
        .filter(|action| action.receiver == contract);
    Cost {
        billed: f64::from(trace.cpu_us()) / actions.len() as f64,
        executed: own.map(|action| action.elapsed as f64).sum::<f64>() / actions.len() as f64,
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 {
        values[middle]
    } else {
        f64::midpoint(values[middle - 1], values[middle])
    }
}

/// One line of the result: medians of both and of the rounds' ratios.
fn line(what: &str, clock: &str, rounds: &[(f64, f64)]) -> String {
    let reference = median(rounds.iter().map(|(reference, _)| *reference).collect());
    let ours = median(rounds.iter().map(|(_, ours)| *ours).collect());
    let mut ratios: Vec<f64> = rounds
        .iter()
        .map(|(reference, ours)| ours / reference)
        .collect();
    ratios.sort_by(f64::total_cmp);
    let quartile = |part: usize| ratios[ratios.len() * part / 4];
    format!(
        "{what:28} {clock:9} {reference:>9.2} {ours:>9.2} {:>7.2}   {:.2} … {:.2}",
        ours / reference,
        quartile(1),
        quartile(3),
    )
}

#[test]
#[ignore = "a measurement, wants the machine for itself: scripts/bench-token"]
fn cpu_beside_the_reference() {
    let pair = super::pair();
    let (alice, bob) = (name!("alice"), name!("bob"));
    let whole = asset!("1000000.0000 TOK");
    let prepare = [
        create(alice, whole),
        issue(alice, whole, ""),
        open(bob, whole.symbol, bob),
        transfer(alice, bob, asset!("1000.0000 TOK"), ""),
    ];
    assert!(
        pair.step(&prepare)
            .expect("the node answers")
            .differences()
            .is_empty()
    );

    let workloads: [(&str, Vec<Call>); 3] = [
        (
            "transfer, no memo",
            vec![transfer(alice, bob, asset!("0.0001 TOK"), "")],
        ),
        (
            "transfer, memo of 200 bytes",
            vec![transfer(bob, alice, asset!("0.0001 TOK"), &"m".repeat(200))],
        ),
        (
            "issue and retire",
            vec![
                super::call::retire(alice, asset!("0.0001 TOK"), ""),
                issue(alice, asset!("0.0001 TOK"), ""),
            ],
        ),
    ];
    let mut text = format!(
        "CPU of the reference token and ours, µs an action, medians of {ROUNDS} interleaved rounds of {BATCH} actions\n\
         {:28} {:9} {:>9} {:>9} {:>7}   {}\n",
        "action", "clock", "reference", "ours", "ratio", "middle half of the rounds' ratios"
    );
    for (what, calls) in workloads {
        let batch = |contract, other| -> Vec<Action> {
            calls
                .iter()
                .cycle()
                .take(BATCH)
                .map(|call| call.to_action(contract, other))
                .collect()
        };
        let (reference, ours) = (
            batch(pair.reference, pair.ours),
            batch(pair.ours, pair.reference),
        );
        let (mut billed, mut executed) = (Vec::new(), Vec::new());
        for round in 0..WARM_UP + ROUNDS {
            // Who goes first alternates, so that neither always finds a fresh block.
            let (left, right) = if round % 2 == 0 {
                let left = measure(&pair, pair.reference, &reference);
                (left, measure(&pair, pair.ours, &ours))
            } else {
                let right = measure(&pair, pair.ours, &ours);
                (measure(&pair, pair.reference, &reference), right)
            };
            if round >= WARM_UP {
                billed.push((left.billed, right.billed));
                executed.push((left.executed, right.executed));
            }
        }
        text += &line(what, "billed", &billed);
        text += "\n";
        text += &line(what, "executed", &executed);
        text += "\n";
    }
    println!("{text}");
    write_report("token-cpu.txt", &text);
}
