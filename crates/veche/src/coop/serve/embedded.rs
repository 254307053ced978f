//! The node in this process, if there is one.

use crate::coop::index::AnySource;
use antelope_cli::{Console, Fallible, Session};
use clap::Args;
use coop_index::IndexScope;

#[cfg(feature = "node")]
mod node;
#[cfg(feature = "node")]
pub(super) use node::{Embedded, EmbeddedArgs, start};

/// Without the feature `node` there is none.
#[cfg(not(feature = "node"))]
#[derive(Args, Clone, Debug)]
pub(super) struct EmbeddedArgs {}

/// Without the feature `node` there is none.
#[cfg(not(feature = "node"))]
pub(super) struct Embedded {
    pub(super) session: Session,
    never: std::convert::Infallible,
}

#[cfg(not(feature = "node"))]
impl Embedded {
    pub(super) fn source(&self, _: &IndexScope) -> AnySource {
        match self.never {}
    }

    pub(super) fn stop(self) -> Fallible<()> {
        match self.never {}
    }
}

#[cfg(not(feature = "node"))]
pub(super) fn start(
    _: &EmbeddedArgs,
    _: &Session,
    _: &mut Console<'_>,
) -> Fallible<Option<Embedded>> {
    Ok(None)
}
