//! What bytes hold by an ABI, told field by field, also where they do not fit to the end.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use serde::Serialize;
use serde_json::Value;

/// What bytes hold, as far as they are a value of the type: the answer of
/// [`Abi::inspect`](crate::Abi::inspect).
///
/// It serializes as an object with `type`, `fields` and `misfit`, for tools that print JSON.
///
/// ```
/// use antelope_abi::Abi;
///
/// let abi = Abi::from_json(
///     r#"{"version": "eosio::abi/1.2", "structs": [
///         {"name": "row", "base": "", "fields": [
///             {"name": "tags", "type": "string[]"}, {"name": "open", "type": "bool"}]}]}"#,
/// )?;
/// let found = abi.inspect("row", &[2, 1, b'a', 1, b'b']);
/// let lines: Vec<_> = found
///     .fields
///     .iter()
///     .map(|it| format!("{:>2} {} {} {}", it.offset, it.path, it.ty, it.value))
///     .collect();
/// assert_eq!(lines, [r#" 1 tags[0] string "a""#, r#" 3 tags[1] string "b""#]);
/// let misfit = found.misfit.ok_or("the last field is missing")?;
/// assert_eq!((misfit.path.as_str(), misfit.offset), ("open", 5));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Inspection {
    /// The type that they should be, as it was asked for.
    #[serde(rename = "type")]
    pub ty: String,
    /// The values of built-in types that they hold, in the order of the bytes. Counts of lists, marks
    /// of optionals and tags of variants have no entry.
    pub fields: Vec<Field>,
    /// Where they stop fitting; none if they are a value of the type to the last byte.
    pub misfit: Option<Misfit>,
}

/// A value of a built-in type, found by [`Abi::inspect`](crate::Abi::inspect).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Field {
    /// The way to it, such as `orders[2].price`; empty if the whole value is of a built-in type. The
    /// value of a variant has the path of the variant.
    pub path: String,
    /// Its built-in type, by the name that aliases stand for.
    #[serde(rename = "type")]
    pub ty: String,
    /// Bytes before it, from the beginning of all.
    pub offset: usize,
    /// Its JSON; null where there is none, as for text that is not UTF-8.
    pub value: Value,
}

/// Where bytes stop being what they should, and why. As text: the path and the problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Misfit {
    /// The way to the field; empty for the value itself.
    pub path: String,
    /// Bytes before the value that does not fit; all bytes if there are too few.
    pub offset: usize,
    /// What is wrong with it: what was found and what was expected.
    pub problem: String,
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "`{}`: ", self.path)?;
        }
        f.write_str(&self.problem)
    }
}
