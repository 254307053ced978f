use antelope_types::{BinaryExtension, Decode, Encode};

#[derive(Encode, Decode)]
union Either {
    left: u32,
    right: f32,
}

#[derive(Encode, Decode)]
enum Nothing {}

#[derive(Encode, Decode)]
struct Grown {
    id: u64,
    note: BinaryExtension<u64>,
    late: u64,
}

struct Foreign;

#[derive(Encode)]
struct Holder {
    foreign: Foreign,
}

fn main() {}
