//! The wire encoding and its derives.

use antelope_types::{
    AbiType, BinaryExtension, Decode, DecodeError, Decoder, Encode, Encoder, Float128, Name,
    VarInt32, VarUint32, codec::MAX_DEPTH, name, schema::Ty,
};

fn round<T: Encode + for<'a> Decode<'a> + PartialEq + std::fmt::Debug>(value: T, digits: &str) {
    let bytes = super::hex(digits);
    assert_eq!(value.to_bytes(), bytes, "{value:?}");
    assert_eq!(value.encoded_len(), bytes.len());
    assert_eq!(T::from_bytes(&bytes), Ok(value));
}

#[test]
fn numbers() {
    round(true, "01");
    round(0xffu8, "ff");
    round(-1i8, "ff");
    round(0x0102u16, "0201");
    round(-2i16, "feff");
    round(0x01020304u32, "04030201");
    round(-2i32, "feffffff");
    round(1u64 << 56, "0000000000000001");
    round(-2i64, "feffffffffffffff");
    round(
        75_000_000_000_000_000u128,
        "008027461a740a010000000000000000",
    );
    round(i128::MIN, "00000000000000000000000000000080");
    round(1.0f32, "0000803f");
    round(-0.5f64, "000000000000e0bf");
    round(
        Float128::from_bits(0x3fff << 112),
        "0000000000000000000000000000ff3f",
    );
    round((), "");
}

#[test]
fn varints() {
    for (value, digits) in [
        (0, "00"),
        (0x7f, "7f"),
        (0x80, "8001"),
        (0x3fff, "ff7f"),
        (0x4000, "808001"),
        (u32::MAX, "ffffffff0f"),
    ] {
        round(VarUint32(value), digits);
    }
    for (value, digits) in [
        (0, "00"),
        (-1, "01"),
        (1, "02"),
        (-64, "7f"),
        (64, "8001"),
        (i32::MAX, "feffffff0f"),
        (i32::MIN, "ffffffff0f"),
    ] {
        round(VarInt32(value), digits);
    }
    for digits in ["ffffffff10", "8080808080", "ffffffffff01"] {
        assert_eq!(
            VarUint32::from_bytes(&super::hex(digits)),
            Err(DecodeError::VarintTooLong)
        );
    }
}

#[test]
fn lists_and_text() {
    round(vec![1u16, 2], "0201000200");
    round(vec![String::from("a"), String::new()], "02016100");
    round(vec![vec![1u8], vec![]], "02010100");
    round(String::from("день"), "08d0b4d0b5d0bdd18c");
    round([1u16, 2], "01000200");
    round([String::from("a"), String::from("b")], "01610162");
    round([7u8; 3], "070707");
    round(Some(5u8), "0105");
    round(None::<u8>, "00");
    round(Box::new(5u8), "05");
    round(vec![0u8; 200], &format!("c801{}", "00".repeat(200)));
}

#[test]
fn borrowed_values_point_into_the_input() {
    let bytes = super::hex("026869 03010203");
    let mut input = Decoder::new(&bytes);
    let text = <&str>::decode(&mut input).unwrap();
    let list = <&[u8]>::decode(&mut input).unwrap();
    assert_eq!((text, list), ("hi", &[1, 2, 3][..]));
    assert!(input.is_empty());
    assert_eq!(text.as_ptr(), bytes[1..].as_ptr());
}

#[derive(Debug, PartialEq, Encode, Decode)]
struct Unit;

#[derive(Debug, PartialEq, Encode, Decode)]
struct Pair(u8, String);

#[derive(Debug, PartialEq, Encode, Decode)]
struct Borrowed<'a, 'b> {
    text: &'a str,
    bytes: &'b [u8],
    r#type: Option<&'a str>,
}

#[derive(Debug, PartialEq, Encode, Decode)]
struct Generic<T, const N: usize> {
    items: [T; N],
    list: Vec<T>,
}

#[derive(Debug, PartialEq, Encode, Decode)]
enum Choice<T> {
    Nothing,
    One(T),
    Two(T, u8),
    Named { left: T, right: Vec<T> },
}

#[test]
fn derived_structs_and_variants() {
    round(Unit, "");
    round(Pair(1, "a".into()), "010161");
    round(
        Generic {
            items: [name!("a"), name!("b")],
            list: vec![Name::EMPTY],
        },
        "0000000000000030000000000000003801 0000000000000000",
    );
    round(Choice::<u8>::Nothing, "00");
    round(Choice::One(9u16), "010900");
    round(Choice::Two(9u8, 8), "020908");
    round(
        Choice::Named {
            left: 1u8,
            right: vec![2, 3],
        },
        "0301020203",
    );
    assert_eq!(
        Choice::<u8>::from_bytes(&[4]),
        Err(DecodeError::UnknownVariant)
    );
    let value = Borrowed {
        text: "a",
        bytes: &[1],
        r#type: Some("b"),
    };
    let bytes = value.to_bytes();
    assert_eq!(bytes, super::hex("01610101010162"));
    assert_eq!(Borrowed::from_bytes(&bytes), Ok(value));
}

#[derive(Debug, PartialEq, Encode, Decode)]
struct Extended {
    id: u8,
    first: BinaryExtension<u16>,
    second: BinaryExtension<String>,
}

#[test]
fn extensions_may_be_missing_at_the_end() {
    let mut value = Extended {
        id: 1,
        first: BinaryExtension(None),
        second: BinaryExtension(None),
    };
    assert_eq!(value.first.value_or(7), 7);
    assert_eq!(Extended::from_bytes(&[1]).unwrap(), value);
    assert_eq!(value.to_bytes(), [1]);
    value.first = 2.into();
    assert_eq!(Extended::from_bytes(&[1, 2, 0]).unwrap(), value);
    value.second = String::from("a").into();
    assert_eq!(value.to_bytes(), [1, 2, 0, 1, b'a']);
    assert_eq!(Extended::from_bytes(&[1, 2, 0, 1, b'a']).unwrap(), value);
    assert_eq!(
        Extended::from_bytes(&[1, 2]),
        Err(DecodeError::UnexpectedEnd)
    );
}

#[test]
fn an_encoder_that_is_too_small_measures() {
    let mut buffer = [0xaa; 4];
    let mut out = Encoder::new(&mut buffer);
    "abcdef".encode(&mut out);
    7u8.encode(&mut out);
    assert_eq!(out.position(), 8);
    assert!(!out.fits());
    // The length was written; the text, which did not fit, was not.
    assert_eq!(buffer, [6, 0xaa, 0xaa, 0xaa]);
}

#[derive(Debug, PartialEq, Encode, Decode)]
struct Tree {
    children: Vec<Tree>,
}

#[derive(Debug, PartialEq, Encode, Decode)]
enum Chain {
    End,
    Next(Box<Chain>),
}

#[test]
fn types_that_contain_themselves_stop_at_the_limit() {
    let chain = |depth: usize| {
        let mut bytes = vec![1; depth];
        bytes.push(0);
        bytes
    };
    let limit = usize::from(MAX_DEPTH);
    assert!(Chain::from_bytes(&chain(limit)).is_ok());
    assert_eq!(
        Chain::from_bytes(&chain(limit + 1)),
        Err(DecodeError::TooDeep)
    );
    assert_eq!(
        Chain::from_bytes(&vec![1; 1_000_000]),
        Err(DecodeError::TooDeep)
    );
    assert_eq!(
        Tree::from_bytes(&vec![1; 1_000_000]),
        Err(DecodeError::TooDeep)
    );
}

#[test]
fn errors_say_what_was_wrong() {
    assert_eq!(u8::from_bytes(&[]), Err(DecodeError::UnexpectedEnd));
    assert_eq!(u8::from_bytes(&[1, 2]), Err(DecodeError::TrailingBytes));
    assert_eq!(bool::from_bytes(&[2]), Err(DecodeError::InvalidBool));
    assert_eq!(
        Option::<u8>::from_bytes(&[2, 1]),
        Err(DecodeError::InvalidBool)
    );
    assert_eq!(
        String::from_bytes(&[2, 0xc3, 0x28]),
        Err(DecodeError::InvalidUtf8)
    );
    assert_eq!(
        Vec::<u64>::from_bytes(&[2, 0]),
        Err(DecodeError::LengthTooLarge)
    );
    assert_eq!(
        Vec::<u64>::from_bytes(&super::hex("ffffffff0f")),
        Err(DecodeError::LengthTooLarge)
    );
    assert_eq!(
        <&[u8]>::from_bytes(&[3, 0]),
        Err(DecodeError::UnexpectedEnd)
    );
    assert_eq!(
        antelope_types::PublicKey::from_bytes(&[9]),
        Err(DecodeError::UnknownKeyKind)
    );
}

/// A state with numbers of its own.
#[derive(Clone, Copy, Debug, PartialEq, Encode, Decode, AbiType)]
#[repr(u16)]
enum State {
    New = 1,
    Paid = 500,
    /// One more than the last.
    Sent,
}

/// Numbers that are the places say nothing new: a variant as ever.
#[derive(Clone, Copy, Debug, PartialEq, Encode, Decode, AbiType)]
enum Side {
    Left = 0,
    Right = 1,
}

#[test]
fn numbered_enums_are_their_numbers() {
    round(State::New, "0100");
    round(State::Paid, "f401");
    round(State::Sent, "f501");
    assert_eq!(State::from_bytes(&[2, 0]), Err(DecodeError::UnknownVariant));
    assert!(matches!(
        State::TY,
        Ty::Alias {
            name: "State",
            ty: Ty::Builtin("uint16")
        }
    ));

    round(Side::Left, "00");
    round(Side::Right, "01");
    assert!(matches!(Side::TY, Ty::Variant { .. }));
}
