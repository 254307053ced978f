//! The pages with the day as it was said: `docs/clerks-day.ru.md` and `docs/clerks-day.en.md`.

use super::day::{Chapter, Command, Lived, Told};
use coop_documents::Lang;
use std::fs;
use std::path::Path;

/// Documents that are shown as a whole: applications of a person and of an organization, a protocol, and a
/// protocol with a vote against.
const WHOLE: [&str; 4] = [
    "100-statement-zuketamosiva",
    "100-statement-melnitsazare",
    "501-protocol-4",
    "600-protocol-",
];

/// Compares the page with what was said; with `VECHE_BLESS` set, writes it.
pub(super) fn check(day: &Lived) {
    let lang = day.lang;
    let name = format!("clerks-day.{}.md", lang.tag());
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../docs")
        .join(&name);
    let text = page(day);
    if std::env::var_os("VECHE_BLESS").is_some() {
        fs::write(&file, &text).expect("the page");
    }
    assert!(
        fs::read_to_string(&file).is_ok_and(|it| it == text),
        "docs/{name} is out of date; run: VECHE_BLESS=1 cargo test --workspace --test veche clerk::a_day"
    );
}

fn page(day: &Lived) -> String {
    let lang = day.lang;
    let mut page = lang.pick(HEAD_RU, HEAD_EN).to_owned();
    for told in &day.told {
        match told {
            Told::Chapter(chapter) => {
                let (title, text) = chapter.words(lang);
                page += &format!("\n## {title}\n\n{text}\n");
            }
            Told::Command(command) => {
                let said = said(command, lang);
                page += &format!("\n```text\n$ veche {}\n{said}```\n", command.line);
            }
        }
    }
    page
}

/// What a command has said, with most documents by their titles, actions by their names, and without
/// ids.
fn said(command: &Command, lang: Lang) -> String {
    let mut text = String::new();
    let mut rest = command.said.err.as_str();
    let mut documents: Vec<_> = command.documents.iter().collect();
    documents.sort_by_key(|(name, _)| rest.find(&format!("documents/{name}")));
    for (name, document) in documents {
        let document = document.trim_end_matches('\n');
        let at = rest.find(document).expect("it was shown");
        let translation = rest[..at].trim_end_matches('\n');
        let is_whole = WHOLE.iter().any(|it| name.starts_with(it));
        let parts = match lang {
            Lang::Ru => [(document, is_whole), ("", false)],
            Lang::En => [(translation, is_whole), (document, false)],
        };
        for (part, is_whole) in parts {
            text += &match (part, is_whole) {
                ("", _) => String::new(),
                (part, true) => format!("{part}\n\n"),
                (part, false) => format!("{}\n", by_title(part, lang)),
            };
        }
        rest = rest[at + document.len()..].trim_start_matches('\n');
        let (file, more) = rest.split_once('\n').expect("the file that it is kept in");
        text += &format!("{file}\n");
        rest = more;
    }
    text += rest;
    text += &command.said.out;
    let lines = text.lines().map(|line| {
        let action = line.split_once("  {").filter(|_| line.contains("::"));
        shortened(action.map_or(line, |(action, _)| action))
    });
    lines.map(|line| format!("{}\n", line.trim_end())).collect()
}

/// A document that is not shown as a whole.
fn by_title(text: &str, lang: Lang) -> String {
    let title = text
        .lines()
        .map(str::trim)
        .filter(|it| !it.is_empty())
        .nth(1);
    let (title, lines) = (title.unwrap_or_default(), text.lines().count());
    match lang {
        Lang::Ru => format!("[… {title}: строк — {lines} …]"),
        Lang::En => format!("[… {title}: {lines} lines …]"),
    }
}

/// A line without ids, which are others in each run: no two transactions of a process are the same.
fn shortened(line: &str) -> String {
    let mut text = String::new();
    for part in line.split_inclusive(|sign: char| !sign.is_ascii_hexdigit()) {
        let id = part.trim_end_matches(|sign: char| !sign.is_ascii_hexdigit());
        match id.len() {
            64 => text += &format!("…{}", &part[64..]),
            _ => text += part,
        }
    }
    text
}

const HEAD_RU: &str = "\
# День делопроизводителя

Приём пайщика, паевой взнос, возврат части пая, свободное решение и выход — командами `veche`, без имён \
действий контрактов. Страницу пишет тест `cli::clerk` на образце кооператива (`veche node`); тот же сценарий \
он выполняет на настоящем nodeos и сравнивает каждое слово, кроме идентификаторов, времени и номеров блоков.

В каждой команде опущены `--url`, `--lang ru`, `--key-file` с ключом того, кто действует, и `--yes`: без него \
`veche` показывает документ и спрашивает, подписать ли его. Как хранить ключи и настроить сеть — в \
[veche.md](veche.md). Документы, кроме четырёх, заменены заголовком, хеши и идентификаторы — многоточием.
";

const HEAD_EN: &str = "\
# A clerk's day

A person is admitted, contributes, gets a part of the share back and leaves, and the council takes a free \
decision: by `veche`, without the name of an action. The test `cli::clerk` writes this page on the sample \
cooperative (`veche node`). It runs the same script on a real nodeos and compares every word except ids, times \
and numbers of blocks.

Left out of every command: `--url`, `--lang en`, `--key-file` with the key of whoever acts, and `--yes`, without \
which `veche` shows a document and asks before it is signed. [veche.md](veche.md) says how keys are kept and \
networks are named. Documents other than four are replaced by their titles; the Russian text is what is signed. \
Hashes and ids are replaced by dots.
";

impl Chapter {
    fn words(self, lang: Lang) -> (&'static str, &'static str) {
        let [title_ru, title_en, text_ru, text_en] = match self {
            Self::Morning => [
                "Утро: что есть и что ждёт",
                "Morning: what there is and what waits",
                "Читать может каждый, ключ для этого не нужен.",
                "Anybody may read; no key is needed.",
            ],
            Self::Admission => [
                "Приём",
                "Admission",
                "Делопроизводитель открывает учётную запись по открытому ключу кандидата. Кандидат подписывает \
                 соглашения и заявление; появляется счёт. Когда деньги пришли, делопроизводитель указывает \
                 запись банка, и вопрос попадает на повестку. Совет голосует, председатель подписывает \
                 протокол, и решение исполняется той же транзакцией.",
                "The clerk opens an account with the candidate's public key. The candidate signs the agreements \
                 and the statement, and an invoice is made. When the money has come, the clerk names the \
                 bank's record, and the question is on the agenda. The council votes, the chairman signs the \
                 protocol, and the decision is carried out in the same transaction.",
            ],
            Self::Others => [
                "Предприниматель и организация",
                "An entrepreneur and an organization",
                "Файл о них в папке кооператива называет вид, номера в реестрах и счёт в банке; `veche` проверяет \
                 контрольные цифры. У каждого вида своё заявление, у организаций могут быть свои взносы. \
                 Дальше организация – такой же пайщик.",
                "Their file on the desk names the kind, the numbers in registers and the bank account; `veche` \
                 checks the check digits. Each kind has a statement of its own, and organizations may have fees \
                 of their own. From then on the organization is a participant as others are.",
            ],
            Self::Contribution => [
                "Паевой взнос",
                "A share contribution",
                "Заявление пайщика, счёт, запись банка, решение совета.",
                "The participant's statement, an invoice, the bank's record, a decision of the council.",
            ],
            Self::Return => [
                "Возврат части пая",
                "A part of the share goes back",
                "Сумма блокируется при подаче заявления. После решения делопроизводитель отправляет деньги и \
                 указывает запись банка о переводе.",
                "The sum is blocked when the statement is made. After the decision the clerk sends the money \
                 and names the bank's record of the transfer.",
            ],
            Self::Record => [
                "Запись банка считается один раз",
                "A bank's record counts once",
                "Той же записью второй платёж не подтвердить: команда отказывает и ничего не меняет.",
                "The same record does not confirm a second payment: the command is refused and nothing changes.",
            ],
            Self::Question => [
                "Свободное решение",
                "A free decision",
                "Член совета вносит вопрос. Один голос против. Председатель только подписывает протокол \
                 (`--sign-only`), исполнить подписанное решение может любой.",
                "A member of the council puts a question. One vote is against it. The chairman only signs the \
                 protocol (`--sign-only`); anyone may carry out what is signed.",
            ],
            Self::Exit => [
                "Выход",
                "Exit",
                "Блокируется весь пай. После решения и выплаты пайщик исключается из списка.",
                "The whole share is blocked. After the decision and the payment the person is no participant \
                 any more.",
            ],
        };
        (lang.pick(title_ru, title_en), lang.pick(text_ru, text_en))
    }
}
