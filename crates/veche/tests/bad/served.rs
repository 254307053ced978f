//! The API as people use it: of a sample that is stopped and started again, and beside a node that is killed, stands
//! still or goes back.

use crate::home::copy;
use crate::support::program;
use antelope_rpc_client::{Client, Signer, TransactionOptions, transaction};
use antelope_types::json::bytes;
use antelope_types::{Checksum256, PackedTransaction, PermissionLevel, PrivateKey, name};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Longer than anything takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);
const AGENDA: &str = "{ getAgenda { table { id hash type votes_for is_final } \
    documents { statement { action { user { ... on Individual { last_name } } } } } } }";
const STATUS: &str = "{ getStatus { head_block final_block notice has_node has_people } }";
const VOTE: &str =
    "mutation($data: VoteInput!) { voteFor(data: $data) { transaction_id block_num } }";

/// People are told soon that a node is late, and tests may ask often.
const SETTINGS: &str = "late_seconds = 3\nrequests_a_minute = 100000\n";

/// A process that ends with the test.
struct Process(Child);

impl Process {
    fn kill(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }

    fn stop(&mut self) {
        kill_process(Pid::from_child(&self.0), Signal::TERM).unwrap();
        let status = self.0.wait().unwrap();
        assert!(status.success(), "{status}");
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts the program; the process, and where it says that it has started. Its log is read to the end.
fn started(words: &[&str]) -> (Process, Value) {
    let mut child = Command::new(program())
        .args(words)
        .arg("--json")
        .env("VECHE_CONFIG", "/nonexistent/veche")
        .env_remove("VECHE_NETWORK")
        .env_remove("RUST_LOG")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (out, err): (ChildStdout, ChildStderr) =
        (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let process = Process(child);
    // A node tells it on stdout, a service on stderr, where its log is.
    let mut lines: Box<dyn BufRead + Send> = match words[0] {
        "node" => Box::new(BufReader::new(out)),
        _ => Box::new(BufReader::new(err)),
    };
    let mut said = String::new();
    let event = loop {
        let mut line = String::new();
        assert!(
            lines.read_line(&mut line).unwrap() > 0,
            "it has ended: {said}"
        );
        let event: Value = serde_json::from_str(&line).unwrap_or_default();
        if event["event"] == "started" {
            break event;
        }
        said += &line;
    };
    std::thread::spawn(move || lines.lines().map_while(Result::ok).for_each(drop));
    (process, event)
}

/// A cooperative of a sample, with everybody's keys.
struct Sample {
    folder: TempDir,
    accounts: Vec<Value>,
}

impl Sample {
    /// A copy of the sample that the first test has made.
    fn open() -> Self {
        static FIRST: OnceLock<(TempDir, Vec<Value>)> = OnceLock::new();
        let (first, accounts) = FIRST.get_or_init(|| {
            let folder = tempfile::tempdir().unwrap();
            let (mut service, event) = Service::of_sample(&folder.path().join("sample"));
            let accounts = event["accounts"].as_array().unwrap().clone();
            service.process.stop();
            (folder, accounts)
        });
        let folder = tempfile::tempdir().unwrap();
        copy(first.path(), folder.path());
        Self {
            folder,
            accounts: accounts.clone(),
        }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("sample")
    }

    fn of(&self, role: &str) -> Vec<&Value> {
        self.accounts
            .iter()
            .filter(|it| it["role"] == role)
            .collect()
    }

    fn coop(&self) -> &str {
        self.of("cooperative")[0]["account"].as_str().unwrap()
    }
}

/// The development key of somebody.
fn key(who: &Value) -> PrivateKey {
    who["development_key"].as_str().unwrap().parse().unwrap()
}

/// A service with its API.
struct Service {
    process: Process,
    api: String,
    watch: String,
}

/// What a test waits for.
#[track_caller]
fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < PATIENCE, "waited for {what}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// Sends a request to an address with a path; the status and the body.
fn exchange(url: &str, method: &str, headers: &str, body: &str) -> (u16, Value) {
    let rest = url.trim_start_matches("http://");
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let mut stream = TcpStream::connect(host).unwrap();
    let request = format!(
        "{method} /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, serde_json::from_str(body).unwrap_or_default())
}

impl Service {
    fn with(words: &[&str]) -> (Self, Value) {
        let free = [
            "serve",
            "--lang",
            "en",
            "--listen",
            "127.0.0.1:0",
            "--api-listen",
            "127.0.0.1:0",
        ];
        let words: Vec<_> = free.iter().chain(words).copied().collect();
        let (process, event) = started(&words);
        let text = |field: &str| event[field].as_str().unwrap().to_owned();
        let service = Self {
            process,
            api: text("api"),
            watch: text("url"),
        };
        (service, event)
    }

    /// Serves the sample of a folder, with its node in the same process.
    fn of_sample(folder: &Path) -> (Self, Value) {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let [folder, root] = [folder, &root].map(|it| it.to_str().unwrap());
        Self::with(&[
            "--sample",
            folder,
            "--workspace",
            root,
            "--node-listen",
            "127.0.0.1:0",
            "--no-keeper",
        ])
    }

    /// Serves the cooperative of a sample from a node elsewhere.
    fn beside(sample: &Sample, node: &Value) -> Self {
        let folder = sample.path();
        let file = |name: &str| folder.join(name).to_str().unwrap().to_owned();
        fs::write(folder.join("api.toml"), SETTINGS).unwrap();
        let level = format!("{}@active", sample.coop());
        let master = format!("file:{}", file("master.key"));
        let text = |field: &str| node[field].as_str().unwrap();
        let (service, _) = Self::with(&[
            "--url",
            text("url"),
            "--state-history",
            text("state_history"),
            "--index",
            &file("registry"),
            "--coop",
            sample.coop(),
            "--master",
            &master,
            "--api-config",
            &file("api.toml"),
            "-p",
            &level,
            "--key-file",
            &file("keeper.key"),
            "--no-keeper",
        ]);
        service
    }

    fn ask(&self, token: &str, query: &str, variables: Value) -> Value {
        let headers = format!(
            "Content-Type: application/json\r\nAccept-Language: en\r\n{}",
            match token {
                "" => String::new(),
                token => format!("Authorization: Bearer {token}\r\n"),
            }
        );
        let body = json!({ "query": query, "variables": variables }).to_string();
        let (status, answer) = exchange(&self.api, "POST", &headers, &body);
        assert_eq!(status, 200, "{answer}");
        answer
    }

    fn status(&self) -> Value {
        self.ask("", STATUS, json!({}))["data"]["getStatus"].clone()
    }

    /// Waits until the registry has what the node has now.
    fn follows(&self, node: &Client) {
        let head = node.get_info().unwrap().head_block_num;
        wait_until("the head", || {
            self.status()["head_block"].as_u64() >= Some(head.into())
        });
    }

    fn is_healthy(&self) -> bool {
        exchange(&format!("{}/health", self.watch), "GET", "", "").0 == 200
    }

    /// Logs somebody in by a signature of the chain's time.
    fn login(&self, who: &Value, node: &Client) -> String {
        let now = node.get_info().unwrap().head_block_time.to_string();
        let digest = Checksum256::sha256(now.as_bytes());
        let signature = key(who).sign(&digest).unwrap().to_string();
        let data = json!({ "email": who["email"], "now": now, "signature": signature });
        let query =
            "mutation($data: LoginInput!) { login(data: $data) { tokens { access { token } } } }";
        let answer = self.ask("", query, json!({ "data": data }));
        let token = &answer["data"]["login"]["tokens"]["access"]["token"];
        token
            .as_str()
            .unwrap_or_else(|| panic!("{answer}"))
            .to_owned()
    }

    fn agenda(&self, token: &str) -> Vec<Value> {
        let answer = self.ask(token, AGENDA, json!({}));
        let agenda = answer["data"]["getAgenda"].as_array();
        agenda.unwrap_or_else(|| panic!("{answer}")).clone()
    }

    /// How many have voted for a question of the agenda; none where it is not there.
    fn votes(&self, token: &str, id: &Value) -> Option<usize> {
        let agenda = self.agenda(token);
        let question = agenda.iter().find(|it| it["table"]["id"] == *id)?;
        question["table"]["votes_for"].as_array().map(Vec::len)
    }
}

/// A question of the agenda that somebody has not voted for, and how many have.
fn without_vote(agenda: &[Value], who: &Value) -> (Value, usize) {
    let votes = |it: &Value| it["table"]["votes_for"].as_array().unwrap().clone();
    let mut open = agenda.iter();
    let question = open.find(|it| !votes(it).contains(&who["account"]));
    let question = question.expect("a question without this vote");
    (question["table"].clone(), votes(question).len())
}

/// A vote for a question, signed for a chain.
fn vote(sample: &Sample, who: &Value, question: &Value, node: &Client) -> Value {
    let account = who["account"].as_str().unwrap();
    // GraphQL has numbers of this size as floats.
    let id = question["id"].as_f64().unwrap() as u64;
    let arguments = json!({
        "coopname": sample.coop(), "username": account,
        "decision_id": id, "hash": question["hash"],
    });
    let level = PermissionLevel::active(account.parse().unwrap());
    let action = node.action(name!("soviet"), name!("votefor"), level, &arguments);
    let built = node.build(&[action.unwrap()], &TransactionOptions::default());
    let key = key(who);
    let signed = transaction::sign(&node.chain_id().unwrap(), built.unwrap(), &[&key]).unwrap();
    let packed = PackedTransaction::pack(&signed);
    let signatures: Vec<_> = packed.signatures.iter().map(ToString::to_string).collect();
    let transaction = json!({
        "signatures": signatures, "packed_trx": bytes::text(&packed.packed_trx),
    });
    json!({ "data": {
        "coopname": sample.coop(), "username": account, "decision_id": question["id"],
        "transaction": transaction,
    } })
}

/// A node of the sample's chain as a process of its own, at this address.
fn node(sample: &Sample, listen: &str, history: &str) -> (Process, Value) {
    let folder = sample.path().join("node");
    started(&[
        "node",
        "--dev",
        "--listen",
        listen,
        "--state-history",
        history,
        "--data",
        folder.to_str().unwrap(),
    ])
}

#[test]
fn a_sample_is_served_with_people_and_an_agenda_and_goes_on_where_it_ended() {
    let sample = Sample::open();
    let (mut service, event) = Service::of_sample(&sample.path());
    let node = Client::new(event["node"].as_str().unwrap()).unwrap();
    let chairman = sample.of("chairman")[0];
    service.follows(&node);
    let token = service.login(chairman, &node);
    let agenda = service.agenda(&token);
    assert!(!agenda.is_empty());
    for question in &agenda {
        let person = &question["documents"]["statement"]["action"]["user"]["last_name"];
        assert!(person.is_string(), "{question}");
    }
    let outsider = service.login(sample.of("participant")[0], &node);
    let refused = service.ask(&outsider, AGENDA, json!({}));
    assert_eq!(
        refused["errors"][0]["extensions"]["code"], "FORBIDDEN",
        "{refused}"
    );
    for file in ["master.key", "keeper.key"] {
        let mode = fs::metadata(sample.path().join(file))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600, "{file}");
    }

    let (question, before) = without_vote(&agenda, chairman);
    let answer = service.ask(&token, VOTE, vote(&sample, chairman, &question, &node));
    assert!(answer["errors"].is_null(), "{answer}");
    wait_until("the vote", || {
        service.votes(&token, &question["id"]) == Some(before + 1)
    });
    service.process.stop();

    // Sessions outlive the process, and so does everything else.
    let (mut again, _) = Service::of_sample(&sample.path());
    assert_eq!(again.votes(&token, &question["id"]), Some(before + 1));
    assert_eq!(again.agenda(&token).len(), agenda.len());
    again.process.stop();
}

#[test]
fn an_api_whose_node_is_killed_reads_on_says_what_is_late_and_goes_on() {
    let sample = Sample::open();
    let (mut running, event) = node(&sample, "127.0.0.1:0", "127.0.0.1:0");
    let address = |field: &str| {
        let url = event[field].as_str().unwrap();
        url.split_once("://")
            .unwrap()
            .1
            .trim_end_matches('/')
            .to_owned()
    };
    let client = Client::new(event["url"].as_str().unwrap()).unwrap();
    let mut service = Service::beside(&sample, &event);
    let member = sample.of("council member")[0];
    service.follows(&client);
    let token = service.login(member, &client);
    wait_until("health", || service.is_healthy());
    wait_until("the head", || service.status()["notice"].is_null());
    let agenda = service.agenda(&token);
    let (question, before) = without_vote(&agenda, member);
    let signed = vote(&sample, member, &question, &client);

    running.kill();
    wait_until("the notice", || {
        let notice = service.status()["notice"].clone();
        notice
            .as_str()
            .is_some_and(|it| it.contains("wait before you send it again"))
    });
    assert!(!service.is_healthy());
    assert_eq!(service.agenda(&token), agenda, "what is read is as it was");
    let answer = service.ask(&token, VOTE, signed.clone());
    let code = &answer["errors"][0]["extensions"]["code"];
    assert_eq!(code, "NODE_UNAVAILABLE", "{answer}");

    // The node is there again, at the same address: the same signed vote is taken, once.
    let (mut running, _) = node(&sample, &address("url"), &address("state_history"));
    wait_until("health again", || service.is_healthy());
    wait_until("no notice", || service.status()["notice"].is_null());
    let answer = service.ask(&token, VOTE, signed.clone());
    assert!(answer["errors"].is_null(), "{answer}");
    wait_until("the vote", || {
        service.votes(&token, &question["id"]) == Some(before + 1)
    });
    let again = service.ask(&token, VOTE, signed);
    assert!(
        again["errors"][0]["extensions"]["code"].is_string(),
        "{again}"
    );
    assert_eq!(service.votes(&token, &question["id"]), Some(before + 1));
    service.process.stop();
    running.stop();
}

#[test]
fn what_a_node_takes_back_leaves_the_agenda_and_a_node_that_stands_still_is_told() {
    let sample = Sample::open();
    let (mut running, event) = node(&sample, "127.0.0.1:0", "127.0.0.1:0");
    let client = Client::new(event["url"].as_str().unwrap()).unwrap();
    let mut service = Service::beside(&sample, &event);
    let member = sample.of("council member")[0];
    service.follows(&client);
    let token = service.login(member, &client);
    wait_until("health", || service.is_healthy());
    let dev = |name: &str, request: Value| -> Value {
        client.call(&format!("/v1/dev/{name}"), &request).unwrap()
    };
    dev("production", json!({ "mode": "on-demand" }));
    let head = client.get_info().unwrap().head_block_num;
    wait_until("the last block", || {
        service.status()["head_block"] == json!(head)
    });
    wait_until("the notice of a node that stands still", || {
        service.status()["notice"].is_string()
    });
    let agenda = service.agenda(&token);
    let (question, before) = without_vote(&agenda, member);

    let snapshot = dev("snapshot", json!({}))["id"].clone();
    let answer = service.ask(&token, VOTE, vote(&sample, member, &question, &client));
    assert!(answer["errors"].is_null(), "{answer}");
    dev("produce_blocks", json!({ "count": 1 }));
    wait_until("the vote", || {
        service.votes(&token, &question["id"]) == Some(before + 1)
    });
    let voted = service.agenda(&token);
    let row = voted.iter().find(|it| it["table"]["id"] == question["id"]);
    assert_eq!(
        row.unwrap()["table"]["is_final"],
        false,
        "it may still be undone"
    );

    // The node goes back before the vote, and makes another block.
    dev("revert", json!({ "id": snapshot }));
    dev("produce_blocks", json!({ "count": 2 }));
    wait_until("the agenda without the vote", || {
        service.votes(&token, &question["id"]) == Some(before)
    });
    let answer = service.ask(&token, VOTE, vote(&sample, member, &question, &client));
    assert!(
        answer["errors"].is_null(),
        "it can be given again: {answer}"
    );
    dev("produce_blocks", json!({ "count": 1 }));
    wait_until("the vote again", || {
        service.votes(&token, &question["id"]) == Some(before + 1)
    });
    service.process.stop();
    running.stop();
}
