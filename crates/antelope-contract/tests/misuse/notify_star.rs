use antelope_contract::prelude::*;

#[contract]
mod shop {
    use super::*;

    #[on_notify("*::transfer")]
    pub fn paid(from: Name, to: Name) {
        let _ = (from, to);
    }
}

fn main() {}
