//! The desk: a folder with what the chain does not know, and with every document that was signed.
//!
//! | file | content |
//! |---|---|
//! | `cooperative.json` | name, short name, address, time zone |
//! | `people/ACCOUNT.json` | who a person or an organization is, see `people` |
//! | `documents/NAME.txt` | the text of a document, whose hash is on the chain |
//! | `documents/draft-KEY.json` | a document whose transaction may be on its way, see `drafts` |
//! | `documents/last_moment` | the moment of the newest document, in microseconds of the chain's clock |
//! | `documents/HASH.json` | where that text is, the signed document, its facts, and what a protocol about it has to repeat |
//! | `drafts/NAME.json` | a paper that others have to sign |
//! | `things/HASH.txt` | the description of a thing, whose hash is on the chain |
//!
//! It holds personal data: only its owner should be able to read it.

mod fields;
mod people;

use antelope_cli::{Failure, Fallible};
use antelope_types::{Checksum256, Encode, Name, base64};
use coop_documents::{Cooperative, Form, Record, Rendered, Zone};
use coop_language::{Messages, Words};
use coop_model::{Document, parameters::CLOCK_SKEW_SECONDS};
use fields::{FACT, Fields};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::{self, Write};
#[cfg(unix)]
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// How far the moment of a document may be ahead of the chain, in microseconds: as far as the contracts
/// allow. A chain that has taken a document from so far ahead wants the next to be later.
const AHEAD: i64 = CLOCK_SKEW_SECONDS as i64 * 1_000_000;

/// The folder, and the cooperative whose desk it is.
pub(super) struct Desk {
    folder: PathBuf,
    /// The cooperative as its documents name it.
    pub(super) cooperative: Cooperative,
    /// What is said of its files, in the reader's language.
    pub(super) messages: Messages,
}

/// `documents/HASH.json`.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Kept {
    /// The file of the text.
    pub(super) file: String,
    /// Of a proposal: the question and the decision, which a protocol repeats.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) proposal: Option<[String; 2]>,
    /// The signed document as it is in an action, in base64; desks of earlier releases have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) document: Option<String>,
    /// The facts of its text, from which it is printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) record: Option<Record>,
}

impl Desk {
    /// Opens the desk of a cooperative.
    ///
    /// # Errors
    /// `desk.read`, `desk.parse` for `cooperative.json`.
    pub(super) fn open(folder: PathBuf, account: Name, messages: &Messages) -> Fallible<Self> {
        let path = folder.join("cooperative.json");
        let fields = Fields::read(messages, &path).map_err(|failure| {
            let example =
                r#"{"name": "…", "short_name": "…", "address": "…", "timezone": "Europe/Moscow"}"#;
            let words = Words::of("folder.cooperative").with("example", example);
            match failure.code == "desk.read" {
                true => failure.hint(words.say(messages)),
                false => failure,
            }
        })?;
        fields.only(&["name", "short_name", "address", "timezone"])?;
        let zone = fields.text("timezone", FACT)?;
        let zone = Zone::named(&zone)
            .map_err(|_| fields.refuse("timezone", &zone, Words::of("folder.no_zone")))?;
        let cooperative = Cooperative {
            account,
            name: fields.text("name", FACT)?,
            short_name: fields.text("short_name", FACT)?,
            address: fields.text("address", FACT)?,
            zone,
        };
        Ok(Self {
            folder,
            cooperative,
            messages: messages.clone(),
        })
    }

    /// Where documents are.
    pub(super) fn documents(&self) -> PathBuf {
        self.folder.join("documents")
    }

    /// Keeps the text of a document that was signed, under a name that no other has, with what it is printed
    /// from.
    ///
    /// # Errors
    /// `desk.write`.
    pub(super) fn keep(
        &self,
        document: &Document,
        rendered: &Rendered,
        proposal: Option<[String; 2]>,
    ) -> Fallible<PathBuf> {
        let stem = rendered.file_name.trim_end_matches(".txt");
        let record = Some(rendered.record.clone());
        self.keep_as(document, stem, &rendered.text, proposal, record)
    }

    /// Keeps the text of a document of a form that others made.
    ///
    /// # Errors
    /// `desk.write`.
    pub(super) fn keep_text(
        &self,
        document: &Document,
        form: &dyn Form,
        text: &str,
        record: Option<Record>,
    ) -> Fallible<PathBuf> {
        let stem = format!("{}-{}", form.registry_id(), form.stem());
        self.keep_as(document, &stem, text, None, record)
    }

    fn keep_as(
        &self,
        document: &Document,
        stem: &str,
        text: &str,
        proposal: Option<[String; 2]>,
        record: Option<Record>,
    ) -> Fallible<PathBuf> {
        let folder = self.documents();
        let write = || {
            own_folder(&folder)?;
            let names = (1..).map(|number| match number {
                1 => format!("{stem}.txt"),
                more => format!("{stem}-{more}.txt"),
            });
            let mut names = names.filter(|name| !folder.join(name).exists());
            let file = names.next().unwrap_or_default();
            let path = folder.join(&file);
            own_file(&path, text.as_bytes())?;
            let kept = serde_json::to_vec_pretty(&Kept {
                file,
                proposal,
                document: Some(base64::encode(&document.to_bytes())),
                record,
            })?;
            own_file(&folder.join(format!("{}.json", document.hash())), &kept)?;
            Ok(path)
        };
        write().map_err(|error: io::Error| unwritten(&self.messages, &folder, &error))
    }

    /// What is kept of the document with this hash, or whose text is in the file with this name.
    pub(super) fn find(&self, name: &str) -> Option<Kept> {
        if let Ok(hash) = name.parse::<Checksum256>() {
            return self.kept(&hash);
        }
        let files = fs::read_dir(self.documents()).into_iter().flatten();
        let mut kept = files.flatten().filter_map(|file| {
            let stem = file.file_name().to_string_lossy().into_owned();
            let hash = stem.strip_suffix(".json")?.parse().ok()?;
            self.kept(&hash)
        });
        kept.find(|kept| kept.file == name)
    }

    /// A moment that no document of this desk has, at or after `now`, in microseconds: people's documents
    /// are used once and in the order of their moments.
    ///
    /// # Errors
    /// `desk.write`.
    pub(super) fn moment(&self, now: i64) -> Fallible<i64> {
        let folder = self.documents();
        let file = folder.join("last_moment");
        let last = fs::read_to_string(&file)
            .ok()
            .and_then(|text| text.trim().parse().ok());
        let moment = last.map_or(now, |last: i64| now.max(last.saturating_add(1)));
        // A moment far ahead, from a chain whose clock was moved, is of no use on another.
        let moment = if moment - now > AHEAD { now } else { moment };
        let write =
            own_folder(&folder).and_then(|()| own_file(&file, moment.to_string().as_bytes()));
        write.map_err(|error| {
            let mut failure = unwritten(&self.messages, &file, &error);
            failure.hint = Some(self.messages.text("folder.unsigned"));
            failure
        })?;
        Ok(moment)
    }

    /// The file of a new draft of a paper that others have to sign.
    ///
    /// # Errors
    /// `desk.write`.
    pub(super) fn draft(&self, hash: Checksum256) -> Fallible<PathBuf> {
        let folder = self.folder.join("drafts");
        own_folder(&folder).map_err(|error| unwritten(&self.messages, &folder, &error))?;
        Ok(folder.join(format!("{}.json", &hash.to_string()[..12])))
    }

    /// Keeps the description of a thing, under its hash.
    ///
    /// # Errors
    /// `desk.write`.
    pub(super) fn keep_thing(&self, hash: Checksum256, description: &str) -> Fallible<()> {
        let folder = self.folder.join("things");
        let file = folder.join(format!("{hash}.txt"));
        let write = own_folder(&folder).and_then(|()| own_file(&file, description.as_bytes()));
        write.map_err(|error| unwritten(&self.messages, &file, &error))
    }

    /// The description of the thing with this hash, and the file that should have it.
    ///
    /// # Errors
    /// The file, where it is not there or has another text.
    pub(super) fn thing(&self, hash: Checksum256) -> Result<String, PathBuf> {
        let file = self.folder.join("things").join(format!("{hash}.txt"));
        let text = fs::read_to_string(&file).unwrap_or_default();
        // An editor may have added the end of the line.
        let texts = [text.as_str(), text.trim_end()];
        let is_it = |text: &&str| Checksum256::sha256(text.as_bytes()) == hash;
        let found = texts.into_iter().find(is_it);
        found.map(str::to_owned).ok_or(file)
    }

    /// What is kept of the document with this hash; `None` where it is of another desk.
    pub(super) fn kept(&self, hash: &Checksum256) -> Option<Kept> {
        let file = self.folder.join("documents").join(format!("{hash}.json"));
        read(&self.messages, &file).ok()
    }
}

/// A file that cannot be written; what it was for is not sent.
pub(super) fn unwritten(messages: &Messages, path: &Path, error: &io::Error) -> Box<Failure> {
    let words = Words::of("folder.unwritten")
        .with("file", path.display())
        .with("problem", error);
    Failure::new("desk.write", words.say(messages)).hint(messages.text("folder.unsent"))
}

/// A file that cannot be read.
pub(super) fn unreadable(messages: &Messages, path: &Path, error: &io::Error) -> Box<Failure> {
    let words = Words::of("folder.unreadable")
        .with("file", path.display())
        .with("problem", error);
    Failure::new("desk.read", words.say(messages))
}

/// A file whose content is not what it should be.
pub(super) fn malformed(messages: &Messages, path: &Path, problem: &str) -> Box<Failure> {
    let words = Words::of("folder.malformed")
        .with("file", path.display())
        .with("problem", problem);
    Failure::new("desk.parse", words.say(messages))
}

/// Makes a folder that only its owner can read, if it is not there.
fn own_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    builder.mode(0o700);
    builder.create(folder)
}

/// Writes a file that only its owner can read.
pub(super) fn own_file(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    options.mode(0o600);
    options.open(path)?.write_all(content)
}

/// Reads a file of the desk.
///
/// # Errors
/// `desk.read`, `desk.parse`.
pub(super) fn read<T: DeserializeOwned>(messages: &Messages, path: &Path) -> Fallible<T> {
    let bytes = fs::read(path)
        .map_err(|error| unreadable(messages, path, &error).hint(messages.text("folder.which")))?;
    serde_json::from_slice(&bytes).map_err(|error| {
        let words = match error.is_data() {
            true => return malformed(messages, path, &error.to_string()),
            false => Words::of("folder.no_json")
                .with("line", error.line())
                .with("column", error.column()),
        };
        malformed(messages, path, &words.say(messages))
    })
}

#[cfg(test)]
mod tests {
    use super::super::words::messages;
    use super::*;
    use antelope_types::name;
    use coop_language::Lang;

    /// A desk in this folder, with the papers that every desk has.
    pub(super) fn desk(folder: &Path, lang: Lang) -> Desk {
        let file =
            r#"{"name": "Coop", "short_name": "C", "address": "A", "timezone": "Europe/Moscow"}"#;
        fs::write(folder.join("cooperative.json"), file).unwrap();
        fs::create_dir_all(folder.join("people")).unwrap();
        Desk::open(folder.to_owned(), name!("coop"), &messages(lang)).unwrap()
    }

    #[test]
    fn what_cannot_be_written_is_told_in_the_readers_language() {
        let folder = tempfile::tempdir().unwrap();
        let desk = desk(folder.path(), Lang::Ru);
        // A file where the folder should be.
        fs::write(folder.path().join("documents"), "").unwrap();
        let failure = desk.moment(0).unwrap_err();
        assert_eq!(failure.code, "desk.write");
        assert!(failure.message.starts_with("не записать"), "{failure:?}");
        assert_eq!(failure.hint.as_deref(), Some("ничего не подписано"));
    }

    #[test]
    fn what_is_wrong_with_the_file_of_the_cooperative_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let of = |text: &str| {
            fs::write(folder.path().join("cooperative.json"), text).unwrap();
            let opened = Desk::open(folder.path().to_owned(), name!("coop"), &messages(Lang::Ru));
            opened.map(drop).unwrap_err().message
        };
        for (text, words) in [
            (r#"{"name": "Coop",}"#, "строка 1"),
            (r#"["name"]"#, "нужны поля"),
            (
                r#"{"name": 7, "timezone": "Europe/Moscow"}"#,
                "name (название): нужен текст",
            ),
            (
                r#"{"timezone": "Europe/Berlin"}"#,
                "timezone (часовой пояс)",
            ),
            (r#"{"zone": "Europe/Moscow"}"#, "zone: такого поля нет"),
        ] {
            let message = of(text);
            assert!(
                message.contains(words) && message.contains("cooperative.json"),
                "{message}"
            );
        }
    }
}
