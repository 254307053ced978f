//! Who keeps what the chain does not know: names, requisites, texts.

use antelope_types::{Checksum256, Name};
use coop_client::rows::Property;
use coop_documents::{Applying, Party, Person};

/// What is known of people and things beside the chain. Holds personal data.
pub trait People {
    /// Why something could not be had.
    type Error;

    /// The natural person with this account.
    ///
    /// # Errors
    /// Where nothing is known of the account, or it is of an organization.
    fn person(&self, account: Name) -> Result<Person, Self::Error>;

    /// The person or organization with this account.
    ///
    /// # Errors
    /// Where nothing is known of the account.
    fn party(&self, account: Name) -> Result<Party, Self::Error>;

    /// Whoever applies from this account, with all that a statement tells about them.
    ///
    /// # Errors
    /// Where that is not known.
    fn applying(&self, account: Name) -> Result<Applying, Self::Error>;

    /// The description of a thing, whose SHA-256 the chain has.
    ///
    /// # Errors
    /// Where there is no text with that hash.
    fn description(&self, property: &Property) -> Result<String, Self::Error>;

    /// The question and the decision of the proposal with this hash; `None` where its text is kept elsewhere.
    ///
    /// # Errors
    /// Where it cannot be read.
    fn proposed(&self, hash: &Checksum256) -> Result<Option<[String; 2]>, Self::Error>;
}
