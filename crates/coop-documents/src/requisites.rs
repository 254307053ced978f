//! Numbers of taxpayers, of state registers and of banks: how many digits they have, and which of their
//! digits follow from the others.
//!
//! | number | digits | check |
//! |---|---|---|
//! | INN of an organization | 10 | the last, weighted sum modulo 11, modulo 10 |
//! | INN of a person | 12 | the last two, each the same way |
//! | OGRN | 13 | the last: the others modulo 11, modulo 10 |
//! | OGRNIP | 15 | the last: the others modulo 13, modulo 10 |
//! | KPP | 9 | no digit; the fifth and sixth may be letters A–Z |
//! | BIC (БИК) | 9 | none |
//! | account | 20 | with the BIC: weights 7, 1, 3 over both, modulo 10 |

/// What is wrong with a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequisiteFault {
    /// It should be this many digits.
    Digits(usize),
    /// It should be a KPP: four digits, two digits or letters, three digits.
    Kpp,
    /// A digit does not follow from the others: a slip of the pen.
    Check,
    /// It is not an account of the bank with this BIC.
    OfAnotherBank,
}

const INN_10: [u32; 9] = [2, 4, 10, 3, 5, 9, 4, 6, 8];
const INN_11: [u32; 10] = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
const INN_12: [u32; 11] = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];

/// Checks the number of an organization that pays taxes.
///
/// # Errors
/// What is wrong with it.
pub fn inn_of_organization(text: &str) -> Result<(), RequisiteFault> {
    let digits = digits(text, 10)?;
    require(weighted(&digits, &INN_10) == digits[9])
}

/// Checks the number of a person who pays taxes.
///
/// # Errors
/// What is wrong with it.
pub fn inn_of_person(text: &str) -> Result<(), RequisiteFault> {
    let digits = digits(text, 12)?;
    let ends = [weighted(&digits, &INN_11), weighted(&digits, &INN_12)];
    require(ends == digits[10..])
}

/// Checks the number of an organization in the state register.
///
/// # Errors
/// What is wrong with it.
pub fn ogrn(text: &str) -> Result<(), RequisiteFault> {
    let digits = digits(text, 13)?;
    require(remainder(&digits[..12], 11) % 10 == digits[12])
}

/// Checks the number of an entrepreneur in the state register.
///
/// # Errors
/// What is wrong with it.
pub fn ogrnip(text: &str) -> Result<(), RequisiteFault> {
    let digits = digits(text, 15)?;
    require(remainder(&digits[..14], 13) % 10 == digits[14])
}

/// Checks the code of a registration with a tax office.
///
/// # Errors
/// What is wrong with it.
pub fn kpp(text: &str) -> Result<(), RequisiteFault> {
    let fits = |(place, sign): (usize, char)| match place {
        4 | 5 => sign.is_ascii_digit() || sign.is_ascii_uppercase(),
        _ => sign.is_ascii_digit(),
    };
    match text.chars().count() == 9 && text.chars().enumerate().all(fits) {
        true => Ok(()),
        false => Err(RequisiteFault::Kpp),
    }
}

/// Checks the code of a bank.
///
/// # Errors
/// What is wrong with it.
pub fn bik(text: &str) -> Result<(), RequisiteFault> {
    digits(text, 9).map(drop)
}

/// Checks an account at the bank with this code, which has been checked.
///
/// # Errors
/// What is wrong with it.
pub fn account(text: &str, bik: &str) -> Result<(), RequisiteFault> {
    let bank = digits(bik, 9)?;
    // A bank is known by its last three digits; one of these numbers is a cash centre of the central bank.
    let of_bank = match bank[6..] {
        [0, 0, 0..=2] => [0, bank[4], bank[5]],
        [first, second, third] => [first, second, third],
        _ => [0; 3],
    };
    of_the_bank(&of_bank, &digits(text, 20)?)
}

/// Checks the account of the bank with this code at the central bank.
///
/// # Errors
/// What is wrong with it.
pub fn corr_account(text: &str, bik: &str) -> Result<(), RequisiteFault> {
    let bank = digits(bik, 9)?;
    let digits = digits(text, 20)?;
    match digits[17..] == bank[6..] {
        true => of_the_bank(&[0, bank[4], bank[5]], &digits),
        false => Err(RequisiteFault::OfAnotherBank),
    }
}

fn of_the_bank(bank: &[u32; 3], account: &[u32]) -> Result<(), RequisiteFault> {
    let digits = bank.iter().chain(account);
    let sum: u32 = digits
        .zip([7, 1, 3].iter().cycle())
        .map(|(a, b)| a * b % 10)
        .sum();
    match sum % 10 {
        0 => Ok(()),
        _ => Err(RequisiteFault::OfAnotherBank),
    }
}

fn digits(text: &str, count: usize) -> Result<Vec<u32>, RequisiteFault> {
    let digits: Option<Vec<u32>> = text.chars().map(|it| it.to_digit(10)).collect();
    digits
        .filter(|digits| digits.len() == count)
        .ok_or(RequisiteFault::Digits(count))
}

fn weighted(digits: &[u32], weights: &[u32]) -> u32 {
    let sum: u32 = digits.iter().zip(weights).map(|(a, b)| a * b).sum();
    sum % 11 % 10
}

/// The remainder of the number that these digits are.
fn remainder(digits: &[u32], by: u32) -> u32 {
    digits
        .iter()
        .fold(0, |rest, digit| (rest * 10 + digit) % by)
}

fn require(is_right: bool) -> Result<(), RequisiteFault> {
    match is_right {
        true => Ok(()),
        false => Err(RequisiteFault::Check),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BIK: &str = "049805777";
    type Check = fn(&str) -> Result<(), RequisiteFault>;

    fn of_bank(text: &str) -> Result<(), RequisiteFault> {
        account(text, BIK)
    }

    fn of_central_bank(text: &str) -> Result<(), RequisiteFault> {
        corr_account(text, BIK)
    }

    /// Each number as it is right, with its check.
    const RIGHT: [(&str, Check); 6] = [
        ("5301001007", inn_of_organization),
        ("530100100202", inn_of_person),
        ("1025300000109", ogrn),
        ("304530100000014", ogrnip),
        ("40702810700000000123", of_bank),
        ("30101810400000000777", of_central_bank),
    ];

    #[test]
    fn right_numbers_are_taken_and_lengths_are_told() {
        for (text, check) in RIGHT {
            assert_eq!(check(text), Ok(()), "{text}");
            let count = text.len();
            for wrong in [
                &text[1..],
                &format!("{text}0"),
                &format!("x{}", &text[1..]),
                "",
            ] {
                assert_eq!(check(wrong), Err(RequisiteFault::Digits(count)), "{wrong}");
            }
        }
        assert_eq!((bik(BIK), kpp("1234AZ678")), (Ok(()), Ok(())));
        assert_eq!(bik("04452"), Err(RequisiteFault::Digits(9)));
        for wrong in ["12345678", "1234az678", "A23456789", "1234567890"] {
            assert_eq!(kpp(wrong), Err(RequisiteFault::Kpp), "{wrong}");
        }
        // A cash centre of the central bank.
        assert_eq!(account("40102810000000000001", "049805000"), Ok(()));
    }

    proptest! {
        /// One digit that is wrong is found in every place of a taxpayer's number and of an account. The
        /// remainders of OGRN and OGRNIP lose a tenth of such slips.
        #[test]
        fn a_wrong_digit_is_found(which in 0_usize..4, place in 0_usize..20, more in 1_u32..10) {
            let (text, check) = [RIGHT[0], RIGHT[1], RIGHT[4], RIGHT[5]][which];
            let place = place % text.len();
            let slip: String = text
                .chars()
                .enumerate()
                .map(|(at, sign)| match (at == place, sign.to_digit(10)) {
                    (true, Some(digit)) => char::from_digit((digit + more) % 10, 10).unwrap(),
                    _ => sign,
                })
                .collect();
            prop_assert!(check(&slip).is_err(), "{slip}");
        }

        #[test]
        fn any_text_is_checked(text in ".{0,24}") {
            for (_, check) in RIGHT {
                let _ = check(&text);
            }
            let _ = (kpp(&text), bik(&text), account(&text, &text), corr_account(&text, &text));
        }
    }
}
