//! The versions of forms: which template a document of some version was made from.
//!
//! A form is known by its template without the ending, `statement/admission`; a version by the text that
//! the meta of its documents carries. Templates of a released version are never changed, nor are the ones
//! that they include: a document of that version must give the same text again years later. A form that
//! has to say something else gets another template beside the first, `protocol.2.txt`, and a line in
//! [`LATER`]; new documents are made from it, and old ones still from the template they were made from.

/// The version that the first template of each form has.
pub(crate) const FIRST: &str = "0.1.0";

/// A version of a form after the first.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FormVersion {
    /// The form.
    pub(crate) form: &'static str,
    /// What the meta of its documents calls it.
    pub(crate) version: &'static str,
    /// The template, the same name in every language.
    pub(crate) template: &'static str,
}

/// All versions after the first, older ones of a form before newer ones.
pub(crate) const LATER: &[FormVersion] = &[];

/// The newest version of a form among these.
pub(crate) fn newest(later: &[FormVersion], form: &str) -> &'static str {
    let newest = later.iter().rfind(|it| it.form == form);
    newest.map_or(FIRST, |it| it.version)
}

/// The template of a version of a form; `None` for a version that is not known.
pub(crate) fn template(later: &[FormVersion], form: &str, version: &str) -> Option<String> {
    if version == FIRST {
        return Some(format!("{form}.txt"));
    }
    let mut of_form = later.iter().filter(|it| it.form == form);
    let found = of_form.find(|it| it.version == version);
    found.map(|it| it.template.to_owned())
}

/// The versions of a form, oldest first.
pub(crate) fn known(later: &[FormVersion], form: &str) -> Vec<&'static str> {
    let of_form = later.iter().filter(|it| it.form == form);
    [FIRST]
        .into_iter()
        .chain(of_form.map(|it| it.version))
        .collect()
}

#[cfg(test)]
mod tests;
