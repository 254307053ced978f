//! `docs/parameters.md`: every number of the rules, from the documentation of its constant.

use crate::TextsError;
use crate::error::read;
use coop_model::parameters::TEXTS;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

const SOURCE: &str = "crates/coop-model/src/parameters.rs";

const HEAD: &str = "\
# Parameters

This page lists every deadline, threshold and limit of the rules. Each is defined once, in \
`crates/coop-model/src/parameters.rs`, from which `cargo run -p coop-texts -- write` generates this page.

Other texts do not repeat these numbers. Ricardian contracts and the sources in `docs/src` refer to a \
parameter as `%voting_hours%`. A page written by hand either links here, or marks the number as \
`<!--%voting_hours%-->…<!--%-->`; the same command keeps such numbers up to date.

| name | value | unit | meaning |
|---|---|---|---|
";

/// The page.
pub(super) fn render(root: &Path) -> Result<String, TextsError> {
    let docs = docs(&read(&root.join(SOURCE))?);
    let mut page = String::from(HEAD);
    for (name, value) in TEXTS {
        let (unit, meaning) = meaning(&docs, name);
        let _ = writeln!(
            page,
            "| <a id=\"{name}\"></a>`{name}` | {value} | {unit} | {meaning} |"
        );
    }
    Ok(page)
}

/// The documentation of each constant, one line each.
fn docs(source: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut text = String::new();
    for line in source.lines() {
        if let Some(doc) = line.strip_prefix("///") {
            text.push_str(doc);
        } else {
            if let Some((name, _)) = line
                .strip_prefix("pub const ")
                .and_then(|rest| rest.split_once(':'))
            {
                found.insert(name.to_owned(), text.trim().to_owned());
            }
            text.clear();
        }
    }
    found
}

/// Unit and meaning of a parameter: a term in hours is explained where it stands in seconds.
fn meaning(docs: &BTreeMap<String, String>, name: &str) -> (&'static str, String) {
    let of = |name: &str| docs.get(name).cloned().unwrap_or_default();
    let own = of(&name.to_uppercase());
    let text = match own
        .strip_prefix("[`")
        .and_then(|rest| rest.split_once("`]"))
    {
        Some((term, _)) => of(term),
        None => own,
    };
    let text = text.trim_end_matches('.');
    for unit in ["hours", "days", "minutes"] {
        if name.ends_with(unit) {
            return (unit, text.trim_end_matches(", in seconds").to_owned());
        }
    }
    for (unit, end) in [
        ("bytes", ", in bytes"),
        ("%", ", in percent of the voting seats"),
    ] {
        if let Some(text) = text.strip_suffix(end) {
            return (unit, text.to_owned());
        }
    }
    ("", text.to_owned())
}
