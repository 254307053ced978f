//! Rules that several contracts share, over their whole range of values.

use antelope_contract::prelude::*;
use antelope_contract::types::Encoder;
use coop_model::account::is_participant_name;
use coop_model::decision::{after, before, full_mask, signing_ends, voting_ends};
use coop_model::document::signing_digest;
use coop_model::document::subject::ApplicationSubject;
use coop_model::refusal::money as refusal;
use coop_model::{Charter, Document, DocumentSignature, Meta, Subject, list_hash, money};
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
fn r03_a_full_mask_has_one_bit_a_seat() {
    for seats in 0..=64u32 {
        let mask = full_mask(seats);
        assert_eq!(mask.count_ones(), seats);
        assert_eq!(mask.trailing_ones(), seats);
    }
    let edges = [0, 1, 63, 64, 65, u32::MAX].map(full_mask);
    assert_eq!(edges, [0, 1, u64::MAX >> 1, u64::MAX, u64::MAX, u64::MAX]);
}

#[test]
fn bounds_the_support_of_a_board_can_always_be_had() {
    for participants in 1..=200 {
        for seats in 1..=64 {
            let needed = Charter::default().support_needed(seats, participants);
            assert_eq!(needed, participants.div_ceil(2).min(seats + 1).min(64));
            for board_support in [1, 64] {
                let charter = Charter {
                    quorum_percent: 0,
                    board_support,
                };
                assert_eq!(charter.support_needed(seats, participants), board_support);
            }
        }
    }
    let most = Charter::default().support_needed(64, u32::MAX);
    assert_eq!(most, 64);
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
    let first = TimePoint::from_micros(i64::MIN);
    assert_eq!(before(first, 1), first);
    assert_eq!(before(after(moment, u32::MAX), u32::MAX), moment);
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
            Err(refused) => {
                prop_assert!(amount.amount > from.amount);
                prop_assert_eq!(refused, refusal::NOT_ENOUGH);
            }
        }
        let other = Asset::from_raw(1, symbol!("3,RUB"));
        prop_assert!(money::sum(from, other).is_err() && money::rest(from, other).is_err());
    }
}

#[test]
fn documents_of_a_kind_belong_to_no_other_and_serve_one_purpose() {
    use coop_model::catalogue::{CATALOGUE, registry};

    let ids = CATALOGUE.iter().flat_map(|kind| {
        let act = kind.act.into_iter();
        [kind.statement, kind.protocol].into_iter().chain(act)
    });
    // Agreements belong to no kind.
    let agreements = [
        registry::WALLET_AGREEMENT,
        registry::SIGNATURE_AGREEMENT,
        registry::PRIVACY_AGREEMENT,
        registry::STATUTES_AGREEMENT,
    ];
    let mut ids: Vec<u64> = ids.chain(agreements).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(
        ids.len(),
        all,
        "a registry id stands in the catalogue twice"
    );
    for kind in CATALOGUE {
        let found = coop_model::catalogue::find(kind.name).map(|found| found.protocol);
        assert_eq!(found, Some(kind.protocol), "{}", kind.name);
        assert_eq!(kind.confirm.is_empty(), kind.decline.is_empty());
        assert!(kind.confirm.is_empty() || kind.confirm != kind.decline);
        // An action of one contract is none of another.
        for other in CATALOGUE.iter().filter(|other| other.owner != kind.owner) {
            assert_ne!(other.confirm, kind.confirm, "{}", kind.name);
            assert_ne!(other.decline, kind.decline, "{}", kind.name);
        }
    }
}
