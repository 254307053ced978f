//! Packages of public crates, made by cargo.

use super::{cargo, public, text};

/// Makes the packages of all public crates together, so that cargo orders them and finds each in
/// place of the registry. They are not compiled again: their sources are those of the workspace.
#[test]
fn all_public_crates_package_in_the_order_of_their_dependencies() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = cargo();
    command.args([
        "package",
        "--no-verify",
        "--offline",
        "--locked",
        "--allow-dirty",
    ]);
    command.arg("--target-dir").arg(folder.path());
    let public = public();
    for package in &public {
        command.args(["-p", text(package, "name")]);
    }
    let output = command.output().expect("cargo runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    for package in &public {
        let (name, version) = (text(package, "name"), text(package, "version"));
        let file = folder
            .path()
            .join(format!("package/{name}-{version}.crate"));
        let bytes = std::fs::metadata(&file).map_or(0, |file| file.len());
        // The registry takes at most 10 MiB.
        assert!((1..10 << 20).contains(&bytes), "{name}: {bytes} bytes");
    }
}
