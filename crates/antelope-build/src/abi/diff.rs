//! What changed between two ABIs, and whether actions and rows of the old one still fit the new.
//!
//! Two things may break. Clients that packed an action by the old ABI send it to the new contract,
//! and the new contract reads rows that the old one stored. Both depend on the order and types of
//! fields; names matter too, since a field under a new name is most likely one with another
//! meaning.
//!
//! | change | effect |
//! |---|---|
//! | an action, table, type, struct, variant or result added | compatible |
//! | one of them removed, or its type replaced | breaking |
//! | a field added at the end as an extension (`$`) | compatible |
//! | a field added, removed, renamed, moved or with another type | breaking |
//! | alternatives added at the end of a variant | compatible |
//! | alternatives of a variant removed, moved or replaced | breaking |
//! | ricardian contracts, clauses or error messages | text |
//! | the version | compatible |

use antelope_types::abi::{AbiDef, StructDef};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// One difference. Displayed as `breaking    struct transfer.memo: removed`: the effect in a column
/// of ten characters, the subject and the message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Whether something that worked stops working.
    pub effect: Effect,
    /// What changed, such as `action transfer` or `struct transfer.memo`.
    pub subject: String,
    /// How it changed.
    pub message: String,
    /// What to write instead so that old actions and rows still fit, if there is such a way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cure: Option<String>,
}

/// What a change means for actions and rows of the old ABI. In the order of severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Effect {
    /// Actions packed or rows stored by the old ABI no longer fit.
    Breaking,
    /// They still fit.
    Compatible,
    /// Only texts for people differ.
    Text,
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Breaking => "breaking",
            Self::Compatible => "compatible",
            Self::Text => "text",
        })
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:<10}  {}: {}",
            self.effect.to_string(),
            self.subject,
            self.message
        )
    }
}

/// Compares two ABIs. Breaking changes come first, texts last.
///
/// ```
/// use antelope_build::abi::{Effect, diff_abi};
/// use antelope_types::abi::{AbiDef, FieldDef, StructDef};
///
/// let row = |fields: &[(&str, &str)]| AbiDef {
///     structs: vec![StructDef {
///         name: "member".to_owned(),
///         base: String::new(),
///         fields: fields
///             .iter()
///             .map(|(name, ty)| FieldDef { name: (*name).to_owned(), ty: (*ty).to_owned() })
///             .collect(),
///     }],
///     ..AbiDef::default()
/// };
/// let old = row(&[("id", "uint64")]);
///
/// let changes = diff_abi(&old, &row(&[("id", "uint64"), ("memo", "string")]));
/// assert_eq!(changes[0].effect, Effect::Breaking);
/// assert!(changes[0].cure.as_deref().unwrap().starts_with("make member.memo a binary extension"));
///
/// let changes = diff_abi(&old, &row(&[("id", "uint64"), ("memo", "string$")]));
/// assert_eq!(changes[0].effect, Effect::Compatible);
/// ```
#[must_use]
pub fn diff_abi(old: &AbiDef, new: &AbiDef) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut diff = Diff {
        changes: &mut changes,
    };
    if old.version != new.version {
        diff.note(
            Effect::Compatible,
            "version",
            changed(&old.version, &new.version),
        );
    }
    diff.list(
        "action",
        &map(&old.actions, |it| (it.name.to_string(), it.ty.clone())),
        &map(&new.actions, |it| (it.name.to_string(), it.ty.clone())),
    );
    diff.list(
        "table",
        &map(&old.tables, |it| (it.name.to_string(), it.ty.clone())),
        &map(&new.tables, |it| (it.name.to_string(), it.ty.clone())),
    );
    diff.list(
        "type",
        &map(&old.types, |it| (it.new_type_name.clone(), it.ty.clone())),
        &map(&new.types, |it| (it.new_type_name.clone(), it.ty.clone())),
    );
    diff.list(
        "result of action",
        &map(&old.action_results, |it| {
            (it.name.to_string(), it.result_type.clone())
        }),
        &map(&new.action_results, |it| {
            (it.name.to_string(), it.result_type.clone())
        }),
    );
    diff.structs(old, new);
    diff.variants(old, new);
    diff.texts(old, new);
    changes.sort_by_key(|change| change.effect);
    changes
}

/// A comparison: the differences so far.
struct Diff<'a> {
    /// The differences found so far, in the order of comparison.
    changes: &'a mut Vec<Change>,
}

impl Diff<'_> {
    /// Adds a difference.
    fn note(&mut self, effect: Effect, subject: impl Into<String>, message: impl Into<String>) {
        self.changes.push(Change {
            effect,
            subject: subject.into(),
            message: message.into(),
            cure: None,
        });
    }

    /// Compares definitions that are a name and a type, such as actions. A removed or changed one
    /// breaks, a new one does not.
    fn list(&mut self, kind: &str, old: &BTreeMap<String, String>, new: &BTreeMap<String, String>) {
        for (name, ty) in old {
            let subject = format!("{kind} {name}");
            match new.get(name) {
                None => self.note(Effect::Breaking, subject, "removed"),
                Some(now) if now != ty => self.note(Effect::Breaking, subject, changed(ty, now)),
                Some(_) => {}
            }
        }
        for name in new.keys().filter(|name| !old.contains_key(*name)) {
            self.note(Effect::Compatible, format!("{kind} {name}"), "added");
        }
    }

    /// Compares structs by name.
    fn structs(&mut self, old: &AbiDef, new: &AbiDef) {
        for it in &old.structs {
            match new.find_struct(&it.name) {
                None => self.note(Effect::Breaking, format!("struct {}", it.name), "removed"),
                Some(now) => self.structure(it, now, is_nested(new, &now.name)),
            }
        }
        for it in new
            .structs
            .iter()
            .filter(|it| old.find_struct(&it.name).is_none())
        {
            self.note(Effect::Compatible, format!("struct {}", it.name), "added");
        }
    }

    /// Compares the base and the fields of a struct, by position. A field added at the end is
    /// compatible only as an extension. The cure is to make it one, unless the struct is nested in
    /// others.
    fn structure(&mut self, old: &StructDef, new: &StructDef, is_nested: bool) {
        if old.base != new.base {
            let subject = format!("struct {}", old.name);
            self.note(
                Effect::Breaking,
                subject,
                format!("base {}", changed(&old.base, &new.base)),
            );
        }
        for (at, field) in old.fields.iter().enumerate() {
            let subject = format!("struct {}.{}", old.name, field.name);
            match new.fields.get(at) {
                None => self.note(Effect::Breaking, subject, "removed"),
                Some(now) if now.name != field.name => {
                    let message = format!("field {} is now {}: {}", at + 1, now.name, now.ty);
                    self.note(Effect::Breaking, subject, message);
                }
                Some(now) if now.ty != field.ty => {
                    self.note(Effect::Breaking, subject, changed(&field.ty, &now.ty));
                }
                Some(_) => {}
            }
        }
        for field in new.fields.iter().skip(old.fields.len()) {
            let subject = format!("struct {}.{}", new.name, field.name);
            let effect = if field.ty.ends_with('$') {
                Effect::Compatible
            } else {
                Effect::Breaking
            };
            self.note(effect, subject, format!("added as {}", field.ty));
            if effect == Effect::Breaking && !is_nested {
                self.cure(format!(
                    "make {}.{} a binary extension: BinaryExtension<…> in Rust, {}$ in the ABI; \
                     what was written without it still reads",
                    new.name, field.name, field.ty
                ));
            }
        }
    }

    /// Adds to the change that was noted last how to avoid it.
    fn cure(&mut self, cure: String) {
        if let Some(change) = self.changes.last_mut() {
            change.cure = Some(cure);
        }
    }

    /// Compares variants. Alternatives may be added at the end, since they are encoded by index;
    /// removing, moving or replacing one changes what stored bytes mean.
    fn variants(&mut self, old: &AbiDef, new: &AbiDef) {
        let old = map(&old.variants, |it| (it.name.clone(), it.types.clone()));
        let new = map(&new.variants, |it| (it.name.clone(), it.types.clone()));
        for (name, types) in &old {
            let subject = format!("variant {name}");
            match new.get(name) {
                None => self.note(Effect::Breaking, subject, "removed"),
                Some(now) if now == types => {}
                Some(now) if now.starts_with(types) => {
                    let added = now[types.len()..].join(", ");
                    self.note(
                        Effect::Compatible,
                        subject,
                        format!("alternatives added: {added}"),
                    );
                }
                Some(now) => {
                    let message = changed(&types.join(" | "), &now.join(" | "));
                    self.note(Effect::Breaking, subject, message);
                }
            }
        }
        for name in new.keys().filter(|name| !old.contains_key(*name)) {
            self.note(Effect::Compatible, format!("variant {name}"), "added");
        }
    }

    /// Compares ricardian contracts, clauses and error messages. They are read by people and
    /// wallets, so they are reported but never break anything.
    fn texts(&mut self, old: &AbiDef, new: &AbiDef) {
        let contracts = |abi: &AbiDef| {
            map(&abi.actions, |it| {
                (it.name.to_string(), it.ricardian_contract.clone())
            })
        };
        let (before, now) = (contracts(old), contracts(new));
        for (name, text) in &now {
            if before.get(name).is_some_and(|before| before != text) {
                self.note(
                    Effect::Text,
                    format!("action {name}"),
                    "ricardian contract changed",
                );
            }
        }
        if old.ricardian_clauses != new.ricardian_clauses {
            self.note(Effect::Text, "ricardian clauses", "changed");
        }
        if old.error_messages != new.error_messages {
            self.note(Effect::Text, "error messages", "changed");
        }
    }
}

/// Whether a struct is a field, a base, an alternative or an alias's type. Its fields are then
/// followed by those of others, so an extension, which may be missing, has no place there.
fn is_nested(abi: &AbiDef, name: &str) -> bool {
    let is_it = |ty: &String| ty.trim_end_matches(['[', ']', '?', '$']) == name;
    let fields = abi.structs.iter().flat_map(|it| &it.fields);
    fields.map(|field| &field.ty).any(is_it)
        || abi.structs.iter().any(|it| it.base == name)
        || abi.variants.iter().flat_map(|it| &it.types).any(is_it)
        || abi.types.iter().any(|it| is_it(&it.ty))
}

/// The entries of a list by name.
fn map<T, V>(list: &[T], entry: impl Fn(&T) -> (String, V)) -> BTreeMap<String, V> {
    list.iter().map(entry).collect()
}

/// The message for a value that was replaced.
fn changed(old: &str, new: &str) -> String {
    format!("{old} became {new}")
}
