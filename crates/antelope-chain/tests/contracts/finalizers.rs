//! Contracts of the system that say who finalizes blocks, as those of Spring do.

use crate::shared::modules::module;
use antelope_chain::{Chain, ErrorKind, FeatureSet};
use antelope_types::{Action, Name, PermissionLevel, name};
use wasm_encoder::{Instruction as I, ValType};

const SYSTEM: Name = name!("system");

/// Proposes what its action's data are.
fn contract() -> Vec<u8> {
    let (long, int) = (ValType::I64, ValType::I32);
    let imports = [
        ("set_finalizers", &[long, int, int][..], &[][..]),
        ("read_action_data", &[int, int], &[int]),
        ("action_data_size", &[], &[int]),
    ];
    let apply = [
        I::I32Const(0),
        I::I32Const(0xffff),
        I::Call(1),
        I::Drop,
        I::I64Const(0),
        I::I32Const(0),
        I::Call(2),
        I::Call(0),
    ];
    module(&imports, &apply, &[])
}

fn propose(policy: &[u8]) -> Action {
    Action {
        account: SYSTEM,
        name: name!("propose"),
        authorization: vec![PermissionLevel::active(SYSTEM)],
        data: policy.to_vec(),
    }
}

#[test]
fn finalizers_are_proposed_where_the_feature_is_active() {
    let mut chain = Chain::builder()
        .account(SYSTEM)
        .privileged(SYSTEM)
        .build()
        .unwrap();
    chain.deploy(SYSTEM, &contract(), b"").unwrap();
    let none = [0; 9];
    let failure = chain.push([propose(&none)]).unwrap_err();
    assert_eq!(failure.error().message(), "Finalizers cannot be empty");
    // One of the weight 1, by the point at infinity.
    let mut policy = vec![1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 96];
    policy.resize(policy.len() + 96, 0);
    chain.push([propose(&policy)]).unwrap();
    let mut before = Chain::builder()
        .features(FeatureSet::LEAP_5)
        .account(SYSTEM)
        .privileged(SYSTEM)
        .build()
        .unwrap();
    let failure = before.deploy(SYSTEM, &contract(), b"").unwrap_err();
    assert!(failure.error().is(ErrorKind::WasmSerializationError));
    assert_eq!(
        failure.error().message(),
        "env.set_finalizers unresolveable"
    );
}
