//! How many texts and pages a second: `cargo bench -p coop-documents`.
//!
//! All forms are made in turn, as text, as text from its record, and as html. Rounds are repeated, and the
//! median of each counts.

#![allow(missing_docs, clippy::unwrap_used)]

use coop_documents::{
    Form, Lang, Presenter, Rendered, Renderer, Sheet, Surroundings, html,
    samples::{STAMP, cooperative, every_form},
};
use std::hint::black_box;
use std::time::{Duration, Instant};

const ROUNDS: usize = 11;

/// The median time that one of `count` takes.
fn each(count: usize, mut all: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let begun = Instant::now();
            all();
            begun.elapsed()
        })
        .collect();
    times.sort();
    times[ROUNDS / 2] / count as u32
}

fn told(what: &str, one: Duration) {
    let per_second = 1.0 / one.as_secs_f64();
    println!("{what:32} {per_second:>10.0} a second {one:>12.1?} each");
}

/// The most memory that the process has had, in MB; of Linux only.
fn memory(when: &str) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"));
    let kib = line.and_then(|it| it.trim().trim_end_matches(" kB").parse::<u32>().ok());
    if let Some(kib) = kib {
        println!("{:32} {:>10.1} MB at most", when, f64::from(kib) / 1024.0);
    }
}

fn main() {
    let forms = every_form();
    let count = forms.len();
    let renderer = Renderer::new().unwrap();
    let presenter = Presenter::new().unwrap();
    let render = |form: &dyn Form| {
        renderer
            .render(&cooperative(), form, STAMP, Lang::Ru)
            .unwrap()
    };
    let around = Surroundings {
        verify_at: Some("https://example.org/verify"),
        ..Surroundings::default()
    };
    let documents: Vec<Rendered> = forms.iter().map(|(_, form)| render(&**form)).collect();
    let sheet = |document: &Rendered| -> Sheet { presenter.sheet(document, around).unwrap() };
    println!("{count} forms");
    told(
        "text",
        each(count, || {
            for (_, form) in &forms {
                black_box(render(&**form));
            }
        }),
    );
    told(
        "text from its record",
        each(count, || {
            for it in &documents {
                black_box(
                    renderer
                        .regenerate(&it.meta, &it.doc_hash, &it.record)
                        .unwrap(),
                );
            }
        }),
    );
    told(
        "sheet and html",
        each(count, || {
            for it in &documents {
                black_box(html(&sheet(it)).unwrap());
            }
        }),
    );
    let size = |of: &dyn Fn(&Rendered) -> usize| {
        let mut sizes: Vec<_> = documents.iter().map(of).collect();
        sizes.sort_unstable();
        (sizes[0], sizes[count / 2], sizes[count - 1])
    };
    let texts = size(&|it| it.text.len());
    let pages = size(&|it| html(&sheet(it)).unwrap().len());
    println!("bytes: least, median, most: text {texts:?}, html {pages:?}");
    memory("all of it");
}
