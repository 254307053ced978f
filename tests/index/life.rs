//! A life of the sample cooperative that a real node can execute anew: questions that are carried out, declined
//! and forgotten.

use antelope_chain::api::{Api, Production};
use antelope_chain::{Chain, DEVELOPMENT_KEY, Genesis, wasm};
use antelope_node::{Operator, find_program};
use antelope_rpc_client::native;
use antelope_types::{Feature, FeatureSet, Name, PermissionLevel, TimePoint, name};
use coop_client::{Contracts, Cooperative};
use coop_demo::{SampleOptions, found_sample};
use coop_keeper::{Keeper, KeeperOptions};
use std::path::PathBuf;

/// The cooperative of the sample.
pub(super) const COOP: Name = name!("zarechyekoop");

/// Longer than a question may be voted on, in seconds.
const LONG: i64 = 50 * 3600;

/// A chain that records, and that a real node can execute anew: its features were activated by blocks. `None` where
/// there is no node on this machine, whose contracts that takes.
pub(super) fn replayable() -> Option<Api> {
    if find_program("nodeos").is_err() {
        eprintln!("SKIPPED: the index beside a real node: there is none on this machine");
        return None;
    }
    let genesis = Genesis {
        features: FeatureSet::NONE,
        ..Genesis::default()
    };
    let mut chain =
        Chain::start(genesis, wasm::Engine::shared().expect("an engine")).expect("a chain");
    chain.set_producer_key(DEVELOPMENT_KEY);
    chain.record_history();
    let api = Api::new(chain, Production::PerTransaction);
    let begin: TimePoint = "2026-01-20T07:00:00".parse().expect("a time");
    api.jump_to(begin).expect("blocks");
    activate(&api);
    Some(api)
}

/// The same after the life.
pub(super) fn lived() -> Option<Api> {
    let api = replayable()?;
    let papers = tempfile::tempdir().expect("a folder");
    let options = SampleOptions {
        workspace: PathBuf::from("."),
        contracts: Some(contracts()),
        documents: papers.path().to_owned(),
    };
    let sample = found_sample(&api, &DEVELOPMENT_KEY, &options, &mut std::io::sink());
    sample.unwrap_or_else(|e| panic!("{e}"));
    // Nobody votes on the questions of the sample, and a keeper takes them off the agenda.
    let later = TimePoint::from_micros(api.now().micros() + LONG * 1_000_000);
    api.jump_to(later).expect("blocks");
    let options = KeeperOptions {
        level: PermissionLevel::active(name!("eosio")),
        cooperatives: Vec::new(),
        most: 200,
    };
    let key = DEVELOPMENT_KEY;
    let mut keeper = Keeper::new(api.client(), registry(&api), options, &key);
    assert!(!keeper.round().expect("a round").done.is_empty());
    for _ in 0..2 {
        api.with(Chain::produce_block).expect("a block");
    }
    Some(api)
}

/// The contracts as they were built for the tests.
fn contracts() -> PathBuf {
    for package in ["registrator", "soviet", "gateway"] {
        veche_tests::built(package);
    }
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/antelope")
}

/// The contracts of the sample.
pub(super) fn registry(api: &Api) -> Contracts {
    Contracts::read(&api.client(), name!("soviet")).expect("the configuration")
}

/// What the tables of the chain say of the cooperative.
pub(super) fn cooperative(api: &Api) -> Cooperative {
    Cooperative::new(api.client(), registry(api), COOP)
}

/// Activates the features of Leap 4 in the way of public chains: one by the producer, which lets `eosio.bios`
/// activate the others, each after those that it depends on.
fn activate(api: &Api) {
    let first = Feature::PREACTIVATE_FEATURE;
    api.with(|chain| chain.activate_features(&[first]))
        .expect("a feature");
    api.with(Chain::produce_block).expect("a block");
    let operator = Operator::new(api.client(), DEVELOPMENT_KEY);
    operator.set_bios().unwrap_or_else(|e| panic!("{e}"));
    let mut left: Vec<_> = FeatureSet::LEAP_4
        .iter()
        .filter(|it| *it != first)
        .collect();
    while !left.is_empty() {
        let waits = |it: &Feature| it.depends_on().iter().any(|needed| left.contains(&needed));
        let (waiting, ready): (Vec<_>, Vec<_>) = left.iter().copied().partition(waits);
        let actions: Vec<_> = ready.iter().map(|it| native::activate(it.digest)).collect();
        let pushed = operator.client().push(&actions, &[operator.key()]);
        pushed.unwrap_or_else(|e| panic!("{e}"));
        left = waiting;
    }
    api.with(Chain::produce_block).expect("a block");
}
