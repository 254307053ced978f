//! `getQuestions`, `getQuestion`, `getParticipants`, `getProperties`, `getBalances`, `getFunds`, `getCouncil`, `getJournal`: what the
//! registry keeps, without personal data.

use super::payments::recorded;
use crate::caller::{May, api, caller};
use crate::error::ApiError;
use crate::fields;
use crate::policy::Operation;
use crate::types::records::{
    CooperativeFunds, CouncilSeat, GetJournalInput, GetQuestionsInput, JournalEntry, JournalPage,
    ParticipantPage, PropertyPage, QuestionDetails, QuestionPage, RecordedDocument,
    RecordedSignature, RegistryParticipant, RegistryProperty, RegistryQuestion, RegistryVote,
    ShareBalance, SliceInput,
};
use crate::types::scalar::DateTime;
use antelope_types::{Name, TimePoint, name};
use async_graphql::{Context, Json, Object};
use coop_index::{DocumentRecord, EventFilter, QuestionFilter, QuestionRecord, Slice};
use coop_language::Words;
use coop_model::people::status::{ACTIVE, BLOCKED, LEAVING, MOVING};

/// The most names of a filter.
const MAX_NAMES: usize = 50;

/// Queries about the registry.
#[derive(Default)]
pub(crate) struct RegistryQueries;

#[Object]
impl RegistryQueries {
    /// Questions with their outcomes, the newest first: every outcome, and also those that are open. Who is not a
    /// participant sees those about themselves.
    #[graphql(
        guard = "May(Operation::GetQuestions)",
        complexity = "10 + child_complexity"
    )]
    async fn get_questions(
        &self,
        context: &Context<'_>,
        filter: Option<GetQuestionsInput>,
        slice: Option<SliceInput>,
    ) -> Result<QuestionPage, ApiError> {
        let (api, caller) = (api(context)?, caller(context)?);
        let mut filter = question_filter(filter.unwrap_or_default())?;
        filter.person = caller.only(Operation::GetQuestions, filter.person)?;
        let slice = slice_of(slice)?;
        let found = api.work(move |api| {
            api.index(|reader| Ok(reader.questions(api.coopname(), &filter, &slice)?))
        });
        let found = found.await?;
        Ok(QuestionPage {
            items: found.entries.iter().map(question).collect(),
            total_count: fields::count(found.total),
            cursor: found.next,
        })
    }

    /// A question with its votes, documents and payments.
    #[graphql(
        guard = "May(Operation::GetQuestion)",
        complexity = "10 + child_complexity"
    )]
    async fn get_question(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The number of the question.")] id: f64,
    ) -> Result<QuestionDetails, ApiError> {
        let (api, caller) = (api(context)?, caller(context)?);
        let id = fields::number("id", id)?;
        let found =
            api.work(move |api| api.index(|reader| Ok(reader.package(api.coopname(), id)?)));
        let found = found.await?;
        let found = found.ok_or_else(|| ApiError::not_found("what.question"))?;
        caller.may_about(Operation::GetQuestion, found.question.username)?;
        // What somebody pays is told to whom `getPayments` tells it.
        let mut payments = found.payments.iter().collect::<Vec<_>>();
        payments.retain(|it| {
            caller
                .may_about(Operation::GetPayments, it.username)
                .is_ok()
        });
        let one = |role, it: &Option<DocumentRecord>| it.as_ref().map(|it| document(role, it));
        let mut documents = Vec::new();
        documents.extend(one("statement", &found.statement));
        documents.extend(one("protocol", &found.protocol));
        documents.extend(found.acts.iter().map(|it| document("act", it)));
        documents.extend(found.links.iter().map(|it| document("link", it)));
        let votes = found.votes.iter().map(|it| RegistryVote {
            username: it.username.to_string(),
            is_for: it.is_for,
            at: DateTime(it.at),
            transaction_id: it.cast_in.to_string(),
            is_final: it.is_final,
        });
        Ok(QuestionDetails {
            question: question(&found.question),
            votes: votes.collect(),
            documents,
            payments: payments.into_iter().map(recorded).collect(),
        })
    }

    /// Who is or was a participant, those who joined last first.
    #[graphql(
        guard = "May(Operation::GetParticipants)",
        complexity = "10 + child_complexity"
    )]
    async fn get_participants(
        &self,
        context: &Context<'_>,
        #[graphql(
            desc = "Only those with this status: `active`, `blocked`, `leaving`, `moving` or `left`."
        )]
        status: Option<String>,
        slice: Option<SliceInput>,
    ) -> Result<ParticipantPage, ApiError> {
        let api = api(context)?;
        let status = status.map(|it| status_of(&it)).transpose()?;
        let slice = slice_of(slice)?;
        let found = api.work(move |api| {
            api.index(|reader| Ok(reader.participants(api.coopname(), status, &slice)?))
        });
        let found = found.await?;
        let items = found.entries.iter().map(|it| RegistryParticipant {
            username: it.username.to_string(),
            kind: it.kind.to_string(),
            status: it.status.to_string(),
            initial: it.initial.to_string(),
            minimum: it.minimum.to_string(),
            created_at: DateTime(it.created_at),
            left_at: it.left_at.map(DateTime),
            is_final: it.is_final,
        });
        Ok(ParticipantPage {
            items: items.collect(),
            total_count: fields::count(found.total),
            cursor: found.next,
        })
    }

    /// Property, the newest first: one's own, or for the office, that of anybody. It has no descriptions: those are in
    /// the statements.
    #[graphql(
        guard = "May(Operation::GetProperties)",
        complexity = "10 + child_complexity"
    )]
    async fn get_properties(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only those of this account.")] username: Option<String>,
        slice: Option<SliceInput>,
    ) -> Result<PropertyPage, ApiError> {
        let (api, caller) = (api(context)?, caller(context)?);
        let asked = fields::account_if("username", username.as_ref())?;
        let person = caller.only(Operation::GetProperties, asked)?;
        let slice = slice_of(slice)?;
        let found = api.work(move |api| {
            api.index(|reader| Ok(reader.properties(api.coopname(), person, &slice)?))
        });
        let found = found.await?;
        let items = found.entries.iter().map(|it| RegistryProperty {
            id: fields::float(it.id),
            username: it.username.to_string(),
            hash: it.hash.to_string(),
            status: it.status.to_string(),
            description_hash: it.description.to_string(),
            valuation: it.valuation.to_string(),
            created_at: DateTime(it.created_at),
            expires_at: DateTime(it.expires_at),
            is_overdue: it.is_overdue,
            is_open: it.is_open,
            ended_at: it.ended_at.map(DateTime),
            is_final: it.is_final,
        });
        Ok(PropertyPage {
            items: items.collect(),
            total_count: fields::count(found.total),
            cursor: found.next,
        })
    }

    /// Shares as they are, or as they were after a block: one's own, or for the office, those of all.
    #[graphql(
        guard = "May(Operation::GetBalances)",
        complexity = "100 + child_complexity"
    )]
    async fn get_balances(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only those of this account.")] username: Option<String>,
        #[graphql(desc = "As they were after this block; as they are now where it is left out.")]
        block_num: Option<u32>,
    ) -> Result<Vec<ShareBalance>, ApiError> {
        let (api, caller) = (api(context)?, caller(context)?);
        let asked = fields::account_if("username", username.as_ref())?;
        let person = caller.only(Operation::GetBalances, asked)?;
        let block = block_num.unwrap_or(u32::MAX);
        let found = api.work(move |api| {
            let found = api.index(|reader| Ok(reader.balances(api.coopname(), block)?))?;
            let found = found.into_iter();
            let found = found.filter(|it| person.is_none_or(|person| person == it.username));
            Ok(found.collect::<Vec<_>>())
        });
        let balances = found.await?.into_iter().map(|it| ShareBalance {
            username: it.username.to_string(),
            minimum: it.minimum.to_string(),
            available: it.available.to_string(),
            blocked: it.blocked.to_string(),
            in_kind: it.in_kind.to_string(),
            since: it.since,
            at: DateTime(it.at),
        });
        Ok(balances.collect())
    }

    /// The money of the cooperative as it is, or as it was after a block; null before its funds are opened.
    #[graphql(guard = "May(Operation::GetFunds)")]
    async fn get_funds(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "As it was after this block; as it is now where it is left out.")]
        block_num: Option<u32>,
    ) -> Result<Option<CooperativeFunds>, ApiError> {
        let api = api(context)?;
        let block = block_num.unwrap_or(u32::MAX);
        let found =
            api.work(move |api| api.index(|reader| Ok(reader.funds(api.coopname(), block)?)));
        Ok(found.await?.map(|it| CooperativeFunds {
            entrance: it.entrance.to_string(),
            share: it.share.to_string(),
            processing: it.processing.to_string(),
            incoming: it.incoming.to_string(),
            outgoing: it.outgoing.to_string(),
            accepted: it.accepted.to_string(),
            handed_back: it.handed_back.to_string(),
            since: it.since,
            at: DateTime(it.at),
        }))
    }

    /// Who sits in the council; with `all`, also who sat in it.
    #[graphql(guard = "May(Operation::GetCouncil)")]
    async fn get_council(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Also who sat in it before.")] all: Option<bool>,
    ) -> Result<Vec<CouncilSeat>, ApiError> {
        let api = api(context)?;
        let found = api.work(|api| api.index(|reader| Ok(reader.seats(api.coopname())?)));
        let found = found.await?.into_iter();
        let found = found.filter(|it| all == Some(true) || it.left_at.is_none());
        let seats = found.map(|it| CouncilSeat {
            username: it.username.to_string(),
            is_chairman: it.is_chairman,
            since: DateTime(it.since),
            left_at: it.left_at.map(DateTime),
            board: fields::count(it.board),
            is_final: it.is_final,
        });
        Ok(seats.collect())
    }

    /// The journal of the cooperative, the newest first: one's own, or for the office, all of it.
    #[graphql(
        guard = "May(Operation::GetJournal)",
        complexity = "10 + child_complexity"
    )]
    async fn get_journal(
        &self,
        context: &Context<'_>,
        filter: Option<GetJournalInput>,
        slice: Option<SliceInput>,
    ) -> Result<JournalPage, ApiError> {
        let (api, caller) = (api(context)?, caller(context)?);
        let filter = filter.unwrap_or_default();
        let asked = fields::account_if("filter.username", filter.username.as_ref())?;
        let hash = filter.hash.as_deref();
        let filter = EventFilter {
            actions: names("filter.actions", filter.actions)?,
            person: caller.only(Operation::GetJournal, asked)?,
            hash: hash.map(|it| fields::hash("filter.hash", it)).transpose()?,
            since: filter.since.map(|it| it.0),
            until: filter.until.map(|it| it.0),
        };
        let slice = slice_of(slice)?;
        let found = api.work(move |api| {
            api.index(|reader| Ok(reader.events(api.coopname(), &filter, &slice)?))
        });
        let found = found.await?;
        let items = found.entries.into_iter().map(|it| JournalEntry {
            global_sequence: it.sequence.to_string(),
            contract: it.contract.to_string(),
            action: it.action.to_string(),
            username: it.username.map(|it| it.to_string()),
            hash: it.hash.map(|it| it.to_string()),
            data: Json(it.arguments),
            at: DateTime(it.at),
            transaction_id: it.done_in.to_string(),
            block_num: it.block,
            is_final: it.is_final,
        });
        Ok(JournalPage {
            items: items.collect(),
            total_count: fields::count(found.total),
            cursor: found.next,
        })
    }
}

/// A status of a participant in the registry: one of the chain, or that of who has left.
fn status_of(text: &str) -> Result<Name, ApiError> {
    let known = [ACTIVE, BLOCKED, LEAVING, MOVING, name!("left")];
    let found = known.into_iter().find(|it| it.to_string() == text);
    found.ok_or_else(|| {
        let known = known.map(|it| it.to_string()).join(", ");
        ApiError::field("status", Words::of("expected.one_of").with("known", known))
    })
}

/// The part of a list that is asked for.
///
/// # Errors
/// [`ApiError::Field`].
pub(crate) fn slice_of(input: Option<SliceInput>) -> Result<Slice, ApiError> {
    let input = input.unwrap_or_default();
    Ok(Slice {
        count: fields::limit("slice.limit", input.limit, 20)?,
        after: input.cursor,
    })
}

/// The names of a filter.
pub(super) fn names(field: &str, given: Option<Vec<String>>) -> Result<Vec<Name>, ApiError> {
    let given = given.unwrap_or_default();
    if given.len() > MAX_NAMES {
        let expected = Words::of("expected.limit").with("most", MAX_NAMES);
        return Err(ApiError::field(field, expected));
    }
    given.iter().map(|it| fields::account(field, it)).collect()
}

fn question_filter(input: GetQuestionsInput) -> Result<QuestionFilter, ApiError> {
    const OUTCOMES: [&str; 4] = ["carried_out", "declined", "not_approved", "not_signed"];
    let outcomes = input.outcomes.unwrap_or_default();
    let is_known = outcomes.len() <= OUTCOMES.len()
        && outcomes.iter().all(|it| OUTCOMES.contains(&it.as_str()));
    if !is_known {
        let expected = Words::of("expected.outcome");
        return Err(ApiError::field("filter.outcomes", expected));
    }
    let moment = |given: Option<DateTime>| -> Option<TimePoint> { given.map(|it| it.0) };
    Ok(QuestionFilter {
        kinds: names("filter.kinds", input.kinds)?,
        outcomes,
        is_open: input.is_open,
        person: fields::account_if("filter.username", input.username.as_ref())?,
        voter: fields::account_if("filter.voter", input.voter.as_ref())?,
        since: moment(input.since),
        until: moment(input.until),
        form: input.registry_id.map(u64::from),
        has_failed: input.has_failed,
        is_final: input.is_final.unwrap_or_default(),
        ..QuestionFilter::default()
    })
}

/// A question as the schema shows it.
pub(crate) fn question(it: &QuestionRecord) -> RegistryQuestion {
    RegistryQuestion {
        id: fields::float(it.id),
        coopname: it.coopname.to_string(),
        kind: it.kind.to_string(),
        username: it.username.to_string(),
        hash: it.hash.to_string(),
        status: it.status.filter(|_| it.is_open).map(|it| it.to_string()),
        outcome: it.outcome.clone(),
        reason: it.reason.clone(),
        seats: it.seats.map(fields::count),
        quorum_percent: it.quorum_percent.map(fields::count),
        chairman: it.chairman.map(|it| it.to_string()),
        protocol: it.protocol.map(|it| it.to_string()),
        published_at: it.published_at.map(DateTime),
        expires_at: it.expires_at.map(DateTime),
        approved_at: it.approved_at.filter(|it| it.micros() > 0).map(DateTime),
        finished_at: it.finished_at.map(DateTime),
        published_in: it.published_in.map(|it| it.to_string()),
        finished_in: it.finished_in.map(|it| it.to_string()),
        is_open: it.is_open,
        has_failed: it.has_failed,
        is_final: it.is_final,
    }
}

fn document(role: &str, it: &DocumentRecord) -> RecordedDocument {
    let signatures = it.signatures.iter().map(|it| RecordedSignature {
        signer: it.signer.to_string(),
        public_key: it.public_key.clone(),
        signature: it.signature.clone(),
        signed_at: DateTime(it.signed_at),
    });
    RecordedDocument {
        role: role.to_owned(),
        hash: it.hash.to_string(),
        doc_hash: it.doc_hash.to_string(),
        registry_id: fields::count(it.registry_id),
        username: it.username.to_string(),
        title: it.title.clone(),
        at: DateTime(it.at),
        transaction_id: it.recorded_in.to_string(),
        signatures: signatures.collect(),
        is_final: it.is_final,
    }
}
