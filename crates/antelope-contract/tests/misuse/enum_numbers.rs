use antelope_contract::prelude::*;

#[derive(Encode, Decode, AbiType)]
pub enum State {
    New = 1,
    Paid = 5,
}

#[derive(Encode, Decode, AbiType)]
#[repr(u8)]
pub enum Event {
    Paid(u64) = 1,
    Sent = 2,
}

fn main() {}
