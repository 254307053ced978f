//! The desk: a folder with what the chain does not know, and with every document that was signed.
//!
//! | file | content |
//! |---|---|
//! | `cooperative.json` | name, short name, address, time zone |
//! | `people/ACCOUNT.json` | the name; of whoever applies also day of birth, address, telephone, e-mail |
//! | `documents/NAME.txt` | the text of a document, whose hash is on the chain |
//! | `documents/draft-KEY.json` | a document whose transaction may be on its way, see `drafts` |
//! | `documents/last_moment` | the moment of the newest document, in microseconds of the chain's clock |
//! | `documents/HASH.json` | where that text is, and what a protocol about it has to repeat |
//!
//! It holds personal data: only its owner should be able to read it.

use antelope_cli::{Failure, Fallible};
use antelope_types::{Checksum256, Name};
use coop_documents::{Applicant, Cooperative, Date, Person, Rendered, Zone};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::{self, Write};
#[cfg(unix)]
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// The most characters of a part of a name, and of any other detail.
const MOST: [usize; 2] = [60, 200];

/// How far the moment of a document may be ahead of the chain, in microseconds.
const AHEAD: i64 = 60_000_000;

/// The folder, and the cooperative whose desk it is.
pub(super) struct Desk {
    folder: PathBuf,
    /// The cooperative as its documents name it.
    pub(super) cooperative: Cooperative,
}

/// `cooperative.json`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CooperativeFile {
    name: String,
    short_name: String,
    address: String,
    timezone: String,
}

/// `people/ACCOUNT.json`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PersonFile {
    last_name: String,
    first_name: String,
    middle_name: Option<String>,
    birth_date: Option<String>,
    address: Option<String>,
    phone: Option<String>,
    email: Option<String>,
}

/// `documents/HASH.json`.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Kept {
    /// The file of the text.
    pub(super) file: String,
    /// Of a proposal: the question and the decision, which a protocol repeats.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) proposal: Option<[String; 2]>,
}

impl Desk {
    /// Opens the desk of a cooperative.
    ///
    /// # Errors
    /// `desk.read`, `desk.parse` for `cooperative.json`.
    pub(super) fn open(folder: PathBuf, account: Name) -> Fallible<Self> {
        let file: CooperativeFile = read(&folder.join("cooperative.json"))?;
        let zone = Zone::named(&file.timezone)
            .map_err(|error| Failure::new("desk.parse", error.to_string()))?;
        let cooperative = Cooperative {
            account,
            name: text("name", file.name, MOST[1])?,
            short_name: text("short_name", file.short_name, MOST[1])?,
            address: text("address", file.address, MOST[1])?,
            zone,
        };
        Ok(Self {
            folder,
            cooperative,
        })
    }

    /// The person with this account.
    ///
    /// # Errors
    /// `desk.read`, `desk.parse` for the file of the person.
    pub(super) fn person(&self, account: Name) -> Fallible<Person> {
        person(account, self.file(account)?)
    }

    /// The person with what a statement tells about them.
    ///
    /// # Errors
    /// As [`Desk::person`]; `desk.parse` for a field that is missing.
    pub(super) fn applicant(&self, account: Name) -> Fallible<Applicant> {
        let mut file = self.file(account)?;
        let missing = |field: &str| {
            let message = format!("{}: no {field}", self.place(account).display());
            Failure::new("desk.parse", message)
        };
        let birth_date = file
            .birth_date
            .take()
            .ok_or_else(|| missing("birth_date"))?;
        let birth_date = Date::parse(&birth_date).ok_or_else(|| {
            Failure::new(
                "desk.parse",
                format!("birth_date {birth_date:?} is not a day"),
            )
            .expected("year-month-day, such as 1988-04-12")
        })?;
        let detail = |field: &str, value: Option<String>| {
            text(field, value.ok_or_else(|| missing(field))?, MOST[1])
        };
        Ok(Applicant {
            birth_date,
            address: detail("address", file.address.take())?,
            phone: detail("phone", file.phone.take())?,
            email: detail("email", file.email.take())?,
            person: person(account, file)?,
        })
    }

    fn place(&self, account: Name) -> PathBuf {
        self.folder.join("people").join(format!("{account}.json"))
    }

    fn file(&self, account: Name) -> Fallible<PersonFile> {
        read(&self.place(account)).map_err(|failure| {
            failure.hint(r#"a person is {"last_name": "…", "first_name": "…", "middle_name": "…"}"#)
        })
    }

    /// Where documents are.
    pub(super) fn documents(&self) -> PathBuf {
        self.folder.join("documents")
    }

    /// Keeps the text of a document, under a name that no other has.
    ///
    /// # Errors
    /// `desk.write`.
    pub(super) fn keep(
        &self,
        hash: Checksum256,
        rendered: &Rendered,
        proposal: Option<[String; 2]>,
    ) -> Fallible<PathBuf> {
        let folder = self.documents();
        let stem = rendered.file_name.trim_end_matches(".txt");
        let write = || {
            own_folder(&folder)?;
            let names = (1..).map(|number| match number {
                1 => format!("{stem}.txt"),
                more => format!("{stem}-{more}.txt"),
            });
            let mut names = names.filter(|name| !folder.join(name).exists());
            let file = names.next().unwrap_or_default();
            let path = folder.join(&file);
            own_file(&path, rendered.text.as_bytes())?;
            let kept = serde_json::to_vec_pretty(&Kept { file, proposal })?;
            own_file(&folder.join(format!("{hash}.json")), &kept)?;
            Ok(path)
        };
        write().map_err(|error: io::Error| {
            let message = format!("cannot keep a document in {}: {error}", folder.display());
            Failure::new("desk.write", message).hint("nothing was sent")
        })
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
            let message = format!("cannot write {}: {error}", file.display());
            Failure::new("desk.write", message).hint("nothing was signed")
        })?;
        Ok(moment)
    }

    /// What is kept of the document with this hash; `None` where it is of another desk.
    pub(super) fn kept(&self, hash: &Checksum256) -> Option<Kept> {
        read(&self.folder.join("documents").join(format!("{hash}.json"))).ok()
    }
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

fn person(account: Name, file: PersonFile) -> Fallible<Person> {
    Ok(Person {
        account,
        last_name: text("last_name", file.last_name, MOST[0])?,
        first_name: text("first_name", file.first_name, MOST[0])?,
        middle_name: file
            .middle_name
            .map(|name| text("middle_name", name, MOST[0]))
            .transpose()?,
    })
}

/// A text of a file: not empty, not too long, without what nobody sees.
fn text(field: &str, value: String, most: usize) -> Fallible<String> {
    let value = value.trim().to_owned();
    let is_wrong = value
        .chars()
        .any(|it| it.is_control() || coop_documents::is_invisible(it));
    match value.chars().count() {
        0 => Err(Failure::new("desk.parse", format!("{field} is empty"))),
        count if count > most => {
            let message = format!("{field} has {count} characters");
            Err(Failure::new("desk.parse", message).expected(format!("at most {most}")))
        }
        _ if is_wrong => {
            let message = format!("{field} has characters that nobody sees");
            Err(Failure::new("desk.parse", message))
        }
        _ => Ok(value),
    }
}

/// Reads a file of the desk.
///
/// # Errors
/// `desk.read`, `desk.parse`.
pub(super) fn read<T: DeserializeOwned>(path: &Path) -> Fallible<T> {
    let shown = path.display();
    let bytes = fs::read(path).map_err(|error| {
        Failure::new("desk.read", format!("cannot read {shown}: {error}"))
            .hint("--desk DIR or VECHE_DESK names the folder with the papers of the cooperative")
    })?;
    serde_json::from_slice(&bytes)
        .map_err(|error| Failure::new("desk.parse", format!("{shown}: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use antelope_types::name;

    fn desk(folder: &std::path::Path) -> Fallible<Desk> {
        let file =
            r#"{"name": "Coop", "short_name": "C", "address": "A", "timezone": "Europe/Moscow"}"#;
        fs::write(folder.join("cooperative.json"), file).unwrap();
        fs::create_dir_all(folder.join("people")).unwrap();
        Desk::open(folder.to_owned(), name!("coop"))
    }

    #[test]
    fn a_person_is_read_and_what_is_missing_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let desk = desk(folder.path()).unwrap();
        let anna = folder.path().join("people/anna.json");
        assert_eq!(desk.person(name!("anna")).unwrap_err().code, "desk.read");
        fs::write(&anna, r#"{"last_name": "Белова", "first_name": "Анна"}"#).unwrap();
        assert_eq!(
            desk.person(name!("anna")).unwrap().full_name(),
            "Белова Анна"
        );
        let missing = desk.applicant(name!("anna")).unwrap_err();
        assert!(
            missing.message.ends_with("no birth_date"),
            "{}",
            missing.message
        );
        for (text, words) in [
            (
                r#"{"last_name": "", "first_name": "A"}"#,
                "last_name is empty",
            ),
            (
                "{\"last_name\": \"a\u{202e}b\", \"first_name\": \"A\"}",
                "nobody sees",
            ),
            (r#"{"last_name": "A", "firstname": "A"}"#, "unknown field"),
        ] {
            fs::write(&anna, text).unwrap();
            let failure = desk.person(name!("anna")).unwrap_err();
            assert!(failure.message.contains(words), "{}", failure.message);
        }
    }
}
