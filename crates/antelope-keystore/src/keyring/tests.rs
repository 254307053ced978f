use super::*;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

fn item(program: impl Into<PathBuf>) -> KeyringItem {
    KeyringItem::new("/keys".to_owned(), "alice".to_owned()).by_program(program)
}

/// A program that keeps what it is told, and its arguments beside that.
fn stand_in(folder: &Path) -> PathBuf {
    let program = folder.join("stand-in");
    let script = r#"#!/bin/sh
here=$(dirname "$0")
echo "$*" >> "$here/arguments"
case $1 in
store) cat > "$here/kept" ;;
lookup) [ -f "$here/kept" ] || exit 1; cat "$here/kept" ;;
clear) [ -f "$here/kept" ] || exit 1; rm "$here/kept" ;;
esac
"#;
    fs::write(&program, script).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).unwrap();
    program
}

#[test]
fn a_passphrase_goes_by_the_input_and_never_by_arguments() {
    let folder = tempfile::tempdir().unwrap();
    let item = item(stand_in(folder.path()));
    let problem = item.load().unwrap_err().to_string();
    assert!(
        problem.ends_with("no passphrase is kept for this key"),
        "{problem}"
    );
    item.store(&Passphrase::new("horse battery".to_owned()))
        .unwrap();
    assert_eq!(item.load().unwrap().bytes(), b"horse battery");
    item.forget().unwrap();
    item.forget().unwrap();
    assert_eq!(item.load().unwrap_err().code(), "keys.keyring");
    let arguments = fs::read_to_string(folder.path().join("arguments")).unwrap();
    assert!(!arguments.contains("horse"), "{arguments}");
    assert!(arguments.contains("folder /keys key alice"), "{arguments}");
}

#[test]
fn a_passphrase_that_was_not_stored_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("refuses");
    fs::write(&program, "#!/bin/sh\ncat > /dev/null\nexit 1\n").unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).unwrap();
    let item = item(program);
    let error = item.store(&Passphrase::new("horse battery".to_owned()));
    assert_eq!(error.unwrap_err().code(), "keys.keyring");
    item.forget().unwrap();
}

#[test]
fn a_keyring_that_is_not_there_is_told() {
    let error = item("/nonexistent/secret-tool").load().unwrap_err();
    assert_eq!(error.code(), "keys.keyring");
    assert!(error.hint().unwrap().contains("libsecret"));
    // A program that fails in its own words.
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("fails");
    fs::write(
        &program,
        "#!/bin/sh\necho 'no  such\nservice' >&2; exit 1\n",
    )
    .unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).unwrap();
    let told = item(program).load().unwrap_err().to_string();
    assert!(told.contains("no such service"), "{told}");
}

#[test]
fn the_keyring_of_this_session_keeps_a_passphrase() {
    let item = KeyringItem::new("/test".to_owned(), format!("test-{}", std::process::id()));
    if let Err(error) = item.store(&Passphrase::new("horse battery".to_owned())) {
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED: a test with the system's keyring: {error}"
        );
        return;
    }
    assert_eq!(item.load().unwrap().bytes(), b"horse battery");
    item.forget().unwrap();
    assert!(item.load().is_err());
}
