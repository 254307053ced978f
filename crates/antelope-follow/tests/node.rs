//! A real node that makes blocks, followed by its state history and by its trace API. Without a node on this
//! machine the test says so and passes; `scripts/setup` brings it.
#![allow(clippy::unwrap_used)]

use antelope_follow::{
    BlockEvent, BlockSource, FollowCursor, FollowError, FollowedBlock, Interest,
    StateHistorySource, StateHistoryWindow, TraceApiSource,
};
use antelope_node::{Node, NodeError, NodeOptions, package_contract};
use antelope_types::{Checksum256, Name, PermissionLevel, name};
use serde_json::json;
use std::time::{Duration, Instant};

const TOKEN: Name = name!("eosio.token");

/// Longer than a node takes for a block.
const WAIT: Duration = Duration::from_secs(5);

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// What a follower knows.
#[derive(Default)]
struct Followed {
    cursor: FollowCursor,
    blocks: Vec<FollowedBlock>,
}

impl Followed {
    /// Follows up to this block, or until it is final.
    fn to(&mut self, source: &mut dyn BlockSource, number: u32, is_final: bool) {
        let start = Instant::now();
        loop {
            let known = match is_final {
                true => self.cursor.last_irreversible(),
                false => self.cursor.head(),
            };
            if known.is_some_and(|it| it.block_num >= number) {
                return;
            }
            assert!(start.elapsed() < PATIENCE, "{known:?} of {number}");
            let event = source.next(&self.cursor, WAIT).unwrap();
            self.take(event);
        }
    }

    fn take(&mut self, event: Option<BlockEvent>) {
        match event {
            Some(BlockEvent::Apply(block)) => {
                self.cursor.apply(block.position, block.is_final);
                self.blocks.push(*block);
            }
            Some(BlockEvent::Undo(to)) => {
                self.cursor.undo(to.block_num);
                self.blocks
                    .retain(|it| it.position.block_num <= to.block_num);
            }
            Some(BlockEvent::Final(number)) => self.cursor.finalize(number),
            None => {}
        }
    }

    /// The blocks up to this one, without whether they came as final ones.
    fn up_to(&self, number: u32) -> Vec<FollowedBlock> {
        let blocks = self
            .blocks
            .iter()
            .filter(|it| it.position.block_num <= number);
        let plain = |block: &FollowedBlock| FollowedBlock {
            is_final: false,
            ..block.clone()
        };
        blocks.map(plain).collect()
    }
}

fn node() -> Option<Node> {
    let node = Node::start(NodeOptions {
        state_history: true,
        ..NodeOptions::default()
    });
    match node {
        Err(NodeError::ProgramMissing { .. }) => {
            eprintln!("SKIPPED: following a real node: there is none on this machine");
            None
        }
        node => Some(node.unwrap()),
    }
}

/// Issues a token; the block that it is in.
fn issue(node: &Node, memo: &str) -> u32 {
    let level = PermissionLevel::active(TOKEN);
    let arguments = json!({ "to": TOKEN, "quantity": "1.0000 TOK", "memo": memo });
    let action = node
        .client()
        .action(TOKEN, name!("issue"), level, &arguments)
        .unwrap();
    node.client()
        .push(&[action], &[node.key()])
        .unwrap()
        .block_num
}

#[test]
fn a_node_is_followed_live_and_from_the_beginning() {
    let Some(node) = node() else {
        return;
    };
    let (interest, url) = (Interest::of([TOKEN]), node.state_history_address().unwrap());
    let mut source = StateHistorySource::new(&url.to_string(), interest.clone()).unwrap();
    let mut live = Followed::default();
    live.to(&mut source, 2, false);

    let (wasm, abi) = package_contract("eosio.token").unwrap();
    node.deploy(TOKEN, &wasm, &abi).unwrap();
    let level = PermissionLevel::active(TOKEN);
    let arguments = json!({ "issuer": TOKEN, "maximum_supply": "1000.0000 TOK" });
    let action = node
        .client()
        .action(TOKEN, name!("create"), level, &arguments)
        .unwrap();
    node.client().push(&[action], &[node.key()]).unwrap();
    for number in 0..3 {
        let block = issue(&node, &format!("first {number}"));
        live.to(&mut source, block, false);
    }
    // The program ends here, and goes on later with what it has stored.
    drop(source);
    let last = (0..3)
        .map(|number| issue(&node, &format!("second {number}")))
        .max()
        .unwrap();
    let window = StateHistoryWindow {
        blocks: 2,
        ..StateHistoryWindow::default()
    };
    let mut source = StateHistorySource::with(&url.to_string(), interest.clone(), window).unwrap();
    live.to(&mut source, last + 1, true);

    // Once what happened is final, all followers have seen the same.
    let mut again = Followed::default();
    let mut other = StateHistorySource::new(&url.to_string(), interest.clone()).unwrap();
    again.to(&mut other, last + 1, true);
    let (first, second) = (live.up_to(last), again.up_to(last));
    assert_eq!(first.len(), second.len());
    for (one, two) in first.iter().zip(&second) {
        assert_eq!(one, two);
    }
    let issued: Vec<_> = first
        .iter()
        .flat_map(|it| &it.actions)
        .filter(|it| it.name == name!("issue"))
        .collect();
    assert_eq!(issued.len(), 6);
    assert!(
        issued
            .iter()
            .all(|it| it.ordinal == Some(1) && it.creator_ordinal == Some(0))
    );
    let rows: Vec<_> = first
        .iter()
        .flat_map(|it| it.rows.iter().flatten())
        .collect();
    assert!(
        rows.iter()
            .any(|it| it.table == name!("stat") && it.is_present)
    );
    assert_eq!(first.iter().flat_map(|it| &it.abis).count(), 1);
    assert!(
        first
            .windows(2)
            .all(|pair| pair[0].position.block_id == pair[1].previous)
    );
    assert!(first.windows(2).all(|pair| pair[0].time < pair[1].time));

    // The trace API has the same actions, without ordinals and rows.
    let mut traced = Followed::default();
    let mut source = TraceApiSource::new(node.client().clone(), interest, 3);
    traced.to(&mut source, last, true);
    for (here, there) in second
        .iter()
        .skip_while(|it| it.position.block_num < 3)
        .zip(traced.up_to(last))
    {
        assert_eq!(
            (here.position, here.previous, here.time),
            (there.position, there.previous, there.time)
        );
        let plain = here
            .actions
            .iter()
            .map(|it| (it.global_sequence, it.transaction, it.data.clone()));
        let told = there
            .actions
            .iter()
            .map(|it| (it.global_sequence, it.transaction, it.data.clone()));
        assert!(plain.eq(told), "{}", here.position.block_num);
        assert_eq!((here.abis.len(), there.rows), (there.abis.len(), None));
    }
    stops_loudly(&url.to_string(), &live.cursor);
    refuses_what_is_too_long(&url.to_string());
}

/// A message that is longer than allowed comes again each time: nobody waits for it to become shorter.
fn refuses_what_is_too_long(url: &str) {
    let window = StateHistoryWindow {
        message_bytes: 1_000,
        ..StateHistoryWindow::default()
    };
    let mut source = StateHistorySource::with(url, Interest::default(), window).unwrap();
    for _ in 0..2 {
        let error = source.next(&FollowCursor::default(), WAIT).unwrap_err();
        let FollowError::TooLong { limit, .. } = &error else {
            panic!("{error}")
        };
        assert_eq!((*limit, error.is_transient()), (1_000, false));
        assert!(
            error.to_string().contains("allow longer messages"),
            "{error}"
        );
    }
}

/// A cursor of another chain: the block that is final here is another one there.
fn stops_loudly(url: &str, cursor: &FollowCursor) {
    let mut foreign = cursor.positions().to_vec();
    foreign
        .iter_mut()
        .for_each(|it| it.block_id = Checksum256([9; 32]));
    let foreign = FollowCursor::of(foreign).unwrap();
    let mut source = StateHistorySource::new(url, Interest::default()).unwrap();
    let start = Instant::now();
    let error = loop {
        assert!(start.elapsed() < PATIENCE);
        match source.next(&foreign, WAIT) {
            Err(error) => break error,
            Ok(event) => assert_eq!(event, None),
        }
    };
    assert!(matches!(error, FollowError::Diverged { .. }), "{error}");
    assert!(error.to_string().contains("rebuild"), "{error}");
}
