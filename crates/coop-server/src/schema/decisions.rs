//! `voteFor`, `voteAgainst`, `authorize`, `exec`: signed transactions of members, checked, pushed and answered.

use super::agenda;
use crate::actions::TakenAction;
use crate::api::Api;
use crate::caller::{May, acting};
use crate::error::ApiError;
use crate::fields;
use crate::policy::Operation;
use crate::transaction::Sent;
use crate::types::agenda::{BlockchainDecision, SignedBlockchainDocument};
use crate::types::decision::{AuthorizeInput, ExecInput, PushedTransaction, VoteInput};
use crate::types::scalar::iso;
use crate::written;
use antelope_types::{Checksum256, Name, TransactionTrace};
use async_graphql::{Context, Object};
use coop_client::rows::Decision;
use coop_client::{Cooperative, ReadError};
use coop_model::Document;
use coop_model::decision::status;
use coop_papers::named_votes;

/// The part of an input that has the transaction.
const FIELD: &str = "data.transaction";

/// Mutations of decisions.
#[derive(Default)]
pub(crate) struct DecisionMutations;

#[Object]
impl DecisionMutations {
    /// Votes for a question, by a transaction that the member has signed.
    #[graphql(guard = "May(Operation::VoteFor)")]
    async fn vote_for(
        &self,
        context: &Context<'_>,
        data: VoteInput,
    ) -> Result<PushedTransaction, ApiError> {
        vote(context, Operation::VoteFor, TakenAction::VoteFor, data).await
    }

    /// Votes against a question, by a transaction that the member has signed. Who abstains sends nothing.
    #[graphql(guard = "May(Operation::VoteAgainst)")]
    async fn vote_against(
        &self,
        context: &Context<'_>,
        data: VoteInput,
    ) -> Result<PushedTransaction, ApiError> {
        vote(
            context,
            Operation::VoteAgainst,
            TakenAction::VoteAgainst,
            data,
        )
        .await
    }

    /// Records the protocol that the chairman has signed; with `exec` behind it in the same transaction, the decision
    /// takes effect.
    #[graphql(guard = "May(Operation::Authorize)")]
    async fn authorize(
        &self,
        context: &Context<'_>,
        data: AuthorizeInput,
    ) -> Result<PushedTransaction, ApiError> {
        let AuthorizeInput {
            coopname,
            decision_id,
            username,
            transaction,
        } = data;
        let by = By::checked(
            context,
            Operation::Authorize,
            &coopname,
            &username,
            decision_id,
        )?;
        let sent = Sent::read(FIELD, &transaction)?;
        let (coop, who, id) = (by.api.coopname(), by.who, by.id);
        let both = [TakenAction::Authorize, TakenAction::Exec];
        let both = both.map(|it| it.at(by.api.contracts()));
        // With `exec`, where that is there; what it was to be is told otherwise.
        let actions = sent.actions(coop, who, &both);
        let actions = actions.or_else(|_| sent.actions(coop, who, &both[..1]))?;
        let (found, chairman, decision, protocol): (Name, Name, u64, Document) =
            sent.arguments(&actions[0])?;
        sent.require(found == coop, "coopname")?;
        sent.require(chairman == who, "chairman")?;
        sent.require(decision == id, "decision_id")?;
        if let Some(action) = actions.get(1) {
            require_exec(&sent, action, (who, coop, id))?;
        }
        let pushed = by.api.work(move |api| {
            let trace = sent.push(api)?;
            written::keep_sent(api, &protocol);
            let mut told = pushed(api, &trace, |coop| coop.decision(id));
            if let Some(decision) = &mut told.decision {
                decision.authorized_by = who.to_string();
                decision.authorization = agenda::signed_now(&protocol);
            }
            Ok(told)
        });
        pushed.await
    }

    /// Brings a decision into effect whose protocol is signed, by a transaction that the caller has signed.
    #[graphql(guard = "May(Operation::Exec)")]
    async fn exec(
        &self,
        context: &Context<'_>,
        data: ExecInput,
    ) -> Result<PushedTransaction, ApiError> {
        let ExecInput {
            coopname,
            decision_id,
            username,
            transaction,
        } = data;
        let by = By::checked(context, Operation::Exec, &coopname, &username, decision_id)?;
        let sent = Sent::read(FIELD, &transaction)?;
        let (coop, who, id) = (by.api.coopname(), by.who, by.id);
        let expected = [TakenAction::Exec.at(by.api.contracts())];
        require_exec(
            &sent,
            &sent.actions(coop, who, &expected)?[0],
            (who, coop, id),
        )?;
        by.push(sent).await
    }
}

/// Who acts on which decision.
struct By<'a> {
    api: &'a Api,
    who: Name,
    id: u64,
}

impl<'a> By<'a> {
    /// That the caller may do it, and says who they are. Nobody acts for another: the signature would not be theirs.
    fn checked(
        context: &Context<'a>,
        operation: Operation,
        coopname: &str,
        username: &str,
        decision_id: f64,
    ) -> Result<Self, ApiError> {
        let (api, who) = acting(context, operation, coopname, username)?;
        let id = fields::number("data.decision_id", decision_id)?;
        Ok(Self { api, who, id })
    }

    async fn push(&self, sent: Sent) -> Result<PushedTransaction, ApiError> {
        let id = self.id;
        let pushed = self.api.work(move |api| {
            let trace = sent.push(api)?;
            Ok(pushed(api, &trace, |coop| coop.decision(id)))
        });
        pushed.await
    }
}

async fn vote(
    context: &Context<'_>,
    operation: Operation,
    action: TakenAction,
    data: VoteInput,
) -> Result<PushedTransaction, ApiError> {
    let VoteInput {
        coopname,
        decision_id,
        username,
        transaction,
    } = data;
    let by = By::checked(context, operation, &coopname, &username, decision_id)?;
    let sent = Sent::read(FIELD, &transaction)?;
    let expected = [action.at(by.api.contracts())];
    let actions = sent.actions(by.api.coopname(), by.who, &expected)?;
    let (found, voter, decision, _): (Name, Name, u64, Checksum256) =
        sent.arguments(&actions[0])?;
    sent.require(found == by.api.coopname(), "coopname")?;
    sent.require(voter == by.who, "username")?;
    sent.require(decision == by.id, "decision_id")?;
    by.push(sent).await
}

fn require_exec(
    sent: &Sent,
    action: &antelope_types::Action,
    (who, coopname, id): (Name, Name, u64),
) -> Result<(), ApiError> {
    let (executer, found, decision): (Name, Name, u64) = sent.arguments(action)?;
    sent.require(executer == who, "executer")?;
    sent.require(found == coopname, "coopname")?;
    sent.require(decision == id, "decision_id")
}

/// What the node answered, with the decision as the chain has it now. A decision that cannot be read again is left out:
/// the transaction is on the chain.
pub(super) fn pushed(
    api: &Api,
    trace: &TransactionTrace,
    find: impl FnOnce(&Cooperative) -> Result<Option<Decision>, ReadError>,
) -> PushedTransaction {
    let decision = row(api, find).unwrap_or_else(|problem| {
        tracing::warn!(%problem, transaction = %trace.id, "a decision is left out of an answer");
        None
    });
    PushedTransaction {
        transaction_id: trace.id.to_string(),
        block_num: trace.block_num,
        decision,
    }
}

/// The row of a decision as the node has it, which is newer than the index.
fn row(
    api: &Api,
    find: impl FnOnce(&Cooperative) -> Result<Option<Decision>, ReadError>,
) -> Result<Option<BlockchainDecision>, ApiError> {
    let cooperative = api.cooperative()?;
    let Some(decision) = find(&cooperative)? else {
        return Ok(None);
    };
    let question = named_votes(&cooperative, &decision)?;
    // The node has no documents: they are in the transactions, which the index reads.
    let statement = api.index(|reader| Ok(reader.document(api.coopname(), decision.hash)?))?;
    let names = |names: &[Name]| names.iter().map(ToString::to_string).collect();
    let is = |wanted: Name| decision.status == wanted;
    Ok(Some(BlockchainDecision {
        approved: is(status::APPROVED) || is(status::AUTHORIZED),
        authorization: SignedBlockchainDocument::default(),
        authorized: is(status::AUTHORIZED),
        authorized_by: String::new(),
        batch_id: 0.0,
        coopname: api.coopname().to_string(),
        created_at: iso(decision.created_at),
        expired_at: iso(decision.expires_at),
        id: fields::float(decision.id),
        meta: String::new(),
        statement: statement.as_ref().map_or_else(
            || SignedBlockchainDocument {
                hash: decision.hash.to_string(),
                ..SignedBlockchainDocument::default()
            },
            agenda::signed,
        ),
        kind: decision.kind.to_string(),
        username: decision.username.to_string(),
        validated: true,
        votes_against: names(&question.votes_against),
        votes_for: names(&question.votes_for),
        hash: decision.hash.to_string(),
        status: decision.status.to_string(),
        seats: decision.seats.into(),
        quorum_percent: decision.quorum_percent.into(),
        is_final: false,
    }))
}
