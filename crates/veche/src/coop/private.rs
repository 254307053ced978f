//! `person`, `desk`, `backup` and `restore`: the personal data of the cooperative's people.
//!
//! No node is asked but for signing an act: the data is in the folder of the registry, and the master key opens it. What is about people
//! comes from files, from standard input or from the desk, never from arguments, and errors do not repeat it.

mod admission;
mod backup;
mod desk;
mod failure;
mod master;
mod person;
mod place;

pub(crate) use backup::{BackupArgs, RestoreArgs};
pub(crate) use desk::DeskArgs;
pub(super) use failure::failed;
pub(super) use master::{Asked, Master};
pub(crate) use person::PersonArgs;

use super::desk::Desk;
#[cfg(feature = "api")]
use super::office::OfficeOptions;
use super::words;
use antelope_cli::{Console, Fallible, Report, Session};
use antelope_types::Name;
use coop_language::{Messages, Words};
#[cfg(feature = "api")]
use coop_private::PrivateStore;
use place::RegistryPlace;
#[cfg(feature = "api")]
use std::path::Path;
use std::path::PathBuf;

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

/// Runs `desk`.
pub(super) fn desk(session: &Session, args: &DeskArgs) -> Fallible<Report> {
    desk::run(&PrivateOffice::new(session, args.place()), args)
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

/// Opens the store in the folder of a registry, for the service; `None` where the cooperative has none.
///
/// # Errors
/// Those of the master key and of the store.
#[cfg(feature = "api")]
pub(super) fn store_if(
    session: &Session,
    office: &OfficeOptions,
    folder: &Path,
    messages: &Messages,
) -> Fallible<Option<PrivateStore>> {
    if !coop_private::has_store(folder) {
        return Ok(None);
    }
    let master = Master {
        session,
        messages,
        source: &office.master,
    };
    master.open(folder, office.coop).map(Some)
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

    /// The desk of a cooperative, as far as it is in files.
    fn desk(&self, cooperative: Name) -> Fallible<Desk> {
        let folder = self.desk_folder(cooperative)?;
        Desk::open(folder, cooperative, &self.messages)
    }

    fn desk_folder(&self, cooperative: Name) -> Fallible<PathBuf> {
        match &self.place.office.desk {
            Some(folder) => Ok(folder.clone()),
            None => {
                let desks = self.session.folder()?.join("desk");
                Ok(desks.join(cooperative.to_string()))
            }
        }
    }

    /// The folder of the registry of a cooperative, where no other is named.
    fn usual_folder(&self, cooperative: Name) -> Fallible<PathBuf> {
        let registry = self.session.folder()?.join("registry");
        Ok(registry.join(cooperative.to_string()))
    }

    /// Asks whether something may be done, unless `--yes` has agreed already.
    fn agree(&self, console: &mut Console<'_>, question: &Words) -> Fallible<()> {
        match self.session.options.yes {
            0 => console.confirm(&self.say(question)),
            _ => Ok(()),
        }
    }
}
