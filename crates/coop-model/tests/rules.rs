//! Rules that several contracts share, over their whole range of values.

use antelope_contract::prelude::*;
use antelope_contract::types::Encoder;
use coop_model::account::is_participant_name;
use coop_model::decision::{after, full_mask, signing_ends, voting_ends};
use coop_model::document::signing_digest;
use coop_model::document::subject::ApplicationSubject;
use coop_model::{Document, DocumentSignature, Meta, Subject, list_hash, money};
use proptest::prelude::*;

fn document() -> Document {
    Document {
        meta: Meta {
            registry_id: 100,
            coopname: name!("zarechyekoop"),
            username: name!("nolifarubime"),
            title: "Заявление".into(),
            lang: "ru".into(),
            generator: "veche".into(),
            version: "1".into(),
            block_num: 7,
            created_at: TimePoint::from_micros(1_700_000_000_500_000),
            timezone: "Europe/Moscow".into(),
            links: vec![Checksum256([1; 32])],
            subject: None,
        },
        doc_hash: Checksum256([2; 32]),
        signatures: vec![DocumentSignature {
            signer: name!("nolifarubime"),
            public_key: PublicKey::K1([3; 33]),
            signature: Signature::K1([4; 65]),
            signed_at: TimePoint::from_micros(5),
        }],
    }
}

#[test]
fn a_document_is_hashed_by_what_it_says_and_not_by_who_signed() {
    let hash = document().hash();
    let mut unsigned = document();
    unsigned.signatures.clear();
    assert_eq!(unsigned.hash(), hash);

    type Change = fn(&mut Document);
    let changes: [Change; 13] = [
        |it| it.meta.registry_id += 1,
        |it| it.meta.coopname = name!("other"),
        |it| it.meta.username = name!("other"),
        |it| it.meta.title.push('!'),
        |it| it.meta.lang.push('!'),
        |it| it.meta.generator.push('!'),
        |it| it.meta.version.push('!'),
        |it| it.meta.block_num += 1,
        |it| it.meta.created_at = TimePoint::from_micros(0),
        |it| it.meta.timezone.push('!'),
        |it| it.meta.links.clear(),
        |it| {
            it.meta.subject = Some(Subject::Application(ApplicationSubject {
                kind: name!("organization"),
            }));
        },
        |it| it.doc_hash.0[31] ^= 1,
    ];
    for (number, change) in changes.iter().enumerate() {
        let mut changed = document();
        change(&mut changed);
        assert_ne!(changed.hash(), hash, "change {number}");
    }
}

#[test]
fn a_document_is_hashed_over_its_packed_meta_and_file() {
    let document = document();
    let mut bytes = document.meta.to_bytes();
    bytes.extend(document.doc_hash.0);
    assert_eq!(document.hash(), Checksum256::sha256(&bytes));
}

#[test]
fn a_signature_covers_chain_document_signer_and_moment() {
    let (chain, hash) = (Checksum256([1; 32]), Checksum256([2; 32]));
    let (signer, moment) = (name!("nolifarubime"), TimePoint::from_micros(3));
    let digest = signing_digest(&chain, &hash, signer, moment);
    let mut bytes = [0; 80];
    let mut out = Encoder::new(&mut bytes);
    chain.encode(&mut out);
    hash.encode(&mut out);
    signer.encode(&mut out);
    moment.encode(&mut out);
    assert_eq!(out.position(), 80);
    assert_eq!(digest, Checksum256::sha256(&bytes));
    for other in [
        signing_digest(&hash, &chain, signer, moment),
        signing_digest(&chain, &hash, name!("other"), moment),
        signing_digest(&chain, &hash, signer, TimePoint::from_micros(4)),
    ] {
        assert_ne!(other, digest);
    }
}

#[test]
fn a_list_is_hashed_with_its_length_and_order() {
    let (one, two) = (name!("one"), name!("two"));
    let hashes = [vec![], vec![one], vec![one, two], vec![two, one]].map(|list| list_hash(&list));
    for (index, hash) in hashes.iter().enumerate() {
        assert!(!hashes[index + 1..].contains(hash));
    }
}

#[test]
fn r03_masks_have_a_bit_for_each_seat() {
    for seats in 1..=64u32 {
        assert_eq!(full_mask(seats).count_ones(), seats);
    }
    assert_eq!(
        (full_mask(0), full_mask(64), full_mask(65)),
        (0, u64::MAX, u64::MAX)
    );
}

#[test]
fn r05_r07_terms_are_exact_and_never_wrap() {
    let moment = TimePoint::from_micros(1_700_000_000_500_000);
    assert_eq!(
        voting_ends(moment).micros() - moment.micros(),
        172_800_000_000
    );
    assert_eq!(
        signing_ends(moment).micros() - moment.micros(),
        2_592_000_000_000
    );
    let last = TimePoint::from_micros(i64::MAX);
    assert_eq!(after(last, 1), last);
}

proptest! {
    #[test]
    fn names_of_participants_are_12_letters(text in "[a-z1-5.]{1,12}[a-j1-5]?") {
        if let Ok(name) = text.parse::<Name>() {
            let expected = text.len() == 12 && text.bytes().all(|it| it.is_ascii_lowercase());
            prop_assert_eq!(is_participant_name(name), expected, "{}", text);
        }
    }

    #[test]
    fn letters_alone_are_names_of_participants(text in "[a-z]{12}") {
        let name: Name = text.parse().unwrap();
        prop_assert!(is_participant_name(name));
        // A thirteenth character makes another name.
        prop_assert!(!is_participant_name(Name::from_raw(name.raw() | 6)));
    }

    #[test]
    fn every_number_is_judged(raw: u64) {
        let name = Name::from_raw(raw);
        let text = name.to_string();
        let expected = text.len() == 12 && text.bytes().all(|it| it.is_ascii_lowercase());
        prop_assert_eq!(is_participant_name(name), expected);
    }

    #[test]
    fn money_is_never_lost_or_made(from in 0..=Asset::MAX_AMOUNT, amount in 0..=Asset::MAX_AMOUNT) {
        let symbol = symbol!("2,RUB");
        let (from, amount) = (Asset::from_raw(from, symbol), Asset::from_raw(amount, symbol));
        match money::rest(from, amount) {
            Ok(rest) => prop_assert_eq!(money::sum(rest, amount), Ok(from)),
            Err(text) => {
                prop_assert!(amount.amount > from.amount);
                prop_assert_eq!(text, coop_model::refusal::money::NOT_ENOUGH);
            }
        }
        let other = Asset::from_raw(1, symbol!("3,RUB"));
        prop_assert!(money::sum(from, other).is_err() && money::rest(from, other).is_err());
    }
}
