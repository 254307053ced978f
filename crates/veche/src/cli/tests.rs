use super::*;

fn ran(arguments: &[&str]) -> (Exit, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = run_to_exit(arguments.iter().map(OsString::from), &mut out, &mut err);
    (
        code,
        String::from_utf8(out).unwrap(),
        String::from_utf8(err).unwrap(),
    )
}

#[test]
fn the_command_line_is_consistent() {
    Cli::command().debug_assert();
}

#[test]
fn help_is_a_result_and_a_wrong_argument_is_not() {
    let (code, out, err) = ran(&["veche", "--help"]);
    assert_eq!((code, err.as_str()), (Exit::Success, ""));
    assert!(out.contains("Usage: veche"), "{out}");
    let (code, out, err) = ran(&["veche", "--no-such-option"]);
    assert_eq!((code, out.as_str()), (Exit::WrongUse, ""));
    assert!(err.contains("--no-such-option"), "{err}");
}

#[test]
fn what_is_wrong_with_a_command_of_the_cooperative_is_told_in_russian() {
    let lines = [
        "vote --lang ru",
        "vote x for --lang ru",
        "vote 99999999999999999999 for --lang ru",
        "vote \"\" for --lang ru",
        "vote 1 maybe --lang ru",
        "vote 1 fro --lang ru",
        "vote 1 for for --lang ru",
        "vote 1 for --lang ru --nope",
        "vote 1 for --lang ru --yess",
        "vote 1 for --lang ru --yes=1",
        "vote 1 for --lang ru --url",
        "vote 1 for --lang ru --config a --config b",
        "staff ad --lang=ru",
        "board xyz --lang=ru",
        "vots --lang=ru",
        "registry show --lang ru",
        "registry --lang ru --since x",
        "registry --lang ru --count 0",
        "registry --lang ru --count 501",
        "registry --lang ru --fate x",
        "registry --lang ru --before 1 --until 2026-01-01",
        "registry --lang ru --kind Иск",
        "wallet-of averylongaccountname --lang ru",
        "wallet-of averylongaccz --lang ru",
        "contribute 5 --lang ru",
        "agenda --lang ru --lang ru",
    ];
    let mut told = String::new();
    for line in lines {
        let words = line.split(' ').map(|it| if it == "\"\"" { "" } else { it });
        let arguments: Vec<_> = ["veche"].into_iter().chain(words).collect();
        let (code, out, err) = ran(&arguments);
        assert_eq!((code, out.as_str()), (Exit::WrongUse, ""), "{line}: {err}");
        // A line that has English words and no Russian one was not translated.
        for text in err.lines().filter(|text| !text.trim().is_empty()) {
            let is_russian = text.chars().any(|it| ('а'..='я').contains(&it));
            let text = text.trim_start();
            let is_name = text.starts_with(['<', '-', '[']) || text.starts_with("veche ");
            assert!(is_russian || is_name, "{line}: {text}");
        }
        told += &format!("$ veche {line}\n{err}\n");
    }
    insta::assert_snapshot!(told);
    // Commands of the toolkit speak English.
    let (_, _, err) = ran(&["veche", "get", "account", "--lang=ru"]);
    assert!(err.contains("error: "), "{err}");
}

#[cfg(feature = "demo")]
#[test]
fn the_demo_says_what_it_takes() {
    let (code, out, err) = ran(&["veche", "demo", "--help"]);
    assert_eq!((code, err.as_str()), (Exit::Success, ""));
    assert!(out.contains("--keep") && out.contains("--all"));
    let (code, out, err) = ran(&["veche", "demo", "--lang", "fr"]);
    assert_eq!((code, out.as_str()), (Exit::WrongUse, ""));
    assert!(err.contains("expected ru or en"), "{err}");
}

#[cfg(not(feature = "demo"))]
#[test]
fn without_the_demo_it_says_how_to_get_it() {
    let arguments = ["veche", "demo", "file.json", "--node", "nodeos", "--json"];
    let (code, out, err) = ran(&arguments);
    assert_eq!((code, out.as_str()), (Exit::WrongUse, ""));
    assert!(err.contains("--features demo"), "{err}");
    let (_, out, _) = ran(&["veche", "--help"]);
    assert!(!out.contains("\n  demo "), "{out}");
}

#[cfg(feature = "node")]
#[test]
fn the_node_says_what_it_takes() {
    let (code, out, err) = ran(&["veche", "node", "--help"]);
    assert_eq!((code, err.as_str()), (Exit::Success, ""));
    for word in ["--data", "--boot", "--produce", "Examples:"] {
        assert!(out.contains(word), "{word}: {out}");
    }
    for (arguments, expected) in [
        (
            ["--boot", "full"],
            "expected sample, contracts, system or empty",
        ),
        (
            ["--produce", "never"],
            "expected every, per-transaction or on-demand",
        ),
        (["--interval", "0ms"], "expected a duration such as 500ms"),
        (["--listen", "8888"], "--listen"),
    ] {
        let [name, value] = arguments;
        let (code, out, err) = ran(&["veche", "node", name, value]);
        assert_eq!((code, out.as_str()), (Exit::WrongUse, ""));
        assert!(err.contains(expected), "{err}");
    }
}

#[cfg(not(feature = "node"))]
#[test]
fn without_the_node_it_says_how_to_get_it() {
    let (code, out, err) = ran(&["veche", "node", "--data", "here"]);
    assert_eq!((code, out.as_str()), (Exit::WrongUse, ""));
    assert!(err.contains("--features node"), "{err}");
    let (_, out, _) = ran(&["veche", "--help"]);
    assert!(!out.contains("\n  node "), "{out}");
}
