//! What goes wrong while a command runs.

use crate::home::Home;
use crate::life::Deed;
use std::collections::BTreeMap;
use std::process::{Child, Command};
use std::sync::Mutex;
use std::thread::sleep;
use std::time::{Duration, Instant};
use test_support::proxy::{Proxy, Spoil, sends};
use test_support::random::Random;

/// A fault of one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    None,
    /// Calls are spoiled here and there.
    Network,
    /// The transaction that is sent is spoiled, and nothing is answered afterwards.
    Gone(Spoil),
    /// Some of several addresses fail.
    Addresses,
    /// The head is of another time.
    Head(i64),
    /// The node is killed when a transaction is sent: before it has it, or after.
    NodeKilled(Spoil),
    /// The node is killed after so many milliseconds.
    NodeKilledAfter(u64),
    /// The program is killed when its transaction is on its way: before the node has it, or after.
    ProgramKilled(Spoil),
    /// The program is killed after so many milliseconds.
    ProgramKilledAfter(u64),
}

/// How one run of the program ended.
#[derive(Debug)]
pub struct Run {
    /// `None` where it was killed.
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Run {
    /// Runs a command to its end.
    pub fn of(home: &Home, urls: &[String], deed: &Deed, words: &[String]) -> Self {
        let mut all = words.to_vec();
        all.push("--yes".to_owned());
        Self::ended(home, home.command(urls, deed.who, &all).spawn().unwrap())
    }

    fn ended(home: &Home, child: Child) -> Self {
        let output = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Self {
            code: output.status.code(),
            out: text(output.stdout),
            err: std::fs::read_to_string(home.said()).unwrap_or_default(),
        }
    }

    /// Whether the user was told that it is done, even if the program was killed right after it.
    pub fn is_done(&self) -> bool {
        self.code == Some(0) || (self.code.is_none() && self.out.contains("executed "))
    }
}

/// Seconds around the limits: what expires, what is doubted, and what documents may differ by.
pub fn seconds(random: &mut Random) -> i64 {
    let around = random.pick(&[0, 30, 60, 600, 3_600, 86_400, 30 * 86_400]);
    let near = random.below(11) as i64 - 5;
    match random.one_in(2) {
        true => around + near,
        false => -(around + near),
    }
}

/// Something that a network does to a call of a node.
pub fn spoil(random: &mut Random) -> Spoil {
    let spoils = [
        Spoil::LostBefore,
        Spoil::LostAfter,
        Spoil::SilentBefore,
        Spoil::SilentAfter,
        Spoil::Status(429),
        Spoil::Status(503),
        Spoil::StatusAfter(502),
        Spoil::StatusAfter(504),
        Spoil::Slow(Duration::from_millis(100)),
        Spoil::Cut,
        Spoil::CutUnseen,
        Spoil::Garbage,
        Spoil::OtherChain,
        Spoil::Behind(100),
    ];
    random.pick(&spoils)
}

impl Fault {
    pub fn draw(random: &mut Random) -> Self {
        let sent = random.pick(&[Spoil::SilentBefore, Spoil::SilentAfter]);
        let lost = random.pick(&[Spoil::LostBefore, Spoil::LostAfter]);
        match random.below(10) {
            0 => Self::None,
            1 | 2 => Self::Network,
            3 => Self::Gone(lost),
            4 => Self::Addresses,
            5 => Self::Head(seconds(random)),
            6 => Self::NodeKilled(sent),
            7 => Self::NodeKilledAfter(random.below(1_500) as u64),
            8 => Self::ProgramKilled(sent),
            _ => Self::ProgramKilledAfter(random.below(1_500) as u64),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::None => "no fault",
            Self::Network => "spoiled calls",
            Self::Gone(_) => "node gone when a transaction was sent",
            Self::Addresses => "failing addresses",
            Self::Head(_) => "head of another time",
            Self::NodeKilled(_) => "kill -9 of the node at a transaction",
            Self::NodeKilledAfter(_) => "kill -9 of the node at any moment",
            Self::ProgramKilled(_) => "kill -9 of the program at its transaction",
            Self::ProgramKilledAfter(_) => "kill -9 of the program at any moment",
        }
    }

    /// Runs a command while this happens, and counts what did.
    pub fn run(
        self,
        home: &mut Home,
        random: &mut Random,
        deed: &Deed,
        words: &[String],
        counts: &mut BTreeMap<String, usize>,
    ) -> Run {
        *counts
            .entry(format!("runs with: {}", self.name()))
            .or_default() += 1;
        let proxies = self.proxies(home, random);
        let mut all = words.to_vec();
        all.push("--yes".to_owned());
        let mut urls: Vec<_> = proxies.iter().map(Proxy::url).collect();
        match self {
            Self::None => urls.push(home.url().to_owned()),
            // Nobody waits for half a minute in a test.
            _ => all.extend(["--timeout".to_owned(), "2".to_owned()]),
        }
        if self == Self::Addresses {
            let id = home.chain_id().to_string();
            let added = [
                "net",
                "add",
                "sample",
                "http://127.0.0.1:1",
                "--chain-id",
                &id,
            ];
            let added = Command::new(crate::support::program())
                .args(added)
                .env("VECHE_CONFIG", home.desk.path())
                .output();
            assert!(added.unwrap().status.success());
            all.extend(["-n".to_owned(), "sample".to_owned()]);
        }
        let child = home.command(&urls, deed.who, &all).spawn().unwrap();
        let run = self.meanwhile(home, child, &proxies);
        for proxy in &proxies {
            for (kind, count) in proxy.spoiled() {
                *counts.entry(format!("calls: {kind}")).or_default() += count;
            }
        }
        run
    }

    /// What is between the program and the node.
    fn proxies(self, home: &Home, random: &mut Random) -> Vec<Proxy> {
        let here = home.url().to_owned();
        let seed = random.next();
        match self {
            Self::None => Vec::new(),
            Self::Network => vec![here_and_there(&here, seed, 4)],
            Self::Gone(spoil) => vec![Proxy::ending_with(&here, spoil)],
            Self::Head(seconds) => {
                vec![Proxy::spoiling(&here, move |_, _| Spoil::Behind(seconds))]
            }
            Self::Addresses => addresses(&here, random),
            Self::NodeKilled(spoil) | Self::ProgramKilled(spoil) => {
                vec![Proxy::spoiling(&here, move |call, before| {
                    match (sends(call), before) {
                        (true, 0) => spoil,
                        _ => Spoil::Nothing,
                    }
                })]
            }
            Self::NodeKilledAfter(_) | Self::ProgramKilledAfter(_) => {
                vec![Proxy::spoiling(&here, |_, _| Spoil::Nothing)]
            }
        }
    }

    /// Kills what is to be killed, and waits for the program.
    fn meanwhile(self, home: &mut Home, mut child: Child, proxies: &[Proxy]) -> Run {
        let begin = Instant::now();
        // Whether the moment has come, before the program ends by itself.
        let mut comes = |is_there: &dyn Fn() -> bool| loop {
            if is_there() {
                break true;
            }
            if child.try_wait().unwrap().is_some() {
                break false;
            }
            sleep(Duration::from_millis(5));
        };
        let is_held = || proxies.iter().any(|it| it.held() > 0);
        let (is_node, has_come) = match self {
            Self::NodeKilled(_) => (true, comes(&is_held)),
            Self::ProgramKilled(_) => (false, comes(&is_held)),
            Self::NodeKilledAfter(ms) => {
                (true, comes(&|| begin.elapsed().as_millis() >= ms.into()))
            }
            Self::ProgramKilledAfter(ms) => {
                (false, comes(&|| begin.elapsed().as_millis() >= ms.into()))
            }
            _ => (false, false),
        };
        match (is_node, has_come) {
            (true, true) => {
                home.kill();
                home.restart();
                for proxy in proxies {
                    proxy.lead_to(home.url());
                }
            }
            (false, true) => child.kill().unwrap(),
            (_, false) => {}
        }
        Run::ended(home, child)
    }
}

/// A proxy that spoils a call in so many.
fn here_and_there(url: &str, seed: u64, chances: usize) -> Proxy {
    let random = Mutex::new(Random::new(seed));
    Proxy::spoiling(url, move |_, _| {
        let mut random = random.lock().unwrap();
        match random.one_in(chances) {
            true => spoil(&mut random),
            false => Spoil::Nothing,
        }
    })
}

/// Two to six addresses, of which one is honest; each of the others fails always, or now and then.
pub fn addresses(url: &str, random: &mut Random) -> Vec<Proxy> {
    let count = 2 + random.below(5);
    let honest = random.below(count);
    let proxies = (0..count).map(|number| match (number == honest, random.below(3)) {
        (true, _) => Proxy::spoiling(url, |_, _| Spoil::Nothing),
        (false, 0) => {
            let spoil = spoil(random);
            Proxy::spoiling(url, move |_, _| spoil)
        }
        (false, _) => here_and_there(url, random.next(), 2),
    });
    proxies.collect()
}
