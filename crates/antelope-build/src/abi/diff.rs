//! What changed between two ABIs, and whether data written under the old one still reads.

use std::collections::BTreeMap;
use std::fmt;

use antelope_types::abi::{AbiDef, StructDef};
use serde::Serialize;

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Whether something that worked stops working.
    pub effect: Effect,
    /// What changed, such as `action transfer` or `struct transfer.memo`.
    pub subject: String,
    /// How.
    pub message: String,
    /// What to write instead so that old actions and rows still fit, where there is such a thing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cure: Option<String>,
}

/// What a change means to those who use the old ABI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Effect {
    /// Actions packed or rows stored under the old ABI no longer fit.
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

/// Compares two ABIs; breaking changes come first.
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

struct Diff<'a> {
    changes: &'a mut Vec<Change>,
}

impl Diff<'_> {
    fn note(&mut self, effect: Effect, subject: impl Into<String>, message: impl Into<String>) {
        self.changes.push(Change {
            effect,
            subject: subject.into(),
            message: message.into(),
            cure: None,
        });
    }

    /// Definitions that are a name and a type.
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

/// Whether a struct stands within others. Its fields are then followed by those of others, and an
/// extension, which may be missing, has no place there.
fn is_nested(abi: &AbiDef, name: &str) -> bool {
    let is_it = |ty: &String| ty.trim_end_matches(['[', ']', '?', '$']) == name;
    let fields = abi.structs.iter().flat_map(|it| &it.fields);
    fields.map(|field| &field.ty).any(is_it)
        || abi.structs.iter().any(|it| it.base == name)
        || abi.variants.iter().flat_map(|it| &it.types).any(is_it)
        || abi.types.iter().any(|it| is_it(&it.ty))
}

fn map<T, V>(list: &[T], entry: impl Fn(&T) -> (String, V)) -> BTreeMap<String, V> {
    list.iter().map(entry).collect()
}

fn changed(old: &str, new: &str) -> String {
    format!("{old} became {new}")
}
