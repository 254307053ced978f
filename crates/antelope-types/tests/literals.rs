//! The literal macros agree with the parsers, which they cannot share code with.

use antelope_types::{Asset, Name, Symbol, asset, name, symbol};

macro_rules! agree {
    ($macro:ident, $type:ty: $($text:literal),+ $(,)?) => {
        $({
            const VALUE: $type = $macro!($text);
            assert_eq!($text.parse(), Ok(VALUE));
        })+
    };
}

#[test]
fn literals_are_what_the_parsers_read() {
    agree!(name, Name:
        "", "a", "z", "1", "5", "eosio", "eosio.token", ".a.b.c.1.2.3", "zzzzzzzzzzzzj",
        "111111111111j", "12345abcdefgj", ".........abc",
    );
    agree!(symbol, Symbol:
        "0,A", "4,EOS", "4,RUB", "9,B", "18,ZZZZZZZ",
    );
    agree!(asset, Asset:
        "0 A", "1.0000 EOS", "-1.0000 EOS", "-0.1 X", "0.000000000000000001 ETH",
        "4611686018427387903 MAX", "-4611686018427387903 MAX", "46116860184273879.03 USD",
    );
}
