//! Documents as texts, and as pages for a browser.

use crate::error::ApiError;
use coop_documents::{DocumentError, Presenter, Rendered, Renderer, Surroundings, html};
use coop_private::PrivateDocument;
use std::sync::LazyLock;

static PAGES: LazyLock<Result<Pages, DocumentError>> = LazyLock::new(Pages::load);

/// The templates of texts and pages, which the program has in itself.
pub(crate) struct Pages {
    pub(crate) renderer: Renderer,
    presenter: Presenter,
}

impl Pages {
    fn load() -> Result<Self, DocumentError> {
        Ok(Self {
            renderer: Renderer::new()?,
            presenter: Presenter::new()?,
        })
    }

    /// The templates, parsed when they are first needed.
    ///
    /// # Errors
    /// [`ApiError::Internal`] for a template that does not parse.
    pub(crate) fn get() -> Result<&'static Self, ApiError> {
        PAGES.as_ref().map_err(|error| ApiError::internal(error))
    }

    /// The page of a document.
    ///
    /// # Errors
    /// Those of the templates.
    pub(crate) fn of(
        &self,
        rendered: &Rendered,
        around: Surroundings<'_>,
    ) -> Result<String, DocumentError> {
        html(&self.presenter.sheet(rendered, around)?)
    }

    /// The page of a document that is kept here; `None` for one that is kept without its facts.
    pub(crate) fn of_kept(&self, kept: &PrivateDocument) -> Option<String> {
        let (document, record) = (&kept.document, kept.record.as_ref()?);
        let around = Surroundings {
            signatures: &document.signatures,
            verify_at: None,
        };
        let page = self
            .renderer
            .regenerate(&document.meta, &document.doc_hash, record)
            .and_then(|rendered| self.of(&rendered, around));
        page.map_err(|problem| tracing::warn!(%problem, "a page is left out"))
            .ok()
    }
}
