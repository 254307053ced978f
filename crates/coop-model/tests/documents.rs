//! What a contract demands of a document: its age to the block, its lengths to the byte, its
//! signatures.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use antelope_contract::host::{Host, with_host};
use antelope_contract::prelude::*;
use coop_model::refusal::{Refusal, document as refusal};
use coop_model::{Age, Document, DocumentSignature, Meta, parameters};

const NOW: i64 = 1_700_000_000_000_000;
/// A block of the chain.
const BLOCK: i64 = 500_000;
const KEY: PublicKey = PublicKey::K1([3; 33]);
const COOP: Name = name!("zarechyekoop");
const PERSON: Name = name!("nolifarubime");

/// A chain that finds every signature to be of one key, which satisfies everyone.
struct Chain;

impl Host for Chain {
    fn current_time(&mut self) -> u64 {
        NOW as u64
    }

    fn eosio_assert_message(&mut self, condition: u32, message: &[u8]) {
        assert!(condition != 0, "{}", String::from_utf8_lossy(message));
    }

    fn recover_key(&mut self, _: &[u8; 32], _: &[u8], key: &mut [u8]) -> u32 {
        let bytes = KEY.to_bytes();
        key[..bytes.len()].copy_from_slice(&bytes);
        bytes.len() as u32
    }

    fn check_permission_authorization(
        &mut self,
        _: u64,
        _: u64,
        _: &[u8],
        _: &[u8],
        _: u64,
    ) -> u32 {
        1
    }
}

/// Whether the contract goes on, or with which text it fails.
fn on_chain(body: impl FnOnce()) -> Result<(), String> {
    let run = || with_host(Rc::new(RefCell::new(Chain)), body);
    catch_unwind(AssertUnwindSafe(run)).map_err(|panic| *panic.downcast().expect("a text"))
}

fn result(expected: Option<Refusal>) -> Result<(), String> {
    expected.map_or(Ok(()), |refusal| Err(refusal.text.to_owned()))
}

fn at(offset: i64) -> TimePoint {
    TimePoint::from_micros(NOW + offset)
}

fn signed_by(signer: Name) -> DocumentSignature {
    DocumentSignature {
        signer,
        public_key: KEY,
        signature: Signature::K1([4; 65]),
        signed_at: at(0),
    }
}

fn document() -> Document {
    Document {
        meta: Meta {
            registry_id: 100,
            coopname: COOP,
            username: PERSON,
            title: String::new(),
            lang: String::new(),
            generator: String::new(),
            version: String::new(),
            block_num: 1,
            created_at: at(0),
            timezone: String::new(),
            links: Vec::new(),
            subject: None,
        },
        doc_hash: Checksum256([2; 32]),
        signatures: vec![signed_by(PERSON)],
    }
}

fn about(document: &Document, age: Age) -> Result<(), String> {
    on_chain(|| document.require_about(100, COOP, PERSON, age))
}

/// Moments around both ends of an age, and what is said of them.
fn moments(age: Age) -> Vec<(i64, Option<Refusal>)> {
    let days = match age {
        Age::Statement => 30,
        Age::Meeting => 90,
    };
    let (oldest, latest) = (-days * 86_400_000_000, 600_000_000);
    let (old, future) = (Some(refusal::TOO_OLD), Some(refusal::IN_THE_FUTURE));
    vec![
        (-NOW, old),
        (oldest - BLOCK, old),
        (oldest - 1, old),
        (oldest, None),
        (oldest + BLOCK, None),
        (0, None),
        (latest - BLOCK, None),
        (latest, None),
        (latest + 1, future),
        (latest + BLOCK, future),
    ]
}

#[test]
fn bounds_a_document_is_accepted_at_each_end_of_its_age() {
    for age in [Age::Statement, Age::Meeting] {
        for (offset, expected) in moments(age) {
            let mut document = document();
            document.meta.created_at = at(offset);
            assert_eq!(about(&document, age), result(expected), "{age:?} {offset}");
        }
    }
}

#[test]
fn bounds_a_signature_is_accepted_at_each_end_of_its_age() {
    let chain = Checksum256([1; 32]);
    for age in [Age::Statement, Age::Meeting] {
        for (offset, expected) in moments(age) {
            let mut document = document();
            document.signatures[0].signed_at = at(offset);
            let signed = on_chain(|| {
                document.require_signed(&chain, age);
            });
            assert_eq!(signed, result(expected), "{age:?} {offset}");
        }
    }
}

#[test]
fn bounds_a_document_serves_once() {
    for (offset, expected) in [
        (-BLOCK, None),
        (-1, None),
        (0, Some(refusal::SERVED_ALREADY)),
        (1, Some(refusal::SERVED_ALREADY)),
        (BLOCK, Some(refusal::SERVED_ALREADY)),
    ] {
        let newer = on_chain(|| document().require_newer(at(offset)));
        assert_eq!(newer, result(expected), "{offset}");
    }
}

#[test]
fn bounds_every_field_ends_at_its_limit() {
    type Fill = fn(&mut Meta, usize);
    let fields: [(usize, Refusal, Fill); 6] = [
        (
            parameters::MAX_TITLE,
            refusal::TITLE_BOUND,
            |meta, length| {
                meta.title = "a".repeat(length);
            },
        ),
        (parameters::MAX_LANG, refusal::LANG_BOUND, |meta, length| {
            meta.lang = "a".repeat(length);
        }),
        (
            parameters::MAX_GENERATOR,
            refusal::GENERATOR_BOUND,
            |meta, length| meta.generator = "a".repeat(length),
        ),
        (
            parameters::MAX_VERSION,
            refusal::VERSION_BOUND,
            |meta, length| meta.version = "a".repeat(length),
        ),
        (
            parameters::MAX_TIMEZONE,
            refusal::TIMEZONE_BOUND,
            |meta, length| meta.timezone = "a".repeat(length),
        ),
        (
            parameters::MAX_LINKS,
            refusal::LINKS_BOUND,
            |meta, length| {
                meta.links = vec![Checksum256::ZERO; length];
            },
        ),
    ];
    for (limit, refusal, fill) in fields {
        for (length, expected) in [
            (0, None),
            (limit - 1, None),
            (limit, None),
            (limit + 1, Some(refusal)),
        ] {
            let mut document = document();
            fill(&mut document.meta, length);
            let accepted = about(&document, Age::Statement);
            assert_eq!(accepted, result(expected), "{length} of {limit}");
        }
    }
}

#[test]
fn documents_are_about_one_kind_cooperative_and_person() {
    let document = document();
    let other = name!("otherone");
    for (id, coop, person, refusal) in [
        (101, COOP, PERSON, refusal::ANOTHER_REGISTRY_ID),
        (100, other, PERSON, refusal::ANOTHER_COOPERATIVE),
        (100, COOP, other, refusal::ANOTHER_PERSON),
    ] {
        let found = on_chain(|| document.require_about(id, coop, person, Age::Statement));
        assert_eq!(found, result(Some(refusal)));
    }
}

#[test]
fn bounds_at_most_64_people_sign_and_each_once() {
    let chain = Checksum256([1; 32]);
    let people = |count: u64| (1..=count).map(|raw| signed_by(Name::from_raw(raw << 8)));
    for (count, expected) in [
        (0, Some(refusal::NO_SIGNATURES)),
        (1, None),
        (64, None),
        (65, Some(refusal::TOO_MANY_SIGNATURES)),
    ] {
        let mut document = document();
        document.signatures = people(count).collect();
        let signed = on_chain(|| {
            document.require_signed(&chain, Age::Meeting);
        });
        assert_eq!(signed, result(expected), "{count}");
    }
    let mut twice = document();
    twice.signatures = people(64).collect();
    twice.signatures[63].signer = twice.signatures[0].signer;
    let signed = on_chain(|| {
        twice.require_signed(&chain, Age::Meeting);
    });
    assert_eq!(signed, result(Some(refusal::SIGNED_TWICE)));
}

#[test]
fn documents_of_one_person_have_the_signature_of_that_person_alone() {
    let chain = Checksum256([1; 32]);
    for (signers, expected) in [
        (vec![], Some(refusal::NO_SIGNATURES)),
        (vec![PERSON], None),
        (vec![COOP], Some(refusal::ANOTHER_SIGNER)),
        (vec![PERSON, COOP], Some(refusal::NOT_ONE_SIGNATURE)),
    ] {
        let mut document = document();
        document.signatures = signers.iter().copied().map(signed_by).collect();
        let signed = on_chain(|| {
            document.require_signed_by(&chain, PERSON);
        });
        assert_eq!(signed, result(expected), "{signers:?}");
    }
}

#[test]
fn documents_of_two_sides_have_both_signatures_and_no_other() {
    let chain = Checksum256([1; 32]);
    let staff = name!("staffmember");
    let missing = Some(refusal::NOT_BOTH_SIDES);
    for (signers, expected) in [
        (vec![PERSON, staff], None),
        (vec![staff, PERSON], None),
        (vec![PERSON], missing),
        (vec![PERSON, PERSON], missing),
        (vec![PERSON, COOP], missing),
        (vec![PERSON, staff, COOP], missing),
    ] {
        let mut document = document();
        document.signatures = signers.iter().copied().map(signed_by).collect();
        let signed = on_chain(|| {
            document.require_signed_by_both(&chain, PERSON, staff);
        });
        assert_eq!(signed, result(expected), "{signers:?}");
    }
    let alone = on_chain(|| {
        document().require_signed_by_both(&chain, PERSON, PERSON);
    });
    assert_eq!(alone, result(Some(refusal::ONE_SIDE_TWICE)));
}

#[test]
fn documents_with_another_key_are_refused() {
    let mut document = document();
    document.signatures[0].public_key = PublicKey::K1([2; 33]);
    let signed = on_chain(|| {
        document.require_signed_by(&Checksum256([1; 32]), PERSON);
    });
    assert_eq!(signed, result(Some(refusal::WRONG_SIGNATURE)));
}

/// A document with a signature as it stands in an action: what its hash is of, and the rest.
const IN_ACTION: [&str; 2] = [
    "6400000000000000502985ca37a4aef9000000000060e63412d097d0b0d18fd0b2d0bbd0b5d0bdd0b8d0b502727505766563686501310700\
     000000c85d3d536106000d4575726f70652f4d6f73636f77011111111111111111111111111111111111111111111111111111111111111111\
     002222222222222222222222222222222222222222222222222222222222222222",
    "01000000000060e634",
];

#[test]
fn the_hash_of_a_document_is_that_of_the_bytes_in_the_action_before_its_signatures() {
    // By sha256sum over the bytes.
    let expected = "7e77f9313d3e433b074043c9b12abb863492dcb374186748182125f103df1e4a";
    let bytes = |text: &str| -> Vec<u8> {
        let pairs = text
            .as_bytes()
            .chunks(2)
            .map(|pair| std::str::from_utf8(pair));
        pairs
            .map(|pair| u8::from_str_radix(pair.unwrap(), 16).unwrap())
            .collect()
    };
    let [head, mut rest] = IN_ACTION.map(bytes);
    // The key, the signature and the moment.
    rest.extend([&[0][..], &[3; 33], &[0], &[4; 65], &[0; 8]].concat());
    let document = Document::from_bytes(&[head, rest].concat()).unwrap();
    assert_eq!(document.hash().to_string(), expected);
    assert_eq!(document.signatures.len(), 1);
    assert_eq!(
        (document.meta.title.as_str(), document.meta.username),
        ("Заявление", name!("anna"))
    );
    let mut changed = document.clone();
    changed.signatures.clear();
    assert_eq!(changed.hash(), document.hash(), "without its signatures");
    changed.meta.block_num += 1;
    assert_ne!(changed.hash(), document.hash());
}
