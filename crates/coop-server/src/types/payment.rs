//! Payments.

use super::scalar::{DateTime, Json};
use async_graphql::{Enum, InputObject, SimpleObject};

/// What became of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum PaymentStatus {
    /// It is expected, or is to be sent.
    Pending,
    /// It came.
    Paid,
    /// What it was for is done, or it was sent.
    Completed,
    /// It will not come, or the transfer failed.
    Failed,
    /// It did not come in its term.
    Expired,
    /// It was sent back.
    Refunded,
}

/// Whose first payment.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct CreateInitialPaymentInput {
    pub(crate) username: String,
}

/// What a clerk says of a payment.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct SetPaymentStatusInput {
    pub(crate) id: String,
    pub(crate) status: PaymentStatus,
    /// The record of the bank, such as `order 17 of 2026-01-20`; needed for money that came or was sent. Its hash is
    /// used once.
    pub(crate) reference: Option<String>,
    /// Why it failed; needed where it did.
    pub(crate) reason: Option<String>,
}

/// A payment.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "Payment", rename_fields = "snake_case")]
pub(crate) struct GatewayPayment {
    pub(crate) id: String,
    pub(crate) amount: f64,
    pub(crate) symbol: String,
    pub(crate) status: PaymentStatus,
    pub(crate) username: String,
    /// `gateway`, the contract that the money goes through.
    pub(crate) provider: String,
    pub(crate) message: Option<String>,
    pub(crate) blockchain_id: Option<f64>,
    pub(crate) created_at: DateTime,
    pub(crate) updated_at: DateTime,
    pub(crate) expired_at: Option<DateTime>,
    pub(crate) details: Option<PaymentDetails>,
    /// What it is for: a kind of decisions.
    #[graphql(name = "type")]
    pub(crate) kind: String,
    /// The hash of the process that it belongs to.
    pub(crate) hash: String,
    /// Whether the block that changed it last is final.
    pub(crate) is_final: bool,
}

/// How a payment is made. No fee is taken.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct PaymentDetails {
    pub(crate) data: Json,
    pub(crate) amount_plus_fee: String,
    pub(crate) amount_without_fee: String,
    pub(crate) fee_amount: String,
    pub(crate) fee_percent: f64,
    pub(crate) fact_fee_percent: f64,
    pub(crate) tolerance_percent: f64,
}
