//! Which proposal of WebAssembly an instruction came with, and its name.
//!
//! EOS VM runs WebAssembly 1.0, in which all instructions belong to `mvp`. Compilers turn on later
//! proposals by default, so a refusal names the proposal: it tells the author which one to turn off.

use wasmparser::Operator;

/// `mvp`, or the proposal that added the instruction, such as `bulk_memory`. `wasmparser` knows
/// this for each instruction; the macro makes a `match` of its table.
pub(super) fn proposal_of(operator: &Operator<'_>) -> &'static str {
    macro_rules! proposals {
        ($( @$proposal:ident $op:ident $({ $($arg:ident: $argty:ty),* })? => $visit:ident ($($ann:tt)*) )*) => {
            match operator {
                $( Operator::$op $({ $($arg: _),* })? => stringify!($proposal), )*
                _ => "unknown",
            }
        };
    }
    wasmparser::for_each_operator!(proposals)
}

/// The instruction's name without its operands, for messages: the name of the variant in
/// `wasmparser`.
pub(super) fn name_of(operator: &Operator<'_>) -> String {
    let debug = format!("{operator:?}");
    let end = debug.find([' ', '{', '(']).unwrap_or(debug.len());
    format!("instruction {}", &debug[..end])
}
