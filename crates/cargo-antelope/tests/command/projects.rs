//! Where projects are made, what `doctor` says of the machine, and what is refused.

use super::*;

#[test]
fn a_project_is_not_made_over_another() {
    let home = tempfile::tempdir().expect("a folder");
    fs::create_dir(home.path().join("full")).expect("a folder");
    fs::write(home.path().join("full/file"), "").expect("a file");
    let refused = antelope(home.path(), &["new", "full", "--json"]);
    assert_eq!(refused.status.code(), Some(1));
    assert_eq!(json(&refused)["errors"][0]["code"], "project.folder");

    let refused = antelope(home.path(), &["new", "Full", "--json"]);
    assert_eq!(json(&refused)["errors"][0]["code"], "project.name");
}

#[test]
fn a_folder_without_a_contract_says_so() {
    let home = tempfile::tempdir().expect("a folder");
    fs::create_dir(home.path().join("src")).expect("a folder");
    fs::write(home.path().join("src/lib.rs"), "").expect("a file");
    let manifest = "[package]\nname = \"plain\"\nedition = \"2024\"\n[workspace]\n";
    fs::write(home.path().join("Cargo.toml"), manifest).expect("a file");

    let plain = antelope(home.path(), &["build", "--json", "-p", "plain"]);
    assert_eq!(json(&plain)["errors"][0]["code"], "package.not-a-contract");
    let other = antelope(home.path(), &["build", "--json", "-p", "other"]);
    assert_eq!(json(&other)["errors"][0]["code"], "package.unknown");
    let none = antelope(home.path(), &["build"]);
    assert_eq!(none.status.code(), Some(1));
    assert_eq!(
        stdout(&none),
        "",
        "a failure without a result leaves stdout empty"
    );
    assert!(
        stderr(&none).contains("help: add to Cargo.toml"),
        "{}",
        stderr(&none)
    );
}

#[test]
fn a_command_line_that_is_not_understood_ends_with_2() {
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path();
    for (arguments, told) in [
        (&["biuld"][..], "unrecognized subcommand 'biuld'"),
        (&["size", "--max", "many"], "invalid value 'many'"),
        (&["completions"], "<SHELL>"),
        (&["build", "--bless"], "unexpected argument '--bless'"),
        (&["size", "--ram-price", "cheap"], "cheap"),
    ] {
        let plain = antelope(folder, arguments);
        assert_eq!(plain.status.code(), Some(2), "{arguments:?}");
        assert_eq!(stdout(&plain), "", "{arguments:?}");
        assert!(stderr(&plain).contains(told), "{}", stderr(&plain));

        let wrong = antelope(folder, &[arguments, &["--json"]].concat());
        assert_eq!(wrong.status.code(), Some(2), "{arguments:?}");
        let envelope = json(&wrong);
        assert_eq!(envelope["success"], false);
        let error = &envelope["errors"][0];
        assert!(
            error["code"]
                .as_str()
                .expect("a code")
                .starts_with("usage.")
        );
        let message = error["message"].as_str().expect("a text");
        assert!(message.contains(told), "{message}");
        assert!(stderr(&wrong).contains(told), "{}", stderr(&wrong));
    }
    // Behind `--` is what cargo gets.
    let cargos = antelope(folder, &["biuld", "--", "--json"]);
    assert_eq!(
        (cargos.status.code(), stdout(&cargos)),
        (Some(2), String::new())
    );
    let help = antelope(folder, &["--help", "--json"]);
    assert_eq!(help.status.code(), Some(0));
    assert!(stdout(&help).contains("Usage: cargo antelope"));
}

#[test]
fn doctor_tells_what_is_there() {
    let home = tempfile::tempdir().expect("a folder");
    let found = json(&antelope(home.path(), &["doctor", "--json"]));
    let names: Vec<_> = found["data"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| it["name"].as_str())
        .collect();
    let expected = [
        "cargo",
        "rustc",
        "wasm32v1-none",
        "sdk",
        "wasm-opt",
        "nodeos",
        "cleos",
        "keosd",
    ];
    assert_eq!(names, expected.map(Some));
    for finding in found["data"].as_array().expect("a list") {
        assert!(
            finding["state"] == "found" || finding["remedy"].is_string(),
            "whatever is missing comes with a way to get it: {finding}"
        );
    }
}

#[test]
fn doctor_fails_only_for_what_builds_need() {
    let home = tempfile::tempdir().expect("a folder");
    let doctor = |variable: &str| {
        Command::new(env!("CARGO_BIN_EXE_cargo-antelope"))
            .args(["antelope", "doctor"])
            .current_dir(home.path())
            .env(variable, home.path().join("nowhere"))
            .output()
            .expect("the command starts")
    };
    let without_optimizer = doctor("WASM_OPT");
    assert!(stdout(&without_optimizer).contains("missing  wasm-opt"));
    assert!(
        without_optimizer.status.success(),
        "{}",
        stdout(&without_optimizer)
    );
    let without_compiler = doctor("RUSTC");
    assert!(stdout(&without_compiler).contains("MISSING  rustc"));
    assert_eq!(without_compiler.status.code(), Some(1));
}

#[test]
fn doctor_tells_where_the_sdk_comes_from_and_whether_it_is_there() {
    let home = tempfile::tempdir().expect("a folder");
    let sdk = |folder: &Path| {
        let found = json(&antelope(folder, &["doctor", "--json"]));
        let list = found["data"].as_array().expect("a list").clone();
        list.into_iter().find(|it| it["name"] == "sdk").expect("it")
    };
    let installed = sdk(home.path());
    let why = installed["found"].as_str().expect("found");
    assert!(
        why.ends_with("this command was installed from it; for new projects"),
        "{why}"
    );

    let project = project(home.path(), "greeter");
    let why = sdk(&project)["found"].as_str().expect("found").to_owned();
    assert!(
        why.ends_with("crates/antelope-contract, of the project here"),
        "{why}"
    );

    let manifest = project.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).expect("the manifest");
    let moved = text.replace("crates/antelope-contract", "gone/antelope-contract");
    fs::write(&manifest, moved).expect("the manifest");
    let missing = sdk(&project);
    assert_eq!(missing["state"], "missing");
    let remedy = missing["remedy"].as_str().expect("a remedy");
    assert!(
        remedy.contains("gone/antelope-contract does not exist"),
        "{remedy}"
    );
    assert_eq!(antelope(&project, &["doctor"]).status.code(), Some(1));
}

#[test]
fn a_project_joins_the_workspace_around_it() {
    let home = tempfile::tempdir().expect("a folder");
    fs::write(
        home.path().join("Cargo.toml"),
        "[workspace]\nresolver = \"3\"\n",
    )
    .expect("a file");
    let made = antelope(home.path(), &["new", "greeter", "--json"]);
    assert!(made.status.success(), "{}", stderr(&made));
    assert!(
        stderr(&made).contains("added to the workspace"),
        "{}",
        stderr(&made)
    );
    assert!(json(&made)["data"]["workspace"].is_string());
    let members = fs::read_to_string(home.path().join("Cargo.toml")).expect("a file");
    assert!(members.contains("members = [\"greeter\"]"), "{members}");
    let read = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version",
            "1",
        ])
        .current_dir(home.path().join("greeter"))
        .output()
        .expect("cargo starts");
    assert!(read.status.success(), "{}", stderr(&read));
}

#[test]
fn an_sdk_that_is_none_is_refused() {
    let home = tempfile::tempdir().expect("a folder");
    let refused = antelope(
        home.path(),
        &["new", "greeter", "--sdk-path", ".", "--json"],
    );
    assert_eq!(refused.status.code(), Some(1));
    assert_eq!(json(&refused)["errors"][0]["code"], "sdk.given");
    assert!(
        !home.path().join("greeter").exists(),
        "nothing is left behind"
    );

    let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for (name, path) in [
        ("one", checkout.clone()),
        ("two", checkout.join("crates/antelope-contract")),
    ] {
        let path = path.to_str().expect("text");
        let made = antelope(home.path(), &["new", name, "--sdk-path", path]);
        assert!(made.status.success(), "{}", stderr(&made));
    }
}

#[test]
fn what_is_in_the_way_of_a_project_is_told_with_the_way_around() {
    let home = tempfile::tempdir().expect("a folder");
    fs::write(home.path().join("file"), "").expect("a file");
    let refused = |arguments: &[&str]| {
        let refused = antelope(home.path(), &[&["new", "--json"], arguments].concat());
        assert_eq!(refused.status.code(), Some(1), "{}", stderr(&refused));
        json(&refused)["errors"][0].clone()
    };
    let text = |error: &Value, member: &str| error[member].as_str().expect("a text").to_owned();
    let file = refused(&["file"]);
    assert_eq!(text(&file, "code"), "project.folder");
    assert!(text(&file, "message").contains("is not a folder"), "{file}");

    let named = refused(&["my project"]);
    assert_eq!(text(&named, "code"), "project.name");
    assert!(
        text(&named, "hint").ends_with("--name my-project"),
        "{named}"
    );
    assert!(text(&refused(&["вече"]), "hint").ends_with("--name NAME"));
    let taken = refused(&["antelope-contract"]);
    assert!(
        text(&taken, "message").contains("another package of this name"),
        "{taken}"
    );
    // No more can be written there than in a read-only folder, by whomever.
    let unwritable = refused(&["/proc/greeter"]);
    assert_eq!(text(&unwritable, "code"), "project.cargo");
    assert!(
        text(&unwritable, "message").contains("/proc/greeter"),
        "{unwritable}"
    );
}

/// Spaces and letters of other alphabets in the path, nothing in the home.
#[test]
fn a_project_in_a_folder_of_any_name_is_built() {
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join("папка с пробелом");
    fs::create_dir(&folder).expect("a folder");
    let made = antelope(&folder, &["new", "мой токен", "--name", "greeter"]);
    assert!(made.status.success(), "{}", stderr(&made));
    let told = stderr(&made);
    assert!(
        told.contains("next: cd 'мой токен' && cargo test"),
        "{told}"
    );
    let project = folder.join("мой токен");
    let built = antelope(&project, &["build", "--offline", "--quiet", "--json"]);
    assert!(built.status.success(), "{}", stderr(&built));
    assert!(
        project
            .join("target/antelope/greeter/greeter.wasm")
            .is_file()
    );
}

#[test]
fn doctor_says_which_compiler_a_project_waits_for() {
    let home = tempfile::tempdir().expect("a folder");
    fs::write(
        home.path().join("rust-toolchain.toml"),
        "[toolchain]\nchannel = \"1.0.0\"\n",
    )
    .expect("a file");
    let doctor = Command::new(env!("CARGO_BIN_EXE_cargo-antelope"))
        .args(["antelope", "doctor"])
        .current_dir(home.path())
        .env("RUSTC", home.path().join("nowhere"))
        .output()
        .expect("the command starts");
    assert_eq!(doctor.status.code(), Some(1));
    let told = stdout(&doctor);
    assert!(told.contains("rustup toolchain install"), "{told}");
    assert!(told.contains("rust-toolchain.toml asks for"), "{told}");
}
