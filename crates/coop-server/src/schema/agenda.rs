//! `getAgenda`: the questions that wait for the council.

use crate::caller::{May, api, caller};
use crate::error::ApiError;
use crate::fields;
use crate::package::{Showing, action};
use crate::policy::Operation;
use crate::types::agenda::{
    AgendaWithDocuments, BlockchainDecision, GetAgendaInput, SignedBlockchainDocument,
};
use crate::types::scalar::iso;
use antelope_types::{Name, name};
use async_graphql::{Context, Object};
use coop_index::{
    DocumentRecord, IndexReader, Package, QuestionFilter, QuestionRecord, Slice, VoteRecord,
};
use coop_model::Document;
use coop_model::decision::status;

/// How many questions a page has where its size is left out: the whole agenda of a council.
const AGENDA: u32 = 200;

/// Queries about the agenda.
#[derive(Default)]
pub(crate) struct AgendaQueries;

#[Object]
impl AgendaQueries {
    /// The questions on the agenda with their documents, the newest first; for members of the council. Without an
    /// input it is the whole agenda of a council with up to 200 open questions; behind those, `cursor` of the last one
    /// goes on.
    #[graphql(
        guard = "May(Operation::GetAgenda)",
        complexity = "10 + child_complexity"
    )]
    async fn get_agenda(
        &self,
        context: &Context<'_>,
        data: Option<GetAgendaInput>,
    ) -> Result<Vec<AgendaWithDocuments>, ApiError> {
        let (api, who) = (api(context)?, caller(context)?.username()?);
        let data = data.unwrap_or_default();
        let slice = Slice {
            count: fields::limit("data.limit", data.limit, AGENDA)?,
            after: data.cursor,
        };
        let found = api.work(move |api| {
            let packages = api.index(|reader| Ok(page(reader, api.coopname(), &slice)?.0))?;
            let mut showing = Showing::to(api, who, true);
            let mut agenda = Vec::with_capacity(packages.len());
            for package in &packages {
                let mut events = package.events.iter();
                let Some(event) = events.find(|it| it.action == name!("newsubmitted")) else {
                    // Published before the index begins.
                    continue;
                };
                let documents = [&package.statement, &package.protocol];
                let documents = documents.map(|it| it.as_ref().map(signed).unwrap_or_default());
                agenda.push(AgendaWithDocuments {
                    action: action(event),
                    cursor: package.question.id.to_string(),
                    documents: showing.package(package)?,
                    table: row(&package.question, &package.votes, documents),
                });
            }
            api.write_down(who, Operation::GetAgenda, &showing.shown())?;
            Ok(agenda)
        });
        found.await
    }
}

/// Open questions with what belongs to them, the newest first, and where the others begin.
fn page(
    reader: &mut IndexReader,
    coopname: Name,
    slice: &Slice,
) -> Result<(Vec<Package>, Option<String>), ApiError> {
    let filter = QuestionFilter {
        is_open: Some(true),
        ..QuestionFilter::default()
    };
    let page = reader.questions(coopname, &filter, slice)?;
    let mut packages = Vec::with_capacity(page.entries.len());
    for question in &page.entries {
        packages.extend(reader.package(coopname, question.id)?);
    }
    Ok((packages, page.next))
}

/// The row of a question with its votes, its statement and its protocol, as clients know it.
pub(super) fn row(
    question: &QuestionRecord,
    votes: &[VoteRecord],
    [statement, protocol]: [SignedBlockchainDocument; 2],
) -> BlockchainDecision {
    let votes = |is_for| {
        let votes = votes.iter().filter(move |it| it.is_for == is_for);
        votes.map(|it| it.username.to_string()).collect()
    };
    let moment = |moment: Option<antelope_types::TimePoint>| moment.map(iso).unwrap_or_default();
    let is = |wanted: Name| question.status == Some(wanted);
    BlockchainDecision {
        approved: is(status::APPROVED) || is(status::AUTHORIZED),
        authorization: protocol,
        authorized: is(status::AUTHORIZED),
        authorized_by: question
            .chairman
            .map(|it| it.to_string())
            .unwrap_or_default(),
        batch_id: 0.0,
        coopname: question.coopname.to_string(),
        created_at: moment(question.published_at),
        expired_at: moment(question.expires_at),
        id: fields::float(question.id),
        meta: String::new(),
        statement,
        kind: question.kind.to_string(),
        username: question.username.to_string(),
        validated: true,
        votes_against: votes(false),
        votes_for: votes(true),
        hash: question.hash.to_string(),
        status: question.status.map(|it| it.to_string()).unwrap_or_default(),
        seats: question.seats.map_or(0, fields::count),
        quorum_percent: question.quorum_percent.map_or(0, fields::count),
        is_final: question.is_final,
    }
}

pub(super) fn signed(it: &DocumentRecord) -> SignedBlockchainDocument {
    let first = it.signatures.first();
    SignedBlockchainDocument {
        hash: it.hash.to_string(),
        meta: it.meta.to_string(),
        public_key: first.map(|it| it.public_key.clone()).unwrap_or_default(),
        signature: first.map(|it| it.signature.clone()).unwrap_or_default(),
    }
}

/// A signed document that the index does not have yet; its meta as JSON comes from there.
pub(super) fn signed_now(it: &Document) -> SignedBlockchainDocument {
    let first = it.signatures.first();
    SignedBlockchainDocument {
        hash: it.hash().to_string(),
        meta: String::new(),
        public_key: first
            .map(|it| it.public_key.to_string())
            .unwrap_or_default(),
        signature: first.map(|it| it.signature.to_string()).unwrap_or_default(),
    }
}
