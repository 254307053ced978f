//! Why something cannot be done: a code for programs, and a message for people in two languages.

#[cfg(target_family = "wasm")]
mod thrown;

use alloc::borrow::ToOwned;
use alloc::string::String;

/// Each cause: its code, and its message in English and in Russian. A code never changes its meaning.
macro_rules! causes {
    ($($(#[$doc:meta])* $name:ident $code:literal $en:literal $ru:literal;)+) => {
        /// What went wrong.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Cause {
            $($(#[$doc])* $name,)+
        }

        impl Cause {
            /// The code, and the messages in English and in Russian.
            pub(crate) const fn texts(self) -> (&'static str, &'static str, &'static str) {
                match self {
                    $(Self::$name => ($code, $en, $ru),)+
                }
            }

            /// All of them.
            pub(crate) const ALL: &'static [Self] = &[$(Self::$name),+];
        }
    };
}

causes! {
    /// A value is missing, or of another form than expected.
    Value "value"
        "is missing or has another form: the type in coop_wasm.d.ts says which one is expected"
        "не указано или записано не в той форме: нужная форма указана в типах coop_wasm.d.ts";
    /// A text, a list or some bytes are longer than the chain or this module takes.
    TooLong "too_long"
        "is longer than allowed: shorten it"
        "длиннее допустимого: сократите";
    /// No such action.
    Action "action"
        "is not an action that this module makes: ActionData lists them"
        "— такого действия этот модуль не составляет: они перечислены в ActionData";
    /// Bytes that are no transaction or no document.
    Packed "packed"
        "cannot be read: these are not the bytes of such an object"
        "не читается: это байты чего-то другого";
    /// Text that is not a private key of the curve K1.
    PrivateKey "private_key"
        "is not a private key of kind K1: expected 5…, K…, L… or PVT_K1_…"
        "не закрытый ключ вида K1: ожидается 5…, K…, L… или PVT_K1_…";
    /// The environment has no source of random numbers.
    Random "random"
        "there are no random numbers here: use a browser or Node.js with `crypto`"
        "здесь нет источника случайных чисел: нужен браузер или Node.js с `crypto`";
    /// A signature that is not of this key and this digest.
    Signature "signature"
        "does not belong to this key and what was to be signed: sign again with the right key"
        "не соответствует этому ключу и подписываемому: подпишите ещё раз верным ключом";
    /// An authenticator that makes keys of another algorithm than ES256.
    Algorithm "algorithm"
        "this device makes keys of another algorithm than ES256, which the chain does not read: use a phone or a security key"
        "это устройство создаёт ключи не по алгоритму ES256, а другие блокчейн не читает: возьмите телефон или ключ безопасности";
    /// A passkey whose relying party is not the exact host of the page.
    RelyingParty "relying_party"
        "the passkey belongs to another site: the relying party must be the exact host of the page, opened over https"
        "ключ доступа относится к другому сайту: он действует только для точного имени узла страницы, открытой по https";
    /// The user was not verified.
    Unverified "unverified"
        "the device did not verify its user: set a PIN, a fingerprint or a face, and try again"
        "устройство не проверило пользователя: настройте PIN-код, отпечаток или лицо и повторите";
    /// The device answered to something else than what was asked.
    Challenge "challenge"
        "the device answered another request: try again"
        "устройство ответило на другой запрос: повторите";
    /// An answer of an authenticator that cannot be read.
    Authenticator "authenticator"
        "the device's answer cannot be read: update the browser or use another device"
        "ответ устройства не читается: обновите браузер или возьмите другое устройство";
    /// Fewer than two different keys.
    TwoKeys "two_keys"
        "two different keys are needed: whoever loses the only key loses the account"
        "нужны два разных ключа: потеря единственного ключа — потеря учётной записи";
}

/// A cause, and where it was met: the path of a field, such as `meta.created_at`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) cause: Cause,
    pub(crate) place: String,
}

impl Failure {
    /// Of the value with this name.
    pub(crate) fn at(cause: Cause, place: &str) -> Self {
        Self {
            cause,
            place: place.to_owned(),
        }
    }

    /// The same, of a value within another one.
    pub(crate) fn within(self, outer: &str) -> Self {
        let mut place = outer.to_owned();
        if !self.place.is_empty() {
            place.push('.');
            place.push_str(&self.place);
        }
        Self { place, ..self }
    }
}

#[cfg(target_family = "wasm")]
pub use thrown::coop_error;

impl From<Cause> for Failure {
    fn from(cause: Cause) -> Self {
        Self::at(cause, "")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_different_and_all_messages_are_there() {
        let codes: std::collections::BTreeSet<_> =
            Cause::ALL.iter().map(|cause| cause.texts().0).collect();
        assert_eq!(codes.len(), Cause::ALL.len());
        for cause in Cause::ALL {
            let (code, en, ru) = cause.texts();
            assert!(
                code.bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
            );
            assert!(en.is_ascii() || en.contains('…'), "{en}");
            assert!(ru.chars().any(|c| ('а'..='я').contains(&c)), "{ru}");
        }
    }

    #[test]
    fn a_place_is_told_from_the_outermost_value_on() {
        let inner = Failure::from(Cause::Value)
            .within("created_at")
            .within("meta");
        assert_eq!(inner.place, "meta.created_at");
    }
}
