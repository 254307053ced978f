use super::*;
use crate::state_history::tests::fake::Fake;

/// A session of the cursor alone.
#[derive(Default)]
struct Session {
    cursor: Cursor,
}

impl Session {
    fn ask(&mut self, view: &Fake, request: GetBlocks) -> Vec<u32> {
        self.cursor.ask(request, view).unwrap();
        self.take(view)
    }

    /// The numbers of all results that are due; 0 for one without a block.
    fn take(&mut self, view: &Fake) -> Vec<u32> {
        let mut numbers = Vec::new();
        loop {
            let mut due = Vec::new();
            self.cursor.look(view).unwrap();
            let some = |_: &GetBlocks, it| {
                due.push(it);
                Ok(due.len() < 3)
            };
            self.cursor.due(view, 0, some).unwrap();
            if due.is_empty() {
                return numbers;
            }
            for due in due {
                numbers.push(due.this.map_or(0, |it| it.block_num));
                let previous = due.this.map(|it| it.block_num - 1).filter(|it| *it > 0);
                assert_eq!(due.previous.map(|it| it.block_num), previous);
                self.cursor.sent(&due);
            }
        }
    }
}

fn range(start: u32, end: u32, credit: u32) -> GetBlocks {
    GetBlocks {
        start_block_num: start,
        end_block_num: end,
        max_messages_in_flight: credit,
        ..GetBlocks::default()
    }
}

fn having(mut request: GetBlocks, blocks: &[(u8, u32)]) -> GetBlocks {
    let blocks = blocks.iter();
    request.have_positions = blocks.map(|(b, n)| Fake::block_of(*b, *n)).collect();
    request
}

#[test]
fn ranges_end_before_their_end_and_at_the_head() {
    let chain = Fake::of(10);
    let ask = |start, end| Session::default().ask(&chain, range(start, end, 100));
    assert_eq!(ask(3, 6), [3, 4, 5]);
    assert_eq!(ask(0, 3), [1, 2]);
    assert_eq!(ask(8, u32::MAX), [8, 9, 10]);
    for (start, end) in [
        (5, 5),
        (6, 3),
        (1, 0),
        (0, 0),
        (11, 20),
        (u32::MAX, u32::MAX),
    ] {
        assert!(ask(start, end).is_empty(), "{start}..{end}");
    }
}

#[test]
fn irreversible_blocks_only() {
    let mut request = range(8, 100, 9);
    request.irreversible_only = true;
    let mut session = Session::default();
    assert_eq!(session.ask(&Fake::of(10), request), [8, 9]);
    assert_eq!(session.take(&Fake::of(12)), [10, 11]);
}

#[test]
fn positions_that_differ_move_the_start_back() {
    let chain = Fake::of(20);
    let ask = |have: &[(u8, u32)]| Session::default().ask(&chain, having(range(10, 12, 99), have));
    assert_eq!(ask(&[(0, 8), (0, 9)]), [10, 11]);
    assert_eq!(ask(&[(0, 7), (1, 8), (0, 9)]), [8, 9, 10, 11]);
    // Those from the start on do not move it.
    assert_eq!(ask(&[(1, 10), (1, 11)]), [10, 11]);
    // Not every client sorts them.
    assert_eq!(ask(&[(1, 9), (1, 7), (1, 8)]), [7, 8, 9, 10, 11]);
    let from_zero: Vec<_> = (0..12).collect();
    assert_eq!(ask(&[(1, 0)]), from_zero);
}

#[test]
fn blocks_that_the_client_has_are_left_out() {
    let chain = Fake::of(20);
    let ask = |have: &[(u8, u32)]| Session::default().ask(&chain, having(range(10, 14, 99), have));
    assert_eq!(ask(&[(0, 10), (0, 11)]), [12, 13]);
    assert_eq!(ask(&[(0, 10), (1, 11), (0, 12)]), [11, 13]);
    assert_eq!(
        ask(&[(0, 10), (0, 11), (0, 12), (0, 13), (0, 14)]),
        [] as [u32; 0]
    );
    // Compared in their order: one that is never reached keeps the others from it.
    assert_eq!(ask(&[(0, 12), (0, 11)]), [10, 11, 13]);
}

#[test]
fn credit_is_spent_and_given() {
    let chain = Fake::of(20);
    let mut session = Session::default();
    session.cursor.acknowledge(5, &chain);
    assert_eq!(session.ask(&chain, range(1, 20, 0)), [] as [u32; 0]);
    session.cursor.acknowledge(2, &chain);
    assert_eq!(session.take(&chain), [1, 2]);
    session.cursor.acknowledge(u32::MAX, &chain);
    session.cursor.acknowledge(u32::MAX, &chain);
    assert_eq!(session.take(&chain).len(), 17);
    assert_eq!(session.ask(&chain, range(5, 8, 1)), [5]);
    session.cursor.acknowledge(1, &chain);
    assert_eq!(session.take(&chain), [6]);
}

#[test]
fn a_start_beyond_the_head_is_the_next_block() {
    let mut session = Session::default();
    assert!(
        session
            .ask(&Fake::of(10), range(1000, u32::MAX, 9))
            .is_empty()
    );
    assert!(session.take(&Fake::of(10)).is_empty());
    assert_eq!(session.take(&Fake::of(12)), [11, 12]);
    // Not while nothing may be sent.
    assert!(
        session
            .ask(&Fake::of(12), range(1000, u32::MAX, 0))
            .is_empty()
    );
    assert!(session.take(&Fake::of(13)).is_empty());
    session.cursor.acknowledge(9, &Fake::of(14));
    assert!(session.take(&Fake::of(14)).is_empty());
    assert_eq!(session.take(&Fake::of(15)), [15]);
}

#[test]
fn a_branch_is_told_from_where_it_began() {
    let mut session = Session::default();
    assert_eq!(session.ask(&Fake::of(10), range(5, u32::MAX, 99)).len(), 6);
    let mut other = Fake::of(7);
    // Reverted, without a new block.
    assert!(session.take(&other).is_empty());
    other.branches.extend([1, 1]);
    assert_eq!(session.take(&other), [8, 9]);
    other.branches = vec![0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 2];
    assert_eq!(session.take(&other), [6, 7, 8, 9, 10, 11]);
}

#[test]
fn a_branch_is_noticed_without_credit() {
    let mut session = Session::default();
    assert_eq!(session.ask(&Fake::of(10), range(9, u32::MAX, 2)), [9, 10]);
    let mut other = Fake::of(8);
    other.branches.extend([1; 4]);
    session.cursor.acknowledge(9, &other);
    assert_eq!(session.take(&other), [9, 10, 11, 12]);
}
