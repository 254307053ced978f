//! Memory of a contract: the `mem*` functions of the host, and a heap that only grows.
//!
//! The compiler emits calls of `memcpy` and its like. The host's functions are native code, and
//! save the contract the bytes of its own. The host's `memcpy` refuses ranges that are closer than
//! their length, which the compiler may emit (a copy onto itself), so that both copies use its
//! `memmove`.

use core::cell::Cell;

/// The host's functions.
mod host {
    #[link(wasm_import_module = "env")]
    unsafe extern "C" {
        pub(super) fn memmove(to: *mut u8, from: *const u8, len: usize) -> *mut u8;
        pub(super) fn memset(to: *mut u8, value: i32, len: usize) -> *mut u8;
        pub(super) fn memcmp(left: *const u8, right: *const u8, len: usize) -> i32;
    }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn memcpy(to: *mut u8, from: *const u8, len: usize) -> *mut u8 {
    // SAFETY: the caller's promise is stronger than what memmove needs.
    unsafe { host::memmove(to, from, len) }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn memmove(to: *mut u8, from: *const u8, len: usize) -> *mut u8 {
    // SAFETY: the caller's promise is the same.
    unsafe { host::memmove(to, from, len) }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn memset(to: *mut u8, value: i32, len: usize) -> *mut u8 {
    // SAFETY: the caller's promise is the same.
    unsafe { host::memset(to, value, len) }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn memcmp(left: *const u8, right: *const u8, len: usize) -> i32 {
    // SAFETY: the caller's promise is the same.
    unsafe { host::memcmp(left, right, len) }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn bcmp(left: *const u8, right: *const u8, len: usize) -> i32 {
    // SAFETY: the caller's promise is the same.
    unsafe { host::memcmp(left, right, len) }
}

/// Memory grows by pages of 64 KiB.
const PAGE_BITS: u32 = 16;

unsafe extern "C" {
    /// Defined by the linker: where the module's data and stack end. Its type is the size that a
    /// chain can ever give, so that offsets from it are within one object.
    static __heap_base: [u8; 1 << 30];
}

/// A bump allocator: an action is short, and its memory is discarded as a whole.
pub(crate) struct Heap {
    /// Bytes of the heap in use.
    taken: Cell<usize>,
}

// SAFETY: a contract has one thread.
unsafe impl Sync for Heap {}

/// The heap of the contract.
#[cfg_attr(feature = "alloc", global_allocator)]
pub(crate) static HEAP: Heap = Heap {
    taken: Cell::new(0),
};

impl Heap {
    /// Allocates `len` bytes; fails the action when the chain gives no more memory.
    ///
    /// The result is an offset from a symbol, so that the compiler knows it is never null.
    /// Otherwise every list would carry the standard library's code for that case, with all of its
    /// formatting.
    #[inline(never)]
    pub(crate) fn take(&self, len: usize, align: usize) -> *mut u8 {
        let base = (&raw const __heap_base).cast::<u8>();
        // Wrapping arithmetic everywhere: overflow is tested where it can occur, and a panic costs
        // bytes.
        let taken = self.taken.get();
        let start = taken.wrapping_add(align.wrapping_sub(1)) & align.wrapping_neg();
        let next = start.wrapping_add(len);
        if next < taken {
            super::stop();
        }
        let room =
            (core::arch::wasm32::memory_size::<0>() << PAGE_BITS).wrapping_sub(base as usize);
        if next > room {
            let pages = (next.wrapping_sub(room) >> PAGE_BITS).wrapping_add(1);
            if core::arch::wasm32::memory_grow::<0>(pages) == usize::MAX {
                super::stop();
            }
        }
        self.taken.set(next);
        // SAFETY: within the memory, which has just been made large enough.
        unsafe { base.add(start).cast_mut() }
    }
}

#[cfg(feature = "alloc")]
// SAFETY: every block is fresh, aligned and within the memory.
unsafe impl core::alloc::GlobalAlloc for Heap {
    unsafe fn alloc(&self, layout: core::alloc::Layout) -> *mut u8 {
        self.take(layout.size(), layout.align())
    }

    unsafe fn dealloc(&self, _: *mut u8, _: core::alloc::Layout) {}
}

/// The panic handler. It reports nothing in a deployed contract, since formatting would take
/// kilobytes. `antelope-build` builds a second module with this cfg for diagnosing failed tests;
/// that one reports message and place.
#[panic_handler]
fn panic(_info: &core::panic::PanicInfo<'_>) -> ! {
    #[cfg(antelope_panic_texts)]
    tell(_info);
    super::stop()
}

/// Fails the action with the message and place of the panic.
#[cfg(antelope_panic_texts)]
fn tell(info: &core::panic::PanicInfo<'_>) {
    /// The first 1024 bytes of a text, which is all that nodes pass on.
    struct Text {
        bytes: [u8; 1024],
        len: usize,
    }

    impl core::fmt::Write for Text {
        fn write_str(&mut self, text: &str) -> core::fmt::Result {
            for (room, byte) in self.bytes.iter_mut().skip(self.len).zip(text.bytes()) {
                *room = byte;
                self.len += 1;
            }
            Ok(())
        }
    }

    let mut text = Text {
        bytes: [0; 1024],
        len: 0,
    };
    let _ = core::fmt::write(&mut text, format_args!("{info}"));
    super::eosio_assert_message(0, text.bytes.get(..text.len).unwrap_or_default());
}

/// A buffer on the stack, with the heap behind it.
pub(crate) struct Room([core::mem::MaybeUninit<u8>; super::SMALL]);

impl Room {
    /// An uninitialized buffer.
    #[inline(always)]
    pub(crate) fn new() -> Self {
        Self([const { core::mem::MaybeUninit::uninit() }; _])
    }

    /// `len` bytes of unspecified content: on the stack if they fit.
    #[inline]
    pub(crate) fn take(&mut self, len: usize) -> &mut [u8] {
        let start = if len <= self.0.len() {
            self.0.as_mut_ptr().cast()
        } else {
            HEAP.take(len, 1)
        };
        // SAFETY: the block is `len` bytes long and nothing else uses it while `self` is borrowed.
        // Its first use is always to be filled, by the host or by an encoder.
        unsafe { core::slice::from_raw_parts_mut(start, len) }
    }
}
