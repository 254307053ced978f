//! The command from the outside: what it prints where, how it ends, and that a new project works.

mod projects;
mod watch;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// `cargo antelope` with these arguments in a folder.
fn antelope(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cargo-antelope"))
        .arg("antelope")
        .args(arguments)
        .current_dir(folder)
        .env_remove("CARGO_TARGET_DIR")
        .output()
        .expect("the command starts")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("stdout is text")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("stderr is text")
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("stdout is one JSON value and nothing else")
}

/// A new project, with the SDK of this checkout and the versions it is locked to.
fn project(folder: &Path, name: &str) -> PathBuf {
    let made = antelope(folder, &["new", name]);
    assert!(made.status.success(), "{}", stderr(&made));
    folder.join(name)
}

#[test]
fn a_new_project_builds_and_is_measured() {
    let home = tempfile::tempdir().expect("a folder");
    let project = project(home.path(), "greeter");

    let built = antelope(&project, &["build", "--offline", "--json"]);
    assert!(built.status.success(), "{}", stderr(&built));
    // Everything was compiled just now, the SDK too, and nothing of it gives a warning.
    let said = stderr(&built);
    assert!(said.contains("Compiling antelope-contract"), "{said}");
    assert!(!said.contains("warning"), "{said}");
    let built = json(&built);
    assert_eq!(built["warnings"], serde_json::json!([]));
    assert_eq!(built["schema_version"], 1);
    assert_eq!(built["success"], true);
    for file in [
        "greeter.wasm",
        "greeter.abi",
        "greeter.build.json",
        "greeter.debug.wasm",
    ] {
        assert!(
            project.join("target/antelope/greeter").join(file).is_file(),
            "{file}"
        );
    }
    let record = fs::read(project.join("target/antelope/greeter/greeter.build.json"));
    let record: Value = serde_json::from_slice(&record.expect("a record")).expect("JSON");
    assert_eq!(record["wasm_sha256"], built["data"][0]["wasm_sha256"]);
    assert_eq!(record["target"], "wasm32v1-none");

    macros_are_expanded(&project);
    changes_are_watched(&project);
    abi_is_compared(&project);
    wasm_opt_is_optional_and_told(&project);
    size_is_held(&project);
    costs_are_compared(&project);
    a_refused_contract_says_why(&project);
}

fn macros_are_expanded(project: &Path) {
    let expanded = antelope(project, &["expand", "--offline", "--quiet"]);
    assert!(expanded.status.success(), "{}", stderr(&expanded));
    let source = stdout(&expanded);
    for made in [
        "pub struct HiArgs {",
        "fn apply(",
        "pub fn hi(user: Name) {",
    ] {
        assert!(source.contains(made), "{made}: {source}");
    }
}

/// It builds at once, and again when a source file changes.
fn changes_are_watched(project: &Path) {
    let watching = Command::new(env!("CARGO_BIN_EXE_cargo-antelope"))
        .args([
            "antelope",
            "watch",
            "--offline",
            "--no-test",
            "--json",
            "--times",
            "2",
        ])
        .current_dir(project)
        .env_remove("CARGO_TARGET_DIR")
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn();
    let mut watching = watching.expect("the command starts");
    let mut told = std::io::BufReader::new(watching.stderr.take().expect("a pipe"));
    let mut line = String::new();
    while !line.ends_with("all is well; waiting\n") {
        line.clear();
        let read = std::io::BufRead::read_line(&mut told, &mut line).expect("text");
        assert!(read > 0, "it ended early");
    }
    let source = project.join("src/lib.rs");
    let text = fs::read_to_string(&source).expect("the source");
    fs::write(&source, format!("{text}\nfn broken( {{}}\n")).expect("the source");
    let mut rest = String::new();
    std::io::Read::read_to_string(&mut told, &mut rest).expect("text");
    let ended = watching.wait_with_output().expect("it ends");
    let said = stdout(&ended);
    let runs: Vec<Value> = said
        .lines()
        .map(|line| serde_json::from_str(line).expect("an object on each line"))
        .collect();
    assert_eq!(runs.len(), 2, "{said}{rest}");
    assert_eq!(runs[0]["success"], true, "{said}");
    assert_eq!(runs[0]["data"]["built"][0]["package"], "greeter");
    assert_eq!(runs[0]["data"]["tested"], false);
    assert_eq!(runs[1]["success"], false, "{said}{rest}");
    assert_eq!(runs[1]["data"]["built"], serde_json::json!([]));
    assert_eq!(runs[1]["errors"][0]["code"], "compile");
    fs::write(&source, text).expect("the source");
}

fn abi_is_compared(project: &Path) {
    let printed = antelope(project, &["abi", "--offline", "--quiet"]);
    let abi = stdout(&printed);
    assert!(
        abi.starts_with("{\n    \"version\": \"eosio::abi/1.2\",\n"),
        "{abi}"
    );
    assert_eq!(stderr(&printed), "");
    let file = project.join("greeter.abi");
    fs::write(&file, &abi).expect("the file");

    let same = antelope(project, &["abi", "--offline", "--check", "greeter.abi"]);
    assert!(same.status.success(), "{}", stderr(&same));

    fs::write(
        &file,
        abi.replace("\"type\": \"name\"", "\"type\": \"uint64\""),
    )
    .expect("the file");
    let differs = antelope(
        project,
        &["abi", "--offline", "--quiet", "--check", "greeter.abi"],
    );
    assert_eq!(differs.status.code(), Some(8));
    assert_eq!(
        stdout(&differs),
        "breaking    struct hi.user: uint64 became name\n"
    );
    assert!(
        stderr(&differs).contains("1 breaking, 0 compatible"),
        "{}",
        stderr(&differs)
    );
}

/// A crate beside the project is renamed in the module, and not in what the compiler says of it.
#[test]
fn the_compiler_names_files_that_exist() {
    let home = tempfile::tempdir().expect("a folder");
    let project = project(home.path(), "greeter");
    let beside = home.path().join("beside");
    fs::create_dir_all(beside.join("src")).expect("a folder");
    fs::write(
        beside.join("Cargo.toml"),
        "[package]\nname = \"beside\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[workspace]\n",
    )
    .expect("a file");
    let library = beside.join("src/lib.rs");
    fs::write(&library, "#![no_std]\nfn unused() {}\n").expect("a file");
    let manifest = project.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).expect("a manifest");
    let text = text.replace(
        "[dependencies]",
        "[dependencies]\nbeside = { path = \"../beside\" }",
    );
    fs::write(&manifest, text).expect("a manifest");

    let built = antelope(&project, &["build", "--offline"]);
    assert!(built.status.success(), "{}", stderr(&built));
    let place = format!("--> {}:2:4", library.display());
    assert!(stderr(&built).contains(&place), "{}", stderr(&built));
}

#[test]
fn what_only_the_development_machine_has_is_explained() {
    let home = tempfile::tempdir().expect("a folder");
    let project = project(home.path(), "greeter");
    let library = project.join("src/lib.rs");
    let text = fs::read_to_string(&library).expect("a library");
    let refused = |text: &str| {
        fs::write(&library, text).expect("a library");
        let built = antelope(&project, &["build", "--offline"]);
        assert!(!built.status.success());
        stderr(&built)
    };

    let said = refused(&text.replace("#![cfg_attr(target_family = \"wasm\", no_std)]", ""));
    let cure = format!(
        "begin {} with: #![cfg_attr(target_family = \"wasm\", no_std)]",
        library.display()
    );
    assert!(said.trim_end().ends_with(&cure), "{said}");

    let said = refused(&text.replace("hi(user: Name)", "hi(user: Name, _note: String)"));
    assert!(said.contains("`String` needs a heap"), "{said}");
    assert!(said.contains("features = [\"alloc\"]"), "{said}");
}

#[test]
fn a_frame_that_does_not_fit_is_named() {
    let home = tempfile::tempdir().expect("a folder");
    let project = project(home.path(), "greeter");
    let library = project.join("src/lib.rs");
    let text = fs::read_to_string(&library).expect("a library");
    let text = text.replacen(
        "    #[action]",
        "    #[action]\n    pub fn fill(seed: u32) -> u32 {\n        \
         let mut room = [seed; 3000];\n        \
         for at in 1..3000 {\n            room[at] = room[at - 1].wrapping_mul(seed) ^ room[at / 2];\n        }\n        \
         room[(seed % 3000) as usize]\n    }\n\n    #[action]",
        1,
    );
    fs::write(&library, text).expect("a library");
    let build = || antelope(&project, &["build", "--offline", "--quiet"]);

    let refused = build();
    assert!(!refused.status.success());
    let said = stderr(&refused);
    assert!(said.contains("bytes in greeter::greeter::fill"), "{said}");
    let cure = "[package.metadata.antelope] stack-size = 16384";
    assert!(said.trim_end().ends_with(cure), "{said}");

    let manifest = project.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).expect("a manifest");
    let text = format!("{text}\n[package.metadata.antelope]\nstack-size = 16384\n");
    fs::write(&manifest, text).expect("a manifest");
    let built = build();
    assert!(built.status.success(), "{}", stderr(&built));
    let record = fs::read(project.join("target/antelope/greeter/greeter.build.json"));
    let record: Value = serde_json::from_slice(&record.expect("a record")).expect("JSON");
    assert_eq!(record["link_args"][0], "-zstack-size=16384");
}

/// A wasm-opt of another version, which changes nothing.
const OTHER_WASM_OPT: &str = "#!/bin/sh
if [ \"$1\" = --version ]; then echo 'wasm-opt version 1'; exit; fi
while [ \"$1\" != -o ]; do input=$1; shift; done
cp \"$input\" \"$2\"
";

fn wasm_opt_is_optional_and_told(project: &Path) {
    let build = |wasm_opt: &Path| {
        let output = Command::new(env!("CARGO_BIN_EXE_cargo-antelope"))
            .args(["antelope", "build", "--offline", "--quiet", "--json"])
            .current_dir(project)
            .env_remove("CARGO_TARGET_DIR")
            .env("WASM_OPT", wasm_opt)
            .output()
            .expect("the command starts");
        assert!(output.status.success(), "{}", stderr(&output));
        let record = fs::read(project.join("target/antelope/greeter/greeter.build.json"));
        let record: Value = serde_json::from_slice(&record.expect("a record")).expect("JSON");
        (json(&output), record["wasm_opt"].clone())
    };

    let (without, version) = build(&project.join("nowhere"));
    assert_eq!(without["warnings"][0]["code"], "wasm-opt.missing");
    assert_eq!(version, Value::Null);

    let other = project.join("wasm-opt");
    fs::write(&other, OTHER_WASM_OPT).expect("the program");
    let executable = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    fs::set_permissions(&other, executable).expect("the program");
    let (with, version) = build(&other);
    assert_eq!(with["warnings"][0]["code"], "wasm-opt.version");
    assert_eq!(version, "wasm-opt version 1");
    assert_eq!(
        with["data"][0]["wasm_sha256"],
        without["data"][0]["wasm_sha256"]
    );
}

fn size_is_held(project: &Path) {
    let size = ["size", "--offline", "--json", "--ram-price", "1.0000 EOS"];
    let report = json(&antelope(project, &size));
    let report = &report["data"][0];
    let bytes = report["wasm_bytes"].as_u64().expect("a number");
    assert_eq!(report["wasm_ram_bytes"], bytes * 10);
    assert!(
        report["ram_cost"]
            .as_str()
            .is_some_and(|cost| cost.ends_with(" EOS"))
    );
    let sections = report["sections"].as_array().expect("a list");
    let sum: u64 = sections
        .iter()
        .filter_map(|section| section["bytes"].as_u64())
        .sum();
    assert_eq!(sum + 8, bytes, "sections and the header are all there is");

    let inlined = report["inlined"].as_array().expect("a list");
    // The action itself is nothing but calls, all of them inlined in their turn.
    let is_contract =
        |row: &Value| row["within"] == "apply" && row["name"] == "greeter::greeter::apply";
    assert!(inlined.iter().any(is_contract), "{report:#}");
    let crates = report["crates"].as_array().expect("a list");
    let unknown = crates.iter().find(|row| row["name"] == "?");
    let unknown = unknown.and_then(|row| row["bytes"].as_u64()).unwrap_or(0);
    assert!(
        unknown * 10 < bytes,
        "less than 10 % is nobody's: {report:#}"
    );

    let over = antelope(
        project,
        &[
            "size",
            "--offline",
            "--max",
            "100",
            "--json",
            "--no-inlined",
        ],
    );
    assert_eq!(over.status.code(), Some(8));
    assert_eq!(json(&over)["errors"][0]["code"], "size.over");
}

fn costs_are_compared(project: &Path) {
    let records = tempfile::tempdir().expect("a folder");
    let folder = records.path().to_str().expect("text");
    let record = |cpu: u32| {
        let line = format!("greeter\tgreeter\thi\t{cpu}\t0\t11\n");
        fs::write(records.path().join("greeter.1-0.tsv"), line).expect("a record");
    };
    let costs = |arguments: &[&str]| {
        let always = ["test", "--offline", "--recorded", folder];
        antelope(project, &[&always[..], arguments].concat())
    };
    record(10_348);
    let absent = costs(&[]);
    assert!(absent.status.success(), "{}", stderr(&absent));
    assert!(stderr(&absent).contains("no costs.snap to compare with; --bless writes it"));
    assert!(costs(&["--bless"]).status.success());
    let snapshot = fs::read_to_string(project.join("costs.snap")).expect("a snapshot");
    assert!(snapshot.ends_with("greeter::hi  cpu 10348  net 11  ram 0\n"));
    assert!(costs(&[]).status.success());

    record(10_400);
    let differs = costs(&[]);
    assert_eq!(differs.status.code(), Some(8));
    assert!(stdout(&differs).contains("greeter::hi  cpu 10348 -> 10400  +52 (+0.5 %)"));
    let told = stderr(&differs);
    for line in [
        "costs differ from costs.snap: 1 change, more than before: 1",
        "to accept them: cargo antelope test --bless",
    ] {
        assert!(told.contains(line), "{told}");
    }
    assert!(costs(&["--bless"]).status.success());
    assert!(costs(&[]).status.success());
}

fn a_refused_contract_says_why(project: &Path) {
    let source = project.join("src/lib.rs");
    let text = fs::read_to_string(&source).expect("the source");
    let large =
        "\n/// Too much.\n#[unsafe(no_mangle)]\npub static BALLAST: [u8; 70_000] = [7; 70_000];\n";
    let used = text.replace(
        "print(user);",
        "print(user);\n        core::hint::black_box(&BALLAST);",
    );
    fs::write(&source, used + large).expect("the source");
    let refused = antelope(project, &["check", "--offline", "--quiet", "--json"]);
    assert_eq!(refused.status.code(), Some(1), "{}", stdout(&refused));
    let refused = json(&refused);
    assert_eq!(refused["errors"][0]["code"], "wasm.refused");
    assert_eq!(refused["errors"][0]["details"][0]["code"], "wasm.limit");
    let hint = refused["errors"][0]["hint"].as_str().expect("a hint");
    assert!(hint.contains("below 64 KiB"), "{hint}");

    let tables = text.find("/// The contract.").expect("the template has it");
    let entry = "#[unsafe(no_mangle)]\npub extern \"C\" fn apply(_: u64, _: u64, _: u64) {}\n";
    let empty = format!("{}{entry}", &text[..tables]);
    fs::write(&source, empty).expect("the source");
    let empty = antelope(project, &["build", "--offline", "--quiet", "--json"]);
    assert_eq!(empty.status.code(), Some(1), "{}", stdout(&empty));
    assert_eq!(
        json(&empty)["errors"][0]["code"],
        "abi.invalid",
        "{}",
        stdout(&empty)
    );

    fs::write(&source, text).expect("the source");
}

#[test]
fn the_version_names_the_program_once() {
    let home = tempfile::tempdir().expect("a folder");
    for flag in ["-V", "--version"] {
        let version = stdout(&antelope(home.path(), &[flag]));
        assert_eq!(
            version,
            concat!("cargo-antelope ", env!("CARGO_PKG_VERSION"), "\n")
        );
    }
}

#[test]
fn failed_tests_are_data() {
    let home = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: &str| {
        let file = home.path().join(path);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, text).expect("a file");
    };
    write(
        "Cargo.toml",
        "[package]\nname = \"plain\"\nedition = \"2024\"\n[lib]\ncrate-type = [\"cdylib\", \"rlib\"]\n",
    );
    write("src/lib.rs", "");
    write(
        "tests/one.rs",
        "#[test]\nfn good() {}\n#[test]\nfn bad() { panic!(\"no good\") }\n",
    );
    let failed = antelope(home.path(), &["test", "--offline", "--json"]);
    assert_eq!(failed.status.code(), Some(1), "{}", stderr(&failed));
    let told = json(&failed);
    assert_eq!(told["errors"][0]["code"], "tests.failed");
    assert_eq!(told["errors"][0]["message"], "1 test failed");
    assert_eq!(told["data"]["passed"], 1);
    assert_eq!(told["data"]["failed"][0]["name"], "bad");
    let output = told["data"]["failed"][0]["output"]
        .as_str()
        .expect("a text");
    assert!(
        output.contains("no good") && output.contains("tests/one.rs"),
        "{output}"
    );
}

#[test]
fn shells_and_manuals_know_every_command() {
    let home = tempfile::tempdir().expect("a folder");
    let help = stdout(&antelope(home.path(), &["--help"]));
    let commands: Vec<_> = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .map_while(|line| line.strip_prefix("  ")?.split(' ').next())
        .filter(|name| !name.is_empty() && *name != "help")
        .collect();
    assert!(
        commands.contains(&"build") && commands.contains(&"man"),
        "{help}"
    );
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = stdout(&antelope(home.path(), &["completions", shell]));
        for command in &commands {
            assert!(script.contains(command), "{shell}: {command}");
        }
    }
    let made = json(&antelope(home.path(), &["man", "pages", "--json"]));
    let pages = made["data"]["files"].as_array().expect("a list");
    assert_eq!(pages.len(), 1 + commands.len());
    for page in pages {
        let file = home
            .path()
            .join("pages")
            .join(page.as_str().expect("a name"));
        let text = fs::read_to_string(file).expect("a page");
        assert!(text.contains(".TH cargo-antelope"), "{page}");
    }
}

#[test]
fn wrong_usage_is_2() {
    let home = tempfile::tempdir().expect("a folder");
    assert_eq!(antelope(home.path(), &["bild"]).status.code(), Some(2));
}
