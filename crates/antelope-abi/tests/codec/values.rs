//! Values of every built-in type, alone, in lists and as optionals: what the node shows of bytes, and
//! what it reads of JSON.

use super::oracle;
use antelope_abi::Abi;
use antelope_types::Name;
use antelope_types::abi::BUILTIN_TYPES;
use serde_json::{Value, json};
use std::sync::OnceLock;
use test_support::abi::sample;
use test_support::random::Random;

/// Ways in which each type is used.
const SHAPES: [&str; 5] = ["", "[]", "?", "?[]", "[]?"];

/// An ABI with an action for each type in each shape; its only argument is `it`. The last two
/// shapes go by an alias, as nodes take one suffix only.
struct World {
    abi: Abi,
    account: Name,
}

fn action(ty: usize, shape: usize) -> Name {
    let letter = |number: usize| char::from(b'a' + number as u8);
    let text: String = ['v', letter(ty / 26), letter(ty % 26), letter(shape)]
        .into_iter()
        .collect();
    text.parse().expect("it is a name")
}

fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| {
        let (mut structs, mut actions, mut types) = (vec![], vec![], vec![]);
        for (index, ty) in BUILTIN_TYPES.iter().enumerate() {
            types.push(json!({ "new_type_name": format!("opt_{ty}"), "type": format!("{ty}?") }));
            types.push(json!({ "new_type_name": format!("list_{ty}"), "type": format!("{ty}[]") }));
            for (shape, suffix) in SHAPES.iter().enumerate() {
                let name = action(index, shape);
                let of = match *suffix {
                    "?[]" => format!("opt_{ty}[]"),
                    "[]?" => format!("list_{ty}?"),
                    suffix => format!("{ty}{suffix}"),
                };
                structs.push(json!({ "name": name, "base": "", "fields": [
                    { "name": "it", "type": of }] }));
                actions.push(json!({ "name": name, "type": name, "ricardian_contract": "" }));
            }
        }
        let abi = json!({ "version": "eosio::abi/1.1", "types": types, "structs": structs,
            "actions": actions, "tables": [] });
        World {
            account: oracle::account_with(&abi),
            abi: Abi::from_json(&abi.to_string()).expect("it is an ABI"),
        }
    })
}

/// Bytes that may be a value of a type in a shape.
fn bytes(ty: &str, shape: usize, random: &mut Random) -> Vec<u8> {
    let mark = |random: &mut Random| random.pick(&[0, 1, 1, 1, 2]);
    let list = |random: &mut Random| {
        let items = random.list(3, |random| sample::bytes(ty, random));
        let count = items.len() as u8 + random.pick(&[0, 0, 0, 1]);
        [vec![count], items.concat()].concat()
    };
    let mut bytes = match SHAPES[shape] {
        "" => sample::bytes(ty, random),
        "?" => [vec![mark(random)], sample::bytes(ty, random)].concat(),
        "?[]" => {
            let items = random.list(3, |random| match mark(random) {
                0 => vec![0],
                mark => [vec![mark], sample::bytes(ty, random)].concat(),
            });
            [vec![items.len() as u8], items.concat()].concat()
        }
        "[]?" => [vec![mark(random)], list(random)].concat(),
        _ => list(random),
    };
    if random.below(8) == 0 {
        bytes.truncate(random.below(bytes.len() + 1));
    }
    bytes
}

/// Differences of a sweep, told all at once.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) compared: usize,
    pub(crate) differences: Vec<String>,
}

impl Tally {
    pub(crate) fn compare<T: PartialEq + std::fmt::Debug>(
        &mut self,
        what: &str,
        ours: T,
        theirs: T,
    ) {
        self.compared += 1;
        if ours != theirs {
            self.differences
                .push(format!("{what}: ours {ours:?}, the node's {theirs:?}"));
        }
    }

    pub(crate) fn end(self, name: &str, least: usize) {
        println!(
            "{name}: {} compared, {} differ",
            self.compared,
            self.differences.len()
        );
        let some: Vec<_> = self.differences.iter().take(20).collect();
        assert!(
            some.is_empty(),
            "{} of {}: {some:#?}",
            self.differences.len(),
            self.compared
        );
        assert!(self.compared >= least, "only {}", self.compared);
    }
}

#[test]
fn shown_values() {
    let world = world();
    let mut random = Random::new(11);
    let mut tally = Tally::default();
    for _ in 0..12 {
        for (index, ty) in BUILTIN_TYPES.iter().enumerate() {
            let mut cases = Vec::new();
            for shape in 0..SHAPES.len() {
                for _ in 0..6 {
                    let bytes = bytes(ty, shape, &mut random);
                    cases.push((world.account, action(index, shape), bytes));
                }
            }
            for ((_, action, bytes), theirs) in cases.iter().zip(oracle::show(&cases)) {
                let ty_name = action.to_string();
                let ours = world.abi.unpack_as_node(&ty_name, bytes).ok();
                let text = world.abi.unpack_json_as_node(&ty_name, bytes).ok();
                assert_eq!(text.map(|text| serde_json::from_str(&text).unwrap()), ours);
                tally.compare(&format!("{ty} {action} {bytes:02x?}"), ours, theirs);
            }
        }
    }
    tally.end("shown values", 10_000);
}

#[test]
fn what_is_shown_can_be_sent_again() {
    let world = world();
    let mut random = Random::new(12);
    let mut tally = Tally::default();
    for _ in 0..4 {
        for (index, ty) in BUILTIN_TYPES.iter().enumerate() {
            let mut cases = Vec::new();
            let mut expected = Vec::new();
            while cases.len() < 25 {
                let shape = random.below(SHAPES.len());
                let action = action(index, shape);
                let bytes = bytes(ty, shape, &mut random);
                let Ok(shown) = world.abi.unpack_as_node(&action.to_string(), &bytes) else {
                    continue;
                };
                let careful = world.abi.pack(&action.to_string(), &shown).unwrap();
                // What was lost on the way is lost once only, as bits of floats.
                let again = world.abi.unpack_as_node(&action.to_string(), &careful);
                tally.compare(&format!("{ty} {bytes:02x?}"), again, Ok(shown.clone()));
                // A node cannot read all that it shows: not amounts without a code, not times before
                // 1970 and after 2106; and escaped characters lose their backslash.
                let packed = world.abi.pack_as_node(&action.to_string(), &shown);
                if packed.as_ref() != Ok(&careful) || shown.to_string().contains("\\u") {
                    let exempt = ["time_point", "asset", "extended_asset", "string"];
                    assert!(exempt.contains(ty), "{ty} {shown}");
                    continue;
                }
                cases.push((action, shown));
                expected.push(careful);
            }
            let theirs =
                oracle::pack_all(world.account, &cases).unwrap_or_else(|e| panic!("{ty}: {e}"));
            for (case, (ours, theirs)) in cases.iter().zip(expected.into_iter().zip(theirs)) {
                tally.compare(&format!("{ty} {case:?}"), ours, theirs);
            }
        }
    }
    tally.end("sent again", 6_000);
}

#[test]
fn read_values() {
    let world = world();
    let mut random = Random::new(13);
    let mut tally = Tally::default();
    for _ in 0..5 {
        for (index, ty) in BUILTIN_TYPES.iter().enumerate() {
            let (mut good, mut bad) = (vec![], vec![]);
            while good.len() + bad.len() < 40 {
                let shape = random.below(3);
                let plain = sample::bytes(ty, &mut random);
                let Ok(shown) = world.abi.unpack_as_node(ty, &plain) else {
                    continue;
                };
                // A node's reader of JSON does not know `\u`.
                if shown.to_string().contains("\\u") {
                    continue;
                }
                let value = sample::json(&shown, &mut random);
                let value = match SHAPES[shape] {
                    "[]" => json!([shown, value]),
                    _ => value,
                };
                let name = action(index, shape);
                let arguments = json!({ "it": value });
                match world.abi.pack_as_node(&name.to_string(), &arguments) {
                    Ok(bytes) => good.push((name, arguments, bytes)),
                    Err(_) => bad.push((name, arguments)),
                }
            }
            let cases: Vec<_> = good
                .iter()
                .map(|(name, json, _)| (*name, json.clone()))
                .collect();
            match oracle::pack_all(world.account, &cases) {
                Ok(theirs) => {
                    for ((name, json, ours), theirs) in good.into_iter().zip(theirs) {
                        tally.compare(&format!("{ty} {name} {json}"), Some(ours), Some(theirs));
                    }
                }
                Err(_) => {
                    for (name, json, ours) in good {
                        let theirs = oracle::pack(world.account, name, &json).ok();
                        tally.compare(&format!("{ty} {name} {json}"), Some(ours), theirs);
                    }
                }
            }
            for (name, json) in bad {
                let theirs: Option<Vec<u8>> = oracle::pack(world.account, name, &json).ok();
                tally.compare(&format!("{ty} {name} {json}"), None, theirs);
            }
        }
    }
    tally.end("read values", 6_000);
}

/// A careful reader gives the bytes of a node, or none.
#[test]
fn careful_readers_agree_with_the_node() {
    let world = world();
    let mut random = Random::new(14);
    let mut compared = 0;
    for _ in 0..2_000 {
        let ty = random.pick(&BUILTIN_TYPES);
        let plain = sample::bytes(ty, &mut random);
        let Ok(shown) = world.abi.unpack_as_node(ty, &plain) else {
            continue;
        };
        let value: Value = sample::json(&shown, &mut random);
        if let (Ok(careful), Ok(node)) = (
            world.abi.pack(ty, &value),
            world.abi.pack_as_node(ty, &value),
        ) {
            compared += 1;
            // Nodes take digits of a fraction beyond the third for more milliseconds, and years after
            // 2106 for some before.
            let is_far = |text: &str| text.len() > 23 || text > "2106";
            if !(ty.contains("time") && value.as_str().is_some_and(is_far)) {
                assert_eq!(careful, node, "{ty} {value}");
            }
        }
    }
    println!("careful readers: {compared} compared");
    assert!(compared > 500);
}
