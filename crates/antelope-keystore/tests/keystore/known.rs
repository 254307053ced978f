//! Files that an earlier version wrote, with the parameters of every day. This version reads them.

use super::{TEXT, name, passphrase};
use antelope_keystore::{Keystore, private_key};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

/// The files as they were written, and the secrets in them. `horse battery` is the passphrase.
const FILES: [(&str, &str, &str); 2] = [
    (
        "k1",
        include_str!("../known/k1.json"),
        // The development key that every node knows.
        "5KQwrPbwdL6PhXujxW37FSSQZ1JiwsST4cqQzDeyXtP79zkvFD3",
    ),
    (
        "r1",
        include_str!("../known/r1.json"),
        include_str!("../known/r1.txt"),
    ),
];

#[test]
fn files_of_version_1_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let keystore = Keystore::open(folder.path()).unwrap();
    for (of, file, secret) in FILES {
        let path = folder.path().join(format!("{of}.json"));
        fs::write(&path, file).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
        assert!(file.contains(r#""memory_kib": 65536"#), "the default cost");
        let found = keystore.export(&name(of), &passphrase(TEXT)).unwrap();
        let found = private_key(&found, of).unwrap();
        assert_eq!(found, private_key(secret, of).unwrap());
    }
    let created = keystore.entry(&name("k1")).unwrap().created;
    let created = format!("\"created\": \"{created}\"");
    assert!(FILES[0].1.contains(&created), "{created}");
}
