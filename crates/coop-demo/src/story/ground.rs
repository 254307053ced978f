//! What the story plays on: the chain of this process, or a real node.

use super::StoryError;
use crate::node_kind::NodeKind;
use antelope_chain::{
    Chain, Genesis,
    api::{Api, Production},
    wasm::Engine,
};
use antelope_node::{Node, NodeOptions, Operator};
use antelope_rpc_client::signing;
use antelope_types::TimePoint;
use std::{
    ops::Deref,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// A running chain with its operator.
pub(super) enum Ground {
    Embedded(Operator, Api),
    Nodeos(Node),
}

impl Ground {
    /// A chain of its own, on which accounts are free and without limits.
    pub(super) fn start(kind: NodeKind) -> Result<Self, StoryError> {
        match kind {
            NodeKind::Embedded => embedded(),
            NodeKind::Nodeos => {
                let node = Node::start(NodeOptions::default())?;
                node.boot()?;
                Ok(Self::Nodeos(node))
            }
        }
    }

    pub(super) fn kind(&self) -> NodeKind {
        match self {
            Self::Embedded(..) => NodeKind::Embedded,
            Self::Nodeos(_) => NodeKind::Nodeos,
        }
    }
}

impl Deref for Ground {
    type Target = Operator;

    fn deref(&self) -> &Operator {
        match self {
            Self::Embedded(operator, _) => operator,
            Self::Nodeos(node) => node,
        }
    }
}

fn embedded() -> Result<Ground, StoryError> {
    let key = signing::generate_k1()?;
    let genesis = Genesis {
        initial_key: signing::public_key(&key)?,
        ..Genesis::default()
    };
    let chain = Chain::start(genesis, Engine::shared()?)?;
    let api = Api::new(chain, Production::PerTransaction);
    // The story happens today, as its documents say.
    api.jump_to(today())?;
    let operator = Operator::new(api.client(), key);
    operator.set_bios()?;
    Ok(Ground::Embedded(operator, api))
}

fn today() -> TimePoint {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let seconds = now.map_or(0, |now| now.as_secs());
    TimePoint::from_micros(i64::try_from(Duration::from_secs(seconds).as_micros()).unwrap_or(0))
}

impl From<antelope_chain::ChainError> for StoryError {
    fn from(error: antelope_chain::ChainError) -> Self {
        Self::Embedded(error.to_string())
    }
}
