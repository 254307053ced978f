//! Modules that have much of one kind: each prints what it has computed from all of it.

use super::parts::{APPLY, FIRST, NOTHING, PRINT, Parts, TYPES, constant, print, to_i64};
use crate::shared::random::Random;
use wasm_encoder::{BlockType, Instruction as I, MemArg, ValType};

/// A function of so many parameters, called by its number and by the table, with the right type and
/// with one that differs in the last parameter.
pub fn params(random: &mut Random, count: usize) -> Vec<u8> {
    let mut parts = Parts::new();
    let one = random.below(2) == 0;
    let types: Vec<_> = (0..count)
        .map(|_| {
            if one {
                ValType::I32
            } else {
                *random.of(&TYPES)
            }
        })
        .collect();
    let mut other = types.clone();
    if let Some(last) = other.last_mut() {
        *last = if *last == ValType::I32 {
            ValType::I64
        } else {
            ValType::I32
        };
    }
    let wide = parts.ty(types.clone(), vec![ValType::I64]);
    let wrong = parts.ty(other.clone(), vec![ValType::I64]);
    parts.table = Some(2);
    let mut body = Vec::new();
    let args = |types: &[ValType], body: &mut Vec<I<'static>>| {
        for (index, ty) in types.iter().enumerate() {
            body.push(constant(*ty, (index as i32 * 7) % 50 - 20));
        }
    };
    args(&types, &mut body);
    body.push(I::Call(FIRST + 1));
    print(&mut body);
    args(&types, &mut body);
    body.extend([
        I::I32Const(1),
        I::CallIndirect {
            type_index: wide,
            table_index: 0,
        },
    ]);
    print(&mut body);
    if random.below(3) == 0 {
        // Never executed.
        body.extend([
            I::Block(BlockType::Empty),
            I::Br(0),
            I::Call(FIRST + 1),
            I::Drop,
            I::End,
        ]);
    }
    if random.below(2) == 0 {
        args(&other, &mut body);
        body.extend([
            I::I32Const(1),
            I::CallIndirect {
                type_index: wrong,
                table_index: 0,
            },
        ]);
        print(&mut body);
    }
    parts.function(APPLY, vec![], &body);
    let mut sum = vec![I::I64Const(0)];
    let mut weight = 1;
    for (index, ty) in types.iter().enumerate() {
        if random.below(4) == 0 || index + 3 > types.len() || (990..1010).contains(&index) {
            sum.push(I::LocalGet(index as u32));
            sum.extend(to_i64(*ty));
            sum.extend([I::I64Const(weight), I::I64Mul, I::I64Add]);
            weight = weight * 3 % 1_000_003;
        }
    }
    if let Some(last) = types.len().checked_sub(1) {
        sum.extend([constant(types[last], 5), I::LocalTee(last as u32)]);
        sum.extend(to_i64(types[last]));
        sum.extend([I::I64Add, I::LocalGet(last as u32)]);
        sum.extend(to_i64(types[last]));
        sum.push(I::I64Add);
    }
    // A local that begins with zero.
    sum.extend([I::LocalGet(count as u32), I::I64Add]);
    let wide = parts.function(wide, vec![(1, ValType::I64)], &sum);
    parts.elements.push((1, wide));
    parts.encode()
}

/// A branch table of so many targets, with and without a value that is carried.
pub fn targets(random: &mut Random, count: usize) -> Vec<u8> {
    let mut parts = Parts::new();
    let depth = 2 + random.below(6) as u32;
    let carries = random.below(2) == 0;
    let result = if carries { vec![ValType::I64] } else { vec![] };
    let ty = parts.ty(vec![ValType::I32], vec![ValType::I64]);
    let targets: Vec<u32> = (0..count)
        .map(|_| random.below(depth as usize) as u32)
        .collect();
    let default = random.below(depth as usize) as u32;
    let mut body = Vec::new();
    let block = if carries {
        BlockType::Result(ValType::I64)
    } else {
        BlockType::Empty
    };
    for _ in 0..depth {
        body.push(I::Block(block));
    }
    if carries {
        body.push(I::I64Const(1000));
    }
    body.extend([I::LocalGet(0), I::BrTable(targets.into(), default), I::End]);
    for level in 0..depth {
        // What follows the end of each block.
        let number = i64::from(level) + 1;
        if carries {
            body.extend([I::I64Const(number), I::I64Add]);
        } else {
            body.extend([
                I::LocalGet(1),
                I::I64Const(number),
                I::I64Add,
                I::LocalSet(1),
            ]);
        }
        if level + 1 < depth {
            body.push(I::End);
        }
    }
    if !carries {
        body.push(I::LocalGet(1));
    }
    let _ = result;
    let mut apply = Vec::new();
    for index in [
        0,
        1,
        count as i32 / 2,
        count as i32 - 1,
        count as i32,
        -1,
        i32::MIN,
        random.below(count.max(1)) as i32,
        65_536,
        16_384,
    ] {
        apply.extend([I::I32Const(index), I::Call(FIRST + 1)]);
        print(&mut apply);
    }
    parts.function(APPLY, vec![], &apply);
    parts.function(ty, vec![(1, ValType::I64)], &body);
    parts.encode()
}

/// A table of so many elements, with a function here and there.
pub fn elements(random: &mut Random, count: usize) -> Vec<u8> {
    let mut parts = Parts::new();
    parts.table = Some(count as u32);
    let number = parts.ty(vec![], vec![ValType::I64]);
    let mut places = vec![0, count as u32 - 1];
    places.extend((0..5).map(|_| random.below(count) as u32));
    let mut body = Vec::new();
    for place in &places {
        body.extend([
            I::I32Const(*place as i32),
            I::CallIndirect {
                type_index: number,
                table_index: 0,
            },
        ]);
        print(&mut body);
    }
    // Beyond the end, or nothing there.
    let last = if random.below(2) == 0 {
        count
    } else {
        1 + random.below(count - 1)
    };
    body.extend([
        I::I32Const(last as i32),
        I::CallIndirect {
            type_index: number,
            table_index: 0,
        },
    ]);
    print(&mut body);
    parts.function(APPLY, vec![], &body);
    for (index, place) in places.iter().enumerate() {
        let function = parts.function(number, vec![], &[I::I64Const(index as i64 + 10)]);
        parts.elements.push((*place, function));
    }
    parts.encode()
}

/// So many imports of one function.
pub fn imports(random: &mut Random, count: usize) -> Vec<u8> {
    let mut parts = Parts::new();
    parts.imports = vec![PRINT; count];
    let mut body = Vec::new();
    for _ in 0..5 {
        body.extend([
            I::I64Const(random.below(1000) as i64),
            I::Call(random.below(count) as u32),
        ]);
    }
    body.extend([
        I::I64Const(7),
        I::Call(count as u32 - 1),
        I::Call(count as u32 + 1),
    ]);
    body.extend([
        I::I64Const(8),
        I::I32Const(0),
        I::CallIndirect {
            type_index: PRINT,
            table_index: 0,
        },
    ]);
    parts.function(APPLY, vec![], &body);
    parts.function(NOTHING, vec![], &[I::I64Const(9), I::Call(0)]);
    parts.table = Some(1);
    parts.elements.push((0, count as u32 - 1));
    parts.encode()
}

/// A function of so many locals, each of which is written and read, and which calls itself.
pub fn locals(random: &mut Random, count: usize) -> Vec<u8> {
    let mut parts = Parts::new();
    let ty = parts.ty(vec![ValType::I64], vec![ValType::I64]);
    let mut groups = Vec::new();
    let mut left = count;
    let mut types = vec![ValType::I64];
    while left > 0 {
        let some = (1 + random.below(20_000)).min(left);
        let ty = *random.of(&TYPES);
        groups.push((some as u32, ty));
        types.extend(vec![ty; some]);
        left -= some;
    }
    let mut body = Vec::new();
    let mut sum = vec![I::I64Const(0)];
    let step = if random.below(2) == 0 {
        1
    } else {
        1 + random.below(5)
    };
    for index in (1..types.len()).step_by(step) {
        body.push(constant(types[index], (index as i32 * 7) % 50 - 20));
        if random.below(4) == 0 {
            body.extend([I::LocalTee(index as u32), I::Drop]);
        } else if random.below(5) > 0 {
            body.push(I::LocalSet(index as u32));
        } else {
            body.push(I::Drop);
        }
        sum.push(I::LocalGet(index as u32));
        sum.extend(to_i64(types[index]));
        sum.push(I::I64Add);
    }
    body.extend([
        I::LocalGet(0),
        I::I64Eqz,
        I::If(BlockType::Empty),
        I::I64Const(1),
        I::Return,
        I::End,
        I::LocalGet(0),
        I::I64Const(1),
        I::I64Sub,
        I::Call(FIRST + 1),
    ]);
    body.extend(sum);
    body.push(I::I64Add);
    let mut apply = Vec::new();
    // As much as frames of the contract's size take of a machine's stack, and more.
    for depth in [0, 1, 3, 120] {
        apply.extend([I::I64Const(depth), I::Call(FIRST + 1)]);
        print(&mut apply);
    }
    parts.function(APPLY, vec![], &apply);
    parts.function(ty, groups, &body);
    parts.encode()
}

/// A function with so many bytes of locals and operands that calls itself as often as the action's
/// name says.
pub fn deep(random: &mut Random, bytes: usize) -> Vec<u8> {
    let mut parts = Parts::new();
    let ty = parts.ty(vec![ValType::I64], vec![ValType::I64]);
    let operands = random.below(bytes / 8) / 2;
    let locals = (bytes / 8).saturating_sub(operands + 4).max(1);
    let mut body = Vec::new();
    for index in 0..operands {
        body.extend([I::LocalGet(0), I::I64Const(index as i64), I::I64Add]);
    }
    body.extend([
        I::LocalGet(0),
        I::LocalSet(locals as u32),
        I::LocalGet(0),
        I::I64Eqz,
        I::If(BlockType::Result(ValType::I64)),
        I::I64Const(1),
        I::Else,
        I::LocalGet(0),
        I::I64Const(1),
        I::I64Sub,
        I::Call(FIRST + 1),
        I::End,
        I::LocalGet(locals as u32),
        I::I64Add,
    ]);
    for _ in 0..operands {
        body.push(I::I64Add);
    }
    parts.function(
        APPLY,
        vec![],
        &[I::LocalGet(2), I::Call(FIRST + 1), I::Call(0)],
    );
    parts.function(ty, vec![(locals as u32, ValType::I64)], &body);
    parts.encode()
}

/// An export with a name of so many bytes, and a section.
pub fn name(random: &mut Random, count: usize) -> Vec<u8> {
    let mut parts = Parts::new();
    parts.exports.push("x".repeat(count));
    if random.below(2) == 0 {
        parts.exports.push("y".repeat(count));
    }
    if random.below(2) == 0 {
        parts.custom = "z".repeat(count);
    }
    parts.function(APPLY, vec![], &[I::I64Const(1), I::Call(0)]);
    parts.encode()
}

/// So many segments of data, some upon others.
pub fn data(random: &mut Random, count: usize) -> Vec<u8> {
    let mut parts = Parts::new();
    let span = 1 + random.below(65_535);
    for _ in 0..count {
        parts
            .data
            .push((random.below(span) as u32, random.next() as u8));
    }
    let load = I::I32Load8U(MemArg {
        offset: 0,
        align: 0,
        target: Default::default(),
        ordering: None,
    });
    // The sum of all, each by its place.
    let body = [
        I::Loop(BlockType::Empty),
        I::LocalGet(3),
        I::LocalGet(4),
        load,
        I::LocalGet(4),
        I::I32Mul,
        I::I64ExtendI32U,
        I::I64Add,
        I::LocalSet(3),
        I::LocalGet(4),
        I::I32Const(1),
        I::I32Add,
        I::LocalTee(4),
        I::I32Const(span as i32),
        I::I32LtU,
        I::BrIf(0),
        I::End,
        I::LocalGet(3),
        I::Call(0),
    ];
    parts.function(APPLY, vec![(1, ValType::I64), (1, ValType::I32)], &body);
    parts.encode()
}

/// So many segments of elements, some upon others.
pub fn segments(random: &mut Random, count: usize) -> Vec<u8> {
    let mut parts = Parts::new();
    let number = parts.ty(vec![], vec![ValType::I64]);
    let size = 1 + random.below(1000);
    parts.table = Some(size as u32);
    let mut body = Vec::new();
    for _ in 0..count {
        let function = FIRST + 1 + random.below(9) as u32;
        parts.elements.push((random.below(size) as u32, function));
    }
    for _ in 0..10 {
        let place = parts.elements[random.below(count)].0;
        body.extend([
            I::I32Const(place as i32),
            I::CallIndirect {
                type_index: number,
                table_index: 0,
            },
        ]);
        print(&mut body);
    }
    parts.function(APPLY, vec![], &body);
    for index in 0..9 {
        parts.function(number, vec![], &[I::I64Const(index + 10)]);
    }
    parts.encode()
}

/// So many blocks within one another, left from the innermost.
pub fn nesting(random: &mut Random, count: usize) -> Vec<u8> {
    let mut parts = Parts::new();
    let mut body = vec![I::Block(BlockType::Empty); count];
    let to = random.below(count) as u32;
    body.extend([I::I32Const(1), I::BrIf(to)]);
    for _ in 0..count {
        body.extend([
            I::LocalGet(3),
            I::I64Const(1),
            I::I64Add,
            I::LocalSet(3),
            I::End,
        ]);
    }
    body.extend([I::LocalGet(3), I::Call(0)]);
    parts.function(APPLY, vec![(1, ValType::I64)], &body);
    parts.encode()
}

/// A memory of so many pages, the last of which is used.
pub fn pages(_: &mut Random, count: usize) -> Vec<u8> {
    let mut parts = Parts::new();
    parts.pages = count as u64;
    let at = I::I32Const(((count << 16) - 8) as i32);
    let whole = MemArg {
        offset: 0,
        align: 3,
        target: Default::default(),
        ordering: None,
    };
    let body = [
        at.clone(),
        I::I64Const(77),
        I::I64Store(whole),
        at,
        I::I64Load(whole),
        I::Call(0),
        I::I32Const(10),
        I::MemoryGrow(0),
        I::I64ExtendI32S,
        I::Call(0),
        I::MemorySize(0),
        I::I64ExtendI32S,
        I::Call(0),
    ];
    parts.function(APPLY, vec![], &body);
    parts.encode()
}

/// So many types, functions and globals.
pub fn many(random: &mut Random, count: usize) -> Vec<u8> {
    let mut parts = Parts::new();
    for _ in 3..count {
        parts.types.push((vec![*random.of(&TYPES)], vec![]));
    }
    parts.globals = count as u32;
    let last = I::GlobalGet(count as u32 - 1);
    parts.function(
        APPLY,
        vec![],
        &[last, I::I64ExtendI32S, I::Call(0), I::Call(count as u32)],
    );
    for _ in 1..count {
        parts.function(NOTHING, vec![], &[]);
    }
    parts.encode()
}
