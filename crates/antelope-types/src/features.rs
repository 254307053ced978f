//! Protocol features: by what they are called and known, and sets of them.
//!
//! Nodes change a rule of the chain only by a protocol feature, so that all of them change it with the
//! same block. Each is known by the digest of its description; the names are those of
//! `builtin_protocol_feature_t`.

use crate::Checksum256;
use core::fmt;

/// A protocol feature.
///
/// ```
/// use antelope_types::Feature;
/// let preactivate = Feature::PREACTIVATE_FEATURE;
/// assert!(preactivate.digest.to_string().starts_with("0ec7e080"));
/// assert_eq!(Feature::by_digest(&preactivate.digest), Some(preactivate));
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Feature {
    /// Its name, as nodes list it.
    pub name: &'static str,
    /// What transactions know it by.
    pub digest: Checksum256,
    /// Its place in [`Feature::ALL`].
    /// It is the bit of [`FeatureSet`], and says nothing to a node.
    number: u8,
}

impl fmt::Debug for Feature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl Feature {
    /// The feature with this digest.
    ///
    /// `None` for one that this crate does not know, such as one of another chain.
    pub fn by_digest(digest: &Checksum256) -> Option<Self> {
        let mut all = Self::ALL.iter().copied();
        all.find(|feature| feature.digest == *digest)
    }

    /// The feature with this name.
    ///
    /// In capitals, as `GET_BLOCK_NUM`.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|feature| feature.name == name)
    }

    /// The features that must be active before this one.
    ///
    /// ```
    /// use antelope_types::{Feature, FeatureSet};
    /// let needed = Feature::NO_DUPLICATE_DEFERRED_ID.depends_on();
    /// assert_eq!(needed, FeatureSet::NONE.with(Feature::REPLACE_DEFERRED));
    /// ```
    pub fn depends_on(self) -> FeatureSet {
        match self {
            Self::NO_DUPLICATE_DEFERRED_ID => FeatureSet::NONE.with(Self::REPLACE_DEFERRED),
            Self::DISABLE_DEFERRED_TRXS_STAGE_2 => {
                FeatureSet::NONE.with(Self::DISABLE_DEFERRED_TRXS_STAGE_1)
            }
            Self::SAVANNA => FeatureSet::LEAP_5.without(Self::PREACTIVATE_FEATURE),
            _ => FeatureSet::NONE,
        }
    }

    /// Whether a contract of the system must ask for it before a block can activate it.
    ///
    /// Only the feature that brings preactivation itself does without.
    pub fn requires_preactivation(self) -> bool {
        self != Self::PREACTIVATE_FEATURE
    }
}

/// A set of protocol features.
///
/// It is one number with a bit for each feature, so that copying and asking cost nothing.
///
/// ```
/// use antelope_types::{Feature, FeatureSet};
/// let set = FeatureSet::ALL.without(Feature::DISABLE_DEFERRED_TRXS_STAGE_1);
/// assert!(!set.contains(Feature::DISABLE_DEFERRED_TRXS_STAGE_1));
/// assert_eq!(set.iter().count(), Feature::ALL.len() - 1);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FeatureSet(u32);

impl FeatureSet {
    /// None: a chain as it begins.
    pub const NONE: Self = Self(0);

    /// Those of Spring.
    pub const ALL: Self = Self((1 << Feature::ALL.len()) - 1);

    /// Those of Leap 5, and of Spring before Savanna.
    pub const LEAP_5: Self = Self::ALL.without(Feature::SAVANNA);

    /// Those of Leap 3 and 4, which have deferred transactions.
    pub const LEAP_4: Self = Self::LEAP_5
        .without(Feature::BLS_PRIMITIVES2)
        .without(Feature::DISABLE_DEFERRED_TRXS_STAGE_1)
        .without(Feature::DISABLE_DEFERRED_TRXS_STAGE_2);

    /// Whether it is one of them.
    ///
    /// On the embedded chain rules ask it each time, since a feature can be activated by any block.
    pub const fn contains(self, feature: Feature) -> bool {
        self.0 >> feature.number & 1 == 1
    }

    /// The set with this one too.
    pub const fn with(self, feature: Feature) -> Self {
        Self(self.0 | 1 << feature.number)
    }

    /// The set without this one.
    pub const fn without(self, feature: Feature) -> Self {
        Self(self.0 & !(1 << feature.number))
    }

    /// The features, oldest first.
    pub fn iter(self) -> impl Iterator<Item = Feature> {
        let all = Feature::ALL.iter().copied();
        all.filter(move |feature| self.contains(*feature))
    }
}

/// Constants of features by their names, numbers and hexadecimal digests, and the list of all.
macro_rules! features {
    ($($(#[$doc:meta])* $name:ident = $number:literal, $digest:literal;)*) => {
        impl Feature {
            $($(#[$doc])* pub const $name: Self = feature(stringify!($name), $number, *$digest);)*

            /// The features of Spring, oldest first.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];
        }
    };
}

// The digest of a feature is the SHA-256 of what
// libraries/chain/protocol_feature_manager.cpp of Spring says of it.
features! {
    /// Contracts of the system may ask for features, which the next block activates.
    PREACTIVATE_FEATURE = 0, b"0ec7e080177b2c02b278d5088611686b49d739925a92d9bfcacd7fc6b74053bd";
    /// `linkauth` takes only permissions of the account.
    ONLY_LINK_TO_EXISTING_PERMISSION = 1, b"1a99a59d87e06e09ec5b028a9cbb7749b4a5ad8819004365d02dc4379a8b7241";
    /// Replacing a deferred transaction gives its RAM back and changes its id.
    REPLACE_DEFERRED = 2, b"ef43112c6543b88db2283a2e077278c315ae2c84719a8b25f25cc88565fbea99";
    /// Deferred transactions carry who sent them, so that their ids differ.
    NO_DUPLICATE_DEFERRED_ID = 3, b"4a90c00d55454dc5b059055ca213579c6ea856967712a56017487886a4d4cc0f";
    /// Actions named as the native ones can be linked where they are not native.
    FIX_LINKAUTH_RESTRICTION = 4, b"e0fb64b1085cc5538970158d05a009c24e276fb94e1a0bf6a528b48fbc4ff526";
    /// A schedule has at least one producer.
    DISALLOW_EMPTY_PRODUCER_SCHEDULE = 5, b"68dcaa34c0517d19666e6b33add67351d8c5f69e999ca1e37931bc410a297428";
    /// A contract needs authority for actions to itself too.
    RESTRICT_ACTION_TO_SELF = 6, b"ad9e3d8f650687709fd68f4b90b41f7d825a365b02c23a636cef88ac2ac00c43";
    /// NET and CPU are billed to the first account alone that authorizes anything.
    ONLY_BILL_FIRST_AUTHORIZER = 7, b"8ba52fe7a3956c5cd3a656a3174b931d3bb2abb45578befc59f283ecd816a405";
    /// The contract of `eosio` sees `setcode`.
    FORWARD_SETCODE = 8, b"2652f5f96006294109b3dd0bbde63693f55324af452b799ee137a81a905eed25";
    /// Contracts may ask who sent an action.
    GET_SENDER = 9, b"f0af56d2c5a48d60a4a5b5c903edfb7db3a736a94ed589d0b797df33ff9d3e1d";
    /// Who may be billed for RAM is looked at when an action ends.
    RAM_RESTRICTIONS = 10, b"4e7bf348da00a945489b2a681749eb56f5de00b900014e137ddae39f48f69d67";
    /// WebAuthn keys and signatures.
    WEBAUTHN_KEY = 11, b"4fca8bd82bbd181e714e283f83e1b45d95ca5af40fb89ad3977b653c448f78c2";
    /// Producers may sign with several weighted keys.
    WTMSIG_BLOCK_SIGNATURES = 12, b"299dcb6af692324b899b39f16d5a530a33062804e41f09dc97e9f156b4476707";
    /// Actions may return a value, which blocks commit to.
    ACTION_RETURN_VALUE = 13, b"c3a6138c5061cf291310887c0b5c71fcaffeab90d5deb50d3b9e687cead45071";
    /// Limits of modules are parameters of the chain.
    CONFIGURABLE_WASM_LIMITS2 = 14, b"d528b9f6e9693f45ed277af93474fd473ce7d831dae2180cca35d907bd10cb40";
    /// Parameters can be read and set by number.
    BLOCKCHAIN_PARAMETERS = 15, b"5443fcf88330c586bc0e5f3dee10e7f63c76c00249c87fe4fbf7f38c082006b4";
    /// Contracts may ask for the hash of others' code.
    GET_CODE_HASH = 16, b"bcd2a26394b36614fd4894241d3c451ab0f6fd110958c3423073621a70826e99";
    /// Host functions of alt_bn128, `mod_exp`, BLAKE2b, SHA-3 and `k1_recover`.
    CRYPTO_PRIMITIVES = 17, b"6bcb40a24e49c26d0a60513b6aeb8551d264e4717f306b81a37a5afb3b47cedc";
    /// Contracts may ask for the number of the block.
    GET_BLOCK_NUM = 18, b"35c2186cc36f7bb4aeaf4487b36e57039ccf45a9136aa856a5d569ecca55ef2b";
    /// Host functions of BLS12-381.
    BLS_PRIMITIVES2 = 19, b"63320dd4a58212e4d32d1f58926b73ca33a247326c2a5e9fd39268d2384e011a";
    /// No more transactions are deferred or delayed.
    DISABLE_DEFERRED_TRXS_STAGE_1 = 20, b"fce57d2331667353a0eac6b4209b67b843a7262a848af0a49a6e2fa9f6584eb4";
    /// Those that were are forgotten.
    DISABLE_DEFERRED_TRXS_STAGE_2 = 21, b"09e86cb0accf8d81c9e85d34bea4b925ae936626d00c984e4691186891f5bc16";
    /// Contracts of the system may say who finalizes blocks.
    SAVANNA = 22, b"cbe0fafc8fcc6cc998395e9b6de6ebd94644467b1b4a97ec126005df07013c52";
}

/// Reads the digest at compile time; the characters are not checked.
const fn feature(name: &'static str, number: u8, digest: [u8; 64]) -> Feature {
    let mut bytes = [0; 32];
    let mut index = 0;
    while index < 32 {
        bytes[index] = digit(digest[2 * index]) << 4 | digit(digest[2 * index + 1]);
        index += 1;
    }
    let digest = Checksum256(bytes);
    Feature {
        name,
        digest,
        number,
    }
}

/// The value of a hexadecimal digit in lower case.
const fn digit(character: u8) -> u8 {
    match character {
        b'0'..=b'9' => character - b'0',
        _ => character - b'a' + 10,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_are_numbered_in_their_order() {
        for (index, feature) in Feature::ALL.iter().enumerate() {
            assert_eq!(usize::from(feature.number), index, "{feature:?}");
        }
        assert_eq!(FeatureSet::ALL.iter().count(), Feature::ALL.len());
        assert_eq!(FeatureSet::LEAP_4.iter().count(), 19);
    }
}
