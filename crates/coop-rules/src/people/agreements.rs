//! Agreements that a person signs before applying.

use crate::cooperative::Participant;
use crate::paper::Demand;
use crate::reason::require;
use crate::world::Call;
use crate::{Account, Cooperative, Event, Paper, Reason, World};
use coop_model::parameters::{AGREEMENTS, REQUIRED_AGREEMENTS};
use std::collections::BTreeSet;

impl World {
    pub(crate) fn sign_agreements(
        &mut self,
        call: &mut Call<'_>,
        name: Account,
        who: Account,
        documents: &[Paper],
    ) -> Result<(), Reason> {
        call.needs_coop_or(name, who)?;
        self.active(name)?;
        self.is_registered(who)?;
        let number = (1..=AGREEMENTS as usize).contains(&documents.len());
        require(number, Reason::AgreementsNumber)?;
        let mut signed = BTreeSet::new();
        for document in documents {
            let id = document.registry;
            require((1..=AGREEMENTS).contains(&id), Reason::NotAnAgreement)?;
            let demand = Demand {
                now: call.now,
                terms: &self.terms,
                registry: id,
                coop: name,
                about: who,
                is_of_meeting: false,
            };
            document.is_about(&demand)?;
            let hash = document.signed_by(&demand, who)?;
            signed.insert(id);
            call.events.push(Event::Agreement {
                registry: id,
                document: hash,
            });
        }
        let coop = self.coop(name)?;
        // A participant needs nothing to be remembered.
        if !coop.participants.contains_key(&who) {
            coop.agreements.entry(who).or_default().extend(signed);
        }
        Ok(())
    }
}

impl Cooperative {
    /// Takes the fact that everything is signed that admission needs.
    pub(crate) fn take_agreements(&mut self, who: Account) -> Result<(), Reason> {
        let signed = self.agreements.get(&who).ok_or(Reason::AgreementsMissing)?;
        let missing = (1..=AGREEMENTS)
            .filter(|id| REQUIRED_AGREEMENTS >> (id - 1) & 1 == 1)
            .any(|id| !signed.contains(&id));
        require(!missing, Reason::AgreementsMissing)?;
        self.agreements.remove(&who);
        Ok(())
    }

    /// The account becomes a participant, of whom no agreements need to be remembered.
    pub(crate) fn enter(&mut self, who: Account, participant: Participant) {
        self.agreements.remove(&who);
        self.participants.insert(who, participant);
    }
}
