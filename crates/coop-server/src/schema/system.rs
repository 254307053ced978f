//! `getStatus`, `getAudit`: the server itself.

use crate::caller::{May, api, caller};
use crate::error::ApiError;
use crate::fields;
use crate::late::{lag, notice};
use crate::messages;
use crate::policy::Operation;
use crate::store;
use crate::types::scalar::DateTime;
use async_graphql::{Context, Object, SimpleObject};

/// Queries about the server.
#[derive(Default)]
pub(crate) struct SystemQueries;

/// How far the server is. It says nothing about people.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct ServerStatus {
    /// The cooperative.
    coopname: String,
    /// The id of the chain.
    chain_id: String,
    /// The version of this program.
    version: String,
    /// The last block that the registry has.
    head_block: Option<u32>,
    /// The time of that block.
    head_time: Option<DateTime>,
    /// The last block of the registry that is final.
    final_block: Option<u32>,
    /// Seconds between the last block that the registry has and now. A chain makes a block every half second.
    lag_seconds: Option<i32>,
    /// What people are to be told while the registry is late, in the language of the request: because the node is
    /// behind or gone, or the registry has stopped at a fork.
    notice: Option<String>,
    /// Whether the server was given a node, so that transactions can be sent.
    has_node: bool,
    /// Whether people can register.
    has_people: bool,
}

/// That somebody was shown somebody's personal data.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct AuditRecord {
    /// The number of the entry.
    sequence: f64,
    /// When it was shown.
    at: DateTime,
    /// Who was shown it.
    who: String,
    /// The operation.
    operation: String,
    /// Whose data it was.
    about: String,
}

#[Object]
impl SystemQueries {
    /// How far the server is.
    #[graphql(guard = "May(Operation::GetStatus)")]
    async fn get_status(&self, context: &Context<'_>) -> Result<ServerStatus, ApiError> {
        let api = api(context)?;
        let status = api.work(|api| api.index(|reader| Ok(reader.status()?)));
        let status = status.await?;
        let lag = status.head_time.map(|it| lag(it, store::now()));
        let notice = notice(status.head_time, api.settings().late);
        let messages = messages::of(caller(context)?.lang);
        Ok(ServerStatus {
            coopname: api.coopname().to_string(),
            chain_id: api.contracts().chain_id.to_string(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            head_block: status.head.map(|it| it.block_num),
            head_time: status.head_time.map(DateTime),
            final_block: status.last_irreversible.map(|it| it.block_num),
            lag_seconds: lag.map(|it| i32::try_from(it).unwrap_or(i32::MAX)),
            notice: notice.map(|it| it.say(messages)),
            has_node: api.node_if().is_some(),
            has_people: api.has_people(),
        })
    }

    /// Who was shown whose personal data, the newest first.
    #[graphql(
        guard = "May(Operation::GetAudit)",
        complexity = "10 + child_complexity"
    )]
    async fn get_audit(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only entries about this account.")] about: Option<String>,
        #[graphql(desc = "Only entries with a smaller number.")] below: Option<f64>,
        #[graphql(desc = "How many; 1 to 500, 100 where it is left out.")] limit: Option<u32>,
    ) -> Result<Vec<AuditRecord>, ApiError> {
        let api = api(context)?;
        let about = fields::account_if("about", about.as_ref())?;
        let below = below.map(|it| fields::number("below", it)).transpose()?;
        let below = below.map(|it| i64::try_from(it).unwrap_or(i64::MAX));
        let limit = fields::limit("limit", limit, 100)?;
        let found = api.work(move |api| api.store().written_down(about, below, limit));
        let records = found.await?.into_iter().map(|it| AuditRecord {
            sequence: it.sequence as f64,
            at: DateTime(it.at),
            who: it.who,
            operation: it.operation,
            about: it.about,
        });
        Ok(records.collect())
    }
}
