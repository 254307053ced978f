//! What a contract touches of `antelope-types` reaches no panic and no formatting.

use std::path::Path;
use std::process::Command;

/// A program for the chain that encodes, decodes and computes with every type, and whose panic
/// handler is an import: it is there exactly if something can panic.
const PROBE: &str = include_str!("onchain/probe.rs");

/// The import of the probe's panic handler.
const TRAP: &[u8] = b"something_can_panic";

/// Builds the probe with contracts' settings and gives back its bytes.
fn build(name: &str, source: &str) -> Vec<u8> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let write = |file: &str, text: &str| {
        let path = folder.join(file);
        std::fs::create_dir_all(path.parent().expect("a file is in a folder"))
            .and_then(|()| std::fs::write(&path, text))
            .expect("the probe can be written");
    };
    let types = repository.join("crates/antelope-types").canonicalize();
    let types = types.expect("the crate is in the repository");
    write("src/lib.rs", source);
    write(
        "Cargo.toml",
        &format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\
             [lib]\ncrate-type = [\"cdylib\"]\n\
             [dependencies]\nantelope-types = {{ path = {types:?}, default-features = false }}\n\
             [profile.release]\nopt-level = \"z\"\nlto = \"fat\"\ncodegen-units = 1\n\
             panic = \"abort\"\noverflow-checks = true\nstrip = true\n\
             [workspace]\n"
        ),
    );
    let lock = std::fs::read_to_string(repository.join("Cargo.lock")).expect("there is a lock");
    write("Cargo.lock", &lock);

    // One for all probes: the macros are compiled once.
    let target = folder.with_file_name("types-probes");
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args(["build", "--quiet", "--release", "--offline"])
        .args(["--target", "wasm32v1-none", "--target-dir"])
        .arg(&target)
        .current_dir(&folder);
    // As in the build library, for machines where rustup cannot download the target.
    if std::env::var_os("ANTELOPE_BUILD_STD").is_some_and(|value| value != "0") {
        cargo.arg("-Zbuild-std=core").env("RUSTC_BOOTSTRAP", "1");
    }
    let output = cargo.output().expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let wasm = format!("wasm32v1-none/release/{}.wasm", name.replace('-', "_"));
    std::fs::read(target.join(wasm)).expect("cargo made the probe")
}

fn can_panic(wasm: &[u8]) -> bool {
    wasm.windows(TRAP.len()).any(|window| window == TRAP)
}

#[test]
fn nothing_can_panic() {
    let wasm = build("types-probe", PROBE);
    assert!(
        !can_panic(&wasm),
        "see {}/types-probe",
        env!("CARGO_TARGET_TMPDIR")
    );
    // The whole of it, with all texts and all types; what a contract does not use is not in it.
    println!("the probe has {} bytes", wasm.len());
    assert!(wasm.len() < 16_000, "the probe has {} bytes", wasm.len());
}

#[test]
fn a_panic_would_be_seen() {
    let source = PROBE.replace(
        "// A line to try the trap with.",
        "if data.len() == 7 { panic!() }",
    );
    assert_ne!(source, PROBE);
    assert!(can_panic(&build("types-probe-panics", &source)));
}
