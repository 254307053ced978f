//! A terminal that is closed in the middle of it.

use crate::home::{Home, MARIA};
use crate::support::{Place, add_network, program};
use std::fs;
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};
use test_support::proxy::{Proxy, Spoil, sends};

const PATIENCE: Duration = Duration::from_secs(60);

/// A terminal in which the program runs. `script` of util-linux holds its other side.
struct Terminal {
    script: Child,
    shown: Receiver<u8>,
    text: String,
}

impl Terminal {
    /// Nothing where there is no `script` on this machine.
    fn run(place: &Place, url: &str, words: &[String]) -> Option<Self> {
        Self::on(place.folder.path(), url, words)
    }

    /// With this folder of the configuration.
    fn on(folder: &Path, url: &str, words: &[String]) -> Option<Self> {
        let all = [program().display().to_string(), "--url".into(), url.into()];
        let all = all.iter().chain(words).map(|it| format!("'{it}'"));
        // In the place of the shell, so that the terminal's process is the program itself. What runs the tests
        // may ignore the signal of a terminal that is closed, as nohup does, and programs would inherit that.
        let line = format!(
            "exec env --default-signal=HUP {}",
            all.collect::<Vec<_>>().join(" ")
        );
        let mut script = Command::new("script")
            .args(["-q", "-f", "-c", &line, "/dev/null"])
            .env("VECHE_CONFIG", folder)
            .env_remove("VECHE_NETWORK")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let mut out = script.stdout.take().unwrap();
        let (sender, shown) = channel();
        thread::spawn(move || {
            let mut byte = [0];
            while matches!(out.read(&mut byte), Ok(1)) {
                let _ = sender.send(byte[0]);
            }
        });
        let text = String::new();
        Some(Self {
            script,
            shown,
            text,
        })
    }

    /// Waits until the terminal shows this.
    fn wait_for(&mut self, words: &str) {
        let start = Instant::now();
        while !self.text.contains(words) {
            if let Ok(byte) = self.shown.recv_timeout(Duration::from_millis(100)) {
                self.text.push(char::from(byte));
            }
            assert!(start.elapsed() < PATIENCE, "{words}: {:?}", self.text);
        }
    }

    /// Types a line.
    fn types(&mut self, line: &str) {
        let keyboard = self.script.stdin.as_mut().unwrap();
        keyboard.write_all(format!("{line}\n").as_bytes()).unwrap();
    }

    /// Closes it, and waits until the program that ran in it has ended.
    fn close(mut self) {
        let children = format!("/proc/{0}/task/{0}/children", self.script.id());
        let program = fs::read_to_string(children).unwrap();
        let program: u32 = program.trim().parse().expect("the program in it");
        self.script.kill().unwrap();
        self.script.wait().unwrap();
        let start = Instant::now();
        while is_running(program) {
            assert!(start.elapsed() < PATIENCE, "it goes on without a terminal");
            thread::sleep(Duration::from_millis(20));
        }
    }
}

/// Whether a process runs; one that nobody has asked for its end does not.
fn is_running(process: u32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let state = stat
        .rsplit_once(") ")
        .and_then(|(_, rest)| rest.chars().next());
    state.is_some_and(|state| state != 'Z')
}

/// Keeps the key with a passphrase; the file of the passphrase.
fn keystore(place: &Place) -> String {
    let file = place.folder.path().join("passphrase");
    fs::write(&file, "a long passphrase\n").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    let source = format!("file:{}", file.display());
    let words = [
        "wallet",
        "create_key",
        "--name",
        "phone",
        "--passphrase",
        &source,
    ];
    let output = place.command(&[place.url()]).args(words).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    source
}

fn made(place: &Place, folder: &Path) -> String {
    let output = place
        .command(&[place.url()])
        .args(["wallet", "list"])
        .output();
    let text = String::from_utf8(output.unwrap().stdout).unwrap();
    let key = text
        .split_whitespace()
        .find(|it| it.starts_with("EOS") || it.starts_with("PUB_"));
    key.unwrap_or_else(|| panic!("{} {text}", folder.display()))
        .to_owned()
}

#[test]
fn a_terminal_that_is_closed_at_the_question_for_a_passphrase_leaves_nothing_behind() {
    let Some(place) = Place::open() else { return };
    let source = keystore(&place);
    // The account bob is of that key from now on.
    let key = made(&place, place.folder.path());
    let words = [
        "set",
        "account",
        "permission",
        "bob",
        "active",
        &key,
        "owner",
    ];
    let said = place.veche(&[place.url()], &words.map(str::to_owned));
    said.says(0, &[]);
    place.veche(&[place.url()], &place.transfer()).says(0, &[]);
    let before = place.balance();
    let back = [
        "transfer",
        "bob",
        "eosio",
        "0.5000 SYS",
        "back",
        "--key",
        "phone",
    ];
    let back = back.map(str::to_owned).to_vec();
    let Some(mut terminal) = Terminal::run(&place, place.url(), &back) else {
        return;
    };
    terminal.wait_for("assphrase");
    terminal.close();
    assert_eq!((place.balance(), place.unfinished()), (before, 0));
    let mut again = back;
    again.extend(["--passphrase".to_owned(), source]);
    let output = place.command(&[place.url()]).args(&again).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(before - place.balance(), 5_000);
}

#[test]
fn a_terminal_that_is_closed_after_sending_is_made_up_for_by_the_next_run() {
    let Some(place) = Place::open() else { return };
    let proxy = Proxy::spoiling(place.url(), |call, _| match sends(call) {
        true => Spoil::SilentAfter,
        false => Spoil::Nothing,
    });
    let (before, transfer) = (place.balance(), place.transfer());
    let mut words = transfer.clone();
    let keys = place.folder.path().join("all.key").display().to_string();
    words.extend(["--key-file".to_owned(), keys]);
    let Some(terminal) = Terminal::run(&place, &proxy.url(), &words) else {
        return;
    };
    let start = Instant::now();
    while place.balance() == before {
        assert!(start.elapsed() < PATIENCE, "nothing is executed");
        thread::sleep(Duration::from_millis(20));
    }
    terminal.close();
    assert_eq!(place.unfinished(), 1);
    let again = place.veche(&[place.url()], &transfer);
    again.says(0, &["an earlier run has sent", "nothing was sent again"]);
    assert_eq!(place.balance() - before, 10_000, "once: {again:?}");
    assert_eq!(place.unfinished(), 0);
}

/// Both questions of a production chain: whether it shall be done, and the name of the network.
#[test]
fn a_terminal_that_is_closed_at_a_question_of_a_production_chain_sends_nothing() {
    let Some(place) = Place::open() else { return };
    add_network(&place, &["--production"]);
    let (before, mut words) = (place.balance(), place.transfer());
    let keys = place.folder.path().join("all.key").display().to_string();
    words.extend(["-n", "known", "--key-file", &keys].map(str::to_owned));
    for questions in 1..=2 {
        let Some(mut terminal) = Terminal::run(&place, place.url(), &words) else {
            return;
        };
        terminal.wait_for("is a production chain");
        if questions == 2 {
            terminal.types("y");
            terminal.wait_for("Type known to do it");
        }
        terminal.close();
        assert_eq!((place.balance(), place.unfinished()), (before, 0));
    }
    let mut agreed = place.command(&[place.url()]);
    let output = agreed.args(&words).arg("-yy").output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(place.balance() - before, 10_000);
}

/// Whether to sign a document, and whether to send what it is for.
#[test]
fn a_terminal_that_is_closed_at_a_document_leaves_a_command_that_can_be_repeated() {
    let home = Home::open();
    let key = home.key(MARIA).display().to_string();
    let words = [
        "contribute",
        "7.0000 RUB",
        "--lang",
        "en",
        "--as",
        MARIA,
        "--key-file",
        &key,
    ];
    let words = words.map(str::to_owned);
    let payments = || home.rows("gateway", crate::home::COOP, "payments").len();
    let before = payments();
    for questions in 1..=2 {
        let Some(mut terminal) = Terminal::on(home.desk.path(), home.url(), &words) else {
            return;
        };
        terminal.wait_for("[y/N]");
        if questions == 2 {
            terminal.text.clear();
            terminal.types("y");
            terminal.wait_for("[y/N]");
        }
        terminal.close();
        assert_eq!((payments(), home.unfinished()), (before, 0));
    }
    let run = ["contribute", "7.0000 RUB", "--yes"].map(str::to_owned);
    let mut run = home.command(&[home.url().to_owned()], MARIA, &run);
    let output = run.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!((payments(), home.unfinished()), (before + 1, 0));
}

/// An answer in a terminal that is closed before the program has told the result.
#[test]
fn a_document_whose_terminal_is_closed_after_sending_is_not_sent_twice() {
    let home = Home::open();
    let proxy = Proxy::spoiling(home.url(), |call, _| match sends(call) {
        true => Spoil::SilentAfter,
        false => Spoil::Nothing,
    });
    let key = home.key(MARIA).display().to_string();
    let words = [
        "contribute",
        "8.0000 RUB",
        "--lang",
        "en",
        "--as",
        MARIA,
        "--key-file",
        &key,
    ];
    let words = words.map(str::to_owned);
    let payments = || home.rows("gateway", crate::home::COOP, "payments").len();
    let before = payments();
    let Some(mut terminal) = Terminal::on(home.desk.path(), &proxy.url(), &words) else {
        return;
    };
    for _ in 0..2 {
        terminal.wait_for("[y/N]");
        terminal.text.clear();
        terminal.types("y");
    }
    let start = Instant::now();
    while proxy.held() == 0 {
        assert!(start.elapsed() < PATIENCE, "nothing is sent");
        thread::sleep(Duration::from_millis(20));
    }
    terminal.close();
    assert_eq!((payments(), home.unfinished()), (before + 1, 1));
    let run = ["contribute", "8.0000 RUB", "--yes"].map(str::to_owned);
    let output = home
        .command(&[home.url().to_owned()], MARIA, &run)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let said = fs::read_to_string(home.said()).unwrap();
    assert!(said.contains("nothing was sent again"), "{said}");
    assert_eq!((payments(), home.unfinished()), (before + 1, 0));
}
