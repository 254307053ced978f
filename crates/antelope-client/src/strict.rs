//! Checks JSON against an ABI where the packing library is more lenient than a node.
//!
//! It takes `1.0000EOS` for an asset, drops characters from names and ignores fields that a struct
//! does not have; each of these is more likely a mistake than a wish.

use antelope_types::abi::AbiDef;
use antelope_types::{Asset, Name, Symbol, SymbolCode};
use serde_json::Value;
use std::fmt::Display;
use std::str::FromStr;

/// How deep aliases, bases and nested values may go, as in a node.
const MAX_DEPTH: usize = 32;

/// Says where and why `value` is not a `ty`; types not known here are left to the packing library.
pub(crate) fn check(abi: &AbiDef, ty: &str, value: &Value) -> Result<(), String> {
    walk(abi, ty, value, 0).map_err(|(path, problem)| match path.is_empty() {
        true => problem,
        false => format!("`{}`: {problem}", path.trim_start_matches('.')),
    })
}

/// The fields of a struct, those of its bases first, as (name, type).
pub(crate) fn fields_of<'a>(abi: &'a AbiDef, ty: &'a str) -> Result<Vec<(&'a str, &'a str)>, String> {
    let mut ty = resolve(abi, ty)?;
    let mut levels = Vec::new();
    while !ty.is_empty() {
        let found = abi.find_struct(ty).ok_or_else(|| format!("`{ty}` is not a struct"))?;
        if levels.len() >= MAX_DEPTH {
            return Err(format!("`{ty}` has more than {MAX_DEPTH} bases"));
        }
        levels.push(found);
        ty = resolve(abi, &found.base)?;
    }
    let fields = levels.into_iter().rev().flat_map(|level| &level.fields);
    Ok(fields.map(|f| (f.name.as_str(), f.ty.as_str())).collect())
}

fn resolve<'a>(abi: &'a AbiDef, mut ty: &'a str) -> Result<&'a str, String> {
    for _ in 0..MAX_DEPTH {
        match abi.types.iter().find(|t| t.new_type_name == ty) {
            Some(alias) => ty = &alias.ty,
            None => return Ok(ty),
        }
    }
    Err(format!("type `{ty}` is an alias of itself"))
}

/// Where in the value, and what is wrong there.
type Complaint = (String, String);

fn at<T>(step: impl Display, result: Result<T, Complaint>) -> Result<T, Complaint> {
    result.map_err(|(path, problem)| (format!("{step}{path}"), problem))
}

fn walk(abi: &AbiDef, ty: &str, value: &Value, depth: usize) -> Result<(), Complaint> {
    let here = |problem: String| (String::new(), problem);
    if depth > MAX_DEPTH {
        return Err(here(format!("nested deeper than {MAX_DEPTH}")));
    }
    let ty = resolve(abi, ty).map_err(here)?;
    if let Some(inner) = ty.strip_suffix('$') {
        return walk(abi, inner, value, depth + 1);
    }
    if let Some(inner) = ty.strip_suffix('?') {
        return if value.is_null() { Ok(()) } else { walk(abi, inner, value, depth + 1) };
    }
    if let Some(inner) = ty.strip_suffix("[]") {
        let Value::Array(items) = value else {
            return Err(here(format!("{}, expected an array of {inner}", kind(value))));
        };
        for (i, item) in items.iter().enumerate() {
            at(format_args!("[{i}]"), walk(abi, inner, item, depth + 1))?;
        }
        return Ok(());
    }
    if let Some(variant) = abi.variants.iter().find(|v| v.name == ty) {
        return match value {
            Value::Array(pair) if pair.len() == 2 => match pair[0].as_str() {
                Some(chosen) if variant.types.iter().any(|t| t == chosen) => {
                    at("[1]", walk(abi, chosen, &pair[1], depth + 1))
                }
                _ => Err(here(format!("{}, expected one of {}", pair[0], variant.types.join(", ")))),
            },
            _ => Err(here(format!("{}, expected [type, value]", kind(value)))),
        };
    }
    if abi.find_struct(ty).is_some() {
        return walk_struct(abi, ty, value, depth);
    }
    check_builtin(ty, value).map_err(here)
}

fn walk_struct(abi: &AbiDef, ty: &str, value: &Value, depth: usize) -> Result<(), Complaint> {
    let here = |problem: String| (String::new(), problem);
    let fields = fields_of(abi, ty).map_err(here)?;
    let object = match value {
        Value::Object(object) => object,
        // An array gives the fields in order; the packing library counts them.
        Value::Array(items) => {
            for ((name, ty), item) in fields.iter().zip(items) {
                at(format_args!(".{name}"), walk(abi, ty, item, depth + 1))?;
            }
            return Ok(());
        }
        _ => return Err(here(format!("{}, expected an object for {ty}", kind(value)))),
    };
    if let Some(extra) = object.keys().find(|k| !fields.iter().any(|(name, _)| name == k)) {
        let names: Vec<_> = fields.iter().map(|(name, _)| *name).collect();
        return Err(here(format!("no field `{extra}` in {ty}, expected {}", names.join(", "))));
    }
    for (name, ty) in fields {
        match object.get(name) {
            Some(item) => at(format_args!(".{name}"), walk(abi, ty, item, depth + 1))?,
            None if ty.ends_with('$') || ty.ends_with('?') => {}
            None => return Err(here(format!("field `{name}` is missing"))),
        }
    }
    Ok(())
}

fn check_builtin(ty: &str, value: &Value) -> Result<(), String> {
    match ty {
        "name" => text::<Name>(value, "a name of at most 13 characters a-z, 1-5 and dots"),
        "asset" => text::<Asset>(value, "an asset like `1.0000 EOS`"),
        "symbol" => text::<Symbol>(value, "a symbol like `4,EOS`"),
        "symbol_code" => text::<SymbolCode>(value, "a symbol code like `EOS`"),
        "bool" if !value.is_boolean() => Err(format!("{}, expected true or false", kind(value))),
        "string" if !value.is_string() => Err(format!("{}, expected text", kind(value))),
        _ => Ok(()),
    }
}

fn text<T: FromStr>(value: &Value, expected: &str) -> Result<(), String>
where
    T::Err: Display,
{
    let Value::String(text) = value else {
        return Err(format!("{}, expected {expected}", kind(value)));
    };
    match text.parse::<T>() {
        Ok(_) => Ok(()),
        Err(e) => Err(format!("`{text}`: {e}, expected {expected}")),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
