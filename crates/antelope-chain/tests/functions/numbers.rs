//! Everything that computes, with random bits and bits at edges.

use crate::edges::{DOUBLES, LONGS, SINGLES, WORDS, place};
use crate::kinds::{Parameter, kinds};
use crate::probe::Callee;
use crate::program::{Op, Unit};
use crate::random::EdgeNumbers as _;
use crate::shared::random::Random;
use crate::twin::{Context, Twin};
use antelope_build::chain::ValueType;

/// Calls of each function.
const ROUNDS: usize = 120;

/// Functions of a library of C, which compute, and do nothing else.
fn computes(callee: &Callee) -> bool {
    callee.name.starts_with("__") || callee.name.starts_with(char::is_uppercase)
}

pub fn run(twin: &mut Twin) {
    twin.within(Context::Ordinary);
    let callees: Vec<_> = twin
        .probe
        .callees
        .iter()
        .filter(|callee| computes(callee))
        .cloned()
        .collect();
    for (number, callee) in callees.iter().enumerate() {
        for arguments in edges(callee) {
            twin.run(Unit(vec![Op::Call(callee.name, arguments)]));
        }
        let mut random = Random::new(number as u64);
        let rounds = if callee.name == "MemoryGrow" {
            0
        } else {
            ROUNDS
        };
        for _ in 0..rounds {
            let unit = call(callee, &mut random);
            twin.run(unit);
        }
    }
    for name in [
        "printsf",
        "printdf",
        "printi",
        "printui",
        "printn",
        "printi128",
        "printui128",
        "printqf",
    ] {
        if let Some((_, callee)) = twin.probe.find(name) {
            let callee = callee.clone();
            let mut random = Random::new(7);
            for _ in 0..ROUNDS {
                let unit = print(&callee, &mut random);
                twin.run(unit);
            }
        }
    }
    twin.flush();
}

/// All edges of each operand of an instruction with all of the other.
fn edges(callee: &Callee) -> Vec<Vec<u64>> {
    // A node takes memory back where less than nothing is asked for; this chain does not.
    if callee.name == "MemoryGrow" {
        return [0, 1, 2, 31, 528, 0x7fff_ffff, 0x8000_0000]
            .map(|pages| vec![pages])
            .to_vec();
    }
    let of = |param: &ValueType| match param {
        ValueType::I32 => WORDS.to_vec(),
        ValueType::I64 => LONGS.to_vec(),
        ValueType::F32 => SINGLES.map(u64::from).to_vec(),
        ValueType::F64 => DOUBLES.to_vec(),
    };
    if callee.name.starts_with("__") {
        return Vec::new();
    }
    let mut all = vec![Vec::new()];
    for param in &callee.params {
        let longer = |left: &Vec<u64>| {
            let left = left.clone();
            of(param)
                .into_iter()
                .map(move |right| [&left[..], &[right]].concat())
        };
        all = all.iter().flat_map(longer).collect();
    }
    all
}

fn call(callee: &Callee, random: &mut Random) -> Unit {
    let to = callee.name.starts_with("__")
        && kinds(callee.name).first() == Some(&Parameter::Pointer(16));
    let quads = callee.name.contains("tf");
    let mut arguments: Vec<u64> = Vec::new();
    let mut quad = 0;
    for (index, param) in callee.params.iter().enumerate() {
        let before = arguments.last().copied().unwrap_or_default();
        arguments.push(match param {
            ValueType::I32 if to && index == 0 => u64::from(place(0)),
            ValueType::I32 if random.below(2) == 0 => *random.of(&WORDS),
            ValueType::I32 => u64::from(random.long(before) as u32),
            ValueType::I64 if quads => {
                // Halves: the lower one comes first.
                let lower = (index - usize::from(to)) % 2 == 0;
                if lower {
                    quad = random.quad(quad);
                    quad as u64
                } else {
                    (quad >> 64) as u64
                }
            }
            ValueType::I64 => random.long(before),
            ValueType::F32 => u64::from(random.single(before as u32)),
            ValueType::F64 => random.double(before),
        });
    }
    let mut ops = vec![Op::Call(callee.name, arguments)];
    if to {
        ops.push(Op::Show(place(0), 16));
    }
    Unit(ops)
}

fn print(callee: &Callee, random: &mut Random) -> Unit {
    let separator = Op::Call("prints_l", vec![u64::from(place(1)), 1]);
    let number = match kinds(callee.name)[0] {
        Parameter::Single => u64::from(random.single(0)),
        Parameter::Double => random.double(0),
        Parameter::Long => random.long(0),
        _ => {
            let bits = if callee.name == "printqf" {
                random.quad(0)
            } else {
                u128::from(random.long(0)) << 64 | u128::from(random.long(0))
            };
            let write = Op::Write(place(0), bits.to_le_bytes().to_vec());
            let call = Op::Call(callee.name, vec![u64::from(place(0))]);
            return Unit(vec![
                write,
                Op::Write(place(1), b"|".to_vec()),
                call,
                separator,
            ]);
        }
    };
    Unit(vec![
        Op::Write(place(1), b"|".to_vec()),
        Op::Call(callee.name, vec![number]),
        separator,
    ])
}
