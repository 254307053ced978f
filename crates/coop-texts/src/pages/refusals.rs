//! `docs/refusals.md`: every refusal in two languages, with what to do.

use std::fmt::Write;

use coop_model::refusal::{self, Message};

const HEAD: &str = "\
# Refusals · Отказы

Every reason for which an action of the three contracts fails: its code, the text that the chain \
tells, what it means and what to do. Programs go by codes, which never change their meaning. Made \
from `crates/coop-model/src/refusal` by `cargo run -p coop-texts -- write`; a client finds a message \
with `coop_model::refusal::find(text)`.

Все причины, по которым действие одного из трёх контрактов не проходит: код, текст из цепи, что он \
значит и что делать.
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
