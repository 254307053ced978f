//! Words find documents in whatever form they stand, in both languages, and the most fitting come first.

use crate::samples::{COOP, Sample};
use crate::{IndexReader, IndexWriter, SearchFilter, Slice};
use antelope_types::Checksum256;
use tempfile::TempDir;

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

fn index() -> (TempDir, IndexWriter, IndexReader) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("index.db");
    let mut writer = IndexWriter::open(&file, Sample::scope()).unwrap();
    writer.store(&Sample::unsigned().take()).unwrap();
    let reader = IndexReader::open(&file).unwrap();
    (folder, writer, reader)
}

fn search(reader: &mut IndexReader, words: &str, slice: &Slice) -> Vec<Checksum256> {
    let filter = SearchFilter {
        words: words.to_owned(),
        ..SearchFilter::default()
    };
    let page = reader.search(COOP, &filter, slice).unwrap();
    page.entries.iter().map(|it| it.hash).collect()
}

#[test]
fn words_are_found_in_all_their_forms() {
    let (_folder, mut writer, mut reader) = index();
    let hash = |name: &str| Checksum256::sha256(name.as_bytes());
    for (name, text) in TEXTS {
        writer.add_text(COOP, hash(name), text).unwrap();
    }
    let mut wrong = Vec::new();
    for (words, expected) in QUERIES {
        let found = search(&mut reader, words, &Slice::default());
        let names = TEXTS.iter().filter(|(name, _)| found.contains(&hash(name)));
        let mut names: Vec<_> = names.map(|(name, _)| *name).collect();
        let mut expected = expected.to_vec();
        names.sort_unstable();
        expected.sort_unstable();
        if names != expected {
            wrong.push(format!("{words}: {names:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_most_fitting_come_first_and_pages_stay_while_documents_come() {
    let (_folder, mut writer, mut reader) = index();
    let text = |number: usize| {
        format!(
            "{} {}",
            "трактор ".repeat(number % 7 + 1),
            "поле ".repeat(30)
        )
    };
    let hash = |number: usize| Checksum256::sha256(&number.to_le_bytes());
    for number in 0..60 {
        writer.add_text(COOP, hash(number), &text(number)).unwrap();
    }
    let whole = search(
        &mut reader,
        "тракторы",
        &Slice {
            count: 500,
            after: None,
        },
    );
    assert_eq!(whole.len(), 60);
    let places: Vec<_> = whole
        .iter()
        .map(|found| (0..60).find(|it| hash(*it) == *found).unwrap() % 7)
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
        let page = reader.search(COOP, &filter, &slice).unwrap();
        found.extend(page.entries.iter().map(|it| it.hash));
        let Some(next) = page.next else { break };
        slice.after = Some(next);
        // Others come meanwhile: better and worse ones, and long ones that change what is usual.
        let number = 1_000 + found.len();
        writer.add_text(COOP, hash(number), &text(number)).unwrap();
        writer
            .add_text(COOP, hash(number + 1), &"поле ".repeat(4_000))
            .unwrap();
    }
    found.retain(|it| whole.contains(it));
    assert_eq!(found, whole);
    for wrong in ["x", "1", "1.x", "-1.00"] {
        slice.after = Some(wrong.to_owned());
        assert!(reader.search(COOP, &filter, &slice).is_err(), "{wrong}");
    }
}
