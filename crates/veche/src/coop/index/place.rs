//! Where an index is, what it is about, and where its blocks come from.

use super::failure::failure;
use crate::coop::faults::unreadable;
use crate::coop::office::{Office, OfficeOptions};
use antelope_cli::{Failure, Fallible, Session};
use antelope_follow::{BlockSource, StateHistorySource, StateHistoryWindow, TraceApiSource};
use antelope_types::Name;
use clap::Args;
use coop_index::{IndexFolder, IndexReader, IndexScope};
use coop_language::{Messages, Words};
use std::path::PathBuf;

/// Which cooperative, and the folder of its index.
#[derive(Args, Clone, Debug)]
pub(crate) struct IndexPlace {
    /// The folder of the index [default: registry/COOPERATIVE beside the configuration]
    #[arg(
        long = "index",
        alias = "data",
        value_name = "DIR",
        env = "VECHE_INDEX"
    )]
    pub(in crate::coop) index: Option<PathBuf>,
    // Last, since what follows it is under its heading.
    #[command(flatten)]
    pub(in crate::coop) office: OfficeOptions,
}

/// Where blocks come from.
#[derive(Args, Clone, Debug)]
pub(crate) struct SourceOptions {
    /// The state history of a node, ws://HOST:PORT; without it, the trace API at --url, which has final blocks
    /// only and no rows of tables
    #[arg(long, value_name = "URL", env = "VECHE_STATE_HISTORY")]
    pub(in crate::coop) state_history: Option<String>,
    /// The first block that the trace API is asked for
    #[arg(long, value_name = "BLOCK", default_value_t = 2,
          value_parser = clap::value_parser!(u32).range(1..))]
    first_block: u32,
    /// The longest message of state history in MiB: the first has the whole state of the chain
    #[arg(long, value_name = "MIB", default_value_t = 1024,
          value_parser = clap::value_parser!(u32).range(1..=65_536))]
    message_mib: u32,
}

/// Something that tells of blocks, and may do so on another thread.
pub(in crate::coop) type AnySource = Box<dyn BlockSource + Send>;

impl IndexPlace {
    /// The folder. The node is asked where neither the folder nor the cooperative is given.
    ///
    /// # Errors
    /// Those of finding the cooperative.
    pub(in crate::coop) fn folder(&self, session: &Session) -> Fallible<IndexFolder> {
        if let Some(index) = &self.index {
            return Ok(IndexFolder::new(index));
        }
        let coopname = match self.office.coop {
            Some(name) => name,
            None => Office::open(session, &self.office)?.cooperative.name(),
        };
        let registry = session.folder()?.join("registry");
        Ok(IndexFolder::new(registry.join(coopname.to_string())))
    }

    /// What the chain of the session says the index is to be about.
    ///
    /// # Errors
    /// Those of finding the cooperative; `coop.none` where one is named that the chain does not have: an index of it
    /// would stay empty and be healthy.
    pub(in crate::coop) fn scope_of_chain(&self, session: &Session) -> Fallible<IndexScope> {
        let office = Office::open(session, &self.office)?;
        if office.cooperative.coop().map_err(unreadable)?.is_none() {
            let words = Words::of("index.no_coop").with("coop", office.cooperative.name());
            let hint = office.messages.text("index.no_coop_hint");
            return Err(Failure::not_found("coop.none", office.say(&words)).hint(hint));
        }
        Ok(IndexScope {
            contracts: *office.cooperative.contracts(),
            cooperative: Some(office.cooperative.name()),
        })
    }

    /// What the index is about: as it says itself, or where there is none, as the chain does.
    ///
    /// # Errors
    /// Those of reading either; `usage.argument` where the index is of another cooperative than the given one.
    pub(in crate::coop) fn scope(
        &self,
        session: &Session,
        folder: &IndexFolder,
        messages: &Messages,
    ) -> Fallible<IndexScope> {
        let Some(scope) = self.scope_there(folder, messages)? else {
            return self.scope_of_chain(session);
        };
        match (self.office.coop, scope.cooperative) {
            (Some(wanted), found) if found != Some(wanted) => {
                let found = found.map_or_else(|| "*".to_owned(), |it| it.to_string());
                let folder = folder.path().display();
                let text = messages.say("index.other", &[("folder", &folder), ("coop", &found)]);
                Err(Failure::usage(text).expected(format!("--coop {found}")))
            }
            _ => Ok(scope),
        }
    }

    /// What the index that is there is about.
    fn scope_there(
        &self,
        folder: &IndexFolder,
        messages: &Messages,
    ) -> Fallible<Option<IndexScope>> {
        if !folder.has_index() {
            return Ok(None);
        }
        let scope = IndexReader::open(&folder.file()).and_then(|mut reader| reader.scope());
        scope.map_err(|error| failure(error, folder, messages))
    }

    /// A reader of the index that is there.
    ///
    /// # Errors
    /// `index.none`; those of opening it.
    pub(in crate::coop) fn reader(
        &self,
        folder: &IndexFolder,
        messages: &Messages,
    ) -> Fallible<IndexReader> {
        if !folder.has_index() {
            let text = messages.say("index.none", &[("folder", &folder.path().display())]);
            let hint = messages.text("index.begin");
            return Err(Failure::not_found("index.none", text).hint(hint));
        }
        let reader = IndexReader::open(&folder.file());
        reader.map_err(|error| failure(error, folder, messages))
    }
}

/// The one cooperative that an index of these commands is about.
///
/// # Errors
/// `usage.argument` for an index about all of a chain, which no command makes.
pub(in crate::coop) fn cooperative_of(scope: &IndexScope, messages: &Messages) -> Fallible<Name> {
    let none = || Failure::usage(messages.text("index.all"));
    scope.cooperative.ok_or_else(none)
}

impl SourceOptions {
    /// The source, which has not sent anything yet.
    ///
    /// # Errors
    /// `usage.argument` for an address that is none.
    pub(in crate::coop) fn open(
        &self,
        session: &Session,
        scope: &IndexScope,
    ) -> Fallible<AnySource> {
        let interest = scope.interest();
        let Some(url) = &self.state_history else {
            let client = session.client.clone();
            return Ok(Box::new(TraceApiSource::new(
                client,
                interest,
                self.first_block,
            )));
        };
        let window = StateHistoryWindow {
            message_bytes: (self.message_mib as usize).saturating_mul(1 << 20),
            ..StateHistoryWindow::default()
        };
        match StateHistorySource::with(url, interest, window) {
            Ok(source) => Ok(Box::new(source)),
            Err(error) => Err(Failure::usage(error.to_string())),
        }
    }
}
