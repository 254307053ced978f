//! Packages compile as they would be published, without the workspace around them.

use super::{cargo, public, root, text};

/// Those that compile the engine, which takes minutes.
const WITH_ENGINE: [&str; 4] = [
    "antelope-chain",
    "antelope-rpc",
    "antelope-testing",
    "antelope-vm",
];

/// Packs the crates and compiles each from its package; the others stand in for the registry. What was
/// compiled stays for the next time.
fn compile(packages: &[String]) {
    let mut command = cargo();
    command
        .args(["package", "--offline", "--locked", "--allow-dirty"])
        .arg("--target-dir")
        .arg(root().join("target/package-check"))
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
