//! What only privileged contracts may do: resources, producers, parameters and protocol features.
//!
//! A call from another contract fails with `unaccessible_api` (3050007), except
//! [`active_producers`].

use crate::{
    buffer::Buffer,
    raw,
    types::{Checksum256, Encode, Encoder, Name, PublicKey},
};

/// Resource limits of an account; −1 is unlimited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResourceLimits {
    /// RAM in bytes.
    pub ram_bytes: i64,
    /// Share of NET, relative to the weights of all other accounts.
    pub net_weight: i64,
    /// Share of CPU, relative to the weights of all other accounts.
    pub cpu_weight: i64,
}

/// A block producer and the key it signs blocks with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProducerKey {
    /// The account.
    pub producer_name: Name,
    /// The key.
    pub block_signing_key: PublicKey,
}

impl Encode for ProducerKey {
    fn encode(&self, out: &mut Encoder<'_>) {
        self.producer_name.encode(out);
        self.block_signing_key.encode(out);
    }
}

/// The limits of an account, changes of this block included.
pub fn resource_limits(account: Name) -> ResourceLimits {
    let mut limits = ResourceLimits {
        ram_bytes: 0,
        net_weight: 0,
        cpu_weight: 0,
    };
    raw::get_resource_limits(
        account.raw(),
        &mut limits.ram_bytes,
        &mut limits.net_weight,
        &mut limits.cpu_weight,
    );
    limits
}

/// Sets the limits of an account; the weights take effect with the next block.
pub fn set_resource_limits(account: Name, limits: ResourceLimits) {
    raw::set_resource_limits(
        account.raw(),
        limits.ram_bytes,
        limits.net_weight,
        limits.cpu_weight,
    );
}

/// Whether an account is privileged. Fails for an account that does not exist.
pub fn is_privileged(account: Name) -> bool {
    raw::is_privileged(account.raw()) != 0
}

/// Makes an account privileged, or no longer.
pub fn set_privileged(account: Name, privileged: bool) {
    raw::set_privileged(account.raw(), u32::from(privileged));
}

/// Proposes a producer schedule; returns its version, or `None` where nothing changes.
pub fn set_proposed_producers(schedule: &[ProducerKey]) -> Option<u64> {
    let mut buffer = Buffer::new();
    let bytes = buffer.write(&schedule);
    u64::try_from(raw::set_proposed_producers(bytes)).ok()
}

/// Writes the names of the active producers, as many as fit; returns their number, which may be
/// larger.
pub fn active_producers(producers: &mut [Name]) -> usize {
    // At most 125 producers: `max_producers` of nodeos.
    let mut names = [0; 125];
    let count = raw::get_active_producers(&mut names) as usize / 8;
    for (producer, name) in producers.iter_mut().zip(names.iter().take(count)) {
        *producer = Name::from_raw(*name);
    }
    count
}

/// Asks for a protocol feature, which the next block activates. Protocol feature
/// `PREACTIVATE_FEATURE`.
pub fn preactivate_feature(digest: &Checksum256) {
    raw::preactivate_feature(&digest.0);
}

/// The chain parameters, serialized; returns the part of `buffer` that they fill, which is nothing
/// if it is too small.
pub fn blockchain_parameters(buffer: &mut [u8]) -> &[u8] {
    let len = raw::get_blockchain_parameters_packed(buffer) as usize;
    buffer.get(..len).unwrap_or_default()
}

/// Sets the chain parameters from their serialized form.
pub fn set_blockchain_parameters(packed: &[u8]) {
    raw::set_blockchain_parameters_packed(packed);
}

/// Chain parameters by their ids: a count, and each id with its value. `ids` is a serialized list.
/// Protocol feature `BLOCKCHAIN_PARAMETERS`.
pub fn parameters<'a>(ids: &[u8], buffer: &'a mut [u8]) -> &'a [u8] {
    let len = raw::get_parameters_packed(ids, buffer) as usize;
    buffer.get(..len).unwrap_or_default()
}

/// Sets chain parameters: a count, and each id with its value. Protocol feature
/// `BLOCKCHAIN_PARAMETERS`.
pub fn set_parameters(packed: &[u8]) {
    raw::set_parameters_packed(packed);
}

/// The limits on WebAssembly modules, serialized. Protocol feature `CONFIGURABLE_WASM_LIMITS2`.
pub fn wasm_parameters(buffer: &mut [u8]) -> &[u8] {
    let len = raw::get_wasm_parameters_packed(buffer, 0) as usize;
    buffer.get(..len).unwrap_or_default()
}

/// Sets the limits on WebAssembly modules. Protocol feature `CONFIGURABLE_WASM_LIMITS2`.
pub fn set_wasm_parameters(packed: &[u8]) {
    raw::set_wasm_parameters_packed(packed);
}
