//! Many transfers, and the memory of the server while they come.

use super::http::Connection;
use super::world::World;
use crate::Failed;

/// Points at which memory is read.
const POINTS: usize = 10;

/// Transfers signed at a time.
const PART: usize = 500;

/// Their time to live, in seconds: the server remembers them so long.
const LIFE: u32 = 10;

/// Sends so many transfers over one connection and prints the memory at ten points.
pub fn run(world: &World, process: u32, number: usize) -> Result<Vec<(String, f64)>, Failed> {
    let mut connection = Connection::open(world.address())?;
    let mut memory = vec![resident_mb(process)?];
    let (mut sent, mut next) = (0, number / POINTS);
    while sent < number {
        for request in world.transfers_for(PART.min(number - sent), LIFE)? {
            let answer = connection.ask(&request)?;
            if answer.status != 202 || !answer.has("\"status\":\"executed\"") {
                let body = String::from_utf8_lossy(answer.body);
                return Err(format!("soak: status {}: {body}", answer.status).into());
            }
            sent += 1;
        }
        if sent >= next {
            memory.push(resident_mb(process)?);
            next += (number / POINTS).max(1);
        }
    }
    let shown: Vec<_> = memory.iter().map(|mb| format!("{mb:.1}")).collect();
    eprintln!(
        "bench: soak of {number} transfers, MB resident: {}",
        shown.join(" ")
    );
    let half = memory.len() / 2;
    let growth = memory.last().unwrap_or(&0.0) - memory[half];
    Ok(vec![("growth_mb".to_owned(), growth)])
}

/// The memory of a process.
pub fn resident_mb(process: u32) -> Result<f64, Failed> {
    let statm = std::fs::read_to_string(format!("/proc/{process}/statm"))?;
    let pages = statm.split(' ').nth(1).ok_or("no pages in statm")?;
    Ok(pages.parse::<f64>()? * 4096.0 / f64::from(1 << 20))
}
