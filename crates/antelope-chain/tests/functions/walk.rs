//! Random walks over tables: rows and entries of indexes stored, changed, removed and looked for by
//! whatever iterators there are.
//!
//! A step that fails is made on both alone, after the steps before it, and then left out.

use crate::contents::index_keys;
use crate::edges::place;
use crate::kinds::{FRIEND, LISTENER, PRIVILEGED, PROBE};
use crate::probe::Probe;
use crate::program::{Op, Unit};
use crate::shared::random::Random;
use crate::twin::{Context, Twin};
use antelope_types::{Name, name};

/// Walks, each of which is a transaction of this many steps.
const WALKS: u64 = 60;
const STEPS: usize = 40;

const KINDS: [&str; 6] = ["", "64", "128", "256", "_double", "_long_double"];

pub fn run(twin: &mut Twin) {
    for walk in 0..WALKS {
        twin.within(if walk % 6 == 5 {
            Context::Notified
        } else {
            Context::Ordinary
        });
        let mut random = Random::new(walk);
        let mut steps = Unit::default();
        let mut failures = 0;
        for _ in 0..STEPS {
            let step = step(&twin.probe, &mut random);
            let mut longer = steps.clone();
            longer.0.extend(step.0);
            if !twin.fails_here(std::slice::from_ref(&longer)) {
                steps = longer;
            } else if failures < 5 {
                // Most walks have more failures than one needs to see.
                failures += 1;
                twin.alone(&longer);
            }
        }
        twin.alone(&steps);
    }
}

/// A random step.
pub fn step(probe: &Probe, random: &mut Random) -> Unit {
    let kind = *random.of(&KINDS);
    let long = kind == "256";
    let full = |operation: &str| match kind {
        "" => format!("db_{operation}_i64"),
        kind => format!("db_idx{kind}_{operation}"),
    };
    let at = u64::from(place(0));
    let out = u64::from(place(1));
    let code = *random.of(&[PROBE, PROBE, PROBE, LISTENER, FRIEND]);
    let names = [
        name!("walk"),
        name!("talk"),
        name!("active"),
        Name::default(),
    ];
    let (scope, table) = (random.of(&names).raw(), random.of(&names[..2]).raw());
    let payer = random
        .of(&[
            PROBE,
            PROBE,
            PROBE,
            PROBE,
            LISTENER,
            PRIVILEGED,
            Name::default(),
        ])
        .raw();
    let id = *random.of(&[0u64, 1, 2, 3, 4, 5, u64::MAX]);
    let iterator = u64::from((random.below(10) as i32 - 4) as u32);
    // A pointer to a key; for a key of two words also how many words.
    let key = |arguments: &mut Vec<u64>| {
        arguments.push(at);
        if long {
            arguments.push(2);
        }
    };
    let place_of = [code.raw(), scope, table];
    let size = random.below(12) as u64;
    let mut arguments = Vec::new();
    let operation = *random.of(&[
        "store",
        "store",
        "store",
        "update",
        "update",
        "remove",
        "next",
        "previous",
        "end",
        "find",
        "primary",
        "lowerbound",
        "upperbound",
        "get",
    ]);
    match operation {
        "store" => {
            arguments.extend([scope, table, payer, id]);
            if kind.is_empty() {
                arguments.extend([at, size]);
            } else {
                key(&mut arguments);
            }
        }
        "update" => {
            arguments.extend([iterator, payer]);
            if kind.is_empty() {
                arguments.extend([at, size]);
            } else {
                key(&mut arguments);
            }
        }
        "remove" => arguments.push(iterator),
        "next" | "previous" => arguments.extend([iterator, out]),
        "end" => arguments.extend(place_of),
        "get" if kind.is_empty() => arguments.extend([iterator, out, size]),
        _ if kind.is_empty() => {
            arguments.extend(place_of);
            arguments.push(id);
        }
        "primary" | "get" => {
            arguments.extend(place_of);
            key(&mut arguments);
            arguments.push(id);
        }
        _ => {
            arguments.extend(place_of);
            key(&mut arguments);
            arguments.push(out);
        }
    }
    let operation = match operation {
        "find" if !kind.is_empty() => "find_secondary",
        "primary" | "get" if !kind.is_empty() => "find_primary",
        "primary" => "find",
        operation => operation,
    };
    let function = probe.find(&full(operation)).unwrap().1.name;
    let contents = match kind {
        "" => vec![random.next().to_le_bytes().to_vec()],
        _ => index_keys(function),
    };
    Unit(vec![
        Op::Write(place(0), random.of(&contents).clone()),
        Op::Call(function, arguments),
        Op::Show(place(0), 32),
        Op::Show(place(1), 16),
    ])
}
