//! What a node costs that has nothing to do.

use crate::support::{Running, veche};
use std::time::Duration;

/// Blocks of an hour.
const HOUR: u32 = 7200;

/// Growth that is none: what the allocator keeps, in bytes.
const SLACK: u64 = 8 << 20;

/// On a busy machine a checkpoint lasts longer, and blocks wait in memory meanwhile: a single reading
/// shows that as growth. So the most of the second quarter is compared with the least of the fourth.
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
    let read_until = |number: u32| {
        let mut found = vec![node.resident()];
        while client.get_info().unwrap().head_block_num < number {
            std::thread::sleep(Duration::from_millis(20));
            found.push(node.resident());
        }
        found
    };
    read_until(HOUR / 4);
    let begin = read_until(HOUR / 2).into_iter().max().unwrap();
    read_until(HOUR / 4 * 3);
    let end = read_until(HOUR).into_iter().min().unwrap();
    println!(
        "resident until block {}: at most {begin} bytes, until {HOUR}: at least {end}",
        HOUR / 2
    );
    assert!(end < begin + SLACK, "{begin} -> {end}");
}
