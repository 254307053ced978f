//! A cooperative on its chain together with its people.

use crate::fault::{PaperError, PaperFault};
use crate::people::People;
use antelope_types::Name;
use coop_client::Cooperative;
use coop_client::rows::{Coop, Decision, Property};
use coop_documents::{Person, Thing};

/// The facts of one cooperative's documents.
///
/// Every method reads the chain as it is at that moment. Its errors are [`PaperError::Fault`] for what the chain
/// says, and [`PaperError::People`] for what is not known of people.
pub struct Facts<'a, P> {
    /// What the chain knows.
    pub(crate) cooperative: &'a Cooperative,
    /// What it does not.
    pub(crate) people: &'a P,
}

/// What a method of [`Facts`] gives.
pub(crate) type Paper<T, P> = Result<T, PaperError<<P as People>::Error>>;

impl<'a, P: People> Facts<'a, P> {
    /// The facts of this cooperative and these people.
    pub fn new(cooperative: &'a Cooperative, people: &'a P) -> Self {
        Self {
            cooperative,
            people,
        }
    }

    /// The row of the cooperative.
    ///
    /// # Errors
    /// [`PaperFault::NoCooperative`], [`PaperFault::Read`].
    pub fn coop(&self) -> Result<Coop, PaperFault> {
        let account = self.cooperative.name();
        let row = self.cooperative.coop()?;
        row.ok_or(PaperFault::NoCooperative { account })
    }

    /// Who presides over the council.
    ///
    /// # Errors
    /// [`PaperFault::NoCouncil`], [`PaperFault::Read`].
    pub fn chairman(&self) -> Result<Name, PaperFault> {
        let council = self.cooperative.sitting_members()?;
        let chairman = council.into_iter().find(|it| it.is_chairman);
        chairman.map(|it| it.username).ok_or(PaperFault::NoCouncil)
    }

    /// A thing as documents name it.
    ///
    /// # Errors
    /// Where its description is not known.
    pub fn thing(&self, property: &Property) -> Paper<Thing, P> {
        let description = self.people.description(property);
        Ok(Thing {
            description: description.map_err(PaperError::People)?,
            valuation: property.valuation,
        })
    }

    pub(crate) fn persons(&self, accounts: &[Name]) -> Paper<Vec<Person>, P> {
        let people = accounts.iter().map(|it| self.people.person(*it));
        people.collect::<Result<_, _>>().map_err(PaperError::People)
    }
}

/// The question or decision with this number.
///
/// # Errors
/// [`PaperFault::NoQuestion`] where it was never published, or is finished; [`PaperFault::Read`].
pub fn find_decision(cooperative: &Cooperative, id: u64) -> Result<Decision, PaperFault> {
    cooperative
        .decision(id)?
        .ok_or(PaperFault::NoQuestion { id })
}

/// The property with this number, where it is in one of these states.
///
/// # Errors
/// [`PaperFault::NoProperty`], [`PaperFault::OtherState`], [`PaperFault::Read`].
pub fn find_property(
    cooperative: &Cooperative,
    id: u64,
    states: &[Name],
) -> Result<Property, PaperFault> {
    let property = cooperative.property(id)?;
    let property = property.ok_or(PaperFault::NoProperty { id })?;
    match states.contains(&property.status) {
        true => Ok(property),
        false => Err(PaperFault::OtherState {
            id,
            status: property.status,
        }),
    }
}
