//! What host functions take of the machine beside what they are counted: no transaction may take
//! much longer than its cost promises.
//!
//! Each function is called in a loop until the transaction has cost as much as it may, with short
//! and with long arguments, and the processor's time for it is compared with the time that the cost
//! stands for. It is a measurement, so it runs only by hand, on an idle machine:
//! `WEIGHTS=1 cargo test --workspace --test hostile -- weights --ignored --nocapture` prints the table.

use antelope_chain::{Chain, Cost, Genesis, wasm};
use antelope_intrinsics::{Context, INTRINSICS, Intrinsic, Type, ValueType, intrinsic};
use antelope_rpc_client::native;
use antelope_types::{Action, Name, PermissionLevel, name};
use std::sync::Arc;
use std::time::Duration;
use wasm_encoder::{
    BlockType, CodeSection, EntityType, ExportKind, ExportSection, Function, FunctionSection,
    ImportSection, Instruction as I, MemorySection, MemoryType, Module, TypeSection, ValType,
};

pub const ACCOUNT: Name = name!("weights");

/// What one transaction may execute here.
const MICROS: u32 = 12_000;

/// Bytes of the arguments that are slices.
const SIZES: [u32; 4] = [16, 256, 64 << 10, 8 << 20];

/// Bytes of a page of memory. The first is for single values.
const PAGE: u32 = 64 << 10;

/// Where the slice with this number lies, where each may have so many bytes.
fn place(slice: u32, size: u32) -> i32 {
    (PAGE + slice * (size.next_multiple_of(PAGE) + PAGE)) as i32
}

fn chain() -> Chain {
    let mut genesis = Genesis::default();
    genesis.initial_configuration.max_transaction_cpu_usage = MICROS;
    let engine = wasm::Engine::keeping_modules_in(None).unwrap();
    let builder = Chain::builder().genesis(genesis).executor(Arc::new(engine));
    let builder = builder.account(ACCOUNT).privileged(ACCOUNT);
    builder.build().unwrap()
}

fn val(kind: ValueType) -> ValType {
    match kind {
        ValueType::I32 => ValType::I32,
        ValueType::I64 => ValType::I64,
        ValueType::F32 => ValType::F32,
        ValueType::F64 => ValType::F64,
    }
}

/// The arguments of a call, as long as they may be.
fn arguments(function: &Intrinsic, size: u32) -> Vec<I<'static>> {
    let mut out = Vec::new();
    let (mut slices, mut ones) = (0, 1);
    for parameter in function.parameters {
        match parameter.kind {
            Type::Number("name", _) => out.push(I::I64Const(ACCOUNT.raw() as i64)),
            Type::Number(_, ValueType::I64) if parameter.name == "scope" => {
                out.push(I::I64Const(ACCOUNT.raw() as i64));
            }
            Type::Number(_, ValueType::I64) => out.push(I::I64Const(1)),
            Type::Number(_, ValueType::F32) => out.push(I::F32Const(1.5e30.into())),
            Type::Number(_, ValueType::F64) => out.push(I::F64Const(1.5e300.into())),
            Type::Number("bool", _) => out.push(I::I32Const(1)),
            Type::Number(_, _) if parameter.name == "length" => out.push(I::I32Const(size as i32)),
            Type::Number(_, _) if parameter.name == "iterator" => out.push(I::I32Const(0)),
            Type::Number(_, _) => out.push(I::I32Const(1)),
            Type::Wide("f128") => {
                out.extend([I::I64Const(0x1234_5678_9abc), I::I64Const(0x3f12 << 48)]);
            }
            Type::Wide(_) => out.extend([I::I64Const(-3), I::I64Const(0x1234_5678_9abc)]),
            Type::One { .. } => {
                out.push(I::I32Const(ones * 1024));
                ones += 1;
            }
            Type::Many { item, .. } => {
                // Keys of 256 bits are two words, whatever else there is room for.
                let count = if item.name == "u128" {
                    2
                } else {
                    size / item.size
                };
                out.extend([I::I32Const(place(slices, size)), I::I32Const(count as i32)]);
                slices += 1;
            }
            Type::Address { .. } => {
                out.push(I::I32Const(place(slices, size)));
                slices += 1;
            }
            // All that is filled, up to the zero at its end.
            Type::Text => out.push(I::I32Const(place(3, size) - size as i32)),
        }
    }
    out
}

/// What a case calls before its loop, and which instructions the loop repeats.
pub struct Case {
    pub what: String,
    pub size: u32,
    pub imports: Vec<&'static str>,
    pub before: Vec<I<'static>>,
    pub each: Vec<I<'static>>,
}

/// A module that prepares and then repeats without end, with memory for four slices.
pub fn module(case: &Case) -> Vec<u8> {
    let imports: Vec<_> = case
        .imports
        .iter()
        .map(|name| intrinsic(name).unwrap())
        .collect();
    let mut types = TypeSection::new();
    types.ty().function([ValType::I64; 3], []);
    let mut import = ImportSection::new();
    for (index, function) in imports.iter().enumerate() {
        let params: Vec<_> = function.params().map(val).collect();
        types.ty().function(params, function.result().map(val));
        import.import("env", function.name, EntityType::Function(index as u32 + 1));
    }
    let mut functions = FunctionSection::new();
    functions.function(0);
    let mut memories = MemorySection::new();
    memories.memory(MemoryType {
        minimum: u64::from(place(4, case.size) as u32 / PAGE),
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    let mut exports = ExportSection::new();
    exports.export("apply", ExportKind::Func, imports.len() as u32);
    let mut body = Function::new([]);
    for instruction in &case.before {
        body.instruction(instruction);
    }
    body.instruction(&I::Loop(BlockType::Empty));
    for instruction in &case.each {
        body.instruction(instruction);
    }
    body.instruction(&I::Br(0))
        .instruction(&I::End)
        .instruction(&I::End);
    let mut code = CodeSection::new();
    code.function(&body);
    let mut module = Module::new();
    module
        .section(&types)
        .section(&import)
        .section(&functions)
        .section(&memories)
        .section(&exports)
        .section(&code);
    module.finish()
}

/// The functions that the preparation of every case may call.
const HELPERS: [&str; 2] = ["memset", "db_store_i64"];

fn helpers(size: u32) -> Vec<I<'static>> {
    let filled = place(3, size);
    let account = I::I64Const(ACCOUNT.raw() as i64);
    vec![
        // Ones, with a zero behind.
        I::I32Const(PAGE as i32),
        I::I32Const(1),
        I::I32Const(filled - PAGE as i32),
        I::Call(0),
        I::Drop,
        // A row of 1000 bytes at iterator 0.
        account.clone(),
        account.clone(),
        account,
        I::I64Const(1),
        I::I32Const(place(0, size)),
        I::I32Const(1000),
        I::Call(1),
        I::Drop,
    ]
}

fn case(function: &'static Intrinsic, size: u32) -> Case {
    let mut each = arguments(function, size);
    each.push(I::Call(2));
    if function.result().is_some() {
        each.push(I::Drop);
    }
    let mut before = helpers(size);
    // An entry of a secondary index at iterator 0 of its kind.
    let mut imports = vec![HELPERS[0], HELPERS[1], function.name];
    if let Some(kind) = function.name.strip_prefix("db_idx") {
        let digits = kind.split('_').next().unwrap();
        let prefix = match digits {
            "" if kind.starts_with("_long") => "db_idx_long_double",
            "" => "db_idx_double",
            "64" => "db_idx64",
            "128" => "db_idx128",
            _ => "db_idx256",
        };
        let name = INTRINSICS
            .iter()
            .find(|it| it.name == format!("{prefix}_store"))
            .unwrap();
        before.extend(arguments(name, 32));
        before.extend([I::Call(3), I::Drop]);
        imports.push(name.name);
    }
    Case {
        what: format!("{} {size}", function.name),
        size,
        imports,
        before,
        each,
    }
}

fn sized(function: &Intrinsic) -> bool {
    function.parameters.iter().any(|parameter| {
        matches!(
            parameter.kind,
            Type::Many { .. } | Type::Text | Type::Address { .. }
        )
    })
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for function in INTRINSICS {
        if function.context == Context::ContextFree {
            continue;
        }
        let sizes = if sized(function) {
            &SIZES[..]
        } else {
            &SIZES[..1]
        };
        cases.extend(sizes.iter().map(|size| case(function, *size)));
    }
    let instructions = |what: &str, each: Vec<I<'static>>| Case {
        what: what.to_owned(),
        size: 16,
        imports: HELPERS.to_vec(),
        before: helpers(16),
        each,
    };
    cases.push(instructions(
        "memory.grow(0)",
        vec![I::I32Const(0), I::MemoryGrow(0), I::Drop],
    ));
    cases.push(instructions("memory.size", vec![I::MemorySize(0), I::Drop]));
    cases.push(instructions(
        "i64.div_s",
        vec![I::I64Const(-7), I::I64Const(3), I::I64DivS, I::Drop],
    ));
    cases.push(instructions(
        "f64.sqrt",
        vec![I::F64Const(7.0.into()), I::F64Sqrt, I::Drop],
    ));
    cases.push(instructions(
        "f64.nearest",
        vec![I::F64Const(7.5.into()), I::F64Nearest, I::Drop],
    ));
    cases.push(instructions("nothing", vec![I::Nop]));
    cases
}

/// The time that this thread had a processor.
fn cpu_time() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos = text.split(' ').next().and_then(|text| text.parse().ok());
    Duration::from_nanos(nanos.unwrap_or(0))
}

/// Microseconds that a transaction took, and that its cost stands for.
#[derive(Clone, Copy)]
struct Time {
    took: f64,
    promised: f64,
}

/// Runs a case, and how it ended.
fn measure(chain: &Chain, case: &Case, times: usize) -> (Time, String) {
    let mut chain = chain.clone();
    chain
        .push(&[native::set_code(ACCOUNT, &module(case))])
        .unwrap();
    let action = Action {
        account: ACCOUNT,
        name: name!("run"),
        authorization: vec![PermissionLevel::active(ACCOUNT)],
        data: vec![7; 100],
    };
    // The first time it is compiled.
    drop(chain.clone().push(std::slice::from_ref(&action)));
    let one = || {
        let mut chain = chain.clone();
        let start = cpu_time();
        let result = chain.push(std::slice::from_ref(&action));
        let took = (cpu_time() - start).as_secs_f64() * 1e6;
        let (cost, how) = match &result {
            Ok(trace) => (trace.cost, "ended".to_owned()),
            Err(failure) => (
                failure.trace().unwrap().cost,
                failure.error().name().to_owned(),
            ),
        };
        let promised = cost.total() as f64 / Cost::PER_MICROSECOND as f64;
        (Time { took, promised }, how)
    };
    let best = |a: (Time, String), b: (Time, String)| if a.0.took <= b.0.took { a } else { b };
    (0..times).map(|_| one()).reduce(best).unwrap()
}

/// How much longer a function takes than promised, beside how much longer the least one does: so the
/// machine and the optimiser have no say.
const MOST: f64 = 8.0;

#[test]
#[ignore = "a measurement: it asks the clock, and wants the machine for itself"]
fn weights_promise_the_time_that_host_functions_take() {
    if !std::path::Path::new("/proc/thread-self/schedstat").exists() {
        eprintln!("skipped: this machine does not tell the time of threads");
        return;
    }
    let verbose = std::env::var_os("WEIGHTS").is_some();
    let template = chain();
    let least = case(intrinsic("current_receiver").unwrap(), 16);
    let (unit, _) = measure(&template, &least, 5);
    let unit = unit.took / unit.promised;
    eprintln!("{unit:.2} us for each that the least function promises");
    let mut rows = Vec::new();
    for case in cases() {
        if !verbose && case.size > 64 << 10 {
            continue;
        }
        let (time, how) = measure(&template, &case, 1 + usize::from(verbose));
        let ratio = time.took / time.promised / unit;
        // What ends at once is over before a clock of processors sees it.
        if time.took < f64::from(MICROS) / 2.0 {
            continue;
        }
        if verbose && ratio > 1.0 {
            eprintln!("{ratio:8.2} {:10.0} us  {}  {how}", time.took, case.what);
        }
        rows.push((ratio, case));
    }
    rows.sort_by(|a, b| b.0.total_cmp(&a.0));
    eprintln!("{} cases measured", rows.len());
    // Another look at those that seem slow: others may have been at work here.
    let low = rows
        .iter()
        .filter(|(ratio, _)| *ratio > MOST)
        .filter_map(|(_, case)| {
            let (time, _) = measure(&template, case, 5);
            let ratio = time.took / time.promised / unit;
            (ratio > MOST).then(|| format!("{} {ratio:.1}", case.what))
        });
    let low: Vec<_> = low.collect();
    assert!(low.is_empty(), "{low:?}");
}
