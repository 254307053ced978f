//! `get_activated_protocol_features`: the protocol features in effect, by order of activation.
//!
//! On a node: `read_only::get_activated_protocol_features`.
//!
//! | field of the request | meaning | default |
//! |---|---|---|
//! | `lower_bound`, `upper_bound` | the range, both ends included | everything |
//! | `search_by_block_num` | bounds are numbers of blocks, not ordinals | false |
//! | `limit`, `time_limit_ms` | nothing: a fault in them is an error | |
//! | `reverse` | the latest first | false |
//!
//! | field of a feature | what |
//! |---|---|
//! | `feature_digest` | its digest, by which producers activate it |
//! | `activation_ordinal` | its place in the order of activation, from 0 |
//! | `activation_block_num` | the block that activated it |
//! | `description_digest` | the digest of the text that describes it |
//! | `dependencies` | digests of the features it needs, in ascending order |
//! | `specification` | its name, as `builtin_feature_codename` |

use super::answer::Refusal;
use super::request::Request;
use crate::chain::Chain;
use antelope_types::Feature;
use serde_json::{Value, json};

/// The block that features of the genesis are told to be activated by: the first.
const GENESIS_BLOCK: u32 = 1;

/// `get_activated_protocol_features`: those in effect, in the order of their activation. Nodes begin
/// with none; those that a chain here begins with come first.
///
/// Response: `activated_protocol_features`, all of them. Nodes before Leap 4 have pages, with `more` for
/// the ordinal of the next feature; later ones ignore `limit` (`get_activated_protocol_features_params`
/// in `chain_plugin.hpp`).
///
/// # Errors
/// `invalid_http_request` (3200006, status 400) for a field of the wrong type. A bound of `null` is the
/// same as none.
pub(super) fn features(chain: &Chain, request: &Request) -> Result<Value, Refusal> {
    let number = |field: &str, default| match request.value(field) {
        Some(_) => request.number(field, default),
        None => Ok(default),
    };
    let range = number("lower_bound", 0)?..=number("upper_bound", u32::MAX)?;
    let by_block = request.flag("search_by_block_num", false)?;
    let reverse = request.flag("reverse", false)?;
    for ignored in ["limit", "time_limit_ms"] {
        request.number(ignored, 0)?;
    }
    let first = chain.genesis().features.iter();
    let first = first.map(|feature| (feature, GENESIS_BLOCK));
    let later = chain.state().protocol().activated();
    let mut all: Vec<_> = first.chain(later).enumerate().collect();
    if reverse {
        all.reverse();
    }
    let wanted = all.into_iter().filter(|(ordinal, (_, block_num))| {
        let place = if by_block {
            *block_num
        } else {
            *ordinal as u32
        };
        range.contains(&place)
    });
    let features: Vec<_> = wanted
        .map(|(ordinal, (feature, block_num))| {
            let codename = json!({ "name": "builtin_feature_codename", "value": feature.name });
            let needed = feature.depends_on().iter().map(|needed| needed.digest);
            let mut needed: Vec<_> = needed.collect();
            needed.sort_unstable();
            json!({
                "feature_digest": feature.digest,
                "activation_ordinal": ordinal,
                "activation_block_num": block_num,
                "description_digest": description(feature),
                "dependencies": needed,
                "protocol_feature_type": "builtin",
                "specification": [codename],
            })
        })
        .collect();
    Ok(json!({ "activated_protocol_features": features }))
}

/// What features are known by where they are specified: the name, the number of
/// `builtin_protocol_feature_t`, and the digest of the description, from
/// `libraries/chain/protocol_feature_manager.cpp` of Spring.
#[rustfmt::skip]
const DESCRIPTIONS: [(&str, u32, &str); 23] = [
    ("PREACTIVATE_FEATURE", 0, "64fe7df32e9b86be2b296b3f81dfd527f84e82b98e363bc97e40bc7a83733310"),
    ("ONLY_LINK_TO_EXISTING_PERMISSION", 1, "f3c3d91c4603cde2397268bfed4e662465293aab10cd9416db0d442b8cec2949"),
    ("REPLACE_DEFERRED", 2, "9908b3f8413c8474ab2a6be149d3f4f6d0421d37886033f27d4759c47a26d944"),
    ("NO_DUPLICATE_DEFERRED_ID", 3, "45967387ee92da70171efd9fefd1ca8061b5efe6f124d269cd2468b47f1575a0"),
    ("FIX_LINKAUTH_RESTRICTION", 4, "a98241c83511dc86c857221b9372b4aa7cea3aaebc567a48604e1d3db3557050"),
    ("DISALLOW_EMPTY_PRODUCER_SCHEDULE", 5, "2853617cec3eabd41881eb48882e6fc5e81a0db917d375057864b3befbe29acd"),
    ("RESTRICT_ACTION_TO_SELF", 6, "e71b6712188391994c78d8c722c1d42c477cf091e5601b5cf1befd05721a57f3"),
    ("ONLY_BILL_FIRST_AUTHORIZER", 7, "2f1f13e291c79da5a2bbad259ed7c1f2d34f697ea460b14b565ac33b063b73e2"),
    ("FORWARD_SETCODE", 8, "898082c59f921d0042e581f00a59d5ceb8be6f1d9c7a45b6f07c0e26eaee0222"),
    ("GET_SENDER", 9, "1eab748b95a2e6f4d7cb42065bdee5566af8efddf01a55a0a8d831b823f8828a"),
    ("RAM_RESTRICTIONS", 10, "1812fdb5096fd854a4958eb9d53b43219d114de0e858ce00255bd46569ad2c68"),
    ("WEBAUTHN_KEY", 11, "927fdf78c51e77a899f2db938249fb1f8bb38f4e43d9c1f75b190492080cbc34"),
    ("WTMSIG_BLOCK_SIGNATURES", 12, "ab76031cad7a457f4fd5f5fca97a3f03b8a635278e0416f77dcc91eb99a48e10"),
    ("ACTION_RETURN_VALUE", 13, "69b064c5178e2738e144ed6caa9349a3995370d78db29e494b3126ebd9111966"),
    ("CONFIGURABLE_WASM_LIMITS2", 18, "8139e99247b87f18ef7eae99f07f00ea3adf39ed53f4d2da3f44e6aa0bfd7c62"),
    ("BLOCKCHAIN_PARAMETERS", 16, "70787548dcea1a2c52c913a37f74ce99e6caae79110d7ca7b859936a0075b314"),
    ("GET_CODE_HASH", 17, "d2596697fed14a0840013647b99045022ae6a885089f35a7e78da7a43ad76ed4"),
    ("CRYPTO_PRIMITIVES", 19, "68d6405cb8df3de95bd834ebb408196578500a9f818ff62ccc68f60b932f7d82"),
    ("GET_BLOCK_NUM", 20, "e5d7992006e628a38c5e6c28dd55ff5e57ea682079bf41fef9b3cced0f46b491"),
    ("BLS_PRIMITIVES2", 21, "c0cce5bcd8ea19a28d9e12eafda65ebe6d0e0177e280d4f20c7ad66dcd9e011b"),
    ("DISABLE_DEFERRED_TRXS_STAGE_1", 22, "440c3efaaab212c387ce967c574dc813851cf8332d041beb418dfaf55facd5a9"),
    ("DISABLE_DEFERRED_TRXS_STAGE_2", 23, "a857eeb932774c511a40efb30346ec01bfb7796916b54c3c69fe7e5fb70d5cba"),
    ("SAVANNA", 24, "01a8bebb4922c38293a8909668f7d00ba4a21a455c69719ad7dcc33ea1e631c0"),
];

/// The digest of the feature's description, in hexadecimal; a test derives each feature's own digest
/// from it.
fn description(feature: Feature) -> Option<&'static str> {
    let known = DESCRIPTIONS.iter().find(|(name, ..)| *name == feature.name);
    known.map(|(.., digest)| *digest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use antelope_types::{Checksum256, Encode};

    #[test]
    fn descriptions_are_those_that_the_digests_of_features_are_made_of() {
        for feature in Feature::ALL {
            let (_, number, digest) = DESCRIPTIONS.iter().find(|it| it.0 == feature.name).unwrap();
            let digest: Checksum256 = digest.parse().unwrap();
            let mut needed: Vec<_> = feature.depends_on().iter().map(|it| it.digest).collect();
            needed.sort_unstable();
            // builtin_protocol_feature::digest: the type is the only one, 0.
            let mut bytes = 0u32.to_bytes();
            bytes.extend((digest, needed, *number).to_bytes());
            assert_eq!(
                Checksum256::sha256(&bytes),
                feature.digest,
                "{}",
                feature.name
            );
        }
    }
}
