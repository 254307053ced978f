//! The agenda, read and watched.

use crate::support::{MEMBER, OTHER, PARTICIPANT, SEATS, Server, seat, settings};
use coop_index::samples::{CHAIRMAN, End};
use serde_json::{Value, json};
use std::net::TcpStream;
use std::time::Duration;
use tungstenite::client::IntoClientRequest;
use tungstenite::{Message, WebSocket, client};

const WATCH: &str = "subscription { agenda { block_num changed { id status votes_for } gone } }";

/// A connection of somebody.
struct Watcher(WebSocket<TcpStream>);

impl Watcher {
    fn connect(server: &Server, origin: Option<&str>, protocol: &str) -> Result<Self, u16> {
        let stream = TcpStream::connect(server.address).unwrap();
        let patience = Some(Duration::from_secs(60));
        stream.set_read_timeout(patience).unwrap();
        let url = format!("ws://{}/v1/graphql", server.address);
        let mut request = url.into_client_request().unwrap();
        let headers = request.headers_mut();
        headers.insert("Sec-WebSocket-Protocol", protocol.parse().unwrap());
        if let Some(origin) = origin {
            headers.insert("Origin", origin.parse().unwrap());
        }
        match client(request, stream) {
            Ok((socket, _)) => Ok(Self(socket)),
            Err(tungstenite::HandshakeError::Failure(tungstenite::Error::Http(answer))) => {
                Err(answer.status().as_u16())
            }
            Err(error) => panic!("{error}"),
        }
    }

    fn of(server: &Server, token: Option<&str>) -> Self {
        let mut new = Self::connect(server, None, "graphql-transport-ws").unwrap();
        let payload = token.map(|it| json!({ "authorization": format!("Bearer {it}") }));
        new.tell(&json!({ "type": "connection_init", "payload": payload }));
        assert_eq!(new.hear()["type"], "connection_ack");
        new
    }

    fn tell(&mut self, message: &Value) {
        self.0.send(Message::text(message.to_string())).unwrap();
    }

    fn watch(&mut self, id: &str, query: &str) {
        let payload = json!({ "query": query });
        self.tell(&json!({ "type": "subscribe", "id": id, "payload": payload }));
    }

    fn hear(&mut self) -> Value {
        loop {
            match self.0.read().unwrap() {
                Message::Text(text) => return serde_json::from_str(text.as_str()).unwrap(),
                Message::Close(frame) => {
                    return json!({ "closed": frame.map(|it| u16::from(it.code)) });
                }
                _ => {}
            }
        }
    }

    fn next(&mut self) -> Value {
        let told = self.hear();
        assert_eq!(told["type"], "next", "{told}");
        told["payload"].clone()
    }
}

#[test]
fn the_council_reads_the_agenda_with_documents_and_nobody_else_does() {
    let server = Server::start(settings());
    let (member, participant) = (server.register(MEMBER), server.register(PARTICIPANT));
    let query = "{ getAgenda { table { id type username approved authorized votes_for votes_against \
        statement { hash public_key signature meta } authorization { hash } expired_at } \
        action { name data transaction_id block_num global_sequence } \
        documents { statement { action { user { ... on Individual { last_name } } } \
          document { ... on ParticipantApplicationDocument { hash } \
                     ... on ProjectFreeDecisionDocument { hash meta { title registry_id } } } } \
          decision { action { name } } acts { document { hash } } links { hash } } } }";
    let reply = server.ask(query, json!({}), Some(&member));
    let agenda = reply.body["data"]["getAgenda"].as_array().unwrap();
    assert_eq!(agenda.len(), 2, "{:?}", reply.body);
    let question = &agenda[1];
    assert_eq!(question["table"]["type"], "freedecision");
    assert_eq!(question["table"]["votes_for"], json!([CHAIRMAN]));
    assert_eq!(question["action"]["name"], "newsubmitted");
    let statement = &question["documents"]["statement"];
    assert_eq!(statement["document"]["meta"]["registry_id"], 599);
    assert_eq!(
        statement["document"]["hash"],
        question["table"]["statement"]["hash"]
    );
    assert_eq!(statement["action"]["user"]["last_name"], "Секретова");
    assert!(question["documents"]["decision"].is_null());
    let refused = server.ask(query, json!({}), Some(&participant));
    assert_eq!(refused.code(), "FORBIDDEN");
    assert!(refused.body["data"].is_null());
}

#[test]
fn the_agenda_has_pages_that_stay_right_while_questions_come() {
    let server = Server::start(settings());
    let member = server.register(MEMBER);
    let page = |input: &str| {
        let query = format!("{{ getAgenda{input} {{ cursor table {{ id }} }} }}");
        server.ask(&query, json!({}), Some(&member))
    };
    let ids = |reply: &crate::support::Reply| -> Vec<f64> {
        let agenda = reply.body["data"]["getAgenda"].as_array().unwrap();
        agenda
            .iter()
            .map(|it| it["table"]["id"].as_f64().unwrap())
            .collect()
    };
    let all = ids(&page(""));
    let first = page("(data: { limit: 1 })");
    assert_eq!(ids(&first), all[..1]);
    let cursor = &first.body["data"]["getAgenda"][0]["cursor"];
    server.live(|sample| {
        sample.ask(0, OTHER, "позже");
    });
    let rest = page(&format!("(data: {{ cursor: {cursor} }})"));
    assert_eq!(ids(&rest), all[1..]);
    let cursor = &rest.body["data"]["getAgenda"][0]["cursor"];
    assert!(ids(&page(&format!("(data: {{ cursor: {cursor} }})"))).is_empty());
    for wrong in [
        "(data: { limit: 0 })",
        "(data: { limit: 501 })",
        "(data: { cursor: \"no\" })",
    ] {
        assert_eq!(page(wrong).code(), "BAD_INPUT", "{wrong}");
    }
}

#[test]
fn who_watches_the_agenda_is_told_of_votes_and_outcomes_until_they_leave_the_council() {
    let server = Server::start(settings());
    let token = server.register(MEMBER);
    let mut watcher = Watcher::of(&server, Some(&token));
    watcher.watch("1", WATCH);
    let first = watcher.next();
    let first = first["data"]["agenda"]["changed"]
        .as_array()
        .unwrap()
        .clone();
    assert_eq!(first.len(), 2);
    server.live(|sample| sample.vote(4, MEMBER, true));
    let second = watcher.next()["data"]["agenda"].clone();
    assert_eq!(second["changed"][0]["id"], 4.0);
    assert_eq!(
        second["changed"][0]["votes_for"].as_array().unwrap().len(),
        2
    );
    assert_eq!(second["changed"].as_array().unwrap().len(), 1);
    server.live(|sample| sample.end(4, End::CarriedOut));
    let third = watcher.next()["data"]["agenda"].clone();
    assert_eq!(third["gone"], json!([4.0]));
    server.row(false, SEATS, MEMBER.raw(), &seat(MEMBER, false));
    let last = watcher.next();
    assert_eq!(last["errors"][0]["extensions"]["code"], "FORBIDDEN");
    assert_eq!(watcher.hear()["type"], "complete");
}

#[test]
fn who_has_no_seat_or_no_token_watches_nothing() {
    let server = Server::start(settings());
    let token = server.register(OTHER);
    for (token, code) in [
        (Some(token.as_str()), "FORBIDDEN"),
        (Some("wrong"), "TOKEN_REFUSED"),
        (None, "UNAUTHENTICATED"),
    ] {
        let mut watcher = Watcher::of(&server, token);
        watcher.watch("1", WATCH);
        let told = watcher.hear();
        let text = told.to_string();
        assert!(text.contains(code), "{code}: {text}");
        assert!(!text.contains("votes_for"), "{text}");
    }
}

#[test]
fn connections_are_for_own_pages_one_protocol_and_a_bounded_number_of_subscriptions() {
    let server = Server::start(settings());
    let connect = |origin, protocol| Watcher::connect(&server, origin, protocol).map(|_| ());
    assert_eq!(
        connect(Some("https://evil.example"), "graphql-transport-ws"),
        Err(403)
    );
    assert_eq!(connect(None, "graphql-ws"), Err(400));
    let own = format!("http://{}", server.address);
    assert_eq!(connect(Some(&own), "graphql-transport-ws"), Ok(()));
    let token = server.register(CHAIRMAN);
    let mut watcher = Watcher::of(&server, Some(&token));
    let mut refused = 0;
    for number in 0..17 {
        watcher.watch(&number.to_string(), WATCH);
        let told = watcher.hear().to_string();
        refused += usize::from(told.contains("BUSY"));
    }
    assert_eq!(refused, 1);
    let long = format!("# {}\n{WATCH}", "a".repeat(70_000));
    let payload = json!({ "query": long });
    let message = json!({ "type": "subscribe", "id": "long", "payload": payload });
    let _ = watcher.0.send(Message::text(message.to_string()));
    let ended = std::iter::repeat_with(|| watcher.0.read())
        .take(40)
        .any(|it| it.is_err());
    assert!(ended, "a long message is taken");
}

#[test]
fn a_query_is_answered_over_a_connection_within_the_same_bounds() {
    let server = Server::start(settings());
    let mut watcher = Watcher::of(&server, None);
    watcher.watch("1", "{ getStatus { coopname } }");
    assert_eq!(
        watcher.next()["data"]["getStatus"]["coopname"],
        "zarechyekoop"
    );
    assert_eq!(watcher.hear()["type"], "complete");
    let aliases: String = (0..31)
        .map(|number| format!("a{number}: coopname "))
        .collect();
    watcher.watch("2", &format!("{{ getStatus {{ {aliases} }} }}"));
    assert!(watcher.hear().to_string().contains("TOO_COMPLEX"));
}
