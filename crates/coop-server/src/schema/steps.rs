//! `withdrawAsset`, `vetoMove`, `completeMove`, `cancelPayment`, `retryPayment`, `retryRefund`, `supportBoard`,
//! `objectToBoard`, `seatBoard`, `dropBoard`: how members go back, or go on, with what has begun. No document is signed
//! for it.

use super::decisions::pushed;
use crate::api::Api;
use crate::caller::{May, acting};
use crate::error::ApiError;
use crate::fields;
use crate::policy::Operation;
use crate::transaction::Sent;
use crate::types::decision::{PackedTransactionInput, PushedTransaction};
use crate::types::meeting::ElectionStepInput;
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
    behind: Behind,
}

/// What stands behind the arguments of a step.
enum Behind {
    Nothing,
    /// A text, as the last argument.
    Reason,
    /// The action that frees the voices of an election.
    Voices,
}

impl Step {
    fn new(contract: Name, action: Name, arguments: &impl Encode) -> Self {
        Self {
            contract,
            action,
            arguments: arguments.to_bytes(),
            behind: Behind::Nothing,
        }
    }
}

impl Step {
    /// That a transaction is this step and nothing else, by this member; the end of an election may be the
    /// cooperative's, whoever sends it.
    fn require(&self, sent: &Sent, (coopname, who): (Name, Name)) -> Result<(), ApiError> {
        let own = (self.contract, self.action);
        let both = [own, (self.contract, name!("freevoices"))];
        let actions = match self.behind {
            Behind::Nothing | Behind::Reason => sent.actions(coopname, who, &both[..1])?,
            Behind::Voices => sent.actions(coopname, who, &both).or_else(|refused| {
                let by_cooperative = sent.actions(coopname, coopname, &both);
                by_cooperative.map_err(|_| refused)
            })?,
        };
        let rest = sent.rest(&actions[0], &self.arguments)?;
        let code = format!("{}::{}", self.contract, self.action);
        match self.behind {
            Behind::Reason => drop(sent.whole::<String>(&code, rest)?),
            Behind::Nothing | Behind::Voices => sent.whole::<()>(&code, rest)?,
        }
        if let Behind::Voices = self.behind {
            let (of, _): (Name, u32) = sent.arguments(&actions[1])?;
            sent.require(of == coopname, "coopname")?;
        }
        Ok(())
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
        Ok(Step { behind: Behind::Reason, ..step })
    };

    /// Has a contribution sent back once more that could not be sent.
    retry_payment(PaymentStepInput): RetryPayment = |(coop, who), it, data| {
        Ok(Step::new(it.gateway, name!("retrypay"), &(coop, who, payment(data)?)))
    };

    /// Has the money of an application sent back once more that could not be sent.
    retry_refund(PaymentStepInput): RetryRefund = |(coop, who), it, data| {
        Ok(Step::new(it.registrator, name!("retryrefund"), &(coop, who, payment(data)?)))
    };

    /// Supports the board that was submitted.
    support_board(ElectionStepInput): SupportBoard = |(coop, who), it, data| {
        Ok(Step::new(it.soviet, name!("support"), &(coop, who, version(data)?)))
    };

    /// Objects to the board that was submitted.
    object_to_board(ElectionStepInput): ObjectToBoard = |(coop, who), it, data| {
        Ok(Step::new(it.soviet, name!("object"), &(coop, who, version(data)?)))
    };

    /// Seats the board that was submitted, once its term is over and it has its support; anybody may. The voices are
    /// freed in the same transaction.
    seat_board(ElectionStepInput): SeatBoard = |(coop, _), it, data| {
        let step = Step::new(it.soviet, name!("seatboard"), &(coop, version(data)?));
        Ok(Step { behind: Behind::Voices, ..step })
    };

    /// Ends an election: the cooperative may at any time, anybody once the term is over and the board cannot sit. The
    /// voices are freed in the same transaction.
    drop_board(ElectionStepInput): DropBoard = |(coop, _), it, data| {
        let step = Step::new(it.soviet, name!("dropboard"), &(coop, version(data)?));
        Ok(Step { behind: Behind::Voices, ..step })
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

/// The version of the board that is meant.
fn version(data: &ElectionStepInput) -> Result<u64, ApiError> {
    fields::number("data.version", data.version)
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
    step.require(&sent, (api.coopname(), who))?;
    let pushed = api.work(move |api: &Api| {
        let trace = sent.push(api)?;
        Ok(pushed(api, &trace, |_| Ok(None)))
    });
    pushed.await
}
