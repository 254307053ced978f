//! Failures as what JavaScript catches.

use super::{Cause, Failure};
use js_sys::{Error, Reflect};
use wasm_bindgen::prelude::*;

/// A JavaScript `Error` with the fields of `CoopError`.
impl From<Failure> for JsValue {
    fn from(failure: Failure) -> Self {
        let (code, en, ru) = failure.cause.texts();
        let said = |text: &str| {
            let mut message = failure.place.clone();
            if !message.is_empty() {
                message.push(' ');
            }
            message.push_str(text);
            message
        };
        let error = Error::new(&said(en));
        error.set_name("CoopError");
        let ru: &str = &said(ru);
        for (field, value) in [("code", code), ("field", &failure.place), ("ru", ru)] {
            // An object that was made here takes any field.
            let _ = Reflect::set(&error, &field.into(), &value.into());
        }
        error.into()
    }
}

/// The error with this code, for the part of the package that is written in JavaScript; of an unknown
/// code, `value`.
#[wasm_bindgen(js_name = coopError, unchecked_return_type = "CoopError")]
pub fn coop_error(code: &str) -> JsValue {
    let mut all = Cause::ALL.iter();
    let cause = all.find(|cause| cause.texts().0 == code);
    Failure::from(*cause.unwrap_or(&Cause::Value)).into()
}
