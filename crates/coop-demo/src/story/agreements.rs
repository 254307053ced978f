//! Before a statement: what a person agrees to, above all that the key signs for the person.

use super::{Stage, StoryError, papers::Paper, stage::active};
use antelope_types::Checksum256;
use coop_documents::{Agreement, AgreementKind, Person};
use coop_language::Words;
use coop_model::{Document, clients::Registrator};

impl Stage<'_, '_> {
    /// A person signs the agreements that admission needs.
    pub(super) fn sign_agreements(&mut self, person: &Person) -> Result<(), StoryError> {
        let key = self.keys.of(person.account)?.public_key();
        let mut papers: Vec<Paper> = Vec::new();
        for kind in AgreementKind::required() {
            papers.push(self.write(&Agreement {
                kind,
                person: person.clone().into(),
                key: key.clone(),
            })?);
        }
        let documents: Vec<Document> = papers.iter().map(|paper| paper.document.clone()).collect();
        let registrator =
            Registrator::at(self.contracts.registrator).signed_by(active(person.account));
        let action = registrator
            .signagree(self.coop(), person.account, documents)
            .to_action();
        let words = Words::of("step.sign_agreements").with("count", papers.len());
        let trace = self.act(words, person.account, &[action])?;
        let hashes: Vec<Checksum256> = papers.iter().map(Paper::hash).collect();
        for paper in &papers {
            self.sent(paper, trace.id);
        }
        let expected = vec!["newagreement"; hashes.len()].join(", ");
        let found = self.events(&trace).join(", ");
        let words = Words::of("check.agreements").with("account", person.account);
        self.log.check(&words, &expected, &found);
        Ok(())
    }
}
