//! What holds after every action, whatever the actions were.

mod books;
mod electorate;
mod growth;
mod ram;
mod votes;
