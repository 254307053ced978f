//! What a person pays to be admitted.

use crate::{DocumentError, locale::Locale};
use antelope_types::Asset;
use serde_json::{Value, json};

/// The two contributions of admission, in one symbol, both positive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fees {
    initial: Asset,
    minimum: Asset,
    total: Asset,
}

impl Fees {
    /// Takes the entrance fee (вступительный взнос) and the minimum share (минимальный паевой взнос).
    ///
    /// # Errors
    /// [`DocumentError::Fees`] when they are not positive sums of one symbol that can be added.
    pub fn new(initial: Asset, minimum: Asset) -> Result<Self, DocumentError> {
        let same = initial.symbol == minimum.symbol && initial.amount > 0 && minimum.amount > 0;
        match initial.amount.checked_add(minimum.amount) {
            Some(amount) if same => Ok(Self {
                initial,
                minimum,
                total: Asset {
                    amount,
                    symbol: initial.symbol,
                },
            }),
            _ => Err(DocumentError::Fees { initial, minimum }),
        }
    }

    /// Both contributions together: what the invoice asks for.
    pub fn total(&self) -> Asset {
        self.total
    }

    /// The entrance fee.
    pub fn initial(&self) -> Asset {
        self.initial
    }

    /// The minimum share.
    pub fn minimum(&self) -> Asset {
        self.minimum
    }

    pub(super) fn fields(&self, locale: Locale) -> Value {
        json!({
            "initial": locale.sum(self.initial),
            "minimum": locale.sum(self.minimum),
            "total": locale.sum(self.total),
        })
    }
}
