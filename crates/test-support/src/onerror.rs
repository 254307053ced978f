//! Lets the node of the package tell senders of deferred transactions that these failed.
//!
//! nodeos executes the sender's `eosio::onerror` in a transaction of its own while that of the failed
//! transaction still exists. The build in the package has an addition for its Python interface: each
//! transaction registers a listener of database events, and only one may be registered at a time
//! (`index_event_listener.cpp`: "undo_index_events already set"). There `onerror` fails before it
//! begins, whatever the contract does, and what every other node ends as `soft_fail` ends as
//! `hard_fail`.
//!
//! So the check is taken out of the running process: its conditional jump becomes two `nop`. The
//! file stays as it is. Other nodes are left alone.

use std::fs::{File, OpenOptions, read_link, read_to_string};
use std::io;
use std::os::unix::fs::FileExt;

/// Where the check is in the program, from its beginning: `test rax, rax` and `jne`.
const CHECK: u64 = 0x0128_2479;
const BEFORE: [u8; 5] = [0x48, 0x85, 0xc0, 0x75, 0x39];
const AFTER: [u8; 5] = [0x48, 0x85, 0xc0, 0x90, 0x90];

/// Whether `onerror` can succeed in this process, a node or the chain library. `false` only for the
/// package's program where the system does not let its memory be written.
pub fn works(process: u32) -> bool {
    match mend(process) {
        Ok(()) => true,
        Err(error) => {
            eprintln!(
                "SKIPPED: failed deferred transactions, of which this node tells no sender: {error}"
            );
            false
        }
    }
}

fn mend(process: u32) -> io::Result<()> {
    let program = read_link(format!("/proc/{process}/exe"))?;
    let mut code = [0; BEFORE.len()];
    // A shorter file is another program.
    let read = File::open(&program)?.read_exact_at(&mut code, CHECK);
    if read.is_err() || code != BEFORE {
        return Ok(());
    }
    let maps = read_to_string(format!("/proc/{process}/maps"))?;
    let path = program.to_string_lossy();
    let first = maps.lines().find(|line| line.ends_with(&*path));
    let start = first.and_then(|line| u64::from_str_radix(line.split('-').next()?, 16).ok());
    let start = start.ok_or_else(|| io::Error::other("the program is not mapped"))?;
    let memory = OpenOptions::new()
        .read(true)
        .write(true)
        .open(format!("/proc/{process}/mem"))?;
    memory.read_exact_at(&mut code, start + CHECK)?;
    match code {
        BEFORE => memory.write_all_at(&AFTER, start + CHECK),
        AFTER => Ok(()),
        _ => Err(io::Error::other("the program is not where it is expected")),
    }
}
