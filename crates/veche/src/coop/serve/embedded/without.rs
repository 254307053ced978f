//! Without the feature `node` there is none.

use super::Greeting;
use crate::coop::index::AnySource;
use crate::coop::serve::ServeArgs;
use antelope_cli::{Console, Fallible, Session};
use clap::Args;
use coop_index::IndexScope;
use coop_language::Messages;

/// No options.
#[derive(Args, Clone, Debug)]
pub(in crate::coop::serve) struct EmbeddedArgs {}

/// Never made.
pub(in crate::coop::serve) struct Embedded {
    pub(in crate::coop::serve) session: Session,
    never: std::convert::Infallible,
}

impl Embedded {
    pub(in crate::coop::serve) fn source(&self, _: &IndexScope) -> AnySource {
        match self.never {}
    }

    pub(in crate::coop::serve) fn arguments(
        &self,
        _: &Messages,
        _: &ServeArgs,
    ) -> Fallible<ServeArgs> {
        match self.never {}
    }

    pub(in crate::coop::serve) fn greeting(&self) -> Fallible<Greeting> {
        match self.never {}
    }

    pub(in crate::coop::serve) fn stop(self) -> Fallible<()> {
        match self.never {}
    }
}

pub(in crate::coop::serve) fn start(
    _: &EmbeddedArgs,
    _: &Session,
    _: &mut Console<'_>,
) -> Fallible<Option<Embedded>> {
    Ok(None)
}
