//! `backup` and `restore`.

use super::PrivateOffice;
use super::failure::failed;
use super::place::RegistryPlace;
use crate::coop::clock::now;
use antelope_cli::{Console, Failure, Fallible, Report};
use clap::Args;
use coop_language::Words;
use coop_private::{
    BackupManifest, backup_places, check_backup, forget_backup, has_registry, register_backup,
};
use serde_json::json;
use std::path::{Path, PathBuf};

/// A backup of the registry and of the personal data.
#[derive(Args, Clone, Debug)]
#[group(id = "what", required = true, multiple = false)]
pub(crate) struct BackupArgs {
    /// Make a backup in this folder, which does not exist yet
    #[arg(long, value_name = "DIR", group = "what")]
    to: Option<PathBuf>,
    /// Check a backup
    #[arg(long, value_name = "DIR", group = "what")]
    check: Option<PathBuf>,
    /// List the backups that erasures go to
    #[arg(long, group = "what")]
    list: bool,
    /// Register a copy of a backup, so that erasures go there
    #[arg(long, value_name = "DIR", group = "what")]
    register: Option<PathBuf>,
    /// Forget a backup that was destroyed by other means
    #[arg(long, value_name = "DIR", group = "what")]
    forget: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::coop) place: RegistryPlace,
}

/// Restoring a backup.
#[derive(Args, Clone, Debug)]
pub(crate) struct RestoreArgs {
    /// The folder of the backup
    #[arg(long, value_name = "DIR")]
    from: PathBuf,
    #[command(flatten)]
    pub(in crate::coop) place: RegistryPlace,
}

/// Runs `backup`.
pub(super) fn backup(office: &PrivateOffice<'_>, args: &BackupArgs) -> Fallible<Report> {
    let failed = failed(&office.messages);
    if let Some(path) = &args.check {
        let manifest = check_backup(path).map_err(failed)?;
        of_the_named(office, path, &manifest)?;
        return Ok(told(
            office,
            &manifest,
            path.display().to_string(),
            "copy.whole",
        ));
    }
    let folder = office.folder()?;
    if let Some(path) = &args.to {
        let manifest = coop_private::backup(&folder, path, now()).map_err(failed)?;
        return Ok(told(
            office,
            &manifest,
            path.display().to_string(),
            "copy.made",
        ));
    }
    if let Some(path) = &args.register {
        register_backup(&folder, path, now()).map_err(failed)?;
        let words = Words::of("copy.registered").with("folder", path.display());
        return Ok(Report::new(
            json!({ "registered": path }),
            office.say(&words),
        ));
    }
    if let Some(path) = &args.forget {
        if !forget_backup(&folder, path, now()).map_err(failed)? {
            let words = Words::of("copy.unknown").with("folder", path.display());
            return Err(Failure::not_found("backup.none", office.say(&words)));
        }
        let words = Words::of("copy.forgotten").with("folder", path.display());
        return Ok(Report::new(
            json!({ "forgotten": path }),
            office.say(&words),
        ));
    }
    let places = backup_places(&folder).map_err(failed)?;
    let lines: Vec<_> = places
        .iter()
        .map(|it| format!("{}  {}", it.made_at, it.path.display()))
        .collect();
    let data: Vec<_> = places
        .iter()
        .map(|it| json!({"path": it.path, "backup": it.backup, "made_at": it.made_at.to_string()}))
        .collect();
    let text = match lines.is_empty() {
        true => office.messages.text("copy.nowhere"),
        false => lines.join("\n"),
    };
    Ok(Report::new(data, text))
}

/// Runs `restore`.
pub(super) fn restore(
    office: &PrivateOffice<'_>,
    console: &mut Console<'_>,
    args: &RestoreArgs,
) -> Fallible<Report> {
    let folder = office.folder()?;
    let manifest = check_backup(&args.from).map_err(failed(&office.messages))?;
    of_the_named(office, &args.from, &manifest)?;
    if has_registry(&folder) {
        let question = Words::of("restore.replace")
            .with("folder", folder.display())
            .with("made", &manifest.made_at);
        office.agree(console, &question)?;
    }
    let restored = coop_private::restore(&args.from, &folder, true);
    let restored = restored.map_err(failed(&office.messages))?;
    let words = Words::of("restore.done")
        .with("folder", folder.display())
        .with("made", &restored.manifest.made_at);
    let mut lines = vec![office.say(&words)];
    if restored.left_out > 0 {
        lines.push(office.say(&Words::of("restore.left_out").with("count", restored.left_out)));
    }
    if restored.with_ring {
        lines.push(office.messages.text("restore.with_ring"));
    }
    let data = json!({
        "folder": folder,
        "manifest": restored.manifest,
        "left_out": restored.left_out,
        "with_ring": restored.with_ring,
    });
    Ok(Report::new(data, lines.join("\n")))
}

/// Whether a backup is of the cooperative that was named, where one was and the backup is of one only.
///
/// # Errors
/// `mismatch.backup`.
fn of_the_named(
    office: &PrivateOffice<'_>,
    path: &Path,
    manifest: &BackupManifest,
) -> Fallible<()> {
    let (Some(wanted), Some(found)) = (office.place.office.coop, manifest.cooperative) else {
        return Ok(());
    };
    if wanted == found {
        return Ok(());
    }
    let words = Words::of("copy.other")
        .with("folder", path.display())
        .with("found", found);
    Err(Failure::new("mismatch.backup", office.say(&words))
        .expected(wanted.to_string())
        .hint(office.messages.text("copy.which")))
}

fn told(
    office: &PrivateOffice<'_>,
    manifest: &BackupManifest,
    folder: String,
    key: &'static str,
) -> Report {
    let bytes: u64 = manifest.files.iter().map(|file| file.bytes).sum();
    let words = match key {
        "copy.made" => Words::of("copy.made"),
        _ => Words::of("copy.whole"),
    };
    let words = words
        .with("folder", folder)
        .with("bytes", bytes + manifest.ring_bytes);
    let data = serde_json::to_value(manifest).unwrap_or_default();
    Report::new(data, office.say(&words.with("made", &manifest.made_at)))
}
