use antelope_contract::prelude::*;

const TEXTS: &[(&str, &str)] = &[("hours", "48")];

const RULE: &str = antelope_contract::types::expanded!("Open for %days% days.", TEXTS);
const OPEN: &str = antelope_contract::types::expanded!("100%", TEXTS);

#[contract(parameters(TEXTS, TEXTS))]
mod twice {
    #[action]
    pub fn buy() {}
}

fn main() {
    print(RULE);
    print(OPEN);
}
