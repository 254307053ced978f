//! The instructions of a module, and where its basic blocks begin.
//!
//! A basic block is a row of instructions that are executed all or none: it begins where control
//! can arrive by a jump, and after a branch. Counting at the beginning of each is enough to know
//! how often each instruction ran.
//!
//! | after | the next instruction |
//! |---|---|
//! | `loop` | begins a block: a branch can come back to it |
//! | `if`, `else`, `br_if` | begins a block: it is executed only sometimes |
//! | `end` | begins a block: a branch can lead to it |
//! | `br`, `br_table`, `return`, `unreachable` | can never be executed, up to the next `else` or `end` |
//! | any other | belongs to the same block |

use antelope_module::DeadCode;
use wasmparser::{BinaryReaderError, Operator, Parser, Payload};

/// The body of a function.
pub(super) struct Body {
    /// The offset at which it begins.
    pub(super) start: u32,
    /// Its instructions, without those that can never be executed.
    pub(super) instructions: Vec<Instruction>,
}

/// An instruction.
pub(super) struct Instruction {
    /// Its offset.
    pub(super) offset: u32,
    /// Whether control can arrive here otherwise than from the instruction before.
    pub(super) begins_block: bool,
}

/// The bodies of all functions, in the order of the module. Each keeps the offsets of the
/// instructions, not the instructions.
///
/// # Errors
/// The error of the parser if the module cannot be parsed.
pub(super) fn bodies(module: &[u8]) -> Result<Vec<Body>, BinaryReaderError> {
    let mut start = 0;
    let mut bodies = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::CodeSectionStart {
                unchecked_range, ..
            } => start = unchecked_range.start,
            Payload::CodeSectionEntry(body) => {
                let mut flow = Flow::default();
                let mut instructions = Vec::new();
                let mut operators = body.get_operators_reader()?;
                while !operators.eof() {
                    let (operator, at) = operators.read_with_offset()?;
                    if let Some(begins_block) = flow.pass(&operator) {
                        instructions.push(Instruction {
                            offset: (at - start) as u32,
                            begins_block,
                        });
                    }
                }
                bodies.push(Body {
                    start: (body.range().start - start) as u32,
                    instructions,
                });
            }
            _ => {}
        }
    }
    Ok(bodies)
}

/// The state of a walk through a body.
#[derive(Default)]
struct Flow {
    /// Whether the next instruction begins a block.
    leader: bool,
    /// What can never be executed.
    dead: DeadCode,
}

impl Flow {
    /// Walks to this instruction. Returns whether a block begins with it, or `None` if it cannot be
    /// executed or does nothing but end a block.
    fn pass(&mut self, operator: &Operator<'_>) -> Option<bool> {
        if self.dead.skips(operator) {
            return None;
        }
        // Nothing is executed where a block only ends.
        let structure = matches!(operator, Operator::End | Operator::Else);
        let begins = !structure && std::mem::take(&mut self.leader);
        self.leader |= matches!(
            operator,
            Operator::Loop { .. }
                | Operator::If { .. }
                | Operator::Else
                | Operator::End
                | Operator::BrIf { .. }
        );
        (!structure).then_some(begins)
    }
}
