//! What each object costs in RAM, as every node bills it, and reports of what RAM is used for.
//!
//! The numbers are consensus, not measurements of this implementation: a node bills the size of the
//! object in its own database and 32 bytes for each index over it, in steps of 16 bytes. Sources,
//! in `libraries/chain/include/eosio/chain/` of Leap: `config.hpp` for the constants;
//! `permission_object.hpp`, `permission_link_object.hpp`, `authority.hpp`,
//! `contract_table_objects.hpp` and `generated_transaction_object.hpp` for the objects.
//!
//! | object | bytes |
//! |---|---|
//! | account, with its two permissions of one key each | 2724 |
//! | code | 10 for each byte |
//! | ABI | 1 for each byte |
//! | permission, besides its authority | 288 |
//! | link of an action to a permission | 144 |
//! | table, in one scope | 112 |
//! | row, besides its bytes | 112 |
//! | entry of a secondary index, key of 8, 16, 32 bytes | 128, 144, 160 |
//! | waiting transaction, besides its bytes | 272 |
//!
//! [`RamReport`] adds up what is there, by payer and purpose.

mod changes;
mod parse;
mod report;

pub use changes::{RamChange, RamChanges};
pub use parse::RamReportError;
pub use report::{Purpose, RamReport};

use antelope_types::{Authority, Encode, PublicKey, VarUint32};

/// What is billed for each index over an object: `overhead_per_row_per_index_ram_bytes`.
const PER_INDEX: i64 = 32;

/// Sizes are rounded up to a multiple of this: `billable_alignment`.
const ALIGNMENT: i64 = 16;

/// Rounds a size up to the next multiple of [`ALIGNMENT`].
const fn billable(size: i64) -> i64 {
    (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT
}

/// An account without its permissions: `overhead_per_account_ram_bytes`.
pub const ACCOUNT: i64 = 2 * 1024;

/// Each byte of a contract's code, which nodes keep in several forms:
/// `setcode_ram_bytes_multiplier`.
pub const PER_CODE_BYTE: i64 = 10;

/// A permission, without the keys, accounts and waits of its authority; see [`authority`] for
/// those.
pub const PERMISSION: i64 = billable(SHARED_AUTHORITY + 64 + 5 * PER_INDEX);

/// The fixed part of an authority: three lists of 16 bytes and the threshold.
const SHARED_AUTHORITY: i64 = billable(3 * 16 + 4);

/// A link of an action to a permission.
pub const LINK: i64 = billable(40 + 3 * PER_INDEX);

/// A table in one scope, billed to whoever stores its first row, until the last one is removed.
pub const TABLE: i64 = billable(44 + 2 * PER_INDEX);

/// A row, without its bytes.
pub const ROW: i64 = billable(32 + 8 + 4 + 2 * PER_INDEX);

/// A waiting transaction, without its bytes.
pub const DEFERRED: i64 = billable(96 + 4 + 5 * PER_INDEX);

/// An entry of a secondary index with a key of this many bytes.
pub const fn index_entry(key_bytes: i64) -> i64 {
    billable(24 + key_bytes + 3 * PER_INDEX)
}

/// The keys, accounts and waits of an authority, in bytes: for a key 16 and its length, for an
/// account 32, for a wait 16.
///
/// ```
/// use antelope_ledger::state::ram;
/// use antelope_types::{Authority, PublicKey};
/// assert_eq!(ram::authority(&Authority::from_key(PublicKey::K1([2; 33]))), 16 + 34);
/// ```
pub fn authority(authority: &Authority) -> i64 {
    let keys: i64 = authority
        .keys
        .iter()
        .map(|key| billable(8) + key_bytes(&key.key))
        .sum();
    keys + authority.accounts.len() as i64 * billable(24)
        + authority.waits.len() as i64 * billable(16)
}

/// A new account with these two authorities, in bytes: what `newaccount` bills to it.
pub fn account(owner: &Authority, active: &Authority) -> i64 {
    ACCOUNT + 2 * PERMISSION + authority(owner) + authority(active)
}

/// The bytes of a key in the database of a node (`shared_public_key`).
///
/// K1 and R1 keys are 34 bytes: the kind and a compressed point. A WebAuthn key is kept as bytes of
/// variable length, so its length is stored between the kind and the rest.
fn key_bytes(key: &PublicKey) -> i64 {
    let whole = key.encoded_len();
    let length = match key {
        PublicKey::WebAuthn(_) => VarUint32((whole - 1) as u32).encoded_len(),
        _ => 0,
    };
    (whole + length) as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use antelope_types::{PermissionLevel, PublicKey, UserPresence, name};

    #[test]
    fn sizes_are_those_of_the_chain() {
        assert_eq!(PERMISSION, 288);
        assert_eq!(LINK, 144);
        assert_eq!((TABLE, ROW), (112, 112));
        assert_eq!(DEFERRED, 272);
        let entries = [8, 16, 32, 8, 16].map(index_entry);
        assert_eq!(entries, [128, 144, 160, 128, 144]);
    }

    #[test]
    fn a_key_of_webauthn_is_kept_with_its_length() {
        let key = |rpid: &str| {
            let key = antelope_keys::WebAuthnKey::generate(rpid, UserPresence::VERIFIED).unwrap();
            antelope_keys::Signer::public_key(&key)
        };
        // The kind, the length of the rest, the point, the presence, the length of the name.
        assert_eq!(key_bytes(&key("coop.example")), 1 + 1 + 33 + 1 + 1 + 12);
        assert_eq!(key_bytes(&key(&"x".repeat(200))), 1 + 2 + 33 + 1 + 2 + 200);
        assert_eq!(key_bytes(&PublicKey::K1([2; 33])), 34);
    }

    /// `newaccount` with one key for each permission costs 2 724 bytes on every chain.
    #[test]
    fn an_account_of_one_key_costs_what_wallets_say() {
        let key = authority(&Authority::from_key(PublicKey::K1([2; 33])));
        assert_eq!(ACCOUNT + 2 * (PERMISSION + key), 2724);
    }

    #[test]
    fn an_account_and_a_wait_have_fixed_sizes() {
        let mut two = Authority::from_permission(PermissionLevel::active(name!("alice")));
        assert_eq!(authority(&two), 32);
        two.waits.push(antelope_types::WaitWeight {
            wait_sec: 60,
            weight: 1,
        });
        assert_eq!(authority(&two), 48);
    }
}
