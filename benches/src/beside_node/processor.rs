//! The processor time of a process, by the clock that the system keeps for it.
//!
//! `/proc/PID/stat` tells the same in hundredths of a second, which is more than a hundred transfers
//! take.

use crate::Failed;
use std::io::Error;

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
