//! What each parameter of a host function means.
//!
//! | letter | parameter |
//! |---|---|
//! | `n` | name of an account |
//! | `a` | name of a permission, table or scope |
//! | `N` | number of 64 bits |
//! | `w` | number of 32 bits |
//! | `i` | iterator |
//! | `f`, `d` | float of 32 or 64 bits |
//! | `p` and bytes | pointer to that many |
//! | `s` and bytes | pointer to, and number of, items of that many; one where none is said |
//! | `z` | pointer to a text that ends with a zero |

use antelope_types::{Name, name};

/// A parameter, or two of them for a span.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Parameter {
    Account,
    Name,
    Long,
    Word,
    Iterator,
    Single,
    Double,
    Pointer(u32),
    Span(u32),
    Text,
}

impl Parameter {
    /// Whether it says where in memory something lies.
    pub fn points(self) -> bool {
        matches!(self, Self::Pointer(_) | Self::Span(_) | Self::Text)
    }

    /// How many parameters it is.
    pub fn width(self) -> usize {
        if matches!(self, Self::Span(_)) { 2 } else { 1 }
    }
}

/// The parameters of a host function, by their letters.
pub fn kinds(name: &str) -> Vec<Parameter> {
    let letters = letters(name);
    letters.split_whitespace().map(kind).collect()
}

fn kind(text: &str) -> Parameter {
    let (letter, size) = text.split_at(1);
    let size = size.parse().unwrap_or(1);
    match letter {
        "n" => Parameter::Account,
        "a" => Parameter::Name,
        "N" => Parameter::Long,
        "w" => Parameter::Word,
        "i" => Parameter::Iterator,
        "f" => Parameter::Single,
        "d" => Parameter::Double,
        "p" => Parameter::Pointer(size),
        "s" => Parameter::Span(size),
        "z" => Parameter::Text,
        _ => panic!("{text} is no kind of parameter"),
    }
}

fn letters(name: &str) -> &'static str {
    match name {
        "get_context_free_data" => "w s",
        "is_feature_active" | "activate_feature" => "N",
        "preactivate_feature" | "is_feature_activated" => "p32",
        "set_resource_limits" => "n N N N",
        "get_resource_limits" => "n p8 p8 p8",
        "get_parameters_packed" => "s s",
        "set_parameters_packed" | "set_wasm_parameters_packed" => "s",
        "get_wasm_parameters_packed" => "s w",
        "set_proposed_producers" => "s",
        "set_proposed_producers_ex" | "set_finalizers" => "N s",
        "get_blockchain_parameters_packed" | "set_blockchain_parameters_packed" => "s",
        "is_privileged" => "n",
        "set_privileged" => "n w",
        "get_active_producers" => "s8",
        "assert_recover_key" | "recover_key" => "p32 s s",
        "assert_sha256" | "sha256" => "s p32",
        "assert_sha1" | "sha1" | "assert_ripemd160" | "ripemd160" => "s p20",
        "assert_sha512" | "sha512" => "s p64",
        "check_transaction_authorization" => "s s s",
        "check_permission_authorization" => "n a s s N",
        "get_permission_last_used" | "require_auth2" => "n a",
        "get_account_creation_time"
        | "require_auth"
        | "has_auth"
        | "require_recipient"
        | "is_account" => "n",
        "get_code_hash" => "n w s",
        "eosio_assert" => "w z",
        "eosio_assert_message" => "w s",
        "eosio_assert_code" => "w N",
        "eosio_exit" => "w",
        "read_action_data" | "set_action_return_value" | "prints_l" | "printhex" => "s",
        "prints" => "z",
        "printi" | "printui" | "printn" => "N",
        "printi128" | "printui128" | "printqf" => "p16",
        "printsf" => "f",
        "printdf" => "d",
        "db_store_i64" => "a a n N s",
        "db_update_i64" => "i n s",
        "db_get_i64" => "i s",
        "db_find_i64" | "db_lowerbound_i64" | "db_upperbound_i64" => "n a a N",
        "memcpy" | "memmove" | "memcmp" => "p0 s",
        "memset" => "p0 w w",
        "send_inline" | "send_context_free_inline" | "read_transaction" => "s",
        "send_deferred" => "p16 n s w",
        "cancel_deferred" => "p16",
        "get_action" => "w w s",
        "__ashlti3" | "__ashrti3" | "__lshlti3" | "__lshrti3" => "p16 N N w",
        "__divti3" | "__udivti3" | "__multi3" | "__modti3" | "__umodti3" | "__addtf3"
        | "__subtf3" | "__multf3" | "__divtf3" => "p16 N N N N",
        "__negtf2" | "__fixtfti" | "__fixunstfti" => "p16 N N",
        "__extendsftf2" | "__fixsfti" | "__fixunssfti" => "p16 f",
        "__extenddftf2" | "__fixdfti" | "__fixunsdfti" => "p16 d",
        "__trunctfdf2" | "__trunctfsf2" | "__fixtfsi" | "__fixtfdi" | "__fixunstfsi"
        | "__fixunstfdi" | "__floattidf" | "__floatuntidf" => "N N",
        "__floatsidf" => "w",
        "__floatsitf" | "__floatunsitf" => "p16 w",
        "__floatditf" | "__floatunditf" => "p16 N",
        "__cmptf2" | "__eqtf2" | "__netf2" | "__getf2" | "__gttf2" | "__letf2" | "__lttf2"
        | "__unordtf2" => "N N N N",
        "alt_bn128_add" | "alt_bn128_mul" | "k1_recover" => "s s s",
        "alt_bn128_pair" => "s",
        "mod_exp" => "s s s s",
        "blake2_f" => "w s s s s w s",
        "sha3" => "s s w",
        _ => index(name),
    }
}

/// Functions of iterators and secondary indexes.
fn index(name: &str) -> &'static str {
    let key = |one, others: [&'static str; 4]| {
        let kinds = ["64_", "128_", "double", "long_double"];
        if name.starts_with("db_idx256") {
            return one;
        }
        let found = kinds
            .iter()
            .position(|kind| name.starts_with(&format!("db_idx{kind}")));
        let found = found.or_else(|| {
            kinds
                .iter()
                .position(|kind| name.contains(&format!("_{kind}_")))
        });
        others[found.unwrap()]
    };
    let ends = |end: &str| name.starts_with("db_") && name.ends_with(end);
    if !name.starts_with("db_") {
        return "";
    }
    if ends("remove") || name == "db_remove_i64" {
        "i"
    } else if ends("next") || ends("previous") || name == "db_next_i64" || name == "db_previous_i64"
    {
        "i p8"
    } else if ends("end") || name == "db_end_i64" {
        "n a a"
    } else if ends("store") {
        key(
            "a a n N s16",
            ["a a n N p8", "a a n N p16", "a a n N p8", "a a n N p16"],
        )
    } else if ends("update") {
        key("i n s16", ["i n p8", "i n p16", "i n p8", "i n p16"])
    } else if ends("find_primary") {
        key(
            "n a a s16 N",
            ["n a a p8 N", "n a a p16 N", "n a a p8 N", "n a a p16 N"],
        )
    } else {
        key(
            "n a a s16 p8",
            ["n a a p8 p8", "n a a p16 p8", "n a a p8 p8", "n a a p16 p8"],
        )
    }
}

/// The accounts of the tests.
pub const PROBE: Name = name!("probe");
pub const PRIVILEGED: Name = name!("privy");
pub const LISTENER: Name = name!("listener");
pub const FRIEND: Name = name!("friend");
