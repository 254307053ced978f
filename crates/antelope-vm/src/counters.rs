//! Counters in a module: how often instructions at given places are executed.
//!
//! They are kept in a second memory, which the contract cannot name, so that nothing it sees changes.
//! No function, global or type gets another number.
//!
//! ```text
//! counting code                with a counter at the place of the call
//!
//! local.get 0                  local.get 0
//!                              i32.const 0
//!                              i32.const 0
//!                              i64.load $counters offset=8
//!                              i64.const 1
//!                              i64.add
//!                              i64.store $counters offset=8
//! call $half                   call $half
//! ```
//!
//! The offset is 8 times the number of the place. Counters are 64 bits wide and start at zero in
//! every instance; the instructions cost fuel, for which the budget of the second run has room.

use super::sections::{appended, number, rewritten, section};
use wasm_encoder::{Encode, Instruction as I, MemArg, MemArgTarget};
use wasmparser::{BinaryReader, BinaryReaderError, CodeSectionReader, FunctionBody, Payload};

/// The export of the memory with the counters.
pub(super) const COUNTERS: &str = "antelope counters";

/// Bytes of a counter.
pub(super) const COUNTER: usize = 8;

/// Bytes of a page.
const PAGE: usize = 1 << 16;

/// Adds a counter before each instruction at one of these places. A place is an offset into the
/// contents of the code section, as debug information counts; they ascend. The counters have the order
/// of the places. Places without an instruction count nothing.
///
/// The module must have a memory, which the memory for counters follows. Custom sections are dropped.
///
/// # Errors
/// Where the bytes cannot be parsed as a module.
pub(super) fn counting(code: &[u8], places: &[u32]) -> Result<Vec<u8>, BinaryReaderError> {
    rewritten(code, |module, payload, id, raw| {
        match payload {
            Payload::MemorySection(_) => {
                let pages = (places.len() * COUNTER).div_ceil(PAGE) as u32;
                // Limits without a maximum.
                let mut memory = vec![0];
                number(&mut memory, pages);
                section(module, id, &appended(raw, 1, &memory)?);
            }
            Payload::CodeSectionStart {
                count,
                unchecked_range: range,
                ..
            } => {
                let mut bodies = Vec::with_capacity(raw.len() * 2);
                number(&mut bodies, count);
                let reader = BinaryReader::new(raw, range.start);
                for body in CodeSectionReader::new(reader)? {
                    changed(code, &body?, range.start, places)?
                        .as_slice()
                        .encode(&mut bodies);
                }
                section(module, id, &bodies);
            }
            Payload::CustomSection(_) => {}
            _ => section(module, id, raw),
        }
        Ok(())
    })
}

/// Exports the counters of a module that was prepared meanwhile: preparing makes the exports anew.
pub(super) fn export_counters(prepared: &[u8]) -> Result<Vec<u8>, BinaryReaderError> {
    rewritten(prepared, |module, payload, id, raw| {
        if let Payload::ExportSection(_) = payload {
            let mut export = Vec::new();
            COUNTERS.encode(&mut export);
            // The second memory.
            export.extend([2, 1]);
            section(module, id, &appended(raw, 1, &export)?);
        } else {
            section(module, id, raw);
        }
        Ok(())
    })
}

/// A body with its counters.
fn changed(
    code: &[u8],
    body: &FunctionBody<'_>,
    section_start: u64,
    places: &[u32],
) -> Result<Vec<u8>, BinaryReaderError> {
    let range = body.range();
    let mut copied = range.start as usize;
    let mut out = Vec::with_capacity((range.end - range.start) as usize * 2);
    let mut operators = body.get_operators_reader()?;
    let begin = operators.original_position() - section_start;
    let mut next = places.partition_point(|place| u64::from(*place) < begin);
    while !operators.eof() {
        let (_, start) = operators.read_with_offset()?;
        let place = start - section_start;
        while places.get(next).is_some_and(|at| u64::from(*at) < place) {
            next += 1;
        }
        if places.get(next).is_some_and(|at| u64::from(*at) == place) {
            out.extend(&code[copied..start as usize]);
            copied = start as usize;
            count(&mut out, next);
            next += 1;
        }
    }
    out.extend(&code[copied..range.end as usize]);
    Ok(out)
}

/// Adds one to a counter.
fn count(out: &mut Vec<u8>, index: usize) {
    let at = MemArg {
        offset: (index * COUNTER) as u64,
        align: 3,
        target: MemArgTarget::Memory(1),
        ordering: None,
    };
    let add = [
        I::I32Const(0),
        I::I32Const(0),
        I::I64Load(at),
        I::I64Const(1),
        I::I64Add,
        I::I64Store(at),
    ];
    add.iter().for_each(|part| part.encode(out));
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{
        CodeSection, Function, FunctionSection, MemorySection, MemoryType, Module, TypeSection,
    };
    use wasmparser::Validator;

    /// A function of three instructions, each of one byte, which begins at place 3: behind the number
    /// of bodies, the body's length and the number of its locals.
    fn module() -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut functions = FunctionSection::new();
        functions.function(0);
        let mut memories = MemorySection::new();
        memories.memory(MemoryType {
            minimum: 1,
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        });
        let mut body = Function::new([]);
        body.instructions().nop().nop().end();
        let mut code = CodeSection::new();
        code.function(&body);
        let mut module = Module::new();
        module.section(&types).section(&functions);
        module.section(&memories).section(&code);
        module.finish()
    }

    fn length(places: &[u32]) -> usize {
        let counting = counting(&module(), places).unwrap();
        Validator::new().validate_all(&counting).unwrap();
        counting.len()
    }

    #[test]
    fn each_place_that_is_an_instruction_gets_a_counter() {
        let none = length(&[]);
        let one = length(&[3]);
        assert!(one > none);
        // 16 instead of 8 takes another byte twice.
        assert_eq!(length(&[3, 4]) - one, one - none);
        assert_eq!(length(&[0, 1, 2, 100]), none);
    }
}
