//! An agent and those who ask it.

use super::helpers::{self, Helper};
use super::{OTHER, TEXT, World, name, passphrase};
use antelope_keys::{Signer, signing};
use antelope_keystore::{Agent, KeystoreError, PassphraseSource};
use antelope_types::Checksum256;
use std::fs::{self, Permissions};
use std::io::{Read, Write};
use std::net::Shutdown;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::thread::{self, JoinHandle, sleep};
use std::time::{Duration, Instant};

/// An agent on a thread, with a keystore that has a key `alice`.
struct Office {
    world: World,
    socket: PathBuf,
    serving: JoinHandle<Result<(), KeystoreError>>,
}

impl Office {
    fn open(idle: Duration) -> Self {
        let world = World::new();
        world.add("alice");
        let (socket, keystore) = (world.keystore.agent_socket(), world.keystore.clone());
        let path = socket.clone();
        let serving = thread::spawn(move || Agent::serve(path, keystore, idle));
        let office = Self {
            world,
            socket,
            serving,
        };
        until(|| Agent::connect(&office.socket).is_ok());
        office
    }

    fn agent(&self) -> Agent {
        Agent::connect(&self.socket).unwrap()
    }

    fn unlock(&self) -> impl Signer + use<> {
        self.agent()
            .unlock(&name("alice"), &passphrase(TEXT))
            .unwrap()
    }

    fn close(self) {
        self.agent().stop().unwrap();
        self.serving.join().unwrap().unwrap();
        assert!(!self.socket.exists());
        let error = Agent::connect(&self.socket).unwrap_err();
        assert_eq!(error.code(), "keys.agent-missing");
    }
}

/// Waits for something that takes a moment, and not forever.
pub(super) fn until(what: impl Fn() -> bool) {
    let start = Instant::now();
    while !what() {
        assert!(start.elapsed() < Duration::from_secs(60));
        sleep(Duration::from_millis(10));
    }
}

fn digest() -> Checksum256 {
    Checksum256::sha256(b"what is signed")
}

#[test]
fn a_key_is_unlocked_once_and_signs_for_the_session() {
    let office = Office::open(Agent::IDLE);
    let agent = office.agent();
    assert!(agent.keys().unwrap().is_empty());
    let (alice, keystore) = (name("alice"), &office.world.keystore);
    let error = agent.signer(&alice).unwrap_err();
    assert_eq!(error.code(), "keys.agent-locked");
    let error = agent.unlock(&alice, &passphrase(OTHER)).unwrap_err();
    assert_eq!(error.code(), "keys.passphrase");
    assert!(error.hint().unwrap().contains("Caps Lock"));
    let error = agent.unlock(&name("bob"), &passphrase(TEXT)).unwrap_err();
    assert_eq!(error.code(), "keys.missing");

    let key = office.unlock();
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, Resource, dumpable_behavior, getrlimit};
        let behavior = dumpable_behavior().unwrap();
        assert_eq!(behavior, DumpableBehavior::NotDumpable);
        assert_eq!(getrlimit(Resource::Core).current, Some(0));
    }
    let held = agent.keys().unwrap();
    assert_eq!((held.len(), &held[0].name), (1, &alice));
    assert!(held[0].seconds_left <= 900 && held[0].seconds_left > 600);
    assert_eq!(agent.public_keys().unwrap(), [key.public_key()]);
    let signature = key.sign(&digest()).unwrap();
    let signed_by = signing::recover(&digest(), &signature).unwrap();
    assert_eq!(signed_by, keystore.entry(&alice).unwrap().public_key);
    // Where a passphrase would be asked for, none is.
    let signer = keystore.signer(&alice, &PassphraseSource::Agent).unwrap();
    assert_eq!(signer.sign(&digest()).unwrap(), signature);
    assert_eq!(agent.signers().unwrap().len(), 1);

    agent.lock().unwrap();
    assert!(agent.keys().unwrap().is_empty());
    let error = key.sign(&digest()).unwrap_err().to_string();
    assert!(error.contains("has not unlocked PUB_K1_"), "{error}");
    office.close();
}

#[test]
fn a_key_that_is_not_used_is_forgotten() {
    let office = Office::open(Duration::from_millis(400));
    let key = office.unlock();
    until(|| office.agent().keys().unwrap().is_empty());
    assert!(key.sign(&digest()).is_err());
    // And can be unlocked again.
    office.unlock();
    office.close();
}

#[test]
fn the_socket_is_the_users_alone_and_there_is_one_agent() {
    let office = Office::open(Agent::IDLE);
    let mode = |path| fs::metadata(path).unwrap().mode() & 0o777;
    assert_eq!(mode(office.socket.as_path()), 0o600);
    assert_eq!(mode(office.socket.parent().unwrap()), 0o700);
    let second = Agent::serve(&office.socket, office.world.keystore.clone(), Agent::IDLE);
    assert_eq!(second.unwrap_err().code(), "keys.agent-running");
    office.agent().keys().unwrap();
    office.close();

    let world = World::new();
    let folder = world.folder.path().join("open");
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, Permissions::from_mode(0o755)).unwrap();
    let serve = |path| Agent::serve(path, world.keystore.clone(), Agent::IDLE).unwrap_err();
    assert_eq!(serve(folder.join("socket")).code(), "keys.permissions");
    let long = world.folder.path().join("x".repeat(120)).join("socket");
    assert_eq!(serve(long).code(), "keys.io");
}

/// Sends bytes and closes its side; what comes back.
fn send(office: &Office, bytes: &[u8]) -> String {
    let mut stream = UnixStream::connect(&office.socket).unwrap();
    // The agent may have answered before it was sent whole.
    let _ = stream.write_all(bytes);
    let _ = stream.shutdown(Shutdown::Write);
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer);
    answer
}

#[test]
fn requests_that_are_none_are_refused_and_not_repeated() {
    let office = Office::open(Agent::IDLE);
    let key = office.unlock();
    let long = [b'x'; 5000];
    let passphrases = [&b"{\"do\":\"unlock\",\"name\":\"alice\"}\n"[..], &long].concat();
    let none = "keys.agent-request";
    for (bad, code) in [
        (&b""[..], none),
        (b"\n", none),
        (b"{", none),
        (b"null\n", none),
        (b"\xff\xfe\x00\n", none),
        (b"GET / HTTP/1.1\r\n\r\n", none),
        (b"{\"do\":\"secret\"}\n", none),
        (b"{\"do\":\"export\",\"name\":\"alice\"}\n", none),
        (b"{\"do\":\"list\",\"more\":1}\n", none),
        (b"{\"do\":\"unlock\"}\n", none),
        (
            b"{\"do\":\"unlock\",\"name\":\"../alice\"}\nhorse battery",
            "keys.name",
        ),
        (
            b"{\"do\":\"unlock\",\"name\":\"alice\"}\n\xff\xff",
            "keys.passphrase",
        ),
        (
            b"{\"do\":\"unlock\",\"name\":\"alice\",\"passphrase\":\"horse battery\"}\n",
            none,
        ),
        (
            b"{\"do\":\"sign\",\"key\":\"x\",\"digest\":\"horse battery\"}\n",
            none,
        ),
        (b"{\"do\":\"sign\",\"key\":\"PUB_K1_x\"}\n", none),
        (&long, none),
        (&passphrases, none),
    ] {
        let answer = send(&office, bad);
        let what = String::from_utf8_lossy(bad);
        let refused = format!("{{\"refused\":{{\"code\":\"{code}\",");
        // The answer to one that is too long is lost where the rest of it arrives later.
        let may_be_lost = bad.len() > 4096 && answer.is_empty();
        assert!(
            answer.starts_with(&refused) || may_be_lost,
            "{what}: {answer}"
        );
        assert!(!answer.contains("horse"), "{what}: {answer}");
    }
    assert!(key.sign(&digest()).is_ok());
    office.close();
}

#[test]
fn a_hundred_connections_at_once_are_served() {
    let office = Office::open(Agent::IDLE);
    let key = office.unlock();
    let expected = key.sign(&digest()).unwrap();
    thread::scope(|scope| {
        for _ in 0..100 {
            scope.spawn(|| assert_eq!(key.sign(&digest()).unwrap(), expected));
        }
    });
    // A hundred that say nothing hold it up until their time is over.
    let silent: Vec<_> = (0..100)
        .filter_map(|_| UnixStream::connect(&office.socket).ok())
        .collect();
    assert_eq!(key.sign(&digest()).unwrap(), expected);
    drop(silent);
    office.close();
}

#[test]
fn an_agent_that_was_killed_leaves_its_place() {
    let world = World::new();
    world.add("alice");
    let socket = world.keystore.agent_socket();
    for _ in 0..2 {
        let mut process = helpers::start("serves", &[("FOLDER", world.path())]);
        process.wait_for("begins");
        until(|| Agent::connect(&socket).is_ok());
        let agent = Agent::connect(&socket).unwrap();
        assert!(agent.unlock(&name("alice"), &passphrase(TEXT)).is_ok());
        process.kill();
        assert!(socket.exists(), "it could not tidy up");
        let error = Agent::connect(&socket).unwrap_err();
        assert_eq!(error.code(), "keys.agent-missing");
    }
}

#[test]
fn another_user_is_refused_whatever_the_modes_say() {
    let office = Office::open(Agent::IDLE);
    let key = office.unlock();
    let root = office.world.folder.path();
    if fs::metadata(root).unwrap().uid() != 0 {
        let told = "SKIPPED: only root can be another user for a test of the agent";
        let _ = writeln!(std::io::stderr(), "{told}");
        return office.close();
    }
    // As if the folders and the socket were open to everybody.
    let folders = [root, office.world.path(), office.socket.parent().unwrap()];
    for folder in folders {
        fs::set_permissions(folder, Permissions::from_mode(0o755)).unwrap();
    }
    fs::set_permissions(&office.socket, Permissions::from_mode(0o666)).unwrap();
    let program = root.join("test");
    fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
    let socket = ("SOCKET", office.socket.as_os_str());
    let mut other = helpers::start_as(65534, &program, "agent::asks", socket);
    assert_eq!(other.wait_for("code"), "keys.agent-user");
    assert!(key.sign(&digest()).is_ok());
    office.close();
}

/// The agent that is killed.
#[test]
#[ignore = "a process of another test"]
fn serves() {
    let Some(helper) = Helper::new() else { return };
    let keystore = helper.keystore();
    helper.say("begins");
    Agent::serve(keystore.agent_socket(), keystore, Agent::IDLE).unwrap();
}

/// The other user.
#[test]
#[ignore = "a process of another test"]
fn asks() {
    let Some(helper) = Helper::new() else { return };
    let error = Agent::connect(helper.path("SOCKET")).unwrap_err();
    helper.say(&format!("code {}", error.code()));
}
