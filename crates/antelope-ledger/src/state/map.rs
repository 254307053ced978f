//! Maps and sets that remember what they were when the transaction began.
//!
//! They are persistent maps (`imbl`), so cloning one is a pointer copy: each block on a fork, each
//! snapshot and each read-only call gets a state of its own for nothing. Undoing a transaction
//! could be a clone too, but then each transaction would copy the tree nodes on the path to
//! everything that it changes, and the threads that read other clones would contend with it for the
//! reference counts of the nodes they share. So a transaction changes entries in place and logs the
//! old values; an undo replays the log backwards. The log is cleared when the next transaction
//! begins.
//!
//! The log lists changes, not keys: a row that a transaction writes a thousand times is in it a
//! thousand times. That keeps a write cheap; transactions are small.

use super::written::{Write, Written};
use imbl::{OrdMap, OrdSet};
use std::fmt;
use std::ops::Deref;

/// The number of log entries for which memory is kept between transactions.
///
/// A log that grew beyond it is shrunk when the next transaction begins, so that one huge
/// transaction does not hold its memory for ever.
const ROOM: usize = 256;

/// A value that can be taken back to a point that was marked in it.
pub trait Undo {
    /// Makes the present contents the point that [`undo`](Self::undo) goes back to.
    fn begin(&mut self);
    /// Takes back every change since [`begin`](Self::begin). A second call does nothing.
    fn undo(&mut self);
    /// Begins a new list of what is written, where the value keeps one.
    fn watch(&mut self) {}
    /// Drops the list of what is written, and keeps none.
    fn unwatch(&mut self) {}
}

/// An ordered map with an undo.
///
/// Reading goes through [`Deref`] to the persistent map; the methods here are the only way to
/// write, so that no change misses the log.
pub struct Map<K, V> {
    /// The entries as they are now.
    entries: OrdMap<K, V>,
    /// Each key changed since [`Undo::begin`] with its value before the change, in the order of
    /// changes; `None` for a key that was not there.
    changes: Vec<(K, Option<V>)>,
    /// The keys written since [`Undo::watch`]; `None` for a map that is not watched.
    written: Option<Written<K>>,
}

impl<K: Ord + Clone, V: Clone> Map<K, V> {
    /// Sets an entry, and returns the value that it replaces.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        let before = self.entries.insert(key.clone(), value);
        self.note(&key, false);
        self.changes.push((key, before.clone()));
        before
    }

    /// Removes an entry, and returns its value.
    pub fn remove(&mut self, key: &K) -> Option<V> {
        let before = self.entries.remove(key)?;
        self.note(key, true);
        self.changes.push((key.clone(), Some(before.clone())));
        Some(before)
    }

    /// The value of a key, to be changed. It is logged whether or not it is changed afterwards.
    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        let value = self.entries.get_mut(key)?;
        if let Some(written) = &mut self.written {
            written.add(key, false);
        }
        self.changes.push((key.clone(), Some(value.clone())));
        Some(value)
    }

    /// The keys that were written since the map is watched, in the order of the writes, each as often
    /// as it was; `None` if it is not watched.
    pub fn written(&self) -> Option<impl Iterator<Item = &Write<K>>> {
        self.written.as_ref().map(Written::iter)
    }

    /// Lists a write, if the map is watched.
    fn note(&mut self, key: &K, removed: bool) {
        if let Some(written) = &mut self.written {
            written.add(key, removed);
        }
    }
}

/// An ordered set with an undo.
pub struct Set<T> {
    /// The items as they are now.
    items: OrdSet<T>,
    /// Each item added or removed since [`Undo::begin`], and whether it was there before, in the
    /// order of changes.
    changes: Vec<(T, bool)>,
}

impl<T: Ord + Clone> Set<T> {
    /// Adds an item; adding one that is there changes nothing.
    pub fn insert(&mut self, item: T) {
        let before = self.items.insert(item.clone()).is_some();
        self.changes.push((item, before));
    }

    /// Removes an item; removing one that is not there changes nothing.
    pub fn remove(&mut self, item: &T) {
        if let Some(item) = self.items.remove(item) {
            self.changes.push((item, true));
        }
    }
}

impl<K: Ord + Clone, V: Clone> Undo for Map<K, V> {
    fn begin(&mut self) {
        self.changes.clear();
        self.changes.shrink_to(ROOM);
        if let Some(written) = &mut self.written {
            written.keep();
        }
    }

    fn undo(&mut self) {
        if let Some(written) = &mut self.written {
            written.forget();
        }
        while let Some((key, before)) = self.changes.pop() {
            match before {
                Some(value) => self.entries.insert(key, value),
                None => self.entries.remove(&key),
            };
        }
    }

    fn watch(&mut self) {
        self.written = Some(Written::new());
    }

    fn unwatch(&mut self) {
        self.written = None;
    }
}

impl<T: Ord + Clone> Undo for Set<T> {
    fn begin(&mut self) {
        self.changes.clear();
        self.changes.shrink_to(ROOM);
    }

    fn undo(&mut self) {
        while let Some((item, before)) = self.changes.pop() {
            match before {
                true => self.items.insert(item),
                false => self.items.remove(&item),
            };
        }
    }
}

/// Gives every method of the persistent map that reads.
impl<K, V> Deref for Map<K, V> {
    type Target = OrdMap<K, V>;

    fn deref(&self) -> &OrdMap<K, V> {
        &self.entries
    }
}

impl<T> Deref for Set<T> {
    type Target = OrdSet<T>;

    fn deref(&self) -> &OrdSet<T> {
        &self.items
    }
}

impl<'a, K: Ord, V> IntoIterator for &'a Map<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = <&'a OrdMap<K, V> as IntoIterator>::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        (&self.entries).into_iter()
    }
}

/// A map with an empty log: an undo changes nothing.
impl<K, V> From<OrdMap<K, V>> for Map<K, V> {
    fn from(entries: OrdMap<K, V>) -> Self {
        Self {
            entries,
            changes: Vec::new(),
            written: None,
        }
    }
}

impl<T> From<OrdSet<T>> for Set<T> {
    fn from(items: OrdSet<T>) -> Self {
        Self {
            items,
            changes: Vec::new(),
        }
    }
}

/// A clone starts with an empty log, so an undo of the clone stays at the moment of cloning. It is
/// watched if the original is, and has the same writes.
impl<K: Clone, V> Clone for Map<K, V> {
    fn clone(&self) -> Self {
        Self {
            written: self.written.clone(),
            ..self.entries.clone().into()
        }
    }
}

/// As for maps: a clone starts with an empty log.
impl<T> Clone for Set<T> {
    fn clone(&self) -> Self {
        self.items.clone().into()
    }
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        OrdMap::default().into()
    }
}

impl<T> Default for Set<T> {
    fn default() -> Self {
        OrdSet::default().into()
    }
}

impl<K: Ord + Clone, V: Clone> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        entries.into_iter().collect::<OrdMap<K, V>>().into()
    }
}

impl<T: Ord + Clone> FromIterator<T> for Set<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        items.into_iter().collect::<OrdSet<T>>().into()
    }
}

impl<K: Ord + fmt::Debug, V: fmt::Debug> fmt::Debug for Map<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.entries.fmt(f)
    }
}

impl<T: Ord + fmt::Debug> fmt::Debug for Set<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.items.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_map_goes_back_to_its_beginning(
            earlier in prop::collection::vec((0..40u8, any::<u8>()), 0..40),
            changes in prop::collection::vec((0..3u8, 0..40u8, any::<u8>()), 0..80),
        ) {
            let mut map: Map<u8, u8> = earlier.into_iter().collect();
            map.begin();
            let before = map.clone();
            for (what, key, value) in changes {
                match what {
                    0 => prop_assert_eq!(map.get(&key).copied(), map.insert(key, value)),
                    1 => prop_assert_eq!(map.get(&key).copied(), map.remove(&key)),
                    _ => map.get_mut(&key).into_iter().for_each(|found| *found = value),
                }
            }
            // A copy has nothing to go back to.
            let mut after = map.clone();
            after.undo();
            prop_assert_eq!(&*after, &*map);
            map.undo();
            prop_assert_eq!(&*map, &*before);
        }

        #[test]
        fn a_watched_map_tells_what_was_written_and_not_undone(
            rounds in prop::collection::vec(
                (any::<bool>(), prop::collection::vec((any::<bool>(), 0..9u8), 0..9)),
                0..9,
            ),
        ) {
            let mut map: Map<u8, u32> = Map::default();
            prop_assert!(map.written().is_none());
            map.watch();
            let mut expected = Vec::new();
            for (lasts, writes) in rounds {
                map.begin();
                let mut open = Vec::new();
                for (removed, key) in writes {
                    let done = match removed {
                        true => map.remove(&key).is_some(),
                        false => {
                            map.insert(key, 0);
                            true
                        }
                    };
                    if done {
                        open.push(Write { key, removed });
                    }
                }
                if lasts {
                    expected.extend(open);
                } else {
                    map.undo();
                }
                // A clone in between is told the same.
                map = map.clone();
            }
            let written: Vec<_> = map.written().unwrap().copied().collect();
            prop_assert_eq!(written, expected);
            map.watch();
            prop_assert_eq!(map.written().unwrap().count(), 0);
        }

        #[test]
        fn a_set_goes_back_to_its_beginning(
            earlier in prop::collection::vec(0..40u8, 0..40),
            changes in prop::collection::vec((any::<bool>(), 0..40u8), 0..80),
        ) {
            let mut set: Set<u8> = earlier.into_iter().collect();
            set.begin();
            let before = set.clone();
            for (adds, item) in changes {
                match adds {
                    true => set.insert(item),
                    false => set.remove(&item),
                }
                prop_assert_eq!(set.contains(&item), adds);
            }
            set.undo();
            prop_assert_eq!(&*set, &*before);
        }
    }
}
