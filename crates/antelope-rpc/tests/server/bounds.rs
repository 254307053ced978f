//! Clients that are slow, broken or without measure, and others that are served meanwhile.

use crate::support::{GET_INFO, ask, connect, is_closed, post, read, server};
use antelope_rpc::Options;
use std::io::Write;
use std::time::Duration;

const SHORT: Duration = Duration::from_millis(200);

fn impatient() -> Options {
    Options {
        head_timeout: SHORT,
        body_timeout: SHORT,
        write_timeout: SHORT,
        ..Options::default()
    }
}

#[test]
fn a_head_that_does_not_end_is_not_waited_for() {
    let (_api, server) = server(impatient());
    let mut silent = connect(server.address());
    let mut half = connect(server.address());
    half.write_all(b"POST /v1/chain/get_info HTTP/1.1\r\nHost: loc")
        .unwrap();
    let mut used = connect(server.address());
    used.write_all(GET_INFO).unwrap();
    assert_eq!(read(&mut used).unwrap().status, 200);
    assert_eq!(ask(server.address(), GET_INFO).unwrap().status, 200);
    assert!(is_closed(&mut silent));
    assert!(is_closed(&mut half));
    assert!(is_closed(&mut used));
}

#[test]
fn a_head_without_measure_is_refused() {
    let (_api, server) = server(Options::default());
    let mut stream = connect(server.address());
    let _ = stream.write_all(b"GET / HTTP/1.1\r\n");
    let header = format!("X: {}\r\n", "x".repeat(1000));
    for _ in 0..1000 {
        if stream.write_all(header.as_bytes()).is_err() {
            break;
        }
    }
    let answer = read(&mut stream);
    assert!(answer.is_none_or(|answer| answer.status == 431));
    assert_eq!(ask(server.address(), GET_INFO).unwrap().status, 200);
}

#[test]
fn a_body_that_does_not_come_is_not_waited_for() {
    let (_api, server) = server(impatient());
    let mut stream = connect(server.address());
    stream
        .write_all(b"POST /v1/chain/get_account HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{")
        .unwrap();
    assert_eq!(read(&mut stream).unwrap().status, 408);
    assert!(is_closed(&mut stream));
}

#[test]
fn a_body_beyond_the_bound_is_refused() {
    let options = Options {
        max_body: 1000,
        ..Options::default()
    };
    let (_api, server) = server(options);
    let zeros = "\0".repeat(1000);
    let fits = ask(server.address(), &post("/v1/chain/get_account", &zeros)).unwrap();
    assert_eq!(fits.status, 400);
    let large = "\0".repeat(1001);
    let declared = ask(server.address(), &post("/v1/chain/get_account", &large)).unwrap();
    assert_eq!(declared.status, 413);
    assert!(
        declared.body.contains("at most 1000 bytes"),
        "{}",
        declared.body
    );
    let chunked = format!(
        "POST /v1/chain/get_account HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n{large}\r\n0\r\n\r\n"
    );
    assert_eq!(
        ask(server.address(), chunked.as_bytes()).unwrap().status,
        413
    );
}

#[test]
fn who_does_not_read_answers_is_not_kept() {
    let (_api, server) = server(impatient());
    let mut stream = connect(server.address());
    stream
        .set_write_timeout(Some(Duration::from_secs(30)))
        .unwrap();
    // The server writes until all buffers between are full, and stops reading then.
    let many = GET_INFO.repeat(1000);
    let sent = (0..10_000).find(|_| stream.write_all(&many).is_err());
    assert!(sent.is_some(), "the connection is still open");
    assert_eq!(ask(server.address(), GET_INFO).unwrap().status, 200);
}

#[test]
fn what_is_not_http_is_refused() {
    let (_api, server) = server(Options::default());
    let junk: [&[u8]; 5] = [
        b"\0\0\0\0\r\n\r\n",
        b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03\r\n\r\n",
        b"GET\r\n\r\n",
        b"POST /v1/chain/get_info HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"POST /v1/chain/get_info HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
    ];
    for request in junk {
        let answer = ask(server.address(), request);
        assert!(
            answer.as_ref().is_none_or(|a| a.status == 400),
            "{request:?}: {answer:?}"
        );
    }
    assert_eq!(ask(server.address(), GET_INFO).unwrap().status, 200);
}

#[test]
fn json_of_any_depth_is_answered() {
    let (_api, server) = server(Options::default());
    for depth in [10, 100, 1000, 100_000] {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let body = open.repeat(depth) + "1" + &close.repeat(depth);
            let answer = ask(server.address(), &post("/v1/chain/get_account", &body)).unwrap();
            assert_eq!(answer.status, 400, "{depth}: {answer:?}");
        }
    }
}
