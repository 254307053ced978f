//! Documents as pages for a browser.

use crate::error::ApiError;
use coop_documents::{Presenter, Renderer, Surroundings, html};
use coop_private::PrivateDocument;

/// Where texts become pages.
pub(crate) struct Pages {
    renderer: Renderer,
    presenter: Presenter,
}

impl Pages {
    /// Loads the templates.
    ///
    /// # Errors
    /// [`ApiError::Internal`] for a template that does not parse.
    pub(crate) fn load() -> Result<Self, ApiError> {
        let internal = |error| ApiError::internal(&error);
        Ok(Self {
            renderer: Renderer::new().map_err(internal)?,
            presenter: Presenter::new().map_err(internal)?,
        })
    }

    /// The page of a document that is kept here; `None` for one that is kept without its facts.
    pub(crate) fn page(&self, kept: &PrivateDocument) -> Option<String> {
        let (document, record) = (&kept.document, kept.record.as_ref()?);
        let around = Surroundings {
            signatures: &document.signatures,
            verify_at: None,
        };
        let page = self
            .renderer
            .regenerate(&document.meta, &document.doc_hash, record)
            .and_then(|rendered| self.presenter.sheet(&rendered, around))
            .and_then(|sheet| html(&sheet));
        page.map_err(|problem| tracing::warn!(%problem, "a page is left out"))
            .ok()
    }
}
