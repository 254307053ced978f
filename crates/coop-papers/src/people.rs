//! Who keeps what the chain does not know: names, requisites, texts.

use antelope_types::{Checksum256, Name};
use coop_client::rows::Property;
use coop_documents::{
    Applicant, Entrepreneur, EntrepreneurStatement, Fees, Form, Organization,
    OrganizationStatement, Party, Person, Statement,
};
use coop_model::people::kind;

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

/// Who applies for admission, with all that a statement tells about them.
#[derive(Clone, Debug)]
pub enum Applying {
    /// A natural person.
    Individual(Box<Applicant>),
    /// An entrepreneur.
    Entrepreneur(Box<Entrepreneur>),
    /// A legal person.
    Organization(Box<Organization>),
}

impl Applying {
    /// As what they apply, see [`coop_model::people::kind`].
    pub fn kind(&self) -> Name {
        match self {
            Self::Individual(_) => kind::INDIVIDUAL,
            Self::Entrepreneur(_) => kind::ENTREPRENEUR,
            Self::Organization(_) => kind::ORGANIZATION,
        }
    }

    /// Who they are.
    pub fn party(&self) -> Party {
        match self {
            Self::Individual(it) => it.person.clone().into(),
            Self::Entrepreneur(it) => it.applicant.person.clone().into(),
            Self::Organization(it) => (&**it).into(),
        }
    }

    /// Their statement, by which they undertake to pay these fees.
    pub fn statement(self, fees: Fees) -> Box<dyn Form> {
        match self {
            Self::Individual(it) => Box::new(Statement {
                applicant: *it,
                fees,
            }),
            Self::Entrepreneur(it) => Box::new(EntrepreneurStatement {
                entrepreneur: *it,
                fees,
            }),
            Self::Organization(it) => Box::new(OrganizationStatement {
                organization: *it,
                fees,
            }),
        }
    }
}
