//! Goes through a JSON value along the types of an ABI, down to the built-in ones.

use antelope_types::abi::AbiDef;
use serde_json::Value;
use std::fmt::Display;

/// How deep aliases, bases and nested values may go, as in a node.
pub(crate) const MAX_DEPTH: usize = 32;

/// What happens to each value of a built-in type; the error says what is wrong with it.
type Visit<'v> = dyn FnMut(&str, &mut Value) -> Result<(), String> + 'v;

/// Visits every built-in value in `value`, which is a `ty`; says where and why it is not.
pub(crate) fn walk(
    abi: &AbiDef,
    ty: &str,
    value: &mut Value,
    visit: &mut Visit<'_>,
) -> Result<(), String> {
    step(abi, ty, value, visit, 0).map_err(|(path, problem)| match path.is_empty() {
        true => problem,
        false => format!("`{}`: {problem}", path.trim_start_matches('.')),
    })
}

/// The fields of a struct, those of its bases first, as (name, type).
pub(crate) fn fields_of<'a>(
    abi: &'a AbiDef,
    ty: &'a str,
) -> Result<Vec<(&'a str, &'a str)>, String> {
    let mut ty = resolve(abi, ty)?;
    let mut levels = Vec::new();
    while !ty.is_empty() {
        let found = abi
            .find_struct(ty)
            .ok_or_else(|| format!("`{ty}` is not a struct"))?;
        if levels.len() >= MAX_DEPTH {
            return Err(format!("`{ty}` has more than {MAX_DEPTH} bases"));
        }
        levels.push(found);
        ty = resolve(abi, &found.base)?;
    }
    let fields = levels.into_iter().rev().flat_map(|level| &level.fields);
    Ok(fields.map(|f| (f.name.as_str(), f.ty.as_str())).collect())
}

/// Follows aliases.
pub(crate) fn resolve<'a>(abi: &'a AbiDef, mut ty: &'a str) -> Result<&'a str, String> {
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

fn here(problem: String) -> Complaint {
    (String::new(), problem)
}

fn at<T>(place: impl Display, result: Result<T, Complaint>) -> Result<T, Complaint> {
    result.map_err(|(path, problem)| (format!("{place}{path}"), problem))
}

fn step(
    abi: &AbiDef,
    ty: &str,
    value: &mut Value,
    visit: &mut Visit<'_>,
    depth: usize,
) -> Result<(), Complaint> {
    if depth > MAX_DEPTH {
        return Err(here(format!("nested deeper than {MAX_DEPTH}")));
    }
    let depth = depth + 1;
    let ty = resolve(abi, ty).map_err(here)?;
    if let Some(inner) = ty.strip_suffix('$') {
        return step(abi, inner, value, visit, depth);
    }
    if let Some(inner) = ty.strip_suffix('?') {
        return if value.is_null() {
            Ok(())
        } else {
            step(abi, inner, value, visit, depth)
        };
    }
    // `[]` of any length and `[N]` of N.
    if let Some((inner, _)) = ty.strip_suffix(']').and_then(|list| list.rsplit_once('[')) {
        let Value::Array(items) = value else {
            return Err(here(format!(
                "{}, expected an array of {inner}",
                kind(value)
            )));
        };
        for (i, item) in items.iter_mut().enumerate() {
            at(format_args!("[{i}]"), step(abi, inner, item, visit, depth))?;
        }
        return Ok(());
    }
    if let Some(variant) = abi.variants.iter().find(|v| v.name == ty) {
        return step_variant(abi, &variant.types, value, visit, depth);
    }
    if abi.find_struct(ty).is_some() {
        return step_struct(abi, ty, value, visit, depth);
    }
    visit(ty, value).map_err(here)
}

fn step_variant(
    abi: &AbiDef,
    types: &[String],
    value: &mut Value,
    visit: &mut Visit<'_>,
    depth: usize,
) -> Result<(), Complaint> {
    let problem = match value {
        Value::Array(pair) if pair.len() == 2 => {
            let (chosen, inner) = pair.split_at_mut(1);
            match types.iter().find(|t| chosen[0] == t.as_str()) {
                Some(ty) => return at("[1]", step(abi, ty, &mut inner[0], visit, depth)),
                None => format!("{}, expected one of {}", chosen[0], types.join(", ")),
            }
        }
        _ => format!("{}, expected [type, value]", kind(value)),
    };
    Err(here(problem))
}

fn step_struct(
    abi: &AbiDef,
    ty: &str,
    value: &mut Value,
    visit: &mut Visit<'_>,
    depth: usize,
) -> Result<(), Complaint> {
    let fields = fields_of(abi, ty).map_err(here)?;
    let object = match value {
        Value::Object(object) => object,
        // An array gives the fields in order; the packing library counts them.
        Value::Array(items) => {
            for ((name, ty), item) in fields.iter().zip(items) {
                at(format_args!(".{name}"), step(abi, ty, item, visit, depth))?;
            }
            return Ok(());
        }
        _ => {
            return Err(here(format!(
                "{}, expected an object for {ty}",
                kind(value)
            )));
        }
    };
    if let Some(extra) = object
        .keys()
        .find(|k| !fields.iter().any(|(name, _)| name == k))
    {
        let names: Vec<_> = fields.iter().map(|(name, _)| *name).collect();
        return Err(here(format!(
            "no field `{extra}` in {ty}, expected {}",
            names.join(", ")
        )));
    }
    for (name, ty) in fields {
        match object.get_mut(name) {
            Some(item) => at(format_args!(".{name}"), step(abi, ty, item, visit, depth))?,
            None if ty.ends_with('$') || ty.ends_with('?') => {}
            None => return Err(here(format!("field `{name}` is missing"))),
        }
    }
    Ok(())
}

/// What a JSON value is, in words.
pub(crate) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
