//! The state of the server, which all requests share.

use crate::error::ApiError;
use crate::metrics::ApiMetrics;
use crate::policy::Operation;
use crate::rates::Rates;
use crate::settings::ApiSettings;
use crate::store::{self, ServerStore, StoreError};
use antelope_rpc_client::{Client, Signer};
use antelope_types::{Action, Name, PermissionLevel, TimePoint, TransactionTrace};
use coop_client::{Contracts, Cooperative};
use coop_index::{IndexError, IndexReader, IndexScope, TextHit, WordQuery};
use coop_language::Words;
use coop_private::{PrivateError, PrivateStore};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

/// How many readers of the index are kept open.
const READERS: usize = 16;

/// How many connections with subscriptions an account may have: the open pages of one person.
const ACCOUNT_CONNECTIONS: usize = 32;

/// What a server is made from.
pub struct ApiParts {
    /// The folder of the cooperative, with its index; `server.db` is made in it.
    pub folder: PathBuf,
    /// The file of the index.
    pub index: PathBuf,
    /// What the index is about.
    pub scope: IndexScope,
    /// The cooperative.
    pub coopname: Name,
    /// The personal data of its people; without it nobody registers, and no names are shown.
    pub people: Option<PrivateStore>,
    /// The node; without it nothing is sent, and the chain's time is that of the index.
    pub node: Option<Client>,
    /// Who signs what the cooperative's office does; without it that is refused.
    pub signer: Option<(PermissionLevel, Box<dyn Signer>)>,
    /// Bounds and origins.
    pub settings: ApiSettings,
}

/// Why a server cannot begin.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The index cannot be read.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// `server.db` cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The store of people cannot be read.
    #[error(transparent)]
    People(#[from] PrivateError),
}

/// The state of the server. Clones are one server.
#[derive(Clone)]
pub struct Api(Arc<Shared>);

struct Shared {
    index: PathBuf,
    readers: Mutex<Vec<IndexReader>>,
    scope: IndexScope,
    coopname: Name,
    store: ServerStore,
    people: Option<Mutex<PrivateStore>>,
    /// The same once more, for searches of all texts: nobody else waits for those.
    searched: Option<Mutex<PrivateStore>>,
    node: Option<Client>,
    signer: Option<(PermissionLevel, Box<dyn Signer>)>,
    settings: ApiSettings,
    workers: Semaphore,
    searches: Arc<Semaphore>,
    requests: Semaphore,
    connections: Arc<Semaphore>,
    connected: Mutex<HashMap<Name, usize>>,
    rates: Rates,
    metrics: ApiMetrics,
    head: watch::Sender<u32>,
}

impl Api {
    /// Opens what a server needs.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn open(parts: ApiParts) -> Result<Self, OpenError> {
        let store = ServerStore::open(&parts.folder)?;
        let reader = open_index(&parts.index)?;
        let ApiSettings {
            workers,
            requests,
            connections,
            ..
        } = parts.settings;
        let searched = parts.people.as_ref().map(PrivateStore::try_clone);
        let api = Self(Arc::new(Shared {
            index: parts.index,
            readers: Mutex::new(vec![reader]),
            scope: parts.scope,
            coopname: parts.coopname,
            store,
            people: parts.people.map(Mutex::new),
            searched: searched.transpose()?.map(Mutex::new),
            node: parts.node,
            signer: parts.signer,
            settings: parts.settings,
            workers: Semaphore::new(workers.max(1)),
            searches: Arc::new(Semaphore::new(1)),
            requests: Semaphore::new(requests.max(1)),
            connections: Arc::new(Semaphore::new(connections)),
            connected: Mutex::default(),
            rates: Rates::default(),
            metrics: ApiMetrics::default(),
            head: watch::Sender::new(0),
        }));
        api.know_people()?;
        Ok(api)
    }

    /// Lets those log in whose profile is kept.
    fn know_people(&self) -> Result<(), OpenError> {
        let Some(people) = &self.0.people else {
            return Ok(());
        };
        let mut people = lock(people);
        let mut known = Vec::new();
        for person in people.people()? {
            if let Some(profile) = people.profile(person.account)? {
                known.push((
                    person.account,
                    profile.kind(),
                    crate::people::email(&profile),
                ));
            }
        }
        // Whoever searches first should not wait for the words of all documents of an earlier version.
        if let Err(problem) = people.complete_words() {
            tracing::warn!(%problem, "texts of documents cannot be searched");
        }
        drop(people);
        if let Err(problem) = self.0.store.know(&known, store::now()) {
            tracing::warn!(%problem, "people whose profiles are kept cannot log in by e-mail");
        }
        Ok(())
    }

    /// The cooperative.
    pub(crate) fn coopname(&self) -> Name {
        self.0.coopname
    }

    /// The three contracts.
    pub(crate) fn contracts(&self) -> &Contracts {
        &self.0.scope.contracts
    }

    /// Bounds and origins.
    pub(crate) fn settings(&self) -> &ApiSettings {
        &self.0.settings
    }

    /// What the server keeps of its own.
    pub(crate) fn store(&self) -> &ServerStore {
        &self.0.store
    }

    /// Rates.
    pub(crate) fn rates(&self) -> &Rates {
        &self.0.rates
    }

    /// What the API counts: to be registered where the other metrics of the service are.
    pub fn metrics(&self) -> &ApiMetrics {
        &self.0.metrics
    }

    /// How many requests there may be at a time.
    pub(crate) fn requests(&self) -> &Semaphore {
        &self.0.requests
    }

    /// How many connections with subscriptions there may be at a time.
    pub(crate) fn connections(&self) -> &Arc<Semaphore> {
        &self.0.connections
    }

    /// One more connection of an account; `None` where it has as many as it may.
    pub(crate) fn connection_of(&self, username: Name) -> Option<AccountTurn> {
        let mut connected = lock(&self.0.connected);
        let count = connected.entry(username).or_default();
        if *count >= ACCOUNT_CONNECTIONS {
            return None;
        }
        *count += 1;
        Some(AccountTurn {
            api: self.clone(),
            username,
        })
    }

    /// The last block of the index, as far as somebody watches it.
    pub(crate) fn head(&self) -> &watch::Sender<u32> {
        &self.0.head
    }

    /// Does work that waits for files or for the node, on a thread for that.
    ///
    /// # Errors
    /// Those of the work; [`ApiError::Internal`] where it panics.
    pub(crate) async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let turn = self.0.workers.acquire().await;
        let _turn = turn.map_err(|_| ApiError::Busy)?;
        let api = self.clone();
        let done = tokio::task::spawn_blocking(move || work(&api)).await;
        done.unwrap_or_else(|error| Err(ApiError::internal(&error)))
    }

    /// Reads the index; of a thread that may wait.
    ///
    /// # Errors
    /// Those of the index and of the reading.
    pub(crate) fn index<T>(
        &self,
        read: impl FnOnce(&mut IndexReader) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        let kept = lock(&self.0.readers).pop();
        let mut reader = match kept {
            Some(reader) => reader,
            None => open_index(&self.0.index)?,
        };
        let outcome = read(&mut reader)?;
        let mut readers = lock(&self.0.readers);
        if readers.len() < READERS {
            readers.push(reader);
        }
        Ok(outcome)
    }

    /// The personal data of people; of a thread that may wait.
    ///
    /// # Errors
    /// [`ApiError::NotConfigured`].
    pub(crate) fn people(&self) -> Result<MutexGuard<'_, PrivateStore>, ApiError> {
        let people = self.0.people.as_ref();
        people.map(lock).ok_or_else(|| ApiError::NotConfigured {
            what: Words::of("what.people"),
        })
    }

    /// The turn of somebody who searches all texts, which takes long where there are many: who waits for it keeps no
    /// worker. It belongs to the work, which goes on where the client has gone.
    ///
    /// # Errors
    /// [`ApiError::Busy`].
    pub(crate) async fn search_turn(&self) -> Result<OwnedSemaphorePermit, ApiError> {
        let turn = Arc::clone(&self.0.searches).acquire_owned().await;
        turn.map_err(|_| ApiError::Busy)
    }

    /// The documents whose texts have these words, those about a person or all; `None` without the personal data of
    /// people. Of a thread that may wait.
    ///
    /// # Errors
    /// Those of the store.
    pub(crate) fn texts(
        &self,
        query: &WordQuery,
        person: Option<Name>,
    ) -> Result<Option<Vec<TextHit>>, ApiError> {
        // Those of one person are found at once.
        let store = match person {
            Some(_) => self.0.people.as_ref(),
            None => self.0.searched.as_ref(),
        };
        let hits = store.map(|store| lock(store).search_texts(query, person));
        Ok(hits.transpose()?)
    }

    /// Whether personal data of people can be read.
    pub(crate) fn has_people(&self) -> bool {
        self.0.people.is_some()
    }

    /// The node, where there is one.
    pub(crate) fn node_if(&self) -> Option<&Client> {
        self.0.node.as_ref()
    }

    /// The node.
    ///
    /// # Errors
    /// [`ApiError::NotConfigured`].
    pub(crate) fn node(&self) -> Result<&Client, ApiError> {
        self.node_if().ok_or_else(|| ApiError::NotConfigured {
            what: Words::of("what.node"),
        })
    }

    /// The cooperative as the node has it.
    ///
    /// # Errors
    /// [`ApiError::NotConfigured`].
    pub(crate) fn cooperative(&self) -> Result<Cooperative, ApiError> {
        let node = self.node()?.clone();
        Ok(Cooperative::new(node, *self.contracts(), self.coopname()))
    }

    /// The time of the newest block: the node's, or where there is none, the index's.
    ///
    /// # Errors
    /// [`ApiError::NodeUnavailable`] where neither has one.
    pub(crate) fn chain_time(&self) -> Result<TimePoint, ApiError> {
        match self.node_if() {
            Some(node) => Ok(node.get_info()?.head_block_time),
            None => {
                let status = self.index(|reader| Ok(reader.status()?))?;
                status.head_time.ok_or(ApiError::NodeUnavailable)
            }
        }
    }

    /// Sends what the office does, signed for the cooperative. The action is made for whoever signs.
    ///
    /// # Errors
    /// [`ApiError::NotConfigured`]; those of the node and of the chain.
    pub(crate) fn act(
        &self,
        action: impl FnOnce(PermissionLevel) -> Vec<Action>,
    ) -> Result<TransactionTrace, ApiError> {
        let none = || ApiError::NotConfigured {
            what: Words::of("what.signer"),
        };
        let (level, signer) = self.0.signer.as_ref().ok_or_else(none)?;
        Ok(self.node()?.push(&action(*level), &[&**signer])?)
    }

    /// Writes down that the caller is shown personal data of these people. Who is shown their own needs no entry.
    ///
    /// # Errors
    /// Those of the database: then nothing may be shown.
    pub(crate) fn write_down(
        &self,
        who: Name,
        operation: Operation,
        about: &[Name],
    ) -> Result<(), ApiError> {
        let mut about: Vec<_> = about.iter().copied().filter(|it| *it != who).collect();
        about.sort_unstable();
        about.dedup();
        self.store()
            .write_down(who, operation.name(), &about, store::now())
    }
}

/// A connection of an account, counted as long as it lives.
pub(crate) struct AccountTurn {
    api: Api,
    username: Name,
}

impl Drop for AccountTurn {
    fn drop(&mut self) {
        let mut connected = lock(&self.api.0.connected);
        let count = connected.entry(self.username).or_default();
        *count = count.saturating_sub(1);
        if *count == 0 {
            connected.remove(&self.username);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn open_index(path: &Path) -> Result<IndexReader, IndexError> {
    IndexReader::open(path)
}
