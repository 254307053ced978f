//! `generateParticipantApplicationDecision` and its siblings: protocols of decisions of every kind, to be signed by the
//! chairman.

use crate::api::Api;
use crate::caller::{May, api, caller};
use crate::error::ApiError;
use crate::fields;
use crate::policy::Operation;
use crate::types::document::{DecisionMeta, DocumentOf};
use crate::types::generate::{
    GenerateDocumentOptionsInput, ParticipantApplicationDecisionGenerateDocumentInput,
    RegenerateInput,
};
use crate::written::{Wanted, Written};
use antelope_types::Name;
use async_graphql::{Context, Object};
use coop_documents::Form;
use coop_language::Words;
use coop_model::Subject;
use coop_model::catalogue::{self, kind};
use coop_papers::{Facts, find_decision};
use coop_private::PrivateDocument;

/// Mutations that make protocols.
#[derive(Default)]
pub(crate) struct ProtocolMutations;

/// What a protocol is made from.
type DecisionInput = ParticipantApplicationDecisionGenerateDocumentInput;
/// A protocol.
type DecisionPaper = DocumentOf<DecisionMeta>;
/// How it is made.
type Options = Option<GenerateDocumentOptionsInput>;

macro_rules! protocols {
    ($($(#[$doc:meta])+ $method:ident: $operation:ident = $kind:ident;)+) => {
        #[Object]
        impl ProtocolMutations {$(
            $(#[$doc])+
            #[graphql(guard = May(Operation::$operation))]
            async fn $method(
                &self,
                context: &Context<'_>,
                data: DecisionInput,
                options: Options,
            ) -> Result<DecisionPaper, ApiError> {
                decision(context, Operation::$operation, kind::$kind, data, options).await
            }
        )+}
    };
}

protocols! {
    /// Makes the protocol of an admission.
    generate_participant_application_decision: GenerateParticipantApplicationDecision = JOINCOOP;

    /// Makes the protocol of a share contribution in money.
    generate_money_contribution_decision: GenerateMoneyContributionDecision = SHAREMONEY;

    /// Makes the protocol of a return of a share in money.
    generate_return_by_money_decision: GenerateReturnByMoneyDecision = RETURNMONEY;

    /// Makes the protocol of a share contribution in property.
    generate_asset_contribution_decision: GenerateAssetContributionDecision = SHAREPROP;

    /// Makes the protocol of a return of property.
    generate_return_by_asset_decision: GenerateReturnByAssetDecision = RETURNPROP;

    /// Makes the protocol of an exit.
    generate_exit_decision: GenerateExitDecision = LEAVECOOP;

    /// Makes the protocol of a new account of a participant who lost the key.
    generate_move_decision: GenerateMoveDecision = MOVEUSER;

    /// Makes the protocol of a blocking, or of its end.
    generate_block_decision: GenerateBlockDecision = BLOCKUSER;
}

async fn decision(
    context: &Context<'_>,
    operation: Operation,
    kind: Name,
    data: DecisionInput,
    options: Options,
) -> Result<DecisionPaper, ApiError> {
    let (api, caller) = (api(context)?, caller(context)?);
    fields::cooperative("data.coopname", &data.coopname, api.coopname())?;
    fields::account("data.username", &data.username)?;
    let id = fields::number("data.decision_id", data.decision_id)?;
    let (who, again) = (caller.username()?, data.again);
    let written = api.work(move |api| protocol(api, (who, operation), (id, kind), again, options));
    Ok(written.await?.decision(id))
}

/// The protocol of a decision, as the chairman of this moment would sign it. Of a thread that may wait.
///
/// # Errors
/// [`ApiError::NotFound`], [`ApiError::NotNow`] for a decision of another kind; as writing any document.
pub(super) fn protocol(
    api: &Api,
    asked: (Name, Operation),
    (id, kind): (u64, Name),
    again: RegenerateInput,
    options: Options,
) -> Result<Written, ApiError> {
    let decision = find_decision(&api.cooperative()?, id)?;
    if kind != decision.kind {
        let why = Words::of("now.kind")
            .with("id", id)
            .with("kind", decision.kind);
        return Err(ApiError::NotNow { why });
    }
    let registry_id = catalogue::find(decision.kind).map_or(0, |it| it.protocol);
    let wanted = Wanted::new(asked, (decision.username, registry_id), again, options)?;
    let is_it = |kept: &PrivateDocument| {
        matches!(kept.document.meta.subject, Some(Subject::Decision(it)) if it.decision_id == id
            && it.hash == decision.hash)
    };
    wanted.write(api, is_it, |facts: &Facts<'_, _>, counted_at| {
        let form = facts.protocol(&decision, facts.chairman()?, counted_at)?;
        Ok(Box::new(form) as Box<dyn Form>)
    })
}
