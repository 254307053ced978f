//! The moments of documents: no two documents of a server have the same.

use super::ServerStore;
use crate::error::ApiError;
use rusqlite::OptionalExtension;

/// Documents of one person are used once and in the order of their moments; clients know milliseconds.
pub(crate) const MILLISECOND: i64 = 1_000;

/// How far the moment of a document may be ahead of the chain, in microseconds: as far as the contracts allow.
pub(crate) const AHEAD: i64 = coop_model::parameters::CLOCK_SKEW_SECONDS as i64 * 1_000_000;

impl ServerStore {
    /// A moment that no document of this server has, at or after `now`, in microseconds.
    ///
    /// # Errors
    /// Those of the database.
    pub(crate) fn new_moment(&self, now: i64) -> Result<i64, ApiError> {
        self.change(|transaction| {
            let last = "SELECT last FROM moments";
            let last = transaction
                .query_row(last, (), |row| row.get(0))
                .optional()?;
            let moment = next(last, now);
            let sql =
                "INSERT INTO moments (id, last) VALUES (1, ?1) ON CONFLICT DO UPDATE SET last = ?1";
            transaction.execute(sql, (moment,))?;
            Ok(moment)
        })
    }
}

fn next(last: Option<i64>, now: i64) -> i64 {
    let moment = last.map_or(now, |it| now.max(it.saturating_add(MILLISECOND)));
    // A moment far ahead, from a chain whose clock was moved, is of no use on another.
    match moment.saturating_sub(now) > AHEAD {
        true => now,
        false => moment,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_go_on_by_milliseconds_also_after_a_start_and_never_run_away() {
        let folder = tempfile::tempdir().unwrap();
        let start = 4_000_000_000_000_000;
        let moments = |store: &ServerStore| store.new_moment(start).unwrap();
        let store = ServerStore::open(folder.path()).unwrap();
        assert_eq!([moments(&store), moments(&store)], [start, start + 1_000]);
        drop(store);
        let store = ServerStore::open(folder.path()).unwrap();
        assert_eq!(moments(&store), start + 2_000);
        let later = start + 500_000;
        assert_eq!(store.new_moment(later).unwrap(), later);
        // Another chain, whose clock is behind.
        assert_eq!(store.new_moment(start / 2).unwrap(), start / 2);
    }
}
