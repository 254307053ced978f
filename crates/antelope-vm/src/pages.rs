//! How far the memory of an instance may grow, and what that costs.

use super::engine::RESIDENT;
use wasmtime::ResourceLimiter;

/// Bytes of a page.
const PAGE: usize = 1 << 16;

/// What a page costs that does not stay mapped between actions, in instructions: the system gives it
/// out anew, in sixteen pieces, each when it is touched first.
const FRESH: u64 = 8000;

/// Limits the pages of an instance, and counts those that are not at hand.
#[derive(Debug)]
pub(super) struct Pages {
    most: usize,
    fresh: u64,
}

impl Pages {
    pub(super) fn at_most(pages: u32) -> Self {
        let most = pages as usize * PAGE;
        Self { most, fresh: 0 }
    }

    /// What the pages cost that are more than every instance has at hand. An instance with such
    /// pages runs one action only, so that each action pays for its own.
    pub(super) fn cost(&self) -> u64 {
        self.fresh * FRESH
    }
}

impl ResourceLimiter for Pages {
    fn memory_growing(
        &mut self,
        current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        if desired > self.most {
            return Ok(false);
        }
        let more = desired.saturating_sub(current.max(RESIDENT));
        self.fresh += more.div_ceil(PAGE) as u64;
        Ok(true)
    }

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
        let mut pages = Pages::at_most(528);
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
}
