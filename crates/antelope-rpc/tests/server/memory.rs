//! Memory, where clients send and ask for more than there is. The server is a process of its own, so
//! that only its memory is measured.

use crate::process::Process;
use crate::support::{GET_INFO, ask, connect, post, read};
use std::collections::BTreeMap;
use std::io::Write;
use std::net::TcpStream;

/// Bytes of a body that is not sent to its end.
const BODY: usize = 1 << 20;

/// Bytes that the server may hold.
const HELD: usize = 16 << 20;

/// What its memory may grow by beyond that, in KiB: buffers of connections, and the allocator.
const BESIDE: usize = 48 << 10;

/// Statuses of answers, counted; 0 for none.
fn counted(statuses: impl Iterator<Item = u16>) -> BTreeMap<u16, usize> {
    let mut counts = BTreeMap::new();
    statuses.for_each(|status| *counts.entry(status).or_default() += 1);
    counts
}

#[test]
fn bodies_that_do_not_end_are_held_up_to_the_bound() {
    let (process, address) = Process::serving(HELD, 20);
    assert_eq!(ask(address, GET_INFO).unwrap().status, 200);
    let before = process.resident();
    let head = format!(
        "POST /v1/chain/get_account HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\n\r\n",
        BODY + 1
    );
    let part = vec![b' '; BODY];
    let mut streams: Vec<TcpStream> = (0..200).map(|_| connect(address)).collect();
    for stream in &mut streams {
        // Some are refused before all is sent.
        let _ = stream.write_all(head.as_bytes());
        let _ = stream.write_all(&part);
    }
    // Small requests fit beside them.
    for _ in 0..100 {
        let request = b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";
        assert_eq!(ask(address, request).unwrap().status, 200);
    }
    let grown = process.resident().saturating_sub(before);
    assert!(grown < HELD / 1024 + BESIDE, "{grown} KiB");
    let counts = counted(
        streams
            .iter_mut()
            .map(|stream| read(stream).map_or(0, |answer| answer.status)),
    );
    let _ = writeln!(std::io::stderr(), "{counts:?}, {grown} KiB");
    // Those that are held are ended by the time for a body; who is refused while it sends may see
    // the connection reset before it reads why.
    let held = counts.get(&408).copied().unwrap_or_default();
    assert!((1..=HELD / BODY).contains(&held), "{counts:?}");
    let refused = [0, 503].map(|status| counts.get(&status).copied().unwrap_or_default());
    assert_eq!(held + refused[0] + refused[1], 200, "{counts:?}");
    assert_eq!(ask(address, GET_INFO).unwrap().status, 200);
}

#[test]
fn answers_that_are_not_read_are_held_up_to_a_bound() {
    let (process, address) = Process::serving(HELD, 20);
    assert_eq!(ask(address, GET_INFO).unwrap().status, 200);
    let before = process.resident();
    // Each connection asks as much as fits into the buffers between, and reads nothing.
    let many = GET_INFO.repeat(1000);
    let mut streams: Vec<TcpStream> = (0..300).map(|_| connect(address)).collect();
    for stream in &mut streams {
        stream.set_nonblocking(true).unwrap();
        while stream.write(&many).is_ok() {}
    }
    for _ in 0..200 {
        assert_eq!(ask(address, GET_INFO).unwrap().status, 200);
    }
    let grown = process.resident().saturating_sub(before);
    let _ = writeln!(std::io::stderr(), "{grown} KiB");
    assert!(grown < HELD / 1024 + BESIDE, "{grown} KiB");
}

#[test]
fn thousands_of_requests_leave_the_memory_as_it_was() {
    let (process, address) = Process::serving(HELD, 20);
    let deep = "[".repeat(500_000);
    let requests = [
        GET_INFO.to_vec(),
        post("/v1/chain/get_account", "{\"account_name\":\"eosio\"}"),
        post("/v1/chain/get_account", &deep),
        post("/nothing", "{}"),
    ];
    let run = |rounds: usize| {
        let mut stream = connect(address);
        let mut answered = 0;
        for round in 0..rounds {
            // The long one is rare.
            let request = &requests[if round % 100 == 0 {
                2
            } else {
                [0, 1, 3][round % 3]
            }];
            stream.write_all(request).unwrap();
            answered += usize::from(read(&mut stream).is_some());
        }
        answered
    };
    assert_eq!(run(1000), 1000);
    let before = process.resident();
    assert_eq!(run(4000), 4000);
    let grown = process.resident().saturating_sub(before);
    let _ = writeln!(std::io::stderr(), "{grown} KiB");
    assert!(grown < 16 << 10, "{grown} KiB");
}
