//! The JSON of nodeos.

use antelope_types::{
    Asset, Authority, BinaryExtension, BlockTimestamp, Checksum160, ExtendedAsset, ExtendedSymbol,
    Float128, Name, PermissionLevel, PublicKey, Symbol, SymbolCode, TimePoint, TimePointSec,
    VarInt32, VarUint32, WaitWeight, asset, json, name, symbol,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fmt::Debug;

fn round<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: T, text: &str) {
    assert_eq!(serde_json::to_string(&value).unwrap(), text);
    assert_eq!(serde_json::from_str::<T>(text).unwrap(), value);
    // Also by way of a tree, whose texts are owned.
    let tree = serde_json::to_value(&value).unwrap();
    assert_eq!(serde_json::from_value::<T>(tree).unwrap(), value);
}

fn refused<T: DeserializeOwned + Debug>(text: &str) -> String {
    serde_json::from_str::<T>(text).unwrap_err().to_string()
}

#[test]
fn types_with_a_text() {
    round(name!("alice"), r#""alice""#);
    round(Name::EMPTY, r#""""#);
    round(asset!("1.0000 EOS"), r#""1.0000 EOS""#);
    round(symbol!("4,EOS"), r#""4,EOS""#);
    round("EOS".parse::<SymbolCode>().unwrap(), r#""EOS""#);
    round(
        TimePoint::from_micros(1_704_067_200_000_000),
        r#""2024-01-01T00:00:00.000""#,
    );
    round(
        TimePointSec::from_seconds(1_704_067_200),
        r#""2024-01-01T00:00:00""#,
    );
    round(BlockTimestamp::from_slot(1), r#""2000-01-01T00:00:00.500""#);
    round(
        Checksum160([0xab; 20]),
        r#""abababababababababababababababababababab""#,
    );
    round(
        Float128::from_bits(0x3fff << 112),
        r#""0x0000000000000000000000000000ff3f""#,
    );
    let key: PublicKey = "PUB_K1_6RrvujLQN1x5Tacbep1KAk8zzKpSThAQXBCKYFfGUYeACcSRFs"
        .parse()
        .unwrap();
    round(
        key,
        r#""EOS6RrvujLQN1x5Tacbep1KAk8zzKpSThAQXBCKYFfGUYeABhJRin""#,
    );
    round(VarUint32(u32::MAX), "4294967295");
    round(VarInt32(i32::MIN), "-2147483648");
}

#[test]
fn default_values_in_tables_have_no_letters() {
    round(Asset::default(), r#""0 ""#);
    round(Symbol::default(), r#""0,""#);
    round(SymbolCode::default(), r#""""#);
    assert!("0 ".parse::<Asset>().is_err());
    refused::<Asset>(r#""0  ""#);
    refused::<Asset>(r#"" ""#);
    refused::<Symbol>(r#"",""#);
}

#[test]
fn structs() {
    round(
        ExtendedAsset {
            quantity: asset!("1.0000 EOS"),
            contract: name!("eosio.token"),
        },
        r#"{"quantity":"1.0000 EOS","contract":"eosio.token"}"#,
    );
    round(
        ExtendedSymbol {
            sym: symbol!("4,EOS"),
            contract: name!("eosio.token"),
        },
        r#"{"sym":"4,EOS","contract":"eosio.token"}"#,
    );
    let mut authority = Authority::from_permission(PermissionLevel::active(name!("alice")));
    authority.waits.push(WaitWeight {
        wait_sec: 10,
        weight: 1,
    });
    round(
        authority,
        concat!(
            r#"{"threshold":1,"keys":[],"#,
            r#""accounts":[{"permission":{"actor":"alice","permission":"active"},"weight":1}],"#,
            r#""waits":[{"wait_sec":10,"weight":1}]}"#,
        ),
    );
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Numbers {
    #[serde(with = "json::boolean")]
    b: bool,
    #[serde(with = "json::int64")]
    i: i64,
    #[serde(with = "json::uint64")]
    u: u64,
    #[serde(with = "json::int128")]
    ii: i128,
    #[serde(with = "json::uint128")]
    uu: u128,
    #[serde(with = "json::float32")]
    f: f32,
    #[serde(with = "json::float64")]
    d: f64,
    #[serde(with = "json::bytes")]
    bytes: Vec<u8>,
    #[serde(default, skip_serializing_if = "BinaryExtension::is_missing")]
    late: BinaryExtension<u8>,
}

#[test]
fn numbers_are_strings_where_nodeos_makes_them_strings() {
    let mut numbers = Numbers {
        b: true,
        i: -0xffff_ffff,
        u: 0xffff_ffff,
        ii: -1,
        uu: 1,
        f: 0.1,
        d: 0.1,
        bytes: vec![0xde, 0xad],
        late: BinaryExtension(None),
    };
    round_text(
        &numbers,
        concat!(
            r#"{"b":1,"i":-4294967295,"u":4294967295,"ii":"-1","uu":"1","#,
            r#""f":"0.10000000149011612","d":"0.10000000000000001","bytes":"dead"}"#,
        ),
    );
    numbers = Numbers {
        b: false,
        i: -0x1_0000_0000,
        u: u64::MAX,
        ii: i128::MIN,
        uu: u128::MAX,
        f: f32::INFINITY,
        d: -1e21,
        bytes: vec![],
        late: 7.into(),
    };
    round_text(
        &numbers,
        concat!(
            r#"{"b":0,"i":"-4294967296","u":"18446744073709551615","#,
            r#""ii":"-170141183460469231731687303715884105728","#,
            r#""uu":"340282366920938463463374607431768211455","#,
            r#""f":"inf","d":"-1000000000000000000000.00000000000000000","bytes":"","late":7}"#,
        ),
    );
}

fn round_text(numbers: &Numbers, text: &str) {
    assert_eq!(serde_json::to_string(numbers).unwrap(), text);
    assert_eq!(&serde_json::from_str::<Numbers>(text).unwrap(), numbers);
}

#[test]
fn numbers_are_read_in_either_form() {
    let text = r#"{"b":true,"i":"-5","u":"7","ii":-5,"uu":7,"f":1,"d":-2.5,"bytes":"DEad"}"#;
    let numbers: Numbers = serde_json::from_str(text).unwrap();
    assert!(numbers.b);
    assert_eq!(
        (numbers.i, numbers.u, numbers.ii, numbers.uu),
        (-5, 7, -5, 7)
    );
    assert_eq!((numbers.f, numbers.d), (1.0, -2.5));
    assert_eq!(numbers.bytes, [0xde, 0xad]);
}

#[test]
fn mistakes_say_what_was_expected() {
    let error = refused::<Name>(r#""Alice""#);
    assert!(
        error.starts_with(
            "\"Alice\" is not a name: character is not in allowed character set for names"
        ),
        "{error}"
    );
    let error = refused::<Asset>(r#""1.0000EOS""#);
    assert!(
        error.contains("one space between its amount and its symbol"),
        "{error}"
    );
    let error = refused::<Name>("5");
    assert!(error.contains("expected a name"), "{error}");
    refused::<Symbol>(r#""EOS""#);
    refused::<VarUint32>("4294967296");
    refused::<VarInt32>("-2147483649");
    refused::<Float128>(r#""0x00""#);
    refused::<Checksum160>(r#""zz""#);
}
