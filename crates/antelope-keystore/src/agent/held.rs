//! The keys that an agent holds, each until it was not used for a while.

use crate::name::KeyName;
use crate::unlocked::UnlockedKey;
use antelope_keys::Signer;
use antelope_types::PublicKey;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

/// A moment by two clocks: one that nobody sets, but that may stand still while the machine sleeps, and
/// one that goes on, but that may be set. A time is over when it is over by either.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    steady: Instant,
    wall: SystemTime,
}

impl Moment {
    /// This moment.
    pub(super) fn now() -> Self {
        Self {
            steady: Instant::now(),
            wall: SystemTime::now(),
        }
    }

    /// The time since `earlier`, by the clock that says more.
    fn since(self, earlier: Self) -> Duration {
        let wall = self.wall.duration_since(earlier.wall).unwrap_or_default();
        let steady = self.steady.saturating_duration_since(earlier.steady);
        wall.max(steady)
    }
}

/// A key and when it was used last.
struct Held {
    key: Arc<UnlockedKey>,
    used: Moment,
}

/// The keys by name.
pub(super) struct HeldKeys {
    keys: BTreeMap<KeyName, Held>,
    idle: Duration,
}

impl HeldKeys {
    /// None yet. Each is held until it was not used for `idle`.
    pub(super) const fn new(idle: Duration) -> Self {
        Self {
            keys: BTreeMap::new(),
            idle,
        }
    }

    /// Holds a key, in place of one of the same name.
    pub(super) fn hold(&mut self, name: KeyName, key: UnlockedKey, now: Moment) {
        let key = Arc::new(key);
        self.keys.insert(name, Held { key, used: now });
    }

    /// The key to sign with now; its time begins again.
    pub(super) fn find_to_use(
        &mut self,
        public: &PublicKey,
        now: Moment,
    ) -> Option<Arc<UnlockedKey>> {
        self.forget_old(now);
        let mut held = self.keys.values_mut();
        let held = held.find(|held| held.key.public_key() == *public)?;
        held.used = now;
        Some(Arc::clone(&held.key))
    }

    /// The names and public keys, and how long each is held if it is not used.
    pub(super) fn list(
        &mut self,
        now: Moment,
    ) -> impl Iterator<Item = (&KeyName, PublicKey, Duration)> {
        self.forget_old(now);
        let idle = self.idle;
        self.keys.iter().map(move |(name, held)| {
            let left = idle.saturating_sub(now.since(held.used));
            (name, held.key.public_key(), left)
        })
    }

    /// Forgets the keys whose time is over: their memory is overwritten, unless one is signing just now,
    /// and then after that. Tells when to look again; `None` where there is none left.
    pub(super) fn forget_old(&mut self, now: Moment) -> Option<Duration> {
        let idle = self.idle;
        self.keys.retain(|_, held| now.since(held.used) < idle);
        let left = self
            .keys
            .values()
            .map(|held| idle.saturating_sub(now.since(held.used)));
        left.min()
    }

    /// Forgets all.
    pub(super) fn forget_all(&mut self) {
        self.keys.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use antelope_keys::signing;

    const IDLE: Duration = Duration::from_secs(900);

    fn later(moment: Moment, steady: u64, wall: i64) -> Moment {
        let by = Duration::from_secs(wall.unsigned_abs());
        Moment {
            steady: moment.steady + Duration::from_secs(steady),
            wall: if wall < 0 {
                moment.wall - by
            } else {
                moment.wall + by
            },
        }
    }

    fn one(now: Moment) -> (HeldKeys, PublicKey) {
        let key = signing::generate_k1().unwrap();
        let public = signing::public_key(&key).unwrap();
        let mut keys = HeldKeys::new(IDLE);
        let unlocked = UnlockedKey::new(&public, key.secret()).unwrap();
        keys.hold(KeyName::new("alice").unwrap(), unlocked, now);
        (keys, public)
    }

    #[test]
    fn a_key_is_forgotten_after_its_time_and_use_renews_it() {
        let start = Moment::now();
        let (mut keys, public) = one(start);
        assert_eq!(keys.forget_old(start), Some(IDLE));
        let almost = later(start, 899, 899);
        let left = keys.list(almost).next().map(|(_, _, left)| left);
        assert_eq!(left, Some(Duration::from_secs(1)));
        assert!(keys.find_to_use(&public, almost).is_some());
        assert!(keys.find_to_use(&public, later(almost, 899, 899)).is_some());
        let end = later(almost, 899 + 900, 899 + 900);
        assert_eq!(keys.forget_old(end), None);
        assert!(keys.find_to_use(&public, end).is_none());
    }

    #[test]
    fn a_machine_that_slept_has_forgotten() {
        let start = Moment::now();
        let (mut keys, public) = one(start);
        assert!(
            keys.find_to_use(&public, later(start, 1, 8 * 3600))
                .is_none()
        );
        // A clock that is set back does not prolong it.
        let (mut keys, public) = one(start);
        assert!(
            keys.find_to_use(&public, later(start, 900, -3600))
                .is_none()
        );
    }
}
