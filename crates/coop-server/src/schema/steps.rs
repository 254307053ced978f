//! `withdrawAsset`, `vetoMove`, `completeMove`, `cancelPayment`, `retryPayment`, `retryRefund`: how members go back, or
//! go on, with what they have begun. No document is signed for it.

use super::decisions::pushed;
use crate::api::Api;
use crate::caller::{May, acting};
use crate::error::ApiError;
use crate::fields;
use crate::policy::Operation;
use crate::transaction::Sent;
use crate::types::decision::{PackedTransactionInput, PushedTransaction};
use crate::types::submit::{MoveStepInput, PaymentStepInput, WithdrawAssetInput};
use antelope_types::{Checksum256, Encode, Name, name};
use async_graphql::{Context, Object};
use coop_client::Contracts;

/// Mutations of steps.
#[derive(Default)]
pub(crate) struct StepMutations;

/// What a step is on the chain.
struct Step {
    contract: Name,
    action: Name,
    /// Its arguments, packed.
    arguments: Vec<u8>,
    /// Whether a text stands behind them.
    has_reason: bool,
}

impl Step {
    fn new(contract: Name, action: Name, arguments: &impl Encode) -> Self {
        Self {
            contract,
            action,
            arguments: arguments.to_bytes(),
            has_reason: false,
        }
    }
}

macro_rules! steps {
    ($($(#[$doc:meta])+ $method:ident($input:ty): $operation:ident = $step:expr;)+) => {
        #[Object]
        impl StepMutations {$(
            $(#[$doc])+
            #[graphql(guard = May(Operation::$operation))]
            async fn $method(
                &self,
                context: &Context<'_>,
                data: $input,
            ) -> Result<PushedTransaction, ApiError> {
                let by = (&*data.coopname, &*data.username);
                take(context, Operation::$operation, by, &data.transaction, |coop, it, who| {
                    let step: fn((Name, Name), &Contracts, &$input) -> Result<Step, ApiError> = $step;
                    step((coop, who), it, &data)
                })
                .await
            }
        )+}
    };
}

steps! {
    /// Withdraws an offer of property, or keeps property that was asked back as a share, before it has changed hands.
    withdraw_asset(WithdrawAssetInput): WithdrawAsset = |(coop, who), it, data| {
        let id = fields::number("data.property_id", data.property_id)?;
        Ok(Step::new(it.gateway, name!("cancelprop"), &(coop, who, id)))
    };

    /// Ends a move that the council has agreed to: the old account within its term, the new one at any time.
    veto_move(MoveStepInput): VetoMove = |(coop, _), it, data| {
        Ok(Step::new(it.registrator, name!("vetomove"), &(coop, participant(data)?)))
    };

    /// Makes a move that the council has agreed to, once the time for a veto is over; anybody may.
    complete_move(MoveStepInput): CompleteMove = |(coop, _), it, data| {
        Ok(Step::new(it.registrator, name!("completemove"), &(coop, participant(data)?)))
    };

    /// Cancels an invoice of one's own that is not paid.
    cancel_payment(PaymentStepInput): CancelPayment = |(coop, who), it, data| {
        let step = Step::new(it.gateway, name!("indecline"), &(coop, who, payment(data)?));
        Ok(Step { has_reason: true, ..step })
    };

    /// Has a contribution sent back once more that could not be sent.
    retry_payment(PaymentStepInput): RetryPayment = |(coop, who), it, data| {
        Ok(Step::new(it.gateway, name!("retrypay"), &(coop, who, payment(data)?)))
    };

    /// Has the money of an application sent back once more that could not be sent.
    retry_refund(PaymentStepInput): RetryRefund = |(coop, who), it, data| {
        Ok(Step::new(it.registrator, name!("retryrefund"), &(coop, who, payment(data)?)))
    };
}

/// The old account of a move.
fn participant(data: &MoveStepInput) -> Result<Name, ApiError> {
    fields::account("data.participant", &data.participant)
}

/// The hash of a payment.
fn payment(data: &PaymentStepInput) -> Result<Checksum256, ApiError> {
    fields::hash("data.hash", &data.hash)
}

/// Sends the transaction of a step, which has exactly its action.
async fn take(
    context: &Context<'_>,
    operation: Operation,
    (coopname, username): (&str, &str),
    transaction: &PackedTransactionInput,
    step: impl FnOnce(Name, &Contracts, Name) -> Result<Step, ApiError>,
) -> Result<PushedTransaction, ApiError> {
    let (api, who) = acting(context, operation, coopname, username)?;
    let sent = Sent::read("data.transaction", transaction)?;
    let step = step(api.coopname(), api.contracts(), who)?;
    let by = (api.coopname(), who);
    let rest = sent.behind(by, (step.contract, step.action), &step.arguments)?;
    let code = format!("{}::{}", step.contract, step.action);
    match step.has_reason {
        true => drop(sent.whole::<String>(&code, rest)?),
        false => sent.whole::<()>(&code, rest)?,
    }
    let pushed = api.work(move |api: &Api| {
        let trace = sent.push(api)?;
        Ok(pushed(api, &trace, |_| Ok(None)))
    });
    pushed.await
}
