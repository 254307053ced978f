//! The configuration of a node: `config.ini`, written anew at each start. It has the producer's key,
//! since arguments of a process are visible to all users of the machine.

use crate::error::{During, NetworkError};
use crate::state::NodeRecord;
use crate::{keys, process};
use antelope_rpc_client::Signer;
use antelope_types::PrivateKey;
use std::io::Write;
use std::path::Path;

/// The limit of CPU that the genesis gives to a transaction, in milliseconds: nodes measure it by the
/// clock, and a busy machine needs more than the 150 of public chains.
pub(crate) const CPU_MS: u32 = 400;

/// What all nodes have. Limits that would make a result depend on the load of a shared machine are
/// wide; those of a delegate in earnest are in `delegate/config.ini`.
const COMMON: &str = "\
p2p-max-nodes-per-host = 100
connection-cleanup-period = 2
p2p-keepalive-interval-ms = 2000
plugin = eosio::chain_api_plugin
plugin = eosio::http_plugin
plugin = eosio::net_api_plugin
plugin = eosio::producer_plugin
plugin = eosio::producer_api_plugin
plugin = eosio::trace_api_plugin
trace-no-abis = true
http-validate-host = false
verbose-http-errors = true
contracts-console = true
abi-serializer-max-time-ms = 1000
http-max-response-time-ms = 5000
chain-state-db-size-mb = 512
max-transaction-time = 1000
disable-subjective-api-billing = true
disable-subjective-p2p-billing = true
subjective-account-max-failures = 1000000
eos-vm-oc-enable = none
resource-monitor-not-shutdown-on-threshold-exceeded = true
";

/// What a node that produces nothing has besides.
const PUBLIC: &str = "\
enable-account-queries = true
read-only-threads = 0
";

/// Writes the configuration of a node in its folder. It dials these peers.
pub(crate) fn write(
    folder: &Path,
    node: &NodeRecord,
    peers: &[String],
    key: Option<&PrivateKey>,
) -> Result<(), NetworkError> {
    let config = process::config(folder);
    keys::make_folder(&config)?;
    let path = config.join("config.ini");
    let mut file = keys::private_file(&path)?;
    let text = text(node, peers, key);
    file.write_all(text.as_bytes())
        .during(|| format!("write {}", path.display()))
}

fn text(node: &NodeRecord, peers: &[String], key: Option<&PrivateKey>) -> String {
    let mut text = format!(
        "# Written at each start of node {}. Its key is for development.\n\
         http-server-address = 127.0.0.1:{}\n\
         p2p-listen-endpoint = {p2p}\n\
         p2p-server-address = {p2p}\n\
         agent-name = {}\n",
        node.name,
        node.http_port,
        node.name,
        p2p = node.p2p_address(),
    );
    text.push_str(COMMON);
    for peer in peers {
        text.push_str(&format!("p2p-peer-address = {peer}\n"));
    }
    match (node.account, key) {
        (Some(account), Some(key)) => text.push_str(&format!(
            "producer-name = {account}\nsignature-provider = {}=KEY:{}\n",
            Signer::public_key(key),
            key.to_text()
        )),
        _ => text.push_str(PUBLIC),
    }
    text
}
