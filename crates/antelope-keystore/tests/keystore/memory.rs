//! What is left in the memory of an agent, read from outside.

use super::helpers::{self, Process};
use super::{TEXT, World, name, passphrase};
use antelope_keys::Signer;
use antelope_keystore::Agent;
use antelope_types::Checksum256;
use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::FileExt;

/// How often bytes are in the memory of a process; `None` where it cannot be read.
fn count(process: &Process, wanted: &[u8]) -> Option<usize> {
    let folder = format!("/proc/{}", process.id());
    let memory = File::open(format!("{folder}/mem")).ok()?;
    let maps = fs::read_to_string(format!("{folder}/maps")).ok()?;
    let mut found = 0;
    for line in maps.lines() {
        let mut fields = line.split_whitespace();
        let (range, rights) = (fields.next()?, fields.next()?);
        if !rights.starts_with("rw") {
            continue;
        }
        let (start, end) = range.split_once('-')?;
        let number = |text| u64::from_str_radix(text, 16).ok();
        let (start, end) = (number(start)?, number(end)?);
        let mut bytes = vec![0; usize::try_from(end - start).ok()?];
        // Some pages cannot be read by anybody.
        if memory.read_exact_at(&mut bytes, start).is_ok() {
            let windows = bytes.windows(wanted.len());
            found += windows.filter(|window| *window == wanted).count();
        }
    }
    Some(found)
}

#[test]
fn an_agent_that_locks_has_no_key_left_in_its_memory() {
    let world = World::new();
    let key = world.add("alice");
    let mut process = helpers::start("serves", &[("FOLDER", world.path())]);
    process.wait_for("begins");
    let socket = world.keystore.agent_socket();
    super::agent::until(|| Agent::connect(&socket).is_ok());
    let agent = Agent::connect(&socket).unwrap();
    let held = agent.unlock(&name("alice"), &passphrase(TEXT)).unwrap();
    held.sign(&Checksum256::sha256(b"what is signed")).unwrap();
    let secret = *key.secret();
    let Some(found) = count(&process, &secret) else {
        let told = "SKIPPED: only root reads the memory of an agent";
        let _ = writeln!(std::io::stderr(), "{told}");
        return;
    };
    assert!(found > 0, "the key that it holds");
    agent.lock().unwrap();
    let mut reversed = secret;
    reversed.reverse();
    for (bytes, what) in [
        (&secret[..], "key"),
        (&reversed, "number"),
        (TEXT.as_bytes(), "text"),
    ] {
        assert_eq!(count(&process, bytes), Some(0), "{what}, of {found} before");
    }
    let text = key.to_text();
    assert_eq!(count(&process, text.as_bytes()), Some(0));
}
