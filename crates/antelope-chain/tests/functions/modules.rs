//! Modules of all sorts, good and spoilt: what one takes the other takes, and they end alike.

use crate::shared::generate;
use crate::shared::mutate::mutate;
use crate::shared::random::Random;
use crate::twin::{Context, Twin};
use antelope_chain::Chain;
use antelope_rpc_client::native;
use antelope_types::{Action, Name, PermissionLevel, name};
use serde_json::Value;

const ACCOUNT: Name = name!("modules");

/// How many modules.
const COUNT: u64 = 600;

/// What a module may execute to be compared: a node measures by the clock, and some do not end.
const MICROS: u64 = 5000;

pub fn run(twin: &mut Twin) {
    twin.within(Context::Ordinary);
    twin.both.accounts(&[ACCOUNT]);
    let mut taken = 0;
    for seed in 0..COUNT {
        let mut random = Random::new(seed);
        let length = 500 + random.below(4000);
        let source = random.bytes(length);
        let Some(mut module) = generate::module(&source) else {
            continue;
        };
        if seed % 3 == 0 {
            mutate(&mut random, &mut module);
        }
        let set_code = native::set_code(ACCOUNT, &module);
        let ends = ends(twin.both.chain.clone(), &set_code);
        let what = format!("module {seed}");
        let refused = twin.both.outcomes(&[set_code]).map(without_words);
        twin.both.judge(&what, &refused[0], &refused[1]);
        if ends && refused[0]["except"].is_null() {
            taken += 1;
            twin.both.push(&format!("{what} runs"), &[action()]);
        }
    }
    assert!(
        taken > 20,
        "{taken} modules were taken: too few to tell anything"
    );
}

/// Whether what the module does is done soon.
fn ends(mut chain: Chain, set_code: &Action) -> bool {
    if chain.push(std::slice::from_ref(set_code)).is_err() {
        return false;
    }
    let cost = match chain.push(&[action()]) {
        Ok(trace) => trace.cost,
        Err(failure) => failure.trace().unwrap().cost,
    };
    cost.micros() < MICROS
}

fn action() -> Action {
    Action {
        account: ACCOUNT,
        name: name!("run"),
        authorization: vec![PermissionLevel::active(ACCOUNT)],
        data: Vec::new(),
    }
}

/// What is wrong with a module is told in other words.
fn without_words(mut outcome: Value) -> Value {
    outcome.pointer_mut("/except/stack").map(Value::take);
    for action in outcome["actions"].as_array_mut().into_iter().flatten() {
        action.pointer_mut("/except/stack").map(Value::take);
    }
    outcome
}
