//! The service as those who watch it see it.

use super::{Run, following, rows, veche, wait_until};
use crate::home::{Home, VOTERS};
use crate::keepers::by;
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};
use std::time::Duration;

/// Starts it; the process, and a client of what it answers.
fn serve(home: &Home, folder: &std::path::Path, words: &[&str]) -> (Run, Watch) {
    let fixed = [
        "serve",
        "--no-api",
        "--listen",
        "127.0.0.1:0",
        "--check-every",
        "1",
        "--every",
        "1",
    ];
    let words: Vec<_> = fixed.iter().chain(words).copied().collect();
    let mut command = following(home, folder, &words);
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut said = BufReader::new(child.stderr.take().unwrap());
    let mut url = None;
    let mut all = String::new();
    while url.is_none() {
        let mut line = String::new();
        assert!(
            said.read_line(&mut line).unwrap() > 0,
            "it has ended: {all}"
        );
        let started: Value = serde_json::from_str(&line).unwrap_or_default();
        url = started["url"].as_str().map(str::to_owned);
        all += &line;
    }
    std::thread::spawn(move || said.lines().map_while(Result::ok).for_each(drop));
    (Run(child), Watch(url.unwrap()))
}

/// What the service answers.
struct Watch(String);

impl Watch {
    fn get(&self, path: &str) -> (u16, String) {
        let (host, mut text) = (self.0.trim_start_matches("http://"), String::new());
        let mut stream = std::net::TcpStream::connect(host).unwrap();
        use std::io::{Read, Write};
        let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        stream.read_to_string(&mut text).unwrap();
        let status = text.split(' ').nth(1).unwrap().parse().unwrap();
        let body = text.split_once("\r\n\r\n").unwrap().1.to_owned();
        (status, body)
    }

    fn health(&self) -> (u16, Value) {
        let (status, body) = self.get("/health");
        (status, serde_json::from_str(&body).unwrap())
    }

    /// The value of a metric; none where it is not on the page.
    fn metric(&self, name: &str) -> Option<f64> {
        let (status, body) = self.get("/metrics");
        assert_eq!(status, 200);
        let line = body
            .lines()
            .find_map(|it| it.strip_prefix(&format!("{name} ")));
        line.map(|it| it.parse().unwrap())
    }
}

#[test]
fn a_service_follows_keeps_and_tells_how_it_is() {
    let mut home = Home::open();
    let folder = tempfile::tempdir().unwrap();
    let key = home.key("eosio");
    let keeper = ["-p", "eosio@active", "--key-file", key.to_str().unwrap()];
    let (run, watch) = serve(&home, folder.path(), &keeper);
    wait_until("health", || watch.health().0 == 200);
    by(
        &home,
        VOTERS[1],
        &["propose", "--question", "a roof", "--decision", "yes"],
    );
    home.pass(3 * 86_400);
    wait_until("what is due to be done", || {
        watch.metric("veche_keeper_done_total").unwrap() > 0.0
    });
    wait_until("the registry to have it", || {
        rows(folder.path())["questions"]
            .iter()
            .any(|it| it.contains("outcome='"))
    });
    wait_until("a comparison", || {
        watch.metric("veche_check_differences") == Some(0.0)
    });
    assert!(watch.metric("veche_index_head_block").unwrap() > 10.0);
    assert_eq!(watch.metric("veche_index_stopped"), Some(0.0));
    assert_eq!(watch.get("/other").0, 404);

    // Another program has the folder.
    let busy = veche(&home, folder.path(), &["index", "run"])
        .output()
        .unwrap();
    assert_eq!(busy.status.code(), Some(1));
    let said = String::from_utf8(busy.stderr).unwrap();
    assert!(said.contains("another program"), "{said}");

    // A row that differs is seen by who watches.
    let database = rusqlite::Connection::open(folder.path().join("index.db")).unwrap();
    database.busy_timeout(Duration::from_secs(10)).unwrap();
    database
        .execute(
            "UPDATE cooperatives SET participants = participants + 1",
            [],
        )
        .unwrap();
    wait_until("the difference", || {
        let (status, told) = watch.health();
        status == 503 && told["reasons"].to_string().contains("coops")
    });
    database
        .execute(
            "UPDATE cooperatives SET participants = participants - 1",
            [],
        )
        .unwrap();
    wait_until("health again", || watch.health().0 == 200);

    // Both halves lose the node, and each says so.
    home.kill();
    wait_until("the loss", || {
        let (status, told) = watch.health();
        let told = told["reasons"].to_string();
        status == 503
            && told.contains("the follower tries again")
            && told.contains("keeper tries again")
    });
    assert!(watch.metric("veche_index_problems_total").unwrap() > 0.0);
    let (status, took) = run.stop();
    assert!(status.success(), "{status}");
    assert!(took < Duration::from_secs(30), "{took:?}");
    let published = folder.path().join("follower.json");
    // It names accounts that differ, which are nobody else's business.
    let mode = fs::metadata(&published).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let published = fs::read(published).unwrap();
    let published: Value = serde_json::from_slice(&published).unwrap();
    assert!(published["problem"].is_string(), "{published}");
    home.restart();
}

#[test]
fn a_cooperative_that_the_chain_does_not_have_is_refused_at_the_start() {
    let home = Home::open();
    let folder = tempfile::tempdir().unwrap();
    let serve = [
        "serve",
        "--no-api",
        "--no-keeper",
        "--listen",
        "127.0.0.1:0",
    ];
    for words in [&serve[..], &["index", "run"], &["index", "rebuild"]] {
        let output = Command::new(crate::support::program())
            .args(["--json", "--url", home.url()])
            .args(words)
            .args(["--lang", "en", "--coop", "nosuchcoop", "--index"])
            .arg(folder.path())
            .env("VECHE_CONFIG", home.desk.path())
            .env_remove("VECHE_NETWORK")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(4), "{words:?}: {said}");
        assert!(said.contains("no cooperative nosuchcoop"), "{said}");
        assert!(!folder.path().join("index.db").exists());
    }
}

#[test]
fn a_wrong_key_file_ends_the_service_with_2_for_starting_again_changes_nothing() {
    let home = Home::open();
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("missing", None),
        ("empty", Some("")),
        ("no-key", Some("5abc")),
    ] {
        let file = folder.path().join(name);
        if let Some(text) = text {
            fs::write(&file, text).unwrap();
            fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        }
        let file = file.display().to_string();
        let serve = ["serve", "--no-api", "--listen", "127.0.0.1:0"];
        let keeper = ["-p", "robot@keeper", "--key-file", &file];
        let index = folder.path().join("index");
        let words: Vec<_> = serve.iter().chain(&keeper).copied().collect();
        let output = following(&home, &index, &words).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{name}: {said}");
        assert!(said.contains(&file) && !said.contains("5abc"), "{said}");
        assert!(!index.join("index.db").exists());
    }
}

#[test]
fn a_follower_that_stops_loudly_leaves_the_keeper_at_work() {
    let home = Home::open();
    let folder = tempfile::tempdir().unwrap();
    super::caught_up(&home, folder.path());
    // As if what is final here were something else on the node.
    let file = rusqlite::Connection::open(folder.path().join("index.db")).unwrap();
    file.execute("UPDATE positions SET id = zeroblob(32)", [])
        .unwrap();
    drop(file);
    let key = home.key("eosio");
    let keeper = ["-p", "eosio@active", "--key-file", key.to_str().unwrap()];
    let (run, watch) = serve(&home, folder.path(), &keeper);
    wait_until("the loud stop", || {
        let (status, told) = watch.health();
        status == 503
            && told["reasons"]
                .to_string()
                .contains("veche index rebuild --index")
    });
    assert_eq!(watch.metric("veche_index_stopped"), Some(1.0));
    let rounds = watch.metric("veche_keeper_rounds_total").unwrap();
    wait_until("the keeper's next round", || {
        watch.metric("veche_keeper_rounds_total").unwrap() > rounds
    });
    let (status, _) = run.stop();
    assert!(status.success(), "{status}");
}
