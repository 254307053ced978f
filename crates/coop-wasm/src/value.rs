//! Single values of JavaScript as values of the chain and back, in the JSON forms of nodes.
//!
//! | type | JSON |
//! |---|---|
//! | names, sums, hashes, keys, signatures, moments | text |
//! | numbers of 64 bits | a number, a `bigint` or decimal digits; written as nodes do, text above 32 bits |
//! | moments | read with up to six decimals, written with three, or six where those are not zeros |

use crate::digits::{decimal, digits, from_hex, to_hex};
use crate::failure::{Cause, Failure};
use alloc::string::String;
use alloc::vec::Vec;
use antelope_types::{
    Asset, Checksum256, Name, PublicKey, Signature, TimePoint, TimePointSec, VarUint32,
};
use js_sys::{JsString, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

/// The most characters of a text that stands in a document or an action.
pub(crate) const MAX_TEXT: u32 = 256;
/// The most characters of the text of a key or a signature: a WebAuthn signature carries up to 16 384
/// bytes, and base58 has 138 characters for 100 of them.
const MAX_KEY_TEXT: u32 = 23_000;
/// The greatest whole number that a JavaScript number holds exactly.
const MAX_SAFE: f64 = 9_007_199_254_740_991.0;

/// What can be read from JavaScript and written to it.
pub(crate) trait Value: Sized {
    fn read(value: &JsValue) -> Result<Self, Failure>;
    fn write(&self) -> JsValue;
}

/// What stands in a field of an object; `undefined` where there is none.
pub(crate) fn get(object: &JsValue, name: &str) -> Result<JsValue, Failure> {
    Reflect::get(object, &name.into()).map_err(|_| Cause::Value.into())
}

/// The value in a field of an object.
pub(crate) fn field<T: Value>(object: &JsValue, name: &str) -> Result<T, Failure> {
    T::read(&get(object, name)?).map_err(|failure| failure.within(name))
}

/// The value in a field of an object, if there is one.
pub(crate) fn optional<T: Value>(object: &JsValue, name: &str) -> Result<Option<T>, Failure> {
    let value = get(object, name)?;
    if value.is_null() || value.is_undefined() {
        return Ok(None);
    }
    T::read(&value)
        .map(Some)
        .map_err(|failure| failure.within(name))
}

/// Puts a value into a field of an object.
pub(crate) fn put(object: &JsValue, name: &str, value: &JsValue) {
    // An object that was made here takes any field.
    let _ = Reflect::set(object, &name.into(), value);
}

/// A text of at most so many characters.
pub(crate) fn text(value: &JsValue, most: u32) -> Result<String, Failure> {
    let text = value.dyn_ref::<JsString>().ok_or(Cause::Value)?;
    if text.length() > most {
        return Err(Cause::TooLong.into());
    }
    Ok(text.into())
}

/// At most so many bytes: a `Uint8Array`, an `ArrayBuffer`, or hexadecimal digits.
pub(crate) fn bytes(value: &JsValue, most: u32) -> Result<Vec<u8>, Failure> {
    if value.is_string() {
        let digits = text(value, 2 * most)?;
        return from_hex(&digits).ok_or_else(|| Cause::Value.into());
    }
    if !value.is_instance_of::<Uint8Array>() && !value.is_instance_of::<js_sys::ArrayBuffer>() {
        return Err(Cause::Value.into());
    }
    let view = Uint8Array::new(value);
    if view.length() > most {
        return Err(Cause::TooLong.into());
    }
    Ok(view.to_vec())
}

/// Values that are a text in JSON.
macro_rules! texts {
    ($($ty:ty, $most:expr, |$text:ident| $read:expr, |$value:ident| $write:expr;)+) => {$(
        impl Value for $ty {
            fn read(value: &JsValue) -> Result<Self, Failure> {
                let $text = &text(value, $most)?;
                $read.ok().ok_or_else(|| Cause::Value.into())
            }

            fn write(&self) -> JsValue {
                let $value = self;
                JsValue::from_str(&$write)
            }
        }
    )+};
}

texts! {
    String, MAX_TEXT, |text| Ok::<_, Cause>(text.clone()), |value| value;
    Name, 13, |text| Name::parse(text), |value| value.write_str(&mut [0; Name::MAX_TEXT]);
    Asset, 48, |text| Asset::parse(text), |value| value.write_str(&mut [0; Asset::MAX_TEXT]);
    Checksum256, 64, |text| checksum(text).ok_or(Cause::Value), |value| to_hex(&value.0);
    PublicKey, MAX_KEY_TEXT, |text| PublicKey::parse(text), |value| value.to_text();
    Signature, MAX_KEY_TEXT, |text| Signature::parse(text), |value| value.to_text();
    TimePoint, 32, |text| text.parse(), |value| moment(*value);
    TimePointSec, 32, |text| text.parse(), |value| value.write_str(&mut [0; TimePointSec::MAX_TEXT]);
}

fn checksum(digits: &str) -> Option<Checksum256> {
    from_hex(digits)?.try_into().ok().map(Checksum256)
}

/// A moment with all that its text must have to be read as the same one.
fn moment(moment: TimePoint) -> String {
    let mut text = String::from(moment.write_str(&mut [0; TimePoint::MAX_TEXT]));
    let mut below = moment.micros().rem_euclid(1000) as u16;
    if below > 0 {
        for weight in [100, 10, 1] {
            text.push(char::from(b'0' + (below / weight) as u8));
            below %= weight;
        }
    }
    text
}

impl Value for bool {
    fn read(value: &JsValue) -> Result<Self, Failure> {
        value.as_bool().ok_or_else(|| Cause::Value.into())
    }

    fn write(&self) -> JsValue {
        (*self).into()
    }
}

impl Value for u64 {
    fn read(value: &JsValue) -> Result<Self, Failure> {
        let number = if let Some(number) = value.as_f64() {
            ((0.0..=MAX_SAFE).contains(&number) && number.trunc() == number)
                .then_some(number as u64)
        } else if value.is_bigint() {
            u64::try_from(value.clone()).ok()
        } else {
            decimal(&text(value, 20)?)
        };
        number.ok_or_else(|| Cause::Value.into())
    }

    fn write(&self) -> JsValue {
        match u32::try_from(*self) {
            Ok(number) => number.into(),
            Err(_) => JsValue::from_str(&digits(*self)),
        }
    }
}

macro_rules! numbers {
    ($($ty:ty),+) => {$(
        impl Value for $ty {
            fn read(value: &JsValue) -> Result<Self, Failure> {
                u64::read(value)?.try_into().map_err(|_| Cause::Value.into())
            }

            fn write(&self) -> JsValue {
                (*self).into()
            }
        }
    )+};
}

numbers!(u8, u16, u32);

impl Value for VarUint32 {
    fn read(value: &JsValue) -> Result<Self, Failure> {
        u32::read(value).map(Self)
    }

    fn write(&self) -> JsValue {
        self.0.into()
    }
}
