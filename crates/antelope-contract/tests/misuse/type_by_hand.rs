use antelope_contract::prelude::*;

pub struct Percent(u8);

impl Encode for Percent {
    fn encode(&self, out: &mut Encoder<'_>) {
        self.0.encode(out);
    }
}

impl<'a> Decode<'a> for Percent {
    fn decode(input: &mut Decoder<'a>) -> Result<Self, DecodeError> {
        u8::decode(input).map(Self)
    }
}

#[contract]
mod shop {
    use super::*;

    #[action]
    pub fn cut(by: Percent) {
        let _ = by;
    }
}

fn main() {}
