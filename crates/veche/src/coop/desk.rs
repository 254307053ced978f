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
//! | `sealed` | that the desk is sealed: the folder of its store, empty for the one beside the configuration |
//!
//! It holds personal data: only its owner should be able to read it. Where the cooperative has a store of personal
//! data, the desk is sealed: all but `cooperative.json` and `last_moment` is in the store, encrypted. A file that is
//! on a sealed desk all the same is read first, so a desk that is being sealed works on.

mod files;
#[cfg(feature = "registry")]
pub(super) mod inventory;
mod people;
mod piles;
#[cfg(feature = "registry")]
pub(super) mod sealed;

#[cfg(feature = "registry")]
pub(super) use files::own_file_instead;
pub(super) use files::{malformed, own_file, parsed, unreadable, unwritten};
pub(super) use piles::Pile;

use super::facts::refused;
use antelope_cli::Fallible;
use antelope_types::{Checksum256, Encode, Name, base64};
use coop_documents::{Cooperative, Form, Profile, Record, Rendered};
use coop_language::{Messages, Words};
use coop_model::{Document, parameters::CLOCK_SKEW_SECONDS};
use files::own_folder;
use serde::{Deserialize, Serialize};
#[cfg(feature = "registry")]
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// How far the moment of a document may be ahead of the chain, in microseconds: as far as the contracts
/// allow. A chain that has taken a document from so far ahead wants the next to be later.
const AHEAD: i64 = CLOCK_SKEW_SECONDS as i64 * 1_000_000;

/// The file that says that a desk is sealed.
const MARK: &str = "sealed";
/// The key ring of a store, which is there before anything is in the store.
const RING: &str = "keys.ring";

/// The folder, and the cooperative whose desk it is.
pub(super) struct Desk {
    folder: PathBuf,
    /// The cooperative as its documents name it.
    pub(super) cooperative: Cooperative,
    /// What is said of its files, in the reader's language.
    pub(super) messages: Messages,
    /// What it is sealed in; without, its papers are files.
    store: Option<Rc<dyn SealedDesk>>,
}

/// What a desk is sealed in. Programs that are built without the registry have none.
pub(super) trait SealedDesk {
    /// The profile of an account.
    fn profile(&self, account: Name) -> Fallible<Option<Profile>>;
    /// Keeps a document, and says what its text is called.
    fn keep(&self, document: &Document, stem: &str, text: &str, kept: &Kept) -> Fallible<String>;
    /// Takes a document away whose transaction was refused.
    fn discard(&self, hash: &Checksum256) -> Fallible<()>;
    /// What is kept of a document.
    fn kept(&self, hash: &Checksum256) -> Fallible<Option<Kept>>;
    /// What the text of a document is called.
    fn file_of(&self, hash: &Checksum256) -> Fallible<Option<String>>;
    /// What is kept of the document whose text is called so.
    fn called(&self, file: &str) -> Fallible<Option<Kept>>;
    /// The hashes of all texts, each with that of its document.
    #[cfg(feature = "registry")]
    fn texts(&self) -> Fallible<Vec<(Checksum256, Checksum256)>>;
    /// A text that an earlier release has kept without its document.
    fn old_text(&self, file: &str) -> Fallible<Option<Vec<u8>>>;
    /// Puts a paper on a pile.
    fn lay(&self, pile: Pile, name: &str, account: Name, content: &[u8]) -> Fallible<()>;
    /// A paper.
    fn paper(&self, pile: Pile, name: &str) -> Fallible<Option<Vec<u8>>>;
    /// The names of the papers of a pile.
    fn pile(&self, pile: Pile) -> Fallible<Vec<String>>;
    /// Takes a paper away.
    fn take_away(&self, pile: Pile, name: &str) -> Fallible<()>;
    /// Keeps what an account has signed as a candidate as the law wants it of participants.
    fn admit(&self, account: Name) -> Fallible<()>;
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
    /// The text, where it comes from the store.
    #[serde(skip)]
    pub(super) text: Option<String>,
}

/// Where a text is.
#[cfg(feature = "registry")]
pub(super) enum TextPlace {
    /// In this file.
    File(PathBuf),
    /// In the store, with the document of this hash.
    Sealed(Checksum256),
}

/// Where the store of a desk is: where the desk says, or in the folder of the registry if there is one.
pub(super) fn store_of(desk: &Path, registry: &Path) -> Option<PathBuf> {
    match fs::read_to_string(desk.join(MARK)) {
        Ok(place) if !place.trim().is_empty() => Some(PathBuf::from(place.trim())),
        Ok(_) => Some(registry.to_owned()),
        Err(_) => registry.join(RING).is_file().then(|| registry.to_owned()),
    }
}

impl Desk {
    /// Opens the desk of a cooperative, whose papers are files.
    ///
    /// # Errors
    /// `desk.read`, `desk.parse` for `cooperative.json`.
    pub(super) fn open(folder: PathBuf, account: Name, messages: &Messages) -> Fallible<Self> {
        let path = folder.join("cooperative.json");
        let bytes = people::read(&path).map_err(|error| {
            let example =
                r#"{"name": "…", "short_name": "…", "address": "…", "timezone": "Europe/Moscow"}"#;
            let words = Words::of("folder.cooperative").with("example", example);
            unreadable(messages, &path, &error)
                .hint(messages.text("folder.which"))
                .hint(words.say(messages))
        })?;
        let cooperative = Cooperative::from_json(account, &bytes);
        Ok(Self {
            cooperative: cooperative.map_err(|error| refused(messages, &path, &error))?,
            folder,
            messages: messages.clone(),
            store: None,
        })
    }

    /// The same desk, sealed.
    pub(super) fn sealed_in(self, store: Rc<dyn SealedDesk>) -> Self {
        Self {
            store: Some(store),
            ..self
        }
    }

    /// Where documents are that are files.
    pub(super) fn documents(&self) -> PathBuf {
        self.folder.join("documents")
    }

    /// Keeps the text of a document that was signed, under a name that no other has, with what it is printed
    /// from.
    ///
    /// # Errors
    /// `desk.write`; those of the store.
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
    /// `desk.write`; those of the store.
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
        let mut kept = Kept {
            proposal,
            document: Some(base64::encode(&document.to_bytes())),
            record,
            ..Kept::default()
        };
        if let Some(store) = &self.store {
            return Ok(PathBuf::from(store.keep(document, stem, text, &kept)?));
        }
        let folder = self.documents();
        let mut write = || {
            own_folder(&folder)?;
            let names = (1..).map(|number| match number {
                1 => format!("{stem}.txt"),
                more => format!("{stem}-{more}.txt"),
            });
            let mut names = names.filter(|name| !folder.join(name).exists());
            kept.file = names.next().unwrap_or_default();
            let path = folder.join(&kept.file);
            own_file(&path, text.as_bytes())?;
            let kept = serde_json::to_vec_pretty(&kept)?;
            own_file(&folder.join(format!("{}.json", document.hash())), &kept)?;
            Ok(path)
        };
        write().map_err(|error: io::Error| unwritten(&self.messages, &folder, &error))
    }

    /// What is kept of the document with this hash, or whose text is called so.
    ///
    /// # Errors
    /// Those of the store.
    pub(super) fn find(&self, name: &str) -> Fallible<Option<Kept>> {
        if let Ok(hash) = name.parse::<Checksum256>() {
            return match self.look_up(&hash)? {
                None => self.all_readable().map(|()| None),
                found => Ok(found),
            };
        }
        let mut kept = self.hashes().filter_map(|hash| self.on_file(&hash));
        let found = match (kept.find(|kept| kept.file == name), &self.store) {
            (None, Some(store)) => store.called(name)?,
            (found, _) => found,
        };
        match found {
            None => self.all_readable().map(|()| None),
            found => Ok(found),
        }
    }

    /// Fails for a file about a document that says nothing: it may be of the document that is looked for.
    fn all_readable(&self) -> Fallible<()> {
        for hash in self.hashes() {
            let path = self.documents().join(format!("{hash}.json"));
            let bytes = files::content(&path).unwrap_or_default();
            if !bytes.is_empty() || fs::metadata(&path).is_ok_and(|it| it.len() == 0) {
                parsed::<Kept>(&self.messages, &path, &bytes)?;
            }
        }
        Ok(())
    }

    /// The documents that are files.
    pub(super) fn hashes(&self) -> impl Iterator<Item = Checksum256> {
        let files = fs::read_dir(self.documents()).into_iter().flatten();
        files.flatten().filter_map(|file| {
            let name = file.file_name().to_string_lossy().into_owned();
            name.strip_suffix(".json")?.parse().ok()
        })
    }

    /// What is kept of the document with this hash; `None` where it is of another desk.
    pub(super) fn kept(&self, hash: &Checksum256) -> Option<Kept> {
        self.look_up(hash).ok().flatten()
    }

    fn look_up(&self, hash: &Checksum256) -> Fallible<Option<Kept>> {
        match (self.on_file(hash), &self.store) {
            (None, Some(store)) => store.kept(hash),
            (found, _) => Ok(found),
        }
    }

    /// Takes a document away whose transaction was refused. One that cannot be removed stays: it is on no chain, which
    /// `verify` tells.
    pub(super) fn discard(&self, hash: &Checksum256) {
        if let Some(kept) = self.on_file(hash) {
            let _ = fs::remove_file(self.documents().join(format!("{hash}.json")));
            let _ = fs::remove_file(self.documents().join(&kept.file));
        }
        if let Some(store) = &self.store {
            let _ = store.discard(hash);
        }
    }

    /// What a file says that is kept of a document.
    pub(super) fn on_file(&self, hash: &Checksum256) -> Option<Kept> {
        let file = self.documents().join(format!("{hash}.json"));
        serde_json::from_slice(&fs::read(file).ok()?).ok()
    }

    /// What the text of a document is called.
    pub(super) fn file_of(&self, hash: &Checksum256) -> Option<String> {
        match (self.on_file(hash), &self.store) {
            (None, Some(store)) => store.file_of(hash).ok().flatten(),
            (found, _) => found.map(|kept| format!("documents/{}", kept.file)),
        }
    }

    /// The text of a document.
    ///
    /// # Errors
    /// `desk.read`; those of the store.
    pub(super) fn text(&self, kept: &Kept) -> Fallible<Vec<u8>> {
        if let Some(text) = &kept.text {
            return Ok(text.clone().into_bytes());
        }
        let path = self.documents().join(&kept.file);
        match (fs::read(&path), &self.store) {
            (Ok(text), _) => Ok(text),
            (Err(error), Some(store)) => match store.old_text(&kept.file)? {
                Some(text) => Ok(text),
                None => Err(unreadable(&self.messages, &path, &error)),
            },
            (Err(error), None) => Err(unreadable(&self.messages, &path, &error)),
        }
    }

    /// All texts that are files, by their hashes; of a sealed desk those in the store, too, each by the hash of its
    /// document.
    ///
    /// # Errors
    /// Those of the store.
    #[cfg(feature = "registry")]
    pub(super) fn texts(&self) -> Fallible<BTreeMap<Checksum256, TextPlace>> {
        let mut texts = BTreeMap::new();
        if let Some(store) = &self.store {
            let sealed = store.texts()?.into_iter();
            texts.extend(sealed.map(|(text, hash)| (text, TextPlace::Sealed(hash))));
        }
        let files = fs::read_dir(self.documents()).into_iter().flatten();
        for path in files.flatten().map(|it| it.path()) {
            let is_text = path.extension().is_some_and(|it| it == "txt");
            if let (true, Ok(text)) = (is_text, fs::read(&path)) {
                texts.insert(Checksum256::sha256(&text), TextPlace::File(path));
            }
        }
        Ok(texts)
    }

    /// The text that is there.
    #[cfg(feature = "registry")]
    pub(super) fn text_at(&self, place: &TextPlace) -> Option<Vec<u8>> {
        match place {
            TextPlace::File(path) => fs::read(path).ok(),
            TextPlace::Sealed(hash) => self.text(&self.kept(hash)?).ok(),
        }
    }

    /// Keeps what an account has signed as a candidate as the law wants it of participants, where the desk is sealed.
    ///
    /// # Errors
    /// Those of the store.
    pub(super) fn admit(&self, account: Name) -> Fallible<()> {
        let store = self.store.as_ref();
        store.map_or(Ok(()), |store| store.admit(account))
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
            (r#"{"zone": "Europe/Moscow"}"#, "есть неизвестное поле"),
        ] {
            let message = of(text);
            assert!(
                message.contains(words) && message.contains("cooperative.json"),
                "{message}"
            );
        }
    }
}
