//! `desk`: what is on the desk, and sealing it.
//!
//! Sealing moves a desk into the store of personal data. Each paper is in the store, and was read back from there,
//! before its files are overwritten and removed; so it may be killed anywhere and run again.

use super::PrivateOffice;
use super::failure::failed;
use super::place::RegistryPlace;
use crate::coop::clock::now;
use crate::coop::desk::inventory::{DeskItem, Inventory, ItemContent};
use crate::coop::desk::{store_of, unwritten};
use antelope_cli::{Failure, Fallible, Report};
use clap::{Args, Subcommand};
use coop_language::Words;
use coop_private::{Holder, PaperKind, PrivateError, PrivateStore};
use serde_json::{Value, json};
use std::path::PathBuf;

/// What is on the desk.
#[derive(Args, Clone, Debug)]
pub(crate) struct DeskArgs {
    #[command(subcommand)]
    command: Option<DeskCommand>,
    #[command(flatten)]
    place: RegistryPlace,
}

#[derive(Subcommand, Clone, Debug)]
enum DeskCommand {
    /// Move the desk into the store of personal data: no file with people, documents or drafts is left
    Seal(RegistryPlace),
}

impl DeskArgs {
    /// Which cooperative.
    pub(in crate::coop) fn place(&self) -> &RegistryPlace {
        match &self.command {
            Some(DeskCommand::Seal(place)) => place,
            None => &self.place,
        }
    }
}

/// Runs the command.
pub(super) fn run(office: &PrivateOffice<'_>, args: &DeskArgs) -> Fallible<Report> {
    match args.command {
        Some(DeskCommand::Seal(_)) => seal(office),
        None => list(office),
    }
}

fn seal(office: &PrivateOffice<'_>) -> Fallible<Report> {
    let failed = failed(&office.messages);
    let (folder, mut store) = (office.folder()?, office.store()?);
    let desk = office.desk(store.cooperative())?;
    // Whatever is wrong with a file is told before anything is moved.
    let Inventory {
        items,
        unknown,
        overwritten,
    } = desk.inventory()?;
    let place = std::path::absolute(&folder).unwrap_or(folder);
    let usual = office.usual_folder(store.cooperative())?;
    let mark = match place == std::path::absolute(&usual).unwrap_or(usual) {
        true => String::new(),
        false => place.display().to_string(),
    };
    desk.mark(&mark)
        .map_err(|error| unwritten(&office.messages, &place, &error))?;
    for file in &overwritten {
        coop_private::overwrite_and_remove(file).map_err(&failed)?;
    }
    let mut counts = [0_usize; 3];
    for item in &items {
        if !put(&mut store, item).map_err(&failed)? {
            let files = item.files.iter().map(|it| it.display().to_string());
            let words =
                Words::of("sealing.differs").with("file", files.collect::<Vec<_>>().join(", "));
            return Err(Failure::new("desk.differs", office.say(&words)));
        }
        for file in &item.files {
            coop_private::overwrite_and_remove(file).map_err(&failed)?;
        }
        counts[match item.content {
            ItemContent::Person(_) => 0,
            ItemContent::Document(..) => 1,
            ItemContent::Paper(..) => 2,
        }] += 1;
    }
    let [people, documents, papers] = counts;
    let words = Words::of("sealing.done")
        .with("people", people)
        .with("documents", documents)
        .with("papers", papers);
    let mut lines = vec![office.say(&words)];
    lines.extend(in_clear(office, &unknown));
    let data = json!({
        "store": place,
        "people": people,
        "documents": documents,
        "papers": papers,
        "left": unknown,
    });
    Ok(Report::new(data, lines.join("\n")))
}

/// Puts something into the store, unless it is there; whether the store has it as it is.
fn put(store: &mut PrivateStore, item: &DeskItem) -> Result<bool, PrivateError> {
    match &item.content {
        ItemContent::Person(profile) => {
            store.put_profile(item.account, profile, now())?;
            Ok(store.profile(item.account)?.as_ref() == Some(profile))
        }
        ItemContent::Document(document, stem) => {
            let entry = store.put_document_as(document, stem, false, now())?;
            Ok(store.document(&entry.hash)? == **document)
        }
        ItemContent::Paper(PaperKind::File, name, bytes) if is_of_document(store, name, bytes)? => {
            Ok(true)
        }
        ItemContent::Paper(kind, name, bytes) => {
            store.put_paper(*kind, name, item.account, bytes, now())?;
            let kept = store.paper(*kind, name)?;
            Ok(kept.is_some_and(|kept| *kept == *bytes))
        }
    }
}

/// Whether a file of the folder of documents is what the removal of a sealed document has left.
fn is_of_document(
    store: &mut PrivateStore,
    name: &str,
    bytes: &[u8],
) -> Result<bool, PrivateError> {
    let file = name.rsplit('/').next().unwrap_or(name);
    let hash = file.strip_suffix(".json").map(str::parse);
    if let Some(Ok(hash)) = hash {
        return Ok(store.document_entry(&hash)?.is_some());
    }
    match store.document_called(file)? {
        Some(hash) => Ok(store.document(&hash)?.text.as_bytes() == bytes),
        None => Ok(false),
    }
}

/// What is said of files that are in clear.
fn in_clear(office: &PrivateOffice<'_>, files: &[PathBuf]) -> Vec<String> {
    let line = |it: &PathBuf| office.say(&Words::of("sealing.left").with("file", it.display()));
    files.iter().map(line).collect()
}

fn list(office: &PrivateOffice<'_>) -> Fallible<Report> {
    let cooperative = office.place.office.coop;
    let cooperative = cooperative.ok_or_else(|| {
        let text = office.messages.text("private.which");
        Failure::usage(text).expected("--coop ACCOUNT, VECHE_COOP")
    })?;
    let desk = office.desk(cooperative)?;
    let Inventory { items, unknown, .. } = desk.inventory()?;
    let sealed = store_of(&office.desk_folder(cooperative)?, &office.folder()?);
    let (mut documents, mut papers, mut clear) = (Vec::new(), Vec::new(), unknown);
    if sealed.is_some() {
        let store = office.store()?;
        (documents, papers) = of_store(office, &store)?;
    }
    for item in items {
        match &item.content {
            ItemContent::Document(it, stem) => documents.push(json!({
                "hash": it.document.hash(),
                "file": format!("{stem}.txt"),
                "account": item.account,
                "registry_id": it.document.meta.registry_id,
                "created_at": it.document.meta.created_at.to_string(),
                "kept": Value::Null,
            })),
            ItemContent::Paper(kind, name, _) => papers.push(json!({
                "kind": kind.word(), "name": name, "account": item.account,
            })),
            ItemContent::Person(_) => {}
        }
        clear.extend(item.files);
    }
    documents.sort_by_key(|it| it["created_at"].to_string());
    let mut lines: Vec<_> = documents.iter().map(document_line).collect();
    let paper = |it: &Value| {
        format!(
            "{} {} {}",
            text(it, "kind"),
            text(it, "name"),
            text(it, "account")
        )
    };
    lines.extend(papers.iter().map(paper));
    let words = match (&sealed, clear.is_empty()) {
        (None, _) => Words::of("sealing.clear"),
        (Some(folder), true) => Words::of("sealing.in_store").with("folder", folder.display()),
        (Some(_), false) => Words::of("sealing.partly").with("count", clear.len()),
    };
    lines.push(office.say(&words));
    let data = json!({
        "store": sealed,
        "documents": documents,
        "papers": papers,
        "clear": clear,
    });
    Ok(Report::new(data, lines.join("\n")))
}

/// The documents and papers of the store.
fn of_store(
    office: &PrivateOffice<'_>,
    store: &PrivateStore,
) -> Fallible<(Vec<Value>, Vec<Value>)> {
    let failed = failed(&office.messages);
    let documents = store.documents(None).map_err(&failed)?.into_iter();
    let documents = documents.map(|it| {
        json!({
            "hash": it.hash,
            "file": it.file,
            "account": it.account,
            "registry_id": it.registry_id,
            "created_at": it.created_at.to_string(),
            "kept": match it.holder {
                Holder::Person(_) => office.messages.text("store.with"),
                Holder::Archive(0) => office.messages.text("store.always"),
                Holder::Archive(year) => office.say(&Words::of("store.until").with("year", year)),
            },
        })
    });
    let mut papers = Vec::new();
    for kind in PaperKind::ALL {
        let found = store.papers(kind).map_err(&failed)?.into_iter();
        papers.extend(
            found.map(|it| json!({"kind": kind.word(), "name": it.name, "account": it.account})),
        );
    }
    Ok((documents.collect(), papers))
}

fn document_line(it: &Value) -> String {
    let name = match it["file"].as_str() {
        Some(file) => file,
        None => text(it, "hash"),
    };
    format!("{name}  {}  {}", text(it, "created_at"), text(it, "kept"))
}

fn text<'v>(value: &'v Value, field: &str) -> &'v str {
    value[field].as_str().unwrap_or_default()
}
