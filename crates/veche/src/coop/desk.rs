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
//! | `drafts/NAME.json` | a paper that others have to sign |
//! | `things/HASH.txt` | the description of a thing, whose hash is on the chain |
//!
//! It holds personal data: only its owner should be able to read it.

use antelope_cli::{Failure, Fallible};
use antelope_types::{Checksum256, Name};
use coop_documents::{Applicant, Cooperative, Date, Form, Person, Rendered, Zone};
use coop_language::{Messages, Words};
use coop_model::parameters::CLOCK_SKEW_SECONDS;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::{self, Write};
#[cfg(unix)]
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// The most characters of a part of a name, and of any other detail.
const MOST: [usize; 2] = [60, 200];

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
    pub(super) fn open(folder: PathBuf, account: Name, messages: &Messages) -> Fallible<Self> {
        let path = folder.join("cooperative.json");
        let file: CooperativeFile = read(messages, &path)?;
        let zone = Zone::named(&file.timezone)
            .map_err(|error| malformed(messages, &path, &error.to_string()))?;
        let text = |field: &str, value: String| text(messages, field, value, MOST[1]);
        let cooperative = Cooperative {
            account,
            name: text("name", file.name)?,
            short_name: text("short_name", file.short_name)?,
            address: text("address", file.address)?,
            zone,
        };
        Ok(Self {
            folder,
            cooperative,
            messages: messages.clone(),
        })
    }

    /// The person with this account.
    ///
    /// # Errors
    /// `desk.read`, `desk.parse` for the file of the person.
    pub(super) fn person(&self, account: Name) -> Fallible<Person> {
        person(&self.messages, account, self.file(account)?)
    }

    /// The person with what a statement tells about them.
    ///
    /// # Errors
    /// As [`Desk::person`]; `desk.parse` for a field that is missing.
    pub(super) fn applicant(&self, account: Name) -> Fallible<Applicant> {
        let mut file = self.file(account)?;
        let missing = |field: &str| {
            let words = Words::of("folder.missing")
                .with("file", self.place(account).display())
                .with("field", field);
            Failure::new("desk.parse", words.say(&self.messages))
        };
        let birth_date = file
            .birth_date
            .take()
            .ok_or_else(|| missing("birth_date"))?;
        let birth_date = Date::parse(&birth_date).ok_or_else(|| {
            let words = Words::of("folder.no_day")
                .with("field", "birth_date")
                .with("value", format!("{birth_date:?}"));
            let expected = Words::of("folder.day").with("example", "1988-04-12");
            Failure::new("desk.parse", words.say(&self.messages))
                .expected(expected.say(&self.messages))
        })?;
        let detail = |field: &str, value: Option<String>| {
            let value = value.ok_or_else(|| missing(field))?;
            text(&self.messages, field, value, MOST[1])
        };
        Ok(Applicant {
            birth_date,
            address: detail("address", file.address.take())?,
            phone: detail("phone", file.phone.take())?,
            email: detail("email", file.email.take())?,
            person: person(&self.messages, account, file)?,
        })
    }

    fn place(&self, account: Name) -> PathBuf {
        self.folder.join("people").join(format!("{account}.json"))
    }

    fn file(&self, account: Name) -> Fallible<PersonFile> {
        read(&self.messages, &self.place(account)).map_err(|failure| {
            let example = r#"{"last_name": "…", "first_name": "…", "middle_name": "…"}"#;
            let words = Words::of("folder.person").with("example", example);
            failure.hint(words.say(&self.messages))
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
        let stem = rendered.file_name.trim_end_matches(".txt");
        self.keep_as(hash, stem, &rendered.text, proposal)
    }

    /// Keeps the text of a document of a form that others made.
    ///
    /// # Errors
    /// `desk.write`.
    pub(super) fn keep_text(
        &self,
        hash: Checksum256,
        form: &dyn Form,
        text: &str,
    ) -> Fallible<PathBuf> {
        let stem = format!("{}-{}", form.registry_id(), form.stem());
        self.keep_as(hash, &stem, text, None)
    }

    fn keep_as(
        &self,
        hash: Checksum256,
        stem: &str,
        text: &str,
        proposal: Option<[String; 2]>,
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
            let kept = serde_json::to_vec_pretty(&Kept { file, proposal })?;
            own_file(&folder.join(format!("{hash}.json")), &kept)?;
            Ok(path)
        };
        write().map_err(|error: io::Error| unwritten(&self.messages, &folder, &error))
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

fn person(messages: &Messages, account: Name, file: PersonFile) -> Fallible<Person> {
    let text = |field: &str, value: String| text(messages, field, value, MOST[0]);
    Ok(Person {
        account,
        last_name: text("last_name", file.last_name)?,
        first_name: text("first_name", file.first_name)?,
        middle_name: file
            .middle_name
            .map(|name| text("middle_name", name))
            .transpose()?,
    })
}

/// A text of a file: not empty, not too long, without what nobody sees.
fn text(messages: &Messages, field: &str, value: String, most: usize) -> Fallible<String> {
    let value = value.trim().to_owned();
    let is_wrong = value
        .chars()
        .any(|it| it.is_control() || coop_documents::is_invisible(it));
    let wrong = |words: Words| {
        let words = words.with("field", field);
        Failure::new("desk.parse", words.say(messages))
    };
    match value.chars().count() {
        0 => Err(wrong(Words::of("folder.empty"))),
        count if count > most => {
            let expected = Words::of("folder.most").with("most", most);
            let words = Words::of("folder.long").with("count", count);
            Err(wrong(words).expected(expected.say(messages)))
        }
        _ if is_wrong => Err(wrong(Words::of("folder.invisible"))),
        _ => Ok(value),
    }
}

/// Reads a file of the desk.
///
/// # Errors
/// `desk.read`, `desk.parse`.
pub(super) fn read<T: DeserializeOwned>(messages: &Messages, path: &Path) -> Fallible<T> {
    let bytes = fs::read(path)
        .map_err(|error| unreadable(messages, path, &error).hint(messages.text("folder.which")))?;
    serde_json::from_slice(&bytes).map_err(|error| malformed(messages, path, &error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::super::words::messages;
    use super::*;
    use antelope_types::name;
    use coop_language::Lang;

    fn desk(folder: &std::path::Path, lang: Lang) -> Fallible<Desk> {
        let file =
            r#"{"name": "Coop", "short_name": "C", "address": "A", "timezone": "Europe/Moscow"}"#;
        fs::write(folder.join("cooperative.json"), file).unwrap();
        fs::create_dir_all(folder.join("people")).unwrap();
        Desk::open(folder.to_owned(), name!("coop"), &messages(lang))
    }

    #[test]
    fn a_person_is_read_and_what_is_missing_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let desk = desk(folder.path(), Lang::En).unwrap();
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

    #[test]
    fn what_is_wrong_with_a_file_is_told_in_the_readers_language() {
        let folder = tempfile::tempdir().unwrap();
        let desk = desk(folder.path(), Lang::Ru).unwrap();
        let place = folder.path().join("people/anna.json");
        let told = |desk: &Desk| desk.applicant(name!("anna")).unwrap_err();
        let failure = told(&desk);
        assert_eq!(failure.code, "desk.read");
        assert!(failure.message.starts_with("не прочитать"), "{failure:?}");
        let hint = failure.hint.unwrap();
        assert!(
            hint.contains("папку") && hint.contains("о человеке"),
            "{hint}"
        );
        for (text, words) in [
            (r#"{"last_name": "Б", "first_name": "А"}"#, "нет birth_date"),
            (r#"{"last_name": " ", "first_name": "А"}"#, "нет birth_date"),
            (
                r#"{"last_name": "Б", "first_name": "А", "birth_date": "1"}"#,
                "это не день",
            ),
        ] {
            fs::write(&place, text).unwrap();
            let failure = told(&desk);
            assert_eq!(failure.code, "desk.parse");
            assert!(failure.message.contains(words), "{failure:?}");
        }
        fs::write(&place, r#"{"last_name": " ", "first_name": "А"}"#).unwrap();
        let failure = desk.person(name!("anna")).unwrap_err();
        assert_eq!(failure.message, "last_name: пусто");
        // A file where the folder should be.
        fs::write(folder.path().join("documents"), "").unwrap();
        let failure = desk.moment(0).unwrap_err();
        assert_eq!(failure.code, "desk.write");
        assert!(failure.message.starts_with("не записать"), "{failure:?}");
        assert_eq!(failure.hint.as_deref(), Some("ничего не подписано"));
    }
}
