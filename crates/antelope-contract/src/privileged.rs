//! What only privileged contracts may do: resources, producers, parameters and features of the chain.
//!
//! The node refuses every call here to an account that is not privileged.

use crate::{
    buffer::Buffer,
    raw,
    types::{Checksum256, Encode, Encoder, Name, PublicKey},
};

/// Limits of an account, −1 for none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResourceLimits {
    /// RAM in bytes.
    pub ram_bytes: i64,
    /// Share of network bandwidth, relative to all others.
    pub net_weight: i64,
    /// Share of processor time, relative to all others.
    pub cpu_weight: i64,
}

/// A producer of blocks and the key it signs with.
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

/// The limits of an account.
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

/// Sets the limits of an account.
pub fn set_resource_limits(account: Name, limits: ResourceLimits) {
    raw::set_resource_limits(
        account.raw(),
        limits.ram_bytes,
        limits.net_weight,
        limits.cpu_weight,
    );
}

/// Whether an account is privileged.
pub fn is_privileged(account: Name) -> bool {
    raw::is_privileged(account.raw()) != 0
}

/// Makes an account privileged, or not.
pub fn set_privileged(account: Name, privileged: bool) {
    raw::set_privileged(account.raw(), u32::from(privileged));
}

/// Proposes who produces blocks; gives the version of the schedule, `None` where nothing changes.
pub fn set_proposed_producers(schedule: &[ProducerKey]) -> Option<u64> {
    let mut buffer = Buffer::new();
    let bytes = buffer.write(&schedule);
    u64::try_from(raw::set_proposed_producers(bytes)).ok()
}

/// The names of the active producers, as many as fit; gives their number.
pub fn active_producers(producers: &mut [Name]) -> usize {
    // At most 125 producers (`max_producers` of nodeos).
    let mut names = [0; 125];
    let count = raw::get_active_producers(&mut names) as usize / 8;
    for (producer, name) in producers.iter_mut().zip(names.iter().take(count)) {
        *producer = Name::from_raw(*name);
    }
    count
}

/// Activates a protocol feature with the next block. Protocol feature `PREACTIVATE_FEATURE`.
pub fn preactivate_feature(digest: &Checksum256) {
    raw::preactivate_feature(&digest.0);
}

/// The parameters of the chain in their packed form; gives the part of `buffer` they take.
pub fn blockchain_parameters(buffer: &mut [u8]) -> &[u8] {
    let len = raw::get_blockchain_parameters_packed(buffer) as usize;
    buffer.get(..len).unwrap_or_default()
}

/// Sets the parameters of the chain from their packed form.
pub fn set_blockchain_parameters(packed: &[u8]) {
    raw::set_blockchain_parameters_packed(packed);
}

/// Parameters by their numbers, packed. Protocol feature `BLOCKCHAIN_PARAMETERS`.
pub fn parameters<'a>(ids: &[u8], buffer: &'a mut [u8]) -> &'a [u8] {
    let len = raw::get_parameters_packed(ids, buffer) as usize;
    buffer.get(..len).unwrap_or_default()
}

/// Sets parameters from their packed form. Protocol feature `BLOCKCHAIN_PARAMETERS`.
pub fn set_parameters(packed: &[u8]) {
    raw::set_parameters_packed(packed);
}

/// The limits of contracts' code, packed. Protocol feature `CONFIGURABLE_WASM_LIMITS2`.
pub fn wasm_parameters(buffer: &mut [u8]) -> &[u8] {
    let len = raw::get_wasm_parameters_packed(buffer, 0) as usize;
    buffer.get(..len).unwrap_or_default()
}

/// Sets the limits of contracts' code. Protocol feature `CONFIGURABLE_WASM_LIMITS2`.
pub fn set_wasm_parameters(packed: &[u8]) {
    raw::set_wasm_parameters_packed(packed);
}
