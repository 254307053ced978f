//! A table of plain text with columns as wide as their content.

/// Where a column's text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Right,
}

/// Lays out rows under a head. The last column is never padded, so it may be as long as it needs.
///
/// Widths are counted in characters, which is right for the scripts the messages are written in.
pub(crate) fn layout<const N: usize>(head: &[(String, Align); N], rows: &[[String; N]]) -> String {
    let widths = widths(
        rows,
        head.each_ref().map(|(title, _)| title.chars().count()),
    );
    let aligns = head.each_ref().map(|(_, align)| *align);
    let mut out = String::new();
    push_row(
        &mut out,
        &head.each_ref().map(|(title, _)| title.clone()),
        &widths,
        &aligns,
    );
    push_row(
        &mut out,
        &widths.map(|width| "─".repeat(width)),
        &widths,
        &aligns,
    );
    for row in rows {
        push_row(&mut out, row, &widths, &aligns);
    }
    out
}

/// Lays out rows without a head; all columns stand left.
pub(crate) fn columns<const N: usize>(rows: &[[String; N]]) -> String {
    let widths = widths(rows, [0; N]);
    let mut out = String::new();
    for row in rows {
        push_row(&mut out, row, &widths, &[Align::Left; N]);
    }
    out
}

/// The widths that all cells fit into, at least these.
fn widths<const N: usize>(rows: &[[String; N]], mut widths: [usize; N]) -> [usize; N] {
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    widths
}

fn push_row<const N: usize>(
    out: &mut String,
    cells: &[String; N],
    widths: &[usize; N],
    aligns: &[Align; N],
) {
    let mut line = String::new();
    for ((cell, width), align) in cells.iter().zip(widths).zip(aligns) {
        if !line.is_empty() {
            line.push_str("  ");
        }
        let padding = " ".repeat(width - cell.chars().count());
        match align {
            Align::Left => line.extend([cell.as_str(), &padding]),
            Align::Right => line.extend([padding.as_str(), cell]),
        }
    }
    out.push_str(line.trim_end());
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_in_every_script() {
        let head = [
            ("№".into(), Align::Right),
            ("шаг".into(), Align::Left),
            ("id".into(), Align::Left),
        ];
        let rows = [
            ["1".into(), "счёт".into(), "ab".into()],
            ["10".into(), "vote".into(), "".into()],
        ];
        let expected = " №  шаг   id
──  ────  ──
 1  счёт  ab
10  vote
";
        assert_eq!(layout(&head, &rows), expected);
    }
}
