use antelope_contract::prelude::*;

#[derive(Encode, Decode, AbiType)]
pub struct Folder {
    pub files: Vec<File>,
}

#[derive(Encode, Decode, AbiType)]
pub struct File {
    pub inside: Vec<Folder>,
}

fn main() {}
