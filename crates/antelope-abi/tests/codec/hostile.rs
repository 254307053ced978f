//! Hostile ABIs, bytes and JSON: everything ends soon, on little stack and in little memory.

use antelope_abi::{Abi, read_definition};
use antelope_types::Encode;
use antelope_types::abi::AbiDef;
use serde_json::{Value, json};
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use test_support::abi::draw;
use test_support::random::Random;

/// What the cases may take of the stack: 31 levels, without optimization.
const STACK: usize = 512 * 1024;

/// What a case may take of memory: the JSON of 64 MiB that is made of bytes at most, and what it is
/// kept in.
const MEMORY: usize = 512 * 1024 * 1024;

/// The system's allocator with a look at how much is taken.
struct Counted;

static TAKEN: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call goes to the system's allocator as it came.
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let taken = TAKEN.fetch_add(layout.size(), Relaxed) + layout.size();
        PEAK.fetch_max(taken, Relaxed);
        // SAFETY: as above.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        TAKEN.fetch_sub(layout.size(), Relaxed);
        // SAFETY: as above.
        unsafe { System.dealloc(place, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counted = Counted;

fn on_little_stack(run: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(run);
    thread.unwrap().join().unwrap();
    let peak = PEAK.load(Relaxed);
    println!("{} MiB of memory at most", peak >> 20);
    assert!(peak < MEMORY, "{peak}");
}

/// Asks an ABI everything with these bytes and this JSON; how often something was made of them.
fn ask(abi: &Abi, ty: &str, bytes: &[u8], json: &Value) -> usize {
    let mut made = 0;
    made += usize::from(abi.pack_as_node(ty, json).is_ok());
    made += usize::from(abi.pack(ty, json).is_ok());
    let as_node = abi.unpack_as_node(ty, bytes);
    made += usize::from(as_node.is_ok());
    let read = |text: String| serde_json::from_str(&text).unwrap();
    assert_eq!(abi.unpack_json_as_node(ty, bytes).map(read), as_node);
    let unpacked = abi.unpack(ty, bytes);
    assert_eq!(abi.unpack_json(ty, bytes).map(read), unpacked);
    if let Ok(value) = unpacked {
        made += 1;
        // Bytes that a careful reader takes are told in full.
        assert_eq!(abi.inspect(ty, bytes).misfit, None);
        // At the end of a list an extension may be missing in bytes, but not in JSON.
        if let Ok(packed) = abi.pack(ty, &value) {
            assert_eq!(abi.unpack(ty, &packed).as_ref(), Ok(&value));
        }
    } else {
        let _ = abi.inspect(ty, bytes);
    }
    made
}

fn mutated(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len() + 1);
        match random.below(4) {
            0 => bytes.insert(at, random.next() as u8),
            1 if at < bytes.len() => bytes[at] = random.pick(&[0, 1, 0x7f, 0x80, 0xff]),
            2 if at < bytes.len() => drop(bytes.remove(at)),
            _ if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
            _ => {}
        }
    }
    bytes
}

#[test]
fn a_hundred_thousand_cases() {
    on_little_stack(|| {
        let mut random = Random::new(31);
        let (mut cases, mut abis, mut made) = (0, 0, 0);
        while cases < 100_000 {
            let faults = random.pick(&[0, 0, 4]);
            let definition = draw::abi(&mut random, faults);
            let definition = match random.below(4) {
                0 => match read_definition(&mutated(&definition.to_bytes(), &mut random)) {
                    Ok(definition) => definition,
                    Err(_) => {
                        cases += 1;
                        continue;
                    }
                },
                _ => definition,
            };
            cases += 1;
            let Ok(abi) = Abi::from_definition(definition.clone()) else {
                continue;
            };
            abis += 1;
            for _ in 0..12 {
                let ty = random.pick(&["act", "s0", "s1[]", "a0", "v0?", "a1[]", "s2", "zz"]);
                let json = draw::value(&definition, ty, &mut random, 6);
                let bytes = match random.below(3) {
                    0 => abi.pack(ty, &json).unwrap_or_default(),
                    1 => random.list(40, |random| random.next() as u8),
                    _ => draw::bytes(&mut random),
                };
                let bytes = match random.below(2) {
                    0 => bytes,
                    _ => mutated(&bytes, &mut random),
                };
                made += ask(&abi, ty, &bytes, &json);
                cases += 1;
            }
        }
        println!("{cases} cases, {abis} usable ABIs, {made} values made");
        assert!(made > 50_000, "{made}");
    });
}

fn parsed(abi: Value) -> Abi {
    Abi::from_json(&abi.to_string()).unwrap_or_else(|error| panic!("{error}"))
}

/// Few bytes that claim to be much.
#[test]
fn claims_are_not_believed() {
    on_little_stack(|| {
        // Of which each letter is six in JSON text.
        let name = "\u{1}".repeat(100_000);
        let abi = parsed(json!({
            "version": "eosio::abi/1.1",
            "types": [
                { "new_type_name": "none", "type": "uint8[0]" },
                { "new_type_name": "many", "type": "none[4294967295]" },
                { "new_type_name": "more", "type": "many[4294967295]" },
            ],
            "structs": [
                { "name": "long", "base": "", "fields": [{ "name": name, "type": "uint8" }] },
                { "name": "tree", "base": "", "fields": [{ "name": "of", "type": "tree[]" }] },
                { "name": "list", "base": "", "fields": [{ "name": "next", "type": "list?" }] },
                { "name": "self", "base": "", "fields": [{ "name": "self", "type": "self" }] },
                { "name": "empty", "base": "", "fields": [] },
            ],
            "variants": [
                { "name": "loop", "types": ["loop", "uint8"] },
                { "name": name, "types": ["uint8"] },
            ],
        }));
        let count = [0xff, 0xff, 0xff, 0xff, 0x0f];
        let ones = [1; 4096];
        for ty in [
            "more",
            "many[]",
            "none[]",
            "empty[]",
            "long[]",
            "tree",
            "tree[]",
            "list",
            "self",
            "loop",
            "loop[]",
            "uint64[]",
            "string[]",
            "bytes",
            "public_key[]",
            "asset?",
        ] {
            for bytes in [&count[..], &ones, &[0; 64], &[0x80; 64], &[0xff; 4096]] {
                let _ = abi.unpack(ty, bytes);
                let _ = abi.unpack_as_node(ty, bytes);
                let _ = abi.unpack_json(ty, bytes);
                let _ = abi.unpack_json_as_node(ty, bytes);
                let _ = abi.inspect(ty, bytes);
            }
            for json in [json!([]), json!({}), json!(vec![json!({}); 1000])] {
                let _ = abi.pack(ty, &json);
                let _ = abi.pack_as_node(ty, &json);
            }
        }
        // Names of 100 000 letters, a thousand times: more text than is made of any bytes.
        let rows = [&[0xe8, 0x07][..], &[1; 1000]].concat();
        assert!(abi.unpack("long[]", &rows).is_err());
        assert!(abi.unpack_json("long[]", &rows).is_err());
    });
}

/// Definitions that are large and end late, or nowhere.
#[test]
fn long_chains_are_walked_once() {
    on_little_stack(|| {
        const COUNT: usize = 50_000;
        let mut abi = AbiDef {
            version: "eosio::abi/1.1".into(),
            ..AbiDef::default()
        };
        abi.structs = (0..COUNT)
            .map(|index| antelope_types::abi::StructDef {
                name: format!("s{index}"),
                base: if index + 1 < COUNT {
                    format!("s{}", index + 1)
                } else {
                    String::new()
                },
                fields: Vec::new(),
            })
            .collect();
        let ready = Abi::from_definition(abi.clone()).unwrap();
        assert!(ready.unpack("s0", &[]).is_err());
        assert!(ready.pack("s0", &json!({})).is_err());
        assert!(ready.pack("s0", &json!([])).is_err());
        assert_eq!(ready.unpack("s49990", &[]), Ok(json!({})));
        abi.structs[COUNT - 1].base = "s0".into();
        assert!(Abi::from_definition(abi.clone()).is_err());
        abi.structs.clear();
        abi.types = (0..COUNT)
            .map(|index| antelope_types::abi::TypeDef {
                new_type_name: format!("a{index}"),
                ty: format!("a{}", index + 1),
            })
            .collect();
        assert!(Abi::from_definition(abi).is_err());
    });
}
