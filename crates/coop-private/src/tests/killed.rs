//! Lives of stores that are killed again and again: who was erased is unreadable everywhere, and all others are as
//! they were put.

use super::support::{
    NOW, account, assert_words_are_of_documents, containing, erase, found, open, profile, secret,
    wrapped, written,
};
use crate::{PrivateError, PrivateStore, backup, kill, restore, unfinished_erasures};
use coop_documents::samples::cooperative;
use coop_model::catalogue::registry;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::PathBuf;
use tempfile::TempDir;

const PEOPLE: u8 = 4;

#[derive(Clone, Debug)]
enum Deed {
    Put(u8),
    Erase(u8),
    Backup,
    Restore(u8),
    Reopen,
}

/// A deed, and at which of its points the program ends; far beyond the last for never.
fn deed() -> impl Strategy<Value = (Deed, u32)> {
    let deed = prop_oneof![
        5 => (0..PEOPLE).prop_map(Deed::Put),
        3 => (0..PEOPLE).prop_map(Deed::Erase),
        2 => Just(Deed::Backup),
        2 => any::<u8>().prop_map(Deed::Restore),
        1 => Just(Deed::Reopen),
    ];
    (deed, prop_oneof![Just(1_000), 0..14_u32])
}

/// Who is there: the version of the profile, and how often the person was erased before.
type People = BTreeMap<u8, (u32, u32)>;

struct LivedStore {
    folder: TempDir,
    store: Option<PrivateStore>,
    people: People,
    erasures: BTreeMap<u8, u32>,
    /// Each with who was there.
    backups: Vec<(PathBuf, People)>,
    /// Wrapped keys that must be nowhere.
    gone: Vec<Vec<u8>>,
    version: u32,
}

impl LivedStore {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let coop = folder.path().join("coop");
        let store = PrivateStore::create(&coop, cooperative().account, &secret(1)).unwrap();
        Self {
            folder,
            store: Some(store),
            people: People::new(),
            erasures: BTreeMap::new(),
            backups: Vec::new(),
            gone: Vec::new(),
            version: 0,
        }
    }

    fn coop(&self) -> PathBuf {
        self.folder.path().join("coop")
    }

    fn store(&mut self) -> &mut PrivateStore {
        self.store.as_mut().unwrap()
    }

    fn reopen(&mut self) {
        self.store = None;
        self.store = Some(open(&self.coop()));
    }

    /// Who is there by the store.
    fn found(&mut self) -> BTreeMap<u8, String> {
        let store = self.store();
        let people = (0..PEOPLE).filter_map(|number| {
            let profile = store.profile(account(number)).unwrap()?;
            Some((number, profile.name()))
        });
        people.collect()
    }

    /// Who is there by what was done.
    fn expected(people: &People) -> BTreeMap<u8, String> {
        let people = people.iter();
        people
            .map(|(number, (version, _))| (*number, profile(*number, *version).name()))
            .collect()
    }

    /// Those of a backup who were not erased since.
    fn living(&self, people: &People) -> People {
        let erased = |number: &u8| self.erasures.get(number).copied().unwrap_or_default();
        let mut living = people.clone();
        living.retain(|number, (_, before)| *before == erased(number));
        living
    }

    fn lives(&mut self, deed: &Deed, killed: u32) {
        match deed {
            Deed::Put(number) => self.put(*number, killed),
            Deed::Erase(number) => self.erase(*number, killed),
            Deed::Backup => self.backup(killed),
            Deed::Restore(which) => self.restore(*which, killed),
            Deed::Reopen => self.reopen(),
        }
        assert_eq!(
            self.found(),
            Self::expected(&self.people),
            "{deed:?} killed at {killed}"
        );
        assert_words_are_of_documents(self.store());
    }

    fn put(&mut self, number: u8, killed: u32) {
        self.version += 1;
        let next = profile(number, self.version);
        kill::after(killed);
        let done = self.store().put_profile(account(number), &next, NOW);
        let kept = match done.is_ok() {
            true => self.put_document(number),
            false => Ok(()),
        };
        kill::after(u32::MAX);
        if done.is_err() || kept.is_err() {
            self.reopen();
        }
        if done.is_ok() {
            let erased = self.erasures.get(&number).copied().unwrap_or_default();
            self.people.insert(number, (self.version, erased));
        }
    }

    /// Keeps one more document about a person, which goes with the person.
    fn put_document(&mut self, number: u8) -> Result<(), PrivateError> {
        let text = format!("mark-letter {number} {} скамейки", self.version);
        let document = written(account(number), registry::STATEMENT, "Письмо", &text);
        self.store().put_document(&document, false, NOW)?;
        Ok(())
    }

    fn erase(&mut self, number: u8, killed: u32) {
        let who = account(number);
        let key = wrapped(&self.coop(), who);
        kill::after(killed);
        let done = erase(self.store(), who);
        kill::after(u32::MAX);
        if done.is_err() {
            self.reopen();
            if !unfinished_erasures(&self.coop()).unwrap().contains(&who) {
                return;
            }
            let done = erase(self.store(), who).unwrap();
            assert!(done.is_complete(), "{done:?}");
        }
        // It may have ended within a backup, which is told as what is in the way there.
        if done.is_ok_and(|done| !done.is_complete()) {
            let done = erase(self.store(), who).unwrap();
            assert!(done.is_complete(), "{done:?}");
        }
        if let Some(key) = key {
            self.gone.push(key);
            *self.erasures.entry(number).or_default() += 1;
            self.people.remove(&number);
        }
    }

    fn backup(&mut self, killed: u32) {
        let path = self
            .folder
            .path()
            .join(format!("backup{}", self.backups.len()));
        let coop = self.coop();
        kill::after(killed);
        let done = backup(&coop, &path, NOW);
        kill::after(u32::MAX);
        if done.is_err() {
            self.reopen();
            backup(&coop, &path, NOW).unwrap();
        }
        self.backups.push((path, self.people.clone()));
    }

    fn restore(&mut self, which: u8, killed: u32) {
        if self.backups.is_empty() {
            return;
        }
        let (path, people) = self.backups[usize::from(which) % self.backups.len()].clone();
        let coop = self.coop();
        kill::after(killed);
        let done = restore(&path, &coop, true);
        kill::after(u32::MAX);
        let restored = self.living(&people);
        if done.is_err() {
            self.reopen();
        }
        let found = self.found();
        if done.is_ok() || found == Self::expected(&restored) {
            self.people = restored;
        }
    }

    /// At the end of a life.
    fn check(&mut self) {
        self.reopen();
        assert_eq!(self.found(), Self::expected(&self.people));
        for key in &self.gone {
            assert_eq!(containing(self.folder.path(), key), Vec::<String>::new());
        }
        // Of whoever is not there any more, nothing is found by its words.
        let gone = (0..PEOPLE).filter(|it| !self.people.contains_key(it));
        for number in gone.collect::<Vec<_>>() {
            let letters = found(self.store(), "скамейка", Some(account(number)));
            assert_eq!(letters.len(), 0);
        }
        for word in ["mark-", "Фамилия", "скамейк"] {
            assert_eq!(
                containing(self.folder.path(), word.as_bytes()),
                Vec::<String>::new()
            );
        }
        // Each backup has those of its people who were not erased since, and nobody else.
        for (path, people) in self.backups.clone() {
            let living = self.living(&people);
            let other = tempfile::tempdir().unwrap();
            restore(&path, other.path(), false).unwrap();
            let mut store = open(other.path());
            for number in 0..PEOPLE {
                let found = store.profile(account(number)).unwrap();
                let expected = living
                    .get(&number)
                    .map(|(version, _)| profile(number, *version));
                assert_eq!(found, expected, "{number} in {}", path.display());
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn who_was_erased_is_unreadable_everywhere_and_others_are_as_they_were_put(
        life in prop::collection::vec(deed(), 4..24),
    ) {
        let mut store = LivedStore::new();
        for (deed, killed) in &life {
            store.lives(deed, *killed);
        }
        store.check();
    }
}
