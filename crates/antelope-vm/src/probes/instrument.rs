//! What is added to a prepared module so that it tells what it executes.
//!
//! Every basic block begins with a call of a probe, and so does every call, which tells its end too.
//! The probe is a function in a table of its own, so that no function gets another number.

use crate::pages::MEMORY_GROW;
use crate::sections::{appended, number, section};
use wasm_encoder::{Encode, Instruction, SectionId};
use wasmparser::{BinaryReaderError, FunctionBody, Operator, Parser, Payload, TypeRef};

/// The export of the table with the probe.
pub(crate) const PROBES: &str = "antelope probes";

/// What the probe is told: a block by its number, and what is not a block.
pub(crate) mod event {
    /// The call that was begun last has returned.
    pub(crate) const BACK: u32 = u32::MAX;
    /// A function of the contract is called.
    pub(crate) const CALL: u32 = u32::MAX - 1;
    /// A host function is called: this, and its number.
    pub(crate) const HOST: u32 = 1 << 31;
}

/// Instructions that are executed from the first to the last or not at all, but for calls that do
/// not return.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// The function that it is in.
    pub(crate) function: u32,
    /// Whether the function begins with it.
    pub(crate) entry: bool,
    /// What it costs, as [`Cost`](crate::Cost) counts instructions.
    pub(crate) cost: u64,
}

/// An instrumented module.
pub(crate) struct Instrumented {
    pub(crate) code: Vec<u8>,
    pub(crate) blocks: Vec<Block>,
}

/// Instruments a module that [`prepare`](crate::prepare::prepare) has prepared.
pub(crate) fn instrument(prepared: &[u8]) -> Result<Instrumented, BinaryReaderError> {
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
            // One function, and no more than one.
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
                // A function of one i32.
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
    })
}

/// What of the module matters here.
#[derive(Default)]
struct ModuleCounts {
    types: u32,
    imports: u32,
    tables: u32,
    globals: u32,
    functions: u32,
}

impl ModuleCounts {
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

/// Function bodies with probes.
struct Bodies {
    imports: u32,
    /// The global that counts calls, which is not the contract's.
    counter: u32,
    probe: [Instruction<'static>; 2],
    count: u32,
    bytes: Vec<u8>,
    blocks: Vec<Block>,
}

impl Bodies {
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
                    // The engine counts the call of a function as one.
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

    /// A call of the probe.
    fn tell(&self, out: &mut Vec<u8>, event: u32) {
        Instruction::I32Const(event as i32).encode(out);
        self.probe.iter().for_each(|part| part.encode(out));
    }

    fn section(&self) -> Vec<u8> {
        let mut out = Vec::new();
        number(&mut out, self.count);
        out.extend(&self.bytes);
        out
    }
}

/// What the engine takes for an instruction.
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
        _ => 1,
    }
}

/// Where in the flow of control of a function one is.
struct Flow {
    /// Whether nothing of the function has been executed yet.
    entry: bool,
    /// Whether the next instruction begins a block.
    leader: bool,
    /// How deep one is in what can never be executed; 0 where it can.
    dead: u32,
    /// What of the test of open calls is ahead, with which a function begins: it is not the contract's.
    guard: Guard,
}

#[derive(Clone, Copy, PartialEq)]
enum Guard {
    None,
    /// The counter was read.
    Read,
    /// It is being tested.
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
        // A block of nothing but its end is none, but each function has one.
        let nothing = matches!(operator, Operator::End | Operator::Else);
        std::mem::take(&mut self.leader) && !nothing || self.entry
    }

    /// Goes on after this instruction.
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

    fn revive(&mut self) {
        (self.dead, self.leader) = (0, true);
    }
}
