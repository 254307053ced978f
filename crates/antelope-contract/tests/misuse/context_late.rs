use antelope_contract::prelude::*;

#[contract]
mod shop {
    use super::*;

    #[action]
    pub fn buy(who: Name, cx: &Context) {
        let _ = (who, cx);
    }
}

fn main() {}
