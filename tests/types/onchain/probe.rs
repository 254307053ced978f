//! Encodes, decodes and computes with every type that needs no allocation.
#![no_std]

use antelope_types::{
    Asset, AssetError, BinaryExtension, BlockTimestamp, Checksum160, Checksum256, Checksum512,
    Decode, DecodeError, Encode, Encoder, ExtendedAsset, Float128, Name, PermissionLevel,
    PublicKey, Signature, Symbol, SymbolCode, TimePoint, TimePointSec, VarInt32, VarUint32, asset,
    name,
};

#[link(wasm_import_module = "env")]
unsafe extern "C" {
    fn something_can_panic() -> !;
    fn read(bytes: *mut u8, len: usize) -> usize;
    fn show(bytes: *const u8, len: usize);
    fn fail(bytes: *const u8, len: usize) -> !;
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    unsafe { something_can_panic() }
}

#[derive(Encode, Decode)]
struct Everything<'a> {
    flags: [bool; 2],
    small: (),
    numbers: Numbers,
    name: Name,
    quantity: Asset,
    extended: ExtendedAsset,
    symbol: Symbol,
    code: SymbolCode,
    at: TimePoint,
    until: TimePointSec,
    slot: BlockTimestamp,
    digests: Option<Digests>,
    level: PermissionLevel,
    key: PublicKey,
    signature: Signature,
    choice: Choice<'a>,
    memo: &'a str,
    note: BinaryExtension<&'a [u8]>,
}

#[derive(Encode, Decode)]
struct Numbers {
    a: u8,
    b: i16,
    c: u32,
    d: i64,
    e: u128,
    f: f64,
    g: Float128,
    h: VarUint32,
    i: VarInt32,
    j: [u16; 3],
}

#[derive(Encode, Decode)]
struct Digests(Checksum160, Checksum256, Checksum512);

#[derive(Encode, Decode)]
enum Choice<'a> {
    Nothing,
    Text(&'a str),
    Both { name: Name, bytes: &'a [u8] },
}

enum Failure {
    Decode(DecodeError),
    Asset(AssetError),
}

impl From<DecodeError> for Failure {
    fn from(error: DecodeError) -> Self {
        Self::Decode(error)
    }
}

impl From<AssetError> for Failure {
    fn from(error: AssetError) -> Self {
        Self::Asset(error)
    }
}

fn compute(everything: &mut Everything<'_>) -> Result<(), Failure> {
    let quantity = everything.quantity;
    let doubled = quantity.checked_mul(2)?.checked_add(asset!("1.0000 EOS"))?;
    let rest = doubled
        .checked_sub(quantity)?
        .checked_div(everything.numbers.d)?;
    if rest.checked_cmp(quantity)?.is_lt() && rest.checked_ratio(quantity)? > 3 {
        everything.quantity = Asset::new(rest.checked_neg()?.amount, everything.symbol)?;
    }
    everything.extended = everything.extended.checked_add(everything.extended)?;
    everything.until = everything.at.into();
    everything.slot = everything.at.into();
    everything.at = everything.at.checked_add_micros(5).unwrap_or_default();
    if everything.name.suffix() == name!("token") && everything.code.is_valid() {
        everything.name = everything.name.prefix();
    }
    Ok(())
}

fn print(text: &str) {
    unsafe { show(text.as_ptr(), text.len()) }
}

#[unsafe(no_mangle)]
extern "C" fn apply(_: u64, _: u64, _: u64) {
    let mut input = [0; 1024];
    let len = unsafe { read(input.as_mut_ptr(), input.len()) };
    let data = input.get(..len).unwrap_or_default();
    // A line to try the trap with.
    let result = Everything::from_bytes(data)
        .map_err(Failure::from)
        .and_then(|mut everything| {
            compute(&mut everything)?;
            print(everything.name.write_str(&mut [0; Name::MAX_TEXT]));
            print(everything.symbol.write_str(&mut [0; Symbol::MAX_TEXT]));
            print(everything.quantity.write_str(&mut [0; Asset::MAX_TEXT]));
            print(
                everything
                    .extended
                    .write_str(&mut [0; ExtendedAsset::MAX_TEXT]),
            );
            let mut output = [0; 1024];
            let mut out = Encoder::new(&mut output);
            everything.encode(&mut out);
            let len = out.position();
            if let Some(bytes) = output.get(..len) {
                unsafe { show(bytes.as_ptr(), bytes.len()) }
            }
            if everything.memo.parse::<Asset>().is_ok() || Name::parse(everything.memo).is_ok() {
                print("the memo is an asset or a name");
            }
            Ok(())
        });
    let text = match result {
        Ok(()) => return,
        Err(Failure::Decode(error)) => error.text(),
        Err(Failure::Asset(error)) => error.text(),
    };
    unsafe { fail(text.as_ptr(), text.len()) }
}
