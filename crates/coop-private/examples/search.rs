//! Sizes and times of a search of texts: `cargo run --release -p coop-private --example search -- 10000`.
//!
//! The documents are those of every form in Russian, each with a number of its own, in turn.

use antelope_types::{Checksum256, Name, NameError, PublicKey, Signature, TimePoint};
use coop_documents::samples::{STAMP, cooperative, every_form};
use coop_documents::{Lang, Renderer};
use coop_index::WordQuery;
use coop_model::{Document, DocumentSignature};
use coop_private::{MasterSecret, PrivateDocument, PrivateStore};
use rusqlite::Connection;
use std::error::Error;
use std::time::{Duration, Instant};
use zeroize::Zeroizing;

const NOW: TimePoint = TimePoint::from_micros(1_795_860_000_000_000);
/// How often each question is asked; the middle time counts.
const ROUNDS: usize = 11;
/// How many documents are about one person.
const OF_ONE: u32 = 10;

fn main() -> Result<(), Box<dyn Error>> {
    let count: u32 = std::env::args().nth(1).map_or(Ok(1_000), |it| it.parse())?;
    let folder = tempfile::tempdir()?;
    let secret = MasterSecret::Key(Zeroizing::new([7; 32]));
    let mut store = PrivateStore::create(folder.path(), cooperative().account, &secret)?;
    let renderer = Renderer::new()?;
    let forms = every_form().into_iter();
    let forms = forms.map(|(_, form)| renderer.render(&cooperative(), &*form, STAMP, Lang::Ru));
    let forms = forms.collect::<Result<Vec<_>, _>>()?;
    let begun = Instant::now();
    for number in 0..count {
        let rendered = &forms[number as usize % forms.len()];
        let text = format!("{}\nУчасток {}\n", rendered.text, number % 500);
        let mut meta = rendered.meta.clone();
        meta.username = account(number / OF_ONE)?;
        let signer = meta.username;
        let document = Document {
            meta,
            doc_hash: Checksum256::sha256(text.as_bytes()),
            signatures: vec![DocumentSignature {
                signer,
                public_key: PublicKey::K1([3; 33]),
                signature: Signature::K1([0; 65]),
                signed_at: NOW,
            }],
        };
        let kept = PrivateDocument {
            document,
            text,
            record: Some(rendered.record.clone()),
            proposal: None,
        };
        store.put_document(&kept, true, NOW)?;
    }
    told("put one document", begun.elapsed() / count);
    let database = Connection::open(folder.path().join("private.db"))?;
    for (what, table) in [("documents", "documents"), ("their words", "words")] {
        let sql = format!("SELECT count(*), sum(length(sealed)) / count(*) FROM {table}");
        let (rows, bytes): (i64, i64) =
            database.query_row(&sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        println!("{bytes} bytes each, sealed: {what}, {rows} rows");
    }
    for (what, words, account) in [
        ("find none", "ноутбуки", None),
        ("find 1 in 500", "участка 137", None),
        ("find all", "кооперативы", None),
        ("find those of one person", "кооперативы", Some(account(7)?)),
    ] {
        let query = WordQuery::new(words);
        let mut times = Vec::new();
        let mut found = 0;
        for _ in 0..ROUNDS {
            let begun = Instant::now();
            found = store.search_texts(&query, account)?.len();
            times.push(begun.elapsed());
        }
        times.sort_unstable();
        told(&format!("{what}: {found}"), times[ROUNDS / 2]);
    }
    database.execute_batch("UPDATE words SET sealed = NULL")?;
    let begun = Instant::now();
    store.complete_words()?;
    told("make all words of an earlier version", begun.elapsed());
    Ok(())
}

/// An account with its number in letters.
fn account(number: u32) -> Result<Name, NameError> {
    let letter = |place: u32| char::from(b'a' + (number / 26_u32.pow(place) % 26) as u8);
    let letters: String = (0..5).map(letter).collect();
    format!("person{letters}").parse()
}

fn told(what: &str, time: Duration) {
    println!("{:.2} ms to {what}", time.as_secs_f64() * 1_000.0);
}
