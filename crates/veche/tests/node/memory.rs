//! What a node costs that has nothing to do.

use crate::support::{Running, veche};
use std::time::Duration;

/// Blocks of half an hour.
const HALF_HOUR: u32 = 3600;

/// How many half hours may grow before growth counts as one without an end.
const MOST: u32 = 6;

/// Growth in half an hour that is none: what the allocator keeps, in bytes.
const SLACK: u64 = 8 << 20;

/// On a busy machine a checkpoint lasts longer, blocks wait in memory meanwhile, and the allocator keeps what they
/// took. That growth ends; a leak goes on with every block. So the least of each half hour is compared with the least of
/// the one before, until one has not grown.
#[test]
fn memory_stops_growing_on_an_idle_chain() {
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
    let least_until = |number: u32| {
        let mut least = node.resident();
        while client.get_info().unwrap().head_block_num < number {
            std::thread::sleep(Duration::from_millis(20));
            least = least.min(node.resident());
        }
        least
    };
    least_until(HALF_HOUR / 4);
    let mut found = vec![least_until(HALF_HOUR)];
    for half_hour in 2..=MOST {
        let before = found[found.len() - 1];
        found.push(least_until(HALF_HOUR * half_hour));
        if found[found.len() - 1] < before + SLACK {
            println!("least resident bytes in each half hour: {found:?}");
            return;
        }
    }
    panic!("each half hour has more resident bytes than the one before: {found:?}");
}
