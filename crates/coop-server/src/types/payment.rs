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
    /// Who joins.
    pub(crate) username: String,
}

/// What a clerk says of a payment.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct SetPaymentStatusInput {
    /// The number of the payment.
    pub(crate) id: String,
    /// What the bank says.
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
    /// Its number.
    pub(crate) id: String,
    /// The sum.
    pub(crate) amount: f64,
    /// The currency.
    pub(crate) symbol: String,
    /// Its status.
    pub(crate) status: PaymentStatus,
    /// Whose payment it is.
    pub(crate) username: String,
    /// `gateway`, the contract that the money goes through.
    pub(crate) provider: String,
    /// Why it failed, where the caller has just said so.
    pub(crate) message: Option<String>,
    /// Its number in the cooperative.
    pub(crate) blockchain_id: Option<f64>,
    /// When it was asked for or ordered.
    pub(crate) created_at: DateTime,
    /// When it changed last.
    pub(crate) updated_at: DateTime,
    /// When its term is over.
    pub(crate) expired_at: Option<DateTime>,
    /// Always null: there are no fees.
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
    /// What is paid by.
    pub(crate) data: Json,
    /// The sum with the fee.
    pub(crate) amount_plus_fee: String,
    /// The sum without the fee.
    pub(crate) amount_without_fee: String,
    /// The fee.
    pub(crate) fee_amount: String,
    /// The fee in percent.
    pub(crate) fee_percent: f64,
    /// The fee in percent as it was.
    pub(crate) fact_fee_percent: f64,
    /// How far the sum may differ, in percent.
    pub(crate) tolerance_percent: f64,
}
