//! The agenda, read and watched.

use crate::figures::{large, told};
use crate::support::{MEMBER, OTHER, PARTICIPANT, SEATS, Server, seat, settings};
use coop_index::samples::{CHAIRMAN, End, Sample};
use coop_server::ApiSettings;
use serde_json::{Value, json};
use std::net::TcpStream;
use std::time::{Duration, Instant};
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

    fn of(server: &Server, token: &str) -> Self {
        let (watcher, told) = Self::greeted(server, Some(token));
        assert_eq!(told["type"], "connection_ack");
        watcher
    }

    /// A connection whose first message says who it is, and what is answered.
    fn greeted(server: &Server, token: Option<&str>) -> (Self, Value) {
        let mut new = Self::connect(server, None, "graphql-transport-ws").unwrap();
        let mut payload = json!({ "Accept-Language": "en" });
        if let Some(token) = token {
            payload["authorization"] = json!(format!("Bearer {token}"));
        }
        new.tell(&json!({ "type": "connection_init", "payload": payload }));
        let told = new.hear();
        (new, told)
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
    let mut watcher = Watcher::of(&server, &token);
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
fn all_who_watch_are_told_the_same_and_each_what_is_new_to_them() {
    let server = Server::start(settings());
    let ids = |told: &Value| {
        let changed = told["data"]["agenda"]["changed"].as_array().unwrap();
        let mut ids: Vec<_> = changed
            .iter()
            .map(|it| it["id"].as_f64().unwrap())
            .collect();
        ids.sort_by(f64::total_cmp);
        ids
    };
    let (member, chairman) = (server.register(MEMBER), server.register(CHAIRMAN));
    let mut early = Watcher::of(&server, &member);
    early.watch("1", WATCH);
    let all = ids(&early.next());
    let mut late = Watcher::of(&server, &chairman);
    late.watch("1", WATCH);
    assert_eq!(ids(&late.next()), all);
    server.live(|sample| sample.vote(4, MEMBER, true));
    let told = [early.next(), late.next()];
    assert_eq!(ids(&told[0]), [4.0]);
    assert_eq!(told[0], told[1]);
    let mut latest = Watcher::of(&server, &chairman);
    latest.watch("1", WATCH);
    assert_eq!(ids(&latest.next()), all);
    server.live(|sample| sample.end(4, End::CarriedOut));
    for watcher in [&mut early, &mut late, &mut latest] {
        assert_eq!(watcher.next()["data"]["agenda"]["gone"], json!([4.0]));
    }
}

/// How long it takes from a vote until all of 64 watchers are told, at 1 000 open questions; `API_TENTHS=1` takes 100.
#[test]
#[ignore = "a bench, for an idle machine and a build in release"]
fn figures_of_watchers() {
    let tenths = std::env::var("API_TENTHS")
        .ok()
        .and_then(|it| it.parse().ok());
    let server = large(tenths.unwrap_or(10));
    let tokens = [server.register(MEMBER), server.register(CHAIRMAN)];
    for (voter, count) in (4..).zip([1, 16, 64]) {
        let tokens = tokens.iter().cycle().take(count);
        let mut watchers: Vec<_> = tokens.map(|it| Watcher::of(&server, it)).collect();
        let mut first = Value::Null;
        for watcher in &mut watchers {
            watcher.watch("1", WATCH);
            first = watcher.next()["data"]["agenda"]["changed"].clone();
        }
        let open = first.as_array().unwrap();
        let ids = open.iter().map(|it| it["id"].as_f64().unwrap());
        let mut times: Vec<_> = ids
            .take(20)
            .map(|id| {
                let start = Instant::now();
                server.live(|sample| sample.vote(id as u64, Sample::account(voter), true));
                for watcher in &mut watchers {
                    assert_eq!(watcher.next()["data"]["agenda"]["changed"][0]["id"], id);
                }
                start.elapsed()
            })
            .collect();
        times.sort_unstable();
        println!("{count:>3} watchers, {} open: {}", open.len(), told(&times));
    }
}

#[test]
fn who_has_no_seat_watches_nothing_and_who_has_not_logged_in_has_no_connection() {
    let server = Server::start(settings());
    let token = server.register(OTHER);
    let mut watcher = Watcher::of(&server, &token);
    watcher.watch("1", WATCH);
    let told = watcher.hear().to_string();
    assert!(told.contains("FORBIDDEN"), "{told}");
    assert!(!told.contains("votes_for"), "{told}");
    for (token, code) in [(Some("wrong"), 4403), (None, 4401)] {
        assert_eq!(Watcher::greeted(&server, token).1["closed"], code);
    }
    let mut hasty = Watcher::connect(&server, None, "graphql-transport-ws").unwrap();
    hasty.watch("1", WATCH);
    assert_eq!(hasty.hear()["closed"], 4401);
    let mut strange = Watcher::connect(&server, None, "graphql-transport-ws").unwrap();
    strange.tell(&json!({ "type": "nothing" }));
    assert_eq!(strange.hear()["closed"], 4400);
}

#[test]
fn an_id_names_one_operation_and_is_free_again_after_its_end() {
    let server = Server::start(settings());
    let token = server.register(CHAIRMAN);
    let mut watcher = Watcher::of(&server, &token);
    for _ in 0..2 {
        watcher.watch("1", "{ nothing }");
        let told = watcher.hear();
        assert_eq!(told["type"], "error");
        assert_eq!(told["payload"][0]["extensions"]["code"], "GRAPHQL_INVALID");
        watcher.watch("1", "{ getStatus { coopname } }");
        assert!(watcher.next()["data"]["getStatus"].is_object());
        assert_eq!(watcher.hear()["type"], "complete");
    }
    watcher.watch("1", WATCH);
    assert!(watcher.next()["data"]["agenda"].is_object());
    watcher.watch("2", WATCH);
    assert!(watcher.next()["data"]["agenda"].is_object());
    watcher.watch("1", WATCH);
    assert_eq!(watcher.hear()["closed"], 4409);
}

#[test]
fn a_connection_ends_to_be_good_with_its_token_and_with_its_role() {
    let server = Server::start(settings());
    let token = server.register(MEMBER);
    let read = "{ getAgenda { table { id } } }";
    let mut watcher = Watcher::of(&server, &token);
    watcher.watch("1", read);
    assert!(watcher.next()["data"]["getAgenda"].is_array());
    assert_eq!(watcher.hear()["type"], "complete");
    let ask = |watcher: &mut Watcher, id: &str, query: &str| {
        watcher.watch(id, query);
        let told = watcher.hear();
        assert_eq!((&told["type"], &told["id"]), (&json!("error"), &json!(id)));
        let error = &told["payload"][0];
        (
            error["extensions"]["code"].as_str().unwrap().to_owned(),
            error["message"].as_str().unwrap().to_owned(),
        )
    };
    server.row(false, SEATS, MEMBER.raw(), &seat(MEMBER, false));
    let (code, message) = ask(&mut watcher, "2", read);
    assert_eq!(code, "FORBIDDEN");
    // In the language that the first message asks for.
    assert!(message.starts_with("You may not"), "{message}");
    let query = format!("mutation {{ revokeSessions(username: \"{MEMBER}\") }}");
    let ended = server.ask(&query, json!({}), Some(&token));
    assert_eq!(ended.body["data"]["revokeSessions"], 1);
    assert_eq!(ask(&mut watcher, "3", read).0, "TOKEN_REFUSED");
    assert_eq!(ask(&mut watcher, "4", WATCH).0, "TOKEN_REFUSED");
    assert_eq!(ask(&mut watcher, "5", &query).0, "TOKEN_REFUSED");
}

#[test]
fn neither_one_account_nor_strangers_take_all_connections() {
    let server = Server::start(settings());
    let token = server.register(OTHER);
    let mut all: Vec<_> = (0..32).map(|_| Watcher::of(&server, &token)).collect();
    assert_eq!(Watcher::greeted(&server, Some(&token)).1["closed"], 4429);
    let member = server.register(MEMBER);
    drop(Watcher::of(&server, &member));
    all.clear();
    // A connection is given back a moment after it ends.
    let again = std::iter::repeat_with(|| Watcher::greeted(&server, Some(&token)).1)
        .take(1_000)
        .any(|it| it["type"] == "connection_ack");
    assert!(again);
    let few = Server::start(ApiSettings {
        connections: 1,
        ..settings()
    });
    let member = few.register(MEMBER);
    let _first = Watcher::of(&few, &member);
    let second = Watcher::connect(&few, None, "graphql-transport-ws").map(|_| ());
    assert_eq!(second, Err(503));
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
    let mut watcher = Watcher::of(&server, &token);
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
    let mut watcher = Watcher::of(&server, &server.register(OTHER));
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
