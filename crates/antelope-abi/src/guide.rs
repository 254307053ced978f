//! What the two sides of the conversion look like. There is no code here, only documentation.
//!
//! | page | answers |
//! |---|---|
//! | [`layout`] | which bytes a value has, type by type |
//! | [`json`] | which JSON a value is shown as, and which JSON is read |
//! | [`nodes`] | where the careful functions and those that end in `_as_node` differ |
//! | [`definitions`] | what makes an ABI usable, and how a node names what does not |
//! | [`limits`] | how much is read and written at most, and what that costs |
//!
//! Everything was compared with Leap 4.1 and is checked against a running node by the tests in
//! `tests/codec`: 31 built-in types in five shapes, both ways, with random values; and random ABIs,
//! a part of them faulty. File names are those of the Leap and Spring repositories.

pub mod definitions;
pub mod json;
pub mod layout;
pub mod limits;
pub mod nodes;
