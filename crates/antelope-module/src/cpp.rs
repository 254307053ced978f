//! Demangling of C++ function names: namespaces, classes and the function.
//!
//! Contracts compiled by CDT have C++ names such as `_ZN5eosio5token8transferE…` in backtraces and
//! size reports. Arguments of functions are left out, and those of templates become `<…>`: a name
//! is to be recognized, not compiled. Names that use more of the grammar are left as they are.
//!
//! The grammar is that of the Itanium C++ ABI, section 5.1:
//!
//! | mangled | meaning |
//! |---|---|
//! | `_Z` | a C++ name begins |
//! | `N` … `E` | a name of several parts |
//! | `5token` | a part of five characters |
//! | `I` … `E` | arguments of a template |
//! | `St`, `Ss`, … | a part of the standard library |
//! | `C1`, `D0` | a constructor, a destructor |
//! | `eq` | an operator |

/// The name as C++ writes it; `None` if it is not a function whose name is read here.
///
/// Only the name is read: what follows it, the types of parameters, is ignored. Qualifiers of a member
/// function such as `const` are skipped.
pub(super) fn demangle(mangled: &str) -> Option<String> {
    let rest = mangled.strip_prefix("_Z")?;
    let mut input = Input(rest.as_bytes());
    let mut parts: Vec<String> = Vec::new();
    if input.accept(b'N') {
        while input.peek().is_some_and(|byte| b"rVKRO".contains(&byte)) {
            input.next();
        }
        while !input.accept(b'E') {
            input.part(&mut parts)?;
        }
    } else {
        if input.0.starts_with(b"St") {
            input.part(&mut parts)?;
        }
        input.part(&mut parts)?;
        if input.peek() == Some(b'I') {
            input.part(&mut parts)?;
        }
    }
    (!parts.is_empty()).then(|| parts.join("::"))
}

/// Abbreviations for parts of the standard library: the letter after `S`.
const STANDARD: [(u8, &str); 7] = [
    (b't', "std"),
    (b'a', "std::allocator"),
    (b'b', "std::basic_string"),
    (b's', "std::string"),
    (b'i', "std::istream"),
    (b'o', "std::ostream"),
    (b'd', "std::iostream"),
];

/// Operators by their codes, as they follow the word `operator`. Unary and binary ones with the same
/// spelling have different codes; both are written alike.
const OPERATORS: [(&[u8; 2], &str); 34] = [
    (b"nw", " new"),
    (b"na", " new[]"),
    (b"dl", " delete"),
    (b"da", " delete[]"),
    (b"ng", "-"),
    (b"de", "*"),
    (b"pl", "+"),
    (b"mi", "-"),
    (b"ml", "*"),
    (b"dv", "/"),
    (b"rm", "%"),
    (b"an", "&"),
    (b"or", "|"),
    (b"eo", "^"),
    (b"aS", "="),
    (b"pL", "+="),
    (b"mI", "-="),
    (b"mL", "*="),
    (b"dV", "/="),
    (b"rM", "%="),
    (b"ls", "<<"),
    (b"rs", ">>"),
    (b"eq", "=="),
    (b"ne", "!="),
    (b"lt", "<"),
    (b"gt", ">"),
    (b"le", "<="),
    (b"ge", ">="),
    (b"nt", "!"),
    (b"pp", "++"),
    (b"mm", "--"),
    (b"pt", "->"),
    (b"cl", "()"),
    (b"ix", "[]"),
];

/// What is left of a mangled name. The methods return `None` where the grammar is not followed, or
/// goes beyond what is read here.
struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    /// The next byte, without reading it.
    fn peek(&self) -> Option<u8> {
        self.0.first().copied()
    }

    /// Reads a byte.
    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    /// Reads the byte if it is the next one; returns whether it was.
    fn accept(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        if there {
            self.next();
        }
        there
    }

    /// Reads an identifier: its length in decimal digits, then the characters.
    fn source_name(&mut self) -> Option<&'a str> {
        let digits = self.0.iter().take_while(|byte| byte.is_ascii_digit());
        let (number, rest) = self.0.split_at(digits.count());
        let length: usize = std::str::from_utf8(number).ok()?.parse().ok()?;
        let (name, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        std::str::from_utf8(name).ok()
    }

    /// Reads a part of a name and appends it, or the arguments of the part before.
    ///
    /// | begins with | part |
    /// |---|---|
    /// | a digit | an identifier; `_GLOBAL__N…` is an anonymous namespace |
    /// | `L` | a name that only this file sees; the part follows |
    /// | `I` | arguments of a template, which become `<…>` |
    /// | `S` | an abbreviation of the standard library |
    /// | `C`, `D` and a digit | a constructor or destructor, named after its class |
    /// | `B` | a tag of the version of a library, which is left out |
    /// | two lower-case letters | an operator |
    fn part(&mut self, parts: &mut Vec<String>) -> Option<()> {
        match self.peek()? {
            b'0'..=b'9' => {
                let name = self.source_name()?;
                parts.push(match name.starts_with("_GLOBAL__N") {
                    true => "(anonymous)".to_owned(),
                    false => name.to_owned(),
                });
            }
            // A name of this file alone.
            b'L' => {
                self.next();
                return self.part(parts);
            }
            b'I' => {
                self.next();
                self.skip_arguments()?;
                parts.last_mut()?.push_str("<…>");
            }
            b'S' => {
                self.next();
                let code = self.next()?;
                let (_, name) = STANDARD.iter().find(|(known, _)| *known == code)?;
                parts.push((*name).to_owned());
            }
            // Constructors and destructors are called as their class.
            kind @ (b'C' | b'D') => {
                self.next();
                self.next().filter(u8::is_ascii_digit)?;
                let class = parts.last()?.trim_end_matches("<…>");
                let name = class.rsplit("::").next().unwrap_or(class);
                let tilde = if kind == b'D' { "~" } else { "" };
                parts.push(format!("{tilde}{name}"));
            }
            // A tag of the version of a library.
            b'B' => {
                self.next();
                self.source_name()?;
            }
            b'a'..=b'z' => {
                let code = [self.next()?, self.next()?];
                let (_, operator) = OPERATORS.iter().find(|(known, _)| **known == code)?;
                parts.push(format!("operator{operator}"));
            }
            _ => return None,
        }
        Some(())
    }

    /// Skips the arguments of a template up to their `E`. Types within them have the same grammar
    /// as names, of which only the brackets and the codes of fixed length matter here.
    ///
    /// The `I` that opens the arguments has been read already. `None` for a code that is not known here:
    /// its length would be a guess.
    fn skip_arguments(&mut self) -> Option<()> {
        let mut open = 1u32;
        while open > 0 {
            if self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
                self.source_name()?;
                continue;
            }
            // Codes with brackets of their own open a level that an `E` closes; the others have a
            // known length. Substitutions (`S…_`) and parameters (`T…_`) end with an underscore.
            match self.next()? {
                b'E' => open -= 1,
                b'I' | b'N' | b'J' | b'F' => open += 1,
                b'L' => self.skip_literal()?,
                b'A' => while self.next()? != b'_' {},
                b'T' => while self.next()? != b'_' {},
                b'S' => {
                    let code = self.next()?;
                    if !code.is_ascii_lowercase() && code != b'_' {
                        while self.next()? != b'_' {}
                    }
                }
                b'D' => {
                    self.next().filter(|code| b"pnaisuvh".contains(code))?;
                }
                b'P' | b'R' | b'O' | b'K' | b'V' | b'a'..=b'z' => {}
                _ => return None,
            }
        }
        Some(())
    }

    /// Skips a constant of a built-in type: its type, its value and `E`.
    fn skip_literal(&mut self) -> Option<()> {
        self.next().filter(u8::is_ascii_lowercase)?;
        while self.next()? != b'E' {}
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::demangle;

    #[test]
    fn functions_of_contracts_are_recognized() {
        for (mangled, name) in [
            (
                "_ZN5eosio5token8transferENS_4nameES1_NS_5assetENSt3__112basic_stringIcNS4_11char_traitsIcEENS4_9allocatorIcEEEE",
                "eosio::token::transfer",
            ),
            (
                "_ZN5eosio11multi_indexILy3607749779137757184EN11eosio_token7accountEJEE4findEy",
                "eosio::multi_index<…>::find",
            ),
            ("_ZNK5eosio6symbol8is_validEv", "eosio::symbol::is_valid"),
            ("_ZN5eosioeqERKNS_4nameES2_", "eosio::operator=="),
            (
                "_ZNSt3__112basic_stringIcNS_11char_traitsIcEENS_9allocatorIcEEEC2ERKS5_",
                "std::__1::basic_string<…>::basic_string",
            ),
            ("_ZN5eosio8contractD0Ev", "eosio::contract::~contract"),
            ("_ZN12_GLOBAL__N_14helpEv", "(anonymous)::help"),
            ("_ZL4helpv", "help"),
            ("_Znwm", "operator new"),
            ("_ZdlPv", "operator delete"),
            (
                "_ZN5eosio14execute_actionINS_5tokenES1_JNS_4nameENS_5assetEEEEbS2_S2_MT_FvDpT0_E",
                "eosio::execute_action<…>",
            ),
            ("_ZN5eosio5checkILm12EEEvbRAT__Kc", "eosio::check<…>"),
        ] {
            assert_eq!(demangle(mangled).as_deref(), Some(name), "{mangled}");
        }
    }

    #[test]
    fn what_is_not_read_stays() {
        for text in [
            "apply",
            "",
            "_Z",
            "_ZN",
            "_ZTV5token",
            "_ZZ4testvE1x",
            "_ZN99abcE",
            "_ZN5eosioI",
            "_ZE",
            "_ZN3fooILb",
            "_ZNSqE",
        ] {
            assert_eq!(demangle(text), None, "{text}");
        }
        let whole = "_ZN5eosio11multi_indexILy36077E8accountJEE4findEy";
        for length in 0..whole.len() {
            let _ = demangle(&whole[..length]);
        }
    }
}
