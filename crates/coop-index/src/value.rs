//! Values of JSON, as contracts' ABIs give them, as values of the database.

use antelope_types::{Checksum256, Name, TimePoint};
use rusqlite::types::Value as Sql;
use serde_json::Value;

/// A field that has to be there.
#[derive(Debug)]
pub(crate) struct Missing(pub(crate) &'static str);

/// Reads fields of an object by their types.
#[derive(Clone, Copy)]
pub(crate) struct Fields<'a>(pub(crate) &'a Value);

impl Fields<'_> {
    /// An account or another name.
    pub(crate) fn name(self, field: &'static str) -> Result<Name, Missing> {
        self.parsed(field)
    }

    /// A hash.
    pub(crate) fn hash(self, field: &'static str) -> Result<Checksum256, Missing> {
        self.parsed(field)
    }

    /// A number; those of 64 bits may be text.
    pub(crate) fn number(self, field: &'static str) -> Result<u64, Missing> {
        let value = &self.0[field];
        let number = value.as_u64().or_else(|| value.as_str()?.parse().ok());
        number.ok_or(Missing(field))
    }

    /// A flag, which may be a number.
    pub(crate) fn flag(self, field: &'static str) -> Result<bool, Missing> {
        let value = &self.0[field];
        let flag = value.as_bool().or_else(|| value.as_u64().map(|it| it != 0));
        flag.ok_or(Missing(field))
    }

    /// Text, as a sum is.
    pub(crate) fn text(self, field: &'static str) -> Result<String, Missing> {
        self.0[field]
            .as_str()
            .map(str::to_owned)
            .ok_or(Missing(field))
    }

    /// A moment.
    pub(crate) fn time(self, field: &'static str) -> Result<TimePoint, Missing> {
        self.parsed(field)
    }

    fn parsed<T: std::str::FromStr>(self, field: &'static str) -> Result<T, Missing> {
        let parsed = self.0[field].as_str().and_then(|text| text.parse().ok());
        parsed.ok_or(Missing(field))
    }
}

/// A value that a column may have.
pub(crate) trait Stored {
    /// As the database has it.
    fn stored(&self) -> Sql;
}

impl Stored for Name {
    fn stored(&self) -> Sql {
        self.to_string().into()
    }
}

impl Stored for Checksum256 {
    fn stored(&self) -> Sql {
        self.0.to_vec().into()
    }
}

impl Stored for TimePoint {
    fn stored(&self) -> Sql {
        self.micros().into()
    }
}

impl Stored for u64 {
    fn stored(&self) -> Sql {
        // Sequences and numbers of questions do not come near the sign.
        i64::try_from(*self).unwrap_or(i64::MAX).into()
    }
}

impl Stored for bool {
    fn stored(&self) -> Sql {
        i64::from(*self).into()
    }
}

impl Stored for String {
    fn stored(&self) -> Sql {
        // The database ends quoted text at a zero.
        self.replace('\0', "\u{fffd}").into()
    }
}

impl Stored for &str {
    fn stored(&self) -> Sql {
        (*self).to_owned().into()
    }
}

impl<T: Stored> Stored for Option<T> {
    fn stored(&self) -> Sql {
        self.as_ref().map_or(Sql::Null, Stored::stored)
    }
}
