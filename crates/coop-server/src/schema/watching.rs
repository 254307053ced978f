//! The subscription `agenda`: what changes on the agenda, block by block.
//!
//! The open questions are read once a block for all who watch, and each is told what is new to them.

use super::agenda::{row, signed};
use crate::api::Api;
use crate::caller::{May, Secret, Standing, api, caller};
use crate::error::ApiError;
use crate::fields;
use crate::policy::Operation;
use crate::store;
use crate::types::agenda::{BlockchainDecision, SignedBlockchainDocument};
use antelope_types::{Checksum256, Name};
use async_graphql::{Context, SimpleObject, Subscription};
use coop_index::{IndexReader, QuestionFilter, Slice};
use futures_util::stream::{self, Stream};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

/// Subscriptions of the agenda.
#[derive(Default)]
pub(crate) struct AgendaSubscriptions {
    latest: Arc<Latest>,
}

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
            latest: Arc::clone(&self.latest),
            api,
            who,
            token,
            known: None,
            is_over: false,
        };
        Ok(stream::unfold(watching, Watching::next))
    }
}

/// The open questions after a block.
struct Open {
    block_num: u32,
    block_id: Checksum256,
    /// The newest first.
    rows: Vec<OpenRow>,
    ids: HashSet<u64>,
    /// Their statements and protocols that are final, by hash.
    documents: HashMap<Checksum256, SignedBlockchainDocument>,
}

struct OpenRow {
    id: u64,
    row: BlockchainDecision,
    /// All of the row, to compare it by.
    told: Arc<str>,
}

impl Open {
    /// Reads them. What is final of the documents of an earlier reading is not read again.
    fn read(
        reader: &mut IndexReader,
        coopname: Name,
        (block_num, block_id): (u32, Checksum256),
        earlier: Option<&Self>,
    ) -> Result<Self, ApiError> {
        let filter = QuestionFilter {
            is_open: Some(true),
            ..QuestionFilter::default()
        };
        let mut slice = Slice {
            count: fields::MAX_PAGE,
            after: None,
        };
        let (mut rows, mut documents) = (Vec::new(), HashMap::new());
        let known = earlier.map(|it| &it.documents);
        loop {
            let listing = reader.questions(coopname, &filter, &slice)?;
            for question in &listing.entries {
                let mut document = |hash: Checksum256| {
                    if let Some(document) = known.and_then(|it| it.get(&hash)) {
                        documents.insert(hash, document.clone());
                        return Ok::<_, ApiError>(document.clone());
                    }
                    let found = reader.document(coopname, hash)?;
                    let told = found.as_ref().map(signed).unwrap_or_default();
                    if found.is_some_and(|it| it.is_final) {
                        documents.insert(hash, told.clone());
                    }
                    Ok(told)
                };
                let statement = document(question.hash)?;
                let protocol = question.protocol.map(document).transpose()?;
                let documents = [statement, protocol.unwrap_or_default()];
                let row = row(question, &reader.votes(question)?, documents);
                rows.push(OpenRow {
                    id: question.id,
                    told: format!("{row:?}").into(),
                    row,
                });
            }
            slice.after = listing.next;
            if slice.after.is_none() {
                break;
            }
        }
        Ok(Self {
            block_num,
            block_id,
            ids: rows.iter().map(|it| it.id).collect(),
            rows,
            documents,
        })
    }
}

/// The open questions after the newest block that somebody has asked for.
#[derive(Default)]
struct Latest(Mutex<Option<Arc<Open>>>);

impl Latest {
    /// The open questions after the last block of the index. Whoever asks while they are read waits for them.
    fn get(&self, reader: &mut IndexReader, coopname: Name) -> Result<Arc<Open>, ApiError> {
        let mut latest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let head = reader.status()?.head;
        let head = head.map_or((0, Checksum256::ZERO), |it| (it.block_num, it.block_id));
        if let Some(open) = &*latest
            && (open.block_num, open.block_id) == head
        {
            return Ok(Arc::clone(open));
        }
        let open = Open::read(reader, coopname, head, latest.as_deref())?;
        let open = Arc::new(open);
        *latest = Some(Arc::clone(&open));
        Ok(open)
    }
}

/// Somebody who watches the agenda.
struct Watching {
    api: Api,
    latest: Arc<Latest>,
    who: Name,
    token: Option<Secret>,
    heads: tokio::sync::watch::Receiver<u32>,
    /// What was told of each question; `None` before anything was.
    known: Option<HashMap<u64, Arc<str>>>,
    is_over: bool,
}

impl Watching {
    async fn next(mut self) -> Option<(Result<AgendaChange, ApiError>, Self)> {
        while !self.is_over {
            if self.known.is_some() && self.heads.changed().await.is_err() {
                return None;
            }
            self.heads.mark_unchanged();
            match self.open().await {
                Ok(open) => {
                    if let Some(change) = self.changes(&open) {
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

    /// The open questions, for as long as this one may see them.
    async fn open(&self) -> Result<Arc<Open>, ApiError> {
        let (who, token, latest) = (self.who, self.token.clone(), Arc::clone(&self.latest));
        let read = self.api.work(move |api| {
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
                latest.get(reader, api.coopname())
            })
        });
        read.await
    }

    /// What has not been told yet; nothing where all was.
    fn changes(&mut self, open: &Open) -> Option<AgendaChange> {
        let is_first = self.known.is_none();
        let known = self.known.get_or_insert_default();
        let mut changed = Vec::new();
        for it in &open.rows {
            if known.get(&it.id) != Some(&it.told) {
                known.insert(it.id, Arc::clone(&it.told));
                changed.push(it.row.clone());
            }
        }
        let gone = known.keys().copied();
        let gone: Vec<_> = gone.filter(|id| !open.ids.contains(id)).collect();
        known.retain(|id, _| open.ids.contains(id));
        let is_news = is_first || !changed.is_empty() || !gone.is_empty();
        is_news.then(|| AgendaChange {
            block_num: open.block_num,
            changed,
            gone: gone.into_iter().map(fields::float).collect(),
        })
    }
}
