//! Transcripts in a page: a block that begins with `$ COMMAND` and goes on with what it prints.

use std::fs;
use std::sync::{Mutex, PoisonError};

/// Holds that a page shows what a command printed, apart from what differs from run to run: numbers, hashes
/// and keys. With `VECHE_BLESS=1` it writes the page.
pub(super) fn shows(page: &str, command: &str, printed: &str) {
    /// Tests that write it take turns.
    static PAGE: Mutex<()> = Mutex::new(());
    let _turn = PAGE.lock().unwrap_or_else(PoisonError::into_inner);
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
