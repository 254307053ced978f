//! What a node costs that has nothing to do.

use crate::support::{Running, veche};
use std::time::Duration;

/// Blocks of an hour.
const HOUR: u32 = 7200;

/// Growth that is none: what the allocator keeps, in bytes.
const SLACK: u64 = 12 << 20;

#[test]
fn an_hour_of_blocks_leaves_memory_as_it_is() {
    let mut command = veche();
    command.args([
        "--boot",
        "empty",
        "--interval",
        "1ms",
        "--checkpoint-every",
        "500",
    ]);
    let node = Running::start(command);
    let client = node.client();
    let reach = |number: u32| {
        while client.get_info().unwrap().head_block_num < number {
            std::thread::sleep(Duration::from_millis(20));
        }
        node.resident()
    };
    let begin = reach(HOUR / 4);
    let end = reach(HOUR);
    println!(
        "resident after {} blocks: {begin} bytes, after {HOUR}: {end}",
        HOUR / 4
    );
    assert!(end < begin + SLACK, "{begin} -> {end}");
}
