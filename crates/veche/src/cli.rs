//! Arguments: which command, on what, told how.

use std::{env, ffi::OsString, io::Write, path::PathBuf};

use clap::{Args, Parser, Subcommand, error::ErrorKind};

use crate::{demo, lang::Lang, story::Kind};

/// Everything went well.
pub(crate) const SUCCESS: u8 = 0;
/// The command was understood and did not succeed.
pub(crate) const FAILURE: u8 = 1;
/// The command or its input is wrong; nothing was started.
pub(crate) const WRONG_USE: u8 = 2;

/// Software for cooperatives on Antelope chains.
#[derive(Debug, Parser)]
#[command(name = "veche", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Tell the story of a cooperative: people join, contribute, decide and leave
    Demo(DemoArgs),
}

/// What the demo is told.
#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// The cooperative, its people and questions
    #[arg(default_value = "examples/cooperative.json")]
    pub(crate) file: PathBuf,
    /// Tell every step, document and contract, not only the short story
    #[arg(long)]
    pub(crate) all: bool,
    /// Write the result as JSON, always whole: {schema_version, success, data, errors}
    #[arg(long)]
    pub(crate) json: bool,
    /// What it plays on: `embedded`, the chain of this process, where days pass in a moment, or
    /// `nodeos`, a real node, where what takes days is left out
    #[arg(long, value_name = "NODE", default_value = "embedded")]
    pub(crate) node: Kind,
    /// Leave the node running and say how to look around; with --node nodeos
    #[arg(long)]
    pub(crate) keep: bool,
    /// Where the documents go
    #[arg(long, value_name = "DIR", default_value = "target/demo")]
    pub(crate) out: PathBuf,
    /// The language of messages, ru or en [default: by LANG]
    #[arg(long, value_name = "LANG")]
    pub(crate) lang: Option<Lang>,
    /// Show transaction ids whole
    #[arg(long)]
    pub(crate) full_ids: bool,
    /// A folder of the workspace whose contracts are built
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(crate) workspace: PathBuf,
    /// Take built contracts, DIR/soviet/soviet.wasm and so on, instead of building them
    #[arg(long, value_name = "DIR")]
    pub(crate) contracts: Option<PathBuf>,
}

impl DemoArgs {
    pub(crate) fn lang(&self) -> Lang {
        self.lang
            .unwrap_or_else(|| Lang::of_environment(|name| env::var(name).ok()))
    }
}

/// Runs one command line, the program's name first; the exit code.
///
/// `out` gets the result, `err` everything else. A stream that is closed ends nothing.
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    match Cli::try_parse_from(arguments) {
        Ok(Cli {
            command: Command::Demo(arguments),
        }) => demo::run(&arguments, out, err),
        Err(error) => {
            let asked = matches!(
                error.kind(),
                ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
            );
            let text = error.render().to_string();
            if asked {
                let _ = out.write_all(text.as_bytes());
                return SUCCESS;
            }
            let _ = err.write_all(text.as_bytes());
            WRONG_USE
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn ran(arguments: &[&str]) -> (u8, String, String) {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let code = run(arguments.iter().map(OsString::from), &mut out, &mut err);
        (
            code,
            String::from_utf8(out).unwrap(),
            String::from_utf8(err).unwrap(),
        )
    }

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn help_is_a_result_and_a_wrong_argument_is_not() {
        let (code, out, err) = ran(&["veche", "demo", "--help"]);
        assert_eq!((code, err.as_str()), (SUCCESS, ""));
        assert!(out.contains("--keep") && out.contains("--all"));
        let (code, out, err) = ran(&["veche", "demo", "--lang", "fr"]);
        assert_eq!((code, out.as_str()), (WRONG_USE, ""));
        assert!(err.contains("expected ru or en"), "{err}");
    }
}
