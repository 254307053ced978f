//! Sums of money in figures, and in Russian words.

use crate::text::NO_BREAK;
use antelope_types::Asset;
use coop_language::Lang;

/// The three forms a Russian noun takes after a number: 1 рубль, 2 рубля, 5 рублей.
type Forms = [&'static str; 3];

const ROUBLE: Forms = ["рубль", "рубля", "рублей"];
const KOPECK: Forms = ["копейка", "копейки", "копеек"];
const THOUSAND: Forms = ["тысяча", "тысячи", "тысяч"];
const MILLIONS: [Forms; 5] = [
    ["миллион", "миллиона", "миллионов"],
    ["миллиард", "миллиарда", "миллиардов"],
    ["триллион", "триллиона", "триллионов"],
    ["квадриллион", "квадриллиона", "квадриллионов"],
    ["квинтиллион", "квинтиллиона", "квинтиллионов"],
];

const HUNDREDS: [&str; 10] = [
    "",
    "сто",
    "двести",
    "триста",
    "четыреста",
    "пятьсот",
    "шестьсот",
    "семьсот",
    "восемьсот",
    "девятьсот",
];
const TENS: [&str; 10] = [
    "",
    "",
    "двадцать",
    "тридцать",
    "сорок",
    "пятьдесят",
    "шестьдесят",
    "семьдесят",
    "восемьдесят",
    "девяносто",
];
const TEENS: [&str; 10] = [
    "десять",
    "одиннадцать",
    "двенадцать",
    "тринадцать",
    "четырнадцать",
    "пятнадцать",
    "шестнадцать",
    "семнадцать",
    "восемнадцать",
    "девятнадцать",
];
const ONES: [&str; 10] = [
    "",
    "один",
    "два",
    "три",
    "четыре",
    "пять",
    "шесть",
    "семь",
    "восемь",
    "девять",
];

/// A sum as a document states it: in [`figures`], and in Russian roubles in whole kopecks also in
/// words, `1 000,00 руб. (одна тысяча рублей 00 копеек)`.
pub(crate) fn sum(asset: Asset, lang: Lang) -> String {
    let figures = figures(asset, lang);
    match roubles(asset) {
        Some((whole, kopecks)) if lang == Lang::Ru => {
            let (rouble, kopeck) = (after(whole, ROUBLE), after(kopecks, KOPECK));
            let words = spelled(whole);
            format!("{figures} ({words} {rouble} {kopecks:02}{NO_BREAK}{kopeck})")
        }
        _ => figures,
    }
}

/// A sum in figures: `1 000,00 руб.` in Russian and `1,000.00 RUB` in English.
///
/// A sum that is not of whole hundredths is told with all its places, `0,0001 RUB`.
pub fn figures(asset: Asset, lang: Lang) -> String {
    let code = asset.symbol.code().to_string();
    let (whole, part, places) = parts(asset);
    let sign = if asset.amount < 0 { "−" } else { "" };
    let (gap, point) = match lang {
        Lang::Ru => (NO_BREAK, ','),
        Lang::En => (',', '.'),
    };
    let figures = grouped(whole, gap);
    match kopecks(part, places) {
        Some(part) if lang == Lang::En => {
            format!("{sign}{figures}{point}{part:02}{NO_BREAK}{code}")
        }
        Some(part) if code == "RUB" => format!("{sign}{figures}{point}{part:02}{NO_BREAK}руб."),
        _ if places == 0 => format!("{sign}{figures}{NO_BREAK}{code}"),
        _ => format!(
            "{sign}{figures}{point}{part:0width$}{NO_BREAK}{code}",
            width = places as usize
        ),
    }
}

/// A sum in whole units and in the smallest ones, and the number of its places.
fn parts(asset: Asset) -> (u64, u64, u32) {
    let places = u32::from(asset.symbol.precision());
    let unit = 10_u64.pow(places);
    let amount = asset.amount.unsigned_abs();
    (amount / unit, amount % unit, places)
}

/// Roubles and kopecks, if the sum is of whole kopecks.
fn roubles(asset: Asset) -> Option<(u64, u64)> {
    let (whole, part, places) = parts(asset);
    let kopecks = kopecks(part, places)?;
    (asset.symbol.code().to_string() == "RUB").then_some((whole, kopecks))
}

/// The part below one, in hundredths, unless that would lose something.
fn kopecks(part: u64, places: u32) -> Option<u64> {
    if places <= 2 {
        return Some(part * 10_u64.pow(2 - places));
    }
    let scale = 10_u64.pow(places - 2);
    part.is_multiple_of(scale).then_some(part / scale)
}

/// `1234567` as `1 234 567`, with `gap` between the groups.
fn grouped(number: u64, gap: char) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(gap);
        }
        out.push(digit);
    }
    out
}

/// Which of its three forms a noun takes after a number.
pub(crate) fn after(number: u64, forms: Forms) -> &'static str {
    match (number % 100, number % 10) {
        (11..=14, _) => forms[2],
        (_, 1) => forms[0],
        (_, 2..=4) => forms[1],
        _ => forms[2],
    }
}

/// A number in words, masculine: `двадцать один`.
fn spelled(number: u64) -> String {
    if number == 0 {
        return "ноль".to_owned();
    }
    let mut words = Vec::new();
    for (i, forms) in MILLIONS.iter().enumerate().rev() {
        let group = number / 10_u64.pow(6 + 3 * i as u32) % 1000;
        if group > 0 {
            words.extend(below_thousand(group, false));
            words.push(after(group, *forms));
        }
    }
    let thousands = number / 1000 % 1000;
    if thousands > 0 {
        words.extend(below_thousand(thousands, true));
        words.push(after(thousands, THOUSAND));
    }
    words.extend(below_thousand(number % 1000, false));
    words.join(" ")
}

/// The words of a number from 0 to 999; «тысяча» is feminine and wants «одна», «две».
fn below_thousand(number: u64, feminine: bool) -> impl Iterator<Item = &'static str> {
    let (hundreds, tens, ones) = (number / 100, number / 10 % 10, number % 10);
    let last = match (tens, ones, feminine) {
        (1, _, _) => TEENS[ones as usize],
        (_, 1, true) => "одна",
        (_, 2, true) => "две",
        _ => ONES[ones as usize],
    };
    [HUNDREDS[hundreds as usize], TENS[tens as usize], last]
        .into_iter()
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_spelled() {
        for (number, words) in [
            (0, "ноль"),
            (21, "двадцать один"),
            (112, "сто двенадцать"),
            (1_002, "одна тысяча два"),
            (2_000_001, "два миллиона один"),
            (11_005_310, "одиннадцать миллионов пять тысяч триста десять"),
        ] {
            assert_eq!(spelled(number), words);
        }
        assert!(spelled(u64::MAX).starts_with("восемнадцать квинтиллионов"));
    }

    #[test]
    fn nouns_agree_with_numbers() {
        let forms: Vec<_> = [1, 2, 5, 11, 14, 21, 104, 111]
            .map(|n| after(n, ROUBLE))
            .into();
        assert_eq!(
            forms,
            [
                "рубль",
                "рубля",
                "рублей",
                "рублей",
                "рублей",
                "рубль",
                "рубля",
                "рублей"
            ]
        );
    }

    #[test]
    fn whole_kopecks_are_told_in_words_and_the_rest_in_figures() {
        let told = |text: &str| {
            text.parse::<Asset>()
                .map(|asset| sum(asset, Lang::Ru).replace(NO_BREAK, " "))
        };
        assert_eq!(
            told("1000.0000 RUB"),
            Ok("1 000,00 руб. (одна тысяча рублей 00 копеек)".into())
        );
        assert_eq!(
            told("21.0200 RUB"),
            Ok("21,02 руб. (двадцать один рубль 02 копейки)".into())
        );
        assert_eq!(told("0.0001 RUB"), Ok("0,0001 RUB".into()));
        assert_eq!(told("1234567 GOLD"), Ok("1 234 567 GOLD".into()));
        let english = |text: &str| {
            text.parse::<Asset>()
                .map(|asset| sum(asset, Lang::En).replace(NO_BREAK, " "))
        };
        assert_eq!(english("1000.5000 RUB"), Ok("1,000.50 RUB".into()));
        assert_eq!(english("0.0001 RUB"), Ok("0.0001 RUB".into()));
    }
}
