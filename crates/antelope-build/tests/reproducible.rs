//! Two checkouts in different folders give the same bytes.

use std::fs;
use std::path::{Path, PathBuf};

use antelope_build::{Artifact, BuildOptions, build};

/// Everything but what builds leave and what git keeps.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let name = entry.file_name();
        let (from, to) = (entry.path(), to.join(&name));
        if name == "target" || name == ".git" {
            continue;
        }
        if from.is_dir() {
            copy(&from, &to);
        } else if from.is_file() {
            fs::copy(&from, &to).expect("a file");
        }
    }
}

fn write(file: &Path, text: &str) {
    fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    fs::write(file, text).expect("a file");
}

/// A checkout with a contract that carries every kind of path: of its own source, of code its build
/// script makes, of the SDK, and, if asked for, of a package beside the workspace.
fn checkout(folder: &Path, with_beside: bool) -> PathBuf {
    let root = folder.join("checkout");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."), &root);
    write(
        &folder.join("beside/Cargo.toml"),
        "[package]\nname = \"beside\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[workspace]\n",
    );
    write(
        &folder.join("beside/src/lib.rs"),
        "#![no_std]\n#[track_caller]\npub fn caller() -> &'static str {\n    \
         core::panic::Location::caller().file()\n}\npub fn own() -> &'static str {\n    file!()\n}\n",
    );
    let (dependency, calls) = if with_beside {
        (
            "beside.path = \"../../../beside\"\n",
            "        print(beside::own());\n        print(beside::caller());\n",
        )
    } else {
        ("", "")
    };
    let contract = root.join("contracts/paths");
    write(
        &contract.join("Cargo.toml"),
        &format!(
            "[package]\nname = \"paths\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\
             [lib]\ncrate-type = [\"cdylib\", \"rlib\"]\n\
             [dependencies]\nantelope-contract.workspace = true\n{dependency}"
        ),
    );
    write(
        &contract.join("build.rs"),
        "fn main() {\n    let out = std::env::var(\"OUT_DIR\").unwrap();\n    \
         std::fs::write(out + \"/made.rs\", \"pub fn made() -> &'static str { file!() }\").unwrap();\n}\n",
    );
    write(
        &contract.join("src/lib.rs"),
        &format!(
            "#![cfg_attr(target_family = \"wasm\", no_std)]\n\
             use antelope_contract::prelude::*;\n\
             include!(concat!(env!(\"OUT_DIR\"), \"/made.rs\"));\n\
             #[contract]\nmod paths {{\n    use super::*;\n    #[action]\n    pub fn show(list: [u64; 4], at: u32) {{\n        \
             print(file!());\n        print(made());\n{calls}        \
             print(if list[at as usize] > 7 {{ \"more\" }} else {{ \"less\" }});\n    \
             }}\n}}\n"
        ),
    );
    root
}

fn built(root: &Path) -> Artifact {
    let mut options = BuildOptions::new(root).package("paths");
    options.offline = true;
    options.target_dir = Some(root.join("target"));
    build(&options).expect("it builds")
}

fn texts(wasm: &[u8]) -> String {
    String::from_utf8_lossy(wasm).into_owned()
}

#[test]
fn a_module_names_no_folder_of_the_machine() {
    let folder = tempfile::tempdir().expect("a folder");
    let wasm = built(&checkout(folder.path(), true))
        .read_wasm()
        .expect("a file");
    let text = texts(&wasm);
    for path in [
        "contracts/paths/src/lib.rs",
        "/target/",
        "/dependencies/beside-0.1.0/src/lib.rs",
    ] {
        assert!(text.contains(path), "the module has the path {path}");
    }
    for place in [folder.path(), &home()]
        .iter()
        .filter_map(|place| place.to_str())
    {
        assert!(
            !text.contains(place),
            "the module has no path of this machine: {place}"
        );
    }
}

/// Everything inside the workspace: cargo makes the names of symbols from the folder of a package
/// outside it, and the linker orders functions by those.
#[test]
fn two_checkouts_in_different_folders_give_the_same_bytes() {
    let (here, there) = (tempfile::tempdir(), tempfile::tempdir());
    let (here, there) = (here.expect("a folder"), there.expect("a folder"));
    let deeper = there.path().join("a folder with spaces/and a longer name");
    let one = built(&checkout(here.path(), false));
    let two = built(&checkout(&deeper, false));

    let wasm = one.read_wasm().expect("a file");
    assert_eq!(wasm, two.read_wasm().expect("a file"), "code");
    assert_eq!(one.read_abi().ok(), two.read_abi().ok(), "ABI");
    let record = |artifact: &Artifact| fs::read_to_string(&artifact.build_json).expect("a record");
    assert_eq!(record(&one), record(&two), "build record");
}

fn home() -> PathBuf {
    std::env::var_os("CARGO_HOME")
        .or_else(|| std::env::var_os("HOME"))
        .map_or_else(|| PathBuf::from("/home"), PathBuf::from)
}
