//! What is on a desk as files, and whom each is about: for sealing it, and for erasing a person.

use super::files::is_overwritten;
use super::sealed::of_documents;
use super::{Desk, Kept, Pile, people, unreadable};
use crate::coop::drafts::DraftFile;
use crate::coop::joint;
use antelope_cli::Fallible;
use antelope_types::{Checksum256, Decode, Name, base64};
use coop_documents::{Profile, is_file_of};
use coop_model::Document;
use coop_private::{PaperKind, PrivateDocument};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The folders of a desk that have personal data.
const FOLDERS: [&str; 4] = ["people", "documents", "drafts", "things"];
/// A file that has none.
const MOMENT: &str = "last_moment";

/// Something on a desk, and the files that it is in.
pub(in crate::coop) struct DeskItem {
    /// Its files.
    pub(in crate::coop) files: Vec<PathBuf>,
    /// Whom it is about.
    pub(in crate::coop) account: Name,
    /// What it is.
    pub(in crate::coop) content: ItemContent,
}

/// What something on a desk is.
pub(in crate::coop) enum ItemContent {
    /// Who a person or an organization is.
    Person(Profile),
    /// A signed document with its text, and the name that its file has without the ending.
    Document(Box<PrivateDocument>, String),
    /// A paper that is no signed document: its kind, its name, its bytes.
    Paper(PaperKind, String, Vec<u8>),
}

/// All that is on a desk.
pub(in crate::coop) struct Inventory {
    /// What is known.
    pub(in crate::coop) items: Vec<DeskItem>,
    /// Files that are in the folders of the desk and are nothing that this program knows.
    pub(in crate::coop) unknown: Vec<PathBuf>,
    /// Files that were overwritten and not removed before the program ended.
    pub(in crate::coop) overwritten: Vec<PathBuf>,
}

impl Desk {
    /// Looks through all files of the desk.
    ///
    /// # Errors
    /// `desk.read`, `desk.parse` for a file about a person.
    pub(in crate::coop) fn inventory(&self) -> Fallible<Inventory> {
        let mut inventory = Inventory {
            items: self.signed(),
            unknown: Vec::new(),
            overwritten: Vec::new(),
        };
        let mut known: BTreeSet<PathBuf> = BTreeSet::new();
        for item in &inventory.items {
            known.extend(item.files.iter().cloned());
        }
        for folder in FOLDERS {
            for path in files(&self.folder.join(folder)) {
                if known.contains(&path) || path.ends_with(MOMENT) {
                    continue;
                }
                if fs::read(&path).is_ok_and(|bytes| is_overwritten(&bytes)) {
                    inventory.overwritten.push(path);
                    continue;
                }
                match self.item(folder, &path, &inventory.items)? {
                    Some(item) => inventory.items.push(item),
                    None => inventory.unknown.push(path),
                }
            }
        }
        Ok(inventory)
    }

    /// The signed documents that are whole.
    fn signed(&self) -> Vec<DeskItem> {
        let found = self.hashes().filter_map(|hash| {
            let kept = self.on_file(&hash)?;
            let document = Document::from_bytes(&base64::decode(kept.document.as_ref()?)?).ok()?;
            let file = self.documents().join(&kept.file);
            let text = fs::read_to_string(&file).ok()?;
            is_file_of(&document, text.as_bytes()).then(|| DeskItem {
                // Without the first the document is found in the store.
                files: vec![self.documents().join(format!("{hash}.json")), file],
                account: document.meta.username,
                content: ItemContent::Document(
                    Box::new(PrivateDocument {
                        document,
                        text,
                        record: kept.record,
                        proposal: kept.proposal,
                    }),
                    kept.file.trim_end_matches(".txt").to_owned(),
                ),
            })
        });
        found.collect()
    }

    /// What the file in one of the folders is.
    fn item(&self, folder: &str, path: &Path, items: &[DeskItem]) -> Fallible<Option<DeskItem>> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let coop = self.cooperative.account;
        let read = || fs::read(path).map_err(|error| unreadable(&self.messages, path, &error));
        let item = |account, content| DeskItem {
            files: vec![path.to_owned()],
            account,
            content,
        };
        let paper = |account, pile: Pile, name: &str, bytes| {
            let content = ItemContent::Paper(pile.kind(), name.to_owned(), bytes);
            Ok(Some(item(account, content)))
        };
        if folder == "people" {
            let account = name.strip_suffix(".json").and_then(|it| it.parse().ok());
            let Some(account) = account else {
                return Ok(None);
            };
            let bytes = people::read(path);
            let bytes = bytes.map_err(|error| unreadable(&self.messages, path, &error))?;
            let profile = self.profile_of(account, &bytes)?;
            return Ok(Some(item(account, ItemContent::Person(profile))));
        }
        if let ("documents", Some(key)) = (folder, Pile::Drafts.name_of(&name)) {
            let bytes = read()?;
            let draft: Option<DraftFile> = serde_json::from_slice(&bytes).ok();
            let document = draft.and_then(|it| it.document());
            let account = document.map_or(coop, |it| it.meta.username);
            return paper(account, Pile::Drafts, key, bytes);
        }
        if folder == "drafts" && name.ends_with(".json") {
            let bytes = read()?;
            let account = joint::about(&bytes).unwrap_or(coop);
            return paper(account, Pile::Joint, &name, bytes);
        }
        if let ("things", Some(Ok(hash))) = (
            folder,
            Pile::Things.name_of(&name).map(str::parse::<Checksum256>),
        ) {
            let bytes = read()?;
            let account = owner(&bytes, items).unwrap_or(coop);
            return paper(account, Pile::Things, &hash.to_string(), bytes);
        }
        // Texts without documents are of earlier releases.
        let is_old = name.ends_with(".txt") || name.ends_with(".json");
        if folder != "documents" || !is_old {
            return Ok(None);
        }
        let bytes = read()?;
        let kept: Option<Kept> = serde_json::from_slice(&bytes).ok();
        let file = kept.map_or_else(|| name.to_string(), |kept| kept.file);
        let content = ItemContent::Paper(PaperKind::File, of_documents(&name), bytes);
        Ok(Some(item(candidate(&file).unwrap_or(coop), content)))
    }

    /// That the desk is sealed in the store of this folder; empty for the one beside the configuration.
    ///
    /// # Errors
    /// Those of writing the file.
    pub(in crate::coop) fn mark(&self, store: &str) -> std::io::Result<()> {
        super::own_file(&self.folder.join(super::MARK), store.as_bytes())
    }
}

/// The files of a folder, in the order of their names.
fn files(folder: &Path) -> Vec<PathBuf> {
    let found = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<_> = found
        .map(|it| it.path())
        .filter(|it| it.is_file())
        .collect();
    found.sort();
    found
}

/// Whose thing a description is about: whoever a document with these words is about.
fn owner(description: &[u8], items: &[DeskItem]) -> Option<Name> {
    let description = std::str::from_utf8(description).ok()?.trim();
    let mut items = items.iter().filter(|_| !description.is_empty());
    let found = items.find(|item| match &item.content {
        // The text breaks its lines, its facts do not.
        ItemContent::Document(it, _) => {
            serde_json::to_string(&it.record).is_ok_and(|record| record.contains(description))
        }
        _ => false,
    })?;
    Some(found.account)
}

/// Whose papers of a candidate the text of this name is: `100-statement-ACCOUNT.txt`. What participants sign is kept
/// by the law.
fn candidate(file: &str) -> Option<Name> {
    let mut parts = file.strip_suffix(".txt")?.split('-');
    let rule = coop_private::KeepingRule::of(parts.next()?.parse().ok()?)?;
    let account = parts.nth(1)?.parse().ok()?;
    rule.once_admitted.then_some(account)
}
