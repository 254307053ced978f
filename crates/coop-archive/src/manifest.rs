//! What an archive is of, and who signed it.

use antelope_types::{Checksum256, Name, PublicKey, Signature, TimePoint};
use serde::{Deserialize, Serialize};

/// The format that this program writes and reads.
pub(crate) const FORMAT: &str = "veche-archive-1";

/// What an archive is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The format of the archive.
    pub format: String,
    /// The chain.
    pub chain_id: Checksum256,
    /// The cooperative.
    pub coopname: Name,
    /// The final block that it shows the state after.
    pub block_num: u32,
    /// The id of that block.
    pub block_id: Checksum256,
    /// The time of that block.
    pub block_time: TimePoint,
    /// Whom it is about; all where there is nobody.
    pub person: Option<Name>,
    /// What happened at this time or later.
    pub since: Option<TimePoint>,
    /// What happened before this time.
    pub until: Option<TimePoint>,
    /// How many signed documents it has.
    pub documents: u64,
    /// All files behind the manifest and the signature, in their order.
    pub files: Vec<ArchivedFile>,
}

/// A file of an archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArchivedFile {
    /// Its name, with the folder.
    pub name: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// Its SHA-256.
    pub sha256: Checksum256,
}

/// The signature under a manifest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seal {
    /// Who signed: the chairman, or the cooperative's account.
    pub account: Name,
    /// The key. That it is the account's is for the chain to say.
    pub public_key: PublicKey,
    /// When, by the signer's clock.
    pub signed_at: TimePoint,
    /// The signature over [`Seal::digest`].
    pub signature: Signature,
}

impl Seal {
    /// What is signed: that this account seals this manifest of this chain at this moment. No document and no
    /// transaction has such a digest.
    pub fn digest(
        chain_id: &Checksum256,
        manifest: &[u8],
        account: Name,
        signed_at: TimePoint,
    ) -> Checksum256 {
        Checksum256::sha256_of(&[
            FORMAT.as_bytes(),
            &chain_id.0,
            &Checksum256::sha256(manifest).0,
            &account.raw().to_le_bytes(),
            &signed_at.micros().to_le_bytes(),
        ])
    }
}

/// A value as the archive has it.
pub(crate) fn written<T: Serialize>(value: &T) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
