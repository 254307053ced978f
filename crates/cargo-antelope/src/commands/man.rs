//! `cargo antelope man`: manual pages, made from the same texts as `--help`.
//!
//! Writes `cargo-antelope.1` and `cargo-antelope-<command>.1` for each command into the folder, which
//! is created if need be; pages of that name are replaced. `man cargo-antelope-build` finds them if the
//! folder is a `man1` on the manual's path. Prints the names of the files. Exit codes: 0, and 1 where the
//! folder cannot be written.

use crate::arguments::{Cargo, Man};
use crate::failure::Failure;
use crate::output::CommandResult;
use clap::{Command, CommandFactory};
use clap_mangen::Man as Page;
use serde_json::json;
use std::fs;
use std::io;
use std::path::Path;

pub(crate) fn run(arguments: &Man) -> CommandResult {
    let mut command = Cargo::command();
    command.build();
    let written = command
        .find_subcommand("antelope")
        .map_or_else(|| Ok(Vec::new()), |it| pages(it, &arguments.folder));
    let written = written.map_err(|error| {
        let message = format!("cannot write to {}: {error}", arguments.folder.display());
        Box::new(Failure::new("man", message))
    })?;
    let text = written.join("\n");
    Ok((
        json!({ "folder": arguments.folder, "files": written }),
        text,
    ))
}

/// `cargo-antelope.1`, and `cargo-antelope-<command>.1` for each command.
fn pages(antelope: &Command, folder: &Path) -> io::Result<Vec<String>> {
    fs::create_dir_all(folder)?;
    let mut written = vec![page(antelope, "cargo-antelope".to_owned(), folder)?];
    for command in antelope.get_subcommands() {
        if command.get_name() != "help" {
            let name = format!("cargo-antelope-{}", command.get_name());
            written.push(page(command, name, folder)?);
        }
    }
    Ok(written)
}

/// Writes one page and returns the name of its file.
fn page(command: &Command, name: String, folder: &Path) -> io::Result<String> {
    let mut text = Vec::new();
    // clap wants names that live as long as the program; there are as many as there are pages.
    let title: &'static str = Box::leak(name.into_boxed_str());
    Page::new(command.clone().name(title)).render(&mut text)?;
    let file = format!("{title}.1");
    fs::write(folder.join(&file), text)?;
    Ok(file)
}
