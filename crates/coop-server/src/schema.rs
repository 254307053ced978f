//! The schema: queries, mutations and subscriptions, a module per subject.
//!
//! | module | operations |
//! |---|---|
//! | [`agenda`] | `getAgenda`; the subscription `agenda` |
//! | [`decisions`] | `voteFor`, `voteAgainst`, `authorize`, `exec` |
//! | [`free_decisions`] | `createProjectOfFreeDecision`, `generateProjectOfFreeDecision`, `publishProjectOfFreeDecision`, `generateFreeDecision` |
//! | [`participants`] | `createAccount`, `registerParticipant` |
//! | [`submissions`] | `submitMoneyContributionStatement`, and the other signed statements, proposals and acts |
//! | [`acts`] | `getActs`, `signAct` |
//! | [`meetings`] | `generateFoundingProtocol`, `generateElectionProtocol`, `generateCharterProtocol`, `getMeetingProtocols`, `signMeetingProtocol`, `submitFoundingProtocol`, `submitElectionProtocol`, `submitCharterProtocol` |
//! | [`elections`] | `getElection`, `getCharter` |
//! | [`steps`] | `withdrawAsset`, `vetoMove`, `completeMove`, `cancelPayment`, `retryPayment`, `retryRefund`, `supportBoard`, `objectToBoard`, `seatBoard`, `dropBoard` |
//! | [`statements`] | `generateParticipantApplication`, and the other agreements, statements, proposals and acts |
//! | [`protocols`] | `generateParticipantApplicationDecision`, and the protocols of all other kinds |
//! | [`accounts`] | `registerAccount`, `getAccount`, `getAccounts` |
//! | [`auth`] | `login`, `loginChallenge`, `loginByChallenge`, `refresh`, `logout`, `revokeSessions` |
//! | [`payments`] | `createInitialPayment`, `setPaymentStatus`, `getPayments` |
//! | [`documents`] | `getDocuments`, `searchDocuments`, `verify` |
//! | [`registry`] | `getQuestions`, `getQuestion`, `getParticipants`, `getProperties`, `getBalances`, `getFunds`, `getCouncil`, `getJournal` |
//! | [`system`] | `getStatus`, `getAudit` |
//!
//! What several of them share: [`joint`], documents that several sign; [`seats`], those of boards.

mod accounts;
mod acts;
mod agenda;
mod auth;
mod decisions;
mod documents;
mod elections;
mod free_decisions;
mod joint;
mod meetings;
mod participants;
mod payments;
mod protocols;
mod registry;
mod seats;
mod statements;
mod steps;
mod submissions;
mod system;
mod watching;

use crate::api::Api;
use crate::settings::ApiSettings;
use async_graphql::{MergedObject, MergedSubscription, SDLExportOptions, Schema};

/// The schema of a server.
pub(crate) type ApiSchema = Schema<Query, Mutation, Subscription>;

/// All queries.
#[derive(MergedObject, Default)]
pub(crate) struct Query(
    accounts::AccountQueries,
    acts::ActQueries,
    agenda::AgendaQueries,
    documents::DocumentQueries,
    elections::ElectionQueries,
    meetings::MeetingQueries,
    payments::PaymentQueries,
    registry::RegistryQueries,
    system::SystemQueries,
);

/// All mutations.
#[derive(MergedObject, Default)]
pub(crate) struct Mutation(
    accounts::AccountMutations,
    acts::ActMutations,
    auth::AuthMutations,
    decisions::DecisionMutations,
    free_decisions::FreeDecisionMutations,
    meetings::MeetingMutations,
    participants::ParticipantMutations,
    payments::PaymentMutations,
    protocols::ProtocolMutations,
    statements::ApplicationMutations,
    statements::StatementMutations,
    steps::StepMutations,
    submissions::SubmissionMutations,
);

/// All subscriptions.
#[derive(MergedSubscription, Default)]
pub(crate) struct Subscription(watching::AgendaSubscriptions);

/// The schema over this state.
pub(crate) fn schema(api: Api) -> ApiSchema {
    let settings = api.settings().clone();
    bounded(&settings).data(api).finish()
}

fn bounded(settings: &ApiSettings) -> async_graphql::SchemaBuilder<Query, Mutation, Subscription> {
    let builder = Schema::build(
        Query::default(),
        Mutation::default(),
        Subscription::default(),
    );
    let builder = builder
        .limit_depth(settings.depth)
        .limit_complexity(settings.complexity)
        .limit_directives(4)
        // Names of fields that are near to a wrong one help nobody who has the schema.
        .disable_suggestions();
    match settings.introspection {
        true => builder,
        false => builder.disable_introspection(),
    }
}

/// The schema in its own language, as `schema.graphql` has it.
pub fn sdl() -> String {
    let schema = bounded(&ApiSettings::default()).finish();
    let options = SDLExportOptions::new().sorted_fields().sorted_arguments();
    schema.sdl_with_options(options.sorted_enum_items())
}
