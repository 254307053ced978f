//! The instructions of a module, and where its basic blocks begin.

use wasmparser::{BinaryReaderError, Operator, Parser, Payload};

/// The body of a function.
pub(super) struct Body {
    /// Where it begins, within the contents of the code section.
    pub(super) start: u32,
    /// Those of its instructions that can be executed.
    pub(super) instructions: Vec<Instruction>,
}

/// An instruction.
pub(super) struct Instruction {
    /// Where it is, within the contents of the code section.
    pub(super) offset: u32,
    /// Whether control can get here otherwise than from the instruction before.
    pub(super) begins_block: bool,
}

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

/// Where in the flow of control one is.
#[derive(Default)]
struct Flow {
    /// Something other than falling through may lead to the next instruction.
    leader: bool,
    /// How deep one is in what can never be executed; 0 where it can.
    dead: u32,
}

impl Flow {
    /// Goes on to this instruction: whether a block begins with it, or none where it cannot be executed.
    fn pass(&mut self, operator: &Operator<'_>) -> Option<bool> {
        if self.dead > 0 {
            match operator {
                Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => {
                    self.dead += 1;
                }
                Operator::Else | Operator::End if self.dead == 1 => {
                    (self.dead, self.leader) = (0, true);
                }
                Operator::End => self.dead -= 1,
                _ => {}
            }
            return None;
        }
        // Nothing is executed where a block only ends.
        let structure = matches!(operator, Operator::End | Operator::Else);
        let begins = !structure && std::mem::take(&mut self.leader);
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
        (!structure).then_some(begins)
    }
}
