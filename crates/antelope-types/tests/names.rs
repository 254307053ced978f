//! Names, with the vectors of CDT's `name_tests.cpp`.

use antelope_types::{Name, NameError};
use proptest::prelude::*;

#[test]
fn numbers_are_those_of_cdt() {
    for (text, raw) in [
        ("", 0),
        ("1", 576460752303423488),
        ("5", 2882303761517117440),
        ("a", 3458764513820540928),
        ("z", 17870283321406128128),
        ("abc", 3589368903014285312),
        ("123", 614178399182651392),
        (".abc", 112167778219196416),
        (".........abc", 102016),
        (".a.b.c.1.2.3", 108209673814966320),
        ("abc.123", 3589369488740450304),
        ("123.abc", 614181822271586304),
        ("12345abcdefgj", 614251623682315983),
        ("hijklmnopqrsj", 7754926748989239183),
        ("tuvwxyz.1234j", 14895601873741973071),
        ("111111111111j", 595056260442243615),
        ("555555555555j", 2975281302211218015),
        ("aaaaaaaaaaaaj", 3570337562653461615),
        ("zzzzzzzzzzzzj", u64::MAX),
    ] {
        let name: Name = text.parse().unwrap();
        assert_eq!(name.raw(), raw, "{text}");
        assert_eq!(name.to_string(), text);
        assert_eq!(name.len(), text.len(), "{text}");
    }
}

#[test]
fn mistakes_have_the_texts_of_cdt() {
    for (text, error, words) in [
        (
            "12345678901234",
            NameError::TooLong { len: 14 },
            "string is too long to be a valid name",
        ),
        (
            "abcD",
            NameError::BadCharacter { at: 3 },
            "character is not in allowed character set for names",
        ),
        (
            "0",
            NameError::BadCharacter { at: 0 },
            "character is not in allowed character set for names",
        ),
        (
            "аб",
            NameError::BadCharacter { at: 0 },
            "character is not in allowed character set for names",
        ),
        (
            "111111111111k",
            NameError::BadThirteenth,
            "thirteenth character in name cannot be a letter that comes after j",
        ),
    ] {
        assert_eq!(text.parse::<Name>(), Err(error), "{text}");
        assert_eq!(error.to_string(), words);
    }
}

#[test]
fn a_dot_at_the_end_is_refused_as_nodeos_does() {
    for text in [".", "123.", "eosio.", "zzzzzzzzzzzz."] {
        assert_eq!(text.parse::<Name>(), Err(NameError::TrailingDot), "{text}");
    }
}

#[test]
fn suffixes_and_prefixes_are_those_of_cdt() {
    for (text, prefix, suffix) in [
        (".eosioaccounj", "", "eosioaccounj"),
        ("e.osioaccounj", "e", "osioaccounj"),
        ("eo.sioaccounj", "eo", "sioaccounj"),
        ("eosio.accounj", "eosio", "accounj"),
        ("eosioacco.unj", "eosioacco", "unj"),
        ("eosioaccou.nj", "eosioaccou", "nj"),
        ("eosioaccoun.j", "eosioaccoun", "j"),
        ("eosioaccountj", "eosioaccountj", "eosioaccountj"),
        ("eosioaccount", "eosioaccount", "eosioaccount"),
        ("e.o.s.i.o.a.c", "e.o.s.i.o.a", "c"),
        ("eos.ioa.cco", "eos.ioa", "cco"),
        ("a.my.account", "a.my", "account"),
        ("a..b", "a", "b"),
        ("eosio", "eosio", "eosio"),
        ("", "", ""),
    ] {
        let name: Name = text.parse().unwrap();
        assert_eq!(name.prefix().to_string(), prefix, "{text}");
        assert_eq!(name.suffix().to_string(), suffix, "{text}");
    }
}

proptest! {
    #[test]
    fn every_number_is_a_name_and_back(raw: u64) {
        let name = Name::from_raw(raw);
        prop_assert_eq!(name.to_string().parse(), Ok(name));
        prop_assert_eq!(name.len(), name.to_string().len());
        assert_eq!(name.write_str(&mut [0; 13]), name.to_string());
    }

    #[test]
    fn names_order_as_their_text(a: u64, b: u64) {
        let (a, b) = (Name::from_raw(a), Name::from_raw(b));
        prop_assert_eq!(a.cmp(&b), a.to_string().cmp(&b.to_string()));
    }

    #[test]
    fn any_text_is_a_name_or_an_error(text in "\\PC{0,16}") {
        if let Ok(name) = text.parse::<Name>() {
            prop_assert_eq!(name.to_string(), text);
        }
    }
}
