//! The people, the cooperative and the votes of the golden files.

use antelope_types::{Asset, Name, name};
use coop_documents::{
    Applicant, Choice, Cooperative, Date, Entrepreneur, Fees, Organization, Person, Seat, Thing,
    Voting, VotingTimes, Zone,
};

/// 21 November 2026, 10:00:00 UTC.
pub(super) const OPENED: i64 = 1_795_255_200_000_000;
pub(super) const HOUR: i64 = 3_600_000_000;

fn person(account: Name, last: &str, first: &str, middle: &str) -> Person {
    Person {
        account,
        last_name: last.into(),
        first_name: first.into(),
        middle_name: Some(middle.into()).filter(|name: &String| !name.is_empty()),
    }
}

pub(super) fn council() -> Vec<Person> {
    vec![
        person(name!("mirodaluvaxe"), "Белозёрова", "Мария", "Андреевна"),
        person(name!("kepozanuriso"), "Вересаев", "Пётр", "Ильич"),
        person(name!("basulotimegi"), "Гречишникова", "Ольга", "Павловна"),
        person(name!("donavirepuka"), "Дорошин", "Тимур", ""),
        person(name!("sulemokatira"), "Ежова", "Нина", "Сергеевна"),
    ]
}

pub(super) fn chairman() -> Person {
    council().remove(0)
}

pub(super) fn cashier() -> Person {
    person(name!("gipavudorezo"), "Жарков", "Глеб", "Олегович")
}

pub(super) fn participant() -> Person {
    person(name!("nolifarubime"), "Звягинцева", "Анна", "Викторовна")
}

pub(super) fn cooperative() -> Cooperative {
    Cooperative {
        account: name!("zarechyekoop"),
        name: "Потребительский кооператив «Заречье»".into(),
        short_name: "ПК «Заречье»".into(),
        address: "г. Приозёрный, ул. Набережная, д. 7".into(),
        zone: Zone::named("Europe/Moscow").unwrap(),
    }
}

pub(super) fn applicant() -> Applicant {
    Applicant {
        person: participant(),
        birth_date: Date::parse("1988-04-12").unwrap(),
        address: "г. Приозёрный, ул. Садовая, д. 14, кв. 3".into(),
        phone: "+7 000 000-00-01".into(),
        email: "anna@example.org".into(),
    }
}

pub(super) fn entrepreneur() -> Entrepreneur {
    Entrepreneur {
        applicant: applicant(),
        ogrnip: "300000000000000".into(),
        inn: "000000000000".into(),
        bank: "40802810000000000000 в АО «Банк», БИК 000000000".into(),
    }
}

pub(super) fn organization() -> Organization {
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

pub(super) fn rub(text: &str) -> Asset {
    text.parse().unwrap()
}

pub(super) fn fees() -> Fees {
    Fees::new(rub("1000.0000 RUB"), rub("3000.5000 RUB")).unwrap()
}

pub(super) fn thing() -> Thing {
    Thing {
        description: "Прицеп бортовой одноосный, 2021 года, исправен".into(),
        valuation: rub("60000.0000 RUB"),
    }
}

/// A vote of the council with this quorum, counted two hours after it was opened.
pub(super) fn voting(choices: [Choice; 5], quorum_percent: u8) -> Voting {
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
pub(super) fn three_to_one() -> Voting {
    use Choice::{Against, For, Silent};
    voting([For, For, Against, For, Silent], 80)
}

/// One for, one against and the others silent: not decided.
pub(super) fn one_to_one() -> Voting {
    use Choice::{Against, For, Silent};
    voting([Silent, For, Against, Silent, Silent], 80)
}

/// One for, three against: declined.
pub(super) fn one_to_three() -> Voting {
    use Choice::{Against, For, Silent};
    voting([Against, For, Against, Against, Silent], 80)
}
