//! Rows in as many calls as it takes, whatever a node answers.

use crate::{Failure, Fallible, Report};
use serde_json::Value;
use std::collections::BTreeSet;

/// Rows, and where the next ones begin if there are more.
pub(super) type Read = (Vec<Value>, Option<String>);

/// The most rows that one call is asked for, unless the user says otherwise.
pub(super) const PAGE: u32 = 1000;

/// How much is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    /// How many rows at most.
    pub(super) rows: usize,
    /// How many of them in one call.
    pub(super) page: usize,
}

impl Wanted {
    /// All rows, or so many.
    pub(super) fn new(all: bool, limit: u32, page: u32) -> Self {
        let number = |it: u32| usize::try_from(it).unwrap_or(usize::MAX);
        Self {
            rows: if all { usize::MAX } else { number(limit) },
            page: number(page),
        }
    }
}

/// Reads pages one after another: `ask` is given the most rows and where the page begins, none for the
/// first one.
///
/// # Errors
/// `node.limit` where the node names a place where it has been before; those of `ask`. `report` tells what
/// was read until then.
pub(super) fn pages(
    wanted: Wanted,
    report: impl Fn(Read) -> Report,
    mut ask: impl FnMut(usize, Option<&str>) -> Fallible<Read>,
) -> Fallible<Read> {
    let mut rows = Vec::new();
    let mut begun = BTreeSet::new();
    let mut from: Option<String> = None;
    loop {
        let limit = (wanted.rows - rows.len()).min(wanted.page);
        let (page, next) = match ask(limit, from.as_deref()) {
            Ok(read) => read,
            Err(failure) if rows.is_empty() => return Err(failure),
            Err(failure) => return Err(partial(failure, report((rows, from)))),
        };
        rows.extend(page);
        match next {
            Some(next) if rows.len() < wanted.rows => {
                if !begun.insert(next.clone()) {
                    let message =
                        format!("the node says again and again that more begins at {next}");
                    let failure = Failure::new("node.limit", message)
                        .hint("ask another node, or give this one more time with --time-limit");
                    return Err(partial(failure, report((rows, Some(next)))));
                }
                from = Some(next);
            }
            next => return Ok((rows, next)),
        }
    }
}

/// Reads all in one call, whose limit grows until all is there: for keys that repeat, so that a page may
/// end among rows of one key.
///
/// # Errors
/// `node.limit` where the node gives no more rows than before; those of `ask`. `report` tells what was
/// read until then.
pub(super) fn at_once(
    wanted: Wanted,
    report: impl Fn(Read) -> Report,
    mut ask: impl FnMut(usize) -> Fallible<Read>,
) -> Fallible<Read> {
    let mut limit = wanted.rows.min(wanted.page);
    let mut last: Read = (Vec::new(), None);
    loop {
        let (rows, next) = match ask(limit) {
            Ok(read) => read,
            Err(failure) if last.0.is_empty() => return Err(failure),
            Err(failure) => return Err(partial(failure, report(last))),
        };
        if next.is_none() || rows.len() >= wanted.rows {
            return Ok((rows, next));
        }
        if rows.len() <= last.0.len() {
            let message = format!("the node gives no more than {} rows at once", rows.len());
            let failure = Failure::new("node.limit", message)
                .hint("read the rest with -L, or give it more time with --time-limit");
            return Err(partial(failure, report((rows, next))));
        }
        last = (rows, next);
        limit = limit
            .saturating_mul(2)
            .min(wanted.rows)
            .min(u32::MAX as usize);
    }
}

fn partial(mut failure: Box<Failure>, report: Report) -> Box<Failure> {
    failure.report = Some(report);
    failure
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn told((rows, next): Read) -> Report {
        Report::json(json!([rows, next]))
    }

    /// A node with the rows 0 to 9 that gives so many at most.
    fn node(most: usize) -> impl FnMut(usize, Option<&str>) -> Fallible<Read> {
        move |limit, from| {
            let begin = from.map_or(0, |it| it.parse().unwrap());
            let end = 10.min(begin + limit.min(most));
            let rows = (begin..end).map(|it| json!(it)).collect();
            Ok((rows, (end < 10).then(|| end.to_string())))
        }
    }

    fn wanted(rows: usize, page: usize) -> Wanted {
        Wanted { rows, page }
    }

    #[test]
    fn pages_make_the_whole() {
        let all: Vec<_> = (0..10).map(|it| json!(it)).collect();
        for (page, most) in [(1, 9), (3, 9), (9, 2), (20, 20)] {
            let read = pages(wanted(usize::MAX, page), told, node(most)).unwrap();
            assert_eq!(read, (all.clone(), None), "{page} {most}");
        }
        let read = pages(wanted(4, 3), told, node(9)).unwrap();
        assert_eq!(read, (all[..4].to_vec(), Some("4".to_owned())));
        let read = at_once(wanted(usize::MAX, 1), told, |limit| node(99)(limit, None)).unwrap();
        assert_eq!(read, (all.clone(), None));
        let mut limits = Vec::new();
        let read = at_once(wanted(7, 2), told, |limit| {
            limits.push(limit);
            node(99)(limit, None)
        });
        assert_eq!(read.unwrap(), (all[..7].to_vec(), Some("7".to_owned())));
        assert_eq!(limits, [2, 4, 7], "no more is asked for than is wanted");
    }

    #[test]
    fn a_node_that_goes_in_circles_is_left_with_what_it_gave() {
        let mut calls = 0;
        let failure = pages(wanted(usize::MAX, 9), told, |_, from| {
            calls += 1;
            let next = if from == Some("a") { "b" } else { "a" };
            Ok((vec![json!(calls)], Some(next.to_owned())))
        });
        let failure = failure.unwrap_err();
        assert_eq!(failure.code, "node.limit");
        assert_eq!(failure.report.unwrap().data, json!([[1, 2, 3], "a"]));
        let failure = at_once(wanted(usize::MAX, 2), told, |limit| node(5)(limit, None));
        let failure = failure.unwrap_err();
        assert_eq!(failure.code, "node.limit");
        let rows = failure.report.unwrap().data[0].clone();
        assert_eq!(rows, json!([0, 1, 2, 3, 4]));
    }

    #[test]
    fn rows_are_kept_where_a_later_call_fails() {
        let mut calls = 0;
        let failure = pages(wanted(usize::MAX, 2), told, |limit, from| {
            calls += 1;
            match calls {
                3 => Err(Failure::new("node", "it is gone")),
                _ => node(9)(limit, from),
            }
        });
        let report = failure.unwrap_err().report.unwrap();
        assert_eq!(report.data, json!([[0, 1, 2, 3], "4"]));
    }
}
