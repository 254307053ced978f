//! Each specimen gets its verdict, and messages say where the reason lies.

use antelope_module::chain::{ModuleRules, ProtocolFeature};
use antelope_module::validate::{Reason, Refusals, validate_for};
use antelope_module::{FunctionNames, chain, validate};
use wasm_encoder::{EntityType, Instruction as I};

use test_support::zoo::{self, Source, Verdict};

fn specimen(name: &str) -> zoo::Specimen {
    zoo::all()
        .into_iter()
        .find(|specimen| specimen.name == name)
        .expect("the zoo has it")
}

fn refusals(wasm: &[u8]) -> Refusals {
    validate(wasm).expect_err("a node would refuse it")
}

#[test]
fn every_specimen_gets_its_verdict() {
    let mut wrong = Vec::new();
    for specimen in zoo::all() {
        let verdict = validate(&specimen.wasm);
        let fits = match (&verdict, specimen.verdict) {
            (Ok(_), Verdict::Accepted) => true,
            (Err(found), Verdict::Refused(code) | Verdict::Useless(code)) => {
                found.0.iter().any(|refusal| refusal.reason.code() == code)
            }
            _ => false,
        };
        if !fits {
            wrong.push(format!(
                "{}: {verdict:?}, expected {:?}",
                specimen.name, specimen.verdict
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn names_of_specimens_are_unique() {
    let mut names: Vec<_> = zoo::all()
        .into_iter()
        .map(|specimen| specimen.name)
        .collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn a_message_names_function_crate_and_byte() {
    let mut source = Source::applying([I::I32Const(1), I::I32Extend8S, I::Drop]);
    source.names = vec![(0, "_RNvNtCs8cm1uA0r81z_4core9panicking9panic_fmt")];
    let refusals = refusals(&source.encode());
    assert_eq!(
        refusals.to_string(),
        "instruction I32Extend8S: proposal sign_extension, expected WebAssembly MVP \
         (in core::panicking::panic_fmt, crate core, at byte 0x34)"
    );
}

#[test]
fn every_reason_is_collected() {
    let source = Source {
        imports: vec![("env", "print_l", EntityType::Function(2))],
        pages: Some(600),
        ..Source::applying([I::I32Const(1), I::I32Extend8S, I::Drop])
    };
    let codes: Vec<_> = refusals(&source.encode())
        .0
        .iter()
        .map(|refusal| refusal.reason.code())
        .collect();
    assert_eq!(
        codes,
        ["wasm.import.unknown", "wasm.limit", "wasm.post-mvp"]
    );
}

#[test]
fn a_misspelt_import_gets_a_suggestion() {
    let refusals = refusals(
        &Source {
            imports: vec![("env", "require_atuh", EntityType::Function(1))],
            ..Source::default()
        }
        .encode(),
    );
    assert_eq!(
        refusals.0[0].reason.hint().as_deref(),
        Some("did you mean require_auth?")
    );
}

#[test]
fn a_wrong_import_type_is_shown_beside_the_right_one() {
    let refusals = refusals(&specimen("import with a wrong type").wasm);
    assert_eq!(
        refusals.0[0].reason.to_string(),
        "import env.prints_l has type (i64, i64, i64) -> (), expected (i32, i32) -> ()"
    );
}

#[test]
fn a_host_function_needs_its_protocol_feature() {
    let mut source = Source {
        imports: vec![("env", "get_sender", EntityType::Function(3))],
        ..Source::default()
    };
    source
        .types
        .push((vec![], vec![wasm_encoder::ValType::I64]));
    let wasm = source.encode();
    let names = FunctionNames::default();

    let needs =
        validate_for(&wasm, &ModuleRules::current(), &names).expect("today's chains have it");
    assert_eq!(needs.imports, ["get_sender"]);
    assert!(needs.features.contains(&ProtocolFeature::GetSender));

    let refused =
        validate_for(&wasm, &ModuleRules::genesis(), &names).expect_err("a new chain has not");
    assert_eq!(
        refused.0[0].reason,
        Reason::ImportFeature {
            name: "get_sender".into(),
            feature: ProtocolFeature::GetSender
        }
    );
}

#[test]
fn every_host_function_is_accepted_with_its_own_type() {
    for known in chain::INTRINSICS {
        let mut source = Source {
            imports: vec![("env", known.name, EntityType::Function(3))],
            ..Source::default()
        };
        let encoded = |ty| match ty {
            chain::ValueType::I32 => wasm_encoder::ValType::I32,
            chain::ValueType::I64 => wasm_encoder::ValType::I64,
            chain::ValueType::F32 => wasm_encoder::ValType::F32,
            chain::ValueType::F64 => wasm_encoder::ValType::F64,
        };
        source.types.push((
            known.params().map(encoded).collect(),
            known.result().map(encoded).into_iter().collect(),
        ));
        assert_eq!(
            validate(&source.encode()).map(|needs| needs.imports),
            Ok(vec![known.name])
        );
    }
}

#[test]
fn old_chains_have_tighter_limits() {
    let wasm = Source {
        data: vec![(0, vec![1; 8192])],
        ..Source::default()
    }
    .encode();
    let names = FunctionNames::default();
    assert!(validate_for(&wasm, &ModuleRules::current(), &names).is_ok());
    assert!(validate_for(&wasm, &ModuleRules::genesis(), &names).is_err());
}
