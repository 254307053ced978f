//! A server, or a crowd of clients, in a process of its own: so that the memory of the one is
//! measured without the other, and the limit of open files holds for each.
//!
//! The process is this test program again, running one of the two ignored tests below. It ends when
//! its standard input does.

use crate::support::server;
use antelope_rpc::Options;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// The variable that tells the process what to do.
const TASK: &str = "ANTELOPE_RPC_TASK";

/// A process that runs until this is dropped.
pub struct Process {
    child: Child,
    lines: BufReader<std::process::ChildStdout>,
}

impl Process {
    fn start(test: &str, task: &str) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", test, "--ignored", "--nocapture"])
            .env(TASK, task)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap());
        Self { child, lines }
    }

    /// A server with these bounds: bytes in flight, seconds for a body and for writing.
    pub fn serving(max_bytes: usize, seconds: u64) -> (Self, SocketAddr) {
        let mut process = Self::start("process::serve", &format!("{max_bytes} {seconds}"));
        let address = process.told("address").parse().unwrap();
        (process, address)
    }

    /// Clients that open so many connections, and send `head` over each, one byte a second.
    pub fn dripping(address: SocketAddr, connections: usize, head: &str) -> Self {
        Self::start("process::drip", &format!("{address} {connections} {head}"))
    }

    /// What the process tells under this name, when it does.
    pub fn told(&mut self, name: &str) -> String {
        let mut line = String::new();
        loop {
            line.clear();
            let read = self.lines.read_line(&mut line).unwrap();
            assert!(read > 0, "the process has ended before it told {name}");
            // The first line begins with what the test harness writes.
            if let Some((_, rest)) = line.split_once(&format!("{name}=")) {
                return rest.trim().to_owned();
            }
        }
    }

    /// Its resident memory, in KiB.
    pub fn resident(&self) -> usize {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let number = line.unwrap().trim().trim_end_matches(" kB");
        number.parse().unwrap()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

fn task() -> Option<String> {
    std::env::var(TASK).ok()
}

fn tell(name: &str, value: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\n{name}={value}").unwrap();
    out.flush().unwrap();
}

fn wait_for_the_end() {
    let _ = std::io::stdin().read(&mut [0]);
}

#[test]
#[ignore = "a process of other tests"]
fn serve() {
    let Some(task) = task() else { return };
    let (max_bytes, seconds) = task.split_once(' ').unwrap();
    let patience = Duration::from_secs(seconds.parse().unwrap());
    let (_api, server) = server(Options {
        max_bytes: max_bytes.parse().unwrap(),
        head_timeout: patience,
        body_timeout: patience,
        write_timeout: patience,
        ..Options::default()
    });
    tell("address", &server.address().to_string());
    wait_for_the_end();
}

/// Tells how many connections are open, and then how many of them the server has closed; ends when
/// that is all of them.
#[test]
#[ignore = "a process of other tests"]
fn drip() {
    let Some(task) = task() else { return };
    raise_limit_of_files();
    let mut words = task.splitn(3, ' ');
    let address: SocketAddr = words.next().unwrap().parse().unwrap();
    let count: usize = words.next().unwrap().parse().unwrap();
    let head = words.next().unwrap_or_default().as_bytes();
    let mut open: Vec<TcpStream> = Vec::new();
    for _ in 0..count {
        let Ok(stream) = TcpStream::connect(address) else {
            break;
        };
        stream.set_nonblocking(true).unwrap();
        open.push(stream);
    }
    tell("open", &open.len().to_string());
    let mut closed = 0;
    for index in 0.. {
        std::thread::sleep(Duration::from_secs(1));
        let byte = &head[index % head.len().max(1)..][..usize::from(!head.is_empty())];
        let before = open.len();
        open.retain_mut(|stream| {
            let _ = stream.write(byte);
            let read = stream.read(&mut [0; 512]);
            read.is_err_and(|error| error.kind() == ErrorKind::WouldBlock)
        });
        closed += before - open.len();
        if open.is_empty() {
            break;
        }
    }
    tell("closed", &closed.to_string());
    wait_for_the_end();
}

/// As many files as the system lets a process open.
pub fn raise_limit_of_files() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let maximum = getrlimit(Resource::Nofile).maximum;
    let raised = Rlimit {
        current: maximum,
        maximum,
    };
    setrlimit(Resource::Nofile, raised).unwrap();
}
