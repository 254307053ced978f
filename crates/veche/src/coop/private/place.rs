//! The folder of the registry, and the store in it.

use super::PrivateOffice;
use super::master::{Asked, Master};
use crate::coop::office::OfficeOptions;
use antelope_cli::{Failure, Fallible};
use clap::Args;
use coop_private::{MasterSecret, PrivateStore};
use std::path::PathBuf;

/// Which cooperative, and the folder of its registry.
#[derive(Args, Clone, Debug)]
pub(crate) struct RegistryPlace {
    #[command(flatten)]
    pub(in crate::coop) office: OfficeOptions,
    /// The folder of the registry [default: registry/COOPERATIVE beside the configuration]
    #[arg(
        long = "index",
        alias = "data",
        value_name = "DIR",
        env = "VECHE_INDEX"
    )]
    pub(super) index: Option<PathBuf>,
}

impl PrivateOffice<'_> {
    /// The folder of the registry.
    ///
    /// # Errors
    /// `usage.argument` where neither the folder nor the cooperative is named.
    pub(super) fn folder(&self) -> Fallible<PathBuf> {
        let RegistryPlace { office, index } = self.place;
        match (index, office.coop) {
            (Some(index), _) => Ok(index.clone()),
            (None, Some(name)) => {
                let registry = self.session.folder()?.join("registry");
                Ok(registry.join(name.to_string()))
            }
            (None, None) => {
                let text = self.messages.text("private.which");
                Err(Failure::usage(text).expected("--coop ACCOUNT, VECHE_COOP, --index DIR"))
            }
        }
    }

    /// Opens the store, which must be that of the cooperative where one is named.
    ///
    /// # Errors
    /// Those of the master key and of the store.
    pub(super) fn store(&self) -> Fallible<PrivateStore> {
        let office = &self.place.office;
        self.master(&office.master)
            .open(&self.folder()?, office.coop)
    }

    /// What the master key of this source is made from.
    ///
    /// # Errors
    /// `usage.argument`; those of the keystore.
    pub(super) fn secret(&self, source: &str, asked: Asked) -> Fallible<MasterSecret> {
        self.master(source).secret(asked)
    }

    fn master<'a>(&'a self, source: &'a str) -> Master<'a> {
        Master {
            session: self.session,
            messages: &self.messages,
            source,
        }
    }
}
