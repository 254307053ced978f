//! `registry search`: documents by the words of their titles, and of their texts where the store can be opened.

use super::index::{OpenIndex, SearchArgs, refused};
use crate::coop::desk::unreadable;
use crate::coop::private::{Master, failed};
use antelope_cli::{Console, Failure, Fallible, Report, Session};
use antelope_envelope::Message;
use coop_documents::is_blank;
use coop_index::{SearchFilter, SearchHit, Slice, TextHit, WordQuery};
use coop_language::{Messages, Words};
use serde_json::json;
use std::io::Read;

/// The most bytes that are read of words on standard input.
const MAX_LINE: u64 = 4 << 10;

/// Documents by their words.
pub(super) fn run(
    session: &Session,
    console: &mut Console<'_>,
    index: &mut OpenIndex,
    arguments: &SearchArgs,
) -> Fallible<Report> {
    let filter = SearchFilter {
        words: words(&index.messages, arguments)?,
        form: arguments.form,
        person: arguments.when.person,
        since: arguments.when.since,
        until: arguments.when.until,
    };
    let slice = Slice {
        count: arguments.count.into(),
        after: arguments.after.clone(),
    };
    let texts = texts(session, console, index, arguments, &filter)?;
    let hits = texts.as_deref().unwrap_or_default();
    let page = index
        .reader
        .search_with(index.coopname, &filter, hits, &slice);
    let page = page.map_err(refused)?;
    let messages = &index.messages;
    let mut lines: Vec<_> = page.entries.iter().map(|hit| line(messages, hit)).collect();
    let words = Words::of("found.total").with("total", page.total);
    lines.push(words.say(messages));
    if let Some(next) = &page.next {
        lines.push(Words::of("found.next").with("cursor", next).say(messages));
    }
    let documents = page.entries.iter().map(|hit| {
        json!({
            "hash": hit.hash,
            "registry_id": hit.registry_id,
            "username": hit.username,
            "title": hit.title,
            "at": hit.at,
            "is_title": hit.is_title,
            "is_text": hit.is_text,
            "weight": hit.weight,
            "question": hit.question,
        })
    });
    let data = json!({
        "documents": documents.collect::<Vec<_>>(),
        "total": page.total,
        "next": page.next,
        "has_texts": texts.is_some(),
    });
    Ok(Report::new(data, lines.join("\n")))
}

/// The words: of the command line, which other programs of the machine can list, or of standard input.
fn words(messages: &Messages, arguments: &SearchArgs) -> Fallible<String> {
    let words = match arguments.words == ["-"] {
        false => arguments.words.join(" "),
        true => {
            let mut bytes = Vec::new();
            let read = std::io::stdin().take(MAX_LINE).read_to_end(&mut bytes);
            read.map_err(|error| unreadable(messages, std::path::Path::new("-"), &error))?;
            String::from_utf8_lossy(&bytes).into_owned()
        }
    };
    match is_blank(&words) {
        true => {
            Err(Failure::usage(messages.text("input.blank")).expected(messages.text("input.text")))
        }
        false => Ok(words),
    }
}

/// The documents whose texts have the words; `None` where texts are not searched, and the reader is told why. Nobody is
/// asked for a passphrase: titles can be searched without it.
fn texts(
    session: &Session,
    console: &mut Console<'_>,
    index: &OpenIndex,
    arguments: &SearchArgs,
    filter: &SearchFilter,
) -> Fallible<Option<Vec<TextHit>>> {
    let messages = &index.messages;
    let source = &arguments.office.master;
    let missing = match () {
        () if !coop_private::has_store(&index.folder) => "found.no_store",
        () if source == "prompt" => "found.no_master",
        () => {
            let master = Master {
                session,
                messages,
                source,
            };
            let mut store = master.open(&index.folder, Some(index.coopname))?;
            let query = WordQuery::new(&filter.words);
            let hits = store.search_texts(&query, filter.person);
            return Ok(Some(hits.map_err(failed(messages))?));
        }
    };
    let words = Words::of(missing).with("folder", index.folder.display());
    console.warn(Message::new("search.titles", words.say(messages)));
    Ok(None)
}

fn line(messages: &Messages, hit: &SearchHit) -> String {
    let question = hit
        .question
        .map(|id| Words::of("found.question").with("id", id).say(messages));
    format!(
        "{}\n      {}  {}  {}\n      {}",
        hit.title,
        hit.username,
        hit.at,
        question.unwrap_or_default(),
        hit.hash
    )
}
