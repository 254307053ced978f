//! `version`: of this program.

use crate::Report;
use clap::Subcommand;
use serde_json::json;

/// Show the version.
#[derive(Subcommand, Clone, Copy, Debug)]
pub enum Version {
    /// The version of this program
    Client,
    /// The version with what it was built for
    Full,
}

/// Runs the command.
#[must_use]
pub fn run(command: Version) -> Report {
    let version = concat!("v", env!("CARGO_PKG_VERSION"));
    let (arch, os) = (std::env::consts::ARCH, std::env::consts::OS);
    let text = match command {
        Version::Client => version.to_owned(),
        Version::Full => format!("{version} {arch} {os}"),
    };
    Report::new(json!({ "version": version, "arch": arch, "os": os }), text)
}
