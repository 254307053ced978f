//! `docs/reference.md`: actions, rows and types of the three contracts, from their ABIs.

use crate::TextsError;
use crate::error::read;
use crate::ricardian::CONTRACTS;
use serde_json::Value;
use std::fmt::Write;
use std::path::Path;

const HEAD: &str = "<!-- Made from abi/*.abi by `cargo run -p coop-texts -- write`. -->\n\
# Actions and tables\n\n\
This page lists every action, row and type of the ABIs of the three contracts. The ricardian contract of \
an action (`contracts/*/ricardian`, also in the ABI) says what the action means, who may send it and what \
happens then. The reasons why an action can fail are in [refusals](refusals.md).\n";

/// The page.
pub(super) fn render(root: &Path) -> Result<String, TextsError> {
    let mut page = HEAD.to_owned();
    for contract in CONTRACTS {
        let path = Path::new("abi").join(format!("{contract}.abi"));
        let abi: Value =
            serde_json::from_str(&read(&root.join(&path))?).map_err(|source| TextsError::Abi {
                path: path.clone(),
                source,
            })?;
        section(&mut page, contract, &abi);
    }
    Ok(page)
}

fn section(page: &mut String, contract: &str, abi: &Value) {
    let _ = write!(page, "\n## {contract}\n\n| action | about |\n|---|---|\n");
    for action in list(abi, "actions") {
        let name = text(action, "name");
        let result = list(abi, "action_results")
            .find(|it| text(it, "name") == name)
            .map(|it| format!(" → {}", text(it, "result_type")))
            .unwrap_or_default();
        let title = title(text(action, "ricardian_contract"));
        let arguments = fields(abi, text(action, "type"));
        let _ = writeln!(page, "| `{name}({arguments}){result}` | {title} |");
    }
    page.push_str("\n| table | row |\n|---|---|\n");
    for table in list(abi, "tables") {
        let (name, row) = (text(table, "name"), fields(abi, text(table, "type")));
        let _ = writeln!(page, "| `{name}` | `{row}` |");
    }
    page.push_str("\n| type | fields |\n|---|---|\n");
    let named = |kind: &str, name: &str| list(abi, kind).any(|it| text(it, "type") == name);
    for item in list(abi, "structs") {
        let name = text(item, "name");
        if !named("actions", name) && !named("tables", name) {
            let _ = writeln!(page, "| `{name}` | `{}` |", fields(abi, name));
        }
    }
    for variant in list(abi, "variants") {
        let types: Vec<_> = list(variant, "types").filter_map(Value::as_str).collect();
        let _ = writeln!(
            page,
            "| `{}` | one of `{}` |",
            text(variant, "name"),
            types.join("`, `")
        );
    }
}

/// `name: type, …` of a struct.
fn fields(abi: &Value, name: &str) -> String {
    let fields = list(abi, "structs")
        .filter(|it| text(it, "name") == name)
        .flat_map(|it| list(it, "fields"));
    let pairs: Vec<_> = fields
        .map(|it| format!("{}: {}", text(it, "name"), text(it, "type")))
        .collect();
    pairs.join(", ")
}

/// The title in the front matter of a ricardian contract.
fn title(contract: &str) -> &str {
    contract
        .lines()
        .find_map(|line| line.strip_prefix("title: "))
        .unwrap_or_default()
        .trim_matches('"')
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value[key].as_array().into_iter().flatten()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}
