//! The index of a cooperative's decisions, which `veche index run` keeps up to date in a folder.

// Without the index nobody reads the arguments.
#![cfg_attr(not(feature = "registry"), allow(dead_code))]

use crate::coop::office::OfficeOptions;
use antelope_types::{Name, TimePoint};
use clap::Args;
use std::path::PathBuf;

/// Where the index is.
#[derive(Args, Clone, Debug)]
pub(crate) struct IndexOptions {
    /// The folder of the index, with the file index.db [default: registry/COOPERATIVE beside the configuration]
    #[arg(long = "index", value_name = "DIR", env = "VECHE_INDEX")]
    pub(in crate::coop) folder: Option<PathBuf>,
}

/// Whom, and when.
#[derive(Args, Clone, Debug)]
pub(crate) struct WhenOptions {
    /// About this person only
    #[arg(long, value_name = "ACCOUNT")]
    pub(in crate::coop) person: Option<Name>,
    /// Of this day or later, in UTC: 2026-01-20 or 2026-01-20T09:30:00
    #[arg(long, value_name = "TIME", value_parser = super::moment)]
    pub(in crate::coop) since: Option<TimePoint>,
    /// Before this day or time, in UTC
    #[arg(long, value_name = "TIME", value_parser = super::moment)]
    pub(in crate::coop) until: Option<TimePoint>,
}

/// Words to look for.
#[derive(Args, Clone, Debug)]
pub(crate) struct SearchArgs {
    /// Words of titles and texts, in any form; of the last one the beginning is enough; - to read them from standard input
    #[arg(required = true)]
    pub(in crate::coop) words: Vec<String>,
    /// Of this form only: its number in the registry of documents, such as 600
    #[arg(long, value_name = "NUMBER")]
    pub(in crate::coop) form: Option<u64>,
    #[command(flatten)]
    pub(in crate::coop) when: WhenOptions,
    /// How many documents a page has
    #[arg(long, value_name = "COUNT", default_value_t = 20,
          value_parser = clap::value_parser!(u16).range(1..=500))]
    pub(in crate::coop) count: u16,
    /// The next page: what the page before ended with
    #[arg(long, value_name = "CURSOR")]
    pub(in crate::coop) after: Option<String>,
    #[command(flatten)]
    pub(in crate::coop) index: IndexOptions,
    #[command(flatten)]
    pub(in crate::coop) office: OfficeOptions,
}

/// A question with all that belongs to it.
#[derive(Args, Clone, Debug)]
pub(crate) struct PackageArgs {
    /// The question's number
    pub(in crate::coop) id: u64,
    #[command(flatten)]
    pub(in crate::coop) index: IndexOptions,
    #[command(flatten)]
    pub(in crate::coop) office: OfficeOptions,
}

#[cfg(feature = "registry")]
pub(in crate::coop) use open::{OpenIndex, asked, refused};

#[cfg(feature = "registry")]
mod open {
    use super::IndexOptions;
    use crate::coop::office::OfficeOptions;
    use crate::coop::words;
    use antelope_cli::{Console, Failure, Fallible, Session};
    use antelope_envelope::Message;
    use antelope_types::Name;
    use coop_index::{IndexError, IndexFolder, IndexReader, IndexStatus};
    use coop_language::{Messages, Words};
    use std::fs;
    use std::path::PathBuf;

    /// An index, and the cooperative that is asked about.
    pub(in crate::coop) struct OpenIndex {
        pub(in crate::coop) reader: IndexReader,
        pub(in crate::coop) coopname: Name,
        pub(in crate::coop) status: IndexStatus,
        pub(in crate::coop) messages: Messages,
        /// The folder that it is in, where the store of personal data is, too.
        pub(in crate::coop) folder: PathBuf,
    }

    impl OpenIndex {
        /// Opens the index that is named, or the one of the cooperative. No node is asked.
        ///
        /// # Errors
        /// `index.none`; `database.read`; `coop.none` for an index of several cooperatives.
        pub(in crate::coop) fn of(
            session: &Session,
            console: &mut Console<'_>,
            options: &IndexOptions,
            office: &OfficeOptions,
        ) -> Fallible<Self> {
            let messages = words::messages(office.language());
            let file = match &options.folder {
                Some(folder) => IndexFolder::new(folder).file(),
                None => own(session, office)?,
            };
            if !file.is_file() {
                let words = Words::of("found.no_index").with("file", file.display());
                return Err(Failure::not_found("index.none", words.say(&messages))
                    .hint(messages.text("found.make_index")));
            }
            let mut reader = IndexReader::open(&file).map_err(refused)?;
            let status = reader.status().map_err(refused)?;
            if status.needs_rebuild {
                let words = messages.text("found.rebuild");
                console.warn(Message::new("index.rebuild", words));
            }
            let coopname = match office.coop {
                Some(name) => name,
                None => only(&mut reader, &messages)?,
            };
            Ok(Self {
                reader,
                coopname,
                status,
                messages,
                folder: file.parent().map(PathBuf::from).unwrap_or_default(),
            })
        }
    }

    /// The index beside the configuration: that of the cooperative, or the only one.
    fn own(session: &Session, office: &OfficeOptions) -> Fallible<PathBuf> {
        let all = session.folder()?.join("registry");
        if let Some(name) = office.coop {
            return Ok(IndexFolder::new(all.join(name.to_string())).file());
        }
        let entries = fs::read_dir(&all).into_iter().flatten().flatten();
        let files = entries.map(|it| IndexFolder::new(it.path()).file());
        let files: Vec<_> = files.filter(|it| it.is_file()).collect();
        match <[PathBuf; 1]>::try_from(files) {
            Ok([only]) => Ok(only),
            Err(_) => Ok(IndexFolder::new(all).file()),
        }
    }

    /// The cooperative that an index is about.
    fn only(reader: &mut IndexReader, messages: &Messages) -> Fallible<Name> {
        let all = reader.cooperatives().map_err(refused)?;
        match all.as_slice() {
            [only] => Ok(only.coopname),
            several => {
                let names: Vec<_> = several.iter().map(|it| it.coopname.to_string()).collect();
                let words = Words::of("office.which").with("count", several.len());
                Err(Failure::not_found("coop.none", words.say(messages))
                    .expected(format!("--coop {}", names.join(", "))))
            }
        }
    }

    /// That an index cannot be read.
    pub(in crate::coop) fn refused(error: IndexError) -> Box<Failure> {
        let code = match error {
            IndexError::Cursor(_) => "usage.argument",
            _ => "database.read",
        };
        Failure::new(code, error.to_string())
    }

    /// The text of a value, where there is one.
    pub(in crate::coop) fn asked<T: ToString>(value: Option<T>) -> Option<String> {
        value.map(|it| it.to_string())
    }
}
