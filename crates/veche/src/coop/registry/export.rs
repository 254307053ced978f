//! `registry export`: tables for a spreadsheet, or a signed archive.

// Without the index nobody reads the arguments.
#![cfg_attr(not(feature = "registry"), allow(dead_code))]

use super::index::{IndexOptions, WhenOptions};
use crate::coop::office::OfficeOptions;
use antelope_cli::signers::KeyOptions;
use antelope_types::Name;
use clap::Args;
use std::path::PathBuf;

/// What is exported.
#[derive(Args, Clone, Debug)]
pub(crate) struct ExportArgs {
    /// Write a table of each kind of records into this folder, as CSV
    #[arg(
        long,
        value_name = "DIR",
        conflicts_with = "archive",
        required_unless_present = "archive"
    )]
    pub(in crate::coop) csv: Option<PathBuf>,
    /// Write everything with its documents into this file, signed by the account that acts
    #[arg(long, value_name = "FILE")]
    pub(in crate::coop) archive: Option<PathBuf>,
    /// With the texts of documents that the desk has: personal data
    #[arg(long, requires = "archive")]
    pub(in crate::coop) texts: bool,
    #[command(flatten)]
    pub(in crate::coop) when: WhenOptions,
    #[command(flatten)]
    pub(in crate::coop) index: IndexOptions,
    /// The account that signs the archive: the chairman's or the cooperative's own
    #[arg(long = "as", value_name = "ACCOUNT", env = "VECHE_ACCOUNT")]
    pub(in crate::coop) account: Option<Name>,
    // What follows is under headings of its own.
    #[command(flatten)]
    pub(in crate::coop) office: OfficeOptions,
    #[command(flatten)]
    pub(in crate::coop) keys: KeyOptions,
}

#[cfg(feature = "registry")]
pub(super) use written::{archive, csv};

#[cfg(feature = "registry")]
mod written {
    use super::ExportArgs;
    use crate::coop::desk::{Desk, own_file_instead, unwritten};
    use crate::coop::faults::unreadable;
    use crate::coop::office::Office;
    use crate::coop::registry::index::{OpenIndex, refused};
    use antelope_cli::signers::key_of;
    use antelope_cli::{Failure, Fallible, Report};
    use antelope_types::{Checksum256, Name, PermissionLevel};
    use coop_archive::{ArchiveError, ArchiveOptions, write_archive, write_csv};
    use coop_client::Cooperative;
    use coop_index::SheetFilter;
    use coop_language::Words;
    use serde_json::json;
    use std::fs;

    fn filter(arguments: &ExportArgs) -> SheetFilter {
        SheetFilter {
            person: arguments.when.person,
            since: arguments.when.since,
            until: arguments.when.until,
        }
    }

    /// Writes the tables.
    pub(in crate::coop::registry) fn csv(
        index: &mut OpenIndex,
        arguments: &ExportArgs,
    ) -> Fallible<Report> {
        let folder = arguments.csv.clone().unwrap_or_default();
        // Tables of an earlier export would stay beside these, also about whom this one does not tell.
        if fs::read_dir(&folder).is_ok_and(|mut it| it.next().is_some()) {
            let words = Words::of("found.not_empty").with("folder", folder.display());
            return Err(Failure::usage(words.say(&index.messages))
                .expected(index.messages.text("found.empty"))
                .hint(index.messages.text("found.empty_hint")));
        }
        let snapshot = index.reader.snapshot().map_err(refused)?;
        let written = write_csv(&snapshot, index.coopname, &filter(arguments), &folder);
        let written = written.map_err(failed)?;
        let rows: u64 = written.iter().map(|(_, rows)| rows).sum();
        let words = Words::of("found.csv")
            .with("rows", rows)
            .with("files", written.len())
            .with("folder", folder.display())
            .with("block", snapshot.block.block_num);
        let files = written
            .iter()
            .map(|(name, rows)| json!({ "name": name, "rows": rows }));
        let data = json!({
            "folder": folder,
            "block_num": snapshot.block.block_num,
            "block_id": snapshot.block.block_id,
            "files": files.collect::<Vec<_>>(),
        });
        Ok(Report::new(data, words.say(&index.messages)))
    }

    /// Writes the archive, signed by a key of the account that acts, which the node knows.
    pub(in crate::coop::registry) fn archive(
        office: &Office<'_>,
        index: &mut OpenIndex,
        arguments: &ExportArgs,
    ) -> Fallible<Report> {
        let path = arguments.archive.clone().unwrap_or_default();
        let account = arguments.account.ok_or_else(|| {
            Failure::usage(office.messages.text("office.who"))
                .expected("--as ACCOUNT, VECHE_ACCOUNT")
        })?;
        let session = office.session();
        may_sign(office, index, account)?;
        let signers = arguments.keys.beside(&session.folder()?).signers()?;
        let key = key_of(session, PermissionLevel::active(account), signers)?;
        let signed_at = office.now()?;
        let chain_id = office.chain_id()?;
        let desk = arguments.texts.then(|| office.desk()).transpose()?;
        let texts = desk.as_ref().map(Desk::texts).transpose()?;
        let find = |hash: &Checksum256| desk.as_ref()?.text_at(texts.as_ref()?.get(hash)?);
        let snapshot = index.reader.snapshot().map_err(refused)?;
        if snapshot.chain_id != chain_id {
            let words = Words::of("office.other_chain").with("found", chain_id);
            let expected = Words::of("office.chain").with("id", snapshot.chain_id);
            return Err(
                Failure::new("mismatch.chain", office.say(&words)).expected(office.say(&expected))
            );
        }
        let options = ArchiveOptions {
            coopname: index.coopname,
            filter: filter(arguments),
            texts: arguments.texts.then_some(&find),
            signer: (account, &*key),
            signed_at,
        };
        let (manifest, bytes) = write_archive(&snapshot, &options).map_err(failed)?;
        own_file_instead(&path, &bytes).map_err(|error| {
            let mut failure = unwritten(&office.messages, &path, &error);
            failure.hint = None;
            failure
        })?;
        let words = Words::of("found.archive")
            .with("file", path.display())
            .with("documents", manifest.documents)
            .with("block", manifest.block_num)
            .with("account", account);
        let data = json!({
            "file": path,
            "bytes": bytes.len(),
            "sha256": Checksum256::sha256(&bytes),
            "signed_by": account,
            "public_key": key.public_key(),
            "manifest": manifest,
        });
        Ok(Report::new(data, office.say(&words)))
    }

    /// Whether an archive of this cooperative may be signed by this account: its own, or its chairman's. Whoever else
    /// signs says nothing about the registry of the cooperative.
    ///
    /// # Errors
    /// `chain.authority`; those of the client.
    fn may_sign(office: &Office<'_>, index: &OpenIndex, account: Name) -> Fallible<()> {
        if account == index.coopname {
            return Ok(());
        }
        let (client, contracts) = (office.cooperative.client(), office.cooperative.contracts());
        let cooperative = Cooperative::new(client.clone(), *contracts, index.coopname);
        let council = cooperative.sitting_members().map_err(unreadable)?;
        let chairman = council.iter().find(|it| it.is_chairman);
        let chairman = chairman.map(|it| it.username);
        if chairman == Some(account) {
            return Ok(());
        }
        let words = Words::of("found.signer")
            .with("account", account)
            .with("coop", index.coopname);
        let accounts = [chairman, Some(index.coopname)].into_iter().flatten();
        let accounts: Vec<_> = accounts.map(|it| format!("--as {it}")).collect();
        Err(Failure::new("chain.authority", office.say(&words)).expected(accounts.join(", ")))
    }

    fn failed(error: ArchiveError) -> Box<Failure> {
        Failure::new("export", error.to_string())
    }
}
