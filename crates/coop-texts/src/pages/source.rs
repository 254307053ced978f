//! A page of `docs/src` with its numbers.

use crate::TextsError;
use crate::error::read;
use std::path::Path;

/// The page with this file name.
pub(super) fn render(root: &Path, name: &Path) -> Result<String, TextsError> {
    let path = Path::new("docs/src").join(name);
    let text =
        coop_model::text::expand(&read(&root.join(&path))?).map_err(TextsError::text(&path))?;
    Ok(format!(
        "<!-- Made from {} by `cargo run -p coop-texts -- write`. -->\n{text}",
        path.display()
    ))
}
