//! How fast a client catches up, beside a node. Nothing is asserted by a clock.
//!
//! ```text
//! cargo test --release --workspace --test server -- --ignored --nocapture catching_up
//! ```

use crate::history::beside_node::paused;
use crate::history::reader::{Reader, range};
use antelope_chain::{Chain, Genesis, LiveChain, NoContracts, OpenOptions};
use antelope_history::Request;
use antelope_rpc::{StateHistory, StateHistoryOptions};
use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long is read from each server in each way.
const TIME: Duration = Duration::from_secs(3);

/// Blocks a second: the blocks from 2 to the head, again and again, with everything in them.
fn blocks_per_second(address: SocketAddr, head: u32, in_flight: u32) -> f64 {
    let mut reader = Reader::connect(address);
    let (began, mut blocks) = (Instant::now(), 0);
    while began.elapsed() < TIME {
        reader.blocks(&range(2, head + 1, in_flight));
        for _ in 2..=head {
            reader.next();
            if in_flight < head {
                reader.send(&Request::Ack(1));
            }
            blocks += 1;
        }
    }
    f64::from(blocks) / began.elapsed().as_secs_f64()
}

#[test]
#[ignore = "a measurement"]
fn catching_up() {
    let Some((_node, theirs)) = paused(40) else {
        return;
    };
    let head = Reader::connect(theirs).status().head.block_num;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("chain");
    let options = OpenOptions::new().genesis(Genesis::default()).history(true);
    let mut chain = options.open(&path, Arc::new(NoContracts)).unwrap();
    while chain.head().number() < head {
        chain.produce_block().unwrap();
    }
    chain.close().unwrap();
    let chain: Chain = options.open(&path, Arc::new(NoContracts)).unwrap();
    let live = LiveChain::new(chain);
    let listen = "127.0.0.1:0".parse().unwrap();
    let server = StateHistory::start(&live, listen, StateHistoryOptions::default()).unwrap();
    for in_flight in [1, 10, u32::MAX] {
        let [theirs, ours] =
            [theirs, server.address()].map(|it| blocks_per_second(it, head, in_flight));
        let _ = writeln!(
            std::io::stderr(),
            "{in_flight:>10} in flight: node {theirs:>8.0} blocks/s, here {ours:>8.0} blocks/s"
        );
    }
}
