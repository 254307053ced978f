//! Random text forms of keys and signatures: every form is read and shown again, and text that is
//! damaged, cut or of another chain is refused or kept, never taken for another key.

use antelope_types::rpc::RequiredAuth;
use antelope_types::{
    Decode, Encode, KeyError, PrivateKey, PublicKey, Signature, UserPresence, WebAuthnPublicKey,
    WebAuthnSignature,
};
use proptest::prelude::*;
use ripemd::{Digest, Ripemd160};
use serde_json::json;

const DIGITS: &[u8] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

fn bytes<const N: usize>() -> impl Strategy<Value = [u8; N]> {
    proptest::collection::vec(any::<u8>(), N).prop_map(|bytes| bytes.try_into().unwrap())
}

/// Keys whose first bytes are zeros begin with ones in base58, and can be short.
fn sparse<const N: usize>() -> impl Strategy<Value = [u8; N]> {
    (bytes::<N>(), 0..=N).prop_map(|(mut bytes, zeros)| {
        bytes[..zeros].fill(0);
        bytes
    })
}

fn private_key() -> impl Strategy<Value = PrivateKey> {
    prop_oneof![
        sparse().prop_map(PrivateKey::K1),
        sparse().prop_map(PrivateKey::R1),
    ]
}

/// Of WebAuthn with any user presence, as nodes keep any.
fn public_key() -> impl Strategy<Value = PublicKey> {
    let browser = (sparse(), any::<u8>(), "\\PC{1,40}").prop_map(|(point, presence, rpid)| {
        PublicKey::WebAuthn(WebAuthnPublicKey {
            point,
            user_presence: UserPresence(presence),
            rpid,
        })
    });
    prop_oneof![
        sparse().prop_map(PublicKey::K1),
        sparse().prop_map(PublicKey::R1),
        browser,
    ]
}

fn signature() -> impl Strategy<Value = Signature> {
    let data = proptest::collection::vec(any::<u8>(), 0..300);
    let browser = (sparse(), data, "\\PC{0,200}").prop_map(|(compact, auth_data, client_json)| {
        Signature::WebAuthn(WebAuthnSignature {
            compact,
            auth_data,
            client_json,
        })
    });
    prop_oneof![
        sparse().prop_map(Signature::K1),
        sparse().prop_map(Signature::R1),
        browser,
    ]
}

/// The forms of a private key: the new one; for K1 also the wallet import format, and the same with
/// the mark of compressed public keys, which only wallets of other chains write.
fn forms_of_private(key: &PrivateKey) -> Vec<String> {
    let mut forms = vec![key.to_text()];
    if let Some(legacy) = key.to_legacy_text() {
        let bytes = bs58::decode(&legacy).into_vec().unwrap();
        let mut marked = bytes[..33].to_vec();
        marked.push(1);
        let checksum = sha2::Sha256::digest(sha2::Sha256::digest(&marked));
        marked.extend(&checksum[..4]);
        forms.extend([legacy, bs58::encode(marked).into_string()]);
    }
    forms
}

fn forms_of_public(key: &PublicKey) -> Vec<String> {
    let mut forms = vec![key.to_text(), key.to_string()];
    forms.extend(key.to_legacy_text());
    forms
}

/// Text in which one character is another of the alphabet, behind the prefix or in it.
fn mistyped(text: &str, at: prop::sample::Index, digit: prop::sample::Index) -> Option<String> {
    let mut bytes = text.as_bytes().to_vec();
    let at = at.index(bytes.len());
    let digit = DIGITS[digit.index(DIGITS.len())];
    (bytes[at] != digit).then(|| {
        bytes[at] = digit;
        String::from_utf8(bytes).unwrap()
    })
}

/// The three readers refuse the text.
fn assert_refused(text: &str) {
    assert!(text.parse::<PrivateKey>().is_err(), "{text}");
    assert!(text.parse::<PublicKey>().is_err(), "{text}");
    assert!(text.parse::<Signature>().is_err(), "{text}");
    assert!(PublicKey::parse_of_any_chain(text).is_err(), "{text}");
}

proptest! {
    #[test]
    fn private_keys_are_read_in_every_form(key in private_key()) {
        for form in forms_of_private(&key) {
            prop_assert_eq!(form.parse::<PrivateKey>(), Ok(key.clone()));
            prop_assert!(form.parse::<PublicKey>().is_err());
            prop_assert!(form.parse::<Signature>().is_err());
        }
    }

    #[test]
    fn public_keys_are_read_in_every_form(key in public_key()) {
        for form in forms_of_public(&key) {
            prop_assert_eq!(form.parse::<PublicKey>(), Ok(key.clone()));
            prop_assert_eq!(PublicKey::parse_of_any_chain(&form), Ok(key.clone()));
            prop_assert!(form.parse::<PrivateKey>().is_err());
            prop_assert!(form.parse::<Signature>().is_err());
        }
        prop_assert_eq!(PublicKey::from_bytes(&key.to_bytes()), Ok(key));
    }

    #[test]
    fn signatures_are_read_in_their_form(signature in signature()) {
        let text = signature.to_string();
        prop_assert_eq!(text.parse::<Signature>(), Ok(signature.clone()));
        prop_assert!(text.parse::<PublicKey>().is_err());
        prop_assert!(text.parse::<PrivateKey>().is_err());
        prop_assert_eq!(Signature::from_bytes(&signature.to_bytes()), Ok(signature));
    }

    #[test]
    fn damaged_and_cut_text_is_refused(
        private in private_key(),
        public in public_key(),
        signature in signature(),
        at in any::<prop::sample::Index>(),
        digit in any::<prop::sample::Index>(),
    ) {
        let mut forms = forms_of_private(&private);
        forms.extend(forms_of_public(&public));
        forms.push(signature.to_string());
        for form in forms {
            if let Some(text) = mistyped(&form, at, digit) {
                // Other letters in place of EOS are those of another chain.
                let is_foreign = form.starts_with("EOS") && text[3..] == form[3..];
                if is_foreign {
                    prop_assert_eq!(text.parse::<PublicKey>(), Err(KeyError::UnknownPrefix));
                } else {
                    assert_refused(&text);
                }
            }
            assert_refused(&form[..at.index(form.len())]);
            assert_refused(&format!("{form}1"));
            assert_refused(&format!(" {form}"));
            assert_refused(&format!("{form}\n"));
        }
    }

    /// The name of the kind is part of the checksum, so one kind cannot be passed off as another.
    #[test]
    fn a_kind_cannot_be_exchanged_in_text(key in private_key(), point in sparse::<33>()) {
        let text = key.to_text();
        let other = match key {
            PrivateKey::K1(_) => text.replace("PVT_K1_", "PVT_R1_"),
            PrivateKey::R1(_) => text.replace("PVT_R1_", "PVT_K1_"),
        };
        prop_assert_eq!(other.parse::<PrivateKey>(), Err(KeyError::Checksum));
        let text = PublicKey::K1(point).to_text();
        for prefix in ["PUB_R1_", "PUB_WA_", "EOS"] {
            let other = text.replace("PUB_K1_", prefix);
            prop_assert_eq!(other.parse::<PublicKey>(), Err(KeyError::Checksum));
        }
    }

    /// What stands behind a right checksum may still not be a key: other lengths, and for WebAuthn
    /// bytes that end too early, go on, or name no site.
    #[test]
    fn a_right_checksum_is_not_enough(data in proptest::collection::vec(any::<u8>(), 0..80)) {
        let text = |prefix: &str, suffix: &str| {
            let digest = Ripemd160::new().chain_update(&data).chain_update(suffix).finalize();
            let bytes = [&data[..], &digest[..4]].concat();
            format!("{prefix}{}", bs58::encode(bytes).into_string())
        };
        let point = <[u8; 33]>::try_from(&data[..]).ok();
        prop_assert_eq!(text("EOS", "").parse().ok(), point.map(PublicKey::K1));
        prop_assert_eq!(text("PUB_K1_", "K1").parse().ok(), point.map(PublicKey::K1));
        prop_assert_eq!(text("PUB_R1_", "R1").parse().ok(), point.map(PublicKey::R1));
        let browser = WebAuthnPublicKey::from_bytes(&data).ok();
        let browser = browser.filter(|key| !key.rpid.is_empty()).map(PublicKey::WebAuthn);
        let read = text("PUB_WA_", "WA").parse::<PublicKey>();
        prop_assert_eq!(read.as_ref().ok(), browser.as_ref());
        prop_assert!(read.is_ok() || read == Err(KeyError::Malformed));
        let compact = <[u8; 65]>::try_from(&data[..]).ok();
        prop_assert_eq!(text("SIG_K1_", "K1").parse().ok(), compact.map(Signature::K1));
    }

    /// In answers of nodes a legacy key of another chain is read as the key that it is, text that is
    /// not a key here is kept, and both are told again as they came.
    #[test]
    fn foreign_keys_in_answers_are_read_or_kept(
        key in public_key(),
        prefix in "[A-Z]{3}",
        kind in "[A-Z][A-Z0-9]",
        weight in any::<u16>(),
    ) {
        prop_assume!(prefix != "EOS" && !["K1", "R1", "WA"].contains(&kind.as_str()));
        let unknown = format!("PUB_{kind}_{}", &key.to_text()[7..]);
        prop_assert_eq!(unknown.parse::<PublicKey>(), Err(KeyError::UnknownPrefix));
        let mut told = vec![json!({ "key": unknown, "weight": weight })];
        let mut known = vec![None];
        if let Some(legacy) = key.to_legacy_text() {
            let foreign = legacy.replacen("EOS", &prefix, 1);
            prop_assert_eq!(foreign.parse::<PublicKey>(), Err(KeyError::UnknownPrefix));
            told.push(json!({ "key": foreign, "weight": 2 }));
            told.push(json!({ "key": legacy, "weight": 2 }));
            known.extend([Some(key.clone()), Some(key)]);
        }
        let answer = json!({ "threshold": 1, "keys": told, "accounts": [], "waits": [] });
        let read: RequiredAuth = serde_json::from_value(answer.clone()).unwrap();
        let keys: Vec<_> = read.keys.iter().map(|it| it.key.key().cloned()).collect();
        prop_assert_eq!(keys, known);
        prop_assert_eq!(serde_json::to_value(&read).unwrap(), answer);
    }

    #[test]
    fn any_text_is_refused_or_shown_again(
        text in "(EOS|FIO|5|K|L|(PUB|SIG|PVT)_(K1|R1|WA|XX)_|PUB_|_)?[1-9A-Za-z_]{0,70}|\\PC{0,40}",
    ) {
        if let Ok(key) = text.parse::<PublicKey>() {
            prop_assert!(forms_of_public(&key).contains(&text));
        }
        if let Ok(key) = text.parse::<PrivateKey>() {
            prop_assert!(forms_of_private(&key).contains(&text));
        }
        if let Ok(signature) = text.parse::<Signature>() {
            prop_assert_eq!(signature.to_string(), text);
        }
    }
}

/// Nodes take signatures whose data has up to 16 384 bytes, and their text is read.
#[test]
fn the_longest_signature_of_a_transaction_is_read() {
    for (fill, auth) in [(0, 37), (0xff, 0), (0x80, 16_384)] {
        let signature = Signature::WebAuthn(WebAuthnSignature {
            compact: [fill; 65],
            auth_data: vec![fill; auth],
            client_json: "\u{7f}".repeat(16_384 - auth),
        });
        let text = signature.to_string();
        assert_eq!(text.parse::<Signature>(), Ok(signature));
        let far_too_long = format!("{text}{}", "1".repeat(1000));
        assert_eq!(far_too_long.parse::<Signature>(), Err(KeyError::BadBase58));
    }
}
