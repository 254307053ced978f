//! `docs/refusals.md`: every refusal in two languages, with what to do.

use coop_model::refusal::{self, Message};
use std::fmt::Write;

const HEAD: &str = "\
# Refusals · Отказы

This page lists every reason why an action of the three contracts can fail: its code, the text on the \
chain, its meaning and what to do. Programs should use the codes, whose meaning never changes. The page \
is generated from `crates/coop-model/src/refusal` by `cargo run -p coop-texts -- write`; a client finds \
a message with `coop_model::refusal::find(text)`.

Здесь перечислены все причины, по которым контракт может отклонить действие: код, текст в блокчейне, его \
значение и порядок действий.
";

/// The page.
pub(super) fn render() -> String {
    let mut page = String::from(HEAD);
    let mut subject = "";
    for message in refusal::all() {
        if message.subject != subject {
            subject = message.subject;
            let about = message.about.trim_end_matches('.');
            let _ = write!(
                page,
                "\n## `{subject}`\n\n{about}.\n\n\
                 | code | on chain | по-русски | what to do | что делать |\n\
                 |---|---|---|---|---|\n"
            );
        }
        row(&mut page, message);
    }
    page
}

fn row(page: &mut String, message: &Message) {
    let Message {
        refusal,
        ru,
        do_en,
        do_ru,
        ..
    } = message;
    let _ = writeln!(
        page,
        "| {} | {} | {ru} | {do_en} | {do_ru} |",
        refusal.code, refusal.text
    );
}
