//! Options of everything that sends a transaction, named as cleos names them.

use crate::signers::KeyOptions;
use crate::{Failure, Fallible, Session};
use antelope_rpc_client::Signer;
use antelope_types::{Name, PermissionLevel, PublicKey};
use clap::Args;
use std::path::PathBuf;

/// How a transaction is built, signed and sent.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Transaction")]
pub struct SendOptions {
    /// Account and permission that authorize it: ACCOUNT or ACCOUNT@PERMISSION; several may be given
    #[arg(short, long = "permission", value_name = "LEVEL")]
    pub permissions: Vec<PermissionLevel>,

    /// Seconds until it expires: 60, with --offline 3600
    #[arg(short = 'x', long, value_name = "SECONDS",
          value_parser = clap::value_parser!(u32).range(1..=86_400))]
    pub expiration: Option<u32>,

    /// Make it unlike every other, so that the same may be done twice in a second
    #[arg(short, long)]
    pub force_unique: bool,

    /// Do not sign it
    #[arg(short, long)]
    pub skip_sign: bool,

    /// Print it instead of sending it
    #[arg(short, long)]
    pub dont_broadcast: bool,

    /// Print what would happen; nothing is sent that lasts
    #[arg(long)]
    pub dry_run: bool,

    /// With --dont-broadcast: print it packed
    #[arg(long)]
    pub return_packed: bool,

    /// With --dont-broadcast: print arguments as JSON
    #[arg(long)]
    pub unpack_action_data: bool,

    /// Print it with the chain's id and the permissions' keys, for `sign` on a machine without a network
    #[arg(long, conflicts_with_all = ["dry_run", "dont_broadcast"])]
    pub offline: bool,

    /// Print the line of cleos that does the same, and end
    #[arg(long)]
    pub print: bool,

    /// Propose it to eosio.msig under this name instead of doing it
    #[arg(long, value_name = "NAME", requires = "proposer")]
    pub propose: Option<Name>,

    /// With --propose: who proposes it, ACCOUNT or ACCOUNT@PERMISSION
    #[arg(long, value_name = "LEVEL")]
    pub proposer: Option<PermissionLevel>,

    /// With --propose: whose approvals are asked for; by default those that its permissions consist of
    #[arg(long, value_name = "LEVEL", value_delimiter = ',')]
    pub requested: Vec<PermissionLevel>,

    /// With --propose: hours until it cannot be executed any more
    #[arg(long, value_name = "HOURS", default_value_t = 168)]
    pub proposal_expiration: u32,

    /// Number or id of the block that it refers to; the last irreversible one by default
    #[arg(short, long = "ref-block", value_name = "BLOCK")]
    pub reference_block: Option<String>,

    /// The most CPU it may take, in milliseconds; 0 for the chain's own limit
    #[arg(long, value_name = "MS", default_value_t = 0)]
    pub max_cpu_usage_ms: u8,

    /// The most NET it may take, in bytes; 0 for the chain's own limit
    #[arg(long, value_name = "BYTES", default_value_t = 0)]
    pub max_net_usage: u32,

    /// Seconds by which it is delayed
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    pub delay_sec: u32,

    /// Wait until it is irreversible
    #[arg(long, value_name = "BOOL", num_args = 0..=1, default_missing_value = "true",
          default_value_t = false, action = clap::ArgAction::Set)]
    pub retry_irreversible: bool,

    /// Wait until this many blocks follow that with it
    #[arg(long, value_name = "BLOCKS")]
    pub retry_num_blocks: Option<u32>,

    /// Sign with these keys only: a public key, or a JSON array of them
    #[arg(long, value_name = "KEYS")]
    pub sign_with: Option<String>,

    /// Write the result as JSON into this file as well
    #[arg(long, value_name = "FILE")]
    pub json_file: Option<PathBuf>,

    #[command(flatten)]
    #[allow(missing_docs)] // A text here would replace the command's own.
    pub keys: KeyOptions,

    #[command(flatten)]
    #[allow(missing_docs)]
    pub habits: Habits,
}

/// Options of cleos that have nothing to do here. They are taken so that scripts run.
#[derive(Args, Clone, Debug, Default)]
pub struct Habits {
    /// Taken for habit's sake: the best call that the node has is used
    #[arg(long, hide_short_help = true)]
    pub use_old_rpc: bool,

    /// Taken for habit's sake: the best call that the node has is used
    #[arg(long, hide_short_help = true)]
    pub use_old_send_rpc: bool,

    /// Taken for habit's sake, as `none` or `zlib`: what is sent is not compressed
    #[arg(long, value_name = "HOW", hide_short_help = true,
          value_parser = ["none", "zlib", "0", "1"])]
    pub compression: Option<String>,

    /// Taken for habit's sake: the trace of a failure is always asked for
    #[arg(short = 't', long, value_name = "BOOL", hide_short_help = true)]
    pub return_failure_trace: Option<bool>,
}

impl Habits {
    /// Why an option that was given does nothing.
    pub(super) fn notes(&self) -> Vec<&'static str> {
        let mut notes = Vec::new();
        if self.use_old_rpc || self.use_old_send_rpc {
            notes.push(
                "--use-old-rpc does nothing: older calls are used where the node has no newer",
            );
        }
        if matches!(self.compression.as_deref(), Some("zlib" | "1")) {
            notes.push("--compression does nothing: what is sent is not compressed");
        }
        if self.return_failure_trace.is_some() {
            notes.push("--return-failure-trace does nothing: the trace is always asked for");
        }
        notes
    }
}

impl SendOptions {
    /// The permissions that were given, or else this one.
    #[must_use]
    pub fn levels_or(&self, usual: PermissionLevel) -> Vec<PermissionLevel> {
        match self.permissions.is_empty() {
            true => vec![usual],
            false => self.permissions.clone(),
        }
    }

    /// Seconds until it expires.
    pub(super) fn lifetime(&self) -> u32 {
        // Chains take an hour at most unless they are configured otherwise.
        let usual = if self.offline { 3600 } else { 60 };
        self.expiration.unwrap_or(usual)
    }

    /// The keys that may sign: those at hand, or of them those of `--sign-with`.
    ///
    /// # Errors
    /// `keys.…` where there is none; `usage.argument` where `--sign-with` names no keys.
    pub fn signers(&self, session: &Session) -> Fallible<Vec<Box<dyn Signer>>> {
        let mut signers = self.keys.beside(&session.folder()?).signers()?;
        let Some(text) = &self.sign_with else {
            return Ok(signers);
        };
        let texts: Vec<String> = match text.trim_start().starts_with('[') {
            true => serde_json::from_str(text)
                .map_err(|error| Failure::usage(format!("--sign-with: {error}")))?,
            false => text.split(',').map(str::to_owned).collect(),
        };
        let mut wanted = Vec::new();
        for text in &texts {
            let key = PublicKey::parse_of_any_chain(text.trim());
            let wrong = |error| Failure::usage(format!("{text:?} is not a public key: {error}"));
            wanted.push(key.map_err(wrong)?);
        }
        signers.retain(|it| wanted.contains(&it.public_key()));
        match signers.is_empty() {
            true => Err(Failure::new(
                "keys.none",
                "none of the keys at hand is one of --sign-with",
            )),
            false => Ok(signers),
        }
    }
}
