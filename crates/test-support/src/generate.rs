//! Modules of all sorts that Antelope's rules allow, by a generator that knows the standard's.

use arbitrary::Unstructured;
use wasm_encoder::{
    CodeSection, ExportKind, Function, FunctionSection, Instruction as I, Module, RawSection,
    SectionId, TypeSection, ValType,
};
use wasm_smith::{Config, MemoryOffsetChoices};
use wasmparser::{CompositeInnerType, Encoding, Parser, Payload};

/// A module made of the bytes, whose `apply` calls all its functions; none where the bytes make none.
pub fn module(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut source = Unstructured::new(bytes);
    let module = wasm_smith::Module::new(config(), &mut source).ok()?;
    with_apply(&module.to_bytes())
}

/// What chains know: the first version of WebAssembly, without imports.
fn config() -> Config {
    Config {
        bulk_memory_enabled: false,
        compact_imports_enabled: false,
        exceptions_enabled: false,
        extended_const_enabled: false,
        gc_enabled: false,
        max_exports: 0,
        max_imports: 0,
        max_instructions: 400,
        max_tags: 0,
        max_type_size: 100,
        memory_offset_choices: MemoryOffsetChoices(90, 9, 1),
        min_funcs: 1,
        multi_value_enabled: false,
        reference_types_enabled: false,
        relaxed_simd_enabled: false,
        saturating_float_to_int_enabled: false,
        sign_extension_ops_enabled: false,
        simd_enabled: false,
        tail_call_enabled: false,
        threads_enabled: false,
        wide_arithmetic_enabled: false,
        ..Config::default()
    }
}

type Signature = (Vec<ValType>, Vec<ValType>);

/// The module with an `apply`.
fn with_apply(code: &[u8]) -> Option<Vec<u8>> {
    let mut signatures: Vec<Signature> = Vec::new();
    let mut functions = Vec::new();
    let mut sections: Vec<(u8, Vec<u8>)> = Vec::new();
    for payload in Parser::new(0).parse_all(code) {
        let payload = payload.ok()?;
        if let Payload::Version { encoding, .. } = &payload {
            assert_eq!(*encoding, Encoding::Module);
        }
        match &payload {
            Payload::TypeSection(section) => {
                for group in section.clone() {
                    for of in group.ok()?.into_types() {
                        let CompositeInnerType::Func(of) = of.composite_type.inner else {
                            return None;
                        };
                        signatures.push((values(of.params()), values(of.results())));
                    }
                }
            }
            Payload::FunctionSection(section) => {
                for of in section.clone() {
                    functions.push(signatures.get(of.ok()? as usize)?.clone());
                }
            }
            _ => {}
        }
        if let Some((id, range)) = payload.as_section() {
            sections.push((id, code[range.start as usize..range.end as usize].to_vec()));
        }
    }
    let mut types = TypeSection::new();
    types.ty().function([ValType::I64; 3], []);
    let mut function = FunctionSection::new();
    function.function(signatures.len() as u32);
    let mut bodies = CodeSection::new();
    bodies.function(&apply(&functions));
    let mut name = Vec::from(*b"\x01\x05apply");
    name.push(ExportKind::Func as u8);
    leb(&mut name, functions.len() as u32);
    let mut module = Module::new();
    let mut exported = false;
    for (id, data) in &sections {
        if *id > SectionId::Export as u8 && !exported {
            exported = true;
            module.section(&RawSection {
                id: SectionId::Export as u8,
                data: &name,
            });
        }
        let data = match *id {
            id if id == SectionId::Type as u8 => appended(data, &types)?,
            id if id == SectionId::Function as u8 => appended(data, &function)?,
            id if id == SectionId::Code as u8 => appended(data, &bodies)?,
            id if id == SectionId::Export as u8 => continue,
            _ => data.clone(),
        };
        module.section(&RawSection {
            id: *id,
            data: &data,
        });
    }
    Some(module.finish())
}

/// Calls each function with small numbers.
fn apply(functions: &[Signature]) -> Function {
    let mut body = Function::new([]);
    for (index, (params, results)) in functions.iter().enumerate() {
        for (place, param) in params.iter().enumerate() {
            let number = place as i32 * 3 - 1;
            body.instruction(&match param {
                ValType::I32 => I::I32Const(number),
                ValType::I64 => I::I64Const(i64::from(number)),
                ValType::F32 => I::F32Const((number as f32).into()),
                _ => I::F64Const(f64::from(number).into()),
            });
        }
        body.instruction(&I::Call(index as u32));
        for _ in results {
            body.instruction(&I::Drop);
        }
    }
    body.instruction(&I::End);
    body
}

fn values(of: &[wasmparser::ValType]) -> Vec<ValType> {
    let value = |of: &wasmparser::ValType| match of {
        wasmparser::ValType::I32 => ValType::I32,
        wasmparser::ValType::I64 => ValType::I64,
        wasmparser::ValType::F32 => ValType::F32,
        _ => ValType::F64,
    };
    of.iter().map(value).collect()
}

/// A section's entries, and the one entry of another at their end.
fn appended(data: &[u8], more: &impl wasm_encoder::Encode) -> Option<Vec<u8>> {
    let mut encoded = Vec::new();
    more.encode(&mut encoded);
    // The other begins with its size and its count, which is one.
    let mut reader = wasmparser::BinaryReader::new(&encoded, 0);
    reader.read_var_u32().ok()?;
    reader.read_var_u32().ok()?;
    let entry = &encoded[reader.original_position() as usize..];
    let mut reader = wasmparser::BinaryReader::new(data, 0);
    let count = reader.read_var_u32().ok()?;
    let mut out = Vec::new();
    leb(&mut out, count + 1);
    out.extend(&data[reader.original_position() as usize..]);
    out.extend(entry);
    Some(out)
}

fn leb(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}
