//! People and texts as the store keeps them, for the facts of documents.

use crate::api::Api;
use crate::error::ApiError;
use antelope_types::{Checksum256, Name};
use coop_client::rows::Property;
use coop_documents::{Applying, Cooperative, Party, Person, Profile, Record};
use coop_language::Words;
use coop_model::Meta;
use coop_papers::{PaperError, PaperFault, People};
use coop_private::{PrivateDocument, PrivateError};
use std::cell::RefCell;

/// The store of people, for one document. It is locked for each reading only, never while the node is asked.
pub(crate) struct StoredPeople<'a> {
    api: &'a Api,
    /// Whose data was read.
    shown: RefCell<Vec<Name>>,
}

impl<'a> StoredPeople<'a> {
    /// The people of this server.
    pub(crate) fn of(api: &'a Api) -> Self {
        Self {
            api,
            shown: RefCell::default(),
        }
    }

    /// Whose data was read. It is written down before an answer goes.
    pub(crate) fn shown(&self) -> Vec<Name> {
        self.shown.borrow().clone()
    }

    fn profile(&self, account: Name) -> Result<Profile, ApiError> {
        let found = self.api.people()?.profile(account)?;
        let profile = found.ok_or_else(|| ApiError::NotFound {
            what: Words::of("what.profile").with("account", account),
        })?;
        self.shown.borrow_mut().push(account);
        Ok(profile)
    }
}

impl People for StoredPeople<'_> {
    type Error = ApiError;

    fn person(&self, account: Name) -> Result<Person, ApiError> {
        let profile = self.profile(account)?;
        let person = profile.person().cloned();
        person.ok_or_else(|| ApiError::NotNow {
            why: Words::of("now.no_person").with("account", account),
        })
    }

    fn party(&self, account: Name) -> Result<Party, ApiError> {
        Ok(self.profile(account)?.party())
    }

    fn applying(&self, account: Name) -> Result<Applying, ApiError> {
        let applying = self.profile(account)?.applying();
        applying.map_err(|error| ApiError::NotNow {
            why: Words::of("now.no_field")
                .with("account", account)
                .with("field", error.field),
        })
    }

    /// The text is part of the statement by which the thing was offered, or asked back.
    fn description(&self, property: &Property) -> Result<String, ApiError> {
        let statement = document(self.api, &property.hash)?;
        let record = statement.and_then(|it| it.record);
        let text =
            record.and_then(|it| Some(it.facts["thing"]["description"].as_str()?.to_owned()));
        let is_it = |text: &String| Checksum256::sha256(text.as_bytes()) == property.description;
        text.filter(is_it).ok_or_else(|| ApiError::NotFound {
            what: Words::of("what.description").with("id", property.id),
        })
    }

    fn proposed(&self, hash: &Checksum256) -> Result<Option<[String; 2]>, ApiError> {
        Ok(document(self.api, hash)?.and_then(|it| it.proposal))
    }
}

/// The document with this hash; `None` where it is kept elsewhere.
///
/// # Errors
/// Those of the store.
pub(crate) fn document(api: &Api, hash: &Checksum256) -> Result<Option<PrivateDocument>, ApiError> {
    found(api.people()?.document(hash))
}

/// What the store answers about a document; `None` where it is kept elsewhere.
///
/// # Errors
/// Those of the store.
pub(crate) fn found(
    answer: Result<PrivateDocument, PrivateError>,
) -> Result<Option<PrivateDocument>, ApiError> {
    match answer {
        Ok(found) => Ok(Some(found)),
        Err(PrivateError::NoDocument { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Who signs a document, each once, in the order that the facts of every form name them in.
pub(crate) fn signers(record: &Record) -> Vec<Name> {
    let mut signers: Vec<Name> = record.accounts("signers").collect();
    // An owner who ends an overdue handover alone acts for both sides.
    signers.dedup();
    signers
}

/// Whose names stand in a document: of whom it is about, of those who sign it, and in the protocol of a general meeting,
/// of those who voted against.
pub(crate) fn named(meta: &Meta, record: Option<&Record>) -> Vec<Name> {
    // The protocol of a meeting is about the cooperative, which is nobody's name.
    let about = Some(meta.username).filter(|it| *it != meta.coopname);
    let others = record.into_iter();
    let others = others.flat_map(|it| signers(it).into_iter().chain(it.accounts("opposed")));
    about.into_iter().chain(others).collect()
}

/// The cooperative as its documents name it: by the profile of its account.
///
/// # Errors
/// [`ApiError::NotConfigured`] where there is none; those of the store.
pub(crate) fn cooperative(api: &Api) -> Result<Cooperative, ApiError> {
    let (account, zone) = (api.coopname(), api.settings().zone);
    let profile = api.people()?.profile(account)?;
    let fields = profile.map(|it| it.to_json()).unwrap_or_default();
    let text = |name: &str| fields[name].as_str().map(str::to_owned);
    // Of an organization that applies elsewhere the law wants more than its own documents do.
    match (text("name"), text("short_name"), text("address")) {
        (Some(name), Some(short_name), Some(address)) => Ok(Cooperative {
            account,
            name,
            short_name,
            address,
            zone,
        }),
        _ => Err(ApiError::NotConfigured {
            what: Words::of("what.cooperative").with("account", account),
        }),
    }
}

/// What is refused about a document.
impl From<PaperError<Self>> for ApiError {
    fn from(error: PaperError<Self>) -> Self {
        match error {
            PaperError::People(error) => error,
            PaperError::Fault(fault) => fault.into(),
        }
    }
}

impl From<PaperFault> for ApiError {
    fn from(fault: PaperFault) -> Self {
        use PaperFault as F;
        let (what, why) = (
            |what: Words| Self::NotFound { what },
            |why: Words| Self::NotNow { why },
        );
        match fault {
            F::Read(error) => error.into(),
            F::Document(error) => {
                Self::field("data", Words::of("expected.facts").with("problem", error))
            }
            F::NoQuestion { id } => what(Words::of("what.decision").with("id", id)),
            F::NoProperty { id } => what(Words::of("what.property").with("id", id)),
            F::NoShare { account } => what(Words::of("what.share").with("account", account)),
            F::NoCouncil => what(Words::of("what.council")),
            F::NoSeat { account } => what(Words::of("what.seat").with("account", account)),
            F::OtherSymbol { symbol } => {
                let example = coop_papers::sum_in(symbol);
                Self::field(
                    "data",
                    Words::of("expected.symbol").with("example", example),
                )
            }
            F::OtherState { id, status } => {
                why(Words::of("now.step").with("id", id).with("status", status))
            }
            F::UnknownEffect { id, kind } => {
                why(Words::of("now.effect").with("id", id).with("kind", kind))
            }
            other => Self::internal(&other),
        }
    }
}
