//! What acts and protocols of general meetings have in common: several sign one document, each in their own time.

use super::auth::is_key_of;
use crate::api::Api;
use crate::caller::acting;
use crate::error::ApiError;
use crate::fields;
use crate::policy::Operation;
use crate::signing::{made, signature};
use crate::stored;
use crate::types::joint::{CollectedSignatures, MissingSignature, SignDocumentInput};
use crate::types::records::RecordedSignature;
use crate::types::scalar::DateTime;
use crate::written::{self, Written};
use antelope_types::{Checksum256, Name, TimePoint};
use async_graphql::Context;
use coop_language::Words;
use coop_model::document::signing_digest;
use coop_private::{Holder, PrivateDocument};
use std::cmp::Reverse;

/// The most documents that are shown.
const MAX_SHOWN: usize = 50;
/// The most documents that are looked at for those.
const MAX_LOOKED_AT: usize = 500;

/// Documents of some forms that several sign.
pub(super) struct Joint {
    /// The numbers of the forms.
    pub(super) forms: &'static [u64],
    /// How long the contracts take such a document, in seconds.
    pub(super) term: u32,
}

impl Joint {
    /// The documents whose meta names this account that are not on the chain yet, whose term is not over and that are
    /// meant, the newest first; where there are too many, those that somebody has signed. Of a thread that may wait.
    ///
    /// # Errors
    /// Those of the node, of the index and of the store.
    pub(super) fn waiting(
        &self,
        api: &Api,
        account: Name,
        is_meant: impl Fn(&PrivateDocument) -> bool,
    ) -> Result<Vec<PrivateDocument>, ApiError> {
        let oldest = self.oldest(api)?;
        let entries = api.people()?.documents(Some(account))?.into_iter();
        let (signed, drafts): (Vec<_>, Vec<_>) = entries
            .filter(|it| self.forms.contains(&it.registry_id) && it.created_at >= oldest)
            .partition(|it| matches!(it.holder, Holder::Archive(_)));
        // Drafts, of which there can be any number, leave room for what somebody has signed.
        let entries = signed.into_iter().chain(drafts).take(MAX_LOOKED_AT);
        let mut found = Vec::new();
        for entry in entries {
            if found.len() == MAX_SHOWN {
                break;
            }
            if !is_sent(api, &entry.hash)?
                && let Some(kept) = stored::document(api, &entry.hash)?
                && is_meant(&kept)
            {
                found.push(kept);
            }
        }
        found.sort_by_key(|it| Reverse(it.document.meta.created_at));
        Ok(found)
    }

    /// Removes the documents whose meta names this account that nobody has signed in their term: nothing can come of
    /// them any more, and they name people. Of a thread that may wait.
    ///
    /// # Errors
    /// Those of the node and of the store.
    pub(super) fn forget(&self, api: &Api, account: Name) -> Result<(), ApiError> {
        let oldest = self.oldest(api)?;
        let mut people = api.people()?;
        for entry in people.documents(Some(account))? {
            // What somebody has signed is in the archive.
            let is_unsigned = matches!(entry.holder, Holder::Person(_));
            if is_unsigned && self.forms.contains(&entry.registry_id) && entry.created_at < oldest {
                people.remove_document(&entry.hash)?;
            }
        }
        Ok(())
    }

    /// The moment of the oldest document that the contracts take.
    fn oldest(&self, api: &Api) -> Result<TimePoint, ApiError> {
        let term = i64::from(self.term) * 1_000_000;
        let now = api.chain_time()?.micros();
        Ok(TimePoint::from_micros(now.saturating_sub(term)))
    }

    /// Keeps the caller's signature with a document, in the place of an earlier one; the document as `show` tells it.
    ///
    /// # Errors
    /// [`ApiError::Field`]; [`ApiError::NotFound`] for a document that the caller does not sign, [`ApiError::NotNow`] for
    /// one that the contracts do not take any more, and for one that is on the chain; those of the node, of the index and
    /// of the store.
    pub(super) async fn sign<T: Send + 'static>(
        &'static self,
        context: &Context<'_>,
        operation: Operation,
        data: SignDocumentInput,
        show: fn(&Api, &PrivateDocument) -> Result<Option<T>, ApiError>,
    ) -> Result<T, ApiError> {
        let (api, who) = acting(context, operation, &data.coopname, &data.username)?;
        let hash = fields::hash("data.hash", &data.hash)?;
        let signed = api.work(move |api| {
            let kept = made(api, who, self.forms, &hash)?;
            if kept.document.meta.created_at < self.oldest(api)? {
                let why = Words::of("now.too_old");
                return Err(ApiError::NotNow { why });
            }
            // What is kept would not be what the chain has any more.
            if is_sent(api, &hash)? {
                let why = Words::of("now.sent");
                return Err(ApiError::NotNow { why });
            }
            let given = (&*data.public_key, &*data.signature);
            let signature = signature(api, &kept.document, who, "data", given)?;
            // The chain would say so in the end, of all signatures together and not of which.
            if !is_key_of(api, who, &signature.public_key)? {
                let expected = Words::of("expected.own_key").with("account", who);
                return Err(ApiError::field("data.public_key", expected));
            }
            let meta = &kept.document.meta;
            api.write_down(who, operation, &stored::named(meta, kept.record.as_ref()))?;
            let about = meta.username;
            let kept = written::sign(api, (&hash, about), |signatures| {
                signatures.retain(|it| it.signer != who);
                signatures.push(signature);
            })?;
            let shown = kept.map(|it| show(api, &it)).transpose()?.flatten();
            shown.ok_or_else(|| ApiError::not_found("what.paper"))
        });
        signed.await
    }
}

/// A document with the signatures that it has and those that it waits for; `None` for one that is kept without its
/// facts.
///
/// # Errors
/// Those of the templates.
pub(super) fn collected(
    api: &Api,
    kept: &PrivateDocument,
) -> Result<Option<CollectedSignatures>, ApiError> {
    let chain_id = &api.contracts().chain_id;
    let Some(written) = Written::of_kept(kept, chain_id)? else {
        return Ok(None);
    };
    let (hash, moment) = (kept.document.hash(), kept.document.meta.created_at);
    let missing = missing(kept).map(|signer| MissingSignature {
        signer: signer.to_string(),
        signed_hash: signing_digest(chain_id, &hash, signer, moment).to_string(),
    });
    let given = kept.document.signatures.iter().map(|it| RecordedSignature {
        signer: it.signer.to_string(),
        public_key: it.public_key.to_string(),
        signature: it.signature.to_string(),
        signed_at: DateTime(it.signed_at),
    });
    Ok(Some(CollectedSignatures {
        signatures: given.collect(),
        missing: missing.collect(),
        document: written.any(),
    }))
}

/// Whether a document is on the chain, by the registry.
fn is_sent(api: &Api, hash: &Checksum256) -> Result<bool, ApiError> {
    let found = api.index(|reader| Ok(reader.find(api.coopname(), *hash)?))?;
    Ok(found.is_some())
}

/// Who has yet to sign a document.
fn missing(kept: &PrivateDocument) -> impl Iterator<Item = Name> {
    let signers = kept.record.as_ref().map(stored::signers);
    let signed = |it: &Name| kept.document.signatures.iter().any(|by| by.signer == *it);
    let missing = signers.into_iter().flatten();
    missing.filter(move |it| !signed(it))
}
