//! Clients that are slow, broken or without measure, and others that are served meanwhile.

use crate::support::{GET_INFO, ask, connect, is_closed, post, read, server};
use crate::wire::exchange;
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
    for depth in [10, 100, 1000, 100_000, 300_000, 1_000_000] {
        // Objects of the greatest depth are above the limit of a body.
        for (open, close) in [("[", "]"), ("[", ""), ("{\"a\":", "}")] {
            let body = open.repeat(depth) + "1" + &close.repeat(depth);
            let answer = ask(server.address(), &post("/v1/chain/get_account", &body)).unwrap();
            let expected = if body.len() > (2 << 20) { 413 } else { 400 };
            assert_eq!(answer.status, expected, "{depth}: {}", answer.head);
        }
    }
}

#[test]
fn zeros_are_no_request_and_no_body() {
    let (_api, server) = server(Options::default());
    // As a head, and as a body of the longest length.
    let zeros = vec![0; 1 << 20];
    let answer = ask(server.address(), &zeros);
    assert!(answer.is_none_or(|answer| answer.status == 400));
    let body = "\0".repeat(2 << 20);
    for path in [
        "/v1/chain/get_account",
        "/v1/chain/push_transactions",
        "/nothing",
    ] {
        let answer = ask(server.address(), &post(path, &body)).unwrap();
        let expected = if path == "/nothing" { 404 } else { 400 };
        assert_eq!(answer.status, expected, "{path}");
    }
    assert_eq!(ask(server.address(), GET_INFO).unwrap().status, 200);
}

#[test]
fn who_closes_one_side_gets_the_answer_and_who_sends_nothing_is_closed() {
    let (_api, server) = server(Options::default());
    for (request, answers) in [(GET_INFO, 1), (&GET_INFO[..20], 0), (b"", 0)] {
        let bytes = exchange(server.address(), request);
        let found = bytes.windows(15).filter(|it| it == b"HTTP/1.1 200 OK");
        assert_eq!(found.count(), answers, "{request:?}");
    }
}

#[test]
fn errors_have_their_first_message_unless_all_are_asked_for() {
    for (verbose_errors, messages) in [(true, 2), (false, 1)] {
        let (_api, server) = server(Options {
            verbose_errors,
            ..Options::default()
        });
        let request = post("/v1/chain/get_account", "{\"account_name\":1}");
        let answer = ask(server.address(), &request).unwrap();
        assert_eq!(answer.status, 400);
        let details = &answer.json()["error"]["details"];
        assert_eq!(details.as_array().unwrap().len(), messages, "{details}");
    }
}

#[test]
fn a_client_that_waits_for_leave_to_send_is_told_before_it_sends() {
    let (_api, server) = server(Options::default());
    for (length, interim) in [(2, Some(100)), (3 << 20, None)] {
        let mut stream = connect(server.address());
        let head = format!(
            "POST /v1/chain/get_info HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: {length}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        let first = read(&mut stream).unwrap().status;
        match interim {
            Some(interim) => {
                assert_eq!(first, interim);
                stream.write_all(b"{}").unwrap();
                assert_eq!(read(&mut stream).unwrap().status, 200);
            }
            None => assert_eq!(first, 413),
        }
    }
}
