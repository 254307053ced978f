//! All that needs `unsafe`: memory that is kept out of swap and core dumps, who is at the other end of a
//! unix socket, and a terminal that does not show what is typed.
#![allow(unsafe_code)]

use antelope_types::PrivateKey;
use rustix::mm::{Advice, madvise, mlock, munlock};
use std::ffi::c_void;
use std::fs::File;
use std::io;
use std::mem::MaybeUninit;
use std::os::fd::AsRawFd;
use std::os::unix::net::UnixStream;
use zeroize::Zeroize;

/// The size and alignment of a [`Page`], in bytes.
const PAGE: usize = 4096;

/// A private key with a page of memory to itself, so that locking and unlocking the page concerns
/// nothing else.
#[repr(C, align(4096))]
struct Page {
    key: PrivateKey,
}

/// A private key in memory that is neither swapped out nor part of a core dump, where the system
/// allows that, and that is overwritten when it is dropped.
///
/// A process may lock little memory (`ulimit -l`, 64 KiB on old systems); beyond that the key stays in
/// ordinary memory.
pub(crate) struct SecretPage {
    page: Box<Page>,
    is_locked: bool,
}

impl SecretPage {
    /// A key that `fill` writes into the page. It is of the curve of `empty`, whose number is replaced:
    /// the secret itself is never on the stack.
    pub(crate) fn new(empty: PrivateKey, fill: impl FnOnce(&mut [u8; 32])) -> Self {
        let mut page = Box::new(Page { key: empty });
        let start: *mut c_void = std::ptr::from_mut(&mut *page).cast();
        // SAFETY: the range is one allocation of this size, which lives as long as `page`. Neither call
        // changes its contents; one forbids to swap it out, the other leaves it out of core dumps.
        let is_locked = unsafe {
            #[cfg(target_os = "linux")]
            let _ = madvise(start, PAGE, Advice::LinuxDontDump);
            mlock(start, PAGE).is_ok()
        };
        let (PrivateKey::K1(secret) | PrivateKey::R1(secret)) = &mut page.key;
        fill(secret);
        Self { page, is_locked }
    }

    /// The key.
    pub(crate) fn key(&self) -> &PrivateKey {
        &self.page.key
    }
}

impl Drop for SecretPage {
    fn drop(&mut self) {
        let (PrivateKey::K1(secret) | PrivateKey::R1(secret)) = &mut self.page.key;
        secret.zeroize();
        let start: *mut c_void = std::ptr::from_mut(&mut *self.page).cast();
        // Where the system's pages are larger, another key may be on the same one, and the lock stays.
        if rustix::param::page_size() == PAGE {
            // SAFETY: the range is the allocation that `new` has locked. Its memory is used for other
            // things from here on, so that core dumps may have it again.
            unsafe {
                #[cfg(target_os = "linux")]
                let _ = madvise(start, PAGE, Advice::LinuxDoDump);
                if self.is_locked {
                    let _ = munlock(start, PAGE);
                }
            }
        }
    }
}

/// The user id of the process at the other end, as it was when the connection was made.
///
/// # Errors
/// The system's, where it does not tell.
#[cfg(target_os = "linux")]
pub(crate) fn peer_uid(stream: &UnixStream) -> io::Result<u32> {
    let mut peer = libc::ucred {
        pid: 0,
        uid: u32::MAX,
        gid: u32::MAX,
    };
    let size = size_of::<libc::ucred>();
    let mut length = libc::socklen_t::try_from(size).map_err(io::Error::other)?;
    // SAFETY: `peer` is of the type that SO_PEERCRED writes, and `length` is its size.
    let result = unsafe {
        libc::getsockopt(
            stream.as_raw_fd(),
            libc::SOL_SOCKET,
            libc::SO_PEERCRED,
            std::ptr::from_mut(&mut peer).cast(),
            &mut length,
        )
    };
    if result == 0 && usize::try_from(length).ok() == Some(size) {
        Ok(peer.uid)
    } else {
        Err(io::Error::last_os_error())
    }
}

/// The user id of the process at the other end, as it was when the connection was made.
///
/// # Errors
/// The system's, where it does not tell.
#[cfg(not(target_os = "linux"))]
pub(crate) fn peer_uid(stream: &UnixStream) -> io::Result<u32> {
    let (mut uid, mut gid) = (u32::MAX, u32::MAX);
    // SAFETY: both pointers are to values of the types that the call writes.
    let result = unsafe { libc::getpeereid(stream.as_raw_fd(), &mut uid, &mut gid) };
    if result == 0 {
        Ok(uid)
    } else {
        Err(io::Error::last_os_error())
    }
}

/// A terminal that shows nothing of what is typed, gives each character at once, and makes no signals of
/// them, until this is dropped.
///
/// `rpassword` does the same while it reads a terminal by itself, but only once the prompt is out, so that
/// what is typed or pasted right after the prompt is shown; and Ctrl-C ends it by a signal that leaves the
/// terminal as it is.
pub(crate) struct Quiet {
    terminal: File,
    before: libc::termios,
}

impl Quiet {
    /// Makes it quiet.
    ///
    /// # Errors
    /// The system's, where it is not a terminal.
    pub(crate) fn new(terminal: File) -> io::Result<Self> {
        let mut before = MaybeUninit::uninit();
        // SAFETY: the pointer is to memory of the type that the call writes.
        if unsafe { libc::tcgetattr(terminal.as_raw_fd(), before.as_mut_ptr()) } != 0 {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: the call has succeeded, and then it has written all of it.
        let before = unsafe { before.assume_init() };
        let mut quiet = before;
        quiet.c_lflag &= !(libc::ECHO | libc::ECHONL | libc::ICANON | libc::ISIG);
        quiet.c_cc[libc::VMIN] = 1;
        quiet.c_cc[libc::VTIME] = 0;
        let quieted = Self { terminal, before };
        if quieted.set(&quiet) {
            Ok(quieted)
        } else {
            Err(io::Error::last_os_error())
        }
    }

    fn set(&self, settings: &libc::termios) -> bool {
        // SAFETY: the pointer is to settings that the system has made.
        unsafe { libc::tcsetattr(self.terminal.as_raw_fd(), libc::TCSANOW, settings) == 0 }
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        self.set(&self.before);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_a_page_to_itself() {
        assert_eq!((size_of::<Page>(), align_of::<Page>()), (PAGE, PAGE));
        let page = SecretPage::new(PrivateKey::R1([0; 32]), |secret| secret.fill(7));
        assert_eq!(page.key(), &PrivateKey::R1([7; 32]));
    }

    #[test]
    fn the_other_end_is_this_user() {
        let (one, _other) = UnixStream::pair().unwrap();
        assert_eq!(peer_uid(&one).unwrap(), rustix::process::geteuid().as_raw());
    }
}
