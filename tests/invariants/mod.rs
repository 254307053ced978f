//! What holds after every action, whatever the actions were.

mod books;
mod electorate;
mod growth;
pub(crate) mod ram;
mod votes;
