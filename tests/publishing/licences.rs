//! Licences of dependencies, by the list in `deny.toml`.

use super::{list, metadata, root, text};

/// The licences that `deny.toml` allows: for everybody, and for single crates.
fn allowed() -> (Vec<String>, Vec<(String, String)>) {
    let rules = std::fs::read_to_string(root().join("deny.toml")).expect("deny.toml");
    let quoted = |line: &str| -> Vec<String> {
        line.split('"')
            .skip(1)
            .step_by(2)
            .map(str::to_owned)
            .collect()
    };
    let all = rules
        .lines()
        .skip_while(|line| *line != "allow = [")
        .take_while(|line| *line != "]")
        .flat_map(quoted)
        .collect();
    let single = rules
        .lines()
        .filter(|line| line.trim().starts_with("{ crate"))
        .filter_map(|line| Some((quoted(line).first()?.clone(), quoted(line).get(1)?.clone())))
        .collect();
    (all, single)
}

/// Whether an SPDX expression can be met by licences that `is_allowed`.
fn is_met(expression: &str, is_allowed: &impl Fn(&str) -> bool) -> bool {
    let expression = expression.replace('/', " OR ").replace(['(', ')'], " ");
    // No dependency nests OR within AND by more than one pair of parentheses.
    expression
        .split(" AND ")
        .all(|part| part.split(" OR ").any(|licence| is_allowed(licence.trim())))
}

#[test]
fn every_dependency_has_a_licence_that_is_allowed() {
    let (all, single) = allowed();
    assert!(all.len() > 5, "{all:?}");
    // Crates of other platforms are not on this machine.
    let host = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    let metadata = metadata(&["--filter-platform", &host]);
    for package in list(&metadata, "packages") {
        let (name, licence) = (text(package, "name"), text(package, "license"));
        let is_allowed = |wanted: &str| {
            all.iter().any(|it| it == wanted)
                || single.iter().any(|(of, it)| of == name && it == wanted)
        };
        assert!(
            is_met(licence, &is_allowed),
            "{name} has the licence {licence:?}, which deny.toml does not allow"
        );
    }
}
