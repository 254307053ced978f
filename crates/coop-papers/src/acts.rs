//! Acts: property changes hands.

use crate::facts::{Facts, Paper, find_property};
use crate::fault::PaperError;
use crate::people::People;
use antelope_types::Name;
use coop_client::rows::Property;
use coop_documents::{Act, Direction};
use coop_model::property::status;

impl<P: People> Facts<'_, P> {
    /// The act by which the cooperative gets a thing that was offered; `keeper` signs for the cooperative.
    ///
    /// # Errors
    /// [`PaperFault::NoProperty`](crate::PaperFault::NoProperty),
    /// [`PaperFault::OtherState`](crate::PaperFault::OtherState); those of the people.
    pub fn acceptance(&self, property_id: u64, keeper: Name) -> Paper<Act, P> {
        let property = find_property(self.cooperative, property_id, &[status::OFFERED])?;
        self.act(&property, keeper, Direction::Acceptance)
    }

    /// The act by which the owner gets a thing back: a share that the council returns, or a thing that it did not
    /// take.
    ///
    /// # Errors
    /// As [`Facts::acceptance`].
    pub fn handover(&self, property_id: u64, keeper: Name) -> Paper<Act, P> {
        let states = [status::HANDOVER, status::RELEASING];
        let property = find_property(self.cooperative, property_id, &states)?;
        let is_share = property.status == status::HANDOVER;
        self.act(&property, keeper, Direction::Handover { is_share })
    }

    fn act(&self, property: &Property, keeper: Name, direction: Direction) -> Paper<Act, P> {
        Ok(Act {
            direction,
            property_id: property.id,
            thing: self.thing(property)?,
            owner: self
                .people
                .party(property.username)
                .map_err(PaperError::People)?,
            keeper: self.people.person(keeper).map_err(PaperError::People)?,
            statement: property.hash,
        })
    }
}
