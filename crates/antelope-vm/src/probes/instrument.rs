//! Adds probes to a prepared module, by which it reports what it executes.
//!
//! A probe is `i32.const event; i32.const 0; call_indirect`: a call of a host function through a
//! table of one element that is added to the module. It is called indirectly since an added import
//! would change the index of every function, and with it every call in the code.
//!
//! Probes are placed
//!
//! - at the beginning of each basic block, with the number of the block;
//! - before each call, with [`event::CALL`] or [`event::HOST`] and the function, and after it with
//!   [`event::BACK`].
//!
//! The code that [`prepare`](crate::prepare) has put at the beginning of each function, the test
//! for nested calls, is not the contract's: no block begins in it. Code that can never be reached
//! has no blocks either.
//!
//! # Example
//!
//! A body as it was prepared, and with probes (`event` stands for a probe with this event):
//!
//! ```text
//! local.get 0          event 7            the first block of the function
//! if                   local.get 0
//!   call $f            if
//! end                    event 8          a block within the branch
//! local.get 1            event CALL
//!                        call $f          its first block says which function it is
//!                        event BACK
//!                      end
//!                      event 9            the block after the branch
//!                      local.get 1
//! ```

use crate::frames::CLEAR;
use crate::pages::MEMORY_GROW;
use crate::sections::{appended, number, section};
use wasm_encoder::{Encode, Instruction, SectionId};
use wasmparser::{BinaryReaderError, FunctionBody, Operator, Parser, Payload, TypeRef};

/// The export of the table with the probe.
pub(crate) const PROBES: &str = "antelope probes";

/// Events: block numbers, and numbers from the top that are no blocks.
pub(crate) mod event {
    /// The innermost open call has returned.
    pub(crate) const BACK: u32 = u32::MAX;
    /// A function of the contract is about to be called. Which one, its first block tells: a call
    /// may be indirect.
    pub(crate) const CALL: u32 = u32::MAX - 1;
    /// A host function is about to be called: this bit and its index.
    pub(crate) const HOST: u32 = 1 << 31;
}

/// A basic block: instructions that are executed from the first to the last or not at all, unless a
/// call among them does not return.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// The index of its function.
    pub(crate) function: u32,
    /// Whether it is the first one of its function.
    pub(crate) entry: bool,
    /// The fuel that Wasmtime would consume for it.
    pub(crate) cost: u64,
}

/// An instrumented module, and its blocks by number.
pub(crate) struct Instrumented {
    pub(crate) code: Vec<u8>,
    pub(crate) blocks: Vec<Block>,
    /// Whether the pool has room for its instances.
    pub(crate) pooled: bool,
}

/// Adds probes to a module that [`prepare`](crate::prepare::prepare) has made.
///
/// # Errors
/// Where it cannot be parsed.
pub(crate) fn instrument(prepared: &[u8], pooled: bool) -> Result<Instrumented, BinaryReaderError> {
    let found = ModuleCounts::scan(prepared)?;
    let mut module = wasm_encoder::Module::new();
    let mut bodies = Bodies::new(&found);
    let mut probes_added = false;
    for payload in Parser::new(0).parse_all(prepared) {
        let payload = payload?;
        if let Payload::CodeSectionEntry(body) = &payload {
            bodies.add(prepared, body)?;
            if bodies.count == found.functions {
                section(&mut module, SectionId::Code as u8, &bodies.section());
            }
            continue;
        }
        let Some((id, range)) = payload.as_section() else {
            continue;
        };
        let raw = &prepared[range.start as usize..range.end as usize];
        if !probes_added && id >= SectionId::Table as u8 {
            // A table of functions with a minimum and maximum of one element.
            let table = [0x70, 1, 1, 1];
            let own = id == SectionId::Table as u8;
            let old = if own { raw } else { &[0] };
            let tables = appended(old, 1, &table)?;
            section(&mut module, SectionId::Table as u8, &tables);
            probes_added = true;
            if own {
                continue;
            }
        }
        match payload {
            Payload::TypeSection(_) => {
                // The type of the probe: one `i32`, no result.
                let probe = [0x60, 1, 0x7f, 0];
                section(&mut module, id, &appended(raw, 1, &probe)?);
            }
            Payload::ExportSection(_) => {
                let mut export = Vec::new();
                PROBES.encode(&mut export);
                export.push(1);
                number(&mut export, found.tables);
                section(&mut module, id, &appended(raw, 1, &export)?);
            }
            Payload::CodeSectionStart { .. } => {}
            _ => section(&mut module, id, raw),
        }
    }
    Ok(Instrumented {
        code: module.finish(),
        blocks: bodies.blocks,
        pooled,
    })
}

/// What has to be known of a module before it is instrumented: how many it has of each.
#[derive(Default)]
struct ModuleCounts {
    types: u32,
    imports: u32,
    tables: u32,
    globals: u32,
    functions: u32,
}

impl ModuleCounts {
    /// Counts them.
    fn scan(code: &[u8]) -> Result<Self, BinaryReaderError> {
        let mut found = Self::default();
        for payload in Parser::new(0).parse_all(code) {
            match payload? {
                Payload::TypeSection(section) => found.types = section.count(),
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        found.imports += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::TableSection(section) => found.tables = section.count(),
                Payload::GlobalSection(section) => found.globals = section.count(),
                Payload::CodeSectionStart { count, .. } => found.functions = count,
                _ => {}
            }
        }
        Ok(found)
    }
}

/// Function bodies with probes, as they are written.
struct Bodies {
    /// Number of imported functions.
    imports: u32,
    /// The global that counts calls; `prepare` has added it as the last one.
    counter: u32,
    /// The part of a probe after its event.
    probe: [Instruction<'static>; 2],
    /// Bodies written so far.
    count: u32,
    /// Their bytes.
    bytes: Vec<u8>,
    /// Blocks found so far.
    blocks: Vec<Block>,
}

impl Bodies {
    /// No bodies yet.
    fn new(found: &ModuleCounts) -> Self {
        Self {
            imports: found.imports,
            counter: found.globals.saturating_sub(1),
            probe: [
                Instruction::I32Const(0),
                Instruction::CallIndirect {
                    type_index: found.types,
                    table_index: found.tables,
                },
            ],
            count: 0,
            bytes: Vec::new(),
            blocks: Vec::new(),
        }
    }

    /// Adds a body with probes. Instructions are copied as bytes between probes.
    fn add(&mut self, code: &[u8], body: &FunctionBody<'_>) -> Result<(), BinaryReaderError> {
        let whole = body.range();
        let function = self.imports + self.count;
        let mut flow = Flow::default();
        let mut out: Vec<u8> = Vec::new();
        let mut copied = whole.start as usize;
        let mut operators = body.get_operators_reader()?;
        while !operators.eof() {
            let (operator, start) = operators.read_with_offset()?;
            let (start, end) = (start as usize, operators.original_position() as usize);
            if flow.begins_block(&operator, self.counter) {
                out.extend(&code[copied..start]);
                copied = start;
                self.tell(&mut out, self.blocks.len() as u32);
                self.blocks.push(Block {
                    function,
                    entry: flow.entry,
                    // Wasmtime consumes one unit of fuel for entering a function.
                    cost: u64::from(flow.entry),
                });
                flow.entry = false;
            }
            if flow.lives() {
                if let Some(block) = self.blocks.last_mut() {
                    block.cost += cost(&operator);
                }
                let called = match operator {
                    Operator::Call { function_index } if function_index < self.imports => {
                        Some(event::HOST | function_index)
                    }
                    Operator::Call { .. } | Operator::CallIndirect { .. } => Some(event::CALL),
                    _ => None,
                };
                if let Some(called) = called {
                    out.extend(&code[copied..start]);
                    self.tell(&mut out, called);
                    out.extend(&code[start..end]);
                    self.tell(&mut out, event::BACK);
                    copied = end;
                }
            }
            flow.pass(&operator);
        }
        out.extend(&code[copied..whole.end as usize]);
        number(&mut self.bytes, out.len() as u32);
        self.bytes.extend(out);
        self.count += 1;
        Ok(())
    }

    /// Appends a probe.
    fn tell(&self, out: &mut Vec<u8>, event: u32) {
        Instruction::I32Const(event as i32).encode(out);
        self.probe.iter().for_each(|part| part.encode(out));
    }

    /// The contents of the code section.
    fn section(&self) -> Vec<u8> {
        let mut out = Vec::new();
        number(&mut out, self.count);
        out.extend(&self.bytes);
        out
    }
}

/// The fuel that Wasmtime consumes for an instruction.
fn cost(operator: &Operator<'_>) -> u64 {
    match operator {
        Operator::Nop
        | Operator::Drop
        | Operator::Block { .. }
        | Operator::Loop { .. }
        | Operator::Unreachable
        | Operator::Return
        | Operator::Else
        | Operator::End => 0,
        Operator::MemoryGrow { .. } => MEMORY_GROW.into(),
        Operator::I32Extend8S => CLEAR.into(),
        _ => 1,
    }
}

/// The position in the control flow of a function while its instructions are read.
struct Flow {
    /// Whether no block has begun yet.
    entry: bool,
    /// Whether the next instruction begins a block.
    leader: bool,
    /// How many blocks deep the position is in unreachable code; 0 in reachable code.
    dead: u32,
    /// The position in the test for nested calls at the beginning of the function.
    guard: Guard,
}

/// The test for nested calls: `global.get`, perhaps `local.tee`, `i32.eqz`, `if unreachable end`.
#[derive(Clone, Copy, PartialEq)]
enum Guard {
    /// Not in it.
    None,
    /// The counter has been read.
    Read,
    /// It is being tested, up to the `end`.
    Test,
}

impl Default for Flow {
    fn default() -> Self {
        Self {
            entry: true,
            leader: true,
            dead: 0,
            guard: Guard::None,
        }
    }
}

impl Flow {
    /// Whether the position can be reached.
    fn lives(&self) -> bool {
        self.dead == 0
    }

    /// Whether a block begins before this instruction.
    fn begins_block(&mut self, operator: &Operator<'_>, counter: u32) -> bool {
        if !self.lives() {
            return false;
        }
        self.guard = match (self.guard, operator) {
            (Guard::None, Operator::GlobalGet { global_index }) if *global_index == counter => {
                Guard::Read
            }
            (Guard::Read, Operator::LocalTee { .. }) => Guard::Read,
            (Guard::Read, Operator::I32Eqz) => Guard::Test,
            (Guard::Test, _) => Guard::Test,
            _ => Guard::None,
        };
        // A block that has nothing but its end is not counted, but each function has at least one.
        let nothing = matches!(operator, Operator::End | Operator::Else);
        std::mem::take(&mut self.leader) && !nothing || self.entry
    }

    /// Moves past an instruction.
    fn pass(&mut self, operator: &Operator<'_>) {
        if self.guard == Guard::Test {
            if matches!(operator, Operator::End) {
                self.guard = Guard::None;
            }
            return;
        }
        if self.dead > 0 {
            match operator {
                Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => {
                    self.dead += 1;
                }
                Operator::Else if self.dead == 1 => self.revive(),
                Operator::End if self.dead == 1 => self.revive(),
                Operator::End => self.dead -= 1,
                _ => {}
            }
            return;
        }
        match operator {
            Operator::Loop { .. }
            | Operator::If { .. }
            | Operator::Else
            | Operator::End
            | Operator::BrIf { .. } => self.leader = true,
            Operator::Br { .. }
            | Operator::BrTable { .. }
            | Operator::Return
            | Operator::Unreachable => self.dead = 1,
            _ => {}
        }
    }

    /// The position can be reached again, by a branch to here, and a block begins.
    fn revive(&mut self) {
        (self.dead, self.leader) = (0, true);
    }
}
