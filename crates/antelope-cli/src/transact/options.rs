//! Options of everything that sends a transaction, named as cleos names them.

use crate::signers::KeyOptions;
use antelope_types::PermissionLevel;
use clap::Args;

/// How a transaction is built, signed and sent.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Transaction")]
pub struct SendOptions {
    /// Account and permission that authorize it: ACCOUNT or ACCOUNT@PERMISSION; several may be given
    #[arg(short, long = "permission", value_name = "LEVEL", value_parser = level)]
    pub permissions: Vec<PermissionLevel>,

    /// Seconds until it expires
    #[arg(short = 'x', long, value_name = "SECONDS", default_value_t = 60,
          value_parser = clap::value_parser!(u32).range(1..=86_400))]
    pub expiration: u32,

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

    #[command(flatten)]
    #[allow(missing_docs)] // A text here would replace the command's own.
    pub keys: KeyOptions,
}

/// `alice` or `alice@active`.
fn level(text: &str) -> Result<PermissionLevel, String> {
    let text = match text.contains('@') {
        true => text.to_owned(),
        false => format!("{text}@active"),
    };
    text.parse::<PermissionLevel>()
        .map_err(|error| error.to_string())
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
}
