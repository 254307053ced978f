//! Refusals: messages to fail with that also have a number, so that programs need not compare
//! texts.

use crate::{
    Failure,
    assert::RESERVED,
    types::{
        __private::{Message, same_text},
        schema::Record,
    },
};

/// A reason to fail with a stable number and a message; declared by [`refusals!`](crate::refusals).
///
/// The client receives the message, as it would without the number. The number is in the ABI beside
/// the message and must never change; a program looks it up there, and can show a text of its own,
/// in another language.
///
/// ```should_panic
/// use antelope_contract::{Refusal, prelude::*};
///
/// const NOTHING_TO_PAY: Refusal = Refusal::new(1, "there is nothing to pay");
///
/// fail(NOTHING_TO_PAY)
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The number.
    pub code: u64,
    /// The message.
    pub text: &'static str,
}

impl Refusal {
    /// Bytes of a message that reach the client: `max_assert_message` of nodeos.
    pub const MAX_TEXT: usize = 1024;

    /// A refusal.
    ///
    /// # Panics
    /// If the message is empty or longer than [`MAX_TEXT`](Self::MAX_TEXT), or the number is not
    /// below 5 000 000 000 000 000 000. For a constant, that is a compile error.
    #[track_caller]
    pub const fn new(code: u64, text: &'static str) -> Self {
        assert!(
            code < RESERVED,
            "codes of contracts are below 5000000000000000000"
        );
        assert!(!text.is_empty(), "a refusal needs a text");
        assert!(
            text.len() <= Self::MAX_TEXT,
            "a node cuts texts after 1024 bytes"
        );
        Self { code, text }
    }

    /// The entry of the ABI.
    #[doc(hidden)]
    pub const fn record(self) -> Record {
        Record::Refusal {
            code: self.code,
            text: self.text,
        }
    }

    /// Fails to compile where another refusal of the list has the same number or message.
    #[doc(hidden)]
    #[track_caller]
    pub const fn must_be_alone(self, name: &str, all: &[Self]) {
        let (mut codes, mut texts, mut at) = (0, 0, 0);
        while at < all.len() {
            codes += (all[at].code == self.code) as usize;
            texts += same_text(all[at].text, self.text) as usize;
            at += 1;
        }
        let what = match (codes, texts) {
            (1, 1) => return,
            (1, _) => "text",
            _ => "code",
        };
        Message::new()
            .with("the ")
            .with(what)
            .with(" of `")
            .with(name)
            .with("` is also that of another refusal in its list")
            .panic()
    }
}

impl Failure for Refusal {
    #[inline(always)]
    fn raise(self) -> ! {
        self.text.raise()
    }
}

/// Declares refusals: constants, and the list that a contract names.
///
/// Each module gets its constants and the type `Refusals`, which `#[contract(errors(…))]` takes and
/// whose `ALL` lists them. Messages are any constant expressions. Two refusals of a module with the
/// same number or message are a compile error; two of a contract are an error of its build. The ABI
/// of a built contract lists those that it can raise; its `abi()` on the development machine lists
/// all that are declared. A refusal that is not raised takes no bytes.
///
/// ```
/// use antelope_contract::prelude::*;
///
/// const MOST: &str = "at most 64 seats are possible";
///
/// refusals! {
///     /// Refusals of documents.
///     pub mod documents {
///         /// Somebody must have signed.
///         NO_SIGNATURES = 301, "the document has no signatures";
///         /// Seats are counted in one byte.
///         TOO_MANY_SEATS = 302, MOST;
///     }
/// }
///
/// #[contract(errors(documents::Refusals))]
/// pub mod registry {
///     use super::*;
///
///     #[action]
///     pub fn submit(signatures: u8) {
///         check!(signatures > 0, documents::NO_SIGNATURES);
///     }
/// }
///
/// # fn main() {
/// let abi = registry::abi().expect("records");
/// assert_eq!(abi.error_messages[0].error_code, 301);
/// assert_eq!(abi.error_messages[1].error_msg, MOST);
/// assert_eq!(documents::Refusals::ALL.len(), 2);
/// # }
/// ```
#[macro_export]
macro_rules! refusals {
    ($(
        $(#[$about:meta])*
        $vis:vis mod $module:ident {$(
            $(#[$why:meta])*
            $name:ident = $code:expr, $text:expr;
        )+}
    )+) => {$(
        $(#[$about])*
        $vis mod $module {
            #[allow(unused_imports)]
            use super::*;

            $(
                $(#[$why])*
                pub const $name: $crate::Refusal = $crate::Refusal::new($code, $text);
                const _: () = $name.must_be_alone(stringify!($name), Refusals::ALL);
            )+

            /// The refusals of this module, for `#[contract(errors(…))]`.
            #[derive(Clone, Copy, Debug)]
            pub enum Refusals {}

            #[allow(dead_code)]
            impl Refusals {
                /// All of them.
                pub const ALL: &'static [$crate::Refusal] = &[$($name),+];
            }

            impl $crate::assert::ErrorCodes for Refusals {
                const RECORDS: &'static [$crate::types::schema::Record] = &[$($name.record()),+];
            }
        }
    )+};
}
