//! `cargo antelope rollout`: brings accounts to what a deployment file says, and sends only what is
//! missing.
//!
//! 1. Open the network and compare its chain id. Build the contracts.
//! 2. Compare: code, ABI, RAM, the permission `eosio.code`, rows that show which actions have run.
//! 3. If nothing differs, this is the end. Otherwise, pack what is to be done into transactions, let the
//!    node compute the first one, and look whether its payer can afford it. Without `--execute`, print
//!    that and end.
//! 4. Refuse breaking changes of an ABI without `--accept-breaking`, and sources that are not those of
//!    their commit on a production chain without `--accept-dirty`.
//! 5. Send one transaction after the other, each once its predecessor is in a block, by `antelope-cli`:
//!    it signs, keeps what it sends until the outcome is known, and settles that first when it is run
//!    again. Stop at the first failure.
//! 6. Compare again. What then still differs is a failure.
//!
//! **Resuming.** The chain's state says what is left. Each transaction takes effect as a whole, and none
//! can take effect twice: the same code or an `init` is refused the second time, and with it the RAM
//! that is bought beside it.
//!
//! With `--propose`, the proposer buys the RAM at once, and the rest becomes one proposal of
//! `eosio.msig`. A proposal of this name with the same content is left as it is.
//!
//! | code of a failure | exit | |
//! |---|---|---|
//! | `rollout.file`, `rollout.value` | 1 | the deployment file |
//! | `rollout.tokens`, `rollout.ram`, `rollout.cpu`, `rollout.net` | 6 | what is missing; the hint has a command |
//! | `deploy.breaking`, `rollout.dirty`, `rollout.differs`, `rollout.proposal` | 8 | nothing was sent |
//! | `rollout.left` | 8 | the transactions succeeded and something still differs |
//!
//! and those of `antelope-cli`, with its exit codes.
//!
//! | module | |
//! |---|---|
//! | `file`, `values` | the deployment file |
//! | `survey`, `steps` | what the accounts have and lack |
//! | `batch` | transactions of it |
//! | `shortage`, `rent` | what they cost, and what to do where the payer cannot afford them |
//! | `proposal` | a proposal in their place |
//! | `way` | signs and sends |
//! | `describe` | all of it as text and as data |

mod batch;
mod describe;
mod file;
mod proposal;
mod rent;
mod shortage;
mod steps;
mod survey;
mod values;
mod way;

use crate::arguments::Rollout;
use crate::failure::Failure;
use crate::output::{CommandResult, Output};
use antelope_build::build_with;
use antelope_cli::Session;
use antelope_cli::options::Options;
use antelope_cli::transact::Intent;
use antelope_types::Checksum256;
use batch::{Batch, batches, groups, limit};
use file::Deployment;
use serde_json::{Value, json};
use shortage::{Asking, Cost};
use std::thread::sleep;
use std::time::{Duration, Instant};
use survey::{Built, Survey};
use way::{send, send_options};

/// Transactions, with what they cost where the node has computed it.
type Priced = Vec<(Batch, Option<Cost>)>;

/// How long the outcome is waited for: a node answers from its newest block.
const PATIENCE: Duration = Duration::from_secs(20);

/// Runs the command.
pub(crate) fn run(arguments: &Rollout, output: &mut Output) -> CommandResult {
    let path = arguments.file.clone();
    let path = path.unwrap_or_else(|| arguments.project.folder.join("deploy.toml"));
    let file = Deployment::read(&path, &arguments.only)?;
    let session = Session::open(&options(arguments, output))?;
    let chain_id = session.chain_id()?;
    let client = &session.client;
    let built = build(arguments, &file, output)?;
    let mut survey = Survey::make(client, arguments, &file, &built)?;
    if survey.is_done() {
        let text = describe::text(&session, chain_id, &survey, &[]);
        let data = describe::data(&session, chain_id, &survey, &[]);
        return Ok((
            data,
            format!("{text}\n\nnothing to do: the chain has it all"),
        ));
    }
    let asking = Asking::new(client, survey.core, arguments);
    let limit = limit(client)?;
    let (mut bought, rest) = groups(client, arguments, &survey)?;
    let mut proposed = None;
    let all = match arguments.propose {
        None => batches(arguments, bought, rest, limit),
        Some(_) => {
            let proposal = proposal::Proposal::new(client, arguments, rest, limit)?;
            if proposal.buys_for_itself(client, &mut survey)? {
                bought = groups(client, arguments, &survey)?.0;
            }
            proposed = Some(proposal);
            batches(arguments, bought, Vec::new(), limit)
        }
    };
    let (priced, problem) = priced(arguments, &asking, &survey, all);
    let mut shown = describe::text(&session, chain_id, &survey, &priced);
    let mut data = describe::data(&session, chain_id, &survey, &priced);
    if let Some(proposal) = &proposed {
        shown = format!("{shown}\n\n{}", proposal.text());
    }
    if let Some(problem) = problem {
        return Err(with(*problem, data, shown));
    }
    if !arguments.deploying.execute {
        return Ok((
            data,
            format!("{shown}\n\nnothing was sent; --execute does it"),
        ));
    }
    may_go(arguments, &session, &survey)
        .map_err(|refused| with(*refused, data.clone(), shown.clone()))?;
    output.say(&shown);
    let ids = send_all(arguments, &session, output, &asking, priced)?;
    data["executed"] = json!(ids);
    if let Some(proposal) = proposed {
        let (value, text) = proposal.send(arguments, &session, output)?;
        data["proposal"] = value;
        return Ok((data, text));
    }
    let survey = verified(&session, arguments, &file, &built)?;
    data["contracts"] = describe::data(&session, chain_id, &survey, &[])["contracts"].take();
    data["is_done"] = true.into();
    Ok((data, outcome(&asking, &survey, &ids)))
}

/// The options of the command line that the session shares with `veche`.
fn options(arguments: &Rollout, output: &Output) -> Options {
    Options {
        urls: arguments.urls.clone(),
        network: arguments.network.clone(),
        quiet: output.is_quiet(),
        yes: arguments.yes,
        config: arguments.config.clone(),
        timeout: 60,
        ..Options::default()
    }
}

/// Builds the contracts that are wanted.
fn build(
    arguments: &Rollout,
    file: &Deployment,
    output: &mut Output,
) -> Result<Vec<Built>, Box<Failure>> {
    let mut built = Vec::new();
    for contract in &file.contracts {
        if !arguments.only.is_empty() && !arguments.only.contains(&contract.package) {
            continue;
        }
        let mut options = arguments.project.options().package(&contract.package);
        options.features.clone_from(&contract.features);
        options.show_cargo = !output.is_quiet();
        let artifact = build_with(&options, &mut |step| output.step(step))?;
        for warning in &artifact.warnings {
            output.warn(warning);
        }
        built.push(Built {
            account: contract.account(&arguments.accounts)?,
            spare_ram: contract.spare_ram,
            artifact,
        });
    }
    Ok(built)
}

/// The transactions with what they cost, and what is missing for the first. The node can compute only
/// that: the others build on it.
fn priced(
    arguments: &Rollout,
    asking: &Asking<'_>,
    survey: &Survey,
    batches: Vec<Batch>,
) -> (Priced, Option<Box<Failure>>) {
    let affords = match arguments.no_buy {
        true => asking.ram(survey),
        false => asking.tokens(survey),
    };
    let mut problem = affords.err();
    let mut priced = Priced::new();
    for batch in batches {
        let mut cost = None;
        if priced.is_empty() && problem.is_none() {
            match asking.cost(&batch) {
                Ok(found) => cost = Some(found),
                Err(failure) => problem = Some(failure),
            }
        }
        priced.push((batch, cost));
    }
    (priced, problem)
}

/// A failure with what was found all the same.
fn with(failure: Failure, data: Value, text: String) -> Box<Failure> {
    Box::new(Failure {
        result: Some((data, text)),
        ..failure
    })
}

/// Whether caution has nothing against it.
///
/// # Errors
/// `deploy.breaking`, `rollout.dirty`.
fn may_go(arguments: &Rollout, session: &Session, survey: &Survey) -> Result<(), Box<Failure>> {
    let refused = |code: &str, message: String, hint: &str| {
        Box::new(Failure {
            hint: Some(hint.to_owned()),
            ..Failure::mismatch(code, message, Value::Null, String::new())
        })
    };
    let breaking = survey.breaking();
    if breaking > 0 && !arguments.deploying.accept_breaking {
        let message = format!("{breaking} changes of ABIs are breaking");
        let hint = "rows and actions of the old ABI will not be understood; \
                    --accept-breaking deploys all the same";
        return Err(refused("deploy.breaking", message, hint));
    }
    let mut parts = survey.parts.iter();
    let dirty = parts.find(|it| it.info.commit.is_none() || it.info.dirty == Some(true));
    if let Some(part) = dirty.filter(|_| !arguments.accept_dirty)
        && session.is_production()?
    {
        let message = format!("{} was not built from a commit as it is", part.plan.package);
        let hint =
            "nobody could build this code again: commit first; --accept-dirty deploys it anyway";
        return Err(refused("rollout.dirty", message, hint));
    }
    Ok(())
}

/// Sends the transactions, and returns their ids.
fn send_all(
    arguments: &Rollout,
    session: &Session,
    output: &mut Output,
    asking: &Asking<'_>,
    priced: Priced,
) -> Result<Vec<Value>, Box<Failure>> {
    let mut ids = Vec::new();
    let number = priced.len();
    for (i, (batch, cost)) in priced.into_iter().enumerate() {
        if cost.is_none() {
            asking.cost(&batch)?;
        }
        output.say(&format!(
            "transaction {} of {number}: {}",
            i + 1,
            batch.words.join("; ")
        ));
        let intent = Intent::new(batch.words.join("; "), batch.actions.clone());
        let report = send(session, output, &send_options(arguments), &intent);
        let report = report.map_err(|failure| asking.explained(&batch, failure))?;
        ids.push(report["transaction_id"].clone());
    }
    Ok(ids)
}

/// Reads everything back, until the node's newest block has it.
///
/// # Errors
/// `rollout.left` where something still differs.
fn verified(
    session: &Session,
    arguments: &Rollout,
    file: &Deployment,
    built: &[Built],
) -> Result<Survey, Box<Failure>> {
    let start = Instant::now();
    loop {
        let survey = Survey::make(&session.client, arguments, file, built)?;
        if survey.is_done() {
            return Ok(survey);
        }
        if start.elapsed() > PATIENCE {
            let chain_id: Checksum256 = session.chain_id()?;
            let text = describe::text(session, chain_id, &survey, &[]);
            let data = describe::data(session, chain_id, &survey, &[]);
            let message = "all transactions succeeded, and something still differs".to_owned();
            let hint = "run it again: it sends only what is missing".to_owned();
            return Err(Box::new(Failure {
                hint: Some(hint),
                ..Failure::mismatch("rollout.left", message, data, text)
            }));
        }
        sleep(Duration::from_millis(500));
    }
}

/// What is there now, and how anyone can check it.
fn outcome(asking: &Asking<'_>, survey: &Survey, ids: &[Value]) -> String {
    let mut lines = Vec::new();
    for id in ids {
        lines.push(format!("transaction {}", values::plain(id)));
    }
    for part in &survey.parts {
        let (account, hash) = (part.plan.account, part.plan.now.code_hash);
        lines.push(format!("{account} has code {hash}"));
    }
    if let Some(part) = survey.parts.first() {
        lines.push(format!("built by {}", describe::made_by(&part.info)));
    }
    lines.push("read back: code, ABIs, permissions and rows are as the file says".to_owned());
    lines.push("to check it from a checkout of that commit:".to_owned());
    for part in &survey.parts {
        lines.push(format!(
            "  cargo antelope verify {} -p {} --url {}",
            part.plan.account,
            part.plan.package,
            asking.client.url()
        ));
    }
    lines.join("\n")
}
