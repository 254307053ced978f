//! `createProjectOfFreeDecision`, `generateProjectOfFreeDecision`, `publishProjectOfFreeDecision`,
//! `generateFreeDecision`: proposals of council members and their protocols.
//!
//! A project is kept as the draft of a proposal, and known by its hash. Proposals that are made from it name that hash
//! as their project, which their signature covers.

use super::protocols::protocol;
use crate::actions::TakenAction;
use crate::api::Api;
use crate::caller::{May, acting, api, caller};
use crate::error::ApiError;
use crate::fields;
use crate::policy::Operation;
use crate::signing::signed;
use crate::stored;
use crate::transaction::{Sent, delegated};
use crate::types::document::{DocumentOf, FreeDecisionMeta, ProjectMeta};
use crate::types::generate::{
    CreateProjectFreeDecisionInput, CreatedProjectFreeDecision, FreeDecisionGenerateDocumentInput,
    GenerateDocumentOptionsInput, ProjectFreeDecisionGenerateDocumentInput, RegenerateInput,
};
use crate::types::signed::PublishProjectFreeDecisionInput;
use crate::written::{self, Wanted};
use antelope_types::{Checksum256, Encode, Name, TransactionTrace};
use async_graphql::{Context, Object};
use coop_documents::{Form, MAX_FACT};
use coop_language::Words;
use coop_model::catalogue::{kind, registry};
use coop_model::clients::Soviet;
use coop_model::{Document, Subject};
use coop_papers::find_decision;

/// Mutations of free decisions.
#[derive(Default)]
pub(crate) struct FreeDecisionMutations;

#[Object]
impl FreeDecisionMutations {
    /// Keeps a question with a draft of its decision, to make a proposal from.
    #[graphql(guard = "May(Operation::CreateProjectOfFreeDecision)")]
    async fn create_project_of_free_decision(
        &self,
        context: &Context<'_>,
        data: CreateProjectFreeDecisionInput,
    ) -> Result<CreatedProjectFreeDecision, ApiError> {
        let (api, who) = (api(context)?, caller(context)?.username()?);
        let question = fields::text("data.question", &data.question, MAX_FACT)?;
        let decision = fields::text("data.decision", &data.decision, MAX_FACT)?;
        let texts = [question.clone(), decision.clone()];
        let mut wanted = Wanted::new(
            (who, Operation::CreateProjectOfFreeDecision),
            (who, registry::PROPOSAL),
            RegenerateInput::default(),
            None,
        )?;
        wanted.proposal = Some(texts.clone());
        let project = api.work(move |api| {
            let written = wanted.write(
                api,
                |_| false,
                |facts, moment| {
                    // The draft itself is of a project that nobody else has.
                    let own = format!("{who} {} {}", moment.micros(), texts[0]);
                    let own = Checksum256::sha256(own.as_bytes());
                    let form = facts.proposal(who, own, texts)?;
                    Ok(Box::new(form) as Box<dyn Form>)
                },
            )?;
            Ok(written.document.hash())
        });
        Ok(CreatedProjectFreeDecision {
            id: project.await?.to_string(),
            question,
            decision,
        })
    }

    /// Makes the proposal of a project, to be signed by the member who puts it.
    #[graphql(guard = "May(Operation::GenerateProjectOfFreeDecision)")]
    async fn generate_project_of_free_decision(
        &self,
        context: &Context<'_>,
        data: ProjectFreeDecisionGenerateDocumentInput,
        options: Option<GenerateDocumentOptionsInput>,
    ) -> Result<DocumentOf<ProjectMeta>, ApiError> {
        let operation = Operation::GenerateProjectOfFreeDecision;
        let (api, who) = acting(context, operation, &data.coopname, &data.username)?;
        let project = fields::hash("data.project_id", &data.project_id)?;
        let asked = (who, operation);
        let mut wanted = Wanted::new(asked, (who, registry::PROPOSAL), data.again, options)?;
        let written = api.work(move |api| {
            let texts = drafted(api, project)?;
            wanted.proposal = Some(texts.clone());
            wanted.write(
                api,
                |kept| is_of(&kept.document.meta.subject, project),
                |facts, _| {
                    let form = facts.proposal(who, project, texts)?;
                    Ok(Box::new(form) as Box<dyn Form>)
                },
            )
        });
        Ok(written.await?.project(project))
    }

    /// Puts a signed proposal on the agenda: by the transaction of the member who signed it, or for a member who has
    /// let the cooperative do so, by the cooperative.
    #[graphql(guard = "May(Operation::PublishProjectOfFreeDecision)")]
    async fn publish_project_of_free_decision(
        &self,
        context: &Context<'_>,
        data: PublishProjectFreeDecisionInput,
    ) -> Result<bool, ApiError> {
        let operation = Operation::PublishProjectOfFreeDecision;
        let (api, who) = acting(context, operation, &data.coopname, &data.username)?;
        let sent = data.transaction.as_ref();
        let sent = sent
            .map(|it| Sent::read("data.transaction", it))
            .transpose()?;
        let document = data.document;
        let trace = api.work(move |api| {
            let field = "data.document";
            let proposal = signed(api, (who, registry::PROPOSAL), field, &document)?;
            let trace = publish(api, who, sent.as_ref(), &proposal)?;
            written::keep_sent(api, &proposal);
            Ok(trace)
        });
        let trace = trace.await?;
        tracing::info!(transaction = %trace.id, "a proposal was published");
        Ok(true)
    }

    /// Makes the protocol of a free decision, to be signed by the chairman.
    #[graphql(guard = "May(Operation::GenerateFreeDecision)")]
    async fn generate_free_decision(
        &self,
        context: &Context<'_>,
        data: FreeDecisionGenerateDocumentInput,
        options: Option<GenerateDocumentOptionsInput>,
    ) -> Result<DocumentOf<FreeDecisionMeta>, ApiError> {
        let (api, caller) = (api(context)?, caller(context)?);
        fields::cooperative("data.coopname", &data.coopname, api.coopname())?;
        fields::account("data.username", &data.username)?;
        let id = fields::number("data.decision_id", data.decision_id)?;
        let project = fields::hash("data.project_id", &data.project_id)?;
        let (who, again) = (caller.username()?, data.again);
        let written = api.work(move |api| {
            let decision = find_decision(&api.cooperative()?, id)?;
            let proposal = stored::document(api, &decision.hash)?;
            let subject = proposal.and_then(|it| it.document.meta.subject);
            if decision.kind == kind::FREEDECISION && !is_of(&subject, project) {
                let expected = Words::of("expected.project_of").with("id", id);
                return Err(ApiError::field("data.project_id", expected));
            }
            let asked = (who, Operation::GenerateFreeDecision);
            protocol(api, asked, (id, kind::FREEDECISION), again, options)
        });
        Ok(written.await?.free(id, project.to_string()))
    }
}

/// Whether a document is the proposal of this project.
fn is_of(subject: &Option<Subject>, project: Checksum256) -> bool {
    matches!(subject, Some(Subject::Project(it)) if it.project == project)
}

/// The question and the decision of a project.
fn drafted(api: &Api, project: Checksum256) -> Result<[String; 2], ApiError> {
    let draft = stored::document(api, &project)?;
    let texts = draft.and_then(|it| it.proposal);
    texts.ok_or_else(|| ApiError::not_found("what.project"))
}

/// Brings a proposal to the chain.
fn publish(
    api: &Api,
    who: Name,
    sent: Option<&Sent>,
    proposal: &Document,
) -> Result<TransactionTrace, ApiError> {
    let (coopname, soviet) = (api.coopname(), api.contracts().soviet);
    if let Some(sent) = sent {
        sent.document(
            (coopname, who),
            TakenAction::FreeDecision.at(api.contracts()),
            &(coopname, who).to_bytes(),
            proposal.hash(),
        )?;
        return sent.push(api);
    }
    let account = api.node()?.get_account(who)?;
    let level = delegated(who);
    if account.permission(level.permission).is_none() {
        let expected = Words::of("expected.publishing").with("permission", level);
        return Err(ApiError::field("data.transaction", expected));
    }
    api.act(|_| {
        let soviet = Soviet::at(soviet).signed_by(level);
        vec![
            soviet
                .freedecision(coopname, who, proposal.clone())
                .to_action(),
        ]
    })
}
