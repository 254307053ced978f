//! The line of cleos that does the same.

use super::{Intent, SendOptions, unsigned};
use crate::given::readable;
use crate::{Failure, Fallible, Report, Session};
use antelope_types::Transaction;
use serde_json::{Value, json};

/// The longest word that a shell hands over, in bytes, with room to spare: Linux takes 128 KiB.
const LONGEST: usize = 100_000;

/// The line as text, its words as data.
///
/// # Errors
/// `print.long` where a word is longer than a shell takes.
pub(super) fn report(
    session: &Session,
    options: &SendOptions,
    intent: &Intent,
) -> Fallible<Report> {
    let mut words = vec![
        "cleos".to_owned(),
        "-u".to_owned(),
        session.client.url().to_owned(),
    ];
    words.extend(match &intent.cleos {
        Some(given) => given.clone(),
        None => of_actions(session, intent),
    });
    words.extend(permissions(intent));
    words.extend(of_options(options));
    if let Some(long) = words.iter().find(|word| word.len() > LONGEST) {
        let message = format!("a word of {} bytes is too long for a shell", long.len());
        return Err(Failure::new("print.long", message).hint(
            "--dont-broadcast --skip-sign prints the transaction; `cleos push transaction FILE` takes it",
        ));
    }
    let line: Vec<_> = words.iter().map(|word| quoted(word)).collect();
    Ok(Report::new(json!({ "words": words }), line.join(" ")))
}

/// `push action` for one action, `push transaction` for several.
fn of_actions(session: &Session, intent: &Intent) -> Vec<String> {
    let transaction = Transaction {
        actions: intent.actions.clone(),
        ..intent.given.as_deref().cloned().unwrap_or_default()
    };
    let mut value = readable(&session.client, &unsigned(transaction));
    let actions = value["actions"].as_array_mut().into_iter().flatten();
    let actions: Vec<&mut Value> = actions.collect();
    let mut words = vec!["push".to_owned()];
    match (&intent.actions[..], &actions[..]) {
        ([action], [shown])
            if shown["data"].is_object()
                && !action.authorization.is_empty()
                && intent.given.is_none() =>
        {
            words.extend([
                "action".to_owned(),
                action.account.to_string(),
                action.name.to_string(),
                shown["data"].to_string(),
            ]);
        }
        _ => {
            for action in actions {
                if let Some(action) = action.as_object_mut() {
                    action.remove("hex_data");
                }
            }
            words.extend(["transaction".to_owned(), value.to_string()]);
        }
    }
    words
}

/// `-p` for each permission of a single action's; those of a transaction are in it.
fn permissions(intent: &Intent) -> Vec<String> {
    let is_of_one = (intent.actions.len() == 1 && intent.given.is_none()) || intent.cleos.is_some();
    let levels = intent.actions.first().filter(|_| is_of_one);
    let levels = levels.map(|action| action.authorization.clone());
    let levels = levels.unwrap_or_default();
    levels
        .iter()
        .flat_map(|level| ["-p".to_owned(), level.to_string()])
        .collect()
}

fn of_options(options: &SendOptions) -> Vec<String> {
    let mut words = Vec::new();
    for (given, word) in [
        (options.force_unique, "-f"),
        (options.skip_sign, "-s"),
        (options.dont_broadcast, "-d"),
        (options.return_packed, "--return-packed"),
        (options.unpack_action_data, "--unpack-action-data"),
    ] {
        if given {
            words.push(word.to_owned());
        }
    }
    let mut valued = |word: &str, value: Option<String>| {
        words.extend(
            value
                .map(|value| [word.to_owned(), value])
                .into_iter()
                .flatten(),
        );
    };
    let set = |number: u32| (number > 0).then(|| number.to_string());
    valued("-x", options.expiration.and_then(set));
    valued("-r", options.reference_block.clone());
    valued("--max-cpu-usage-ms", set(options.max_cpu_usage_ms.into()));
    valued("--max-net-usage", set(options.max_net_usage));
    valued("--delay-sec", set(options.delay_sec));
    valued("--sign-with", options.sign_with.clone());
    words
}

/// A word as a shell reads it back.
fn quoted(word: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_@%+=:,./-".contains(&byte);
    match !word.is_empty() && word.bytes().all(is_plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::process::Command;

    #[test]
    fn plain_words_stay_as_they_are() {
        assert_eq!(quoted("alice@active"), "alice@active");
        assert_eq!(quoted("it's"), r"'it'\''s'");
        assert_eq!(quoted(""), "''");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn a_shell_reads_the_word_back(word in "[^\0]{0,20}") {
            let line = format!("printf %s {}", quoted(&word));
            let said = Command::new("sh").arg("-c").arg(line).output().unwrap();
            prop_assert_eq!(String::from_utf8(said.stdout).unwrap(), word);
        }
    }
}
