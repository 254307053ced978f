//! The help of the cooperative's commands in Russian. English is in the commands' own words, beside the code.

use clap::{Arg, ArgAction, Command, Subcommand};
use coop_language::Lang;
use std::collections::BTreeMap;
use std::env;
use std::ffi::OsString;

const TEXTS: &str = include_str!("messages/help.ru.txt");

/// The help of a command.
const TEMPLATE: &str = "\
{before-help}{about-with-newline}
Использование: {usage}

{all-args}{after-help}";

/// The headings that groups of options have.
const HEADINGS: [(&str, &str); 4] = [
    ("Cooperative", "Кооператив"),
    ("Transaction", "Транзакция"),
    ("Keys", "Ключи"),
    ("Global options", "Общие параметры"),
];

/// The language that these arguments ask for, or else the terminal.
pub(crate) fn language(arguments: &[OsString]) -> Lang {
    let given = arguments.windows(2).find(|pair| pair[0] == "--lang");
    let given = given.and_then(|pair| pair[1].to_str()?.parse().ok());
    let joined = arguments
        .iter()
        .filter_map(|it| it.to_str()?.strip_prefix("--lang="));
    let given = given.or_else(|| joined.filter_map(|it| it.parse().ok()).next());
    given.unwrap_or_else(|| Lang::of_environment(|name| env::var(name).ok()))
}

/// The command line as its reader is told about it: the commands of the cooperative in this language.
pub(crate) fn for_reader(command: Command, lang: Lang) -> Command {
    match lang {
        Lang::Ru => in_russian(command),
        Lang::En => command,
    }
}

/// What is wrong with the arguments of this program, in the language of their reader. Commands of the toolkit
/// speak English.
pub(crate) fn fault(
    error: &clap::Error,
    program: &Command,
    arguments: &[OsString],
    lang: Lang,
) -> String {
    let text = error.render().to_string();
    let own = super::Coop::augment_subcommands(Command::new("veche"));
    let mut given = arguments.iter().skip(1).filter_map(|it| it.to_str());
    let command = given.find(|it| program.find_subcommand(it).is_some());
    let is_own = command.is_none_or(|it| own.find_subcommand(it).is_some());
    match lang == Lang::Ru && is_own {
        true => super::toolkit::in_russian(&text),
        false => text,
    }
}

fn in_russian(mut command: Command) -> Command {
    let texts = texts();
    let globals: Vec<Arg> = command
        .get_arguments()
        .filter(|it| it.is_global_set())
        .cloned()
        .collect();
    let own = super::Coop::augment_subcommands(Command::new("veche"));
    for name in own.get_subcommands().map(|it| it.get_name().to_owned()) {
        command = command.mut_subcommand(&name, |it| told(it, &name, &globals, &texts));
    }
    command
}

/// The text of each command, `board.elect`, and of each argument, `board.elect/chairman`.
fn texts() -> BTreeMap<&'static str, &'static str> {
    let lines = TEXTS.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(" = ")).collect()
}

fn told(
    command: Command,
    path: &str,
    globals: &[Arg],
    texts: &BTreeMap<&'static str, &'static str>,
) -> Command {
    let text = |name: &str| {
        let own = texts.get(format!("{path}/{name}").as_str());
        own.or_else(|| texts.get(format!("*/{name}").as_str()))
            .copied()
    };
    let mut command = command
        .help_template(TEMPLATE)
        .subcommand_help_heading("Команды")
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(ArgAction::Help),
        );
    // Options of the whole program get to the commands with the words that they have there.
    let missing = globals.iter().filter(|global| {
        command
            .get_arguments()
            .all(|it| it.get_id() != global.get_id())
    });
    let missing: Vec<Arg> = missing.cloned().collect();
    command = command.args(missing);
    if let Some(about) = texts.get(path) {
        command = command.about(*about).long_about(None::<&str>);
    }
    let names: Vec<String> = command
        .get_arguments()
        .map(|it| it.get_id().to_string())
        .collect();
    for name in names {
        command = command.mut_arg(&name, |arg| {
            let heading = match arg.get_help_heading() {
                Some(known) => HEADINGS.iter().find(|(english, _)| *english == known),
                None if arg.is_positional() => Some(&("", "Аргументы")),
                None => Some(&("", "Параметры")),
            };
            let arg = match text(&name) {
                Some(help) => arg.help(help).long_help(None::<&str>),
                None => arg,
            };
            match heading {
                Some((_, russian)) => arg.help_heading(*russian),
                None => arg,
            }
        });
    }
    let below: Vec<String> = command
        .get_subcommands()
        .map(|it| it.get_name().to_owned())
        .collect();
    for name in below {
        let path = format!("{path}.{name}");
        command = command.mut_subcommand(&name, |it| told(it, &path, globals, texts));
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The keys of what a command has help for, each beside the key that all commands share.
    fn keys(command: &Command, path: &str, found: &mut Vec<[String; 2]>) {
        found.push([path.to_owned(), path.to_owned()]);
        for arg in command.get_arguments() {
            let name = arg.get_id();
            found.push([format!("{path}/{name}"), format!("*/{name}")]);
        }
        for below in command.get_subcommands() {
            keys(below, &format!("{path}.{}", below.get_name()), found);
        }
    }

    #[test]
    fn every_command_and_option_of_the_vocabulary_has_help_in_russian() {
        let mut found = Vec::new();
        let own = super::super::Coop::augment_subcommands(Command::new("veche"));
        for command in own.get_subcommands() {
            keys(command, command.get_name(), &mut found);
        }
        let texts = texts();
        let has = |key: &String| texts.contains_key(key.as_str());
        let missing: Vec<_> = found.iter().filter(|keys| !keys.iter().any(has)).collect();
        assert!(missing.is_empty(), "{missing:#?}");
        // Those of the whole program, and of help itself.
        let shared = [
            "urls", "network", "json", "quiet", "yes", "config", "timeout", "help",
        ];
        let used: BTreeSet<String> = found
            .into_iter()
            .flatten()
            .chain(shared.map(|it| format!("*/{it}")))
            .collect();
        let stale: Vec<_> = texts.keys().filter(|key| !used.contains(**key)).collect();
        // A build without these features has fewer commands than the file has texts.
        let is_whole = cfg!(all(feature = "registry", feature = "node"));
        assert!(stale.is_empty() || !is_whole, "{stale:?}");
        for name in shared {
            assert!(has(&format!("*/{name}")), "{name}");
        }
    }
}
