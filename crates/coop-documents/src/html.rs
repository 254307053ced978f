//! A document as a page: for a screen, for print and for a screen reader, without scripts.

use crate::{DocumentError, sheet::Sheet, templates::broken, words::SheetWords};
use minijinja::{
    AutoEscape, Environment, UndefinedBehavior, Value, context, syntax::SyntaxConfig, value::Serde,
};

const PAGE: &str = include_str!("pages/document.html");
const BLOCKS: &str = include_str!("pages/blocks.html");
const STYLE: &str = include_str!("pages/document.css");

/// The page of a document: UTF-8, whole, with its style inside and nothing to fetch. Every value is
/// escaped, and the page forbids scripts.
///
/// # Errors
/// [`DocumentError::Template`] when the page's template is broken.
pub fn html(sheet: &Sheet) -> Result<String, DocumentError> {
    let name = "document.html";
    let environment = environment().map_err(broken(name))?;
    environment
        .get_template(name)
        .and_then(|template| {
            template.render(context! {
                sheet => Value::from(Serde(sheet)),
                words => Value::from(Serde(SheetWords::of(&sheet.lang))),
                css => Value::from_safe_string(STYLE.to_owned()),
            })
        })
        .map_err(broken(name))
}

fn environment() -> Result<Environment<'static>, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_syntax(
        SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .keep_trailing_newline(true)
            .build()?,
    );
    environment.add_template("blocks.html", BLOCKS)?;
    environment.add_template("document.html", PAGE)?;
    Ok(environment)
}
