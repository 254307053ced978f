//! How far the linear memory of an instance may grow, and what growing costs.
//!
//! A contract could otherwise make the machine work for nothing: `memory.grow` is one instruction,
//! but each new page must be zeroed and mapped by the operating system. The pages that an instance
//! keeps mapped between actions are free; those beyond are billed in instructions when they are
//! added.
//!
//! | memory | pages that are free | beyond |
//! |---|---|---|
//! | the contract's | the first 16 | 8 000 instructions each |
//! | for frames; see [`lower`](super::lower) | none: its instances are never reused | 8 000 instructions each |
//!
//! A contract that grows to the usual limit of 528 pages pays 512 × 8 000, about 4.1 million
//! instructions. Growth that is refused costs no pages. The pages are billed after the action, as
//! part of its work; until then only the limits hold a contract back.

use wasmtime::ResourceLimiter;

/// Bytes of memory (and of tables) that stay mapped between actions: 1 MiB, 16 pages. Wasmtime
/// zeroes them by writing instead of returning them to the operating system.
pub(super) const RESIDENT: usize = 1 << 20;

/// What one `memory.grow` costs in instructions, whatever its operand: generated code calls out to
/// the engine for it, as for a host function.
pub(super) const MEMORY_GROW: u8 = 50;

/// Bytes of a page of WebAssembly.
const PAGE: usize = 1 << 16;

/// What a page beyond [`RESIDENT`] costs in instructions: the operating system provides it as
/// sixteen pages of 4 KiB, each by a page fault when it is first touched.
const FRESH: u64 = 8000;

/// The limit on an instance's memory, and the number of pages beyond [`RESIDENT`] that it has
/// added.
#[derive(Debug)]
pub(super) struct Pages {
    /// Bytes of memory allowed.
    most: usize,
    /// Bytes that the memory for frames may have, by which it is told from the contract's.
    frames: Option<usize>,
    /// Pages added beyond [`RESIDENT`].
    fresh: u64,
}

impl Pages {
    /// A limit of so many pages of 64 KiB for the contract's memory, and of so many for frames.
    pub(super) fn at_most(pages: u32, frames: Option<u32>) -> Self {
        Self {
            most: pages as usize * PAGE,
            frames: frames.map(|pages| pages as usize * PAGE),
            fresh: 0,
        }
    }

    /// What the pages beyond [`RESIDENT`] cost, in instructions. The count is never reset: an
    /// instance that has grown past [`RESIDENT`] is not reused, so that each action pays for its
    /// own pages.
    pub(super) fn cost(&self) -> u64 {
        self.fresh * FRESH
    }
}

impl ResourceLimiter for Pages {
    /// Called when the instance is made and for each `memory.grow`, with sizes in bytes. `false`
    /// makes `memory.grow` return -1.
    fn memory_growing(
        &mut self,
        current: usize,
        desired: usize,
        maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        if maximum.is_some() && maximum == self.frames {
            self.fresh += desired.saturating_sub(current).div_ceil(PAGE) as u64;
            return Ok(true);
        }
        if desired > self.most {
            return Ok(false);
        }
        // Only what exceeds both the current size and the resident megabyte is new to the operating
        // system.
        let more = desired.saturating_sub(current.max(RESIDENT));
        self.fresh += more.div_ceil(PAGE) as u64;
        Ok(true)
    }

    /// No instruction of the WebAssembly MVP grows a table, and validation limits its initial size.
    fn table_growing(
        &mut self,
        _current: usize,
        _desired: usize,
        _maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_beyond_those_at_hand_are_counted() {
        let mut pages = Pages::at_most(528, Some(16_384));
        let mut grow = |from: usize, to: usize| {
            let allowed = pages.memory_growing(from << 16, to << 16, None).unwrap();
            (allowed, pages.cost() / FRESH)
        };
        assert_eq!(grow(0, 16), (true, 0));
        assert_eq!(grow(16, 18), (true, 2));
        assert_eq!(grow(18, 18), (true, 2));
        assert_eq!(grow(18, 529), (false, 2));
        assert_eq!(grow(18, 528), (true, 512));
    }

    #[test]
    fn the_memory_for_frames_is_not_the_contracts() {
        let mut pages = Pages::at_most(528, Some(16_384));
        let frames = Some(16_384 << 16);
        assert!(pages.memory_growing(0, 1000 << 16, frames).unwrap());
        assert_eq!(pages.cost(), 1000 * FRESH);
        let mut pages = Pages::at_most(528, None);
        assert!(!pages.memory_growing(0, 1000 << 16, frames).unwrap());
    }
}
