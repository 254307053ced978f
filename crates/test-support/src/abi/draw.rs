//! Random ABIs, about half of which a node can use, and random arguments by them.

use crate::random::Random;
use antelope_types::abi::{AbiDef, ActionDef, FieldDef, StructDef, TableDef, TypeDef, VariantDef};
use serde_json::{Map, Value, json};

const BUILTIN: [&str; 6] = ["uint8", "string", "name", "bool", "int64", "varuint32"];

/// An ABI with an action `act`. With more `faults`, more of it is wrong.
pub fn abi(random: &mut Random, faults: usize) -> AbiDef {
    let rare = |random: &mut Random| random.below(100) < faults;
    let mut abi = AbiDef {
        version: random
            .pick(&["eosio::abi/1.0", "eosio::abi/1.1", "eosio::abi/1.2"])
            .into(),
        ..AbiDef::default()
    };
    if rare(random) {
        abi.version = random
            .pick(&["", "eosio::abi/2.0", "eosio::abi/1", "eosio::abi/1."])
            .into();
    }
    let (structs, aliases, variants) = (1 + random.below(4), random.below(5), random.below(3));
    for index in 0..aliases {
        let mut name = format!("a{index}");
        if rare(random) {
            name = random.pick(&["a0", "s0", "name", "v0", "s0[]"]).into();
        }
        // Mostly to what is there already, so that there are few circles.
        let known = if rare(random) { aliases } else { index };
        let ty = expression(random, structs, known, variants, faults);
        abi.types.push(TypeDef {
            new_type_name: name,
            ty,
        });
    }
    for index in 0..structs {
        let base = match random.below(3) {
            0 if index > 0 => format!("s{}", random.below(index)),
            1 if random.below(3) == 0 && aliases > 0 => format!("a{}", random.below(aliases)),
            _ if rare(random) => random.pick(&["s0", "s1", "zz", "name", "v0", "s0?"]).into(),
            _ => String::new(),
        };
        let count = random.below(5);
        let extensions = random.below(4).saturating_sub(1);
        let fields = (0..count).map(|field| {
            let mut name = random.pick(&["self", "type", "b", "c"]).to_owned() + &field.to_string();
            if rare(random) || random.below(12) == 0 {
                name = "same".into();
            }
            let mut ty = expression(random, structs, aliases, variants, faults);
            if field + extensions >= count || rare(random) {
                ty.push('$');
            }
            FieldDef { name, ty }
        });
        let fields = fields.collect();
        let mut name = format!("s{index}");
        if rare(random) {
            name = random.pick(&["s0", "name", "a0", "v0", "bool"]).into();
        }
        abi.structs.push(StructDef { name, base, fields });
    }
    for index in 0..variants {
        let types = random.list(3, |random| {
            expression(random, structs, aliases, variants, faults)
        });
        let mut name = format!("v{index}");
        if rare(random) {
            name = random.pick(&["v0", "s0", "a0", "uint8"]).into();
        }
        abi.variants.push(VariantDef { name, types });
    }
    // A node takes only objects for arguments.
    let ty = match random.below(4) {
        0 => expression(random, structs, aliases, variants, faults),
        _ => "s0".into(),
    };
    abi.structs.push(StructDef {
        name: "act".into(),
        base: String::new(),
        fields: vec![FieldDef {
            name: "it".into(),
            ty,
        }],
    });
    let act = ActionDef {
        name: "act".parse().unwrap(),
        ty: "act".into(),
        ricardian_contract: String::new(),
    };
    abi.tables.push(TableDef {
        name: "tab".parse().unwrap(),
        index_type: "i64".into(),
        ty: act.ty.clone(),
        ..TableDef::default()
    });
    if rare(random) {
        abi.tables.push(abi.tables[0].clone());
    }
    if rare(random) {
        abi.actions.push(act.clone());
    }
    abi.actions.push(act);
    abi
}

fn expression(
    random: &mut Random,
    structs: usize,
    aliases: usize,
    variants: usize,
    faults: usize,
) -> String {
    let name = match random.below(8) {
        0 | 1 => format!("s{}", random.below(structs)),
        2 if aliases > 0 => format!("a{}", random.below(aliases)),
        3 if variants > 0 => format!("v{}", random.below(variants)),
        _ if random.below(100) < faults => random.pick(&["zz", "", "v9", "uint7"]).into(),
        _ => random.pick(&BUILTIN).into(),
    };
    let suffix = match random.below(100) < faults {
        true => random.pick(&["[][]", "[]?", "?[]", "$", "?$", "[", "]", "??"]),
        false => random.pick(&["", "", "", "", "[]", "?"]),
    };
    name + suffix
}

/// Arguments of a type, some of them wrong or left out.
pub fn value(abi: &AbiDef, ty: &str, random: &mut Random, depth: u32) -> Value {
    if random.below(40) == 0 {
        return random.pick(&[
            json!(null),
            json!([]),
            json!({}),
            json!(["uint8", 1]),
            json!(""),
            json!("1"),
        ]);
    }
    if let Some(alias) = abi.types.iter().find(|it| it.new_type_name == ty) {
        return match depth {
            0 => Value::Null,
            _ => value(abi, &alias.ty, random, depth - 1),
        };
    }
    if let Some(inner) = ty.strip_suffix("[]") {
        let most = if depth == 0 { 0 } else { 2 };
        return random
            .list(most, |random| value(abi, inner, random, depth - 1))
            .into();
    }
    if let Some(inner) = ty.strip_suffix('?') {
        return match depth == 0 || random.below(3) == 0 {
            true => Value::Null,
            false => value(abi, inner, random, depth - 1),
        };
    }
    match ty {
        "uint8" => return random.pick(&[json!(7), json!("8"), json!(300), json!(-1), json!(true)]),
        "string" => return random.pick(&[json!("text"), json!(""), json!(5), json!(null)]),
        "name" => return random.pick(&[json!("alice"), json!(""), json!("Bob"), json!("123")]),
        "bool" => return random.pick(&[json!(true), json!(0), json!(1), json!("1"), json!(5)]),
        "int64" => return random.pick(&[json!(-9), json!("-4294967296"), json!("5000000000")]),
        "varuint32" => return random.pick(&[json!(1), json!(300), json!("70000")]),
        _ => {}
    }
    if let Some(variant) = abi.variants.iter().find(|it| it.name == ty) {
        if variant.types.is_empty() || depth == 0 {
            return json!(["uint8", 1]);
        }
        let chosen = random.pick(&variant.types);
        let inner = value(abi, &chosen, random, depth - 1);
        return json!([chosen, inner]);
    }
    match depth {
        0 => json!({}),
        _ => structure(abi, ty, random, depth),
    }
}

fn structure(abi: &AbiDef, ty: &str, random: &mut Random, depth: u32) -> Value {
    let mut object = Map::new();
    let mut next = ty;
    let mut values = Vec::new();
    for _ in 0..8 {
        if let Some(alias) = abi.types.iter().find(|it| it.new_type_name == next) {
            next = &alias.ty;
            continue;
        }
        let Some(found) = abi.structs.iter().find(|it| it.name == next) else {
            break;
        };
        let cut = match random.below(4) {
            0 => random.below(found.fields.len() + 1),
            _ => found.fields.len(),
        };
        for field in &found.fields[..cut] {
            let ty = field.ty.strip_suffix('$').unwrap_or(&field.ty);
            if random.below(30) == 0 || ty.ends_with('?') && random.below(3) == 0 {
                continue;
            }
            let value = value(abi, ty, random, depth - 1);
            values.push(value.clone());
            object.insert(field.name.clone(), value);
        }
        next = &found.base;
    }
    if random.below(8) == 0 {
        return values.into();
    }
    if random.below(8) == 0 {
        object.insert("more".into(), json!(1));
    }
    object.into()
}

/// Bytes that have to do with arguments: mostly small numbers.
pub fn bytes(random: &mut Random) -> Vec<u8> {
    random.list(24, |random| random.pick(&[0, 0, 1, 1, 1, 2, 3, b'a', 0xff]))
}
