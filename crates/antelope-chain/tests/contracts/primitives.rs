//! The functions of `CRYPTO_PRIMITIVES`, and what is left of the console, at their edges.

use crate::shared::both::Both;
use crate::shared::modules::{Import, module};
use antelope_rpc_client::{native, signing};
use antelope_types::{Action, Checksum256, Encode, Name, PermissionLevel, name};
use ark_ec::AffineRepr;
use wasm_encoder::{Instruction as I, MemArg, MemArgTarget, ValType};

const ACCOUNT: Name = name!("primitives");
const I32: ValType = ValType::I32;

/// Where a contract puts the result, and behind it the buffers it was given.
const RESULT: u32 = 120;
const BUFFERS: u32 = RESULT + 8;

/// Calls one host function with numbers that lie in the data of the action, which is its memory, and
/// prints what the memory has become.
fn caller(function: Import<'_>) -> Vec<u8> {
    let (_, params, results) = function;
    let at = |offset: u32| MemArg {
        offset: offset.into(),
        align: 0,
        target: MemArgTarget::default(),
        ordering: None,
    };
    let imports = [
        function,
        ("read_action_data", &[I32, I32], &[I32]),
        ("action_data_size", &[], &[I32]),
        ("printhex", &[I32, I32], &[]),
    ];
    let zero = I::I32Const(0);
    let mut body = vec![zero.clone(), I::I32Const(0xffff), I::Call(1), I::Drop];
    body.push(zero.clone());
    for (index, param) in (0..).zip(params) {
        body.push(zero.clone());
        body.push(match param {
            ValType::I32 => I::I32Load(at(index * 8)),
            _ => I::I64Load(at(index * 8)),
        });
    }
    body.push(I::Call(0));
    body.push(match results {
        [] => I::Drop,
        [ValType::I32] => I::I32Store(at(RESULT)),
        _ => I::I64Store(at(RESULT)),
    });
    body.push(I::I32Const(RESULT as i32));
    body.extend([
        I::Call(2),
        I::I32Const(RESULT as i32),
        I::I32Sub,
        I::Call(3),
    ]);
    module(&imports, &body, &[])
}

/// What a function is called with.
enum Argument<'a> {
    Number(u64),
    /// A buffer: its address and length are passed.
    Span(&'a [u8]),
    /// A buffer at a place of its own: from the first buffer's start, and as long.
    At(u32, u32),
}

use Argument::{At, Number, Span};

/// Room for a result.
fn room(size: usize) -> Argument<'static> {
    Span(&[0xee; 1024][..size])
}

fn call(arguments: &[Argument<'_>]) -> Action {
    let mut numbers = Vec::new();
    let mut buffers = Vec::new();
    for argument in arguments {
        match argument {
            Number(number) => numbers.push(*number),
            Span(bytes) => {
                numbers.push(u64::from(BUFFERS) + buffers.len() as u64);
                numbers.push(bytes.len() as u64);
                buffers.extend_from_slice(bytes);
            }
            At(offset, length) => {
                numbers.push(u64::from(BUFFERS.wrapping_add(*offset)));
                numbers.push(u64::from(*length));
            }
        }
    }
    let mut data: Vec<u8> = numbers.iter().flat_map(|it| it.to_le_bytes()).collect();
    data.resize(BUFFERS as usize, 0);
    data.extend(buffers);
    Action {
        account: ACCOUNT,
        name: name!("call"),
        authorization: vec![PermissionLevel::active(ACCOUNT)],
        data,
    }
}

fn compare(both: &mut Both, function: Import<'_>, cases: &[Vec<Argument<'_>>]) {
    let name = function.0;
    let code = native::set_code(ACCOUNT, &caller(function));
    both.push(&format!("deploy a caller of {name}"), &[code]);
    for (index, case) in cases.iter().enumerate() {
        both.push(&format!("{name}, case {index}"), &[call(case)]);
    }
}

pub fn run(both: &mut Both) {
    both.accounts(&[ACCOUNT]);
    hashes(both);
    powers(both);
    curve(both);
    pairs(both);
    keys(both);
    long_doubles(both);
}

fn bytes(length: usize) -> Vec<u8> {
    (0..length).map(|index| (index * 167 + 13) as u8).collect()
}

fn hashes(both: &mut Both) {
    let data = bytes(1000);
    let mut cases = Vec::new();
    for length in [0, 1, 135, 136, 137, 1000] {
        for keccak in [0, 1, 2] {
            cases.push(vec![Span(&data[..length]), room(32), Number(keccak)]);
        }
    }
    for size in [0, 10, 40] {
        cases.push(vec![Span(&data), room(size), Number(1)]);
    }
    cases.push(vec![At(0, 16), At(8, 32), Number(0)]);
    cases.push(vec![At(0, 16), At(16, 32), Number(0)]);
    cases.push(vec![At(0, 70_000), At(16, 32), Number(0)]);
    cases.push(vec![At(0, 0), At(0xffff_0000, 0), Number(0)]);
    let sha3: Import<'_> = ("sha3", &[I32; 5], &[]);
    compare(both, sha3, &cases);

    let block = bytes(300);
    let case = |rounds, state: usize, message: usize, low: usize, high: usize, last, size| {
        vec![
            Number(rounds),
            Span(&block[..state]),
            Span(&block[..message]),
            Span(&block[..low]),
            Span(&block[9..9 + high]),
            Number(last),
            room(size),
        ]
    };
    let cases = [
        case(12, 64, 128, 8, 8, 1, 64),
        case(12, 64, 128, 8, 8, 0, 64),
        case(12, 64, 128, 8, 8, 2, 64),
        case(0, 64, 128, 8, 8, 1, 64),
        case(1, 64, 128, 8, 8, 1, 64),
        case(1001, 64, 128, 8, 8, 1, 80),
        case(12, 63, 128, 8, 8, 1, 64),
        case(12, 64, 129, 8, 8, 1, 64),
        case(12, 64, 128, 7, 8, 1, 64),
        case(12, 64, 128, 8, 9, 1, 64),
        case(12, 64, 128, 8, 8, 1, 63),
        vec![
            Number(12),
            At(0, 64),
            At(64, 128),
            At(192, 8),
            At(199, 8),
            Number(1),
            At(300, 64),
        ],
    ];
    compare(both, ("blake2_f", &[I32; 12], &[I32]), &cases);
}

fn powers(both: &mut Both) {
    let numbers = bytes(600);
    let case =
        |base, exponent, modulus, size| vec![Span(base), Span(exponent), Span(modulus), room(size)];
    let (large, even) = (&numbers[..256], [&numbers[..31], &[2]].concat());
    let cases = [
        case(&[3], &[5], &[7], 1),
        case(&[3], &[5], &[0, 0, 7], 3),
        case(&[3], &[5], &[0, 7], 1),
        case(&[3], &[5], &[7], 5),
        case(&[], &[], &[], 0),
        case(&[], &[], &[7], 1),
        case(&[], &[], &[1], 1),
        case(&[3], &[], &[7], 1),
        case(&[0], &[0], &[7], 1),
        case(&[3], &[5], &[0], 1),
        case(&[3], &[5], &[0, 0], 2),
        case(&numbers[..32], &numbers[40..72], &numbers[100..132], 32),
        case(&numbers[..32], &numbers[40..72], &even, 32),
        case(&[3], &numbers[..2], &[7], 1),
        case(large, &numbers[..32], &numbers[300..556], 256),
        case(&numbers[..257], &[3], &numbers[..2], 2),
        case(&numbers[..512], &numbers[..512], &[7], 2),
        case(&numbers[..512], &[], &[7], 2),
        case(&[], &[3], &[], 0),
    ];
    compare(both, ("mod_exp", &[I32; 8], &[I32]), &cases);
}

fn unhex(text: &str) -> Vec<u8> {
    let digit = |byte: u8| (byte as char).to_digit(16).unwrap() as u8;
    let pairs = text.as_bytes().chunks(2);
    pairs
        .map(|pair| digit(pair[0]) << 4 | digit(pair[1]))
        .collect()
}

/// The generator (1, 2), and its negative.
fn generators() -> (Vec<u8>, Vec<u8>) {
    let text = |y: &str| unhex(&format!("{:064x}{y}", 1));
    (
        text(&format!("{:064x}", 2)),
        text("30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd45"),
    )
}

fn curve(both: &mut Both) {
    let (one, minus) = generators();
    let modulus = unhex("30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47");
    let order = unhex("30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001");
    let zero = [0; 64];
    let beside = [&[0; 31][..], &[1], &[0; 31], &[3]].concat();
    let too_large = [&modulus[..], &[0; 32]].concat();
    let add = |left, right, size| vec![Span(left), Span(right), room(size)];
    let cases = [
        add(&one, &one, 64),
        add(&one, &minus, 64),
        add(&one, &zero, 64),
        add(&zero, &zero, 64),
        add(&zero, &minus, 70),
        add(&one, &one, 63),
        add(&one[..63], &one, 64),
        add(&one, &beside, 64),
        add(&too_large, &one, 64),
        add(&[0xff; 64], &one, 64),
        vec![At(0, 64), At(0, 64), At(64, 64)],
        vec![At(0, 64), At(63, 64), At(128, 64)],
        vec![At(0, 64), At(64, 64), At(100, 64)],
        vec![At(0, 64), At(64, 64), At(0xffff_ffff, 64)],
        vec![At(0, 64), At(64, 64), At(0x1_0000 - BUFFERS, 0)],
        vec![At(0, 64), At(64, 64), At(0x1_0001 - BUFFERS, 0)],
    ];
    compare(both, ("alt_bn128_add", &[I32; 6], &[I32]), &cases);

    let mul = |point, scalar, size| vec![Span(point), Span(scalar), room(size)];
    let mut before = order.clone();
    before[31] -= 1;
    let (top, high) = ([&[0x80][..], &[0; 31]].concat(), [0xff; 32]);
    let numbers = bytes(32);
    let two = [&[0; 31][..], &[2]].concat();
    let cases = [
        mul(&one, &two, 64),
        mul(&one, &[0; 32], 64),
        mul(&one, &order, 64),
        mul(&one, &before, 64),
        mul(&one, &numbers, 64),
        mul(&one, &top, 64),
        mul(&one, &high, 64),
        mul(&minus, &high, 64),
        mul(&zero, &numbers, 64),
        mul(&beside, &numbers, 64),
        mul(&one, &numbers[1..], 64),
        mul(&one, &numbers, 63),
    ];
    compare(both, ("alt_bn128_mul", &[I32; 6], &[I32]), &cases);
}

/// A point of the second group's curve: the highest coordinate first.
fn point(at: ark_bn254::G2Affine) -> Vec<u8> {
    use ark_ff::{BigInteger, PrimeField};
    let numbers = [at.x.c1, at.x.c0, at.y.c1, at.y.c0];
    let bytes = numbers.map(|it| it.into_bigint().to_bytes_be());
    bytes.concat()
}

fn pairs(both: &mut Both) {
    let (one, minus) = generators();
    let second = point(ark_bn254::G2Affine::generator());
    let stray = (1u32..)
        .filter_map(|x| ark_bn254::G2Affine::get_point_from_x_unchecked(x.into(), false))
        .find(|point| !point.is_in_correct_subgroup_assuming_on_curve())
        .unwrap();
    let pair = |left: &[u8], right: &[u8]| [left, right].concat();
    let lists = [
        Vec::new(),
        pair(&one, &second),
        [pair(&one, &second), pair(&minus, &second)].concat(),
        [pair(&one, &second), pair(&one, &second)].concat(),
        pair(&[0; 64], &second),
        pair(&one, &[0; 128]),
        pair(&[0; 64], &[0; 128]),
        pair(&one, &point(stray)),
        pair(&one, &[1; 128]),
        pair(&[1; 64], &second),
        pair(&one, &second)[1..].to_vec(),
    ];
    let cases: Vec<_> = lists.iter().map(|list| vec![Span(list)]).collect();
    compare(both, ("alt_bn128_pair", &[I32; 2], &[I32]), &cases);
}

fn keys(both: &mut Both) {
    let digest = Checksum256([7; 32]);
    let signature = signing::Signer::sign(&both.key, &digest)
        .unwrap()
        .to_bytes()[1..]
        .to_vec();
    let with = |number: u8| [&[number][..], &signature[1..]].concat();
    let signatures = [
        signature.clone(),
        with(26),
        with(27),
        with(28),
        with(29),
        with(30),
        with(34),
        with(35),
        signature[1..].to_vec(),
        [&[27][..], &[0; 64]].concat(),
        [&[27][..], &[0xff; 64]].concat(),
        [&[27][..], &[1; 64]].concat(),
    ];
    let mut cases: Vec<_> = signatures
        .iter()
        .map(|it| vec![Span(it), Span(&digest.0), room(65)])
        .collect();
    cases.push(vec![Span(&signature), Span(&digest.0), room(64)]);
    cases.push(vec![Span(&signature), Span(&digest.0), room(80)]);
    cases.push(vec![Span(&signature), Span(&digest.0[..31]), room(65)]);
    compare(both, ("k1_recover", &[I32; 6], &[I32]), &cases);
}

fn long_doubles(both: &mut Both) {
    let mut values: Vec<u128> = vec![0, 1, 1 << 49, 1 << 48, 3 << 48, (1 << 112) - 1, 1 << 112];
    values.extend([0x3fff << 112, 0x3ffb_9999_9999_9999_9999_9999_9999_999a]);
    values.extend([
        0x7fff << 112,
        (0x7fff << 112) - 1,
        (0x7fff << 112) + 1,
        0x7fff8 << 108,
    ]);
    // Halves of the last digit that is printed, and of the last bit.
    values.extend([(0x3fff << 112) + (1 << 48), (0x3fff << 112) + (3 << 48)]);
    values.extend((0..40).map(|exponent| (0x3fff + 50 + exponent) << 112 | 0x8000_0001 << 80));
    let mut state = 88_172_645_463_325_252u64;
    let mut random = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    values.extend((0..60).map(|_| u128::from(random()) << 64 | u128::from(random())));
    let signed = values.iter().flat_map(|bits| [*bits, bits | 1 << 127]);
    let buffers: Vec<_> = signed.map(u128::to_le_bytes).collect();
    // The length is passed too, and not used.
    let cases: Vec<_> = buffers.iter().map(|bits| vec![Span(&bits[..])]).collect();
    compare(both, ("printqf", &[I32], &[]), &cases);
}
