//! The processor time of a process, by the clock that the system keeps for it.
//!
//! `/proc/PID/stat` tells the same in hundredths of a second, which is more than a hundred transfers
//! take.

use crate::Failed;
use std::io::Error;
use std::ops::AddAssign;
use std::time::Instant;

/// The time that all threads of a process have used, those that have ended included, in microseconds.
pub fn processor_us(process: u32) -> Result<f64, Failed> {
    let mut time = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: the pointer is that of `time`, which outlives the call.
    if unsafe { libc::clock_gettime(clock_of(process), &raw mut time) } != 0 {
        return Err(format!("processor time of {process}: {}", Error::last_os_error()).into());
    }
    Ok(time.tv_sec as f64 * 1e6 + time.tv_nsec as f64 / 1e3)
}

/// What `clock_getcpuclockid` gives on Linux: the complement of the number of the process above three
/// bits that say what is counted, where 2 is the time that the scheduler counts.
fn clock_of(process: u32) -> libc::clockid_t {
    (!process << 3 | 2).cast_signed()
}

/// What something takes.
#[derive(Clone, Copy, Default)]
pub struct Taken {
    /// Time that has passed, in seconds.
    pub seconds: f64,
    /// Time of all processors, in microseconds. Unlike the former it hardly depends on what else the
    /// machine does.
    pub processor_us: f64,
}

impl AddAssign for Taken {
    fn add_assign(&mut self, other: Self) {
        self.seconds += other.seconds;
        self.processor_us += other.processor_us;
    }
}

/// Runs something and tells what it took.
pub fn spent(run: impl FnOnce() -> Result<(), Failed>) -> Result<Taken, Failed> {
    let before = processor_us(std::process::id())?;
    let start = Instant::now();
    run()?;
    Ok(Taken {
        seconds: start.elapsed().as_secs_f64(),
        processor_us: processor_us(std::process::id())? - before,
    })
}
