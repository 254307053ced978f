//! Words find documents in whatever form they stand, in both languages, and the most fitting come first.

use crate::samples::{COOP, Sample};
use crate::{IndexReader, IndexWriter, SearchFilter, SearchHit, Slice, WordQuery, stems};
use tempfile::TempDir;

/// The place of free decisions among the kinds of questions.
const FREE: usize = 8;

/// Texts, each known by a word.
const TEXTS: [(&str, &str); 14] = [
    (
        "приём",
        "Заявление о приёме в кооператив. Белова Мария Андреевна, город Заречье.",
    ),
    (
        "исключение",
        "Решение об исключении пайщика Иванова Петра Семёновича.",
    ),
    (
        "трактор",
        "Акт приёмки трактора МТЗ-82, оценённого в 900000 руб.",
    ),
    ("взнос", "Паевые взносы деньгами вносятся ежемесячно."),
    (
        "собрание",
        "Протокол общего собрания пайщиков № 12/2026 избрал совет.",
    ),
    (
        "кворум",
        "Кворум составляет 50 процентов голосов членов совета.",
    ),
    (
        "аренда",
        "Договор аренды земельных участков с ООО «Рассвет».",
    ),
    ("доверенность", "Доверенность выдана Кузнецову Алексею."),
    (
        "admission",
        "Application for admission of John Smith to the cooperative.",
    ),
    (
        "lease",
        "The members' lease of two greenhouses was approved.",
    ),
    (
        "minutes",
        "Minutes of the council's meeting: decisions about shares.",
    ),
    (
        "returning",
        "Returning of contributed property to its owners.",
    ),
    ("blocking", "Proposal to block an account that was stolen."),
    ("budget", "Annual budget and salaries of the staff."),
];

/// What is asked for, and which texts it finds, in any order.
const QUERIES: &[(&str, &[&str])] = &[
    // Приёмка begins as приём does.
    ("приём", &["приём", "трактор"]),
    ("прием", &["приём", "трактор"]),
    ("ПРИЁМА", &["приём", "трактор"]),
    ("приёме заявления", &["приём"]),
    ("заявления", &["приём"]),
    ("заявлению о приёме", &["приём"]),
    ("Беловой", &["приём"]),
    ("Белову", &["приём"]),
    ("Мария Белова", &["приём"]),
    ("Марии", &["приём"]),
    ("Заречья", &["приём"]),
    ("кооперативу", &["приём"]),
    ("кооперативов", &["приём"]),
    ("Иванов", &["исключение"]),
    ("Иванову", &["исключение"]),
    ("Ивановым", &["исключение"]),
    ("Петр Семенович", &["исключение"]),
    ("исключить пайщиков", &["исключение"]),
    ("исключения", &["исключение"]),
    ("пайщик", &["исключение", "собрание"]),
    ("пайщики", &["исключение", "собрание"]),
    ("пайщицам", &[]),
    ("трактор", &["трактор"]),
    ("тракторы", &["трактор"]),
    ("тракторами", &["трактор"]),
    ("МТЗ", &["трактор"]),
    ("мтз-82", &["трактор"]),
    ("900000", &["трактор"]),
    ("взнос", &["взнос"]),
    ("взносами", &["взнос"]),
    ("паевой взнос", &["взнос"]),
    ("деньги", &["взнос"]),
    ("общие собрания", &["собрание"]),
    ("протоколы собраний", &["собрание"]),
    ("12/2026", &["собрание"]),
    ("совет", &["собрание", "кворум"]),
    ("советом", &["собрание", "кворум"]),
    ("голос", &["кворум"]),
    ("аренда участка", &["аренда"]),
    ("земельный участок", &["аренда"]),
    ("«Рассвет»", &["аренда"]),
    ("рассвета", &["аренда"]),
    ("Кузнецов", &["доверенность"]),
    ("Кузнецова", &["доверенность"]),
    ("доверенности", &["доверенность"]),
    // The beginning of the last word is enough, and of those with a star.
    ("довер", &["доверенность"]),
    ("собра", &["собрание"]),
    ("трак* акт", &["трактор"]),
    ("коопер", &["приём"]),
    ("ква", &[]),
    ("applications", &["admission"]),
    ("admissions", &["admission"]),
    ("Smith's", &["admission"]),
    ("smith", &["admission"]),
    ("cooperatives", &["admission"]),
    ("member", &["lease"]),
    ("members", &["lease"]),
    ("leases of greenhouse", &["lease"]),
    ("approve", &["lease"]),
    ("approving", &["lease"]),
    ("council meeting", &["minutes"]),
    ("councils meetings", &["minutes"]),
    ("decision", &["minutes"]),
    ("share", &["minutes"]),
    ("return", &["returning"]),
    ("contribute property", &["returning"]),
    ("owner", &["returning"]),
    ("proposals", &["blocking"]),
    ("blocked accounts", &["blocking"]),
    ("salary", &["budget"]),
    ("budg", &["budget"]),
    ("tractor", &[]),
    ("приём трактора", &[]),
    ("", &[]),
    ("*", &[]),
    ("\" OR \"", &[]),
];

struct Indexed {
    _folder: TempDir,
    writer: IndexWriter,
    reader: IndexReader,
    sample: Sample,
}

impl Indexed {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("index.db");
        let mut writer = IndexWriter::open(&file, Sample::scope()).unwrap();
        let mut sample = Sample::unsigned();
        writer.store(&sample.take()).unwrap();
        let reader = IndexReader::open(&file).unwrap();
        Self {
            _folder: folder,
            writer,
            reader,
            sample,
        }
    }

    /// Records documents whose titles end with these words.
    fn record<'a>(&mut self, titles: impl IntoIterator<Item = &'a str>) {
        for words in titles {
            let about = Sample::account(0);
            self.sample.ask(FREE, about, &format!(". {words}"));
        }
        self.writer.store(&self.sample.take()).unwrap();
    }

    fn search(&mut self, words: &str, slice: &Slice) -> Vec<SearchHit> {
        let filter = SearchFilter {
            words: words.to_owned(),
            ..SearchFilter::default()
        };
        self.reader.search(COOP, &filter, slice).unwrap().entries
    }
}

#[test]
fn words_are_found_in_all_their_forms_in_titles_and_in_texts() {
    let mut index = Indexed::new();
    index.record(TEXTS.map(|it| it.1));
    let mut wrong = Vec::new();
    for (words, expected) in QUERIES {
        let found = index.search(words, &Slice::default());
        let is_found = |text: &str| found.iter().any(|it| it.title.ends_with(text));
        let query = WordQuery::new(words);
        let fits = |text: &str| query.weight(&stems(text)).is_some();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        for (place, is_found) in [
            ("titles", &is_found as &dyn Fn(&str) -> bool),
            ("texts", &fits),
        ] {
            let names = TEXTS.iter().filter(|(_, text)| is_found(text));
            let mut names: Vec<_> = names.map(|(name, _)| *name).collect();
            names.sort_unstable();
            if names != expected {
                wrong.push(format!("{words} in {place}: {names:?}, not {expected:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_most_fitting_come_first_and_pages_stay_while_documents_come() {
    let mut index = Indexed::new();
    let text = |number: usize| {
        format!(
            "{}{}{number}",
            "трактор ".repeat(number % 7 + 1),
            "поле ".repeat(30)
        )
    };
    let texts: Vec<_> = (0..60).map(text).collect();
    index.record(texts.iter().map(String::as_str));
    let all = Slice {
        count: 500,
        after: None,
    };
    let whole = index.search("тракторы", &all);
    assert_eq!(whole.len(), 60);
    let places: Vec<_> = whole
        .iter()
        .map(|found| {
            (0..60)
                .find(|it| found.title.ends_with(&texts[*it]))
                .unwrap()
                % 7
        })
        .collect();
    assert!(places.is_sorted_by(|one, other| one >= other), "{places:?}");
    let filter = SearchFilter {
        words: "тракторы".to_owned(),
        ..SearchFilter::default()
    };
    let (mut found, mut slice) = (
        Vec::new(),
        Slice {
            count: 7,
            after: None,
        },
    );
    loop {
        let page = index.reader.search(COOP, &filter, &slice).unwrap();
        found.extend(page.entries.iter().map(|it| it.hash));
        let Some(next) = page.next else { break };
        slice.after = Some(next);
        // Others come meanwhile: better and worse ones, and long ones that change what is usual.
        index.record([&*text(1_000 + found.len()), &"поле ".repeat(4_000)]);
    }
    let known: Vec<_> = whole.iter().map(|it| it.hash).collect();
    found.retain(|it| known.contains(it));
    assert_eq!(found, known);
    for wrong in ["x", "1", "1.x", "-1.00"] {
        slice.after = Some(wrong.to_owned());
        let refused = index.reader.search(COOP, &filter, &slice);
        assert!(refused.is_err(), "{wrong}");
    }
}
