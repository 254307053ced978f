//! What somebody repeats of the meta of a document to have it made again.

use antelope_types::{Checksum256, TimePoint};
use coop_model::Meta;

/// A JavaScript date has milliseconds.
const MILLISECOND: i64 = 1_000;

/// What somebody repeats of the meta of a document that was made before; what is `None` is not asked about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repeat {
    /// The block that its facts are of.
    pub block_num: Option<u32>,
    /// When it was made; counts to the millisecond.
    pub created_at: Option<TimePoint>,
    /// The program that made it.
    pub generator: Option<String>,
    /// The tag of its language.
    pub lang: Option<String>,
    /// The hashes of the documents that it follows from.
    pub links: Option<Vec<Checksum256>>,
    /// The name of its zone.
    pub timezone: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// The version of its form.
    pub version: Option<String>,
}

impl Repeat {
    /// Whether a document that was made before is meant: only that has a moment or a block.
    pub fn is_asked(&self) -> bool {
        self.created_at.is_some() || self.block_num.is_some()
    }

    /// The first field that is another one in this meta; `None` where all that is repeated is the same.
    pub fn difference(&self, meta: &Meta) -> Option<&'static str> {
        fn is_other<T: PartialEq>(given: Option<&T>, found: &T) -> bool {
            given.is_some_and(|given| given != found)
        }
        let moment = |time: TimePoint| time.micros().div_euclid(MILLISECOND);
        let created_at = self.created_at.map(moment);
        let fields = [
            (
                "block_num",
                is_other(self.block_num.as_ref(), &meta.block_num),
            ),
            (
                "created_at",
                is_other(created_at.as_ref(), &moment(meta.created_at)),
            ),
            (
                "generator",
                is_other(self.generator.as_ref(), &meta.generator),
            ),
            ("lang", is_other(self.lang.as_ref(), &meta.lang)),
            ("links", is_other(self.links.as_ref(), &meta.links)),
            ("timezone", is_other(self.timezone.as_ref(), &meta.timezone)),
            ("title", is_other(self.title.as_ref(), &meta.title)),
            ("version", is_other(self.version.as_ref(), &meta.version)),
        ];
        fields.into_iter().find(|(_, is)| *is).map(|(name, _)| name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use coop_documents::{Lang, Renderer, samples};

    #[test]
    fn a_document_is_made_again_from_its_meta_and_its_record_for_every_form() {
        let renderer = Renderer::new().unwrap();
        for (name, form) in samples::every_form() {
            let made = renderer.render(&samples::cooperative(), &*form, samples::STAMP, Lang::Ru);
            let made = made.unwrap();
            let again = renderer.regenerate(&made.meta, &made.doc_hash, &made.record);
            assert_eq!(again.unwrap().text, made.text, "{name}");
            let meta = &made.meta;
            let whole = Repeat {
                block_num: Some(meta.block_num),
                created_at: Some(TimePoint::from_micros(
                    meta.created_at.micros() / 1000 * 1000,
                )),
                generator: Some(meta.generator.clone()),
                lang: Some(meta.lang.clone()),
                links: Some(meta.links.clone()),
                timezone: Some(meta.timezone.clone()),
                title: Some(meta.title.clone()),
                version: Some(meta.version.clone()),
            };
            assert_eq!(whole.difference(meta), None, "{name}");
            let other = Repeat {
                title: Some("another".into()),
                ..whole
            };
            assert_eq!(other.difference(meta), Some("title"), "{name}");
        }
    }

    #[test]
    fn a_document_that_was_made_before_has_a_moment_or_a_block() {
        assert!(!Repeat::default().is_asked());
        let lang = Repeat {
            lang: Some("ru".into()),
            ..Repeat::default()
        };
        assert!(!lang.is_asked());
        let block = Repeat {
            block_num: Some(1),
            ..Repeat::default()
        };
        assert!(block.is_asked());
    }
}
