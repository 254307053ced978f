//! Pages that people write in `docs/src`, with their numbers.

use std::path::Path;

use crate::TextsError;
use crate::error::read;

/// The page of this name.
pub(super) fn render(root: &Path, name: &str) -> Result<String, TextsError> {
    let path = Path::new("docs/src").join(name);
    let text =
        coop_model::text::expand(&read(&root.join(&path))?).map_err(TextsError::text(&path))?;
    Ok(format!(
        "<!-- Made from {} by `cargo run -p coop-texts -- write`. -->\n{text}",
        path.display()
    ))
}
