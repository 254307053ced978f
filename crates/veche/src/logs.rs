//! The log of a node or a service, on stderr.

use std::io;
use std::str::FromStr;
use tracing_subscriber::EnvFilter;

/// The form of the log.
#[derive(Clone, Copy, Debug)]
pub(crate) enum LogForm {
    /// A line for people.
    Text,
    /// An object for programs, one a line.
    Json,
}

impl FromStr for LogForm {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            _ => Err("expected text or json".to_owned()),
        }
    }
}

/// What is logged where nobody says: the life of the process, and not each request.
const USUAL: &str = "info,antelope_rpc::access=warn";

/// Sends what is logged from now on to stderr. `RUST_LOG` chooses what; with `info`, each request is a
/// line too. Where the process logs already, it stays so.
pub(crate) fn begin(form: LogForm) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(USUAL));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        // A log that cannot be written, as on a full disk, is no reason to stop. By default it is
        // told on stderr, and where that cannot be written either, the thread panics.
        .log_internal_errors(false)
        .with_writer(io::stderr);
    let colored = io::IsTerminal::is_terminal(&io::stderr());
    let _ = match form {
        LogForm::Text => log.with_ansi(colored).try_init(),
        LogForm::Json => log.json().try_init(),
    };
}
