//! `createInitialPayment`, `setPaymentStatus`, `getPayments`: money that comes and goes.
//!
//! An invoice is made by the chain when a statement comes, and never by the server: `createInitialPayment` tells the
//! invoice of who joins. What the bank says a clerk confirms; the action is signed for the cooperative, and the chain
//! takes the exact sum once.

use crate::api::Api;
use crate::caller::{Caller, May, api, caller};
use crate::error::ApiError;
use crate::fields;
use crate::policy::Operation;
use crate::types::payment::{
    CreateInitialPaymentInput, GatewayPayment, PaymentStatus, SetPaymentStatusInput,
};
use crate::types::records::{PaymentPage, SliceInput};
use crate::types::scalar::DateTime;
use antelope_types::{Action, Checksum256, Name, PermissionLevel, name};
use async_graphql::{Context, Object};
use coop_client::rows::Payment;
use coop_index::{PaymentRecord, Slice};
use coop_language::Words;
use coop_model::catalogue::kind;
use coop_model::clients::Gateway;
use coop_model::payment::status;

/// The longest record of a bank, and the longest reason, in characters.
const MAX_TEXT: usize = 256;

/// Queries about payments.
#[derive(Default)]
pub(crate) struct PaymentQueries;

/// Mutations of payments.
#[derive(Default)]
pub(crate) struct PaymentMutations;

#[Object]
impl PaymentQueries {
    /// Payments, the newest first: one's own, or for the office, those of anybody.
    #[graphql(
        guard = "May(Operation::GetPayments)",
        complexity = "10 + child_complexity"
    )]
    async fn get_payments(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only those of this account.")] username: Option<String>,
        slice: Option<SliceInput>,
    ) -> Result<PaymentPage, ApiError> {
        let (api, caller) = (api(context)?, caller(context)?);
        let asked = fields::account_if("username", username.as_ref())?;
        let person = caller.only(Operation::GetPayments, asked)?;
        let slice = super::registry::slice_of(slice)?;
        let found = api.work(move |api| {
            let coopname = api.coopname();
            api.index(|reader| Ok(reader.payments(coopname, person, &slice)?))
        });
        let found = found.await?;
        Ok(PaymentPage {
            items: found.entries.iter().map(recorded).collect(),
            total_count: fields::count(found.total),
            cursor: found.next,
        })
    }
}

#[Object]
impl PaymentMutations {
    /// The invoice of who joins: what is to be paid before the council is asked.
    #[graphql(guard = "May(Operation::CreateInitialPayment)")]
    async fn create_initial_payment(
        &self,
        context: &Context<'_>,
        data: CreateInitialPaymentInput,
    ) -> Result<GatewayPayment, ApiError> {
        let (api, caller) = (api(context)?, caller(context)?);
        let username = fields::account("data.username", &data.username)?;
        caller.may_about(Operation::CreateInitialPayment, username)?;
        let found = api.work(move |api| {
            let slice = Slice {
                count: 50,
                after: None,
            };
            let coopname = api.coopname();
            let found =
                api.index(|reader| Ok(reader.payments(coopname, Some(username), &slice)?))?;
            let mut found = found.entries.into_iter();
            Ok(found
                .find(|it| it.kind == kind::JOINCOOP && it.status == status::PENDING && it.is_open))
        });
        let found = found.await?;
        let found = found.ok_or_else(|| ApiError::not_found("what.invoice"))?;
        Ok(recorded(&found))
    }

    /// What the bank says of a payment: that it came or was sent, or that it failed.
    #[graphql(guard = "May(Operation::SetPaymentStatus)")]
    async fn set_payment_status(
        &self,
        context: &Context<'_>,
        data: SetPaymentStatusInput,
    ) -> Result<GatewayPayment, ApiError> {
        let (api, caller) = (api(context)?, caller(context)?.clone());
        let refused = |_| ApiError::field("data.id", Words::of("expected.number"));
        let id: u64 = data.id.parse().map_err(refused)?;
        let done = api.work(move |api| set_status(api, &caller, id, &data));
        done.await
    }
}

fn set_status(
    api: &Api,
    caller: &Caller,
    id: u64,
    data: &SetPaymentStatusInput,
) -> Result<GatewayPayment, ApiError> {
    let payments = api.cooperative()?.payments()?;
    let Some(payment) = payments.into_iter().find(|it| it.id == id) else {
        return Err(match was_there(api, id)? {
            true => ApiError::NotNow {
                why: Words::of("now.payment_over"),
            },
            false => ApiError::not_found("what.payment"),
        });
    };
    // What came is confirmed, what is sent to the payer again is refunded, what is paid out is completed.
    let (done, failed, is_done_by) = match payment.status {
        status::PENDING => (name!("incomplete"), name!("indecline"), PaymentStatus::Paid),
        status::RETURNING => (
            name!("outcomplete"),
            name!("outdecline"),
            PaymentStatus::Refunded,
        ),
        status::PAYING => (
            name!("outcomplete"),
            name!("outdecline"),
            PaymentStatus::Completed,
        ),
        other => {
            let why = Words::of("now.payment_waits").with("status", other);
            return Err(ApiError::NotNow { why });
        }
    };
    // What is sent is completed, whatever it was sent for.
    let is_sent = data.status == PaymentStatus::Completed && done == name!("outcomplete");
    let (action, becomes) = match data.status {
        PaymentStatus::Failed => (failed, PaymentStatus::Failed),
        status if status == is_done_by || is_sent => (done, is_done_by),
        _ => {
            let is_done_by = async_graphql::InputType::to_value(&is_done_by);
            let expected = Words::of("expected.status").with("status", is_done_by);
            return Err(ApiError::field("data.status", expected));
        }
    };
    let gateway = api.contracts().gateway;
    caller.has_right(Operation::SetPaymentStatus, gateway, action)?;
    let who = caller.username()?;
    let told = Told::of(data)?;
    // Before it is done: what the office does is done by somebody.
    api.write_down(who, Operation::SetPaymentStatus, &[payment.username])?;
    let coopname = api.coopname();
    let trace = api.act(|level| vec![deed(level, gateway, coopname, action, &payment, &told)])?;
    tracing::info!(payment = id, by = %who, %action, transaction = %trace.id, "a payment is settled");
    let mut shown = of_chain(&payment);
    shown.status = becomes;
    shown.message = data.reason.clone();
    Ok(shown)
}

/// What the bank says.
struct Told {
    reference: Option<Checksum256>,
    reason: Option<String>,
}

impl Told {
    /// The record of the bank where money moved, and the reason where it did not.
    fn of(data: &SetPaymentStatusInput) -> Result<Self, ApiError> {
        let text = |field, given: &Option<String>, expected| {
            let given = fields::text(field, given.as_deref().unwrap_or_default(), MAX_TEXT);
            given.map_err(|_| ApiError::field(field, Words::of(expected)))
        };
        match data.status {
            PaymentStatus::Failed => Ok(Self {
                reference: None,
                reason: Some(text("data.reason", &data.reason, "expected.reason")?),
            }),
            _ => {
                let record = text("data.reference", &data.reference, "expected.reference")?;
                Ok(Self {
                    reference: Some(Checksum256::sha256(record.as_bytes())),
                    reason: None,
                })
            }
        }
    }
}

/// The action of `gateway`, for who signs.
fn deed(
    level: PermissionLevel,
    gateway: Name,
    coopname: Name,
    action: Name,
    payment: &Payment,
    told: &Told,
) -> Action {
    let gateway = Gateway::at(gateway).signed_by(level);
    let (actor, hash, sum) = (level.actor, payment.hash, payment.quantity);
    let reference = told.reference.unwrap_or_default();
    let reason = told.reason.as_deref().unwrap_or_default();
    match action {
        it if it == name!("incomplete") => gateway
            .incomplete(coopname, actor, hash, sum, reference)
            .to_action(),
        it if it == name!("indecline") => {
            gateway.indecline(coopname, actor, hash, reason).to_action()
        }
        it if it == name!("outcomplete") => gateway
            .outcomplete(coopname, actor, hash, sum, reference)
            .to_action(),
        _ => gateway
            .outdecline(coopname, actor, hash, reason)
            .to_action(),
    }
}

/// Whether a payment has had this number.
fn was_there(api: &Api, id: u64) -> Result<bool, ApiError> {
    let slice = Slice {
        count: 1,
        after: Some(id.saturating_add(1).to_string()),
    };
    let found = api.index(|reader| Ok(reader.payments(api.coopname(), None, &slice)?))?;
    Ok(found.entries.first().is_some_and(|it| it.id == id))
}

/// A payment as the chain has it.
fn of_chain(it: &Payment) -> GatewayPayment {
    recorded(&PaymentRecord {
        coopname: Name::default(),
        id: it.id,
        username: it.username,
        hash: it.hash,
        kind: it.kind,
        quantity: it.quantity,
        status: it.status,
        created_at: it.created_at,
        expires_at: it.expires_at,
        is_overdue: it.is_overdue,
        is_open: true,
        ended_by: None,
        ended_at: None,
        is_final: false,
    })
}

/// A payment as the schema shows it.
pub(crate) fn recorded(it: &PaymentRecord) -> GatewayPayment {
    let symbol = it.quantity.symbol;
    let units = 10f64.powi(symbol.precision().into());
    GatewayPayment {
        id: it.id.to_string(),
        amount: it.quantity.amount as f64 / units,
        symbol: symbol.code().to_string(),
        status: became(it),
        username: it.username.to_string(),
        provider: "gateway".to_owned(),
        message: None,
        blockchain_id: Some(fields::float(it.id)),
        created_at: DateTime(it.created_at),
        updated_at: DateTime(it.ended_at.unwrap_or(it.created_at)),
        expired_at: Some(DateTime(it.expires_at)),
        details: None,
        kind: it.kind.to_string(),
        hash: it.hash.to_string(),
        is_final: it.is_final,
    }
}

/// What became of a payment.
fn became(it: &PaymentRecord) -> PaymentStatus {
    if it.is_open {
        return match it.status {
            status::RECEIVED => PaymentStatus::Paid,
            status::FAILED => PaymentStatus::Failed,
            _ => PaymentStatus::Pending,
        };
    }
    let ended_by = it.ended_by.map(|it| it.to_string()).unwrap_or_default();
    match ended_by.as_str() {
        "indecline" | "outdecline" => PaymentStatus::Failed,
        "inexpire" => PaymentStatus::Expired,
        "outcomplete" if it.status == status::RETURNING => PaymentStatus::Refunded,
        _ => PaymentStatus::Completed,
    }
}
