//! A document's way: rendered, shown, signed, kept.

use super::desk::Desk;
use super::drafts;
use super::faults::failed;
use super::office::Office;
use antelope_cli::{Console, Failure, Fallible};
use antelope_rpc_client::Signer;
use antelope_types::{Checksum256, Name};
use coop_client::rows::Property;
use coop_documents::{Applying, Form, Lang, Party, Person, Rendered, Renderer, Stamp};
use coop_language::Words;
use coop_model::Document;
use coop_papers::{Facts, People};

/// Who signs documents of one run, and when the last of them was made.
pub(super) struct Papers<'o> {
    pub(super) office: &'o Office<'o>,
    /// The desk that they are kept on.
    pub(super) desk: Desk,
    renderer: Renderer,
    /// What signatures cover.
    pub(super) chain_id: Checksum256,
}

impl<'o> Papers<'o> {
    /// Opens the desk.
    ///
    /// # Errors
    /// Those of [`Desk::open`] and [`Office::chain_id`].
    pub(super) fn open(office: &'o Office<'o>) -> Fallible<Self> {
        Ok(Self {
            desk: office.desk()?,
            office,
            renderer: Renderer::new().map_err(failed)?,
            chain_id: office.chain_id()?,
        })
    }

    /// What documents of this cooperative say.
    pub(super) fn facts(&self) -> Facts<'_, Desk> {
        Facts::new(&self.office.cooperative, &self.desk)
    }

    /// Shows a document, signs it by the key of `signer`, and keeps it. Nothing is sent. One that an earlier
    /// run has signed and whose fate it did not learn is used again. Russian is the
    /// language that is signed; a reader of English sees an English text before it.
    ///
    /// # Errors
    /// `chain.keys` where no key at hand is one of the signer's; those of the desk.
    pub(super) fn sign(
        &self,
        console: &mut Console<'_>,
        form: &dyn Form,
        signer: (Name, &dyn Signer),
        proposal: Option<[String; 2]>,
    ) -> Fallible<Document> {
        let place = drafts::place(&self.says(form, signer.0, proposal.as_ref())?);
        if let Some(draft) = drafts::find(&self.desk, &place)? {
            console.show(&self.office.say(&Words::of("paper.again")));
            console.show(&draft.text);
            self.office
                .agree(console, &Words::of("paper.sign").with("who", signer.0))?;
            console.show(&draft.path.display().to_string());
            self.office.drafts.borrow_mut().push(place);
            return Ok(draft.document);
        }
        let rendered = self.shown(console, form)?;
        self.office
            .agree(console, &Words::of("paper.sign").with("who", signer.0))?;
        let signed_at = rendered.meta.created_at;
        let signed = coop_documents::sign(&rendered, &self.chain_id, &[signer], signed_at);
        let document = signed.map_err(failed)?;
        let path = self.desk.keep(&document, &rendered, proposal)?;
        self.office.made.borrow_mut().push(document.hash());
        drafts::keep(&self.desk, &place, &document, &path)?;
        self.office.drafts.borrow_mut().push(place);
        console.show(&path.display().to_string());
        Ok(document)
    }

    /// Makes a document and shows it.
    ///
    /// # Errors
    /// Those of the chain, the desk and the templates.
    pub(super) fn shown(&self, console: &mut Console<'_>, form: &dyn Form) -> Fallible<Rendered> {
        let stamp = self.stamp()?;
        let cooperative = &self.desk.cooperative;
        let render = |lang| self.renderer.render(cooperative, form, stamp, lang);
        let rendered = render(Lang::Ru).map_err(failed)?;
        if self.office.lang() == Lang::En {
            console.show(&render(Lang::En).map_err(failed)?.text);
        }
        console.show(&rendered.text);
        Ok(rendered)
    }

    /// What a document of this signer says on this chain, apart from its moment. A proposal is known by its
    /// texts, since the identifier of its draft is another each time.
    fn says(
        &self,
        form: &dyn Form,
        signer: Name,
        proposal: Option<&[String; 2]>,
    ) -> Fallible<Checksum256> {
        let text = match proposal {
            Some([question, decision]) => format!("{question}\n{decision}"),
            None => {
                let stamp = Stamp {
                    block_num: 0,
                    created_at: 0,
                };
                let cooperative = &self.desk.cooperative;
                let rendered = self.renderer.render(cooperative, form, stamp, Lang::Ru);
                rendered.map_err(failed)?.text
            }
        };
        let words = format!("{} {signer}\n{text}", self.chain_id);
        Ok(Checksum256::sha256(words.as_bytes()))
    }

    /// The text of a document as it would be signed now.
    ///
    /// # Errors
    /// Those of the chain and the templates.
    pub(super) fn text(&self, form: &dyn Form) -> Fallible<(String, Checksum256)> {
        let info = self.office.info()?;
        let stamp = Stamp {
            block_num: info.last_irreversible_block_num,
            created_at: info.head_block_time.micros(),
        };
        let lang = self.office.lang();
        let rendered = self
            .renderer
            .render(&self.desk.cooperative, form, stamp, lang);
        let rendered = rendered.map_err(failed)?;
        Ok((rendered.text, rendered.doc_hash))
    }

    /// The moment of a document, by the chain's clock.
    fn stamp(&self) -> Fallible<Stamp> {
        let info = self.office.info()?;
        Ok(Stamp {
            block_num: info.last_irreversible_block_num,
            created_at: self.desk.moment(info.head_block_time.micros())?,
        })
    }
}

impl People for Desk {
    type Error = Box<Failure>;

    fn person(&self, account: Name) -> Fallible<Person> {
        self.person(account)
    }

    fn party(&self, account: Name) -> Fallible<Party> {
        self.party(account)
    }

    fn applying(&self, account: Name) -> Fallible<Applying> {
        self.applying(account)
    }

    fn description(&self, property: &Property) -> Fallible<String> {
        self.thing(property.description).map_err(|file| {
            let words = Words::of("property.no_text").with("id", property.id);
            let hint = Words::of("property.put_text").with("file", file.display());
            Failure::new("desk.thing", words.say(&self.messages)).hint(hint.say(&self.messages))
        })
    }

    fn proposed(&self, hash: &Checksum256) -> Fallible<Option<[String; 2]>> {
        Ok(self.kept(hash).and_then(|kept| kept.proposal))
    }
}
