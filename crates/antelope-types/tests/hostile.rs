//! Any bytes decode to a value or to an error; a value encodes to the bytes it came from.

use antelope_types::abi::AbiDef;
use antelope_types::{
    Action, Asset, Authority, BinaryExtension, BlockTimestamp, Checksum160, Checksum256,
    Checksum512, Decode, Encode, ExtendedAsset, ExtendedSymbol, Float128, Name, PackedTransaction,
    PermissionLevel, PublicKey, Signature, SignedTransaction, Symbol, SymbolCode, TimePoint,
    TimePointSec, Transaction, VarInt32, VarUint32,
};
use proptest::prelude::*;

/// Decodes, and if that works encodes again; canonical types must give the same bytes.
fn probe<T: Encode + for<'a> Decode<'a>>(bytes: &[u8], canonical: bool) {
    let Ok(value) = T::from_bytes(bytes) else {
        return;
    };
    let again = value.to_bytes();
    if canonical {
        assert_eq!(again, bytes);
    } else {
        assert!(T::from_bytes(&again).is_ok());
    }
}

#[derive(Encode, Decode)]
enum Recursive {
    Leaf(Name),
    List(Vec<Recursive>),
    Boxed(Box<Recursive>),
    Maybe(Option<Box<Recursive>>),
}

fn probe_all(bytes: &[u8]) {
    probe::<bool>(bytes, true);
    probe::<Name>(bytes, true);
    probe::<Asset>(bytes, true);
    probe::<ExtendedAsset>(bytes, true);
    probe::<Symbol>(bytes, true);
    probe::<SymbolCode>(bytes, true);
    probe::<ExtendedSymbol>(bytes, true);
    probe::<TimePoint>(bytes, true);
    probe::<TimePointSec>(bytes, true);
    probe::<BlockTimestamp>(bytes, true);
    probe::<Checksum160>(bytes, true);
    probe::<Checksum256>(bytes, true);
    probe::<Checksum512>(bytes, true);
    probe::<Float128>(bytes, true);
    probe::<[u16; 3]>(bytes, true);
    probe::<Option<[bool; 2]>>(bytes, true);
    // A varint can be written longer than needed, also as the length of a list.
    probe::<VarUint32>(bytes, false);
    probe::<VarInt32>(bytes, false);
    probe::<PublicKey>(bytes, false);
    probe::<Signature>(bytes, false);
    probe::<String>(bytes, false);
    probe::<Vec<u8>>(bytes, false);
    probe::<Vec<Vec<Option<String>>>>(bytes, false);
    probe::<BinaryExtension<Vec<u32>>>(bytes, false);
    probe::<Recursive>(bytes, false);
    probe::<PermissionLevel>(bytes, false);
    probe::<Authority>(bytes, false);
    probe::<Action>(bytes, false);
    probe::<Transaction>(bytes, false);
    probe::<SignedTransaction>(bytes, false);
    probe::<PackedTransaction>(bytes, false);
    probe::<AbiDef>(bytes, false);
    let _ = <&str>::from_bytes(bytes);
    let _ = <&[u8]>::from_bytes(bytes);
}

/// Bytes that look more like lengths and tags than random ones do.
fn small_bytes() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(
        prop_oneof![0u8..4, Just(0x80), Just(0xff), any::<u8>()],
        0..120,
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn random_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        probe_all(&bytes);
    }

    #[test]
    fn bytes_full_of_lengths_and_tags(bytes in small_bytes()) {
        probe_all(&bytes);
    }

    #[test]
    fn damaged_values(at in 0usize..200, byte: u8, cut in 0usize..200) {
        let mut abi = super::abi::sample().to_bytes();
        let len = abi.len();
        abi[at % len] = byte;
        probe_all(&abi);
        abi.truncate(cut);
        probe_all(&abi);
    }
}
