//! Requests that are too long, too deep, too many, too slow, or none.

use crate::support::{Server, settings};
use coop_server::ApiSettings;
use serde_json::json;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

const STATUS: &str = "{ getStatus { coopname } }";

fn json_type() -> Vec<(&'static str, String)> {
    vec![("Content-Type", "application/json".to_owned())]
}

#[test]
fn what_is_no_request_is_refused_with_a_code() {
    let server = Server::start(settings());
    let send = |method: &str, kind: &str, body: &str| {
        let headers = [("Content-Type", kind.to_owned())];
        let reply = server.send(method, &headers, body.as_bytes());
        (reply.status, reply.code().to_owned())
    };
    let good = json!({ "query": STATUS }).to_string();
    let bad = |status| (status, "BAD_REQUEST".to_owned());
    assert_eq!(
        send("POST", "application/json; charset=utf-8", &good),
        (200, String::new())
    );
    assert_eq!(send("POST", "text/plain", &good), bad(400));
    assert_eq!(
        send("POST", "application/x-www-form-urlencoded", &good),
        bad(400)
    );
    assert_eq!(
        send("POST", "multipart/form-data; boundary=a", &good),
        bad(400)
    );
    assert_eq!(send("GET", "application/json", ""), bad(405));
    assert_eq!(send("PUT", "application/json", &good), bad(405));
    assert_eq!(send("POST", "application/json", "{"), bad(400));
    assert_eq!(send("POST", "application/json", "[]"), bad(400));
    assert_eq!(
        send("POST", "application/json", "{}"),
        (200, "GRAPHQL_INVALID".to_owned())
    );
    assert_eq!(
        send("POST", "application/json", &format!("[{good},{good}]")),
        bad(400)
    );
    let wrong = json!({ "query": "{ nothing }" }).to_string();
    assert_eq!(
        send("POST", "application/json", &wrong),
        (200, "GRAPHQL_INVALID".to_owned())
    );
    let wrong = json!({ "query": "{ getStatus {" }).to_string();
    assert_eq!(
        send("POST", "application/json", &wrong),
        (200, "GRAPHQL_INVALID".to_owned())
    );
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let deep = format!("{{\"query\": \"{STATUS}\", \"variables\": {{\"a\": {deep}}}}}");
    assert_eq!(send("POST", "application/json", &deep), bad(400));
}

#[test]
fn long_deep_wide_and_repeated_queries_are_refused() {
    let server = Server::start(ApiSettings {
        body_bytes: 100_000,
        ..settings()
    });
    let ask = |query: &str| {
        let reply = server.ask(query, json!({}), None);
        (reply.status, reply.code().to_owned())
    };
    let refused = |status, code: &str| (status, code.to_owned());
    let deep = "query".to_owned() + &"{ a".repeat(40) + &" }".repeat(40);
    assert_eq!(ask(&deep), refused(200, "TOO_COMPLEX"));
    let deeper = "query".to_owned() + &"{ a".repeat(400) + &" }".repeat(400);
    assert_eq!(ask(&deeper), refused(400, "TOO_COMPLEX"));
    let of = "fields { type { ".repeat(8) + "name" + &" } }".repeat(8);
    let introspection = format!("{{ __schema {{ types {{ {of} }} }} }}");
    assert_eq!(ask(&introspection), refused(200, "TOO_COMPLEX"));
    let aliases: String = (0..31)
        .map(|number| format!("a{number}: coopname "))
        .collect();
    assert_eq!(
        ask(&format!("{{ getStatus {{ {aliases} }} }}")),
        refused(400, "TOO_COMPLEX")
    );
    let roots: String = (0..11)
        .map(|number| format!("a{number}: getStatus {{ coopname }} "))
        .collect();
    assert_eq!(ask(&format!("{{ {roots} }}")), refused(400, "TOO_COMPLEX"));
    let fields = "coopname ".repeat(5_001);
    assert_eq!(
        ask(&format!("{{ getStatus {{ {fields} }} }}")),
        refused(400, "TOO_COMPLEX")
    );
    let value = |count| format!("{}{}", "[".repeat(count), "]".repeat(count));
    let nested = format!("{{ verify(hash: {}) {{ is_recorded }} }}", value(1_800));
    assert_eq!(ask(&nested), refused(400, "TOO_COMPLEX"));
    let mut doubling = "{ ...F0 }".to_owned();
    for number in 0..28 {
        let next = number + 1;
        doubling += &format!(" fragment F{number} on Query {{ ...F{next} ...F{next} }}");
    }
    doubling += " fragment F28 on Query { __typename }";
    assert_eq!(ask(&doubling), refused(400, "TOO_COMPLEX"));
    let long = format!("# {}\n{STATUS}", "a".repeat(100_000));
    assert_eq!(ask(&long), refused(413, "TOO_LARGE"));
    let directives = "@skip(if: false) ".repeat(5);
    assert_eq!(
        ask(&format!("{{ getStatus {{ coopname {directives} }} }}")).1,
        "TOO_COMPLEX"
    );
    assert_eq!(ask(STATUS), refused(200, ""));
}

#[test]
fn what_comes_too_often_is_told_when_to_come_again() {
    let server = Server::start(ApiSettings {
        requests_a_minute: 5,
        ..settings()
    });
    let codes: Vec<_> = (0..7)
        .map(|_| server.ask(STATUS, json!({}), None))
        .collect();
    assert!(codes[..5].iter().all(|it| it.status == 200));
    let last = &codes[6];
    assert_eq!((last.status, last.code()), (429, "TOO_MANY_REQUESTS"));
    assert!(last.headers.contains("retry-after: 12"), "{}", last.headers);
    assert_eq!(last.body["errors"][0]["extensions"]["retry_after"], 12);
}

#[test]
fn a_client_that_is_slow_is_not_waited_for_and_holds_nobody_up() {
    let server = Server::start(ApiSettings {
        timeout: Duration::from_millis(300),
        ..settings()
    });
    let mut slow: Vec<_> = (0..20)
        .map(|_| {
            let mut stream = TcpStream::connect(server.address).unwrap();
            let head = "POST /v1/graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n\
                        Content-Length: 100\r\n\r\n{";
            stream.write_all(head.as_bytes()).unwrap();
            stream
        })
        .collect();
    assert_eq!(server.ask(STATUS, json!({}), None).status, 200);
    let mut answer = [0; 512];
    slow[0]
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    let length = slow[0].read(&mut answer).unwrap();
    let answer = String::from_utf8_lossy(&answer[..length]);
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
}

#[test]
fn more_requests_than_there_is_room_for_are_refused_and_the_others_are_answered() {
    let server = Server::start(ApiSettings {
        requests: 2,
        ..settings()
    });
    let hold = || {
        let mut stream = TcpStream::connect(server.address).unwrap();
        let head = "POST /v1/graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n\
                    Content-Length: 100\r\n\r\n{";
        stream.write_all(head.as_bytes()).unwrap();
        stream
    };
    let mut held = vec![hold()];
    let busy = (0..200).any(|_| {
        // One that came while the question before it was answered has been refused itself, so each round has another.
        held.push(hold());
        let reply = server.ask(STATUS, json!({}), None);
        reply.status == 503 && reply.code() == "BUSY"
    });
    assert!(busy, "nobody was refused");
    drop(held);
    let answered = (0..200).any(|_| server.ask(STATUS, json!({}), None).status == 200);
    assert!(answered, "nobody was answered");
}

#[test]
fn introspection_can_be_refused() {
    let server = Server::start(ApiSettings {
        introspection: false,
        ..settings()
    });
    let reply = server.ask("{ __schema { types { name } } }", json!({}), None);
    assert!(reply.body["data"]["__schema"].is_null(), "{:?}", reply.body);
    let reply = server.send(
        "POST",
        &json_type(),
        json!({ "query": STATUS }).to_string().as_bytes(),
    );
    assert_eq!(reply.code(), "");
}

#[test]
fn what_is_being_answered_when_the_server_ends_is_answered() {
    let mut server = Server::start(settings());
    let mut stream = TcpStream::connect(server.address).unwrap();
    let body = json!({ "query": STATUS }).to_string();
    let head = format!(
        "POST /v1/graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{{",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    // The server has the beginning once it answers another one.
    assert_eq!(server.ask(STATUS, json!({}), None).status, 200);
    let rest = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(200));
        stream.write_all(&body.as_bytes()[1..]).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    });
    server.stop();
    let answer = rest.join().unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(TcpStream::connect(server.address).is_err());
}
