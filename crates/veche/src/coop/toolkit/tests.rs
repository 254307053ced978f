use super::*;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Where the texts are that a command of the cooperative can come to say.
const SOURCES: [&str; 22] = [
    "antelope-cli/src/answers.rs",
    "antelope-cli/src/console.rs",
    "antelope-cli/src/failure.rs",
    "antelope-cli/src/network.rs",
    "antelope-cli/src/network/configuration.rs",
    "antelope-cli/src/session.rs",
    "antelope-cli/src/session/failover.rs",
    "antelope-cli/src/session/freshness.rs",
    "antelope-cli/src/signers.rs",
    "antelope-cli/src/transact.rs",
    "antelope-cli/src/transact/authority.rs",
    "antelope-cli/src/transact/consent.rs",
    "antelope-cli/src/transact/journal.rs",
    "antelope-cli/src/transact/lookup.rs",
    "antelope-cli/src/transact/offline.rs",
    "antelope-cli/src/transact/options.rs",
    "antelope-cli/src/transact/propose.rs",
    "antelope-cli/src/transact/send.rs",
    "antelope-cli/src/transact/wait.rs",
    "antelope-keystore/src/error.rs",
    "antelope-rpc-client/src/error.rs",
    "coop-client/src/error.rs",
];

/// Sources of which only some texts are said.
const PARTS: [&str; 7] = [
    "antelope-keystore/src/agent/server.rs",
    "antelope-keystore/src/files.rs",
    "antelope-keystore/src/source.rs",
    "antelope-keystore/src/text.rs",
    "antelope-envelope/src/message.rs",
    "antelope-rpc-client/src/refusal.rs",
    "coop-documents/src/error.rs",
];

/// What stays as it is.
const SAME: [&str; 29] = [
    // Values alone, and what is joined to them.
    "{level}: {}",
    "{} of {}",
    "{}: {problem}",
    "{url}: {problem}",
    "{question} ",
    "{}: {what} is {value}, expected {least} to {most}",
    "--sign-with: {error}",
    " (weight {more})",
    " (at hand)",
    // What is typed.
    "--proposer ACCOUNT or ACCOUNT@PERMISSION",
    "prompt, agent, keyring, file:PATH or fd:NUMBER",
    "prompt, file:PATH or fd:NUMBER",
    "cleos wallet unlock",
    // Part of another text.
    "the node is of another chain:",
    "this network",
    "overdrawn balance",
    "cannot {doing}: {source}",
    "propose {} {name}: {}",
    // A line of progress, which goes by itself.
    "waiting for {}",
    // What is about options of cleos, or about commands of the keystore.
    "--use-old-rpc does nothing: older calls are used where the node has no newer",
    "--compression does nothing: what is sent is not compressed",
    "--return-failure-trace does nothing: the trace is always asked for",
    "{hours} hours are more than a chain counts",
    "the two passphrases differ, expected the same one twice; nothing was changed",
    "type it again",
    "choose another name, or rename or remove the other key first",
    "five or six random words are long enough and can be remembered",
    "an agent is at {} already",
    "use the one that runs, or stop it first",
];

/// What only a program meets: it does not build addresses, and waits for nothing.
const OF_PROGRAMS: [&str; 2] = [
    "node address `{url}`: {problem}",
    "{what}: still missing after {seconds} s",
];

/// The texts of a source, without its tests: literals, with the ends of lines as they are said.
fn literals(source: &str) -> Vec<String> {
    let source = source.split("#[cfg(test)]").next().unwrap_or_default();
    let (mut found, mut rest) = (Vec::new(), source);
    while let Some(at) = rest.find(['"', '\'', '/']) {
        let begin = &rest[at..];
        rest = match begin.as_bytes() {
            [b'/', b'/', ..] => begin.split_once('\n').map_or("", |(_, behind)| behind),
            // A character, such as '"'.
            [b'\'', b'\\', _, b'\'', ..] => &begin[4..],
            [b'\'', _, b'\'', ..] => &begin[3..],
            [b'"', ..] => {
                let (text, behind) = literal(&begin[1..]);
                found.extend(text.split('\n').map(str::to_owned));
                behind
            }
            _ => &begin[1..],
        };
    }
    found
}

/// A literal after its first quote, and what is behind its last.
fn literal(source: &str) -> (String, &str) {
    let (mut text, mut signs) = (String::new(), source.char_indices());
    while let Some((at, sign)) = signs.next() {
        match sign {
            '"' => return (text, &source[at + 1..]),
            '\\' => match signs.next() {
                Some((_, 'n')) => text.push('\n'),
                Some((at, '\n')) => {
                    let rest = &source[at..];
                    let behind = rest.trim_start();
                    for _ in 0..rest[1..].chars().count() - behind.chars().count() {
                        signs.next();
                    }
                }
                Some((_, sign)) => text.push(sign),
                None => break,
            },
            sign => text.push(sign),
        }
    }
    (text, "")
}

fn texts(files: &[&str]) -> BTreeSet<String> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let read = |file: &&str| literals(&fs::read_to_string(crates.join(file)).expect("a source"));
    files.iter().flat_map(read).collect()
}

/// The text with places that have no names.
fn plain(text: &str) -> String {
    let mut parts = text.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    let rest = parts.map(|part| part.split_once('}').map_or(part, |(_, behind)| behind));
    rest.fold(first, |text, part| text + "{}" + part)
}

/// Whether it is said to people: it has words.
fn is_said(text: &&String) -> bool {
    let plain = |word: &str| word.len() > 1 && word.chars().all(|it| it.is_ascii_lowercase());
    text.contains(' ') && text.split(' ').any(plain)
}

#[test]
fn whatever_the_toolkit_says_on_the_way_is_said_in_russian_too() {
    let known: BTreeSet<String> = pairs(TEXTS).map(|(english, _)| plain(english)).collect();
    let stays =
        |text: &&String| SAME.contains(&text.as_str()) || OF_PROGRAMS.contains(&text.as_str());
    let said = texts(&SOURCES);
    let missing: Vec<_> = said
        .iter()
        .filter(is_said)
        .filter(|text| !known.contains(&plain(text)) && !stays(text))
        .collect();
    assert!(missing.is_empty(), "without a translation: {missing:#?}");
    let all: BTreeSet<String> = (&said | &texts(&PARTS))
        .iter()
        .map(|it| plain(it))
        .collect();
    // Labels of a message are made of parts.
    let labels = [
        "expected: {}",
        "help: {}",
        "{}: others may use this file with {} (mode {}), expected 600",
    ];
    let stale: Vec<_> = known
        .iter()
        .filter(|text| !all.contains(*text) && !labels.contains(&text.as_str()))
        .collect();
    assert!(stale.is_empty(), "nobody says that any more: {stale:#?}");
}

#[test]
fn every_translation_has_the_places_of_its_text() {
    for (english, russian) in pairs(TEXTS).chain(pairs(USAGE)) {
        let places = english.matches('{').count();
        assert!(
            russian.chars().any(|it| ('а'..='я').contains(&it)) || english.starts_with("keosd"),
            "{english}"
        );
        let numbers = russian
            .split('{')
            .skip(1)
            .filter_map(|it| it.split_once('}'));
        for (number, _) in numbers {
            let number: usize = number.parse().expect("a number");
            assert!((1..=places).contains(&number), "{english}: {number}");
        }
    }
}

#[test]
fn a_text_is_translated_with_its_values() {
    for (english, russian) in [
        (
            "it was executed; nothing was sent again",
            "она исполнена; второй раз ничего не отправлено",
        ),
        (
            "error: transaction ab12 was sent, and no answer came: http://x: refused",
            "ошибка: транзакция ab12 отправлена, ответа нет: http://x: refused",
        ),
        (
            "transaction ab12 was executed, and 300 s later it is not final yet",
            "транзакция ab12 исполнена, но через 300 с она ещё не окончательна",
        ),
        (
            "run it in a terminal\n      or give the passphrase otherwise",
            "запустите в терминале\n      или дайте пароль иначе",
        ),
        (
            "error: /m.key: others may use this file with a passphrase (mode 644), expected 600",
            "ошибка: /m.key: файл, в котором пароль, открыт и другим (права 644), нужно 600",
        ),
        (
            "no passphrase from /m.key: it is not UTF-8 text",
            "пароля нет, /m.key: там не текст в UTF-8",
        ),
        ("Анна голосует ЗА? [y/N]", "Анна голосует ЗА? [д/Н]"),
        (
            "cannot read a: b: No such file",
            "не прочитать a: b: No such file",
        ),
        // What the cooperative says has words of others in it.
        (
            "Оплачено по записи «order of Anna»",
            "Оплачено по записи «order of Anna»",
        ),
        ("anything else", "anything else"),
        ("", ""),
    ] {
        assert_eq!(in_russian(english), russian);
    }
}
