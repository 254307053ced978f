//! Writes the generated pages, or prints every text as people see it.

use coop_model::refusal;
use coop_texts::{TextsError, pages, ricardian};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "usage: coop-texts write|print [repository]";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    let root = PathBuf::from(arguments.next().unwrap_or_else(|| ".".into()));
    let done = match command.as_str() {
        "write" => write(&root),
        "print" => print(&root),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::FAILURE;
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn write(root: &Path) -> Result<(), TextsError> {
    for path in pages::write(root)? {
        println!("{}", path.display());
    }
    Ok(())
}

/// One line for each text: where it stands, a tab, the text. Codes of refusals are no texts.
fn print(root: &Path) -> Result<(), TextsError> {
    for message in refusal::all() {
        let place = format!("refusal {}::{}", message.subject, message.name);
        for text in [
            message.refusal.text,
            message.ru,
            message.do_en,
            message.do_ru,
        ] {
            println!("{place}\t{text}");
        }
    }
    for contract in ricardian::all(root)? {
        for line in contract.expanded()?.lines() {
            println!("{}::{}\t{line}", contract.contract, contract.action);
        }
    }
    Ok(())
}
