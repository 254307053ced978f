//! From an empty chain to one with all protocol features.
//!
//! A new chain knows no protocol feature. The first one, `PREACTIVATE_FEATURE`, is activated by the
//! producer's API; it gives contracts the function with which the others are activated, so that
//! `eosio.bios`, which calls it, is deployed next.
//!
//! | step | by |
//! |---|---|
//! | activate `PREACTIVATE_FEATURE` | `/v1/producer/schedule_protocol_feature_activations` |
//! | deploy `eosio.bios` | `setcode` and `setabi` |
//! | activate all other features, each after those it depends on | the action `activate` of `eosio.bios`, in one transaction |

use crate::error::{Doing, NodeError};
use crate::node::Node;
#[cfg(doc)]
use crate::operator::Operator;
use antelope_rpc_client::{ClientError, native};
use antelope_types::{Action, Checksum256, Symbol};
use serde::Deserialize;
use serde_json::json;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The feature that lets a contract activate the others.
const PREACTIVATE: &str = "PREACTIVATE_FEATURE";

/// How long to wait for features to take effect. They do with the next block, half a second later.
const PATIENCE: Duration = Duration::from_secs(20);

impl Node {
    /// Activates every protocol feature that the node supports and deploys `eosio.bios`; takes
    /// about two seconds. Accounts are then free of charge and unlimited, as on every chain before
    /// its system contract. Does nothing on a chain that is booted.
    ///
    /// # Errors
    /// [`NodeError::Start`] where the node does not know `PREACTIVATE_FEATURE`,
    /// [`NodeError::ContractMissing`], [`NodeError::Call`].
    pub fn boot(&self) -> Result<(), NodeError> {
        let features = self.supported_features()?;
        let first = features.iter().find(|f| f.name() == Some(PREACTIVATE));
        let first = first.ok_or_else(|| NodeError::Start {
            what: format!("does not know {PREACTIVATE}"),
            log: self.log(),
            tail: String::new(),
        })?;
        let active = self.active_features()?;
        if !active.contains(&first.feature_digest) {
            let request = json!({ "protocol_features_to_activate": [first.feature_digest] });
            self.client()
                .call::<serde_json::Value>(
                    "/v1/producer/schedule_protocol_feature_activations",
                    &request,
                )
                .doing(|| format!("activate {PREACTIVATE}"))?;
            self.wait_for_features(1)?;
        }
        let rest: Vec<Action> = in_order(&features)
            .into_iter()
            .filter(|digest| *digest != first.feature_digest && !active.contains(digest))
            .map(native::activate)
            .collect();
        self.set_bios()?;
        if !rest.is_empty() {
            self.client()
                .push(&rest, &[self.key()])
                .doing(|| "activate the protocol features".to_owned())?;
            self.wait_for_features(features.len())?;
        }
        Ok(())
    }

    /// [`Node::boot`], then [`Operator::install_system`].
    ///
    /// # Errors
    /// As for [`Node::boot`].
    pub fn boot_system(&self) -> Result<(), NodeError> {
        self.boot()?;
        self.install_system()
    }

    /// [`Node::boot_system`] with another core token, such as `8,WAX`.
    ///
    /// # Errors
    /// As for [`Node::boot`].
    pub fn boot_system_with(&self, core: Symbol) -> Result<(), NodeError> {
        self.boot()?;
        self.install_system_with(core)
    }

    /// The digests of the active protocol features.
    fn active_features(&self) -> Result<Vec<Checksum256>, NodeError> {
        /// The part of the response that is used.
        #[derive(Deserialize)]
        struct Answer {
            activated_protocol_features: Vec<Feature>,
        }
        let path = "/v1/chain/get_activated_protocol_features";
        let answer = self
            .client()
            .call::<Answer>(path, &json!({ "limit": 1000 }));
        let answer = answer.doing(|| "list the protocol features in effect".to_owned())?;
        Ok(answer
            .activated_protocol_features
            .iter()
            .map(|f| f.feature_digest)
            .collect())
    }

    /// The protocol features that the node supports.
    fn supported_features(&self) -> Result<Vec<Feature>, NodeError> {
        let path = "/v1/producer/get_supported_protocol_features";
        let answer = self.client().call(path, &json!({}));
        answer.doing(|| "list the node's protocol features".to_owned())
    }

    /// Waits until so many features are active.
    ///
    /// # Errors
    /// [`NodeError::Call`] after [`PATIENCE`].
    fn wait_for_features(&self, count: usize) -> Result<(), NodeError> {
        let start = Instant::now();
        while self.active_features()?.len() < count {
            if start.elapsed() > PATIENCE {
                let what = format!("{count} protocol features");
                let source = ClientError::Waited {
                    what,
                    seconds: PATIENCE.as_secs(),
                };
                return Err(NodeError::Call {
                    what: "wait for a block".to_owned(),
                    source,
                });
            }
            sleep(Duration::from_millis(20));
        }
        Ok(())
    }
}

/// A protocol feature in a response.
#[derive(Deserialize)]
struct Feature {
    /// Its digest, by which it is activated.
    feature_digest: Checksum256,
    /// Features that must be active before it.
    #[serde(default)]
    dependencies: Vec<Checksum256>,
    /// Its properties, the name among them.
    #[serde(default)]
    specification: Vec<Specification>,
}

/// A property of a feature.
#[derive(Deserialize)]
struct Specification {
    name: String,
    value: String,
}

impl Feature {
    /// Its name, such as `PREACTIVATE_FEATURE`.
    fn name(&self) -> Option<&str> {
        let codename = |s: &&Specification| s.name == "builtin_feature_codename";
        self.specification
            .iter()
            .find(codename)
            .map(|s| s.value.as_str())
    }
}

/// The digests in an order in which each comes after those it depends on. A dependency that the
/// node does not list is taken for active; features that depend on each other in a circle are left
/// out.
fn in_order(features: &[Feature]) -> Vec<Checksum256> {
    let known = |digest: &Checksum256| features.iter().any(|f| f.feature_digest == *digest);
    let mut ordered = Vec::with_capacity(features.len());
    while ordered.len() < features.len() {
        let before = ordered.len();
        for feature in features {
            let met = |digest| ordered.contains(digest) || !known(digest);
            if !ordered.contains(&feature.feature_digest) && feature.dependencies.iter().all(met) {
                ordered.push(feature.feature_digest);
            }
        }
        if ordered.len() == before {
            break;
        }
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(n: u8) -> Checksum256 {
        Checksum256([n; 32])
    }

    fn feature(n: u8, dependencies: &[u8]) -> Feature {
        Feature {
            feature_digest: digest(n),
            dependencies: dependencies.iter().copied().map(digest).collect(),
            specification: Vec::new(),
        }
    }

    #[test]
    fn features_follow_those_they_depend_on() {
        let features = [
            feature(1, &[3]),
            feature(2, &[1, 9]),
            feature(3, &[]),
            feature(4, &[2]),
        ];
        assert_eq!(in_order(&features), [3, 1, 2, 4].map(digest));
    }

    #[test]
    fn features_that_depend_on_each_other_are_left_out() {
        let features = [feature(1, &[2]), feature(2, &[1]), feature(3, &[])];
        assert_eq!(in_order(&features), [digest(3)]);
    }
}
