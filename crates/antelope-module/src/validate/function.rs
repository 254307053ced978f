//! Checks one function body: its instructions, types and limits.
//!
//! `wasmparser` type-checks; what it knows of its stacks after each instruction is used here to
//! count as EOS VM does.
//!
//! For each instruction, in this order:
//!
//! 1. An instruction of a proposal later than WebAssembly 1.0 is refused, once per function.
//! 2. The limits of a single instruction are checked: targets of `br_table`, offset of a memory access.
//! 3. The validator checks types, if necessary on a substitute (see `beyond`).
//! 4. Operands are counted towards `func_local_bytes`, if the chain counts them.
//!
//! The depth of blocks and the peak of the count are compared with their limits once, at the end of the
//! body, so that each is reported once with its greatest value. EOS VM reports the first instruction
//! that exceeds the limit instead.

use super::beyond::{Instead, StandIns};
use super::module::ModuleCheck;
use super::opcode::{name_of, proposal_of};
use super::operands::{Operands, size_of};
use super::refusal::{LimitKind, Reason};
use wasmparser::{
    FuncToValidate, FuncValidator, FuncValidatorAllocations, FunctionBody, Operator, ValType,
    ValidatorResources,
};

impl ModuleCheck<'_> {
    /// Checks a body, and adds what is wrong with it. `allocations` are buffers that are passed
    /// from one body to the next.
    pub(super) fn function(
        &mut self,
        function: FuncToValidate<ValidatorResources>,
        body: &FunctionBody<'_>,
        allocations: FuncValidatorAllocations,
    ) -> FuncValidatorAllocations {
        let index = function.index;
        let range = body.range();
        self.at_function(index);
        self.limit(
            LimitKind::CodeBytes,
            range.end - range.start,
            self.chain.limits.code_bytes,
            Some(range.start),
        );
        let mut validator = function.into_validator(allocations);
        if let Err(error) = self.body(&mut validator, body, index) {
            self.error(&error);
        }
        self.leave_function();
        validator.into_allocations()
    }

    /// Checks locals and instructions.
    ///
    /// After an instruction of a later proposal the types on the stack are not known, so only
    /// further instructions of that sort are looked for.
    ///
    /// # Errors
    /// The error of the parser or validator; limits are added to the refusals instead. An error ends the
    /// check of this body, and the next one is checked as usual.
    fn body(
        &mut self,
        validator: &mut FuncValidator<ValidatorResources>,
        body: &FunctionBody<'_>,
        index: u32,
    ) -> Result<(), wasmparser::Error> {
        let limits = self.chain.limits;
        let mut locals = if limits.params_are_locals {
            self.param_bytes(index)
        } else {
            0
        };
        let mut reader = body.get_locals_reader()?;
        self.limit(
            LimitKind::LocalSets,
            u64::from(reader.get_count()),
            u64::from(limits.local_sets),
            Some(reader.original_position()),
        );
        let mut groups = Vec::new();
        let offset = reader.original_position();
        for _ in 0..reader.get_count() {
            let (count, ty) = reader.read()?;
            locals += u64::from(count) * u64::from(size_of(Some(ty)));
            groups.push((count, ty));
        }
        let stand_ins = self.stand_ins(index, &groups);
        if !stand_ins.as_ref().is_some_and(|locals| locals.replaces) {
            for (count, ty) in groups {
                validator.define_locals(offset, count, ty)?;
            }
        }
        if stand_ins.is_some() {
            for ty in StandIns::TYPES {
                validator.define_locals(offset, 1, ty)?;
            }
        }

        let mut operands = Operands::new(locals);
        let mut reach = Reach::default();
        let mut deepest = 0;
        let mut post_mvp = false;
        let mut operators = body.get_operators_reader()?;
        while !operators.eof() {
            let (operator, offset) = operators.read_with_offset()?;
            let proposal = proposal_of(&operator);
            if proposal != "mvp" {
                let reason = Reason::PostMvp {
                    proposal: proposal.to_owned(),
                    what: name_of(&operator),
                };
                self.refuse_once(reason, offset);
                post_mvp = true;
            }
            // The validator does not know the types after such an instruction; go on only to find
            // others.
            if post_mvp {
                continue;
            }
            self.operator(&operator, offset);
            let mut step = |validator: &mut FuncValidator<_>, operator: &Operator<'_>| {
                let before = reach.is_reachable();
                let pops = operator
                    .operator_arity(validator)
                    .map_or(0, |(pops, _)| pops as usize);
                validator.op(offset, operator)?;
                reach.follow(validator);
                if limits.operands_are_locals {
                    operands.follow(validator, pops, before, reach.is_reachable());
                }
                Ok::<_, wasmparser::Error>(())
            };
            let locals = stand_ins.as_ref();
            match locals.and_then(|locals| Some((locals, self.instead(locals, &operator)?))) {
                None => step(validator, &operator)?,
                Some((_, Instead::Local(operator))) => step(validator, &operator)?,
                Some((locals, Instead::Call { ty, indirect })) => {
                    let element = indirect.then_some(&ValType::I32);
                    for ty in element.into_iter().chain(ty.params().iter().rev()) {
                        // All that is not there is of the right type.
                        if is_polymorphic(validator) {
                            break;
                        }
                        let local_index = locals.of(*ty);
                        step(validator, &Operator::LocalSet { local_index })?;
                    }
                    for ty in ty.results() {
                        let local_index = locals.of(*ty);
                        step(validator, &Operator::LocalGet { local_index })?;
                    }
                }
            }
            deepest = deepest.max(validator.control_stack_height());
        }
        let start = body.range().start;
        self.limit(
            LimitKind::FuncLocalBytes,
            operands.peak,
            limits.func_local_bytes,
            Some(start),
        );
        self.limit(
            LimitKind::NestedStructures,
            u64::from(deepest),
            u64::from(limits.nested_structures),
            Some(start),
        );
        if !post_mvp {
            operators.finish()?;
        }
        Ok(())
    }

    /// Checks the limits of a single instruction. Both are fixed limits of a chain without
    /// `CONFIGURABLE_WASM_LIMITS2`; with it, no instruction exceeds them.
    fn operator(&mut self, operator: &Operator<'_>, offset: u64) {
        let limits = self.chain.limits;
        if let Operator::BrTable { targets } = operator {
            self.limit(
                LimitKind::BrTableElements,
                u64::from(targets.len()),
                u64::from(limits.br_table_elements),
                Some(offset),
            );
        } else if let Some(found) = memory_offset(operator) {
            self.limit(
                LimitKind::MemoryOffset,
                found,
                limits.memory_offset,
                Some(offset),
            );
        }
    }

    /// The sum of a function's parameters, in bytes: 4 for `i32` and `f32`, 8 for `i64` and `f64`.
    fn param_bytes(&self, index: u32) -> u64 {
        self.function_type(index).map_or(0, |ty| {
            ty.params()
                .iter()
                .map(|ty: &ValType| u64::from(size_of(Some(*ty))))
                .sum()
        })
    }
}

/// Whether the code can be reached: no enclosing block is known to have ended by `br`, `return` or
/// `unreachable`.
///
/// ```text
/// block          reachable
///   br 0         ends the block at this depth
///   i32.const 1  not reachable, and not counted
/// end            reachable again, since the block is left
/// ```
#[derive(Default)]
struct Reach {
    /// The depth of the outermost block that has ended.
    ended: Option<u32>,
}

impl Reach {
    /// Whether the current instruction can be reached.
    fn is_reachable(&self) -> bool {
        self.ended.is_none()
    }

    /// Follows one instruction that was just validated. It ends the innermost block or none.
    fn follow(&mut self, validator: &FuncValidator<ValidatorResources>) {
        let height = validator.control_stack_height();
        if self.ended.is_none_or(|ended| height <= ended) {
            let innermost = validator.get_control_frame(0);
            let ended = innermost.is_some_and(|frame| frame.unreachable);
            self.ended = ended.then_some(height);
        }
    }
}

/// Whether no operands are left of a block whose rest can never be executed. The validator then makes up
/// an operand of any type whenever one is taken.
fn is_polymorphic(validator: &FuncValidator<ValidatorResources>) -> bool {
    let innermost = validator.get_control_frame(0);
    innermost.is_some_and(|frame| {
        frame.unreachable && frame.height == validator.operand_stack_height() as usize
    })
}

/// The constant offset of a load or store; `None` for other instructions.
fn memory_offset(operator: &Operator<'_>) -> Option<u64> {
    match operator {
        Operator::I32Load { memarg }
        | Operator::I64Load { memarg }
        | Operator::F32Load { memarg }
        | Operator::F64Load { memarg }
        | Operator::I32Load8S { memarg }
        | Operator::I32Load8U { memarg }
        | Operator::I32Load16S { memarg }
        | Operator::I32Load16U { memarg }
        | Operator::I64Load8S { memarg }
        | Operator::I64Load8U { memarg }
        | Operator::I64Load16S { memarg }
        | Operator::I64Load16U { memarg }
        | Operator::I64Load32S { memarg }
        | Operator::I64Load32U { memarg }
        | Operator::I32Store { memarg }
        | Operator::I64Store { memarg }
        | Operator::F32Store { memarg }
        | Operator::F64Store { memarg }
        | Operator::I32Store8 { memarg }
        | Operator::I32Store16 { memarg }
        | Operator::I64Store8 { memarg }
        | Operator::I64Store16 { memarg }
        | Operator::I64Store32 { memarg } => Some(memarg.offset),
        _ => None,
    }
}
