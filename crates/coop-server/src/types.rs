//! The types of the schema, with the names and fields that clients know.
//!
//! Fields have the names of the wire, in snake case. Where the chain does not tell a field, it is nullable here.

pub(crate) mod account;
pub(crate) mod action;
pub(crate) mod agenda;
pub(crate) mod aggregate;
pub(crate) mod decision;
pub(crate) mod document;
pub(crate) mod generate;
pub(crate) mod joint;
pub(crate) mod meeting;
pub(crate) mod package;
pub(crate) mod payment;
pub(crate) mod person;
pub(crate) mod records;
pub(crate) mod register;
pub(crate) mod scalar;
pub(crate) mod signed;
pub(crate) mod statement;
pub(crate) mod submit;
pub(crate) mod tokens;
