//! `cargo antelope deploy`: compares a contract with what an account has, and deploys it.
//!
//! 1. Build the contract.
//! 2. Make a [`Plan`]: hashes now and then, changes of the ABI, RAM needed and what it costs, who must
//!    sign, what the account lacks.
//! 3. Print it. If the account has this code and ABI already, or without `--execute`, this is the end.
//! 4. Refuse if a change of the ABI is breaking, unless `--accept-breaking`: exit code 8, since the
//!    comparison worked and its outcome is not acceptable.
//! 5. Send `setcode` and `setabi` in one transaction, or the one of them that is needed. Both take
//!    effect or neither, so that the chain never has new code with the old ABI.
//!
//! RAM is not bought and permissions are not changed: the plan says what to do first, and the chain
//! refuses without it.
//!
//! Exit codes: 0; 8 with `deploy.breaking`; 1 for a failed build, an account that does not exist
//! (`deploy.account`), missing keys, and a refusal by the chain.
//!
//! The data is the [`Plan`], and `executed` with the outcome.

use super::keys::push;
use super::plan::{Plan, deployed};
use crate::arguments::Deploy;
use crate::failure::Failure;
use crate::output::{CommandResult, Output};
use antelope_build::build_with;
use antelope_rpc_client::Client;
use antelope_types::{Checksum256, PermissionLevel};
use serde_json::{Value, json};
use std::fmt::Write;

/// Runs the command. `executed` in the result is null unless the transaction was sent; then it has the
/// transaction's id, or null for that where only the chain's state shows that it arrived.
pub(crate) fn run(arguments: &Deploy, output: &mut Output) -> CommandResult {
    let client = super::client(&arguments.node)?;
    let options = arguments.source.options(output.is_quiet());
    let artifact = build_with(&options, &mut |step| output.step(step))?;
    for warning in &artifact.warnings {
        output.warn(warning);
    }
    let permission = PermissionLevel::new(arguments.account, arguments.deploying.permission);
    let plan = Plan::make(&client, permission, &artifact)?;
    let text = describe(&plan, &client);
    let mut data = json!(plan);
    data["executed"] = Value::Null;
    if plan.actions().is_empty() {
        return Ok((data, format!("{text}\nnothing to do: the account has it")));
    }
    if !arguments.deploying.execute {
        return Ok((
            data,
            format!("{text}\nnothing was sent; --execute deploys it"),
        ));
    }
    if plan.breaking() > 0 && !arguments.deploying.accept_breaking {
        let message = format!("{} changes of the ABI are breaking", plan.breaking());
        let hint = "rows and actions of the old ABI will not be understood; \
                    --accept-breaking deploys all the same";
        return Err(Box::new(Failure {
            hint: Some(hint.to_owned()),
            ..Failure::mismatch("deploy.breaking", message, data, text)
        }));
    }
    output.say(&text);
    let transaction = execute(&client, arguments, &plan)?;
    data["executed"] = json!({ "transaction": transaction });
    let done = match transaction {
        Some(id) => format!("deployed by transaction {id}"),
        None => "deployed; the node's answer was lost, and the chain has it".to_owned(),
    };
    Ok((data, done))
}

/// Sends what is to be done in one transaction, and returns its id.
///
/// Where the answer is lost (`node`), the transaction may have arrived. The account is then read once
/// more: if it has the new code and ABI, the deployment has succeeded, without an id (`None`). If not,
/// the failure is reported, and nothing is sent again. The next run compares first, so that it repeats
/// only what is still missing.
fn execute(
    client: &Client,
    arguments: &Deploy,
    plan: &Plan,
) -> Result<Option<Checksum256>, Box<Failure>> {
    match push(client, &arguments.keys, &plan.actions()) {
        Ok(trace) => Ok(Some(trace.id)),
        Err(failure) if failure.code == "node" => {
            let (now, _) = deployed(client, plan.account)?;
            let is_there = now.code_hash == plan.new.code_hash && now.abi_hash == plan.new.abi_hash;
            if is_there { Ok(None) } else { Err(failure) }
        }
        Err(failure) => Err(failure),
    }
}

/// The plan for people: where it goes, and its [`lines`].
fn describe(plan: &Plan, client: &Client) -> String {
    let head = format!(
        "{} -> account {} on {}, chain {}",
        plan.package,
        plan.account,
        client.url(),
        short(plan.chain_id)
    );
    format!("{head}\n{}", lines(plan).trim_end())
}

/// A line for each subject, and under the ABI one for each change and for what would make it compatible.
/// Changes are left out where the account has no ABI yet.
pub(super) fn lines(plan: &Plan) -> String {
    let mut text = String::new();
    // Writing into a string cannot fail.
    let mut line = |title: &str, what: &str| {
        let _ = writeln!(text, "  {title:<11}  {what}");
    };
    // Nodes tell zero for no code, and the hash of nothing for no ABI.
    let hashes = |now: Checksum256, had: usize, new: Checksum256, bytes: usize| {
        let now = match had {
            0 => "none".to_owned(),
            _ => short(now),
        };
        format!("{now} -> {}  {bytes} bytes", short(new))
    };
    let same = |hash| format!("{}, as on the chain", short(hash));
    let (now, new) = (&plan.now, &plan.new);
    line(
        "code",
        &match plan.sets_code {
            true => hashes(now.code_hash, now.wasm_bytes, new.code_hash, new.wasm_bytes),
            false => same(new.code_hash),
        },
    );
    line(
        "ABI",
        &match plan.sets_abi {
            true => hashes(now.abi_hash, now.abi_bytes, new.abi_hash, new.abi_bytes),
            false => same(new.abi_hash),
        },
    );
    if now.abi_bytes > 0 {
        for change in &plan.abi_changes {
            line("", &change.to_string());
            if let Some(cure) = &change.cure {
                line("", &format!("            {cure}"));
            }
        }
    }
    let ram = &plan.ram;
    let free = ram.free.map_or_else(
        || "the account has no limit".to_owned(),
        |free| format!("the account has {free} free"),
    );
    let total = ram.total();
    line(
        "RAM",
        &format!(
            "{total:+} bytes (code {:+}, ABI {:+}); {free}",
            ram.code, ram.abi
        ),
    );
    if ram.to_buy > 0 {
        let price = match &ram.price {
            Some(price) => format!("{price} with the market's fee"),
            None => "no market on this chain tells a price".to_owned(),
        };
        line("to buy", &format!("{} bytes first: {price}", ram.to_buy));
    }
    let by = plan.authority.as_ref().map_or_else(
        || "which the account does not have".to_owned(),
        |auth| {
            let of = [auth.keys.as_slice(), auth.accounts.as_slice()].concat();
            format!("threshold {} of {}", auth.threshold, of.join(", "))
        },
    );
    line("permission", &format!("{}, {by}", plan.permission));
    for lack in &plan.lacks {
        line("lacks", lack);
    }
    text
}

/// Enough of a hash to tell it from others; `--json` has all of it.
pub(super) fn short(hash: Checksum256) -> String {
    let text = hash.to_string();
    text.chars().take(16).chain(['…']).collect()
}
