//! A server on the sample life of an index, and a client that speaks HTTP by hand.

use antelope_abi::Abi;
use antelope_follow::{BlockEvent, RowChange};
use antelope_keys::signing::{generate_k1, public_key, sign_digest};
use antelope_types::{Checksum256, Name, PrivateKey, TimePoint, name};
use coop_index::samples::{CHAIRMAN, COOP, End, Sample};
use coop_index::{IndexReader, IndexWriter};
use coop_private::{MasterSecret, PrivateStore};
use coop_server::{Api, ApiParts, ApiSettings};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::thread::JoinHandle;
use std::time::Duration;
use tempfile::TempDir;
use tokio::sync::oneshot;
use zeroize::Zeroizing;

/// Sits in the council beside the chairman.
pub const MEMBER: Name = name!("chlensovetax");
/// A participant.
pub const PARTICIPANT: Name = name!("uchastnaaaaa");
/// Another participant, who has asked for something.
pub const OTHER: Name = name!("uchastnbaaaa");
/// Staff with the rights of a cashier.
pub const CLERK: Name = name!("kassirshaxxx");
/// Has asked to join.
pub const CANDIDATE: Name = name!("kandidatxxxx");
/// Runs the service.
pub const OPERATOR: Name = name!("operatorxxxx");

/// A server.
pub struct Server {
    pub address: SocketAddr,
    pub folder: TempDir,
    pub sample: RefCell<Sample>,
    writer: RefCell<IndexWriter>,
    keys: RefCell<HashMap<Name, PrivateKey>>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// An answer.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: String,
    pub body: Value,
}

/// Generous rates: tests come from one address. The blocks of the registry ended long ago.
pub fn settings() -> ApiSettings {
    ApiSettings {
        requests_a_minute: 100_000,
        logins_a_minute: 100_000,
        late: Duration::MAX,
        operators: vec![OPERATOR],
        ..ApiSettings::default()
    }
}

/// The master key of the personal data.
pub fn people_secret() -> MasterSecret {
    MasterSecret::Key(Zeroizing::new([1; 32]))
}

impl Server {
    /// A cooperative with a council of two, a clerk, two participants, a candidate with an invoice, two open questions
    /// and three that are finished.
    pub fn start(settings: ApiSettings) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let index = folder.path().join("index.db");
        let mut writer = IndexWriter::open(&index, Sample::scope()).unwrap();
        let mut sample = life();
        writer.store(&event(&mut sample)).unwrap();
        finished(&mut sample);
        writer.store(&sample.take()).unwrap();
        asked(&mut sample);
        writer.store(&sample.take()).unwrap();
        let people = PrivateStore::create(folder.path(), COOP, &people_secret()).unwrap();
        let parts = ApiParts {
            folder: folder.path().to_owned(),
            index,
            scope: Sample::scope(),
            coopname: COOP,
            people: Some(people),
            node: None,
            signer: None,
            settings,
        };
        let api = Api::open(parts).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopping) = oneshot::channel::<()>();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(2)
                .enable_all()
                .build()
                .unwrap();
            let stopping = async {
                let _ = stopping.await;
            };
            runtime
                .block_on(coop_server::serve(api, listener, stopping))
                .unwrap();
        });
        Self {
            address,
            folder,
            sample: RefCell::new(sample),
            writer: RefCell::new(writer),
            keys: RefCell::default(),
            stop: Some(stop),
            thread: Some(thread),
        }
    }

    /// Ends the server and waits until it has.
    pub fn stop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }

    /// Lets the chain go on.
    pub fn live(&self, act: impl FnOnce(&mut Sample)) {
        let mut sample = self.sample.borrow_mut();
        act(&mut sample);
        let event = sample.take();
        self.writer.borrow_mut().store(&event).unwrap();
    }

    /// Lets the chain go on with a row of a table.
    pub fn row(&self, is_present: bool, table: (&str, &str, &str), key: u64, row: &Value) {
        let event = self.sample.borrow_mut().take();
        let event = with_rows(event, &[change(is_present, table, key, row)]);
        self.writer.borrow_mut().store(&event).unwrap();
    }

    /// The time of the newest block.
    pub fn now(&self) -> TimePoint {
        let mut reader = IndexReader::open(&self.index()).unwrap();
        reader.status().unwrap().head_time.unwrap()
    }

    pub fn index(&self) -> PathBuf {
        self.folder.path().join("index.db")
    }

    /// The key of an account.
    pub fn key(&self, account: Name) -> PrivateKey {
        let mut keys = self.keys.borrow_mut();
        let key = keys
            .entry(account)
            .or_insert_with(|| generate_k1().unwrap());
        key.clone()
    }

    /// Registers an account of a person; its access token.
    pub fn register(&self, account: Name) -> String {
        let reply = self.ask(REGISTER, json!({ "data": self.person(account) }), None);
        token(&reply.body["data"]["registerAccount"])
    }

    /// What an account registers with.
    pub fn person(&self, account: Name) -> Value {
        json!({
            "email": format!("{account}@coop.example"), "username": account, "type": "Individual",
            "public_key": public_key(&self.key(account)).unwrap().to_string(),
            "individual_data": {
                "first_name": "Анна", "last_name": "Секретова", "middle_name": "Игоревна",
                "birthdate": "1988-04-12", "full_address": "г. Тверь, ул. Тайная, 5",
                "phone": "+7 900 000-00-00",
            },
        })
    }

    /// Logs in by the chain's time; the whole answer.
    pub fn login(&self, account: Name, now: &str) -> Reply {
        let data = self.login_data(account, now);
        self.ask(LOGIN, json!({ "data": data }), None)
    }

    /// What an account logs in with.
    pub fn login_data(&self, account: Name, now: &str) -> Value {
        let digest = Checksum256::sha256(now.as_bytes());
        let signature = sign_digest(&self.key(account), &digest).unwrap();
        json!({
            "email": format!("{account}@coop.example"), "now": now,
            "signature": signature.to_string(),
        })
    }

    /// Sends a query.
    pub fn ask(&self, query: &str, variables: Value, token: Option<&str>) -> Reply {
        let mut headers = vec![
            ("Content-Type", "application/json".to_owned()),
            ("Accept-Language", "en".to_owned()),
        ];
        headers.extend(token.map(|it| ("Authorization", format!("Bearer {it}"))));
        let body = json!({ "query": query, "variables": variables }).to_string();
        self.send("POST", &headers, body.as_bytes())
    }

    /// Sends any request.
    pub fn send(&self, method: &str, headers: &[(&str, String)], body: &[u8]) -> Reply {
        let mut stream = TcpStream::connect(self.address).unwrap();
        let patience = Some(Duration::from_secs(60));
        stream.set_read_timeout(patience).unwrap();
        let mut head = format!(
            "{method} /v1/graphql HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Length: {}\r\n",
            self.address,
            body.len()
        );
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        stream.write_all(format!("{head}\r\n").as_bytes()).unwrap();
        // A server that has refused already may have closed.
        let _ = stream.write_all(body);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let text = String::from_utf8(answer).unwrap();
        let (headers, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = headers.split(' ').nth(1).and_then(|it| it.parse().ok());
        Reply {
            status: status.unwrap_or_default(),
            headers: headers.to_ascii_lowercase(),
            body: serde_json::from_str(body).unwrap_or_default(),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Reply {
    /// The code of the first error; empty where there is none.
    pub fn code(&self) -> &str {
        let code = self.body["errors"][0]["extensions"]["code"].as_str();
        code.unwrap_or_default()
    }
}

pub const REGISTER: &str = "mutation($data: RegisterAccountInput!) { registerAccount(data: $data) { \
    account { username provider_account { email status role } } \
    tokens { access { token expires } refresh { token expires } } } }";

pub const LOGIN: &str = "mutation($data: LoginInput!) { login(data: $data) { \
    account { username } tokens { access { token } refresh { token } } } }";

/// The access token of who has logged in.
pub fn token(session: &Value) -> String {
    let token = session["tokens"]["access"]["token"].as_str();
    token.unwrap_or_else(|| panic!("{session}")).to_owned()
}

/// The refresh token of who has logged in.
pub fn refresh_token(session: &Value) -> String {
    let token = session["tokens"]["refresh"]["token"].as_str();
    token.unwrap_or_else(|| panic!("{session}")).to_owned()
}

/// A row of a contract's table: contract, table and type.
pub const SEATS: (&str, &str, &str) = ("soviet", "seats", "SittingMember");
pub const STAFF: (&str, &str, &str) = ("soviet", "staff", "Staff");
const CANDIDATES: (&str, &str, &str) = ("registrator", "candidates", "Candidate");
const PAYMENTS: (&str, &str, &str) = ("gateway", "payments", "Payment");

/// A seat of the council.
pub fn seat(username: Name, is_chairman: bool) -> Value {
    json!({ "username": username, "board": 1, "bit": null, "is_chairman": is_chairman })
}

/// Staff with the rights of a cashier.
pub fn staff(username: Name) -> Value {
    let rights =
        ["incomplete", "indecline"].map(|it| json!({ "contract": "gateway", "action": it }));
    json!({ "username": username, "rights": rights, "board": 1 })
}

fn life() -> Sample {
    let mut sample = Sample::unsigned();
    sample.admit();
    sample.admit();
    sample
}

fn finished(sample: &mut Sample) {
    for (kind, end) in [
        (1, End::CarriedOut),
        (5, End::Declined),
        (8, End::CarriedOut),
    ] {
        let id = sample.ask(kind, OTHER, " о дороге");
        sample.vote(id, CHAIRMAN, true);
        sample.vote(id, MEMBER, end == End::CarriedOut);
        sample.end(id, end);
    }
}

fn asked(sample: &mut Sample) {
    let first = sample.ask(8, MEMBER, " о ремонте колодца");
    sample.vote(first, CHAIRMAN, true);
    sample.ask(1, OTHER, "");
}

/// The first block with those who are not in the sample.
fn event(sample: &mut Sample) -> BlockEvent {
    let hash = Checksum256::sha256(b"kandidat");
    let at = "2026-01-01T00:00:00.500";
    let candidate = json!({
        "username": CANDIDATE, "status": "created", "kind": "individual", "hash": hash,
        "initial": "100.0000 RUB", "minimum": "300.0000 RUB", "created_at": at,
    });
    let payment = json!({
        "id": 1, "username": CANDIDATE, "hash": hash, "status": "pending",
        "quantity": "400.0000 RUB", "callback_contract": "registrator",
        "confirm_callback": "confirmpay", "decline_callback": "declinepay", "created_at": at,
        "expires_at": "2026-02-01T00:00:00.000", "kind": "joincoop", "authorized_by": "",
        "is_alone": false, "is_overdue": false,
    });
    let rows = [
        change(true, SEATS, CHAIRMAN.raw(), &seat(CHAIRMAN, true)),
        change(true, SEATS, MEMBER.raw(), &seat(MEMBER, false)),
        change(true, STAFF, CLERK.raw(), &staff(CLERK)),
        change(true, CANDIDATES, CANDIDATE.raw(), &candidate),
        change(true, PAYMENTS, 1, &payment),
    ];
    with_rows(sample.take(), &rows)
}

fn with_rows(event: BlockEvent, rows: &[RowChange]) -> BlockEvent {
    let BlockEvent::Apply(mut block) = event else {
        panic!("a block");
    };
    block.rows.get_or_insert_default().extend_from_slice(rows);
    BlockEvent::Apply(block)
}

fn change(
    is_present: bool,
    (contract, table, ty): (&str, &str, &str),
    primary_key: u64,
    row: &Value,
) -> RowChange {
    let abi = match contract {
        "soviet" => include_str!("../../../../abi/soviet.abi"),
        "registrator" => include_str!("../../../../abi/registrator.abi"),
        _ => include_str!("../../../../abi/gateway.abi"),
    };
    let abi = Abi::from_json(abi).unwrap();
    RowChange {
        is_present,
        contract: contract.parse().unwrap(),
        scope: COOP,
        table: table.parse().unwrap(),
        primary_key,
        value: abi.pack(ty, row).unwrap(),
    }
}
