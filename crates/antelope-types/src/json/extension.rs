//! Binary extensions: in an object a missing one is a missing key.

use crate::BinaryExtension;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

impl<T: Serialize> Serialize for BinaryExtension<T> {
    /// Writes the value; use `skip_serializing_if = "BinaryExtension::is_missing"` with it.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for BinaryExtension<T> {
    /// Reads the value; use `default` with it.
    ///
    /// `null` is not a missing value: it is read as a `T`, which most types refuse.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(|value| Self(Some(value)))
    }
}
