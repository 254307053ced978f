//! The validator's verdicts are those of `setcode`.

use antelope_build::validate;
use antelope_rpc_client::{ClientError, native};
use antelope_types::{Action, Name, PermissionLevel, name};
use veche_tests::{nodeos, random_name, reference};

use test_support::zoo::{self, Verdict};

/// What a node does with a module: takes it, runs it.
#[derive(Debug)]
struct Trial {
    set: Result<(), String>,
    run: Option<Result<(), String>>,
}

fn words(error: &ClientError) -> String {
    let details = error.refusal().map(|refusal| format!("{refusal:?}"));
    details.unwrap_or_else(|| error.to_string())
}

fn trial(account: Name, wasm: &[u8]) -> Trial {
    let node = nodeos();
    let push = |action: Action| match node.client().push(&[action], &[node.key()]) {
        Ok(_) => Ok(()),
        Err(error) if error.chain().is_some() => Err(words(&error)),
        Err(error) => panic!("the node did not answer: {error}"),
    };
    let set = push(native::set_code(account, wasm));
    let run = set.is_ok().then(|| {
        push(Action {
            account,
            name: name!("anything"),
            authorization: vec![PermissionLevel::active(account)],
            data: Vec::new(),
        })
    });
    Trial { set, run }
}

#[test]
fn a_real_node_agrees_with_every_verdict() {
    let account = random_name();
    nodeos()
        .create_contract_account(account)
        .expect("an account");
    let mut wrong = Vec::new();
    for specimen in zoo::all() {
        let trial = trial(account, &specimen.wasm);
        let agrees = match specimen.verdict {
            Verdict::Accepted => trial.set.is_ok() && matches!(trial.run, Some(Ok(()))),
            Verdict::Refused(_) => trial.set.is_err(),
            Verdict::Useless(_) => trial.set.is_ok() && matches!(trial.run, Some(Err(_))),
        };
        if !agrees {
            wrong.push(format!(
                "{}: {:?}, the node: {trial:?}",
                specimen.name, specimen.verdict
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn contracts_of_other_compilers_pass() {
    for name in [
        "eosio.bios",
        "eosio.msig",
        "eosio.system",
        "eosio.token",
        "eosio.wrap",
    ] {
        let verdict = validate(&reference(name).wasm);
        assert!(verdict.is_ok(), "{name}: {verdict:?}");
    }
}
