//! Tables for a spreadsheet.

use crate::error::ArchiveError;
use antelope_types::Name;
use coop_index::{Content, SHEETS, Sheet, SheetFilter, Snapshot};
use std::fs;
use std::io::Write;
use std::path::Path;

/// Tells programs that the text is UTF-8: some take it for the code page of the machine otherwise.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// What a spreadsheet takes for the beginning of a formula, also in its wide form, and the apostrophe that says
/// that it is none.
const FORMULA: [char; 11] = [
    '=', '+', '-', '@', '\t', '\r', '\'', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
];

/// Writes a file for each sheet that the filter fits into a folder, which is made if it is not there. Returns the
/// names of the files with the number of their rows.
///
/// # Errors
/// [`ArchiveError::Io`]; [`ArchiveError::Index`].
pub fn write_csv(
    snapshot: &Snapshot<'_>,
    coopname: Name,
    filter: &SheetFilter,
    folder: &Path,
) -> Result<Vec<(String, u64)>, ArchiveError> {
    let failed = |path: &Path, problem| ArchiveError::File {
        path: path.to_owned(),
        problem,
    };
    fs::create_dir_all(folder).map_err(|problem| failed(folder, problem))?;
    let mut written = Vec::new();
    for sheet in SHEETS.iter().filter(|it| it.takes(filter)) {
        let name = format!("{}.csv", sheet.name);
        // It names who was blocked, declined and paid: for its owner's eyes.
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let path = folder.join(&name);
        let file = options.open(&path).map_err(|it| failed(&path, it))?;
        let mut out = std::io::BufWriter::new(file);
        let rows = write_sheet(snapshot, coopname, sheet, filter, &mut out);
        let rows = rows.map_err(|error| match error {
            ArchiveError::Io(problem) => failed(&path, problem),
            other => other,
        })?;
        out.flush().map_err(|it| failed(&path, it))?;
        written.push((name, rows));
    }
    Ok(written)
}

/// Writes a sheet; the number of its rows.
pub(crate) fn write_sheet(
    snapshot: &Snapshot<'_>,
    coopname: Name,
    sheet: &Sheet,
    filter: &SheetFilter,
    out: &mut dyn Write,
) -> Result<u64, ArchiveError> {
    let names: Vec<_> = sheet.columns.iter().map(|(name, _)| *name).collect();
    write!(out, "{BYTE_ORDER_MARK}{}\r\n", names.join(","))?;
    let mut rows = 0;
    let mut line = String::new();
    snapshot.rows(coopname, sheet, filter, &mut |cells| {
        line.clear();
        for (at, (cell, (_, content))) in cells.iter().zip(sheet.columns).enumerate() {
            if at > 0 {
                line.push(',');
            }
            if let Some(cell) = cell {
                push(&mut line, cell, *content);
            }
        }
        line += "\r\n";
        rows += 1;
        out.write_all(line.as_bytes()).map_err(ArchiveError::from)
    })?;
    Ok(rows)
}

fn push(line: &mut String, cell: &str, content: Content) {
    let is_formula = content == Content::Text && cell.starts_with(FORMULA);
    let guard = if is_formula { "'" } else { "" };
    match cell.contains(['"', ',', '\r', '\n']) {
        true => {
            *line += "\"";
            *line += guard;
            *line += &cell.replace('"', "\"\"");
            *line += "\"";
        }
        false => {
            *line += guard;
            *line += cell;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_no_formula_and_one_cell() {
        for (cell, content, expected) in [
            ("300.0000 RUB", Content::Plain, "300.0000 RUB"),
            ("=1+1", Content::Text, "'=1+1"),
            ("+7", Content::Text, "'+7"),
            ("-1", Content::Text, "'-1"),
            ("@SUM(A1)", Content::Text, "'@SUM(A1)"),
            ("\tx", Content::Text, "'\tx"),
            ("\r=x", Content::Text, "\"'\r=x\""),
            ("'=x", Content::Text, "''=x"),
            ("\u{ff1d}x", Content::Text, "'\u{ff1d}x"),
            ("a, \"b\"\n", Content::Text, "\"a, \"\"b\"\"\n\""),
            (
                "=HYPERLINK(\"x\",\"y\")",
                Content::Text,
                "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"",
            ),
            ("", Content::Text, ""),
        ] {
            let mut line = String::new();
            push(&mut line, cell, content);
            assert_eq!(line, expected, "{cell:?}");
        }
    }
}
