//! How search, lists, packages and the file grow with the registry: counts and ratios, printed as a table.
//!
//! `cargo bench -p coop-index` measures the full size and a tenth of it; `REGISTRY_TENTHS=1` only the tenth.

use coop_index::samples::{COOP, ENDS, Sample};
use coop_index::{IndexReader, IndexWriter, QuestionFilter, SearchFilter, Slice, TextHit};
use std::path::Path;
use std::time::{Duration, Instant};

/// The sizes that are measured, in tenths of the full one.
const FULL: u32 = 10;
/// How often each question is asked; the middle time counts.
const ROUNDS: usize = 21;

/// What a size has: in tenths of 10 000 participants, 1 000 open questions and 100 000 entries. An entry is a
/// question or its protocol.
struct Size {
    participants: u32,
    open: u32,
    finished: u32,
}

impl Size {
    fn of(tenths: u32) -> Self {
        Self {
            participants: 1_000 * tenths,
            open: 100 * tenths,
            finished: 6_500 * tenths,
        }
    }
}

fn main() {
    let only = std::env::var("REGISTRY_TENTHS")
        .ok()
        .and_then(|it| it.parse().ok());
    let sizes: Vec<u32> = only.map_or_else(|| vec![1, FULL], |it| vec![it]);
    let mut before: Option<Vec<(&str, f64)>> = None;
    for tenths in sizes {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("index.db");
        let size = Size::of(tenths);
        let start = Instant::now();
        fill(&file, &size);
        let took = start.elapsed();
        let mut figures = vec![("indexing, ms", took.as_secs_f64() * 1000.0)];
        figures.extend(asked(&file, &size));
        for (at, (name, value)) in figures.iter().enumerate() {
            let ratio = before.as_ref().map(|it| value / it[at].1);
            let ratio = ratio.map_or_else(String::new, |it| format!("  x{it:.1}"));
            println!("{tenths:>3}/10  {name:<44} {value:>12.2}{ratio}");
        }
        before = Some(figures);
    }
}

/// Fills an index: four votes on each question, all kinds and ends in turn.
fn fill(file: &Path, size: &Size) {
    let mut writer = IndexWriter::open(file, Sample::scope()).expect("an index");
    let mut sample = Sample::unsigned();
    let mut store = |sample: &mut Sample| writer.store(&sample.take()).expect("a block");
    for number in 0..size.participants {
        sample.admit();
        if number % 100 == 99 {
            store(&mut sample);
        }
    }
    for number in 0..size.finished + size.open {
        let about = Sample::account(number % size.participants);
        let id = sample.ask(
            number as usize,
            about,
            &format!(", участок {}", number % 500),
        );
        for voter in 0..4 {
            sample.vote(id, Sample::account(voter), voter != 3);
        }
        if number < size.finished {
            sample.end(id, ENDS[number as usize / 9 % ENDS.len()]);
        }
        if number % 20 == 19 {
            store(&mut sample);
        }
    }
    store(&mut sample);
}

/// What is asked of it, in microseconds, and what it weighs.
fn asked(file: &Path, size: &Size) -> Vec<(&'static str, f64)> {
    let mut reader = IndexReader::open(file).expect("an index");
    let page = Slice::default();
    let open = QuestionFilter {
        is_open: Some(true),
        ..QuestionFilter::default()
    };
    let person = QuestionFilter {
        person: Some(Sample::account(17)),
        ..QuestionFilter::default()
    };
    let all_at_once = QuestionFilter {
        kinds: vec!["joincoop".parse().unwrap_or_default()],
        outcomes: vec!["declined".to_owned()],
        form: Some(100),
        ..QuestionFilter::default()
    };
    let failed = QuestionFilter {
        has_failed: Some(true),
        ..QuestionFilter::default()
    };
    let words = |words: &str| SearchFilter {
        words: words.to_owned(),
        ..SearchFilter::default()
    };
    let listed = reader.questions(COOP, &QuestionFilter::default(), &page);
    let deep = Slice {
        after: listed
            .expect("a page")
            .entries
            .last()
            .map(|it| (it.id / 2).to_string()),
        ..Slice::default()
    };
    let middle = u64::from(size.finished / 2);
    let mut figures = Vec::new();
    let mut ask = |name, question: &mut dyn FnMut(&mut IndexReader)| {
        let mut times: Vec<Duration> = (0..ROUNDS)
            .map(|_| {
                let start = Instant::now();
                question(&mut reader);
                start.elapsed()
            })
            .collect();
        times.sort_unstable();
        figures.push((name, times[ROUNDS / 2].as_secs_f64() * 1e6));
    };
    let mut list = |name, filter: &QuestionFilter, slice: &Slice| {
        ask(name, &mut |reader| {
            let page = reader.questions(COOP, filter, slice).expect("a page");
            assert!(!page.entries.is_empty(), "{name}");
        });
    };
    list("list, all, us", &QuestionFilter::default(), &page);
    list(
        "list, all, from the middle, us",
        &QuestionFilter::default(),
        &deep,
    );
    list("list, open, us", &open, &page);
    list("list, one person, us", &person, &page);
    list("list, kind + outcome + form, us", &all_at_once, &page);
    list("list, failed, us", &failed, &page);
    for (name, text) in [
        ("search, 1 in 500 titles, us", "участка 137"),
        ("search, 1 in 9 titles, us", "заявления о приёме"),
        ("search, a prefix in half the titles, us", "заяв"),
        ("search, all protocols, us", "протоколы"),
    ] {
        ask(name, &mut |reader| {
            reader.search(COOP, &words(text), &page).expect("hits");
        });
    }
    let texts = protocols(file, &words("протоколы"));
    ask(
        "search, a text of every protocol joined, us",
        &mut |reader| {
            let page = reader.search_with(COOP, &words("ноутбуки"), &texts, &page);
            assert_eq!(page.expect("hits").total, texts.len() as u64);
        },
    );
    ask("package, us", &mut |reader| {
        assert!(reader.package(COOP, middle).expect("a package").is_some());
    });
    ask("participants, us", &mut |reader| {
        reader.participants(COOP, None, &page).expect("a page");
    });
    ask("balances at the middle block, us", &mut |reader| {
        reader
            .balances(COOP, size.participants / 200)
            .expect("balances");
    });
    let bytes = std::fs::metadata(file).map_or(0, |it| it.len());
    let decisions = f64::from(size.finished + size.open);
    figures.push(("file, MiB", bytes as f64 / f64::from(1 << 20)));
    figures.push(("file per decision, bytes", bytes as f64 / decisions));
    figures.push(("peak memory, MiB", peak()));
    figures
}

/// Every protocol, as if its text had the words.
fn protocols(file: &Path, filter: &SearchFilter) -> Vec<TextHit> {
    let mut reader = IndexReader::open(file).expect("an index");
    let mut slice = Slice {
        count: 500,
        after: None,
    };
    let mut texts = Vec::new();
    loop {
        let page = reader.search(COOP, filter, &slice).expect("hits");
        texts.extend(page.entries.iter().map(|it| TextHit {
            hash: it.hash,
            weight: it.weight,
        }));
        slice.after = page.next;
        if slice.after.is_none() {
            return texts;
        }
    }
}

/// The most memory that the process has had so far, where the system tells.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|it| it.split_whitespace().next()?.parse::<f64>().ok());
    number.unwrap_or_default() / 1024.0
}
