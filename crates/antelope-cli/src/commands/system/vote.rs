//! `system voteproducer`: by a proxy, for a list, for one more, for one less.

use super::{SYSTEM, one};
use crate::commands::sending::Sending;
use crate::{Console, Failure, Fallible, Report, Session};
use antelope_rpc_client::TableQuery;
use antelope_types::{Name, name};
use clap::{Args, Subcommand};
use serde_json::{Value, json};

/// Vote for producers.
#[derive(Subcommand, Clone, Debug)]
pub enum Vote {
    /// Let a proxy vote
    Proxy(Box<Sending<ByProxy>>),
    /// Vote for these producers and no others
    Prods(Box<Sending<ForList>>),
    /// Vote for one more
    Approve(Box<Sending<ForOne>>),
    /// Vote for one less
    Unapprove(Box<Sending<ForOne>>),
}

/// A voter and the proxy.
#[derive(Args, Clone, Debug)]
pub struct ByProxy {
    /// Who votes
    pub voter: Name,
    /// By whom
    pub proxy: Name,
}

/// A voter and all its producers.
#[derive(Args, Clone, Debug)]
pub struct ForList {
    /// Who votes
    pub voter: Name,
    /// For whom
    #[arg(required = true)]
    pub producers: Vec<Name>,
}

/// A voter and one producer.
#[derive(Args, Clone, Debug)]
pub struct ForOne {
    /// Who votes
    pub voter: Name,
    /// For whom
    pub producer: Name,
}

pub(super) fn run(
    session: &Session,
    console: &mut Console<'_>,
    command: &Vote,
) -> Fallible<Report> {
    match command {
        Vote::Proxy(it) => {
            let ByProxy { voter, proxy } = it.given;
            let arguments = json!([voter, proxy, []]);
            let said = format!("{voter} votes by {proxy}");
            one(
                it,
                session,
                console,
                "voteproducer",
                voter,
                &arguments,
                said,
            )
        }
        Vote::Prods(it) => {
            let ForList { voter, producers } = &it.given;
            send(it, session, console, *voter, producers.clone())
        }
        Vote::Approve(it) => {
            let ForOne { voter, producer } = it.given;
            let mut producers = votes(session, voter)?;
            if producers.contains(&producer) {
                return Ok(nothing(format!("{voter} votes for {producer} already")));
            }
            producers.push(producer);
            send(it, session, console, voter, producers)
        }
        Vote::Unapprove(it) => {
            let ForOne { voter, producer } = it.given;
            let mut producers = votes(session, voter)?;
            if !producers.contains(&producer) {
                return Ok(nothing(format!("{voter} does not vote for {producer}")));
            }
            producers.retain(|it| *it != producer);
            send(it, session, console, voter, producers)
        }
    }
}

fn nothing(why: String) -> Report {
    Report::new(
        json!({ "executed": false }),
        format!("nothing to do: {why}"),
    )
}

fn send<T: Args>(
    it: &Sending<T>,
    session: &Session,
    console: &mut Console<'_>,
    voter: Name,
    mut producers: Vec<Name>,
) -> Fallible<Report> {
    // The contract wants them in order and each once.
    producers.sort();
    producers.dedup();
    let names: Vec<_> = producers.iter().map(ToString::to_string).collect();
    let said = match names.is_empty() {
        true => format!("{voter} votes for nobody"),
        false => format!("{voter} votes for {}", names.join(", ")),
    };
    let arguments = json!([voter, "", producers]);
    one(
        it,
        session,
        console,
        "voteproducer",
        voter,
        &arguments,
        said,
    )
}

/// For whom an account votes.
fn votes(session: &Session, voter: Name) -> Fallible<Vec<Name>> {
    let query = TableQuery::new(SYSTEM, SYSTEM, name!("voters")).exactly(voter);
    let rows = session.client.get_table_rows(&query)?.rows;
    let Some(row) = rows.first() else {
        let message = format!("{voter} has neither voted nor staked");
        return Err(
            Failure::not_found("voter.none", message).hint("stake first: system delegatebw")
        );
    };
    let producers = row["producers"].as_array().into_iter().flatten();
    let names = producers.filter_map(Value::as_str);
    Ok(names.filter_map(|it| it.parse().ok()).collect())
}
