//! Every host function, with one argument after the other at each of its edges.

use crate::contents::{Contents, contents};
use crate::edges::place;
use crate::kinds::{FRIEND, PROBE, Parameter, kinds};
use crate::probe::{Callee, END};
use crate::program::{Op, Unit};
use crate::twin::{Context, Twin};
use antelope_types::name;

/// Whether pointers go to where they must not.
const POINTERS: bool = true;

/// Bytes shown of what a pointer points to.
const SHOWN: u32 = 80;

/// Iterators and keys of the rows that there are, as each call finds them.
const ROWS: [u64; 3] = [1, 2, 3];

/// What is called with all its edges.
fn hosts(twin: &Twin) -> Vec<Callee> {
    let callees = twin.probe.callees.iter();
    callees
        .filter(|callee| !callee.name.starts_with(char::is_uppercase))
        .cloned()
        .collect()
}

/// Everything of ordinary contracts, and what contracts of the system may call.
pub fn run(twin: &mut Twin) {
    rows(twin);
    for callee in hosts(twin) {
        let privileged = is_privileged(callee.name);
        twin.within(if privileged {
            Context::Privileged
        } else {
            Context::Ordinary
        });
        for unit in edges(twin, &callee) {
            twin.run(unit);
        }
    }
    for context in [
        Context::Ordinary,
        Context::Free,
        Context::Notified,
        Context::ReadOnly,
        Context::Privileged,
    ] {
        twin.within(context);
        for callee in hosts(twin) {
            // What is read has a transaction of its own here.
            let own = ["expiration", "read_transaction", "transaction_size"];
            if context == Context::ReadOnly && own.contains(&callee.name) {
                continue;
            }
            let contents = contents(callee.name, &twin.both.key);
            let good = good(&callee);
            twin.run(unit(&callee, &good, &contents, None));
            // What is wrong in two ways is told by the first that is looked at.
            for (index, kind) in kinds(callee.name).iter().enumerate() {
                if POINTERS && kind.points() {
                    let mut wild = good.clone();
                    wild[index] = kind.good(index);
                    wild[index][0] = u64::from(END + 64);
                    twin.run(unit(&callee, &wild, &contents, None));
                }
            }
        }
    }
    twin.flush();
}

fn is_privileged(function: &str) -> bool {
    function.contains("privileged")
        || function.contains("_packed")
        || function.contains("resource_limits")
        || function.contains("proposed_producers")
        || function.contains("finalizers")
        || matches!(
            function,
            "is_feature_active" | "activate_feature" | "preactivate_feature"
        )
}

/// Rows with the primary keys 1 to 3 and an entry in each index.
fn rows(twin: &mut Twin) {
    twin.within(Context::Ordinary);
    let (scope, payer) = (name!("active").raw(), PROBE.raw());
    let at = place(4);
    let mut ops = Vec::new();
    for id in ROWS {
        ops.push(Op::Call(
            "db_store_i64",
            vec![scope, scope, payer, id, u64::from(at), id],
        ));
        for index in ["64", "128", "256", "_double", "_long_double"] {
            let store = twin
                .probe
                .find(&format!("db_idx{index}_store"))
                .unwrap()
                .1
                .name;
            let key = match index {
                "_double" => (id as f64 * 10.0).to_le_bytes().to_vec(),
                "_long_double" => {
                    let bits = [0x40024u128, 0x40034, 0x4003e][id as usize - 1] << 108;
                    bits.to_le_bytes().to_vec()
                }
                "256" => [0, u128::from(id) * 10].map(u128::to_le_bytes).concat(),
                _ => u128::from(id * 10).to_le_bytes().to_vec(),
            };
            ops.push(Op::Write(at, key));
            let mut arguments = vec![scope, scope, payer, id, u64::from(at)];
            if index == "256" {
                arguments.push(2);
            }
            ops.push(Op::Call(store, arguments));
        }
    }
    twin.alone(&Unit(ops));
}

fn good(callee: &Callee) -> Vec<Vec<u64>> {
    let kinds = kinds(callee.name);
    let width: usize = kinds.iter().map(|kind| kind.width()).sum();
    assert_eq!(width, callee.params.len(), "{}", callee.name);
    let mut good: Vec<_> = kinds
        .iter()
        .enumerate()
        .map(|(index, kind)| kind.good(index))
        .collect();
    // What would take RAM, NET or CPU from the contracts of the tests is done to another.
    if callee.name == "set_resource_limits" {
        good[0] = vec![FRIEND.raw()];
    }
    good
}

/// The function's calls with one argument at an edge, with pointers that overlap, and with what
/// lies in memory as it should not be.
fn edges(twin: &Twin, callee: &Callee) -> Vec<Unit> {
    let kinds = kinds(callee.name);
    let good = good(callee);
    let contents = contents(callee.name, &twin.both.key);
    let mut units = vec![unit(callee, &good, &contents, None)];
    for (index, kind) in kinds.iter().enumerate() {
        for edge in kind.edges(index) {
            if !POINTERS && kind.points() {
                break;
            }
            let mut arguments = good.clone();
            arguments[index] = edge;
            units.push(unit(callee, &arguments, &contents, None));
        }
        for content in contents[index].iter().skip(1) {
            let mut arguments = good.clone();
            if *kind == Parameter::Span(1) {
                arguments[index][1] = content.len() as u64;
            }
            units.push(unit(callee, &arguments, &contents, Some((index, content))));
        }
    }
    if POINTERS {
        units.extend(overlaps(callee, &kinds, &good, &contents));
    }
    units
}

fn overlaps(
    callee: &Callee,
    kinds: &[Parameter],
    good: &[Vec<u64>],
    contents: &Contents,
) -> Vec<Unit> {
    let points = |kind: &Parameter| matches!(kind, Parameter::Pointer(_) | Parameter::Span(_));
    let pointers: Vec<_> = (0..kinds.len())
        .filter(|index| points(&kinds[*index]))
        .collect();
    let mut units = Vec::new();
    for first in &pointers {
        for second in pointers.iter().filter(|second| *second != first) {
            for distance in [
                0i64, 1, 8, 15, 16, 31, 32, 63, 64, 65, -1, -8, -31, -32, -64,
            ] {
                let mut arguments = good.to_vec();
                arguments[*second][0] = arguments[*first][0].wrapping_add_signed(distance);
                units.push(unit(callee, &arguments, contents, None));
                // Neither is aligned.
                arguments[*first][0] += 1;
                arguments[*second][0] += 1;
                units.push(unit(callee, &arguments, contents, None));
            }
        }
    }
    units
}

/// A call, with what it needs before and what shows its effects after.
fn unit(
    callee: &Callee,
    arguments: &[Vec<u64>],
    contents: &Contents,
    instead: Option<(usize, &Vec<u8>)>,
) -> Unit {
    let mut ops = Vec::new();
    let mut arguments = arguments.to_vec();
    let kinds = kinds(callee.name);
    for (index, choices) in contents.iter().enumerate() {
        let Some(bytes) = choices.first() else {
            continue;
        };
        let bytes = match instead {
            Some((parameter, bytes)) if parameter == index => bytes,
            _ => bytes,
        };
        ops.push(Op::Write(place(index), bytes.clone()));
        // A span that is good is as long as what is good in it.
        let length = arguments[index].get_mut(1);
        if let (Parameter::Span(1), Some(length @ 64)) = (kinds[index], length) {
            *length = bytes.len() as u64;
        }
    }
    let database = callee.name.starts_with("db_");
    if database {
        ops.extend(prelude(callee.name));
    }
    let flat: Vec<u64> = arguments.iter().flatten().copied().collect();
    ops.push(Op::Call(callee.name, flat));
    for (index, kind) in kinds.iter().enumerate() {
        if !matches!(kind, Parameter::Pointer(_) | Parameter::Span(_)) {
            continue;
        }
        let at = arguments[index][0] as u32;
        if let Some(length) = END.checked_sub(at).filter(|left| *left > 0) {
            ops.push(Op::Show(at, length.min(SHOWN)));
        }
    }
    if database {
        ops.extend(prelude(callee.name));
    }
    // What would stay is undone: the calls after it find what this one found.
    let changes = ["store", "update", "remove", "set_", "activate", "deferred"];
    if changes.iter().any(|word| callee.name.contains(word))
        && callee.name != "set_action_return_value"
    {
        ops.push(Op::Call("eosio_assert_code", vec![0, 777]));
    }
    Unit(ops)
}

/// Looks for the three rows, which get the iterators 0 to 2 where they are there.
fn prelude(function: &str) -> Vec<Op> {
    let (code, scope) = (PROBE.raw(), name!("active").raw());
    let at = u64::from(place(7));
    let find = |name: &'static str, id: u64, span: bool| {
        let mut arguments = vec![code, scope, scope];
        if name != "db_find_i64" {
            arguments.push(at);
        }
        if span {
            arguments.push(2);
        }
        arguments.push(id);
        Op::Call(name, arguments)
    };
    let names = [
        ("db_idx64", "db_idx64_find_primary"),
        ("db_idx128", "db_idx128_find_primary"),
        ("db_idx256", "db_idx256_find_primary"),
        ("db_idx_double", "db_idx_double_find_primary"),
        ("db_idx_long_double", "db_idx_long_double_find_primary"),
    ];
    let name = names.iter().find(|(start, _)| function.starts_with(start));
    let name = name.map_or("db_find_i64", |(_, name)| *name);
    let span = name.contains("256");
    ROWS.map(|id| find(name, id, span)).to_vec()
}
