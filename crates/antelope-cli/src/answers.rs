//! What nodes answer, as far as several commands read it.

use crate::{Failure, Fallible};
use antelope_rpc_client::{Account, Permission};
use antelope_types::{Checksum256, Name};
use serde_json::Value;

/// A permission of an account.
///
/// # Errors
/// `permission.none`.
pub(crate) fn permission(account: &Account, name: Name) -> Fallible<&Permission> {
    account.permission(name).ok_or_else(|| {
        let account = account.account_name;
        let message = format!("{account} has no permission {name}");
        Failure::not_found("permission.none", message)
            .hint(format!("get account {account} lists those that it has"))
    })
}

/// The protocol features that a node supports: names and digests.
pub(crate) fn features(answer: &Value) -> impl Iterator<Item = (&str, &str)> {
    let features = answer.as_array().into_iter().flatten();
    features.filter_map(|feature| {
        let mut specification = feature["specification"].as_array()?.iter();
        let name = specification.find(|it| it["name"] == "builtin_feature_codename")?;
        let digest = feature["feature_digest"].as_str().unwrap_or_default();
        Some((name["value"].as_str()?, digest))
    })
}

/// What a chain tells as the hash of code or an ABI: of nothing it is zero.
pub(crate) fn hash_of(bytes: &[u8]) -> Checksum256 {
    match bytes.is_empty() {
        true => Checksum256::ZERO,
        false => Checksum256::sha256(bytes),
    }
}
