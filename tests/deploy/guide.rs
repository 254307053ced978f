//! What a page shows of what tests have seen: transcripts, each a block that begins with `$ COMMAND` and goes
//! on with what it prints; and figures.

use std::fs;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Tests that write a page take turns.
fn turn() -> MutexGuard<'static, ()> {
    static PAGE: Mutex<()> = Mutex::new(());
    PAGE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Holds that a page shows what a command printed, apart from what differs from run to run: numbers, hashes
/// and keys. With `VECHE_BLESS=1` it writes the page.
pub(super) fn shows(page: &str, command: &str, printed: &str) {
    let _turn = turn();
    let path = format!("{}/../{page}", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(&path).expect("the page");
    let begin = format!("```\n$ {command}\n");
    let (before, rest) = text
        .split_once(&begin)
        .unwrap_or_else(|| panic!("{page} has no block that begins with `$ {command}`"));
    let (shown, after) = rest.split_once("\n```").expect("the end of the block");
    let printed = printed
        .trim_end()
        .replace(" with changes that are not in it", "");
    if masked(shown) == masked(&printed) {
        return;
    }
    if std::env::var_os("VECHE_BLESS").is_some() {
        fs::write(&path, format!("{before}{begin}{printed}\n```{after}")).expect("the page");
        return;
    }
    panic!("{page} does not show what `{command}` prints (VECHE_BLESS=1 writes it):\n{printed}");
}

/// A text whose words with digits are all the same, without the lines about the machine's compiler.
fn masked(text: &str) -> String {
    let word = |word: &str| match word.chars().any(|it| it.is_ascii_digit()) {
        true => "#".to_owned(),
        false => word.to_owned(),
    };
    let is_end = |it: char| !it.is_alphanumeric() && it != '.' && it != '\u{2026}';
    let line = |line: &str| line.split(is_end).map(word).collect::<Vec<_>>().join(" ");
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("built by"));
    lines.map(line).collect::<Vec<_>>().join("\n")
}

/// A row: its name, figures that are the same on every machine but for a few bytes, and figures that a clock
/// has measured.
type Row = (String, [i64; 4], [i64; 2]);

/// Holds that the table of a page whose first line begins so has these rows: figures of bytes within a
/// twentieth, and no comparison of what a clock has measured. With `VECHE_BLESS=1` it writes the page.
pub(super) fn figures(page: &str, head: &str, rows: &[Row]) {
    let _turn = turn();
    let path = format!("{}/../{page}", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(&path).expect("the page");
    let begin = text
        .find(head)
        .unwrap_or_else(|| panic!("{page} has no table {head:?}"));
    // After the line of titles and the one of dashes.
    let lines = text[begin..].split_inclusive('\n').take(2);
    let begin = begin + lines.map(str::len).sum::<usize>();
    let shown = text[begin..]
        .split_inclusive('\n')
        .take_while(|it| it.starts_with('|'));
    let shown: String = shown.collect();
    let row = |(name, bytes, clock): &Row| {
        let ms = clock.map(|us| format!("{:.1}", us as f64 / 1000.0));
        let bytes = bytes.map(|it| it.to_string());
        format!("| {name} | {} | {} |\n", bytes.join(" | "), ms.join(" | "))
    };
    let measured: String = rows.iter().map(row).collect();
    let cells = |line: &str| -> Vec<String> {
        let cells = line.trim().trim_matches('|').split('|');
        cells.map(|it| it.trim().to_owned()).collect()
    };
    let agree = |line: &str, (name, bytes, _): &Row| {
        let cells = cells(line);
        let near = |cell: &String, found: &i64| {
            let told: i64 = cell.parse().unwrap_or(i64::MIN);
            (told.saturating_sub(*found)).abs() <= found.abs() / 20 + 16
        };
        cells.len() == 7
            && cells[0] == *name
            && cells[1..5]
                .iter()
                .zip(bytes)
                .all(|(cell, found)| near(cell, found))
    };
    let lines: Vec<_> = shown.lines().collect();
    if lines.len() == rows.len() && lines.iter().zip(rows).all(|(line, row)| agree(line, row)) {
        return;
    }
    if std::env::var_os("VECHE_BLESS").is_some() {
        let end = begin + shown.len();
        let written = format!("{}{measured}{}", &text[..begin], &text[end..]);
        fs::write(&path, written).expect("the page");
        return;
    }
    panic!("{page} does not have these figures (VECHE_BLESS=1 writes them):\n{measured}");
}
