//! The parts of a document, found by the marks that templates put around them.
//!
//! A template is rendered twice: as the text that is signed, and with marks instead of line breaks and
//! indents. So what is shown as html or PDF has the very words of the text. The marks are control
//! characters, which no inserted value has: `text::inline` removes them.

use crate::block::{Block, Field, Votes};

const OPEN: char = '\u{1}';
const NEXT: char = '\u{2}';
const CLOSE: char = '\u{3}';

/// What a filter of a template makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// A line in the middle.
    Centered,
    /// A paragraph.
    Paragraph,
    /// A text behind a label or a mark.
    Item,
    /// An item of a numbered list.
    Numbered,
    /// The line above the foot.
    Rule,
}

/// The tag of each part.
const TAGS: [(char, Part); 5] = [
    ('c', Part::Centered),
    ('p', Part::Paragraph),
    ('i', Part::Item),
    ('n', Part::Numbered),
    ('r', Part::Rule),
];

/// A part with its marks.
pub(crate) fn put(part: Part, label: &str, text: &str) -> String {
    let tag = TAGS.iter().find(|(_, known)| *known == part);
    let tag = tag.map_or('p', |(tag, _)| *tag);
    format!("{OPEN}{tag}{NEXT}{label}{NEXT}{text}{CLOSE}")
}

/// The parts of a document.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    /// The lines in the middle: the cooperative and the title.
    pub(crate) centered: Vec<String>,
    /// What stands between the title and the foot.
    pub(crate) body: Vec<Block>,
    /// What stands under the line.
    pub(crate) foot: Vec<Block>,
}

/// Reads what a template has given in the layout with marks.
pub(crate) fn read(marked: &str) -> Parts {
    let mut parts = Parts::default();
    let mut is_foot = false;
    let mut rest = marked;
    while !rest.is_empty() {
        // What stands between marks are lines of the template itself.
        let (bare, marked) = rest.split_at(rest.find(OPEN).unwrap_or(rest.len()));
        let blocks = match is_foot {
            true => &mut parts.foot,
            false => &mut parts.body,
        };
        bare_lines(bare, blocks);
        let Some((inner, after)) = marked
            .strip_prefix(OPEN)
            .and_then(|it| it.split_once(CLOSE))
        else {
            break;
        };
        // A full stop may follow a part in its line.
        let line = after.find(['\n', OPEN]).unwrap_or(after.len());
        let (tail, after) = after.split_at(line);
        rest = after;
        let mut fields = inner.splitn(3, NEXT);
        let tag = fields.next().unwrap_or_default();
        let label = one_line(fields.next().unwrap_or_default());
        let text = one_line(&format!("{}{tail}", fields.next().unwrap_or_default()));
        let part = TAGS.iter().find(|(known, _)| tag.starts_with(*known));
        match part.map(|(_, part)| *part) {
            Some(Part::Centered) => parts.centered.push(text),
            Some(Part::Rule) => is_foot = true,
            Some(Part::Numbered) => push_numbered(blocks, text),
            Some(Part::Item) => push_item(blocks, &label, text),
            Some(Part::Paragraph) | None => push_paragraph(blocks, text),
        }
    }
    parts
}

/// Lines of the template: what ends with a colon stands above what follows.
fn bare_lines(bare: &str, blocks: &mut Vec<Block>) {
    for line in bare.lines().map(one_line).filter(|line| !line.is_empty()) {
        match line.strip_suffix(':') {
            Some(text) => blocks.push(Block::Heading {
                text: text.to_owned(),
            }),
            None => blocks.push(Block::Paragraph { text: line }),
        }
    }
}

/// One line, its words held together as they are in the text. A no-break space stays.
fn one_line(text: &str) -> String {
    let words = text.split([' ', '\n', '\t', '\r']);
    words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn push_paragraph(blocks: &mut Vec<Block>, text: String) {
    if !text.is_empty() {
        blocks.push(Block::Paragraph { text });
    }
}

fn push_numbered(blocks: &mut Vec<Block>, text: String) {
    match blocks.last_mut() {
        Some(Block::Numbered { items }) => items.push(text),
        _ => blocks.push(Block::Numbered { items: vec![text] }),
    }
}

/// A side of a vote, a field or a text that stands apart, by its label.
fn push_item(blocks: &mut Vec<Block>, label: &str, text: String) {
    if let Some(choice) = label.strip_suffix('—') {
        let (count, names) = text.split_once(": ").unwrap_or((&text, ""));
        let row = Votes {
            choice: choice.trim().to_owned(),
            count: count.to_owned(),
            names: names.to_owned(),
        };
        match blocks.last_mut() {
            Some(Block::Votes { rows }) => rows.push(row),
            _ => blocks.push(Block::Votes { rows: vec![row] }),
        }
    } else if label.is_empty() {
        blocks.push(Block::Quote { text });
    } else {
        let field = Field {
            label: label.trim_end_matches(':').to_owned(),
            value: text,
        };
        match blocks.last_mut() {
            Some(Block::Fields { rows }) => rows.push(field),
            _ => blocks.push(Block::Fields { rows: vec![field] }),
        }
    }
}
