//! Clients that break the rules of HTTP or vanish, each in every phase of a request: what they are told,
//! how much of what they send is taken, and that their place is free for the next one. Bounds are in
//! bytes and counts.

use crate::support::{Answer, GET_INFO, ask, connect, post, read, server};
use crate::wire::{answers, exchange};
use antelope_rpc::{Options, Server};
use serde_json::Value;
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::Duration;

/// Long enough that a client who is served at once is not the one that is given up.
const SHORT: Duration = Duration::from_millis(300);

fn impatient() -> Options {
    Options {
        head_timeout: SHORT,
        body_timeout: SHORT,
        write_timeout: SHORT,
        ..Options::default()
    }
}

/// All answers to these bytes, until the server has closed the connection.
fn all(server: &Server, bytes: &[u8]) -> Vec<Answer> {
    answers(&exchange(server.address(), bytes), |_| false)
}

fn statuses(answers: &[Answer]) -> Vec<u16> {
    answers.iter().map(|answer| answer.status).collect()
}

/// A request with this body, framed by these headers.
fn framed(headers: &str, body: &str) -> Vec<u8> {
    let head = "POST /v1/chain/get_code_hash HTTP/1.1\r\nHost: localhost\r\n";
    format!("{head}{headers}\r\n{body}").into_bytes()
}

fn chunked(body: &str) -> Vec<u8> {
    framed("Transfer-Encoding: chunked\r\n", body)
}

/// What comes after another request and is answered where the connection goes on.
const NEXT: &[u8] = b"OPTIONS / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

const EOSIO: &str = "{\"account_name\":\"eosio\"}";

/// How many connections are open, without the one that asks.
fn open(address: SocketAddr) -> usize {
    let answer = ask(address, b"GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let name = "antelope_http_connections ";
    let line = answer.body.lines().find_map(|line| line.strip_prefix(name));
    line.unwrap().parse::<usize>().unwrap() - 1
}

/// Waits until so many are open.
fn wait_for_open(address: SocketAddr, count: usize) {
    for _ in 0..6000 {
        if open(address) == count {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("{} connections are open", open(address));
}

/// Every phase of a request in which a client may vanish.
fn phases() -> Vec<(&'static str, Vec<u8>)> {
    let part = "8\r\n{\"accoun\r\n";
    vec![
        ("before a request", Vec::new()),
        ("in the first line", b"POST /v1/chain/get_i".to_vec()),
        ("in a header", b"POST / HTTP/1.1\r\nHost: local".to_vec()),
        (
            "between head and end",
            b"POST / HTTP/1.1\r\nHost: localhost\r\n".to_vec(),
        ),
        ("before a body", framed("Content-Length: 24\r\n", "")),
        ("in a body", framed("Content-Length: 24\r\n", "{\"acc")),
        (
            "told to go on",
            framed("Expect: 100-continue\r\nContent-Length: 24\r\n", ""),
        ),
        ("in a size of a chunk", chunked("1")),
        ("in a chunk", chunked("18\r\n{\"acc")),
        ("between chunks", chunked(part)),
        ("in the last chunk", chunked(&format!("{part}0\r\n"))),
        ("in a trailer", chunked(&format!("{part}0\r\nX: y"))),
        ("between requests", GET_INFO.to_vec()),
        ("in the second request", [GET_INFO, b"POST /v1"].concat()),
    ]
}

/// A client that is gone without a word, as one whose machine has lost its power: its end sends nothing
/// any more, neither data nor an end, and reads nothing. There is one place, which the next client
/// needs.
#[test]
fn a_client_that_vanishes_gives_its_place_back_in_every_phase() {
    let (_api, server) = server(Options {
        max_connections: 1,
        ..impatient()
    });
    for (phase, bytes) in phases() {
        let mut gone = connect(server.address());
        gone.write_all(&bytes).unwrap();
        let next = ask(server.address(), GET_INFO);
        assert_eq!(next.map(|next| next.status), Some(200), "{phase}");
        drop(gone);
    }
}

/// The same with an end, for one or both directions, and with a reset.
#[test]
fn a_client_that_ends_or_resets_is_gone_at_once_in_every_phase() {
    // Nothing ends by time here.
    let (_api, server) = server(Options::default());
    let address = server.address();
    for (_, bytes) in phases() {
        for how in ["drop", "write", "reset"] {
            let mut client = connect(address);
            client.write_all(&bytes).unwrap();
            match how {
                "drop" => drop(client),
                "write" => {
                    client.shutdown(Shutdown::Write).unwrap();
                    let mut rest = Vec::new();
                    let _ = client.read_to_end(&mut rest);
                }
                // A connection that is dropped with bytes unread is reset.
                _ => {
                    let _ = client.write_all(GET_INFO);
                    // Not everywhere is there an answer.
                    let patience = Some(Duration::from_millis(50));
                    client.set_read_timeout(patience).unwrap();
                    let _ = client.peek(&mut [0]);
                    drop(client);
                }
            }
            wait_for_open(address, 0);
        }
    }
    assert_eq!(ask(address, GET_INFO).unwrap().status, 200);
}

/// Who asks and never reads: the server writes until the buffers between are full, and reads no further
/// then. What it takes is bounded by the bytes that the system holds for both ends.
#[test]
fn who_never_reads_is_read_no_further() {
    let (_api, server) = server(Options::default());
    let mut client = connect(server.address());
    client.set_nonblocking(true).unwrap();
    let (mut taken, mut pauses) = (0, 0);
    while pauses < 50 {
        match client.write(&GET_INFO.repeat(100)) {
            Ok(bytes) => (taken, pauses) = (taken + bytes, 0),
            Err(_) => {
                pauses += 1;
                std::thread::sleep(Duration::from_millis(10));
            }
        }
    }
    // An answer is ten times as long as its request; each direction holds some megabytes.
    assert!(taken < 16 << 20, "{taken} bytes");
    // It is served, and goes on to be where it reads again.
    client.set_nonblocking(false).unwrap();
    assert!(taken / GET_INFO.len() > 100, "{taken} bytes");
    for _ in 0..100 {
        assert_eq!(read(&mut client).map(|answer| answer.status), Some(200));
    }
    assert_eq!(ask(server.address(), GET_INFO).unwrap().status, 200);
}

/// A byte at a time, each of which comes within the time: the time is that of the whole head and of the
/// whole body.
#[test]
fn bytes_that_drip_do_not_lengthen_the_time() {
    let (_api, server) = server(impatient());
    for (bytes, told) in [
        (GET_INFO.repeat(4), None),
        (
            framed("Content-Length: 5000\r\n", &" ".repeat(5000)),
            Some(408),
        ),
        (chunked(&"1\r\n \r\n".repeat(5000)), Some(408)),
    ] {
        let at_once = bytes.windows(4).position(|end| end == b"\r\n\r\n").unwrap() + 4;
        let at_once = if told.is_some() { at_once } else { 0 };
        let mut client = connect(server.address());
        client.write_all(&bytes[..at_once]).unwrap();
        let mut reader = client.try_clone().unwrap();
        let answer = std::thread::spawn(move || read(&mut reader));
        let mut sent = 0;
        for byte in &bytes[at_once..] {
            if answer.is_finished() || client.write_all(&[*byte]).is_err() {
                break;
            }
            sent += 1;
            std::thread::sleep(SHORT / 20);
        }
        let answer = answer.join().unwrap();
        assert_eq!(answer.map(|answer| answer.status), told);
        // The time was up before the last byte, each of which came in time.
        assert!(sent < bytes.len() - at_once, "{sent} bytes");
    }
}

#[test]
fn chunks_are_of_the_grammar_and_within_the_bound() {
    let (_api, server) = server(Options {
        max_body: 1000,
        ..Options::default()
    });
    let of = |size: usize| format!("{size:x}\r\n{}\r\n0\r\n\r\n", " ".repeat(size));
    let one = format!("18\r\n{EOSIO}\r\n0\r\n");
    let parts: String = EOSIO.chars().map(|c| format!("1\r\n{c}\r\n")).collect();
    for (body, status) in [
        (format!("{one}\r\n"), 200),
        (format!("{parts}0\r\n\r\n"), 200),
        (one.replacen("18", "000018;ext=\"a b\"", 1) + "\r\n", 200),
        // Trailers are passed over, whatever they say.
        (
            format!("{one}Content-Length: 7\r\nHost: evil.example\r\n\r\n"),
            200,
        ),
        (format!("{one}no colon\r\n\r\n"), 400),
        (format!("{one}X: {}\r\n\r\n", "x".repeat(20_000)), 400),
        (of(1000), 400),
        (of(1001), 413),
        (of(600).replace("0\r\n\r\n", "") + &of(600), 413),
        ("g\r\n".into(), 400),
        ("-1\r\n".into(), 400),
        ("\r\n\r\n".into(), 400),
        ("18\n{".into(), 400),
        (format!("17\r\n{EOSIO}\r\n0\r\n\r\n"), 400),
        // More than 64 bits, and less.
        ("10000000000000018\r\n".into(), 400),
        ("fffffffffffffffff\r\n".into(), 400),
        ("7fffffffffffffff\r\n{}".into(), 400),
        (format!("18;{}\r\n", "x".repeat(20_000)), 400),
        (format!("{}18\r\n{EOSIO}", "0".repeat(20_000)), 400),
        // It stops in the middle of a chunk, and before the last one.
        ("18\r\n{\"account".into(), 400),
        (format!("18\r\n{EOSIO}\r\n"), 400),
    ] {
        let answers = all(&server, &chunked(&body));
        let text = &body[..body.len().min(60)];
        assert_eq!(statuses(&answers), [status], "{text:?}: {answers:?}");
    }
    wait_for_open(server.address(), 0);
}

/// Zeros that belong to nobody's body are no next request: after a body that was refused the connection
/// ends, or what follows is read from where the body ends.
#[test]
fn what_follows_a_refused_body_is_not_taken_for_a_request() {
    let (_api, server) = server(Options {
        max_body: 1000,
        ..Options::default()
    });
    let smuggled = "GET /v1/chain/get_info HTTP/1.1\r\nHost: localhost\r\n\r\n";
    for (request, first) in [
        (chunked(&format!("zz\r\n{smuggled}")), 400),
        (chunked(&format!("18\r\n{EOSIO}{smuggled}")), 400),
        (framed("Content-Length: 5000\r\n", smuggled), 413),
        (framed("Content-Length: 900\r\n", smuggled), 400),
        (framed("Content-Length: x\r\n", smuggled), 400),
        (
            framed("Content-Length: 1\r\nContent-Length: 2\r\n", smuggled),
            400,
        ),
        (framed("Transfer-Encoding: gzip\r\n", smuggled), 400),
        (
            framed("Transfer-Encoding: chunked, gzip\r\n", smuggled),
            400,
        ),
    ] {
        let answers = all(&server, &request);
        let text = String::from_utf8_lossy(&request).into_owned();
        assert_eq!(statuses(&answers), [first], "{text:?}");
    }
}

/// Equal lengths are one; chunks win over a length, and the connection ends, since a proxy before this
/// server may have taken the length for it.
#[test]
fn a_length_that_is_told_twice_is_one_and_beside_chunks_none() {
    let (_api, server) = server(Options::default());
    let length = format!("Content-Length: {}\r\n", EOSIO.len());
    let twice = [framed(&length.repeat(2), EOSIO), NEXT.to_vec()].concat();
    assert_eq!(statuses(&all(&server, &twice)), [200, 200]);
    let both = format!("{length}Transfer-Encoding: chunked\r\n");
    for headers in [
        both.clone(),
        both.lines().rev().map(|it| format!("{it}\r\n")).collect(),
    ] {
        let body = format!("18\r\n{EOSIO}\r\n0\r\n\r\n");
        let request = [framed(&headers, &body), NEXT.to_vec()].concat();
        let answers = all(&server, &request);
        assert_eq!(statuses(&answers), [200]);
        assert_eq!(answers[0].header("connection"), Some("close"));
    }
}

#[test]
fn requests_that_are_sent_at_once_are_answered_in_their_order() {
    let (_api, server) = server(Options::default());
    let count = 500;
    let mut bytes = Vec::new();
    for index in 0..count {
        bytes.extend(post(
            "/v1/chain/get_code_hash",
            &format!("{{\"account_name\":\"a{}\"}}", name(index)),
        ));
    }
    bytes.extend(NEXT);
    let answers = all(&server, &bytes);
    assert_eq!(answers.len(), count + 1);
    for (index, answer) in answers[..count].iter().enumerate() {
        let wanted = format!("a{}", name(index));
        assert!(answer.body.contains(&wanted), "{index}: {}", answer.body);
    }
    // A wrong one among them ends the connection; those before it are answered.
    let wrong = [GET_INFO, GET_INFO, b"\0\r\n\r\n", GET_INFO].concat();
    assert_eq!(statuses(&all(&server, &wrong)), [200, 200, 400]);
    // So does one that asks for it.
    let closing = [GET_INFO, NEXT, GET_INFO].concat();
    assert_eq!(statuses(&all(&server, &closing)), [200, 200]);
}

/// Letters by which accounts differ.
fn name(mut index: usize) -> String {
    let mut text = String::new();
    for _ in 0..3 {
        text.push(char::from(b'a' + (index % 26) as u8));
        index /= 26;
    }
    text
}

#[test]
fn a_client_that_waits_to_be_told_to_go_on_is_told_once_or_refused() {
    let (_api, server) = server(Options {
        max_body: 1000,
        ..Options::default()
    });
    let expecting = |version: &str, expect: &str, length: &str, body: &str| {
        format!("POST /v1/chain/get_code_hash HTTP/{version}\r\nHost: localhost\r\nExpect: {expect}\r\n{length}\r\n{body}").into_bytes()
    };
    let fits = format!("Content-Length: {}\r\n", EOSIO.len());
    let chunks = format!("18\r\n{EOSIO}\r\n0\r\n\r\n");
    for (request, told) in [
        (
            expecting("1.1", "100-continue", &fits, EOSIO),
            vec![100, 200],
        ),
        (
            expecting("1.1", "100-CONTINUE", &fits, EOSIO),
            vec![100, 200],
        ),
        (
            expecting(
                "1.1",
                "100-continue",
                "Transfer-Encoding: chunked\r\n",
                &chunks,
            ),
            vec![100, 200],
        ),
        (expecting("1.1", "100-continue", "", ""), vec![400]),
        (
            expecting("1.1", "100-continue", "Content-Length: 0\r\n", ""),
            vec![400],
        ),
        (
            expecting("1.1", "100-continue", "Content-Length: 1001\r\n", ""),
            vec![413],
        ),
        // Another expectation is passed over, as on a node, and HTTP/1.0 has none.
        (expecting("1.1", "200-ok", &fits, EOSIO), vec![200]),
        (expecting("1.0", "100-continue", &fits, EOSIO), vec![200]),
    ] {
        let answers = all(&server, &request);
        assert_eq!(
            statuses(&answers),
            told,
            "{}",
            String::from_utf8_lossy(&request)
        );
    }
}

#[test]
fn targets_that_are_no_paths_are_refused_and_the_connection_goes_on() {
    let (_api, server) = server(Options::default());
    for target in [
        "http://localhost/v1/chain/get_info",
        "http://evil.example/v1/chain/get_info",
        "ws://localhost/",
        "*",
        "localhost:80",
        "/v1/../v1/chain/get_info",
        "/v1/chain/get_info?..",
    ] {
        let request = format!("GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n").into_bytes();
        let answers = all(&server, &[&request, NEXT].concat());
        assert_eq!(statuses(&answers), [400, 200], "{target}");
        assert_eq!(answers[0].json()["message"], "Illegal request-target");
    }
    // An upgrade is not an answer to anything that this server has.
    let upgrade = "GET /v1/chain/get_info HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
    for upgrade in [upgrade.to_owned(), upgrade.replace("websocket", "h2c")] {
        let answers = all(&server, &[upgrade.as_bytes(), NEXT].concat());
        assert_eq!(statuses(&answers), [200, 200]);
        assert_eq!(answers[0].header("upgrade"), None);
    }
    // HTTP/2 without a word before, and TLS.
    for other in [
        &b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"[..],
        b"\x16\x03\x01\x02\0\x01",
    ] {
        let answers = all(&server, &[other, NEXT].concat());
        let refused = matches!(statuses(&answers)[..], [] | [400]);
        assert!(refused, "{answers:?}");
    }
}

#[test]
fn old_clients_are_kept_where_they_ask_for_it() {
    let (_api, server) = server(Options::default());
    let old =
        |more: &str| format!("GET /v1/chain/get_info HTTP/1.0\r\nHost: localhost\r\n{more}\r\n");
    for (more, answered) in [
        ("", 1),
        ("Connection: close\r\n", 1),
        ("Connection: keep-alive\r\n", 3),
        ("Connection: Keep-Alive\r\n", 3),
    ] {
        let answers = all(&server, old(more).repeat(3).as_bytes());
        assert_eq!(answers.len(), answered, "{more:?}");
        for answer in answers {
            assert!(
                answer.head.starts_with("HTTP/1.0 200 OK\r\n"),
                "{}",
                answer.head
            );
            let kept = answer.header("connection") == Some("keep-alive");
            assert_eq!(kept, answered > 1, "{more:?}: {}", answer.head);
        }
    }
}

/// A head has at most 16 KiB and a hundred headers. So much is read, and no more.
#[test]
fn heads_are_bounded_in_bytes_and_headers() {
    let (_api, server) = server(Options::default());
    let with = |headers: usize| {
        let more: String = (1..headers)
            .map(|index| format!("X-{index}: y\r\n"))
            .collect();
        format!("GET /v1/chain/get_info HTTP/1.1\r\nHost: localhost\r\n{more}\r\n")
    };
    for (headers, status) in [(100, 200), (101, 431), (1000, 431)] {
        let answers = all(&server, with(headers).as_bytes());
        assert_eq!(statuses(&answers), [status], "{headers}");
    }
    let long = |target: usize, header: usize| {
        format!(
            "GET /{} HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n",
            "a".repeat(target),
            "b".repeat(header)
        )
    };
    for (target, header, status) in [
        (1000, 15_000, 404),
        (15_000, 1000, 404),
        (1000, 17_000, 431),
        (17_000, 1000, 431),
    ] {
        let answers = all(&server, long(target, header).as_bytes());
        assert_eq!(statuses(&answers), [status], "{target} {header}");
    }
    // One that does not end: the server stops reading, so that only what the system holds is sent.
    for endless in [
        "GET /",
        "GET / HTTP/1.1\r\nX: ",
        "GET / HTTP/1.1\r\nX: y\r\n",
    ] {
        let mut client = connect(server.address());
        let _ = client.write_all(endless.as_bytes());
        let part = endless.as_bytes()[endless.len().min(16)..].to_vec();
        let part = if part.is_empty() { b"a".to_vec() } else { part };
        let sent = until_refused(&mut client, &part.repeat(4096 / part.len()));
        assert!(sent < 16 << 20, "{endless:?}: {sent} bytes");
    }
    wait_for_open(server.address(), 0);
    assert_eq!(ask(server.address(), GET_INFO).unwrap().status, 200);
}

/// Sends a part again and again until the connection ends; how many bytes were sent.
fn until_refused(client: &mut TcpStream, part: &[u8]) -> usize {
    (0..100_000)
        .find(|_| client.write_all(part).is_err())
        .map_or(usize::MAX, |parts| parts * part.len())
}

/// Errors of the connection have the form of a node's, so that a client that reads one reads the other.
#[test]
fn refusals_are_errors_of_a_node() {
    let (_api, server) = server(Options {
        max_body: 10,
        ..impatient()
    });
    for (request, told) in [
        (
            framed("Content-Length: 11\r\n", ""),
            "{\"code\":413,\"message\":\"Payload Too Large\",\"error\":{\"code\":413,\"name\":\"Payload Too Large\",\"what\":\"expected a body of at most 10 bytes\",\"details\":[]}}",
        ),
        (
            framed("Content-Length: 9\r\n", "{"),
            "{\"code\":408,\"message\":\"Request Timeout\",\"error\":{\"code\":408,\"name\":\"Request Timeout\",\"what\":\"the body did not arrive within 300ms\",\"details\":[]}}",
        ),
        (
            b"GET * HTTP/1.1\r\n\r\n".to_vec(),
            "{\"code\":400,\"message\":\"Illegal request-target\",\"error\":{\"code\":0,\"name\":\"\",\"what\":\"\",\"details\":[]}}",
        ),
    ] {
        let answer = ask(server.address(), &request).unwrap();
        assert_eq!(answer.body, told);
        let value: Value = answer.json();
        assert_eq!(value["code"], answer.status);
    }
}
