//! `person`, `backup` and `restore`: the personal data of the cooperative's people.
//!
//! No node is asked: the data is in the folder of the registry, and the master key opens it. What is about people
//! comes from files, from standard input or from the desk, never from arguments, and errors do not repeat it.

mod backup;
mod failure;
mod person;
mod place;

pub(crate) use backup::{BackupArgs, RestoreArgs};
pub(crate) use person::PersonArgs;

use super::desk::Desk;
#[cfg(feature = "api")]
use super::office::OfficeOptions;
use super::words;
use antelope_cli::{Console, Fallible, Report, Session};
use antelope_types::{Name, TimePoint};
use coop_language::{Messages, Words};
#[cfg(feature = "api")]
use coop_private::PrivateStore;
#[cfg(feature = "api")]
use place::MasterOptions;
use place::RegistryPlace;
#[cfg(feature = "api")]
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// What all of these commands have.
struct PrivateOffice<'s> {
    session: &'s Session,
    place: &'s RegistryPlace,
    messages: Messages,
}

/// Runs `person`.
pub(super) fn person(
    session: &Session,
    console: &mut Console<'_>,
    args: &PersonArgs,
) -> Fallible<Report> {
    person::run(&PrivateOffice::new(session, args.place()), console, args)
}

/// Runs `backup`.
pub(super) fn backup(session: &Session, args: &BackupArgs) -> Fallible<Report> {
    backup::backup(&PrivateOffice::new(session, &args.place), args)
}

/// Runs `restore`.
pub(super) fn restore(
    session: &Session,
    console: &mut Console<'_>,
    args: &RestoreArgs,
) -> Fallible<Report> {
    backup::restore(&PrivateOffice::new(session, &args.place), console, args)
}

/// Opens the store in the folder of a registry, for the service.
///
/// # Errors
/// Those of the master key and of the store.
#[cfg(feature = "api")]
pub(super) fn store(
    session: &Session,
    office: &OfficeOptions,
    folder: &Path,
    source: &str,
) -> Fallible<PrivateStore> {
    let place = RegistryPlace::of(office.clone(), folder.to_owned());
    let master = MasterOptions::of(source);
    PrivateOffice::new(session, &place).store(&master)
}

impl<'s> PrivateOffice<'s> {
    fn new(session: &'s Session, place: &'s RegistryPlace) -> Self {
        Self {
            messages: words::messages(place.office.language()),
            session,
            place,
        }
    }

    fn say(&self, words: &Words) -> String {
        words.say(&self.messages)
    }

    /// The desk of a cooperative.
    fn desk(&self, cooperative: Name) -> Fallible<Desk> {
        let folder = match &self.place.office.desk {
            Some(folder) => folder.clone(),
            None => self
                .session
                .folder()?
                .join("desk")
                .join(cooperative.to_string()),
        };
        Desk::open(folder, cooperative, &self.messages)
    }

    /// Asks whether something may be done, unless `--yes` has agreed already.
    fn agree(&self, console: &mut Console<'_>, question: &Words) -> Fallible<()> {
        match self.session.options.yes {
            0 => console.confirm(&self.say(question)),
            _ => Ok(()),
        }
    }
}

/// The clock of this machine.
fn now() -> TimePoint {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    TimePoint::from_micros(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}
