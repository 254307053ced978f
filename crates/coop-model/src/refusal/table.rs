//! The syntax of the table of refusals.

/// The constants of one or more subjects, and the list `$list` of their messages:
/// `NAME = code, text on chain => ru …, do_en …, do_ru …;`. A subject has one line of documentation.
///
/// The constants are made by `refusals!`, which is all that contracts compile.
macro_rules! table {
    (
        $list:ident:
        $(
            #[doc = $about:literal]
            pub mod $subject:ident {
                $(
                    $name:ident = $code:literal, $text:expr =>
                        ru $ru:expr,
                        do_en $do_en:expr,
                        do_ru $do_ru:expr;
                )+
            }
        )+
    ) => {
        $(
            antelope_contract::refusals! {
                #[doc = $about]
                // The text of a refusal is its documentation.
                #[allow(missing_docs)]
                pub mod $subject {
                    $(
                        #[doc = concat!("Refusal ", stringify!($code), ".")]
                        $name = $code, $text;
                    )+
                }
            }
        )+

        #[cfg(not(target_family = "wasm"))]
        pub(super) const $list: &[$crate::refusal::Message] = &[
            $($(
                $crate::refusal::Message {
                    subject: stringify!($subject),
                    about: $about.trim_ascii(),
                    name: stringify!($name),
                    refusal: $subject::$name,
                    ru: $ru,
                    do_en: $do_en,
                    do_ru: $do_ru,
                },
            )+)+
        ];
    };
}
pub(super) use table;
