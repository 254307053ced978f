//! Without the feature `api` there is none.

use super::OfficeSigner;
use crate::coop::office::OfficeOptions;
use antelope_cli::{Fallible, Session};
use antelope_rpc_client::Client;
use antelope_types::Name;
use clap::Args;
use coop_index::{IndexFolder, IndexScope};
use coop_language::Messages;
use prometheus_client::registry::Registry;
use std::convert::Infallible;

/// That there is none.
#[derive(Args, Clone, Debug)]
pub(in crate::coop::serve) struct ApiArgs {
    /// Serve without the API over the registry
    #[arg(long, required = true)]
    no_api: bool,
}

/// Never there.
pub(in crate::coop::serve) struct Prepared(Infallible);

/// Never there.
#[derive(Clone, Debug)]
pub(in crate::coop::serve) struct ApiView(Infallible);

pub(in crate::coop::serve) fn prepare(
    arguments: &ApiArgs,
    _: &Session,
    _: &OfficeOptions,
    _: &IndexFolder,
    _: &Messages,
) -> Fallible<Option<Prepared>> {
    debug_assert!(arguments.no_api);
    Ok(None)
}

pub(in crate::coop::serve) fn start(
    prepared: Prepared,
    _: &IndexFolder,
    _: IndexScope,
    _: Name,
    _: Client,
    _: OfficeSigner,
) -> Fallible<ApiView> {
    match prepared.0 {}
}

impl ApiView {
    pub(in crate::coop::serve) fn url(&self) -> &str {
        match self.0 {}
    }

    pub(in crate::coop::serve) fn has_ended(&self) -> bool {
        match self.0 {}
    }

    pub(in crate::coop::serve) fn register(&self, _: &mut Registry) {
        match self.0 {}
    }

    pub(in crate::coop::serve) fn stop(&self) {
        match self.0 {}
    }
}
