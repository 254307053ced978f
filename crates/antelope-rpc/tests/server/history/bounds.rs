//! Clients that are slow, silent, broken or many, while an honest one is served.

use crate::history::reader::{Reader, Seen, range, recorded};
use crate::support::{ask, connect, is_closed, until};
use antelope_chain::Chain;
use antelope_history::Request;
use antelope_rpc::StateHistoryOptions;
use std::io::{Read, Write};
use std::time::Duration;
use tokio_tungstenite::tungstenite::{Bytes, Error, Message};

#[test]
fn requests_that_cannot_be_read_end_the_session() {
    let (_live, server) = recorded(5, StateHistoryOptions::default());
    let mut bad: Vec<Message> = [&[][..], &[3], &[1, 0, 0], &[2, 1], &[255; 40]]
        .into_iter()
        .map(|bytes| Message::Binary(bytes.to_vec().into()))
        .collect();
    let mut wrong_bool = vec![1; 17];
    wrong_bool[13] = 0;
    wrong_bool[14] = 2;
    bad.push(Message::Binary(wrong_bool.into()));
    bad.push(Message::Text("what?".into()));
    bad.push(Message::Binary(vec![0; (256 << 10) + 1].into()));
    for message in bad {
        let mut reader = Reader::connect(server.address());
        assert_eq!(reader.status().head.block_num, 5);
        reader.say(message.clone());
        assert_eq!(reader.read(), Seen::Closed, "{message:?}");
    }
    let mut honest = Reader::connect(server.address());
    assert_eq!(honest.status().head.block_num, 5);
}

#[test]
fn the_client_is_told_why_its_session_ends() {
    let (_live, server) = recorded(5, StateHistoryOptions::default());
    let mut reader = Reader::connect(server.address());
    reader.say(Message::Binary(vec![9].into()));
    match reader.socket().read() {
        Ok(Message::Close(Some(frame))) => {
            assert_eq!(u16::from(frame.code), 1007);
            assert_eq!(frame.reason.as_str(), "expected a request of the ABI");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn text_is_taken_and_what_follows_a_request_is_ignored() {
    let (_live, server) = recorded(5, StateHistoryOptions::default());
    let mut reader = Reader::connect(server.address());
    for message in [
        Message::Text("\0".into()),
        Message::Binary(Bytes::from_static(b"\0and more")),
        Message::Binary(Bytes::from_static(b"\x80\0")),
    ] {
        reader.say(message.clone());
        assert!(matches!(reader.read(), Seen::Status(_)), "{message:?}");
    }
}

#[test]
fn other_requests_than_a_handshake_are_answered() {
    let (_live, server) = recorded(5, StateHistoryOptions::default());
    for request in [
        "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "POST /v1/chain/get_info HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}",
    ] {
        let answer = ask(server.address(), request.as_bytes()).unwrap();
        assert_eq!(answer.status, 400);
        assert!(answer.body.contains("websocket"), "{answer:?}");
    }
}

#[test]
fn a_handshake_has_its_time() {
    let (_live, server) = recorded(
        5,
        StateHistoryOptions {
            handshake_timeout: Duration::from_millis(200),
            ..StateHistoryOptions::default()
        },
    );
    let mut slow = connect(server.address());
    slow.write_all(b"GET / HTTP/1.1\r\nUpgrade: web").unwrap();
    assert!(is_closed(&mut slow));
}

#[test]
fn more_sessions_than_there_are_places_are_turned_away() {
    let options = StateHistoryOptions {
        max_sessions: 3,
        ..StateHistoryOptions::default()
    };
    let (_live, server) = recorded(5, options);
    let mut readers: Vec<_> = (0..3).map(|_| Reader::connect(server.address())).collect();
    let handshake = b"GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n";
    for _ in 0..20 {
        assert_eq!(ask(server.address(), handshake).unwrap().status, 503);
    }
    assert_eq!(server.counts().refused(), 20);
    for reader in &mut readers {
        assert_eq!(reader.status().head.block_num, 5);
    }
    // A place that is free again is taken again.
    readers.pop();
    until("the end of a session", || server.counts().sessions() <= 2);
    // The place is given back a moment after the session was counted.
    until("a place", || {
        let answer = ask(server.address(), handshake).unwrap();
        assert!([101, 503].contains(&answer.status), "{}", answer.status);
        answer.status == 101
    });
}

#[test]
fn a_client_that_reads_nothing_keeps_nobody_waiting() {
    let (live, server) = recorded(5, StateHistoryOptions::default());
    let mut deaf: Vec<_> = (0..20).map(|_| Reader::connect(server.address())).collect();
    for reader in &mut deaf {
        // Thousands of results of blocks, and more requests than the queue takes.
        reader
            .stream()
            .set_write_timeout(Some(Duration::from_millis(50)))
            .unwrap();
        for _ in 0..40 {
            reader.blocks(&range(1, u32::MAX, u32::MAX));
        }
    }
    let mut honest = Reader::connect(server.address());
    honest.blocks(&range(1, u32::MAX, u32::MAX));
    assert_eq!(honest.numbers(5), [1, 2, 3, 4, 5]);
    for number in 6..400 {
        live.with(Chain::produce_block).unwrap().unwrap();
        assert_eq!(honest.numbers(1), [number]);
    }
    assert_eq!(honest.status().head.block_num, 399);
}

#[test]
fn a_client_that_does_not_acknowledge_is_sent_no_more_than_it_allows() {
    let (live, server) = recorded(5, StateHistoryOptions::default());
    let mut reader = Reader::connect(server.address());
    reader.blocks(&range(1, u32::MAX, 3));
    assert_eq!(reader.numbers(3), [1, 2, 3]);
    for _ in 0..200 {
        live.with(Chain::produce_block).unwrap().unwrap();
    }
    assert_eq!(reader.settle(), []);
    assert_eq!(server.counts().blocks(), 3);
    reader.send(&Request::Ack(1));
    let result = reader.next();
    assert_eq!(result.this_block.unwrap().block_num, 4);
    assert_eq!(result.head.block_num, 205);
}

#[test]
fn silent_clients_are_pinged_and_those_without_an_answer_are_dropped() {
    let options = StateHistoryOptions {
        ping_every: Duration::from_millis(50),
        patience: Duration::from_millis(400),
        ..StateHistoryOptions::default()
    };
    let (_live, server) = recorded(5, options);
    let mut dead = Reader::connect(server.address());
    let mut alive = Reader::connect(server.address());
    // The websocket answers pings while it is read.
    alive
        .stream()
        .set_read_timeout(Some(Duration::from_millis(20)))
        .unwrap();
    let mut pings = 0;
    until("pings", || {
        match alive.socket().read() {
            Ok(Message::Ping(_)) => pings += 1,
            Ok(other) => panic!("{other:?}"),
            Err(Error::Io(_)) => {}
            Err(error) => panic!("{error}"),
        }
        pings >= 30
    });
    until("the end of the dead session", || {
        let _ = alive.socket().read();
        server.counts().sessions() <= 1
    });
    let mut rest = Vec::new();
    dead.stream().read_to_end(&mut rest).unwrap();
    alive
        .stream()
        .set_read_timeout(Some(crate::support::PATIENCE))
        .unwrap();
    assert_eq!(alive.status().head.block_num, 5);
}

#[test]
fn pings_of_clients_are_answered() {
    let (_live, server) = recorded(5, StateHistoryOptions::default());
    let mut reader = Reader::connect(server.address());
    reader.say(Message::Ping(Bytes::from_static(b"hello")));
    match reader.socket().read().unwrap() {
        Message::Pong(bytes) => assert_eq!(&bytes[..], b"hello"),
        other => panic!("{other:?}"),
    }
}
