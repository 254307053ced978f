use super::*;
use coop_documents::{
    Form, Lang, Presenter, Renderer, Surroundings,
    samples::{STAMP, cooperative, every_form, signatures, strange_forms},
};
use std::process::Command;
use typst::layout::{Frame, FrameItem, Point};

mod hostile;
mod readers;

const ADDRESS: &str = "https://example.org/verify/5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f";
/// Where another process is told to write its PDF.
const ELSEWHERE: &str = "COOP_PDF_TEST_FILE";

fn sheet(form: &dyn Form, lang: Lang) -> Sheet {
    let renderer = Renderer::new().unwrap();
    let document = renderer.render(&cooperative(), form, STAMP, lang).unwrap();
    let around = Surroundings {
        signatures: &signatures(form),
        verify_at: Some(ADDRESS),
    };
    Presenter::new().unwrap().sheet(&document, around).unwrap()
}

fn every(name: &str) -> Box<dyn Form> {
    let mut all = every_form().into_iter();
    all.find(|(known, _)| known == name).unwrap().1
}

/// A text on a page: its baseline from above, its ends from the left, in points.
struct Piece {
    y: f64,
    x: f64,
    end: f64,
    text: String,
}

fn pieces(frame: &Frame, at: Point, found: &mut Vec<Piece>) {
    for (position, item) in frame.items() {
        let at = at + *position;
        match item {
            FrameItem::Group(group) => {
                let moved = Point::new(group.transform.tx, group.transform.ty);
                pieces(&group.frame, at + moved, found);
            }
            FrameItem::Text(text) => found.push(Piece {
                y: at.y.to_pt(),
                x: at.x.to_pt(),
                end: (at.x + text.width()).to_pt(),
                text: text.text.to_string(),
            }),
            _ => {}
        }
    }
}

fn pieces_of(printer: &Printer, sheet: &Sheet) -> Vec<Vec<Piece>> {
    let document = printer.lay_out(sheet, Coverage::Any).unwrap();
    let page = |page: &typst_layout::Page| {
        let mut found = Vec::new();
        pieces(&page.frame, Point::zero(), &mut found);
        found
    };
    document.pages().iter().map(page).collect()
}

/// The lines of a page as they stand, with two spaces where columns are set apart.
fn lines(mut pieces: Vec<Piece>) -> String {
    pieces.sort_by(|a, b| a.y.total_cmp(&b.y));
    // Fonts of different sizes have baselines of their own in one line.
    let lines = pieces.chunk_by_mut(|a, b| b.y - a.y < 1.5);
    let line = |line: &mut [Piece]| {
        line.sort_by(|a, b| a.x.total_cmp(&b.x));
        let mut text = String::new();
        let mut end = f64::INFINITY;
        for piece in line {
            if piece.x - end > 4.0 {
                text.push_str("  ");
            }
            text.push_str(&piece.text);
            end = piece.end;
        }
        text.trim_end().to_owned()
    };
    let lines: Vec<_> = lines.map(line).collect();
    lines.join("\n")
}

fn pages(printer: &Printer, sheet: &Sheet) -> Vec<String> {
    let all = pieces_of(printer, sheet).into_iter();
    all.map(lines).collect()
}

#[test]
fn the_prints_of_all_forms() {
    let printer = Printer::new().unwrap();
    for (name, form) in every_form() {
        let sheet = sheet(&*form, Lang::Ru);
        let pages = pages(&printer, &sheet);
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(format!("{name}_pdf"), pages.join("\n── page ──\n"));
        });
        let pdf = printer.pdf(&sheet).unwrap();
        assert!(pdf.len() < 200_000, "{name}: {} bytes", pdf.len());
    }
}

/// The inner edges of the margins, in points; a letter may overhang by its side bearing.
const LEFT: f64 = 25.0 / 25.4 * 72.0 - 1.0;
const RIGHT: f64 = 190.0 / 25.4 * 72.0 + 1.0;
const BOTTOM: f64 = 292.0 / 25.4 * 72.0;

#[test]
fn nothing_stands_outside_the_margins_nor_over_other_text() {
    let printer = Printer::new().unwrap();
    for (name, form) in every_form().into_iter().chain(strange_forms()) {
        let sheet = sheet(&*form, Lang::En);
        for (page, pieces) in pieces_of(&printer, &sheet).iter().enumerate() {
            for it in pieces {
                let is_inside = it.x >= LEFT && it.end <= RIGHT && it.y > 0.0 && it.y <= BOTTOM;
                let (x, y, end) = (it.x, it.y, it.end);
                assert!(
                    is_inside,
                    "{name}, page {page}: {:?} at {x} to {end}, {y}",
                    it.text
                );
            }
            let mut sorted: Vec<_> = pieces.iter().collect();
            sorted.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)));
            for pair in sorted.windows(2).filter(|pair| pair[0].y == pair[1].y) {
                let over = pair[0].end - pair[1].x;
                assert!(
                    over < 1.0,
                    "{name}: {:?} over {:?}",
                    pair[0].text,
                    pair[1].text
                );
            }
        }
    }
}

#[test]
fn strange_documents_are_printed_to_the_last_letter() {
    let printer = Printer::new().unwrap();
    for (name, form) in strange_forms() {
        let sheet = sheet(&*form, Lang::Ru);
        let pages = pages(&printer, &sheet);
        let pdf = printer.pdf(&sheet).unwrap();
        assert!(pdf.len() < 400_000, "{name}: {} bytes", pdf.len());
        if name.starts_with("long_w") || name.starts_with("long_r") {
            let of = |text: &str| text.matches(['с', 'ё']).count();
            assert!(
                pages.len() > 1 && of(&pages.concat()) >= of(&sheet.text),
                "{name}"
            );
        }
        // Every page says of which text it is.
        assert!(
            pages.iter().all(|page| page.contains(&sheet.doc_hash)),
            "{name}"
        );
    }
}

#[test]
fn the_head_of_a_table_is_repeated_on_its_next_page() {
    let printer = Printer::new().unwrap();
    let (_, form) = strange_forms().pop().unwrap();
    let sheet = sheet(&*form, Lang::En);
    let pages = pages(&printer, &sheet);
    let key = &sheet.signatures[0].key;
    let with_keys: Vec<_> = pages.iter().filter(|it| it.contains(key)).collect();
    assert!(with_keys.len() > 1);
    for page in with_keys {
        assert!(page.contains("Account  Key  Signed at"), "{page}");
    }
}

#[test]
fn two_processes_print_the_same_bytes() {
    let sheet = sheet(&*every("600_free"), Lang::En);
    let pdf = Printer::new().unwrap().pdf(&sheet).unwrap();
    if let Some(file) = std::env::var_os(ELSEWHERE) {
        std::fs::write(file, pdf).unwrap();
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.pdf");
    let other = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "printer::tests::two_processes_print_the_same_bytes",
        ])
        .current_dir(folder.path())
        .env(ELSEWHERE, &file)
        .output()
        .unwrap();
    assert!(other.status.success(), "{other:?}");
    assert_eq!(std::fs::read(&file).unwrap(), pdf);
}

#[test]
fn what_no_font_has_is_told_by_its_number() {
    let printer = Printer::new().unwrap();
    let told = shown("я👍\u{e000}", &printer.fonts, Coverage::Any);
    assert_eq!(told, "я‹U+1F44D›‹U+E000›");
    let told = shown("е\u{301}ж", &printer.fonts, Coverage::Plain);
    assert_eq!(told, "е‹U+0301›ж");
}

#[test]
fn the_name_of_the_attached_file_is_harmless() {
    for wrong in ["", "../a.txt", "a/b.txt", "a b.txt", "ё.txt", "a\\b"] {
        assert_eq!(file_name(wrong), "document.txt");
    }
    assert_eq!(file_name("501-protocol-1.en.txt"), "501-protocol-1.en.txt");
}
