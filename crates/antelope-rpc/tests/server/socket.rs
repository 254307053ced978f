//! The socket in the file system.

use crate::support::{api, server};
use antelope_rpc::{Options, ServeError, Server};
use std::io::{Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;

fn options(path: &Path) -> Options {
    Options {
        unix_socket: Some(path.to_owned()),
        ..Options::default()
    }
}

/// What comes back over the socket.
fn asked(path: &Path, request: &str) -> String {
    let mut stream = UnixStream::connect(path).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn a_socket_answers_as_the_address_does_for_any_host() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("node.sock");
    {
        let (_api, _server) = server(options(&path));
        for host in ["Host: evil.example\r\n", ""] {
            let request =
                format!("GET /v1/chain/get_info HTTP/1.1\r\n{host}Connection: close\r\n\r\n");
            let answer = asked(&path, &request);
            assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
            assert!(answer.contains("head_block_num"), "{answer}");
        }
        let other = Server::start(api(), "127.0.0.1:0".parse().unwrap(), options(&path));
        let error = other.unwrap_err();
        assert!(matches!(error, ServeError::Socket { .. }), "{error}");
        assert!(error.to_string().contains("node.sock"), "{error}");
    }
    assert!(!path.exists(), "it is removed at the end");
}

#[test]
fn a_socket_that_was_left_behind_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("node.sock");
    drop(UnixListener::bind(&path).unwrap());
    assert!(path.exists());
    let (_api, _server) = server(options(&path));
    let answer = asked(&path, "GET /health HTTP/1.0\r\n\r\n");
    assert!(answer.starts_with("HTTP/1.0 200 OK\r\n"), "{answer}");
}
