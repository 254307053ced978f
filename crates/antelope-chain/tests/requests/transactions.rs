//! Calls that execute transactions, with requests that were damaged.

use crate::world::World;

pub fn run(_world: &mut World) -> Vec<String> {
    Vec::new()
}
