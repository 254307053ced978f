//! What a good client gets.

use crate::support::{GET_INFO, api, ask, connect, post, read, server};
use antelope_rpc::{Cors, Options, Server};
use std::io::Write;

#[test]
fn a_connection_serves_one_request_after_the_other() {
    let (_api, server) = server(Options::default());
    let mut stream = connect(server.address());
    for _ in 0..3 {
        stream.write_all(GET_INFO).unwrap();
        let answer = read(&mut stream).unwrap();
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("content-type"), Some("application/json"));
        assert!(answer.json()["head_block_num"].is_number());
    }
    // Two at once are answered in their order.
    stream.write_all(&[GET_INFO, GET_INFO].concat()).unwrap();
    assert_eq!(read(&mut stream).unwrap().status, 200);
    assert_eq!(read(&mut stream).unwrap().status, 200);
}

#[test]
fn origins_are_those_of_the_options() {
    let cors = Cors {
        allow_origin: Some("https://desk.example".to_owned()),
        allow_headers: Some("Content-Type".to_owned()),
        max_age: Some("60".to_owned()),
        allow_credentials: true,
    };
    let (_api, server) = server(Options {
        cors,
        ..Options::default()
    });
    let preflight = b"OPTIONS /v1/chain/get_info HTTP/1.1\r\nHost: localhost\r\nOrigin: https://desk.example\r\n\r\n";
    for request in [preflight.as_slice(), GET_INFO] {
        let answer = ask(server.address(), request).unwrap();
        assert_eq!(answer.status, 200);
        assert_eq!(
            answer.header("access-control-allow-origin"),
            Some("https://desk.example")
        );
        assert_eq!(
            answer.header("access-control-allow-headers"),
            Some("Content-Type")
        );
        assert_eq!(answer.header("access-control-max-age"), Some("60"));
        assert_eq!(
            answer.header("access-control-allow-credentials"),
            Some("true")
        );
    }
}

#[test]
fn no_origin_is_allowed_unless_it_was_named() {
    let (_api, server) = server(Options::default());
    let answer = ask(server.address(), GET_INFO).unwrap();
    assert_eq!(answer.header("access-control-allow-origin"), None);
}

#[test]
fn names_that_lead_here_are_refused_unless_they_were_given() {
    let options = Options {
        hosts: Some(vec!["node.example".to_owned()]),
        ..Options::default()
    };
    let (_api, server) = server(options);
    for (host, status) in [
        ("localhost", 200),
        ("127.0.0.1:1", 200),
        ("node.example", 200),
        ("evil.example", 400),
    ] {
        let request = format!("GET /v1/chain/get_info HTTP/1.1\r\nHost: {host}\r\n\r\n");
        let answer = ask(server.address(), request.as_bytes()).unwrap();
        assert_eq!(answer.status, status, "{host}: {answer:?}");
    }
}

#[test]
fn health_and_metrics_tell_of_the_chain_and_of_calls() {
    let (api, server) = server(Options::default());
    api.with(|chain| chain.produce_block()).unwrap();
    let head = api.fork().head().number();
    let health = ask(
        server.address(),
        b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n",
    )
    .unwrap();
    assert_eq!(health.status, 200);
    assert_eq!(health.json()["head_block_num"], head);
    ask(server.address(), &post("/v1/chain/get_account", "{}")).unwrap();
    ask(server.address(), &post("/v1/chain/no_such_call", "{}")).unwrap();
    let metrics = ask(
        server.address(),
        b"GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n",
    )
    .unwrap();
    for line in [
        r#"antelope_http_calls_total{call="chain/get_account",status="400"} 1"#,
        r#"antelope_http_calls_total{call="unknown",status="404"} 1"#,
        &format!("antelope_head_block {head}"),
        "antelope_http_refused_total 0",
    ] {
        assert!(
            metrics.body.lines().any(|found| found == line),
            "{line}\n{}",
            metrics.body
        );
    }
}

#[test]
fn a_taken_port_is_named_with_the_cure() {
    let (_api, first) = server(Options::default());
    let error = Server::start(api(), first.address(), Options::default()).unwrap_err();
    let text = error.to_string();
    assert!(text.contains(&first.address().to_string()), "{text}");
    assert!(text.contains("another program listens there"), "{text}");
}

#[test]
fn a_request_that_has_come_is_answered_before_the_server_ends() {
    let (api, server) = server(Options::default());
    let mut stream = connect(server.address());
    let (held, release) = (std::sync::Barrier::new(2), std::sync::Barrier::new(2));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            api.with(|_| {
                held.wait();
                release.wait();
            });
        });
        held.wait();
        // It waits for the chain.
        stream.write_all(GET_INFO).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(100));
        let ending = scope.spawn(|| server.shut_down());
        std::thread::sleep(std::time::Duration::from_millis(100));
        release.wait();
        assert_eq!(read(&mut stream).unwrap().status, 200);
        ending.join().unwrap();
    });
}
