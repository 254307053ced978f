//! The log of requests.

use crate::support::{ask, post, server};
use antelope_rpc::Options;
use serde_json::Value;
use std::io::Write;
use std::sync::{Arc, Mutex};

/// Lines that are logged.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn requests_are_logged_by_their_paths_and_never_by_what_may_be_secret() {
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt()
        .json()
        .with_writer(move || writer.clone())
        .finish();
    // Other tests log as well.
    tracing::subscriber::set_global_default(subscriber).unwrap();
    let (_api, server) = server(Options::default());
    let path = "/v1/chain/logged?token=5KSecretInTheQuery";
    let request = String::from_utf8(post(path, "{\"key\":\"5KSecretInTheBody\"}")).unwrap();
    let request = request.replacen("\r\n", "\r\nAuthorization: Bearer 5KSecretInTheHead\r\n", 1);
    let answer = ask(server.address(), request.as_bytes()).unwrap();
    assert_eq!(answer.status, 404);

    // The line is written before the answer is.
    let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    let line = text.lines().find(|line| line.contains("/v1/chain/logged"));
    let line: Value = serde_json::from_str(line.unwrap()).unwrap();
    let fields = &line["fields"];
    assert_eq!(line["level"], "INFO");
    assert_eq!(line["target"], "antelope_rpc::access");
    assert_eq!(fields["method"], "POST");
    assert_eq!(fields["path"], "/v1/chain/logged");
    assert_eq!(fields["status"], 404);
    assert_eq!(fields["bytes"], answer.body.len());
    assert!(fields["micros"].is_u64(), "{line}");
    assert!(!text.contains("5KSecret"), "{text}");
}
