//! Adds `CLOCK_OFFSET_MS` milliseconds to the wall clock of the program that loads this library before its own.
//! `clock.rs` compiles it. Clocks that measure durations stay as they are.

use std::ffi::{CStr, c_char, c_int, c_long, c_void};
use std::sync::atomic::{AtomicI64, Ordering};

const CLOCK_REALTIME: c_int = 0;
const CLOCK_REALTIME_COARSE: c_int = 5;
const SECOND: i64 = 1_000_000_000;
const UNKNOWN: i64 = i64::MIN;

/// The number of the system call `clock_gettime`, which has no wrapper but the function that is replaced here.
#[cfg(target_arch = "x86_64")]
const CLOCK_GETTIME: c_long = 228;
#[cfg(target_arch = "aarch64")]
const CLOCK_GETTIME: c_long = 113;

unsafe extern "C" {
    fn syscall(number: c_long, ...) -> c_long;
    fn getenv(name: *const c_char) -> *const c_char;
}

#[repr(C)]
pub struct Timespec {
    seconds: i64,
    nanoseconds: i64,
}

#[repr(C)]
pub struct Timeval {
    seconds: i64,
    microseconds: i64,
}

/// The offset in nanoseconds, read once.
fn offset() -> i64 {
    static OFFSET: AtomicI64 = AtomicI64::new(UNKNOWN);
    let known = OFFSET.load(Ordering::Relaxed);
    if known != UNKNOWN {
        return known;
    }
    // SAFETY: the name ends with a zero byte, and so does what is found.
    let found = unsafe {
        let found = getenv(c"CLOCK_OFFSET_MS".as_ptr());
        (!found.is_null()).then(|| CStr::from_ptr(found))
    };
    let millis = found.and_then(|it| it.to_str().ok()?.parse::<i64>().ok());
    let offset = millis.unwrap_or_default() * 1_000_000;
    OFFSET.store(offset, Ordering::Relaxed);
    offset
}

/// As POSIX has it.
///
/// # Safety
/// `time` is null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn clock_gettime(clock: c_int, time: *mut Timespec) -> c_int {
    // SAFETY: the system checks the address.
    let result = unsafe { syscall(CLOCK_GETTIME, clock, time) };
    if result == 0 && matches!(clock, CLOCK_REALTIME | CLOCK_REALTIME_COARSE) {
        // SAFETY: the system has written there.
        let time = unsafe { &mut *time };
        let sum = time.nanoseconds + offset();
        time.seconds += sum.div_euclid(SECOND);
        time.nanoseconds = sum.rem_euclid(SECOND);
    }
    result as c_int
}

/// As POSIX has it, without time zones.
///
/// # Safety
/// `time` is null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gettimeofday(time: *mut Timeval, _: *mut c_void) -> c_int {
    let mut now = Timespec {
        seconds: 0,
        nanoseconds: 0,
    };
    // SAFETY: both are as the functions want them.
    unsafe {
        let result = clock_gettime(CLOCK_REALTIME, &raw mut now);
        if let Some(time) = time.as_mut() {
            time.seconds = now.seconds;
            time.microseconds = now.nanoseconds / 1_000;
        }
        result
    }
}

/// As C has it.
///
/// # Safety
/// `time` is null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn time(time: *mut i64) -> i64 {
    let mut now = Timeval {
        seconds: 0,
        microseconds: 0,
    };
    // SAFETY: both are as the functions want them.
    unsafe {
        gettimeofday(&raw mut now, std::ptr::null_mut());
        if let Some(time) = time.as_mut() {
            *time = now.seconds;
        }
    }
    now.seconds
}
