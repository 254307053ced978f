//! `getAgenda` and the subscription `agenda`: the questions that wait for the council.

use crate::api::Api;
use crate::caller::{May, Secret, Standing, api, caller};
use crate::error::ApiError;
use crate::fields;
use crate::package::{Showing, action};
use crate::policy::Operation;
use crate::store;
use crate::types::agenda::{
    AgendaWithDocuments, BlockchainDecision, GetAgendaInput, SignedBlockchainDocument,
};
use crate::types::scalar::iso;
use antelope_types::{Name, name};
use async_graphql::{Context, Object, SimpleObject, Subscription};
use coop_index::{DocumentRecord, IndexReader, Package, QuestionFilter, Slice};
use coop_model::Document;
use coop_model::decision::status;
use futures_util::stream::{self, Stream};
use std::collections::HashMap;

/// How many questions a page has where its size is left out: the whole agenda of a council.
const AGENDA: u32 = 200;

/// Queries about the agenda.
#[derive(Default)]
pub(crate) struct AgendaQueries;

/// Subscriptions of the agenda.
#[derive(Default)]
pub(crate) struct AgendaSubscriptions;

/// What has changed on the agenda. It has no personal data.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct AgendaChange {
    /// The block that it is so from.
    pub(crate) block_num: u32,
    /// Questions that are new or have changed: by a vote, by approval, by finality. At first, all that are open.
    pub(crate) changed: Vec<BlockchainDecision>,
    /// Questions that are not on the agenda any more: `getQuestion` tells what became of them.
    pub(crate) gone: Vec<f64>,
}

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
                agenda.push(AgendaWithDocuments {
                    action: action(event),
                    cursor: package.question.id.to_string(),
                    documents: showing.package(package)?,
                    table: row(package),
                });
            }
            api.write_down(who, Operation::GetAgenda, &showing.shown())?;
            Ok(agenda)
        });
        found.await
    }
}

#[Subscription]
impl AgendaSubscriptions {
    /// What changes on the agenda, block by block; for members of the council, for as long as they are.
    #[graphql(guard = "May(Operation::Agenda)")]
    async fn agenda(
        &self,
        context: &Context<'_>,
    ) -> Result<impl Stream<Item = Result<AgendaChange, ApiError>> + use<>, ApiError> {
        let (api, caller) = (api(context)?.clone(), caller(context)?);
        let (who, token) = (caller.username()?, caller.token.clone());
        let watching = Watching {
            heads: api.head().subscribe(),
            api,
            who,
            token,
            known: None,
            is_over: false,
        };
        Ok(stream::unfold(watching, Watching::next))
    }
}

/// Somebody who watches the agenda.
struct Watching {
    api: Api,
    who: Name,
    token: Option<Secret>,
    heads: tokio::sync::watch::Receiver<u32>,
    /// What was told of each question; `None` before anything was.
    known: Option<HashMap<u64, String>>,
    is_over: bool,
}

impl Watching {
    async fn next(mut self) -> Option<(Result<AgendaChange, ApiError>, Self)> {
        while !self.is_over {
            if self.known.is_some() && self.heads.changed().await.is_err() {
                return None;
            }
            self.heads.mark_unchanged();
            let (who, token) = (self.who, self.token.clone());
            let read = self.api.work(move |api| {
                let coopname = api.coopname();
                let token = token.map(|it| it.0).unwrap_or_default();
                if api.store().of_access(&token, store::now())? != Some(who) {
                    return Err(ApiError::TokenRefused);
                }
                api.index(|reader| {
                    // Who has left the council sees no more.
                    let standing = Standing::read(api, reader, who)?;
                    if !Operation::Agenda.rule().allows(standing.roles) {
                        return Err(standing.refused(Operation::Agenda));
                    }
                    let head = reader.status()?.head.map_or(0, |it| it.block_num);
                    Ok((head, open(reader, coopname)?))
                })
            });
            match read.await {
                Ok((head, packages)) => {
                    if let Some(change) = self.changes(head, &packages) {
                        return Some((Ok(change), self));
                    }
                }
                Err(error) => {
                    self.is_over = true;
                    return Some((Err(error), self));
                }
            }
        }
        None
    }

    /// What has not been told yet; nothing where all was.
    fn changes(&mut self, head: u32, packages: &[Package]) -> Option<AgendaChange> {
        let is_first = self.known.is_none();
        let known = self.known.get_or_insert_default();
        let mut changed = Vec::new();
        for package in packages {
            let row = row(package);
            let told = format!("{row:?}");
            if known.get(&package.question.id) != Some(&told) {
                known.insert(package.question.id, told);
                changed.push(row);
            }
        }
        let is_open = |id: &u64| packages.iter().any(|it| it.question.id == *id);
        let gone: Vec<_> = known.keys().copied().filter(|id| !is_open(id)).collect();
        known.retain(|id, _| is_open(id));
        let is_news = is_first || !changed.is_empty() || !gone.is_empty();
        is_news.then(|| AgendaChange {
            block_num: head,
            changed,
            gone: gone.into_iter().map(fields::float).collect(),
        })
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

/// All open questions with what belongs to them, the newest first.
fn open(reader: &mut IndexReader, coopname: Name) -> Result<Vec<Package>, ApiError> {
    let mut slice = Slice {
        count: fields::MAX_PAGE,
        after: None,
    };
    let mut all = Vec::new();
    loop {
        let (packages, next) = page(reader, coopname, &slice)?;
        all.extend(packages);
        slice.after = next;
        if slice.after.is_none() {
            return Ok(all);
        }
    }
}

/// The row of a question, as clients know it.
pub(crate) fn row(package: &Package) -> BlockchainDecision {
    let question = &package.question;
    let votes = |is_for| {
        let votes = package.votes.iter().filter(move |it| it.is_for == is_for);
        votes.map(|it| it.username.to_string()).collect()
    };
    let moment = |moment: Option<antelope_types::TimePoint>| moment.map(iso).unwrap_or_default();
    let is = |wanted: Name| question.status == Some(wanted);
    let document = |it: &Option<DocumentRecord>| it.as_ref().map(signed).unwrap_or_default();
    BlockchainDecision {
        approved: is(status::APPROVED) || is(status::AUTHORIZED),
        authorization: document(&package.protocol),
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
        statement: document(&package.statement),
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
