//! The parts that documents are made of.

use serde::Serialize;

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "block", rename_all = "snake_case")]
pub enum Block {
    /// A line above what it is the heading of.
    Heading {
        /// The line, without its colon.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// The text, one line.
        text: String,
    },
    /// What was proposed or decided, in somebody's words.
    Quote {
        /// The text, one line.
        text: String,
    },
    /// Labels with values.
    Fields {
        /// One of each line.
        rows: Vec<Field>,
    },
    /// A list with numbers from 1.
    Numbered {
        /// The items.
        items: Vec<String>,
    },
    /// How the voices of a vote are divided.
    Votes {
        /// One of each choice.
        rows: Vec<Votes>,
    },
}

/// A label with a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Field {
    /// The label, without its colon.
    pub label: String,
    /// The value, one line.
    pub value: String,
}

/// Who made one choice in a vote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Votes {
    /// What they did: `за`, `for`.
    pub choice: String,
    /// How many, and of all seats in percent: `3 (60 %)`.
    pub count: String,
    /// Their short names; empty when there is nobody.
    pub names: String,
}
