//! A random value of each built-in type of an ABI, as our bytes and our JSON.

use std::fmt::Debug;

use antelope_types::{
    Asset, BlockTimestamp, Checksum160, Checksum256, Checksum512, Decode, Encode, ExtendedAsset,
    Float128, Name, PublicKey, Signature, Symbol, SymbolCode, TimePoint, TimePointSec,
    UserPresence, VarInt32, VarUint32, WebAuthnPublicKey, WebAuthnSignature, json,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::Serializer;

use test_support::random::Random;

/// A value in both of our forms.
pub(crate) struct Sample {
    pub(crate) bytes: Vec<u8>,
    pub(crate) json: Value,
}

impl Sample {
    /// Of a value, after our own round trips.
    fn of<T: Encode + for<'a> Decode<'a> + PartialEq + Debug>(
        value: T,
        write: impl FnOnce(&T) -> Value,
        read: impl FnOnce(&Value) -> T,
    ) -> Self {
        let bytes = value.to_bytes();
        let json = write(&value);
        assert_eq!(T::from_bytes(&bytes).as_ref(), Ok(&value), "{bytes:02x?}");
        assert_eq!(read(&json), value, "{json}");
        Self { bytes, json }
    }

    /// Of a value whose type has its JSON form by itself.
    pub(crate) fn plain<T>(value: T) -> Self
    where
        T: Encode + for<'a> Decode<'a> + PartialEq + Debug + Serialize + DeserializeOwned,
    {
        Self::of(
            value,
            |value| serde_json::to_value(value).expect("a value of ours has JSON"),
            |json| T::deserialize(json).expect("our JSON is read"),
        )
    }
}

/// A sample of a number, whose form a module of [`json`] has.
macro_rules! number {
    ($form:ident, $value:expr) => {
        Sample::of(
            $value,
            |value| json::$form::serialize(value, Serializer).expect("a number has JSON"),
            |json| json::$form::deserialize(json).expect("our JSON is read"),
        )
    };
}

/// How to draw a value.
type Draw = fn(&mut Random) -> Sample;

/// Every built-in type of nodeos, by its name in ABIs.
pub(crate) const BUILT_IN: [(&str, Draw); 31] = [
    ("bool", |r| number!(boolean, r.below(2) == 1)),
    ("int8", |r| Sample::plain(r.wide() as i8)),
    ("uint8", |r| Sample::plain(r.wide() as u8)),
    ("int16", |r| Sample::plain(r.wide() as i16)),
    ("uint16", |r| Sample::plain(r.wide() as u16)),
    ("int32", |r| Sample::plain(r.wide() as i32)),
    ("uint32", |r| Sample::plain(r.wide() as u32)),
    ("int64", |r| number!(int64, r.wide() as i64)),
    ("uint64", |r| number!(uint64, r.wide() as u64)),
    ("int128", |r| number!(int128, r.wide() as i128)),
    ("uint128", |r| number!(uint128, r.wide())),
    ("varint32", |r| Sample::plain(VarInt32(r.wide() as i32))),
    ("varuint32", |r| Sample::plain(VarUint32(r.wide() as u32))),
    ("float32", |r| number!(float32, float(r) as f32)),
    ("float64", |r| number!(float64, float(r))),
    ("float128", |r| Sample::plain(Float128(r.array()))),
    ("time_point", |r| Sample::plain(time_point(r))),
    ("time_point_sec", |r| {
        Sample::plain(TimePointSec::from_seconds(r.wide() as u32))
    }),
    ("block_timestamp_type", |r| {
        Sample::plain(BlockTimestamp::from_slot(r.wide() as u32))
    }),
    ("name", |r| Sample::plain(name(r))),
    ("bytes", |r| {
        let bytes = r.list(40, |r| r.next() as u8);
        Sample::of(
            bytes,
            |bytes| json::bytes::serialize(bytes, Serializer).expect("bytes have JSON"),
            |json| json::bytes::deserialize(json).expect("our JSON is read"),
        )
    }),
    ("string", |r| Sample::plain(text(r))),
    ("checksum160", |r| Sample::plain(Checksum160(r.array()))),
    ("checksum256", |r| Sample::plain(Checksum256(r.array()))),
    ("checksum512", |r| Sample::plain(Checksum512(r.array()))),
    ("public_key", |r| Sample::plain(public_key(r))),
    ("signature", |r| Sample::plain(signature(r))),
    ("symbol", |r| Sample::plain(symbol(r))),
    ("symbol_code", |r| Sample::plain(symbol(r).code())),
    ("asset", |r| Sample::plain(asset(r))),
    ("extended_asset", |r| {
        Sample::plain(ExtendedAsset {
            quantity: asset(r),
            contract: name(r),
        })
    }),
];

pub(crate) fn name(random: &mut Random) -> Name {
    Name::from_raw(random.wide() as u64)
}

pub(crate) fn asset(random: &mut Random) -> Asset {
    let magnitude = (random.wide() as i64) & Asset::MAX_AMOUNT;
    let amount = random.pick(&[magnitude, -magnitude]);
    Asset::new(amount, symbol(random)).expect("the amount is in range")
}

/// Text with everything that JSON and UTF-8 treat specially.
pub(crate) fn text(random: &mut Random) -> String {
    const PIECES: [&str; 14] = [
        "a", "Z", " ", "\"", "\\", "/", "\n", "\t", "{}", "0", "день", "ß", "漢", "🦌",
    ];
    random.list(20, |random| random.pick(&PIECES)).concat()
}

fn symbol(random: &mut Random) -> Symbol {
    let letters = 1 + random.below(7);
    let code: String = (0..letters)
        .map(|_| char::from(b'A' + random.below(26) as u8))
        .collect();
    let code: SymbolCode = code.parse().expect("letters are a symbol code");
    Symbol::new(code, random.below(19) as u8)
}

/// A number whose seventeen decimals, the form of nodeos, hold it whole.
fn float(random: &mut Random) -> f64 {
    let whole = (random.next() >> random.below(40)) as i64 >> 12;
    let scale = random.below(16) as i32;
    random.pick(&[whole as f64 / f64::from(1 << scale), -1.5, 0.0, 1e15])
}

/// A moment from 1970 to 2106, in the milliseconds of JSON: nodeos and `rs_abieos` take what is
/// later for something else.
fn time_point(random: &mut Random) -> TimePoint {
    let millis = random.wide() as u64 % (u64::from(u32::MAX) * 1_000);
    TimePoint::from_micros(millis as i64 * 1_000)
}

pub(crate) fn public_key(random: &mut Random) -> PublicKey {
    match random.below(3) {
        0 => PublicKey::K1(random.array()),
        1 => PublicKey::R1(random.array()),
        _ => PublicKey::WebAuthn(WebAuthnPublicKey {
            point: random.array(),
            user_presence: random.pick(&[
                UserPresence::NONE,
                UserPresence::PRESENT,
                UserPresence::VERIFIED,
            ]),
            rpid: random.pick(&["example.org", "a.b", "localhost"]).into(),
        }),
    }
}

fn signature(random: &mut Random) -> Signature {
    match random.below(3) {
        0 => Signature::K1(random.array()),
        1 => Signature::R1(random.array()),
        _ => Signature::WebAuthn(WebAuthnSignature {
            compact: random.array(),
            auth_data: random.list(60, |random| random.next() as u8),
            client_json: text(random),
        }),
    }
}
