//! Keys and signatures, with the vectors of wharfkit's tests.

use antelope_types::{
    Decode, Encode, KeyError, PrivateKey, PublicKey, Signature, UserPresence, WebAuthnPublicKey,
};
use proptest::prelude::*;

const SIG_WA: &str = "SIG_WA_2AAAuLJS3pLPgkQQPqLsehL6VeRBaAZS7NYM91UYRUrSAEfUvzKN7DCSwhjsDqe74cZNWKUU\
GAHGG8ddSA7cvUxChbfKxLSrDCpwe6MVUqz4PDdyCt5tXhEJmKekxG1o1ucY3LVj8Vi9rRbzAkKPCzW\
qC8cPcUtpLHNG8qUKkQrN4Xuwa9W8rsBiUKwZv1ToLyVhLrJe42pvHYBXicp4E8qec5E4m6SX11KuXE\
RFcV48Mhiie2NyaxdtNtNzQ5XZ5hjBkxRujqejpF4SNHvdAGKRBbvhkiPLA25FD3xoCbrN26z72";

const SIG_WA_BYTES: &str = "\
0220d9132bbdb219e4e2d99af9c507e3597f86b615814f36672d501034861792bbcf21a46d1a2eb12bace4a29100b942\
f987494f3aefc8efb2d5af4d4d8de3e0871525aa14905af60ca17a1bb80e0cf9c3b46908a0f14f72567a2f140c3a3bd2\
ef074c010000006d737b226f726967696e223a2268747470733a2f2f6b656f73642e696e76616c6964222c2274797065\
223a22776562617574686e2e676574222c226368616c6c656e6765223a226f69567235794848304a4336453962446675\
347142735a6a527a70416c5131505a50436e5974766850556b3d227d";

#[test]
fn private_keys() {
    let key: PrivateKey = "5KQvfsPJ9YvGuVbLRLXVWPNubed6FWvV8yax6cNSJEzB4co3zFu"
        .parse()
        .unwrap();
    assert_eq!(
        key.to_text(),
        "PVT_K1_2be6BwD56MHeVD4P95bRLdnP3oB3P4QRAXAsSKh4N8Xu6d4Aux"
    );
    assert_eq!(
        key.secret().to_vec(),
        super::hex("d25968ebfce6e617bdb839b5a66cfc1fdd051d79a91094f7baceded449f84333")
    );
    assert_eq!(key.to_text().parse(), Ok(key));

    let text = "PVT_R1_2dSFGZnA4oFvMHwfjeYCtK2MLLPNYWgYRXrPTcnTaLZFkDSELm";
    let key: PrivateKey = text.parse().unwrap();
    assert!(matches!(key, PrivateKey::R1(_)));
    assert_eq!(key.to_text(), text);
    assert_eq!(key.to_legacy_text(), None);
}

#[test]
fn a_private_key_does_not_show_itself() {
    let key = PrivateKey::K1([0x5a; 32]);
    assert_eq!(format!("{key:?}"), "PrivateKey::K1(…)");
}

#[test]
fn public_keys() {
    for (new, legacy, bytes) in [
        (
            "PUB_K1_6RrvujLQN1x5Tacbep1KAk8zzKpSThAQXBCKYFfGUYeACcSRFs",
            Some("EOS6RrvujLQN1x5Tacbep1KAk8zzKpSThAQXBCKYFfGUYeABhJRin"),
            "0002caee1a02910b18dfd5d9db0e8a4bc90f8dd34cedbbfb00c6c841a2abb2fa28cc",
        ),
        (
            "PUB_K1_5AHoNnWetuDhKWSDx3WUf8W7Dg5xjHCMc4yHmmSiaJCFvvAgnB",
            None,
            "000223e0ae8aacb41b06dc74af1a56b2eb69133f07f7f75bd1d5e53316bff195edf4",
        ),
        (
            "PUB_K1_87DUhBcZrLhyFfBVDyu1iWZJUGURqbk6CQxwv5g6iWUD2X45Hv",
            Some("EOS87DUhBcZrLhyFfBVDyu1iWZJUGURqbk6CQxwv5g6iWUCy9dCUJ"),
            "",
        ),
        (
            "PUB_R1_8E46r5HiQF84o6V8MWQQg1vPpgfjYA4XDqT6xbtaaebxw7XbLu",
            None,
            "",
        ),
        (
            "PUB_WA_WdCPfafVNxVMiW5ybdNs83oWjenQXvSt1F49fg9mv7qrCiRwHj5b38U3ponCFWxQTkDsMC",
            None,
            "020220b9dab512e892392a44a9f41f9433c9fbd80db864e9df5889c2407db3acbb9f01\
             0d6b656f73642e696e76616c6964",
        ),
    ] {
        let key: PublicKey = new.parse().unwrap();
        assert_eq!(key.to_text(), new);
        assert_eq!(key.to_string().parse(), Ok(key.clone()));
        if let Some(legacy) = legacy {
            assert_eq!(key.to_string(), legacy);
            assert_eq!(legacy.parse(), Ok(key.clone()));
        }
        if !bytes.is_empty() {
            assert_eq!(key.to_bytes(), super::hex(bytes));
            assert_eq!(PublicKey::from_bytes(&super::hex(bytes)), Ok(key));
        }
    }
}

#[test]
fn signatures() {
    for (text, bytes) in [
        (
            "SIG_K1_KfPLgpw35iX8nfDzhbcmSBCr7nEGNEYXgmmempQspDJYBCKuAEs5rm3s4ZuLJY428Ca8ZhvR2Dkwu118y3NAoMDxhicRj9",
            "00205150a67288c3b393fdba9061b05019c54b12bdac295fc83bebad7cd63c7bb67d5cb8cc220564da006240a58419f64d06a5c6e1fc62889816a6c3dfdd231ed389",
        ),
        (
            "SIG_R1_K5VEcCFUxF2jptQJUjVhV99PNiBXur6kdz6xuHtqvjqoTnzGqcCkEpD6cuA4q9DPdEHysdXjfksLB5xfkERxBuWxb9QJ8y",
            "",
        ),
        (SIG_WA, SIG_WA_BYTES),
    ] {
        let signature: Signature = text.parse().unwrap();
        assert_eq!(signature.to_string(), text);
        if !bytes.is_empty() {
            assert_eq!(signature.to_bytes(), super::hex(bytes));
            assert_eq!(Signature::from_bytes(&super::hex(bytes)), Ok(signature));
        }
    }
}

#[test]
fn mistyped_text_is_refused() {
    for (text, error) in [
        (
            "PVT_K1_2be6BwD56MHeVD4P95bRLdnP3oB3P4QRAXAsSKh4N8Xu6d4Auz",
            KeyError::Checksum,
        ),
        (
            "5KQvfsPJ9YvGuVbLRLXVWPNubed6FWvV8yax6cNSJEzB4co3zxx",
            KeyError::Checksum,
        ),
        (
            "PVT_K1_ApBgGcJ2HeGR3szXA9JJptGCWUbSwewtGsxm3DVr86pJtb5V",
            KeyError::Checksum,
        ),
        ("PVT_WA_1", KeyError::UnknownPrefix),
        ("6KQv", KeyError::UnknownPrefix),
        ("", KeyError::UnknownPrefix),
        (
            "5",
            KeyError::Length {
                expected: 4,
                found: 1,
            },
        ),
        ("5O0l", KeyError::BadBase58),
    ] {
        assert_eq!(text.parse::<PrivateKey>(), Err(error), "{text}");
    }
    for text in [
        "EOS6RrvujLQN1x5Tacbep1KAk8zzKpSThAQXBCKYFfGUYeABhJRim",
        "PUB_K1_6RrvujLQN1x5Tacbep1KAk8zzKpSThAQXBCKYFfGUYeABhJRin",
        "PUB_R1_6RrvujLQN1x5Tacbep1KAk8zzKpSThAQXBCKYFfGUYeACcSRFs",
    ] {
        assert_eq!(text.parse::<PublicKey>(), Err(KeyError::Checksum), "{text}");
    }
    assert!(matches!(
        PublicKey::parse("PUB_K1_2be6BwD56MHeVD4P95bRLdnP3oB3P4QRAXAsSKh4N8Xu6d4Aux"),
        Err(KeyError::Length {
            expected: 37,
            found: 36
        })
    ));
}

#[test]
fn kinds_order_as_in_nodeos() {
    let web = PublicKey::WebAuthn(WebAuthnPublicKey {
        point: [0; 33],
        user_presence: UserPresence::NONE,
        rpid: "a".into(),
    });
    assert!(PublicKey::K1([9; 33]) < PublicKey::R1([1; 33]));
    assert!(PublicKey::R1([9; 33]) < web);
}

fn bytes<const N: usize>() -> impl Strategy<Value = [u8; N]> {
    proptest::collection::vec(any::<u8>(), N).prop_map(|bytes| bytes.try_into().unwrap())
}

proptest! {
    #[test]
    fn text_and_back(
        secret in bytes::<32>(),
        point in bytes::<33>(),
        compact in bytes::<65>(),
        rpid in "[a-z.]{1,20}",
    ) {
        for key in [PrivateKey::K1(secret), PrivateKey::R1(secret)] {
            assert_eq!(PrivateKey::parse(&key.to_text()).as_ref(), Ok(&key));
            if let Some(legacy) = key.to_legacy_text() {
                prop_assert_eq!(legacy.parse(), Ok(key));
            }
        }
        let web = WebAuthnPublicKey { point, user_presence: UserPresence::VERIFIED, rpid };
        for key in [PublicKey::K1(point), PublicKey::R1(point), PublicKey::WebAuthn(web)] {
            assert_eq!(PublicKey::parse(&key.to_text()).as_ref(), Ok(&key));
            assert_eq!(PublicKey::parse(&key.to_string()).as_ref(), Ok(&key));
            prop_assert_eq!(PublicKey::from_bytes(&key.to_bytes()), Ok(key));
        }
        for signature in [Signature::K1(compact), Signature::R1(compact)] {
            assert_eq!(Signature::parse(&signature.to_string()).as_ref(), Ok(&signature));
            prop_assert_eq!(Signature::from_bytes(&signature.to_bytes()), Ok(signature));
        }
    }

    #[test]
    fn any_text_is_a_key_or_an_error(text in "(EOS|5|(PUB|SIG|PVT)_(K1|R1|WA)_)[1-9A-Za-z]{0,60}") {
        let _ = text.parse::<PublicKey>();
        let _ = text.parse::<PrivateKey>();
        let _ = text.parse::<Signature>();
    }
}
