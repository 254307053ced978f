//! Packages compile as they would be published, without the workspace around them.

use super::{cargo, public, root, text};
use std::fs;
use std::path::{Path, PathBuf};

/// Those that compile the engine, which takes minutes.
const WITH_ENGINE: [&str; 5] = [
    "antelope-chain",
    "antelope-follow",
    "antelope-rpc",
    "antelope-testing",
    "antelope-vm",
];

/// Removes what cargo has unpacked of these crates before. It unpacks a package of this version once
/// and takes it for the same ever after, though it may have been packed from other sources.
fn forget_unpacked(packages: &[String]) {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")));
    let sources = home.expect("cargo's folder").join("registry/src");
    for registry in sources.read_dir().into_iter().flatten().flatten() {
        // A registry in a folder has no host before the dash.
        if !registry.file_name().to_string_lossy().starts_with('-') {
            continue;
        }
        for unpacked in registry.path().read_dir().into_iter().flatten().flatten() {
            let name = unpacked.file_name();
            let is_of = |package: &String| {
                let version = name
                    .to_str()
                    .and_then(|it| it.strip_prefix(package.as_str()));
                version.is_some_and(|version| version.starts_with("-0"))
            };
            if packages.iter().any(is_of) {
                fs::remove_dir_all(unpacked.path()).expect("an unpacked package");
            }
        }
    }
}

/// Removes what cargo remembers of having compiled these crates as dependencies, for the same reason.
fn forget_compiled(packages: &[String], target: &Path) {
    let remembered = target.join("debug/.fingerprint");
    for entry in remembered.read_dir().into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        // The name and, after the last dash, a hash.
        let is_of = |package: &String| name.rsplit_once('-').is_some_and(|(it, _)| it == package);
        if packages.iter().any(is_of) {
            fs::remove_dir_all(entry.path()).expect("what is remembered");
        }
    }
}

/// Packs the crates and compiles each from its package; the others stand in for the registry. What was
/// compiled stays for the next time.
fn compile(packages: &[String]) {
    let target = root().join("target/package-check");
    forget_unpacked(&names());
    forget_compiled(&names(), &target);
    let mut command = cargo();
    command
        .args(["package", "--offline", "--locked", "--allow-dirty"])
        .arg("--target-dir")
        .arg(&target)
        // The workspace's own profile does not reach packages. This one compiles soonest.
        .env("CARGO_PROFILE_DEV_DEBUG", "false")
        .env("CARGO_PROFILE_DEV_OPT_LEVEL", "0")
        .env_remove("CARGO_TARGET_DIR");
    for package in packages {
        command.args(["-p", package]);
    }
    let output = command.output().expect("cargo runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    for package in packages {
        let verified = format!("Verifying {package} v");
        assert!(errors.contains(&verified), "{package}: {errors}");
    }
}

fn names() -> Vec<String> {
    let public = public();
    let names = public
        .iter()
        .map(|package| text(package, "name").to_owned());
    names.collect()
}

#[test]
fn packages_without_the_engine_compile_on_their_own() {
    let mut names = names();
    names.retain(|name| !WITH_ENGINE.contains(&name.as_str()));
    compile(&names);
}

#[test]
#[ignore = "compiles the engine from the start: some minutes; run before publishing"]
fn all_packages_compile_on_their_own() {
    compile(&names());
}
