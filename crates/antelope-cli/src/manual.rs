//! Completions for shells and pages for `man`, made of the arguments themselves.

use crate::{Failure, Fallible, Report};
use clap::Command;
use clap_complete::{Shell, generate};
use std::fs;
use std::path::Path;

/// What a shell reads to complete the program's arguments.
#[must_use]
pub fn completions(shell: Shell, mut program: Command) -> Report {
    let name = program.get_name().to_owned();
    let mut bytes = Vec::new();
    generate(shell, &mut program, name, &mut bytes);
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Report::new(&text, text.clone())
}

/// The page of the program itself, as `man` reads it.
///
/// # Errors
/// `file.write`, which does not happen: the page is written into memory.
pub fn page(program: Command) -> Fallible<Report> {
    let mut bytes = Vec::new();
    clap_mangen::Man::new(program)
        .render(&mut bytes)
        .map_err(|error| Failure::new("file.write", error.to_string()))?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Ok(Report::new(&text, text.clone()))
}

/// A page for each command, into a folder.
///
/// # Errors
/// `file.write`.
pub fn pages(program: Command, folder: &Path) -> Fallible<Report> {
    let write = || {
        fs::create_dir_all(folder)?;
        clap_mangen::generate_to(program, folder)?;
        fs::read_dir(folder)?
            .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
            .collect::<std::io::Result<Vec<_>>>()
    };
    let mut files = write().map_err(|error| {
        let message = format!("cannot write pages into {}: {error}", folder.display());
        Failure::new("file.write", message)
    })?;
    files.sort();
    let text = format!("{} pages in {}", files.len(), folder.display());
    Ok(Report::new(files, text))
}
