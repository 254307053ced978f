//! A chain whose clock the test moves: the driver beside this file, run and spoken to.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

/// A running chain; it stops when dropped.
///
/// Each accepted transaction gets its own block, half a second after the one before. A refused one leaves the
/// clock where it is, so two attempts can be made at one instant.
#[derive(Debug)]
pub(crate) struct TravellingChain {
    driver: Child,
    /// Address of the node API, for any Antelope client.
    pub url: String,
    /// Private key of the account `eosio`.
    pub key: String,
}

impl TravellingChain {
    /// Starts a chain, or says loudly why this machine cannot and returns `None`.
    ///
    /// With `VECHE_REQUIRE_TIMETRAVEL` set a missing part is a failure.
    pub(crate) fn start() -> Option<Self> {
        match Self::try_start() {
            Ok(chain) => Some(chain),
            Err(missing) => {
                assert!(
                    std::env::var_os("VECHE_REQUIRE_TIMETRAVEL").is_none(),
                    "time travel is required here, but {missing}"
                );
                skipped(&missing);
                None
            }
        }
    }

    /// What is missing is an error; what is there and does not work is a failure of the test.
    fn try_start() -> Result<Self, String> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("timetravel/driver.py");
        let mut command = antelope_node::chain_tester(&script).map_err(|e| e.to_string())?;
        let log = tempfile::NamedTempFile::new().expect("a file for the driver's log");
        let mut driver = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log.reopen().expect("the driver's log"))
            .spawn()
            .expect("the package's program runs");
        let mut line = String::new();
        let stdout = driver.stdout.take().expect("the driver's stdout");
        let _ = BufReader::new(stdout).read_line(&mut line);
        let up: Value = serde_json::from_str(&line).unwrap_or_default();
        match (up["url"].as_str(), up["key"].as_str()) {
            (Some(url), Some(key)) => Ok(Self {
                driver,
                url: url.to_owned(),
                key: key.to_owned(),
            }),
            _ => {
                let _ = driver.kill();
                let _ = driver.wait();
                let told = std::fs::read_to_string(log.path()).unwrap_or_default();
                panic!("the driver did not come up; it said {line:?} and logged:\n{told}");
            }
        }
    }

    /// Block time in which the next transaction will run, in ms since 1970.
    pub(crate) fn now(&self) -> i64 {
        self.ask("/v1/time/now", &json!({}))
    }

    /// The next transaction will run in a block of exactly this time, in ms since 1970.
    pub(crate) fn jump(&self, to: i64) {
        let now = self.ask("/v1/time/jump", &json!({ "to": to }));
        assert_eq!(now, to, "the chain stopped at another time");
    }

    fn ask(&self, path: &str, body: &Value) -> i64 {
        let body = body.to_string();
        let address = self.url.trim_start_matches("http://");
        let mut stream = TcpStream::connect(address).expect("the driver is gone");
        write!(
            stream,
            "POST {path} HTTP/1.0\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .expect("write to driver");
        let mut answer = String::new();
        stream
            .read_to_string(&mut answer)
            .expect("read from driver");
        let (_, content) = answer.split_once("\r\n\r\n").expect("a complete answer");
        let content: Value = serde_json::from_str(content).expect("a JSON answer");
        content["now"]
            .as_i64()
            .unwrap_or_else(|| panic!("{path} failed: {content}"))
    }
}

impl Drop for TravellingChain {
    fn drop(&mut self) {
        // The driver ends, and cleans up after itself, when its stdin closes.
        drop(self.driver.stdin.take());
        for _ in 0..100 {
            if matches!(self.driver.try_wait(), Ok(Some(_))) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// Tells on the terminal, past the test harness's capture, that a test did not run; `scripts/test` counts such lines.
fn skipped(why: &str) {
    let _ = writeln!(
        std::io::stderr(),
        "SKIPPED: a test that moves the clock: {why}"
    );
}
