//! `withdrawAsset`, `vetoMove`, `completeMove`, `cancelPayment`, `retryPayment`, `retryRefund`, `supportBoard`,
//! `objectToBoard`, `seatBoard`, `dropBoard`: how members go back, or go on, with what has begun. No document is signed
//! for it.

use super::decisions::pushed;
use crate::actions::TakenAction;
use crate::api::Api;
use crate::caller::{May, acting};
use crate::error::ApiError;
use crate::fields;
use crate::policy::Operation;
use crate::transaction::Sent;
use crate::types::decision::{PackedTransactionInput, PushedTransaction};
use crate::types::meeting::ElectionStepInput;
use crate::types::submit::{MoveStepInput, PaymentStepInput, WithdrawAssetInput};
use antelope_types::{Checksum256, Encode, Name};
use async_graphql::{Context, Object};

/// Mutations of steps.
#[derive(Default)]
pub(crate) struct StepMutations;

/// What a step is on the chain.
struct Step {
    action: TakenAction,
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
    fn new(action: TakenAction, arguments: &impl Encode) -> Self {
        Self {
            action,
            arguments: arguments.to_bytes(),
            behind: Behind::Nothing,
        }
    }
}

impl Step {
    /// That a transaction is this step and nothing else, by this member; the end of an election may be the
    /// cooperative's, whoever sends it.
    fn require(&self, sent: &Sent, api: &Api, who: Name) -> Result<(), ApiError> {
        let coopname = api.coopname();
        let both = [self.action, TakenAction::FreeVoices].map(|it| it.at(api.contracts()));
        let actions = match self.behind {
            Behind::Nothing | Behind::Reason => sent.actions(coopname, who, &both[..1])?,
            Behind::Voices => sent.actions(coopname, who, &both).or_else(|refused| {
                let by_cooperative = sent.actions(coopname, coopname, &both);
                by_cooperative.map_err(|_| refused)
            })?,
        };
        let rest = sent.rest(&actions[0], &self.arguments)?;
        let code = both[0].to_string();
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
                take(context, Operation::$operation, by, &data.transaction, |by| {
                    let step: fn((Name, Name), &$input) -> Result<Step, ApiError> = $step;
                    step(by, &data)
                })
                .await
            }
        )+}
    };
}

steps! {
    /// Withdraws an offer of property, or keeps property that was asked back as a share, before it has changed hands.
    withdraw_asset(WithdrawAssetInput): WithdrawAsset = |(coop, who), data| {
        let id = fields::number("data.property_id", data.property_id)?;
        Ok(Step::new(TakenAction::CancelProp, &(coop, who, id)))
    };

    /// Ends a move that the council has agreed to: the old account within its term, the new one at any time.
    veto_move(MoveStepInput): VetoMove = |(coop, _), data| {
        Ok(Step::new(TakenAction::VetoMove, &(coop, participant(data)?)))
    };

    /// Makes a move that the council has agreed to, once the time for a veto is over; anybody may.
    complete_move(MoveStepInput): CompleteMove = |(coop, _), data| {
        Ok(Step::new(TakenAction::CompleteMove, &(coop, participant(data)?)))
    };

    /// Cancels an invoice of one's own that is not paid.
    cancel_payment(PaymentStepInput): CancelPayment = |(coop, who), data| {
        let step = Step::new(TakenAction::InDecline, &(coop, who, payment(data)?));
        Ok(Step { behind: Behind::Reason, ..step })
    };

    /// Has a contribution sent back once more that could not be sent.
    retry_payment(PaymentStepInput): RetryPayment = |(coop, who), data| {
        Ok(Step::new(TakenAction::RetryPay, &(coop, who, payment(data)?)))
    };

    /// Has the money of an application sent back once more that could not be sent.
    retry_refund(PaymentStepInput): RetryRefund = |(coop, who), data| {
        Ok(Step::new(TakenAction::RetryRefund, &(coop, who, payment(data)?)))
    };

    /// Supports the board that was submitted.
    support_board(ElectionStepInput): SupportBoard = |(coop, who), data| {
        Ok(Step::new(TakenAction::Support, &(coop, who, version(data)?)))
    };

    /// Objects to the board that was submitted.
    object_to_board(ElectionStepInput): ObjectToBoard = |(coop, who), data| {
        Ok(Step::new(TakenAction::Object, &(coop, who, version(data)?)))
    };

    /// Seats the board that was submitted, once its term is over and it has its support; anybody may. The voices are
    /// freed in the same transaction.
    seat_board(ElectionStepInput): SeatBoard = |(coop, _), data| {
        let step = Step::new(TakenAction::SeatBoard, &(coop, version(data)?));
        Ok(Step { behind: Behind::Voices, ..step })
    };

    /// Ends an election: the cooperative may at any time, anybody once the term is over and the board cannot sit. The
    /// voices are freed in the same transaction.
    drop_board(ElectionStepInput): DropBoard = |(coop, _), data| {
        let step = Step::new(TakenAction::DropBoard, &(coop, version(data)?));
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
    step: impl FnOnce((Name, Name)) -> Result<Step, ApiError>,
) -> Result<PushedTransaction, ApiError> {
    let (api, who) = acting(context, operation, coopname, username)?;
    let sent = Sent::read("data.transaction", transaction)?;
    let step = step((api.coopname(), who))?;
    step.require(&sent, api, who)?;
    let pushed = api.work(move |api: &Api| {
        let trace = sent.push(api)?;
        Ok(pushed(api, &trace, |_| Ok(None)))
    });
    pushed.await
}
