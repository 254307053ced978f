use antelope_types::{Asset, asset};

const NO_SPACE: Asset = asset!("1.0000EOS");
const NO_DECIMALS: Asset = asset!("1. EOS");
const NO_WHOLE: Asset = asset!(".5 EOS");
const TWO_POINTS: Asset = asset!("1.0.0 EOS");
const LOWER_CASE: Asset = asset!("1.0000 eos");
const TOO_LARGE: Asset = asset!("4611686018427387904 EOS");
const TOO_PRECISE: Asset = asset!("0.0000000000000000001 EOS");

fn main() {}
