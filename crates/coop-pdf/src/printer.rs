//! From a sheet to the bytes of a PDF.

use crate::PdfError;
use crate::code;
use crate::glyphs::{Coverage, shown};
use crate::world::{PrintWorld, file_id};
use coop_documents::{Sheet, SheetWords};
use serde_json::{Value, json};
use typst::diag::SourceDiagnostic;
use typst::foundations::{Bytes, Smart};
use typst::syntax::Source;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

const PAGE: &str = include_str!("pages/main.typ");
/// The families that the page uses, the first for all texts.
const FAMILIES: [&str; 2] = ["Libertinus Serif", "DejaVu Sans Mono"];
/// How many documents the typesetter keeps parts of, for the next ones.
const REMEMBERED: usize = 8;

/// Prints sheets. It holds the fonts; one serves for any number of documents, in any number of threads.
pub struct Printer {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

impl Printer {
    /// Reads the fonts that are compiled in.
    ///
    /// # Errors
    /// [`PdfError::Font`] when one of them is not there.
    pub fn new() -> Result<Self, PdfError> {
        let all: Vec<Font> = typst_assets::fonts()
            .flat_map(|bytes| Font::iter(Bytes::new(bytes)))
            .collect();
        let mut fonts = Vec::new();
        for family in FAMILIES {
            let of_family = all.iter().filter(|font| font.info().family == family);
            let before = fonts.len();
            fonts.extend(of_family.cloned());
            if fonts.len() == before {
                return Err(PdfError::Font { family });
            }
        }
        Ok(Self {
            library: LazyHash::new(<Library as LibraryExt>::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
        })
    }

    /// Prints a sheet: PDF/A-3a and PDF/UA-1, with the text attached. The same sheet gives the same bytes.
    ///
    /// Characters that no font has are told by their numbers, and so are marks over letters where the
    /// fonts cannot set them; the attached text has all of them.
    ///
    /// # Errors
    /// [`PdfError::Code`] for an address that is too long for a code, [`PdfError::Layout`] when the
    /// typesetter refuses the page.
    pub fn pdf(&self, sheet: &Sheet) -> Result<Vec<u8>, PdfError> {
        self.print(sheet, Coverage::Any)
            .or_else(|_| self.print(sheet, Coverage::Plain))
    }

    fn print(&self, sheet: &Sheet, coverage: Coverage) -> Result<Vec<u8>, PdfError> {
        let standards = PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1]);
        let options = PdfOptions {
            // A reader knows by it that two files are of the same document.
            ident: Smart::Custom(sheet.doc_hash.clone()),
            creator: Smart::Custom(Some("veche".to_owned())),
            standards: standards.map_err(|error| PdfError::Layout {
                problem: error.message().to_string(),
            })?,
            ..PdfOptions::default()
        };
        let laid_out = self.lay_out(sheet, coverage)?;
        let pdf = typst_pdf::pdf(&laid_out, &options).map_err(|problems| refused(&problems));
        typst::comemo::evict(REMEMBERED);
        pdf
    }

    /// The pages of a sheet.
    fn lay_out(&self, sheet: &Sheet, coverage: Coverage) -> Result<PagedDocument, PdfError> {
        let mut files = vec![
            ("sheet.json", self.facts(sheet, coverage)),
            ("document.txt", Bytes::from_string(sheet.text.clone())),
        ];
        if let Some(address) = &sheet.verify_at {
            files.push(("code.svg", Bytes::from_string(code::svg_of(address)?)));
        }
        let id = file_id("main.typ").ok_or_else(|| PdfError::Layout {
            problem: "the page has no name".to_owned(),
        })?;
        let world = PrintWorld {
            library: &self.library,
            book: &self.book,
            fonts: &self.fonts,
            page: Source::new(id, PAGE.to_owned()),
            files,
        };
        let laid_out = typst::compile::<PagedDocument>(&world).output;
        laid_out.map_err(|problems| refused(&problems))
    }

    /// What the page reads: the sheet, with its texts as the fonts can show them.
    fn facts(&self, sheet: &Sheet, coverage: Coverage) -> Bytes {
        let mut facts = json!(sheet);
        self.show(&mut facts, coverage);
        // These are not read by people.
        facts["verify_at"] = json!(sheet.verify_at);
        facts["verify_shown"] = json!(sheet.verify_at.as_ref().map(|address| shown(
            address,
            &self.fonts,
            coverage
        )));
        facts["doc_hash"] = json!(sheet.doc_hash);
        facts["lang"] = json!(sheet.lang);
        facts["file_name"] = json!(file_name(&sheet.file_name));
        facts["date"] = date(sheet.created_at);
        facts["words"] = json!(SheetWords::of(&sheet.lang));
        Bytes::from_string(facts.to_string())
    }

    fn show(&self, value: &mut Value, coverage: Coverage) {
        match value {
            Value::String(text) => *text = shown(text, &self.fonts, coverage),
            Value::Array(items) => items.iter_mut().for_each(|it| self.show(it, coverage)),
            Value::Object(fields) => {
                let texts = fields.iter_mut().filter(|(name, _)| *name != "block");
                texts.for_each(|(_, it)| self.show(it, coverage));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
}

/// The name that the attached text has.
fn file_name(name: &str) -> &str {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    match !name.is_empty() && !name.contains("..") && name.chars().all(is_plain) {
        true => name,
        false => "document.txt",
    }
}

/// A moment in UTC, by the names that the page's `datetime` has for its parts.
fn date(micros: i64) -> Value {
    let seconds = micros.div_euclid(1_000_000);
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, day) = coop_documents::Date::from_days(days).parts();
    json!({
        "year": year,
        "month": month,
        "day": day,
        "hour": second / 3600,
        "minute": second / 60 % 60,
        "second": second % 60,
    })
}

fn refused(problems: &[SourceDiagnostic]) -> PdfError {
    let told: Vec<_> = problems.iter().map(|it| it.message.to_string()).collect();
    PdfError::Layout {
        problem: told.join("; "),
    }
}

#[cfg(test)]
mod tests;
