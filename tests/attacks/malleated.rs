//! Other forms of a signature, of each kind of key: those that are signatures serve as well as the first
//! and not beside it, and those that are none are refused.

use antelope_types::{Signature, WebAuthnSignature};
use coop_model::{Document, refusal};

use crate::scenarios::world::{Chain, Coop, Draft, Person};

/// The order of secp256k1's group.
const ORDER_K1: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe,
    0xba, 0xae, 0xdc, 0xe6, 0xaf, 0x48, 0xa0, 0x3b, 0xbf, 0xd2, 0x5e, 0x8c, 0xd0, 0x36, 0x41, 0x41,
];

/// The order of secp256r1's group.
const ORDER_R1: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
];

/// The recovery byte, r and s.
type Compact = [u8; 65];

/// The compact part of a signature, and the order of its group.
fn compact(signature: &mut Signature) -> (&mut Compact, [u8; 32]) {
    match signature {
        Signature::K1(compact) => (compact, ORDER_K1),
        Signature::R1(compact) => (compact, ORDER_R1),
        Signature::WebAuthn(WebAuthnSignature { compact, .. }) => (compact, ORDER_R1),
        other => panic!("a kind of signature without a test: {other:?}"),
    }
}

/// `order - number`.
fn negative(number: &[u8], order: [u8; 32]) -> [u8; 32] {
    let mut negative = [0; 32];
    let mut borrow = 0;
    for place in (0..32).rev() {
        let difference = i16::from(order[place]) - i16::from(number[place]) - borrow;
        borrow = i16::from(difference < 0);
        negative[place] = difference.rem_euclid(256) as u8;
    }
    assert_eq!(borrow, 0, "a number within the group");
    negative
}

/// The other root: the same r, the other s, and the recovery byte of the other point.
fn mirror(compact: &mut Compact, order: [u8; 32]) {
    negate(compact, order);
    recovery(compact, |id| id ^ 1);
}

/// The same with the recovery byte that stands for keys that are not compressed.
fn uncompress(compact: &mut Compact) {
    compact[0] -= 4;
}

/// Other bytes that a chain may take for the same signature.
const FORMS: [Change; 3] = [
    ("mirrored", mirror),
    ("uncompressed", |compact, _| uncompress(compact)),
    ("mirrored and uncompressed", |compact, order| {
        mirror(compact, order);
        uncompress(compact);
    }),
];

fn negate(compact: &mut Compact, order: [u8; 32]) {
    let s = negative(&compact[33..], order);
    compact[33..].copy_from_slice(&s);
}

fn recovery(compact: &mut Compact, change: impl Fn(u8) -> u8) {
    compact[0] = 31 + change(compact[0] - 31);
}

fn changed(document: &Document, change: impl Fn(&mut Compact, [u8; 32])) -> Document {
    let mut document = document.clone();
    let (compact, order) = compact(&mut document.signatures[0].signature);
    change(compact, order);
    document
}

/// A change that leaves no signature of the key.
type Change = (&'static str, fn(&mut Compact, [u8; 32]));

const BROKEN: [Change; 10] = [
    ("the other s alone", negate),
    ("the other point alone", |compact, _| {
        recovery(compact, |id| id ^ 1)
    }),
    ("a point beyond the order", |compact, _| {
        recovery(compact, |id| id ^ 2)
    }),
    ("a recovery byte that is none", |compact, _| compact[0] = 35),
    ("no recovery byte", |compact, _| compact[0] = 0),
    ("r is zero", |compact, _| compact[1..33].fill(0)),
    ("s is zero", |compact, _| compact[33..].fill(0)),
    ("s is the order", |compact, order| {
        compact[33..].copy_from_slice(&order)
    }),
    ("everything is zero", |compact, _| compact[1..].fill(0)),
    ("everything is one", |compact, _| compact[1..].fill(0xff)),
];

fn people() -> Vec<Person> {
    vec![Person::new(), Person::with_r1(), Person::with_webauthn()]
}

fn name(person: &Person) -> &'static str {
    match person.public_key() {
        antelope_types::PublicKey::K1(_) => "K1",
        antelope_types::PublicKey::R1(_) => "R1",
        antelope_types::PublicKey::WebAuthn(_) => "WebAuthn",
        other => panic!("a kind of key without a test: {other:?}"),
    }
}

#[test]
fn attack_a_broken_form_of_a_signature_is_none() {
    let chain = Chain::shared();
    let coop = Coop::founded_by(chain, people(), 3);
    for member in &coop.members {
        let kind = name(member);
        let proposal = Draft::proposal(&coop, member.name).signed_by(chain, &[member]);
        for (what, change) in BROKEN {
            let broken = changed(&proposal, change);
            assert!(
                coop.propose(member, &broken).0.is_err(),
                "{kind}: {what} was taken"
            );
        }
        // Of another kind of key, in the same bytes.
        let mut foreign = proposal.clone();
        let (bytes, _) = compact(&mut foreign.signatures[0].signature);
        let bytes = *bytes;
        for other in [Signature::K1(bytes), Signature::R1(bytes)] {
            if other == proposal.signatures[0].signature {
                continue;
            }
            foreign.signatures[0].signature = other;
            assert!(
                coop.propose(member, &foreign).0.is_err(),
                "{kind} as another kind"
            );
        }
        assert!(coop.decisions().is_empty(), "{kind}");
    }
}

/// Whether another form was taken; it then serves in the place of the first one, and not beside it.
fn serves_instead(coop: &Coop<'_>, member: &Person, change: fn(&mut Compact, [u8; 32])) -> bool {
    let chain = coop.chain;
    let proposal = Draft::proposal(coop, member.name).signed_by(chain, &[member]);
    let other = changed(&proposal, change);
    assert_ne!(other, proposal);
    assert_eq!(other.hash(), proposal.hash());
    let is_taken = coop.propose(member, &other).0.is_ok();
    if !is_taken {
        coop.propose(member, &proposal).accepted();
    }
    let question = coop.question_of(proposal.hash());
    for again in [&proposal, &other] {
        assert!(coop.propose(member, again).0.is_err(), "beside the first");
    }
    assert_eq!(coop.decisions().len(), 1);
    coop.decline(&question);
    coop.take_off(&question).accepted();
    assert!(coop.propose(member, &other).0.is_err(), "after the first");
    coop.propose(member, &proposal)
        .refused(refusal::document::SERVED_ALREADY);
    is_taken
}

#[test]
fn attack_another_form_of_a_signature_serves_instead_and_not_beside() {
    let chain = Chain::shared();
    let coop = Coop::founded_by(chain, people(), 3);
    let mut taken = Vec::new();
    for member in &coop.members {
        for (form, change) in FORMS {
            if serves_instead(&coop, member, change) {
                taken.push((name(member), form));
            }
        }
    }
    // What a chain of this kind takes for a signature; the contracts know no document by it.
    let expected = [
        ("K1", "mirrored"),
        ("K1", "uncompressed"),
        ("K1", "mirrored and uncompressed"),
        ("R1", "uncompressed"),
        ("WebAuthn", "mirrored"),
    ];
    assert_eq!(taken, expected);
}

#[test]
fn attack_another_form_of_the_protocols_signature_authorizes_once() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let question = coop.question();
    coop.approve(&question);
    let chairman = coop.chairman();
    let protocol = Draft::protocol(&coop, &question).signed_by(chain, &[chairman]);
    coop.authorize_with(chairman, &question, &protocol)
        .accepted();
    let row = coop.decision(question.id);
    for (_, change) in FORMS {
        coop.authorize_with(chairman, &question, &changed(&protocol, change))
            .refused(refusal::decision::AUTHORIZED);
    }
    assert_eq!(coop.decision(question.id), row);
}
