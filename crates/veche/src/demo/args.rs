//! What the demo is told.

use clap::Args;
use coop_demo::NodeKind;
use coop_language::Lang;
use std::{env, path::PathBuf};

/// What the demo is told.
#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// The cooperative, its people and questions
    #[arg(default_value = "examples/cooperative.json")]
    pub(crate) file: PathBuf,
    /// Tell every step, document and contract, not only the short story
    #[arg(long)]
    pub(crate) all: bool,
    /// Write the result as JSON, always whole: {schema_version, success, data, errors, warnings}
    #[arg(long)]
    pub(crate) json: bool,
    /// What it plays on: `embedded`, the chain of this process, where days pass in a moment, or
    /// `nodeos`, a real node, where what takes days is left out
    #[arg(long, value_name = "NODE", default_value = "embedded")]
    pub(crate) node: NodeKind,
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
