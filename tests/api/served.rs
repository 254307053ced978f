//! A cooperative whose API is served, and whoever sends requests to it.

use crate::scenarios::world::{Chain, Coop, Person};
use antelope_chain::LiveChain;
use antelope_follow::ChainSource;
use antelope_rpc_client::{TransactionOptions, transaction};
use antelope_types::json::bytes;
use antelope_types::{
    Action, Checksum256, Decode, Name, PackedTransaction, TimePoint, Transaction,
};
use coop_client::Contracts;
use coop_index::{Follower, IndexReader, IndexScope, IndexWriter, Stepped};
use coop_model::document::signing_digest;
use coop_model::{Document, DocumentSignature};
use coop_private::{MasterSecret, PrivateStore, Profile};
use coop_server::{Api, ApiParts, ApiSettings, PATH, serve};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::time::Duration;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;
use zeroize::Zeroizing;

/// How long nothing happens at the head.
const QUIET: Duration = Duration::from_millis(20);

/// A cooperative with an API.
pub(super) struct Served<'c> {
    pub(super) coop: Coop<'c>,
    /// The people beside its council and its cashier.
    pub(super) people: Vec<Person>,
    pub(super) folder: TempDir,
    scope: IndexScope,
    live: LiveChain,
    pub(super) address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    _runtime: Runtime,
}

/// Somebody who has logged in.
pub(super) struct Client<'s> {
    served: &'s Served<'s>,
    token: Option<String>,
}

impl<'c> Served<'c> {
    /// Serves a cooperative with a council of three and these other people, all of whose profiles are kept.
    pub(super) fn with(
        chain: &'c Chain,
        live: LiveChain,
        more: impl FnOnce(&Coop<'c>) -> Vec<Person>,
    ) -> Self {
        let people = (0..3).map(|_| Person::new()).collect();
        let coop = Coop::founded_by(chain, people, 3);
        let more = more(&coop);
        Self::of(chain, live, coop, more)
    }

    /// Serves a cooperative, its members, its cashier and these other people, all of whose profiles are kept.
    pub(super) fn of(chain: &'c Chain, live: LiveChain, coop: Coop<'c>, more: Vec<Person>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let secret = MasterSecret::Key(Zeroizing::new([7; 32]));
        let mut store = PrivateStore::create(folder.path(), coop.name(), &secret).expect("a store");
        put(&mut store, coop.name(), &cooperative());
        let everybody = coop.members.iter().chain([&coop.cashier]).chain(&more);
        for (person, number) in everybody.zip(1..) {
            put(&mut store, person.name, &somebody(number));
        }
        let scope = IndexScope {
            contracts: Contracts::read(&chain.client, chain.soviet.name).expect("contracts"),
            cooperative: Some(coop.name()),
        };
        follow(&folder.path().join("index.db"), scope, &live);
        let api = Api::open(ApiParts {
            folder: folder.path().to_owned(),
            index: folder.path().join("index.db"),
            scope,
            coopname: coop.name(),
            people: Some(store),
            node: Some(chain.client.clone()),
            signer: Some((coop.account.active(), Box::new(coop.account.key.clone()))),
            settings: ApiSettings {
                logins_a_minute: 1_000,
                requests_a_minute: 100_000,
                documents_a_minute: 100_000,
                // The clock of these chains is not that of this machine.
                late: Duration::MAX,
                ..ApiSettings::default()
            },
        });
        let api = api.expect("a server");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("its address");
        let runtime = Runtime::new().expect("a runtime");
        let (stop, stopped) = oneshot::channel::<()>();
        runtime.spawn(serve(api, listener, async {
            let _ = stopped.await;
        }));
        Self {
            coop,
            people: more,
            folder,
            scope,
            live,
            address,
            stop: Some(stop),
            _runtime: runtime,
        }
    }

    /// Brings the index to the head of the chain.
    pub(super) fn follow(&self) {
        follow(&self.index(), self.scope, &self.live);
    }

    fn index(&self) -> PathBuf {
        self.folder.path().join("index.db")
    }

    /// What the index has.
    pub(super) fn reader(&self) -> IndexReader {
        IndexReader::open(&self.index()).expect("an index")
    }

    /// Somebody who has not logged in.
    pub(super) fn nobody(&self) -> Client<'_> {
        Client {
            served: self,
            token: None,
        }
    }

    /// Logs a person in, whose profile has this number.
    pub(super) fn login(&self, person: &Person, number: usize) -> Client<'_> {
        self.login_by(person, &email(number))
    }

    /// Logs the cooperative itself in.
    pub(super) fn cooperative(&self) -> Client<'_> {
        self.login_by(&self.coop.account, "coop@example.org")
    }

    fn login_by(&self, person: &Person, email: &str) -> Client<'_> {
        let info = self.coop.chain.client.get_info().expect("the head");
        let now = info.head_block_time.to_string();
        let digest = Checksum256::sha256(now.as_bytes());
        let signature = person.signer().sign(&digest).expect("a signature");
        let data = json!({"email": email, "now": now, "signature": signature.to_string()});
        let query =
            "mutation($data: LoginInput!) { login(data: $data) { tokens { access { token } } } }";
        let answer = self.nobody().ask(query, json!({ "data": data }));
        let token = answer["data"]["login"]["tokens"]["access"]["token"].as_str();
        Client {
            served: self,
            token: Some(token.unwrap_or_else(|| panic!("{answer}")).to_owned()),
        }
    }

    /// Registers a person who has no account anywhere, and whose profile gets this number.
    pub(super) fn register(&self, person: &Person, number: usize) -> Client<'_> {
        let data = json!({
            "email": email(number), "username": person.name, "type": "Individual",
            "public_key": person.public_key().to_string(),
            "individual_data": {
                "last_name": format!("Пайщик{number}"), "first_name": "Анна", "middle_name": "",
                "birthdate": "1988-04-12", "full_address": "ул. Речная, д. 7",
                "phone": "+7 000 000-00-01",
            },
        });
        let fields = "{ tokens { access { token } } }";
        let nobody = self.nobody();
        let session = nobody.call("registerAccount", "RegisterAccountInput", data, fields);
        let token = session["tokens"]["access"]["token"].as_str();
        Client {
            served: self,
            token: Some(token.expect("a token").to_owned()),
        }
    }

    /// A signed transaction of these actions, as the API takes it.
    pub(super) fn transaction(&self, actions: &[Action], signers: &[&Person]) -> Value {
        let client = &self.coop.chain.client;
        let built = client.build(actions, &TransactionOptions::default());
        self.signed(built.expect("a transaction"), signers)
    }

    /// The same of a transaction that was built.
    pub(super) fn signed(&self, built: Transaction, signers: &[&Person]) -> Value {
        let signers: Vec<_> = signers.iter().map(|it| it.signer()).collect();
        let signed = transaction::sign(&self.coop.chain.id, built, &signers).expect("signatures");
        let packed = PackedTransaction::pack(&signed);
        let signatures: Vec<_> = packed.signatures.iter().map(ToString::to_string).collect();
        json!({"signatures": signatures, "packed_trx": bytes::text(&packed.packed_trx)})
    }

    /// The document that the API has made, signed by a person.
    pub(super) fn document(&self, made: &Value, signer: &Person) -> Document {
        let packed = made["packed"].as_str().unwrap_or_else(|| panic!("{made}"));
        let mut packed = bytes::parse(packed).expect("digits");
        // No signatures yet.
        packed.push(0);
        let mut document = Document::from_bytes(&packed).expect("a document");
        assert_eq!(document.hash().to_string(), made["hash"], "{made}");
        let signed_at = document.meta.created_at;
        let digest = signing_digest(
            &self.coop.chain.id,
            &document.hash(),
            signer.name,
            signed_at,
        );
        assert_eq!(digest.to_string(), made["signed_hash"], "{made}");
        document.signatures.push(DocumentSignature {
            signer: signer.name,
            public_key: signer.public_key(),
            signature: signer.signer().sign(&digest).expect("a signature"),
            signed_at,
        });
        document
    }
}

impl Drop for Served<'_> {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
    }
}

impl Client<'_> {
    /// What the API answers.
    pub(super) fn ask(&self, query: &str, variables: Value) -> Value {
        exchange(self.served.address, &self.request(query, variables))
    }

    /// A request as it is sent.
    pub(super) fn request(&self, query: &str, variables: Value) -> Vec<u8> {
        let body = json!({"query": query, "variables": variables}).to_string();
        let token = self.token.as_ref();
        let token = token.map(|it| format!("Authorization: Bearer {it}\r\n"));
        let request = format!(
            "POST {PATH} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n\
             Accept-Language: en\r\n{}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.served.address,
            token.unwrap_or_default(),
            body.len()
        );
        request.into_bytes()
    }

    /// What an operation with one input answers: its field.
    pub(super) fn call(&self, operation: &str, of: &str, data: Value, fields: &str) -> Value {
        let query = format!("mutation($data: {of}!) {{ {operation}(data: $data) {fields} }}");
        let mut answer = self.ask(&query, json!({ "data": data }));
        assert!(answer["errors"].is_null(), "{operation}: {answer}");
        answer["data"][operation].take()
    }

    /// The code with which an operation is refused, and the field or the refusal that it names.
    pub(super) fn refused(
        &self,
        operation: &str,
        of: &str,
        data: Value,
        fields: &str,
    ) -> (String, Value) {
        let query = format!("mutation($data: {of}!) {{ {operation}(data: $data) {fields} }}");
        let answer = self.ask(&query, json!({ "data": data }));
        let told = &answer["errors"][0]["extensions"];
        let code = told["code"]
            .as_str()
            .unwrap_or_else(|| panic!("{operation}: {answer}"));
        let named = match told["field"].is_null() {
            true => told["refusal"].clone(),
            false => told["field"].clone(),
        };
        (code.to_owned(), named)
    }
}

/// Sends a request; what is answered.
pub(super) fn exchange(address: SocketAddr, request: &[u8]) -> Value {
    let mut stream = TcpStream::connect(address).expect("the server");
    stream.write_all(request).expect("it listens");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    let (head, body) = answer.split_once("\r\n\r\n").expect("a body");
    assert!(head.starts_with("HTTP/1.1 200"), "{answer}");
    serde_json::from_str(body).unwrap_or_else(|e| panic!("{e}: {answer}"))
}

/// Brings an index to the head of the chain.
fn follow(file: &std::path::Path, scope: IndexScope, live: &LiveChain) {
    let writer = IndexWriter::open(file, scope).expect("an index");
    let source = ChainSource::new(live.clone(), scope.interest());
    let mut follower = Follower::new(source, writer);
    while !matches!(follower.step(QUIET).expect("a block"), Stepped::Nothing) {}
}

fn put(store: &mut PrivateStore, account: Name, profile: &Value) {
    let bytes = serde_json::to_vec(profile).expect("JSON");
    let profile = Profile::from_json(account, &bytes).unwrap_or_else(|e| panic!("{e}"));
    store
        .put_profile(account, &profile, TimePoint::default())
        .expect("a profile");
}

fn email(number: usize) -> String {
    format!("person{number}@example.org")
}

fn somebody(number: usize) -> Value {
    json!({
        "last_name": format!("Пайщик{number}"), "first_name": "Анна", "birth_date": "1988-04-12",
        "address": "ул. Речная, д. 7", "phone": "+7 000 000-00-01", "email": email(number),
    })
}

fn cooperative() -> Value {
    json!({
        "kind": "organization",
        "name": "Потребительский кооператив «Заречье»", "short_name": "ПК «Заречье»",
        "address": "ул. Мельничная, д. 1", "ogrn": "1025300000109", "inn": "5301001007",
        "kpp": "530101001",
        "bank": {
            "name": "АО «Банк»", "bik": "049805777", "account": "40702810700000000123",
            "corr_account": "30101810400000000777",
        },
        "phone": "+7 000 000-00-04", "email": "coop@example.org",
        "represented_by": "председатель", "based_on": "устав",
    })
}
