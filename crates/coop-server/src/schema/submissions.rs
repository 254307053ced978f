//! `submitMoneyContributionStatement` and its siblings: what members have signed comes to the chain by their own
//! transactions.
//!
//! Each document is taken by one action of a contract, with the document as its last argument. The table below says
//! which, and what stands before it; a transaction has to be exactly that.

use super::decisions::pushed;
use crate::actions::TakenAction;
use crate::api::Api;
use crate::caller::{May, acting};
use crate::error::ApiError;
use crate::fields;
use crate::policy::Operation;
use crate::signing::made;
use crate::transaction::Sent;
use crate::types::decision::PushedTransaction;
use crate::types::submit::SubmitDocumentInput;
use crate::written;
use antelope_types::{Encode, Name, TransactionTrace};
use async_graphql::{Context, Object};
use coop_model::catalogue::registry;
use coop_model::{Document, Meta, Subject};

/// Mutations that send signed documents.
#[derive(Default)]
pub(crate) struct SubmissionMutations;

/// How a document of a form comes to the chain.
#[derive(Clone, Copy)]
struct Submission {
    operation: Operation,
    action: TakenAction,
    /// The number of the form in the registry of documents.
    form: u64,
    /// The arguments before the document, packed: of who sends it and what it says about itself. `None` for a document
    /// about something else.
    arguments: fn(Name, &Meta) -> Option<Vec<u8>>,
}

macro_rules! submissions {
    ($($(#[$doc:meta])+ $method:ident: $operation:ident = $form:ident by $action:ident($arguments:expr);)+) => {
        #[Object]
        impl SubmissionMutations {$(
            $(#[$doc])+
            #[graphql(guard = May(Operation::$operation))]
            async fn $method(
                &self,
                context: &Context<'_>,
                data: SubmitDocumentInput,
            ) -> Result<PushedTransaction, ApiError> {
                let submission = Submission {
                    operation: Operation::$operation,
                    action: TakenAction::$action,
                    form: registry::$form,
                    arguments: $arguments,
                };
                submit(context, submission, data).await
            }
        )+}
    };
}

submissions! {
    /// Sends the statement of a share contribution in money. The invoice comes with it, and the question when it is
    /// paid.
    submit_money_contribution_statement: SubmitMoneyContributionStatement =
        MONEY_STATEMENT by ShareMoney(sum);

    /// Sends the statement that asks for a share in money. The sum is blocked until the council has decided.
    submit_return_by_money_statement: SubmitReturnByMoneyStatement =
        MONEY_RETURN_STATEMENT by ReturnMoney(sum);

    /// Sends the statement of a share contribution in property. The question comes with the act of acceptance.
    submit_asset_contribution_statement: SubmitAssetContributionStatement =
        PROPERTY_STATEMENT by ShareProp(|who, it| match it.subject? {
            Subject::Property(of) => Some((it.coopname, who, of.description, of.valuation).to_bytes()),
            _ => None,
        });

    /// Sends the statement that asks for property back. Its valuation is blocked until the council has decided.
    submit_return_by_asset_statement: SubmitReturnByAssetStatement =
        PROPERTY_RETURN_STATEMENT by ReturnProp(|who, it| match it.subject? {
            Subject::Return(of) => Some((it.coopname, who, of.property_id).to_bytes()),
            _ => None,
        });

    /// Sends the statement of exit. The whole share is blocked until the council has decided.
    submit_exit_statement: SubmitExitStatement =
        EXIT_STATEMENT by ExitCoop(|who, it| Some((it.coopname, who).to_bytes()));

    /// Sends the statement of a new account; the caller is the new account.
    submit_move_statement: SubmitMoveStatement =
        MOVE_STATEMENT by MoveUser(|who, it| Some((it.coopname, it.username, who).to_bytes()));

    /// Sends the proposal to block a participant, or to block them no longer.
    submit_block_proposal: SubmitBlockProposal =
        BLOCK_PROPOSAL by BlockUser(|who, it| Some((it.coopname, who, it.username).to_bytes()));

    /// Sends the act by which the cooperative gets a thing, signed by both sides; the question comes with it.
    submit_asset_contribution_act: SubmitAssetContributionAct =
        ACCEPTANCE_ACT by AcceptProp(thing);

    /// Sends the act by which the owner gets a thing back, signed by both sides. Once the handover is overdue, the
    /// owner alone signs and sends it.
    submit_return_by_asset_act: SubmitReturnByAssetAct =
        HANDOVER_ACT by HandProp(thing);
}

/// The arguments of an action about a sum.
fn sum(who: Name, it: &Meta) -> Option<Vec<u8>> {
    match it.subject? {
        Subject::Money(of) => Some((it.coopname, who, of.quantity).to_bytes()),
        _ => None,
    }
}

/// The arguments of an action about a thing that changes hands.
fn thing(who: Name, it: &Meta) -> Option<Vec<u8>> {
    match it.subject? {
        Subject::Act(of) => Some((it.coopname, who, of.property_id).to_bytes()),
        _ => None,
    }
}

/// Sends a signed document: the transaction of one of its signers, with exactly the document that was made here.
async fn submit(
    context: &Context<'_>,
    submission: Submission,
    data: SubmitDocumentInput,
) -> Result<PushedTransaction, ApiError> {
    let operation = submission.operation;
    let (api, who) = acting(context, operation, &data.coopname, &data.username)?;
    let hash = fields::hash("data.hash", &data.hash)?;
    let sent = Sent::read("data.transaction", &data.transaction)?;
    let pushed = api.work(move |api: &Api| {
        let meta = made(api, who, &[submission.form], &hash)?.document.meta;
        let arguments = (submission.arguments)(who, &meta);
        let arguments = arguments.ok_or_else(|| ApiError::not_found("what.paper"))?;
        let expected = submission.action.at(api.contracts());
        let document = sent.document((api.coopname(), who), expected, &arguments, hash)?;
        let trace = deliver(api, (who, operation), &sent, &document, &[meta.username])?;
        // A question goes by the statement; an act carries one out.
        let process = match meta.subject {
            Some(Subject::Act(of)) => of.hash,
            _ => hash,
        };
        Ok(pushed(api, &trace, |coop| coop.decision_about(process)))
    });
    pushed.await
}

/// Sends a transaction that was found to hold this document, which names these people, and keeps its signatures. Of a
/// thread that may wait.
///
/// # Errors
/// Those of the databases, of the node and of the chain.
pub(super) fn deliver(
    api: &Api,
    (who, operation): (Name, Operation),
    sent: &Sent,
    document: &Document,
    about: &[Name],
) -> Result<TransactionTrace, ApiError> {
    // Before it is done: what is about another was sent by somebody.
    api.write_down(who, operation, about)?;
    let trace = sent.push(api)?;
    tracing::info!(transaction = %trace.id, operation = operation.name(), "a document was sent");
    written::keep_sent(api, document);
    Ok(trace)
}
