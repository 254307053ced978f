//! Who people and organizations are: by `people/ACCOUNT.json`, or by the store. [`Profile`] lists the fields.

use super::files::is_overwritten;
use super::{Desk, malformed, unreadable};
use crate::coop::clock::now;
use crate::coop::facts::refused;
use antelope_cli::Fallible;
use antelope_types::Name;
use coop_documents::{Applying, Date, MAX_PROFILE, Party, Person, Profile};
use coop_language::Words;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

impl Desk {
    /// The natural person with this account.
    ///
    /// # Errors
    /// As [`Desk::party`]; `desk.parse` also for an organization.
    pub(in crate::coop) fn person(&self, account: Name) -> Fallible<Person> {
        let profile = self.profile(account)?;
        profile.person().cloned().ok_or_else(|| {
            let words = Words::of("folder.not_person").with("value", profile.party().short_name());
            malformed(
                &self.messages,
                &self.place(account),
                &words.say(&self.messages),
            )
        })
    }

    /// The person or organization with this account.
    ///
    /// # Errors
    /// `desk.read`, `desk.parse` for the file; those of the store.
    pub(in crate::coop) fn party(&self, account: Name) -> Fallible<Party> {
        Ok(self.profile(account)?.party())
    }

    /// Whoever applies from this account, with what a statement tells about them.
    ///
    /// # Errors
    /// As [`Desk::party`]; `desk.parse` for a field that is missing.
    pub(in crate::coop) fn applying(&self, account: Name) -> Fallible<Applying> {
        let profile = self.profile(account)?;
        let today = Date::of_micros(now().micros());
        let checked = profile.check_entered(today);
        let applying = checked.and_then(|()| profile.applying());
        applying.map_err(|error| refused(&self.messages, &self.place(account), &error))
    }

    /// The profile of an account. A file goes before the store: somebody has put it there since.
    fn profile(&self, account: Name) -> Fallible<Profile> {
        let place = self.place(account);
        let absent = match read(&place) {
            Ok(bytes) => return self.profile_of(account, &bytes),
            Err(error) => error,
        };
        if absent.kind() == io::ErrorKind::NotFound
            && let Some(store) = &self.store
            && let Some(profile) = store.profile(account)?
        {
            return Ok(profile);
        }
        let example = r#"{"last_name": "…", "first_name": "…", "middle_name": "…"}"#;
        let words = Words::of("folder.person").with("example", example);
        Err(unreadable(&self.messages, &place, &absent)
            .hint(self.messages.text("folder.which"))
            .hint(words.say(&self.messages))
            .hint(self.messages.text("folder.kinds")))
    }

    /// What the file about an account says.
    ///
    /// # Errors
    /// `desk.parse`.
    pub(in crate::coop) fn profile_of(&self, account: Name, bytes: &[u8]) -> Fallible<Profile> {
        Profile::from_json(account, bytes).map_err(|error| {
            refused(&self.messages, &self.place(account), &error)
                .hint(self.messages.text("folder.kinds"))
        })
    }

    /// The file about an account.
    pub(in crate::coop) fn place(&self, account: Name) -> PathBuf {
        self.folder.join("people").join(format!("{account}.json"))
    }
}

/// The bytes of a profile, of a file that may be longer than one.
pub(super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = File::open(path)?;
    file.take(MAX_PROFILE as u64 + 1).read_to_end(&mut bytes)?;
    match is_overwritten(&bytes) {
        true => Err(io::ErrorKind::NotFound.into()),
        false => Ok(bytes),
    }
}

#[cfg(test)]
mod tests;
