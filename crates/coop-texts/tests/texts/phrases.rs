//! Finding a parameter's number in prose: a number alone says little, a number before its unit or
//! thing, as in "48 hours", "forty-eight hours" or "64 мест", says what it is.

/// What follows the number of a parameter whose name begins or ends so, in English and Russian.
const THINGS: [(&str, &[&str]); 20] = [
    ("_hours", &["h", "hour", "час", "ч"]),
    ("_days", &["day", "дн", "день", "сут"]),
    ("_minutes", &["min", "мин"]),
    ("account_letters", &["letter", "character", "букв"]),
    ("_seats", &["seat", "voting seat", "мест"]),
    ("_founders", &["founder", "учредител"]),
    (
        "max_unfinished",
        &[
            "question",
            "unfinished",
            "free question",
            "вопрос",
            "незаконч",
        ],
    ),
    ("max_undelivered", &["decline", "undelivered", "отказ"]),
    ("max_page", &["row", "строк"]),
    ("max_batch", &["row", "item", "строк"]),
    ("max_invoices", &["invoice", "unpaid", "счет", "счёт"]),
    ("max_open_of_participant", &["process", "процесс"]),
    ("max_properties", &["thing", "вещ"]),
    ("max_references", &["reference", "record", "запис"]),
    ("default_accounts", &["account", "учётн"]),
    ("default_participants", &["participant", "пайщик"]),
    ("max_rights", &["right", "прав"]),
    ("max_board_support", &["participant", "пайщик"]),
    ("max_signatures", &["signature", "подпис"]),
    ("max_links", &["link", "ссыл"]),
];

/// The limits of texts, in bytes.
const IN_BYTES: [&str; 6] = [
    "max_reason",
    "max_title",
    "max_lang",
    "max_generator",
    "max_version",
    "max_timezone",
];

/// Phrases with the number of one of these parameters.
pub(crate) fn with_numbers_of(parameters: &[(&str, &str)], text: &str) -> Vec<String> {
    let words = words(text);
    let mut found = Vec::new();
    for (name, value) in parameters {
        let number: u64 = value.parse().expect("a number");
        for (at, word) in words.iter().enumerate() {
            let rest = &words[at + 1..];
            let next = rest.first().map_or("", String::as_str);
            let is_it = word == value
                || spelled(number).contains(word)
                // "1 000 questions"
                || value.len() == 4 && *word == value[1..] && at > 0 && words[at - 1] == value[..1];
            if is_it && things(name).any(|thing| is_of(next, thing)) {
                found.push(format!("{word} {next} ({name})"));
            }
            if seconds(name, number).is_some_and(|seconds| {
                *word == seconds || format!("{word}{next}") == seconds && next.len() == 3
            }) {
                found.push(format!("{word} {next} seconds ({name})"));
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

/// What the number of this parameter counts.
fn things(name: &str) -> impl Iterator<Item = &'static str> {
    THINGS
        .iter()
        .filter(move |(of, _)| name.starts_with(of) || name.ends_with(of))
        .flat_map(|(_, things)| things.iter().copied())
        .chain(IN_BYTES.contains(&name).then_some("byte"))
        .chain(IN_BYTES.contains(&name).then_some("байт"))
}

/// Whether the word is a form of the thing; a unit of one letter has no other form.
fn is_of(word: &str, thing: &str) -> bool {
    if thing.chars().count() == 1 {
        word == thing
    } else {
        word.starts_with(thing)
    }
}

/// A term in seconds.
fn seconds(name: &str, number: u64) -> Option<String> {
    let (_, unit) = name.rsplit_once('_')?;
    let of_one = match unit {
        "hours" => 3_600,
        "days" => 86_400,
        _ => return None,
    };
    Some((number * of_one).to_string())
}

/// Words and numbers in small letters; "forty-eight" is one word.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut ends_with_hyphen = false;
    let mut word = String::new();
    for letter in text.to_lowercase().chars().chain([' ']) {
        if letter.is_alphanumeric() || letter == '_' {
            word.push(letter);
            continue;
        }
        if !word.is_empty() {
            let word = std::mem::take(&mut word);
            let is_text = |it: &str| it.chars().all(char::is_alphabetic);
            match words.last_mut() {
                Some(last) if ends_with_hyphen && is_text(last) && is_text(&word) => {
                    last.push('-');
                    last.push_str(&word);
                }
                _ => words.push(word),
            }
        }
        ends_with_hyphen = letter == '-';
        // "statement 100, invoice" is not 100 invoices.
        if ",;:|()".contains(letter) {
            words.push(String::new());
        }
    }
    words
}

const TENS_EN: [&str; 10] = [
    "", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];
const ONES_EN: [&str; 10] = [
    "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
];
/// Nominative and genitive of round numbers and of seven, which terms have.
const RUSSIAN: [(u64, [&str; 2]); 5] = [
    (7, ["семь", "семи"]),
    (10, ["десять", "десяти"]),
    (30, ["тридцать", "тридцати"]),
    (48, ["восемь", "восьми"]),
    (90, ["девяносто", "девяноста"]),
];

/// A number below a hundred in words; of a Russian one the last word, which stands before its unit.
fn spelled(number: u64) -> Vec<String> {
    let mut spelled = Vec::new();
    let (tens, ones) = (number as usize / 10, number as usize % 10);
    if number < 100 && tens != 1 {
        let parts = [TENS_EN[tens], ONES_EN[ones]];
        let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        spelled.push(parts.join("-"));
    }
    for (of, forms) in RUSSIAN {
        if of == number {
            spelled.extend(forms.map(str::to_owned));
        }
    }
    spelled
}

#[test]
fn numbers_are_found_in_both_languages_and_in_words() {
    let of = [
        ("voting_hours", "48"),
        ("max_seats", "64"),
        ("max_unfinished", "1000"),
    ];
    let count = |text: &str| with_numbers_of(&of, text).len();
    for text in [
        "open for 48 hours",
        "open for 48 h.",
        "Forty-eight hours: a vote",
        "за 48 часов",
        "срок 48 ч",
        "сорока восьми часов",
        "172 800 s",
        "172800",
        "at most 64 seats",
        "64 места",
        "at most 1 000 unfinished questions",
        "1000 вопросов",
    ] {
        assert_eq!(count(text), 1, "{text}");
    }
    for text in [
        "a 64-bit number",
        "block 48 has three",
        "148 hours",
        "48 people",
        "2 000 questions",
        "block 48, hours later",
    ] {
        assert_eq!(count(text), 0, "{text}");
    }
}
