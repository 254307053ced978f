//! What types are made of: lists, optionals, variants, bases, extensions; encoded by derive.

use antelope_types::{
    Asset, Authority, BinaryExtension, Decode, Encode, KeyWeight, Name, PermissionLevel,
    PermissionLevelWeight, WaitWeight,
};
use serde_json::{Value, json};

use super::value::{Sample, asset, name, public_key, text};
use test_support::random::Random;

#[derive(Debug, PartialEq, Encode, Decode)]
struct Pair {
    first: u16,
    second: Option<Name>,
}

#[derive(Debug, PartialEq, Encode, Decode)]
enum Choice {
    Account(Name),
    Asset(Asset),
    Text(String),
    Pair(Pair),
}

#[derive(Debug, PartialEq, Encode, Decode)]
struct Composite {
    base: Pair,
    names: Vec<Name>,
    maybe: Option<Asset>,
    choice: Choice,
    choices: Vec<Choice>,
    pairs: Vec<Pair>,
    perhaps: Option<Pair>,
}

/// The same structs as ABI definitions.
pub(crate) fn structs() -> [Value; 8] {
    let field = |name: &str, ty: &str| json!({"name": name, "type": ty});
    [
        json!({"name": "pair", "base": "", "fields": [
            field("first", "uint16"),
            field("second", "name?"),
        ]}),
        json!({"name": "composite", "base": "pair", "fields": [
            field("names", "account[]"),
            field("maybe", "asset?"),
            field("choice", "choice"),
            field("choices", "choice[]"),
            field("pairs", "pair[]"),
            field("perhaps", "pair?"),
        ]}),
        json!({"name": "extended", "base": "", "fields": [
            field("id", "uint8"),
            field("late", "string$"),
            field("later", "account[]$"),
        ]}),
        json!({"name": "permission_level", "base": "", "fields": [
            field("actor", "name"),
            field("permission", "name"),
        ]}),
        json!({"name": "key_weight", "base": "", "fields": [
            field("key", "public_key"),
            field("weight", "uint16"),
        ]}),
        json!({"name": "permission_level_weight", "base": "", "fields": [
            field("permission", "permission_level"),
            field("weight", "uint16"),
        ]}),
        json!({"name": "wait_weight", "base": "", "fields": [
            field("wait_sec", "uint32"),
            field("weight", "uint16"),
        ]}),
        json!({"name": "authority", "base": "", "fields": [
            field("threshold", "uint32"),
            field("keys", "key_weight[]"),
            field("accounts", "permission_level_weight[]"),
            field("waits", "wait_weight[]"),
        ]}),
    ]
}

impl Pair {
    fn draw(random: &mut Random) -> Self {
        Self {
            first: random.wide() as u16,
            second: random.list(1, name).pop(),
        }
    }

    fn json(&self) -> Value {
        json!({"first": self.first, "second": self.second})
    }
}

impl Choice {
    fn draw(random: &mut Random) -> Self {
        match random.below(4) {
            0 => Self::Account(name(random)),
            1 => Self::Asset(asset(random)),
            2 => Self::Text(text(random)),
            _ => Self::Pair(Pair::draw(random)),
        }
    }

    fn json(&self) -> Value {
        match self {
            Self::Account(value) => json!(["account", value]),
            Self::Asset(value) => json!(["asset", value]),
            Self::Text(value) => json!(["string", value]),
            Self::Pair(value) => json!(["pair", value.json()]),
        }
    }
}

/// A random value of `composite`.
pub(crate) fn composite(random: &mut Random) -> Sample {
    let value = Composite {
        base: Pair::draw(random),
        names: random.list(4, name),
        maybe: random.list(1, asset).pop(),
        choice: Choice::draw(random),
        choices: random.list(3, Choice::draw),
        pairs: random.list(3, Pair::draw),
        perhaps: random.list(1, Pair::draw).pop(),
    };
    let bytes = value.to_bytes();
    assert_eq!(Composite::from_bytes(&bytes).as_ref(), Ok(&value));
    let json = json!({
        "first": value.base.first,
        "second": value.base.second,
        "names": value.names,
        "maybe": value.maybe,
        "choice": value.choice.json(),
        "choices": value.choices.iter().map(Choice::json).collect::<Vec<_>>(),
        "pairs": value.pairs.iter().map(Pair::json).collect::<Vec<_>>(),
        "perhaps": value.perhaps.as_ref().map(Pair::json),
    });
    Sample { bytes, json }
}

#[derive(Debug, PartialEq, Encode, Decode)]
struct Extended {
    id: u8,
    late: BinaryExtension<String>,
    later: BinaryExtension<Vec<Name>>,
}

/// A random value of `authority`.
pub(crate) fn authority(random: &mut Random) -> Sample {
    Sample::plain(Authority {
        threshold: random.wide() as u32,
        keys: random.list(3, |random| KeyWeight {
            key: public_key(random),
            weight: random.wide() as u16,
        }),
        accounts: random.list(3, |random| PermissionLevelWeight {
            permission: PermissionLevel::new(name(random), name(random)),
            weight: random.wide() as u16,
        }),
        waits: random.list(3, |random| WaitWeight {
            wait_sec: random.wide() as u32,
            weight: random.wide() as u16,
        }),
    })
}

/// A random value of `extended`, with none, one or both of its extensions.
pub(crate) fn extended(random: &mut Random) -> Sample {
    let present = random.below(3);
    let value = Extended {
        id: random.next() as u8,
        late: BinaryExtension((present > 0).then(|| text(random))),
        later: BinaryExtension((present > 1).then(|| random.list(3, name))),
    };
    let bytes = value.to_bytes();
    assert_eq!(Extended::from_bytes(&bytes).as_ref(), Ok(&value));
    let mut json = json!({"id": value.id});
    if let Some(late) = &value.late.0 {
        json["late"] = json!(late);
    }
    if let Some(later) = &value.later.0 {
        json["later"] = json!(later);
    }
    Sample { bytes, json }
}
