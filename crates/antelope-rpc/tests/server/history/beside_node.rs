//! The same random sessions with a node's plugin and with this server.
//!
//! The node is made to produce no more blocks; the chain here gets as many. Ids of blocks are those
//! of each chain, so that positions are said as "its own block" and "another one", and results are
//! compared with ids replaced by whether they are the chain's own.
//!
//! | what differs | why | how it is compared |
//! |---|---|---|
//! | ids, contents of blocks | keys and times of the chains | ids by whether they are right, contents by whether they are there |
//! | the last irreversible block | the node tells it one block late | not; ranges of irreversible blocks end before it |
//! | a pause after each block that the client has | the node sends the next at its next event | requests for the status are such events |
//! | that a session may stand still when another one asks | as before: the node's queue is one for all | requests for the status |
//! | how many results of a range are sent before the next request is read | time | they are the first ones of its answer |
//! | how a session ends after a request that cannot be read | the node sends no close frame | both end |
//! | a range without positions after one with them | the node goes on comparing with those of the range before, whose memory it has given back, and leaves out blocks | not: a range after one with positions has some, too |

use crate::history::reader::{Reader, Seen, recorded};
use crate::support::{ask, node, post};
use antelope_chain::Chain;
use antelope_history::{BlockPosition, Blocks, GetBlocks, Request};
use antelope_node::{Node, NodeOptions};
use antelope_rpc::StateHistoryOptions;
use antelope_types::{Checksum256, Encode};
use std::collections::BTreeMap;
use std::io::Write;
use std::net::{Shutdown, SocketAddr};
use std::time::Duration;
use tokio_tungstenite::tungstenite::Message;

const SESSIONS: usize = 320;

/// One of the two servers.
struct Side {
    address: SocketAddr,
    ids: BTreeMap<u32, Checksum256>,
}

impl Side {
    fn of(address: SocketAddr) -> Self {
        let mut reader = Reader::connect(address);
        reader.blocks(&plain(1, u32::MAX));
        let results = reader.settle();
        let positions = results.iter().filter_map(|it| it.this_block);
        Self {
            address,
            ids: positions.map(|it| (it.block_num, it.block_id)).collect(),
        }
    }

    fn head(&self) -> u32 {
        *self.ids.keys().next_back().unwrap()
    }

    /// The position of a block of this chain, or of another block of that number.
    fn position(&self, (own, block_num): (bool, u32)) -> BlockPosition {
        let other = Checksum256([0xee; 32]);
        let id = self.ids.get(&block_num).filter(|_| own);
        BlockPosition {
            block_num,
            block_id: *id.unwrap_or(&other),
        }
    }

    fn is_own(&self, position: BlockPosition) -> (u32, bool) {
        let own = self.ids.get(&position.block_num) == Some(&position.block_id);
        (position.block_num, own)
    }

    /// What can be compared of a result.
    fn normal(&self, result: &Blocks) -> String {
        let [this, previous] =
            [result.this_block, result.prev_block].map(|it| it.map(|it| self.is_own(it)));
        let there = [&result.block, &result.traces, &result.deltas].map(|it| it.is_some());
        format!(
            "{this:?} {previous:?} {there:?} head {:?}",
            self.is_own(result.head)
        )
    }

    fn normals(&self, results: &[Blocks]) -> Vec<String> {
        results.iter().map(|it| self.normal(it)).collect()
    }

    fn request(&self, range: &Range) -> GetBlocks {
        let positions = range.positions.iter();
        GetBlocks {
            have_positions: positions.map(|it| self.position(*it)).collect(),
            ..range.request.clone()
        }
    }

    /// What the steps of a session are answered, step by step.
    fn session(&self, steps: &[Step]) -> Vec<Vec<String>> {
        let mut reader = Reader::connect(self.address);
        let mut answers = Vec::new();
        for step in steps {
            match step {
                Step::Ask(range) => reader.blocks(&self.request(range)),
                Step::Ack(results) => reader.send(&Request::Ack(*results)),
                Step::AskAndAck(range, results) => {
                    reader.blocks(&self.request(range));
                    reader.send(&Request::Ack(*results));
                }
                Step::Say(message) => {
                    reader.say(message.clone());
                    assert!(matches!(reader.read(), Seen::Status(_)), "{message:?}");
                }
                Step::Fragments(range, bytes, pings) => {
                    let request = Request::GetBlocks(self.request(range)).to_bytes();
                    reader.fragments(&request, *bytes, *pings);
                }
                Step::Ping(payload) => {
                    reader.say(Message::Ping(payload.clone().into()));
                    assert_eq!(reader.pong().as_ref(), Some(payload), "{step:?}");
                }
                Step::Break(bytes, half) => {
                    reader.raw(bytes);
                    if *half {
                        let _ = reader.stream().shutdown(Shutdown::Write);
                    }
                    assert_eq!(reader.read(), Seen::Closed, "{step:?}");
                    return answers;
                }
                Step::Leave => return answers,
                Step::End(message) => {
                    reader.say(message.clone());
                    assert_eq!(reader.read(), Seen::Closed, "{message:?}");
                    return answers;
                }
            }
            answers.push(self.normals(&reader.settle()));
        }
        answers
    }

    /// Two ranges at once.
    fn replaced(&self, first: &Range, second: &Range) -> Vec<String> {
        let mut reader = Reader::connect(self.address);
        reader.blocks(&self.request(first));
        reader.blocks(&self.request(second));
        self.normals(&reader.settle())
    }
}

/// A range, with the client's blocks as whether they are the chain's own.
#[derive(Clone, Debug)]
struct Range {
    request: GetBlocks,
    positions: Vec<(bool, u32)>,
}

impl Range {
    /// Makes it one that a node answers by itself alone, after this one.
    fn follow(&mut self, before: Option<&Self>, head: u32) {
        if self.positions.is_empty() && before.is_some_and(|it| !it.positions.is_empty()) {
            self.positions.push((false, head + 4));
        }
    }
}

#[derive(Debug)]
enum Step {
    Ask(Range),
    Ack(u32),
    AskAndAck(Range, u32),
    /// The same in fragments of so many bytes, with pings between them or without.
    Fragments(Range, usize, bool),
    /// A ping with this payload.
    Ping(Vec<u8>),
    /// Something that is answered with the status.
    Say(Message),
    /// Goes away without a word, with results on their way.
    Leave,
    /// Bytes that are no frame, or a part of one; whether the client's half ends after them.
    Break(Vec<u8>, bool),
    /// Something that ends the session.
    End(Message),
}

fn plain(start: u32, end: u32) -> GetBlocks {
    GetBlocks {
        start_block_num: start,
        end_block_num: end,
        max_messages_in_flight: u32::MAX,
        ..GetBlocks::default()
    }
}

/// Numbers that are the same in every run: SplitMix64.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut value = self.0;
        value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((value ^ (value >> 31)) % u64::from(end.max(1))) as u32
    }

    fn flag(&mut self) -> bool {
        self.below(2) == 0
    }

    /// A number of a block, mostly one that the chain has.
    fn number(&mut self, head: u32) -> u32 {
        match self.below(12) {
            0 => 0,
            1 => 1,
            2 => u32::MAX - self.below(2),
            3 => head + self.below(5),
            _ => self.below(head + 1),
        }
    }

    fn range(&mut self, head: u32) -> Range {
        let start = self.number(head);
        let near = |random: &mut Self| start.saturating_add(random.below(9)).saturating_sub(4);
        let mut end = match self.below(4) {
            0 => self.number(head),
            _ => start.saturating_add(self.below(9)),
        };
        let irreversible_only = self.below(4) == 0;
        if irreversible_only {
            end = end.min(head - 1);
        }
        let mut positions: Vec<_> = match self.below(3) {
            0 => Vec::new(),
            1 => {
                let (first, count) = (near(self), self.below(5));
                let own = self.below(5);
                (0..count)
                    .map(|it| (it < own, first.saturating_add(it)))
                    .collect()
            }
            _ => (0..self.below(4))
                .map(|_| (self.below(3) > 0, near(self)))
                .collect(),
        };
        positions.retain(|(_, number)| *number < u32::MAX);
        let max_messages_in_flight = match self.below(6) {
            0 => 0,
            5 => u32::MAX,
            1 => 1_000_000,
            _ => self.below(8),
        };
        let request = GetBlocks {
            max_messages_in_flight,
            irreversible_only,
            fetch_block: self.flag(),
            fetch_traces: self.flag(),
            fetch_deltas: self.flag(),
            ..plain(start, end)
        };
        Range { request, positions }
    }

    fn step(&mut self, head: u32) -> Step {
        match self.below(12) {
            10 => Step::Fragments(self.range(head), 1 + self.below(9) as usize, self.flag()),
            11 => Step::Ping((0..self.below(126)).map(|it| it as u8).collect()),
            0..4 => Step::Ask(self.range(head)),
            4..8 => Step::Ack(self.below(6)),
            8 => Step::AskAndAck(self.range(head), self.below(6)),
            _ => Step::Say(match self.below(4) {
                0 => Message::Text("\0".into()),
                1 => Message::Text("\0 and more".into()),
                2 => Message::Binary(vec![0, 1, 2, 3].into()),
                _ => Message::Binary(vec![0x80, 0x80, 0].into()),
            }),
        }
    }

    /// A range after this one, if there was one, in the same session.
    fn range_after(&mut self, before: Option<&Range>, head: u32) -> Range {
        let mut range = self.range(head);
        range.follow(before, head);
        range
    }

    /// The steps of a session, of which the last may end it.
    fn steps(&mut self, head: u32) -> Vec<Step> {
        let mut steps: Vec<_> = (0..=self.below(8)).map(|_| self.step(head)).collect();
        let (mut unlimited, mut before) = (false, None);
        for step in &mut steps {
            match step {
                Step::Ask(range) | Step::AskAndAck(range, _) | Step::Fragments(range, ..) => {
                    unlimited = range.request.max_messages_in_flight == u32::MAX;
                    range.follow(before.as_ref(), head);
                    before = Some(range.clone());
                }
                _ => {}
            }
            // Beyond `u32::MAX` a node begins again from 0; what is left is acknowledged elsewhere.
            if unlimited && let Step::Ack(results) | Step::AskAndAck(_, results) = step {
                *results = 0;
            }
        }
        match self.below(6) {
            4 => {
                let range = self.range_after(before.as_ref(), head);
                steps.extend([Step::Ask(range), Step::Leave]);
            }
            0 | 1 => steps.push(Step::End(self.broken())),
            2 | 3 => {
                let (bytes, half) = self.garbage();
                steps.push(Step::Break(bytes, half));
            }
            _ => {}
        }
        steps
    }

    /// Bytes that are no frame of a client, and whether its half ends after them.
    fn garbage(&mut self) -> (Vec<u8>, bool) {
        // A mask of zeros leaves what follows as it is.
        let masked = |first: u8, payload: &[u8]| {
            let mut frame = vec![first, 0x80 | payload.len() as u8, 0, 0, 0, 0];
            frame.extend(payload);
            frame
        };
        let bytes = match self.below(12) {
            // A bit that has no meaning, kinds that there are not, no mask.
            0 => masked(0xc2, &[0]),
            1 => masked(0x83 + self.below(5) as u8, &[0]),
            2 => vec![0x82, 1, 0],
            // What goes on without having begun, and what begins without having gone on.
            3 => masked(0x80, &[0]),
            4 => [masked(0x02, &[0]), masked(0x82, &[0])].concat(),
            // Pings in parts and longer than pings are.
            5 => masked(0x09, &[]),
            6 => [&[0x89, 0xfe, 0, 126, 0, 0, 0, 0][..], &[7; 126]].concat(),
            // Text that is not UTF-8, and more than anybody takes.
            7 => masked(0x81, &[0xff, 0xfe]),
            8 => vec![0x82, 0xff, 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            // A farewell, one with half a code, and one with a code that nobody may send.
            9 => match self.below(3) {
                0 => masked(0x88, &[0x03, 0xe8, b'b', b'y', b'e']),
                1 => masked(0x88, &[0x03]),
                _ => masked(0x88, &[0x03, 0xed]),
            },
            10 => (0..1 + self.below(300))
                .map(|at| self.below(256) as u8 | if at == 0 { 0x70 } else { 0 })
                .collect(),
            // Half a frame, and nothing more ever.
            _ => return (vec![0x82, 0x91, 0, 0, 0, 0, 1], true),
        };
        (bytes, self.below(4) == 0)
    }

    /// A request that cannot be read.
    fn broken(&mut self) -> Message {
        let mut bytes = Request::GetBlocks(plain(1, 5)).to_bytes();
        match self.below(6) {
            0 => bytes.clear(),
            1 => bytes[0] = 3 + self.below(100) as u8,
            2 => {
                let len = self.below(bytes.len() as u32 - 1) as usize + 1;
                bytes.truncate(len);
            }
            3 => {
                let at = bytes.len() - 1 - self.below(4) as usize;
                bytes[at] = 2 + self.below(200) as u8;
            }
            // More blocks of the client's than there are bytes.
            4 => bytes[13] = 1 + self.below(100) as u8,
            _ => return Message::Text("what?".into()),
        }
        Message::Binary(bytes.into())
    }
}

/// A node with so many blocks that makes no more, and the address of its state history.
pub fn paused(blocks: u32) -> Option<(Node, SocketAddr)> {
    let options = NodeOptions {
        state_history: true,
        ..NodeOptions::default()
    };
    let node = node("state history beside a node", options)?;
    let history = node.state_history_address().unwrap();
    let mut reader = Reader::connect(history);
    reader.blocks(&plain(blocks, blocks + 1));
    while reader.next().head.block_num < blocks {
        reader.send(&Request::Ack(1));
    }
    produce(&node, false);
    // A block that had been begun may still be made.
    let mut head = 0;
    loop {
        let now = Reader::connect(history).status().head.block_num;
        if now == head {
            return Some((node, history));
        }
        head = now;
        std::thread::sleep(Duration::from_millis(1200));
    }
}

fn produce(node: &Node, on: bool) {
    let path = if on { "resume" } else { "pause" };
    let address = node.url().trim_start_matches("http://").parse().unwrap();
    let request = post(&format!("/v1/producer/{path}"), "{}");
    assert_eq!(ask(address, &request).unwrap().status, 201);
}

#[test]
fn sessions_go_as_with_a_node() {
    let Some((node, history)) = paused(24) else {
        return;
    };
    let theirs = Side::of(history);
    let head = theirs.head();
    let (live, server) = recorded(head, StateHistoryOptions::default());
    let ours = Side::of(server.address());
    assert_eq!(ours.ids.len(), theirs.ids.len());

    let mut random = Random(11);
    let (mut results, mut steps_taken) = (0, 0);
    for _ in 0..SESSIONS {
        let steps = random.steps(head);
        let [expected, got] = [&theirs, &ours].map(|side| side.session(&steps));
        assert_eq!(got, expected, "{steps:#?}");
        results += expected.iter().map(Vec::len).sum::<usize>();
        steps_taken += steps.len();
    }
    let _ = writeln!(
        std::io::stderr(),
        "{SESSIONS} sessions of {steps_taken} steps with {results} results are equal"
    );
    // Counted, so that the generator is known to make something happen.
    assert!(
        results > 500 && steps_taken > 300,
        "{results} results, {steps_taken} steps"
    );

    for _ in 0..SESSIONS / 4 {
        let first = random.range(head);
        let second = random.range_after(Some(&first), head);
        for side in [&theirs, &ours] {
            let alone = |range: &Range| side.session(&[Step::Ask(range.clone())]).remove(0);
            let both = side.replaced(&first, &second);
            let (before, after) = (alone(&first), alone(&second));
            let begun = both.len().checked_sub(after.len()).unwrap();
            assert_eq!(both[begun..], after, "{first:?} {second:?}");
            assert!(before.starts_with(&both[..begun]), "{first:?} {second:?}");
        }
    }

    irreversible_ranges_end_with_the_irreversible_block(&[&theirs, &ours]);
    followers_get_the_next_block(&node, history, server.address(), || {
        live.with(Chain::produce_block).unwrap().unwrap();
    });
}

fn irreversible_ranges_end_with_the_irreversible_block(sides: &[&Side]) {
    for side in sides {
        let mut reader = Reader::connect(side.address);
        let last = reader.status().last_irreversible;
        reader.blocks(&GetBlocks {
            irreversible_only: true,
            ..plain(3, u32::MAX)
        });
        let results = reader.settle();
        assert_eq!(results.last().unwrap().this_block, Some(last));
        assert_eq!(results.len() as u32, last.block_num - 2);
    }
}

/// The node produces again, and the chain here when it is told to.
fn followers_get_the_next_block(
    node: &Node,
    theirs: SocketAddr,
    ours: SocketAddr,
    make_block: impl Fn(),
) {
    let ask = |address| {
        let [mut from_here, mut from_beyond] = [(); 2].map(|()| Reader::connect(address));
        let head = from_here.status().head.block_num;
        from_here.blocks(&plain(head - 2, u32::MAX));
        from_beyond.blocks(&plain(head + 1000, u32::MAX));
        assert_eq!(from_here.settle().len(), 3);
        assert_eq!(from_beyond.settle(), []);
        (from_here, from_beyond, head)
    };
    let told = |(mut from_here, mut from_beyond, head): (Reader, Reader, u32)| {
        for number in head + 1..head + 5 {
            for reader in [&mut from_here, &mut from_beyond] {
                let result = reader.next();
                assert_eq!(result.this_block.unwrap().block_num, number);
                assert!(result.head.block_num >= number);
            }
        }
    };
    let asked = ask(theirs);
    produce(node, true);
    told(asked);
    let asked = ask(ours);
    (0..4).for_each(|_| make_block());
    told(asked);
}
