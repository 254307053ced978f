//! Chromium with the package on a page, and the authenticators that it has.

use antelope_rpc_client::{Client, Signer, SigningError};
use antelope_types::{Checksum256, PublicKey, Signature};
use coop_wasm_build::{Package, skip};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Lines, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

/// Where Debian has it; `CHROMIUM` names another one.
const CHROMIUM: &str = "/usr/bin/chromium";

/// A page in Chromium, which calls the node through this process.
pub(super) struct Browser(Mutex<Harness>);

struct Harness {
    child: Child,
    /// Closed to end it.
    orders: Option<ChildStdin>,
    said: Lines<BufReader<ChildStdout>>,
    client: Client,
}

/// What a function of the page threw.
#[derive(Debug)]
pub(super) struct Thrown(pub(super) Value);

impl Browser {
    /// A page of `https://localhost`; its calls of `/v1/chain` go where the client's go.
    pub(super) fn open(client: Client) -> Option<Arc<Self>> {
        let package = Package::find()?;
        let chromium = std::env::var_os("CHROMIUM").unwrap_or_else(|| CHROMIUM.into());
        if !Path::new(&chromium).is_file() {
            skip("no Chromium");
            return None;
        }
        let mut child = Command::new(&package.node)
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("browser/harness.mjs"))
            .arg(&package.folder)
            .arg(chromium)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node runs");
        let orders = child.stdin.take();
        let said = BufReader::new(child.stdout.take().expect("its output")).lines();
        Some(Arc::new(Self(Mutex::new(Harness {
            child,
            orders,
            said,
            client,
        }))))
    }

    /// Calls a function of `page.mjs`.
    pub(super) fn run(&self, name: &str, with: Value) -> Result<Value, Thrown> {
        self.order(json!({ "run": name, "with": with }))
    }

    /// A command of the DevTools protocol.
    pub(super) fn devtools(&self, method: &str, with: Value) -> Value {
        let done = self.order(json!({ "devtools": method, "with": with }));
        done.unwrap_or_else(|Thrown(error)| panic!("{method}: {error}"))
    }

    /// Plugs in an authenticator; answers its id.
    pub(super) fn authenticator(&self, transport: &str, verifies: bool) -> String {
        let options = json!({
            "protocol": "ctap2", "transport": transport, "hasResidentKey": true,
            "hasUserVerification": verifies, "isUserVerified": verifies,
            "automaticPresenceSimulation": true,
        });
        let made = self.devtools(
            "WebAuthn.addVirtualAuthenticator",
            json!({ "options": options }),
        );
        made["authenticatorId"].as_str().expect("an id").to_owned()
    }

    fn order(&self, order: Value) -> Result<Value, Thrown> {
        let mut harness = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        harness.tell(&order);
        loop {
            let mut said = harness.next();
            if said["ask"].is_u64() {
                harness.answer(&said);
            } else if said.get("failed").is_some() {
                return Err(Thrown(said["failed"].take()));
            } else {
                return Ok(said["done"].take());
            }
        }
    }
}

impl Harness {
    fn tell(&mut self, order: &Value) {
        let orders = self.orders.as_mut().expect("it was not ended");
        writeln!(orders, "{order}").expect("the harness reads");
    }

    fn next(&mut self) -> Value {
        let line = self.said.next().expect("the harness goes on");
        serde_json::from_str(&line.expect("text")).expect("JSON")
    }

    /// Answers a call that the page makes to the node.
    fn answer(&mut self, asked: &Value) {
        let text = |field: &str| asked[field].as_str().unwrap_or_default();
        let answer = self.client.post(text("path"), text("body").as_bytes());
        let answer = answer.expect("the node answers");
        let body = String::from_utf8_lossy(&answer.body);
        self.tell(&json!({ "answer": asked["ask"], "status": answer.status, "body": body }));
    }
}

impl Drop for Harness {
    fn drop(&mut self) {
        // It ends, and Chromium with it, when there is nothing more to read.
        drop(self.orders.take());
        let _ = self.child.wait();
    }
}

/// A passkey of a page, as a signer for everything that scenarios sign.
pub(super) struct Passkey {
    browser: Arc<Browser>,
    /// As the page remembers it.
    pub(super) remembered: Value,
}

impl Passkey {
    /// Made by the page for the account of this name.
    pub(super) fn create(browser: &Arc<Browser>, username: &str) -> Self {
        let made = browser.run("createPasskey", json!([{ "username": username }]));
        Self {
            browser: browser.clone(),
            remembered: made.unwrap_or_else(|Thrown(error)| panic!("{error}")),
        }
    }
}

impl Signer for Passkey {
    fn public_key(&self) -> PublicKey {
        let text = self.remembered["publicKey"].as_str().expect("a key");
        text.parse().expect("a key")
    }

    fn sign(&self, digest: &Checksum256) -> Result<Signature, SigningError> {
        let with = json!([digest.to_string(), self.remembered]);
        let signed = self.browser.run("signDigest", with);
        let signed = signed.map_err(|Thrown(error)| SigningError::Device {
            problem: error.to_string(),
        })?;
        let text = signed.as_str().expect("a signature");
        Ok(text.parse().expect("a signature"))
    }
}
