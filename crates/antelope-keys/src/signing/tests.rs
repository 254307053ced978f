use super::*;
use antelope_types::UserPresence;

/// The key of every default genesis.
const DEVELOPER: &str = "5KQwrPbwdL6PhXujxW37FSSQZ1JiwsST4cqQzDeyXtP79zkvFD3";

fn k1(text: &str) -> PrivateKey {
    text.parse().unwrap()
}

fn secret(hex: &str) -> [u8; 32] {
    from_hex(hex).unwrap().try_into().unwrap()
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes().chunks(2);
    let bytes = digits.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
    bytes.collect()
}

fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn sha256(text: &str) -> Checksum256 {
    use sha2::{Digest, Sha256};
    Checksum256(Sha256::digest(text).into())
}

/// Any digest whatever, one a number.
fn some_digest(n: u32) -> Checksum256 {
    sha256(&n.to_string())
}

#[test]
fn the_developers_key_has_its_known_public_key() {
    let key = public_key(&k1(DEVELOPER)).unwrap();
    assert_eq!(
        key,
        "EOS6MRyAjQq8ud7hVNYcfnVPJqcVpscN5So8BhtHuGYqET5GDW5CV"
            .parse()
            .unwrap()
    );
}

/// A vector of RFC 6979 for secp256k1 whose signature happens to be canonical as it is.
#[test]
fn the_first_attempt_is_rfc_6979() {
    let key = PrivateKey::K1(secret(
        "f8b8af8ce3c7cca5e300d33939540c10d45ce001b8f252bfbc57ba0342904181",
    ));
    let digest = sha256("Alan Turing");
    let signature = sign_digest(&key, &digest).unwrap();
    assert_eq!(
        to_hex(&signature.compact()[1..]),
        "7063ae83e7f62bbb171798131b4a0564b956930092b33b07b395615d9ec7e15c\
         58dfcc1e00a35e1572f366ffe34ba0fc47db1e7189759b9fb233c5b05ab388ea"
    );
}

/// The signatures of `cleos sign` over one transaction, made by the node's own library.
#[test]
fn recovers_what_cleos_signed() {
    let chain_id = "cf057bbfb72640471fd910bcb67639c22df9f92470936cddc1ade0e2f2e7dc4f";
    let transaction = "a535576901000200000000000000010000000000ea3055000000000085269d01\
                       0000000000855c3400000000a8ed3232010000";
    let mut signed = from_hex(chain_id).unwrap();
    signed.extend(from_hex(transaction).unwrap());
    signed.extend([0; 32]);
    let digest = Checksum256({
        use sha2::{Digest, Sha256};
        Sha256::digest(&signed).into()
    });
    for (key, signature) in [
        (
            DEVELOPER,
            "SIG_K1_KcXSk4toKjKhXXvaAXpScurMsAAhvACKG4WjxyxvdF78r2f4aJeWgFAzbtRh1o4ieQgYGphDYFf9a\
             rK1MR7t35McAtw52p",
        ),
        (
            "PVT_R1_2fYuKz3ojpiJmDFETWxsHk7h89ErzuNgHU3HVKcEMKXYEPfTym",
            "SIG_R1_KPoPbZBWsFK5Y99UJ21Z9BFxGnRTraUs2WofqfgfJfXJbPwrKhefFWee9macgMLsfAVgYW63pMQ8Z9\
             RUe7ZXt52EYgjdtC",
        ),
    ] {
        let signature: Signature = signature.parse().unwrap();
        assert_eq!(
            recover(&digest, &signature).unwrap(),
            public_key(&k1(key)).unwrap()
        );
    }
}

/// The public key cleos printed beside a private key of R1.
#[test]
fn an_r1_key_of_cleos_has_its_public_key() {
    let key = k1("PVT_R1_gEtNBCMdk2a7XBF4Wv92Lno22vbK6qt5bgtLZpDvBZJaMUEPL");
    let public = "PUB_R1_7fozkFgf1MnUjBF2zA2pmjX8WfEKMGHByxcuWsqcfcJhRbP9Dh"
        .parse()
        .unwrap();
    assert_eq!(public_key(&key).unwrap(), public);
}

#[test]
fn every_signature_is_canonical_and_recovers_its_key() {
    for key in [generate_k1().unwrap(), generate_r1().unwrap()] {
        let public = public_key(&key).unwrap();
        for n in 0..40 {
            let digest = some_digest(n);
            let signature = sign_digest(&key, &digest).unwrap();
            let compact = signature.compact();
            assert!((31..=34).contains(&compact[0]));
            for start in [1, 33] {
                assert!(compact[start] < 0x80, "high bit set");
                assert!(
                    compact[start] != 0 || compact[start + 1] >= 0x80,
                    "not full length"
                );
            }
            assert_eq!(recover(&digest, &signature).unwrap(), public);
            assert_ne!(
                recover(&some_digest(n + 1), &signature).ok(),
                Some(public.clone())
            );
        }
    }
}

#[test]
fn pointers_to_signers_sign() {
    let key = generate_k1().unwrap();
    let (public, digest) = (public_key(&key).unwrap(), some_digest(3));
    let shared: std::sync::Arc<dyn Signer> = std::sync::Arc::new(key.clone());
    let boxed: Box<dyn Signer + '_> = Box::new(&key);
    for signer in [&shared as &dyn Signer, &boxed] {
        assert_eq!(signer.public_key(), public);
        assert_eq!(
            recover(&digest, &signer.sign(&digest).unwrap()).unwrap(),
            public
        );
    }
}

#[test]
fn signing_is_deterministic() {
    let key = k1(DEVELOPER);
    let digest = some_digest(7);
    assert_eq!(
        sign_digest(&key, &digest).unwrap(),
        sign_digest(&key, &digest).unwrap()
    );
}

#[test]
fn secrets_outside_the_curve_are_refused() {
    let order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
    for key in [
        PrivateKey::K1([0; 32]),
        PrivateKey::R1([0; 32]),
        PrivateKey::K1(secret(order)),
    ] {
        assert_eq!(check(&key), Err(SigningError::Secret));
        assert_eq!(
            sign_digest(&key, &some_digest(0)),
            Err(SigningError::Secret)
        );
    }
}

#[test]
fn generated_keys_differ() {
    assert_ne!(
        generate_k1().unwrap().secret(),
        generate_k1().unwrap().secret()
    );
    assert_ne!(
        generate_r1().unwrap().secret(),
        generate_r1().unwrap().secret()
    );
}

#[test]
fn nonsense_recovers_no_key() {
    let digest = some_digest(0);
    for signature in [Signature::K1([0; 65]), Signature::R1([255; 65])] {
        assert!(matches!(
            recover(&digest, &signature),
            Err(SigningError::Recovery { .. })
        ));
    }
}

#[test]
fn a_webauthn_signature_recovers_its_key() {
    for presence in [
        UserPresence::NONE,
        UserPresence::PRESENT,
        UserPresence::VERIFIED,
    ] {
        let key = WebAuthnKey::generate("coop.example", presence).unwrap();
        let digest = some_digest(1);
        let signature = key.sign(&digest).unwrap();
        assert_eq!(recover(&digest, &signature).unwrap(), key.public_key());
        assert!(
            recover(&some_digest(2), &signature).is_err(),
            "challenge of another digest"
        );
    }
}

#[test]
fn a_webauthn_signature_of_another_site_is_refused() {
    let key = WebAuthnKey::generate("coop.example", UserPresence::PRESENT).unwrap();
    let digest = some_digest(1);
    let Signature::WebAuthn(mut signature) = key.sign(&digest).unwrap() else {
        panic!()
    };
    signature.client_json = signature
        .client_json
        .replace("coop.example", "evil.example");
    let result = recover(&digest, &Signature::WebAuthn(signature));
    assert!(matches!(result, Err(SigningError::Recovery { .. })));
}

/// Client data that a node refuses is refused: the relying party is the whole origin without its port.
#[test]
fn a_webauthn_origin_with_a_path_or_of_a_foreign_host_is_refused() {
    let key = WebAuthnKey::generate("coop.example", UserPresence::PRESENT).unwrap();
    let digest = some_digest(1);
    for (origin, problem) in [
        (
            "https://coop.example/path",
            "webauthn rpid hash doesn't match origin",
        ),
        (
            "https://coop.example:443/path",
            "webauthn rpid hash doesn't match origin",
        ),
        (
            "https://evil.example",
            "webauthn rpid hash doesn't match origin",
        ),
        (
            "http://coop.example",
            "webauthn origin must begin with https://",
        ),
    ] {
        let Signature::WebAuthn(mut signature) = key.sign(&digest).unwrap() else {
            panic!()
        };
        signature.client_json = signature
            .client_json
            .replace("https://coop.example", origin);
        // What the authenticator has signed, is what this client says.
        signature.compact = key
            .sign_client(&signature.auth_data, &signature.client_json)
            .unwrap();
        let found = recover(&digest, &Signature::WebAuthn(signature));
        let expected = SigningError::Recovery {
            problem: problem.to_owned(),
        };
        // A port after the path is none: the last colon ends the host.
        match origin {
            "https://coop.example:443/path" => assert_eq!(found.unwrap(), key.public_key()),
            _ => assert_eq!(found.unwrap_err(), expected, "{origin}"),
        }
    }
}

#[test]
fn a_relying_party_is_a_host_name() {
    for rpid in ["", "https://coop.example", "coop example", "a\"b"] {
        let result = WebAuthnKey::generate(rpid, UserPresence::PRESENT);
        assert!(
            matches!(result, Err(SigningError::RelyingParty { .. })),
            "{rpid}"
        );
    }
}

#[test]
fn no_secret_in_debug_output() {
    let secret = [0xab; 32];
    let keys = [
        format!("{:?}", PrivateKey::K1(secret)),
        format!(
            "{:?}",
            WebAuthnKey::new(secret, "coop.example", UserPresence::NONE).unwrap()
        ),
    ];
    for text in keys {
        assert!(
            !text.contains("171") && !text.to_lowercase().contains("abab"),
            "{text}"
        );
    }
}
