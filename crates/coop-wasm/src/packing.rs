//! Values with parts as bytes and back, by the descriptions that types have for ABIs.
//!
//! One function packs whatever has a [`Ty`], and one reads it, instead of code for each type, which
//! would be several times as large. Objects have the fields of the description, alternatives are
//! `["Name", value]`, optional values may be `null` or left out.

use crate::digits::{digits, to_hex};
use crate::failure::{Cause, Failure};
use crate::value::{self, MAX_TEXT, Value, get, put, text};
use alloc::string::String;
use alloc::vec::Vec;
use antelope_types::schema::{Field, Ty};
use antelope_types::{
    Asset, Checksum256, Decode, Decoder, Encode, Name, PublicKey, Signature, TimePoint,
    TimePointSec, VarUint32,
};
use coop_model::parameters;
use js_sys::{Array, Object};
use wasm_bindgen::{JsCast, JsValue};

/// The most items of a list: as many as can sign one document or sit on one board.
const MAX_ITEMS: usize = 64;
/// The most bytes in one value: the longest action is a document with 64 signatures, each with the
/// longest data that nodes take.
pub(crate) const MAX_BYTES: u32 = 2 << 20;

/// What a text or a list may have at most, in bytes or items: what a chain takes, so that nobody signs in
/// vain. Fields of one name have one bound.
fn bound(name: &str, otherwise: usize) -> usize {
    match name {
        "title" => parameters::MAX_TITLE,
        "lang" => parameters::MAX_LANG,
        "generator" => parameters::MAX_GENERATOR,
        "version" => parameters::MAX_VERSION,
        "timezone" => parameters::MAX_TIMEZONE,
        "links" => parameters::MAX_LINKS,
        _ => otherwise,
    }
}

/// The bytes of a value of this type.
pub(crate) fn packed(ty: &Ty, value: &JsValue) -> Result<Vec<u8>, Failure> {
    let mut out = Vec::new();
    pack(ty, value, "", &mut out)?;
    Ok(out)
}

/// Appends the field of an object that has this name.
pub(crate) fn pack_field(
    ty: &Ty,
    object: &JsValue,
    name: &str,
    out: &mut Vec<u8>,
) -> Result<(), Failure> {
    let value = get(object, name)?;
    pack(ty, &value, name, out).map_err(|failure| failure.within(name))
}

/// Appends a value, which stands in a field of this name.
fn pack(ty: &Ty, value: &JsValue, name: &str, out: &mut Vec<u8>) -> Result<(), Failure> {
    match ty {
        Ty::Builtin(kind) => pack_leaf(kind, value, name, out),
        // The base of a struct has its fields in the same object.
        Ty::Struct { fields, .. } => fields.iter().try_for_each(|field| match field.name {
            "" => pack(field.ty, value, name, out),
            name => pack_field(field.ty, value, name, out),
        }),
        Ty::Variant { cases, .. } => {
            let pair = value.dyn_ref::<Array>().ok_or(Cause::Value)?;
            let name = text(&pair.get(0), MAX_TEXT)?;
            let mut cases = cases.iter().enumerate();
            let case = cases.find(|(_, case)| type_name(case) == name);
            let (number, case) = case.ok_or(Cause::Value)?;
            out.push(number as u8);
            pack(case.ty, &pair.get(1), "", out)
        }
        Ty::List(Ty::Builtin("uint8")) => {
            let bytes = value::bytes(value, MAX_BYTES)?;
            append(&bytes, out);
            Ok(())
        }
        // A document that nobody has signed may leave the list out.
        Ty::List(_) if name == "signatures" && value.is_undefined() => {
            out.push(0);
            Ok(())
        }
        Ty::List(item) => {
            let list = value.dyn_ref::<Array>().ok_or(Cause::Value)?;
            if list.length() as usize > bound(name, MAX_ITEMS) {
                return Err(Cause::TooLong.into());
            }
            append(&VarUint32(list.length()), out);
            (0..list.length()).try_for_each(|at| {
                let packed = pack(item, &list.get(at), "", out);
                packed.map_err(|failure| failure.within(&digits(at.into())))
            })
        }
        Ty::Optional(ty) => {
            let is_there = !value.is_null() && !value.is_undefined();
            out.push(is_there.into());
            match is_there {
                true => pack(ty, value, name, out),
                false => Ok(()),
            }
        }
        _ => Err(Cause::Value.into()),
    }
}

/// The value that these bytes are, all of them.
pub(crate) fn unpacked(ty: &Ty, bytes: &[u8]) -> Result<JsValue, Failure> {
    let mut input = Decoder::new(bytes);
    let value = unpack(ty, &mut input).filter(|_| input.is_empty());
    value.ok_or_else(|| Cause::Packed.into())
}

/// Reads a value; nothing if something else is there, or in another form than it is written.
fn unpack(ty: &Ty, input: &mut Decoder<'_>) -> Option<JsValue> {
    Some(match ty {
        Ty::Builtin(kind) => unpack_leaf(kind, input)?,
        Ty::Struct { fields, .. } => {
            let object = Object::new();
            unpack_into(&object, fields, input)?;
            object.into()
        }
        Ty::Variant { cases, .. } => {
            let case = cases.get(length(input)?)?;
            let value = unpack(case.ty, input)?;
            Array::of2(&type_name(case).into(), &value).into()
        }
        Ty::List(Ty::Builtin("uint8")) => {
            let length = length(input)?;
            JsValue::from_str(&to_hex(input.take(length).ok()?))
        }
        Ty::List(item) => {
            let list = Array::new();
            for _ in 0..length(input)? {
                list.push(&unpack(item, input)?);
            }
            list.into()
        }
        Ty::Optional(ty) => match input.take_array().ok()? {
            [0] => JsValue::NULL,
            [1] => unpack(ty, input)?,
            _ => return None,
        },
        _ => return None,
    })
}

fn unpack_into(object: &Object, fields: &[Field], input: &mut Decoder<'_>) -> Option<()> {
    for field in fields {
        match (field.name, field.ty) {
            ("", Ty::Struct { fields, .. }) => unpack_into(object, fields, input)?,
            (name, ty) => put(object, name, &unpack(ty, input)?),
        }
    }
    Some(())
}

/// What JSON calls an alternative: its type.
fn type_name(case: &Field) -> &'static str {
    match case.ty {
        Ty::Struct { name, .. } => name,
        _ => case.name,
    }
}

/// The number of items that follow, or of an alternative.
fn length(input: &mut Decoder<'_>) -> Option<usize> {
    Some(leaf::<VarUint32>(input)?.0 as usize)
}

/// A value whose bytes are those that it is written with: otherwise one document would have two hashes.
fn leaf<'a, T: Decode<'a> + Encode>(input: &mut Decoder<'a>) -> Option<T> {
    let (rest, start) = (input.rest(), input.position());
    let value = T::decode(input).ok()?;
    let bytes = rest.get(..input.position() - start)?;
    (value.to_bytes() == bytes).then_some(value)
}

fn append<T: Encode>(value: &T, out: &mut Vec<u8>) {
    out.extend_from_slice(&value.to_bytes());
}

/// Types without parts, by their names in ABIs: first those of a fixed number of bytes, each of which is
/// some value, then the others.
macro_rules! leaves {
    ($($fixed:literal $fixed_ty:ty,)+ ; $($name:literal $ty:ty,)+) => {
        fn pack_leaf(kind: &str, value: &JsValue, name: &str, out: &mut Vec<u8>) -> Result<(), Failure> {
            match kind {
                "string" => {
                    let text = String::read(value)?;
                    if text.len() > bound(name, usize::MAX) {
                        return Err(Cause::TooLong.into());
                    }
                    append(&text, out);
                }
                $($fixed => append(&<$fixed_ty>::read(value)?, out),)+
                $($name => append(&<$ty>::read(value)?, out),)+
                _ => return Err(Cause::Value.into()),
            }
            Ok(())
        }

        fn unpack_leaf(kind: &str, input: &mut Decoder<'_>) -> Option<JsValue> {
            Some(match kind {
                "string" => leaf::<String>(input)?.write(),
                $($fixed => <$fixed_ty>::decode(input).ok()?.write(),)+
                $($name => leaf::<$ty>(input)?.write(),)+
                _ => return None,
            })
        }
    };
}

leaves! {
    "uint8" u8,
    "uint16" u16,
    "uint32" u32,
    "uint64" u64,
    "name" Name,
    "asset" Asset,
    "checksum256" Checksum256,
    "time_point" TimePoint,
    "time_point_sec" TimePointSec,
    ;
    "bool" bool,
    "varuint32" VarUint32,
    "public_key" PublicKey,
    "signature" Signature,
}
