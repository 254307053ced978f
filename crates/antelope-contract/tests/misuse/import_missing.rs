mod token {
    antelope_contract::import_abi!("no/such.abi");
}

fn main() {}
