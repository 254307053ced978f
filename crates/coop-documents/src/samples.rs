//! One document of every form and of every end of a decision, for tests and measurements: the people,
//! the cooperative and the votes of the golden files.

#![allow(
    clippy::unwrap_used,
    reason = "these are tests' facts, known to be right"
)]

mod forms;
pub mod measure;
mod strange;

pub use forms::{effects, every_form, protocol};
pub use strange::{somebody, strange_forms};

use crate::{
    Applicant, Choice, Cooperative, Date, Entrepreneur, Fees, Form, Organization, Person, Seat,
    Stamp, Thing, Voting, VotingTimes, Zone,
};
use antelope_types::{Asset, Name, PublicKey, Signature, TimePoint, name};
use coop_model::DocumentSignature;

/// 21 November 2026, 10:00:00 UTC.
pub const OPENED: i64 = 1_795_255_200_000_000;
/// An hour in microseconds.
pub const HOUR: i64 = 3_600_000_000;

fn person(account: Name, last: &str, first: &str, middle: &str) -> Person {
    Person {
        account,
        last_name: last.into(),
        first_name: first.into(),
        middle_name: Some(middle.into()).filter(|name: &String| !name.is_empty()),
    }
}

/// The council, its chairman first.
pub fn council() -> Vec<Person> {
    vec![
        person(name!("mirodaluvaxe"), "Белозёрова", "Мария", "Андреевна"),
        person(name!("kepozanuriso"), "Вересаев", "Пётр", "Ильич"),
        person(name!("basulotimegi"), "Гречишникова", "Ольга", "Павловна"),
        person(name!("donavirepuka"), "Дорошин", "Тимур", ""),
        person(name!("sulemokatira"), "Ежова", "Нина", "Сергеевна"),
    ]
}

/// The chairman of the council.
pub fn chairman() -> Person {
    council().remove(0)
}

/// Who acts for the cooperative where money and property change hands.
pub fn cashier() -> Person {
    person(name!("gipavudorezo"), "Жарков", "Глеб", "Олегович")
}

/// Whom most documents are about.
pub fn participant() -> Person {
    person(name!("nolifarubime"), "Звягинцева", "Анна", "Викторовна")
}

/// When the documents are made: two hours after the vote was opened.
pub const STAMP: Stamp = Stamp {
    block_num: 77,
    created_at: OPENED + 2 * HOUR,
};

/// The cooperative.
pub fn cooperative() -> Cooperative {
    Cooperative {
        account: name!("zarechyekoop"),
        name: "Потребительский кооператив «Заречье»".into(),
        short_name: "ПК «Заречье»".into(),
        address: "г. Приозёрный, ул. Набережная, д. 7".into(),
        zone: Zone::named("Europe/Moscow").unwrap(),
    }
}

/// A person who applies.
pub fn applicant() -> Applicant {
    Applicant {
        person: participant(),
        birth_date: Date::parse("1988-04-12").unwrap(),
        address: "г. Приозёрный, ул. Садовая, д. 14, кв. 3".into(),
        phone: "+7 000 000-00-01".into(),
        email: "anna@example.org".into(),
    }
}

/// An entrepreneur who applies.
pub fn entrepreneur() -> Entrepreneur {
    Entrepreneur {
        applicant: applicant(),
        ogrnip: "300000000000000".into(),
        inn: "000000000000".into(),
        bank: "40802810000000000000 в АО «Банк», БИК 000000000".into(),
    }
}

/// An organization that applies.
pub fn organization() -> Organization {
    Organization {
        account: name!("melnitsazare"),
        name: "Общество с ограниченной ответственностью «Мельница»".into(),
        short_name: "ООО «Мельница»".into(),
        address: "г. Приозёрный, ул. Мельничная, д. 1".into(),
        ogrn: "1000000000000".into(),
        inn: "0000000000".into(),
        kpp: None,
        bank: "40702810000000000000 в АО «Банк», БИК 000000000".into(),
        phone: "+7 000 000-00-04".into(),
        email: "melnitsa@example.org".into(),
        represented_by: "директор Мельников Олег Юрьевич".into(),
        based_on: "устав".into(),
    }
}

/// A sum as `5000.0000 RUB`.
///
/// # Panics
/// When it is not a sum.
pub fn rub(text: &str) -> Asset {
    text.parse().unwrap()
}

/// The contributions of admission.
pub fn fees() -> Fees {
    Fees::new(rub("1000.0000 RUB"), rub("3000.5000 RUB")).unwrap()
}

/// A thing that is a share.
pub fn thing() -> Thing {
    Thing {
        description: "Прицеп бортовой одноосный, 2021 года, исправен".into(),
        valuation: rub("60000.0000 RUB"),
    }
}

/// What stands under a form when all have signed. These signatures are for the look only: no key has made
/// them.
pub fn signatures(form: &dyn Form) -> Vec<DocumentSignature> {
    let signers = form.signers().into_iter();
    let signature = |signer| DocumentSignature {
        signer,
        public_key: PublicKey::K1([3; 33]),
        signature: Signature::K1([0; 65]),
        signed_at: TimePoint::from_micros(STAMP.created_at),
    };
    signers.map(signature).collect()
}

/// A vote of the council with this quorum, counted two hours after it was opened.
pub fn voting(choices: [Choice; 5], quorum_percent: u8) -> Voting {
    let seats = council().into_iter().zip(choices).enumerate();
    let seats: Vec<_> = seats
        .map(|(i, (person, choice))| Seat {
            person,
            is_chairman: i == 0,
            choice,
        })
        .collect();
    let times = |approved_at| VotingTimes {
        opened_at: OPENED,
        closes_at: OPENED + 48 * HOUR,
        approved_at,
        counted_at: OPENED + 2 * HOUR,
    };
    let vote = |approved_at| {
        Voting::new(
            1,
            seats.clone(),
            quorum_percent,
            times(approved_at),
            name!("soviet"),
        )
        .unwrap()
    };
    let is_approved = vote(None).is_approved();
    vote(is_approved.then_some(OPENED + HOUR))
}

/// Three for, one against, one silent: approved.
pub fn three_to_one() -> Voting {
    use Choice::{Against, For, Silent};
    voting([For, For, Against, For, Silent], 80)
}

/// One for, one against and the others silent: not decided.
pub fn one_to_one() -> Voting {
    use Choice::{Against, For, Silent};
    voting([Silent, For, Against, Silent, Silent], 80)
}

/// One for, three against: declined.
pub fn one_to_three() -> Voting {
    use Choice::{Against, For, Silent};
    voting([Against, For, Against, Against, Silent], 80)
}
