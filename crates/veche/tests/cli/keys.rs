//! Where keys are: in the keystore, in its agent, in a keosd.

use crate::support::{Place, Said, cleos, veche_with, words, write_secret};
use antelope_node::find_program;
use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::{PermissionsExt, chown, symlink};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// In the keystore, with the passphrase from a file; then from the agent, and from the keyring.
#[test]
fn keys_are_kept_and_sign() {
    let place = Place::with_system();
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| write_secret(folder.path(), name, text);
    let key = write("key", &place.node.key().to_text());
    let phrase = format!(
        "file:{}",
        write("phrase", "a horse with a staple and a battery\n")
    );
    let run = |line: &str| {
        let line = line.replace("{key}", &key).replace("{phrase}", &phrase);
        let url = ["--url", place.node.url()];
        veche_with(folder.path(), url, words(&line))
    };
    run("wallet create").well();
    run("wallet open").well();
    run("wallet import --name office --file {key} --passphrase {phrase}").well();
    run("wallet create_key R1 --name phone --passphrase {phrase}").well();
    let listed = run("wallet list").well().out;
    assert!(
        listed.contains("office") && listed.contains("PUB_R1_"),
        "{listed}"
    );
    assert_eq!(
        run("wallet keys").well().out.trim(),
        "",
        "nothing is unlocked"
    );
    let shown = run("wallet private_keys --name office --passphrase {phrase}")
        .well()
        .out;
    assert_eq!(shown.trim(), place.node.key().to_text());
    run("transfer alice bob '1.0000 SYS' kept --key office --passphrase {phrase}").well();
    let wrong = format!("file:{}", write("wrong", "another horse with a staple\n"));
    let said = run(&format!(
        "transfer alice bob '1.0000 SYS' --key office --passphrase {wrong}"
    ));
    assert!(
        said.code == 1 && said.err.contains("passphrase"),
        "{said:?}"
    );
    assert_eq!(run("transfer alice bob '1.0000 SYS' --key nobody").code, 4);
    let said = run("wallet unlock --name office --passphrase {phrase}");
    assert!(said.code == 1 && said.err.contains("agent"), "{said:?}");
    run("wallet lock").well();
    run("wallet lock_all").well();
    run("wallet stop").well();
    // Nobody can be asked here.
    assert_eq!(run("wallet remove_key phone").code, 3);
    run("wallet remove_key phone -y").well();
    assert!(!run("wallet list").well().out.contains("phone"));
    an_agent_signs(&place, folder.path(), &run);
    a_keyring_keeps_passphrases(folder.path(), place.node.url());
}

/// Ends the process at the end of the test, whatever happens.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn an_agent_signs(place: &Place, folder: &Path, run: &impl Fn(&str) -> Said) {
    let agent = Command::new(env!("CARGO_BIN_EXE_veche"))
        .args(["wallet", "agent"])
        .env("VECHE_CONFIG", folder)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .stdout(Stdio::null())
        .spawn();
    let mut agent = Ended(agent.unwrap());
    let end = Instant::now() + Duration::from_secs(20);
    while run("wallet keys --passphrase agent").code != 0
        || run("wallet unlock --name office --passphrase {phrase}").code != 0
    {
        assert!(Instant::now() < end, "the agent does not answer");
        sleep(Duration::from_millis(20));
    }
    let unlocked = run("wallet keys").well().out;
    assert_eq!(unlocked.trim(), place.key().to_string());
    let listed = run("wallet list").well().out;
    assert!(listed.trim_end().ends_with(" *"), "{listed}");
    run("transfer alice bob '1.0000 SYS' 'by the agent'").well();
    run("transfer alice bob '1.0000 SYS' 'by its name' --key office").well();
    run("wallet lock").well();
    assert_eq!(run("wallet keys").well().out.trim(), "");
    let said = run("transfer alice bob '1.0000 SYS' locked");
    assert!(said.code == 4 && said.err.contains("no key"), "{said:?}");
    run("wallet unlock --name office --passphrase {phrase}").well();
    run("wallet lock_all").well();
    assert_eq!(run("wallet keys").well().out.trim(), "");
    run("wallet stop").well();
    assert!(agent.0.wait().unwrap().success());
}

/// An agent serves its own user, whatever the modes of its folder say. Whoever else comes to its socket is
/// told so, and what to do.
#[test]
fn an_agent_refuses_another_user() {
    const OTHER: u32 = 65534;
    if !rustix::process::geteuid().is_root() {
        eprintln!("SKIPPED: only root can be another user for a test of the agent");
        return;
    }
    let root = tempfile::tempdir().unwrap();
    let [office, theirs] = ["office", "theirs"].map(|it| root.path().join(it));
    let program = root.path().join("veche");
    let built = env!("CARGO_BIN_EXE_veche");
    fs::hard_link(built, &program)
        .or_else(|_| fs::copy(built, &program).map(drop))
        .unwrap();
    let veche = |folder: &Path, line: &str| {
        let mut command = Command::new(&program);
        command.args(words(line)).env("VECHE_CONFIG", folder);
        command.stdin(Stdio::null());
        command
    };
    let phrase = write_secret(
        root.path(),
        "phrase",
        "a horse with a staple and a battery\n",
    );
    let made = format!("wallet create_key R1 --name office --passphrase file:{phrase}");
    Said::of(veche(&office, &made).output().unwrap()).well();
    let agent = veche(&office, "wallet agent").stderr(Stdio::null()).spawn();
    let _agent = Ended(agent.unwrap());
    let socket = office.join("keys/agent/socket");
    let end = Instant::now() + Duration::from_secs(20);
    while !socket.exists() {
        assert!(Instant::now() < end, "there is no agent");
        sleep(Duration::from_millis(20));
    }
    // As if everybody could come to it, by a way of their own.
    for (path, mode) in [
        (root.path(), 0o755),
        (&office, 0o755),
        (&office.join("keys"), 0o755),
        (&office.join("keys/agent"), 0o755),
        (&socket, 0o666),
    ] {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }
    let keys = theirs.join("keys");
    fs::create_dir_all(&keys).unwrap();
    symlink(office.join("keys/agent"), keys.join("agent")).unwrap();
    for path in [&theirs, &keys] {
        chown(path, Some(OTHER), Some(OTHER)).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o700)).unwrap();
    }
    let mut other = veche(&theirs, "wallet keys");
    let said = Said::of(other.uid(OTHER).gid(OTHER).output().unwrap());
    assert_eq!(said.code, 1, "{said:?}");
    assert!(
        said.err.contains("serves its own user only")
            && said.err.contains("help: start an agent of your own"),
        "{said:?}"
    );
}

/// With a program in the place of libsecret's.
fn a_keyring_keeps_passphrases(folder: &Path, url: &str) {
    let script = "#!/bin/sh\nhere=$(dirname \"$0\")\ncase $1 in\n\
        store) cat > \"$here/kept\" ;;\n\
        lookup) [ -f \"$here/kept\" ] || exit 1; cat \"$here/kept\" ;;\n\
        clear) rm \"$here/kept\" ;;\nesac\n";
    let program = write_secret(folder, "secret-tool", script);
    fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).unwrap();
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    let run = |line: &str| {
        let phrase = format!("file:{}", folder.join("phrase").display());
        let wrong = format!("file:{}", folder.join("wrong").display());
        let line = line.replace("{phrase}", &phrase).replace("{wrong}", &wrong);
        let output = Command::new(env!("CARGO_BIN_EXE_veche"))
            .args(["--url", url])
            .args(words(&line))
            .env("VECHE_CONFIG", folder)
            .env("PATH", &path)
            .stdin(Stdio::null())
            .output();
        Said::of(output.unwrap())
    };
    let transfer = "transfer alice bob '1.0000 SYS' keyring --key office --passphrase keyring";
    let said = run(transfer);
    assert!(
        said.code == 1 && said.err.contains("no passphrase"),
        "{said:?}"
    );
    let said = run("wallet remember --name office --passphrase {wrong}");
    assert!(said.code == 1 && !folder.join("kept").exists(), "{said:?}");
    run("wallet remember --name office --passphrase {phrase}").well();
    run(transfer).well();
    // It follows when the passphrase changes there.
    let change = "wallet change_passphrase --name office --passphrase keyring --new";
    assert_eq!(run(&format!("{change} keyring")).code, 2);
    run(&format!("{change} {{wrong}}")).well();
    run(&transfer.replace(" keyring --key", " changed --key")).well();
    let rename = "wallet rename office bureau --passphrase";
    assert_eq!(run(&format!("{rename} {{phrase}}")).code, 1);
    run(&format!("{rename} {{wrong}}")).well();
    let listed = run("wallet list").well().out;
    assert!(listed.starts_with("bureau"), "{listed}");
    run("wallet forget --name office").well();
    assert!(!folder.join("kept").exists());
}

/// The unlocked wallets of a keosd sign as keys of the keystore do.
#[test]
fn wallets_of_keosd_sign() {
    let place = Place::with_system();
    let folder = tempfile::tempdir().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    drop(listener);
    let program = find_program("keosd").unwrap_or_else(|e| panic!("{e}"));
    let keosd = Command::new(program)
        .args(["--http-server-address", &address])
        .args(["--unix-socket-path", "keosd.sock"])
        .args(["--data-dir", ".", "--config-dir", "."])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let _keosd = Ended(keosd.unwrap());
    let socket = format!("unix://{}/keosd.sock", folder.path().display());
    let run = |line: &str| {
        let url = ["--url", place.node.url()];
        let line = format!("{line} --wallet-url {socket}");
        veche_with(folder.path(), url, words(&line))
    };
    let end = Instant::now() + Duration::from_secs(20);
    loop {
        let said = run("wallet list");
        if said.code == 0 {
            break;
        }
        assert!(Instant::now() < end, "keosd does not answer: {said:?}");
        sleep(Duration::from_millis(20));
    }
    // Its wallets are made by cleos, with names that our keys could not have.
    let url = format!("http://{address}");
    let made = |line: &str| {
        cleos(
            place.node.url(),
            &words(&format!("--wallet-url {url} {line}")),
        )
        .well()
    };
    let password = folder.path().join("password").display().to_string();
    made(&format!("wallet create -n Office --file {password}"));
    let key = place.node.key().to_legacy_text().unwrap();
    made(&format!("wallet import -n Office --private-key {key}"));
    write_secret(
        folder.path(),
        "password",
        &fs::read_to_string(&password).unwrap(),
    );
    assert_eq!(run("wallet list").well().out.trim(), "Office *");
    let public = place.key().to_string();
    assert_eq!(run("wallet keys").well().out.trim(), public);
    run("transfer alice bob '1.0000 SYS' keosd").well();
    run("wallet lock --name Office").well();
    assert_eq!(run("wallet list").well().out.trim(), "Office");
    let said = run("transfer alice bob '1.0000 SYS' locked");
    assert!(said.code == 1 && said.err.contains("unlock"), "{said:?}");
    let unlock = format!("wallet unlock --name Office --passphrase file:{password}");
    run(&unlock).well();
    run("wallet lock_all").well();
    run("wallet open --name Office").well();
    run(&unlock).well();
    run("transfer alice bob '1.0000 SYS' 'by keosd again'").well();
}
