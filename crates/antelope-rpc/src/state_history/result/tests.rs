use super::*;
use crate::state_history::cursor::Cursor;
use crate::state_history::tests::fake::Fake;
use antelope_history::{Blocks, Response};
use antelope_types::Decode;

/// The first result of a request.
fn first(view: &Fake, shelf: &Shelf, request: GetBlocks) -> Loaded {
    let mut cursor = Cursor::default();
    cursor.ask(request, view).unwrap();
    let mut loaded = None;
    let take = |wanted: &GetBlocks, due| {
        loaded = Some(Loaded::read(view, shelf, wanted, due)?);
        Ok(false)
    };
    cursor.due(view, 0, take).unwrap();
    loaded.unwrap()
}

fn everything(start: u32) -> GetBlocks {
    GetBlocks {
        start_block_num: start,
        end_block_num: u32::MAX,
        max_messages_in_flight: 1,
        fetch_block: true,
        fetch_traces: true,
        fetch_deltas: true,
        ..GetBlocks::default()
    }
}

fn read(result: &Loaded) -> (Blocks, usize) {
    let frames = result.frames();
    let bytes: Vec<u8> = frames
        .iter()
        .flat_map(|frame| match frame {
            Message::Binary(bytes) => bytes.to_vec(),
            Message::Frame(frame) => frame.payload().to_vec(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(bytes.len(), result.len);
    match Response::from_bytes(&bytes) {
        Ok(Response::Blocks(blocks)) => (blocks, frames.len()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_result_is_what_the_message_type_reads() {
    let chain = Fake::of(9);
    let (blocks, frames) = read(&first(&chain, &Shelf::default(), everything(5)));
    let expected = Blocks {
        head: Fake::block_of(0, 9),
        last_irreversible: Fake::block_of(0, 8),
        this_block: Some(Fake::block_of(0, 5)),
        prev_block: Some(Fake::block_of(0, 4)),
        block: Some(vec![1; 20]),
        traces: Some(vec![2; 30]),
        deltas: Some(vec![3; 10]),
    };
    assert_eq!((blocks, frames), (expected, 1));
    let (blocks, _) = read(&first(&chain, &Shelf::default(), everything(1)));
    assert_eq!((blocks.prev_block, blocks.traces), (None, None));
    let wanted = GetBlocks {
        fetch_block: false,
        fetch_deltas: false,
        ..everything(9)
    };
    let (blocks, _) = read(&first(&chain, &Shelf::default(), wanted));
    assert_eq!((blocks.block, blocks.deltas), (None, None));
    assert_eq!(blocks.traces, Some(vec![2; 30]));
}

#[test]
fn a_large_result_comes_in_fragments() {
    for deltas in [FRAGMENT - 300, FRAGMENT, FRAGMENT + 1, 5 * FRAGMENT + 17] {
        let chain = Fake {
            deltas,
            ..Fake::of(9)
        };
        let result = first(&chain, &Shelf::default(), everything(5));
        let (blocks, frames) = read(&result);
        assert_eq!(blocks.deltas, Some(vec![3; deltas]));
        if frames == 1 {
            assert!(result.len <= FRAGMENT);
            continue;
        }
        let headers: Vec<_> = result.frames().iter().map(header).collect();
        assert_eq!(headers[0], (OpCode::Data(Data::Binary), false));
        let (last, others) = headers[1..].split_last().unwrap();
        assert_eq!(*last, (OpCode::Data(Data::Continue), true));
        assert!(
            others
                .iter()
                .all(|it| *it == (OpCode::Data(Data::Continue), false))
        );
    }
}

fn header(message: &Message) -> (OpCode, bool) {
    match message {
        Message::Frame(frame) => (frame.header().opcode, frame.header().is_final),
        other => panic!("{other:?}"),
    }
}

#[test]
fn recent_blocks_are_read_once() {
    let shelf = Shelf::default();
    let (before, after) = (
        Fake::of(9),
        Fake {
            deltas: 77,
            ..Fake::of(9)
        },
    );
    // What was read first is what the next session gets, as long as the block is recent.
    read(&first(&before, &shelf, everything(8)));
    assert_eq!(
        read(&first(&after, &shelf, everything(8)))
            .0
            .deltas
            .unwrap()
            .len(),
        10
    );
    read(&first(&before, &shelf, everything(5)));
    assert_eq!(
        read(&first(&after, &shelf, everything(5)))
            .0
            .deltas
            .unwrap()
            .len(),
        77
    );
    assert_eq!(shelf.recent.lock().unwrap().len(), 1);
}
