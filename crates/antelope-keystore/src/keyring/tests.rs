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

/// `secret-tool` in a session of its own, with a secret service whose keyring lies in the folder. `None`
/// where the programs for it are not installed.
fn own_session(folder: &Path) -> Option<PathBuf> {
    let needed = ["secret-tool", "gnome-keyring-daemon", "dbus-run-session"];
    let path = std::env::var_os("PATH").unwrap_or_default();
    let installed = |name: &str| std::env::split_paths(&path).any(|it| it.join(name).is_file());
    if !needed.into_iter().all(installed) {
        return None;
    }
    let program = folder.join("in-own-session");
    // The bus has messages of its own, which are not those of `secret-tool`.
    let script = r#"#!/bin/sh
HOME=$(dirname "$0") XDG_RUNTIME_DIR=$HOME
export HOME XDG_RUNTIME_DIR
unset XDG_DATA_HOME
exec 3>&2
exec dbus-run-session -- sh -c 'printf chain |
    gnome-keyring-daemon --unlock --components=secrets > /dev/null
exec secret-tool "$@" 2>&3' secret-tool "$@" 2> /dev/null
"#;
    fs::write(&program, script).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).unwrap();
    Some(program)
}

#[test]
fn a_real_keyring_keeps_a_passphrase() {
    let folder = tempfile::tempdir().unwrap();
    let skip = |why: &dyn std::fmt::Display| {
        let told = format!("SKIPPED: a test with a secret service: {why}");
        let _ = writeln!(std::io::stderr(), "{told}");
    };
    let Some(program) = own_session(folder.path()) else {
        return skip(&"its programs are not installed");
    };
    let bob = KeyringItem::new("/keys".to_owned(), "bob".to_owned()).by_program(&program);
    let item = item(program);
    // Where a machine has no message bus for programs, there is no service either.
    if let Err(error) = item.store(&Passphrase::new("probe".to_owned())) {
        return skip(&error);
    }
    for words in ["horse battery", "стадо, и ещё \"кавычки\""] {
        item.store(&Passphrase::new(words.to_owned())).unwrap();
        assert_eq!(item.load().unwrap().bytes(), words.as_bytes());
    }
    let problem = bob.load().unwrap_err().to_string();
    assert!(
        problem.ends_with("no passphrase is kept for this key"),
        "{problem}"
    );
    item.forget().unwrap();
    item.forget().unwrap();
    assert_eq!(item.load().unwrap_err().code(), "keys.keyring");
}
