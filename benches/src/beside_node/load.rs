//! Loads: so many requests by so many clients, and how long each waited.

use super::http::{Answer, Connection, post};
use super::world::World;
use crate::Failed;
use serde_json::json;
use std::sync::Barrier;
use std::time::{Duration, Instant};

/// A load of a round.
#[derive(Clone, Copy)]
pub struct Call {
    /// The first part of the names of its figures.
    name: &'static str,
    clients: usize,
    kind: Kind,
}

#[derive(Clone, Copy)]
enum Kind {
    Send,
    Info,
    Rows,
    Account,
}

/// The loads of a round, in their order.
pub const CALLS: [Call; 6] = [
    call("send_1", 1, Kind::Send),
    call("send_4", 4, Kind::Send),
    call("info", 1, Kind::Info),
    call("rows", 1, Kind::Rows),
    call("account", 1, Kind::Account),
    call("rows_4", 4, Kind::Rows),
];

const fn call(name: &'static str, clients: usize, kind: Kind) -> Call {
    Call {
        name,
        clients,
        kind,
    }
}

impl Call {
    /// `send`, `info`, `rows` or `account`.
    pub fn named(name: &str, clients: usize) -> Result<Self, Failed> {
        Ok(match name {
            "send" => call("send", clients, Kind::Send),
            "info" => call("info", clients, Kind::Info),
            "rows" => call("rows", clients, Kind::Rows),
            "account" => call("account", clients, Kind::Account),
            _ => return Err(format!("{name}: expected send, info, rows or account").into()),
        })
    }

    /// The first part of the names of its figures.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// How many requests it makes of `number` transfers: twice as many reads, since they are short.
    pub fn requests(&self, number: usize) -> f64 {
        match self.kind {
            Kind::Send => number as f64,
            Kind::Info | Kind::Rows | Kind::Account => 2.0 * number as f64,
        }
    }

    /// One load, and its figures by their names.
    pub fn measure(&self, world: &World, number: usize) -> Result<Vec<(String, f64)>, Failed> {
        let waits = match self.kind {
            Kind::Send => return Ok(self.named_all(send(world, number, self.clients)?)),
            Kind::Info => reads(world, number, self.clients, "get_info", &json!({}))?,
            Kind::Rows => {
                let request = json!({
                    "code": "eosio.token", "scope": "alice", "table": "accounts", "json": true,
                });
                reads(world, number, self.clients, "get_table_rows", &request)?
            }
            Kind::Account => {
                let request = json!({ "account_name": "alice" });
                reads(world, number, self.clients, "get_account", &request)?
            }
        };
        Ok(self.named_all(waits))
    }

    fn named_all(&self, waits: Waits) -> Vec<(String, f64)> {
        waits
            .figures()
            .map(|(what, value)| (format!("{}_{what}", self.name), value))
            .to_vec()
    }
}

/// How long a load took, and each of its requests, in ascending order.
pub struct Waits {
    total: Duration,
    each: Vec<Duration>,
}

impl Waits {
    fn figures(&self) -> [(&'static str, f64); 4] {
        let at = |share: f64| {
            let index = (self.each.len() as f64 * share) as usize;
            let wait = self.each.get(index.min(self.each.len().saturating_sub(1)));
            wait.map_or(0.0, Duration::as_secs_f64)
        };
        [
            ("tps", self.each.len() as f64 / self.total.as_secs_f64()),
            ("p50_us", at(0.5) * 1e6),
            ("p99_us", at(0.99) * 1e6),
            ("worst_ms", at(1.0) * 1e3),
        ]
    }
}

/// Transfers that were signed beforehand. Each must have been executed.
pub fn send(world: &World, number: usize, clients: usize) -> Result<Waits, Failed> {
    let requests = world.transfers(number)?;
    run(world, requests, clients, |answer| {
        answer.status == 202 && answer.has("\"status\":\"executed\"")
    })
}

/// The same reading call again and again: twice as many, since they are short.
fn reads(
    world: &World,
    number: usize,
    clients: usize,
    call: &str,
    body: &serde_json::Value,
) -> Result<Waits, Failed> {
    let request = post(
        world.address(),
        &format!("/v1/chain/{call}"),
        &body.to_string(),
    );
    run(world, vec![request; 2 * number], clients, |answer| {
        answer.status == 200
    })
}

/// Spreads requests over clients, all of which begin at the same time.
fn run(
    world: &World,
    requests: Vec<Vec<u8>>,
    clients: usize,
    accepted: fn(&Answer<'_>) -> bool,
) -> Result<Waits, Failed> {
    let barrier = Barrier::new(clients + 1);
    let share = requests.len().div_ceil(clients);
    let client = |requests: &[Vec<u8>]| -> Result<Vec<Duration>, String> {
        let connection = Connection::open(world.address());
        barrier.wait();
        let mut connection = connection.map_err(|error| error.to_string())?;
        let mut waits = Vec::with_capacity(requests.len());
        for request in requests {
            let start = Instant::now();
            let answer = connection.ask(request).map_err(|error| error.to_string())?;
            waits.push(start.elapsed());
            if !accepted(&answer) {
                let body = String::from_utf8_lossy(answer.body);
                return Err(format!("status {}: {body}", answer.status));
            }
        }
        Ok(waits)
    };
    let (total, each) = std::thread::scope(|scope| {
        let client = &client;
        let threads: Vec<_> = requests
            .chunks(share)
            .map(|part| scope.spawn(move || client(part)))
            .collect();
        barrier.wait();
        let start = Instant::now();
        let waits: Result<Vec<_>, String> = threads
            .into_iter()
            .map(|thread| {
                thread
                    .join()
                    .unwrap_or_else(|_| Err("a client panicked".to_owned()))
            })
            .collect();
        (start.elapsed(), waits)
    });
    let mut each = each?.concat();
    each.sort_unstable();
    Ok(Waits { total, each })
}
