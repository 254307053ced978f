//! What of the sample cooperative is not on the chain: who its people are, and what its documents say.

use antelope_types::{Encode, Name, base64};
use coop_documents::{Applicant, Cooperative, Person, Record, Rendered};
use coop_model::Document;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::{fs, io, path::Path};

/// The file in the folder of the documents.
const FILE: &str = "off-chain.json";

/// People and documents of the sample, all of them invented.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct OffChain {
    /// The cooperative and its people.
    pub profiles: Vec<OffChainProfile>,
    /// The documents that were signed.
    pub documents: Vec<OffChainDocument>,
}

/// Who somebody is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OffChainProfile {
    /// The account.
    pub account: Name,
    /// The fields of a [`coop_documents::Profile`].
    pub fields: Value,
}

/// A document with its text.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OffChainDocument {
    /// The packed [`Document`], with its signatures, in base64.
    pub document: String,
    /// The text whose hash is signed.
    pub text: String,
    /// The facts of the text.
    pub record: Record,
    /// Of a proposal: the question and the decision.
    pub proposal: Option<[String; 2]>,
}

impl OffChain {
    /// Reads the file in a folder of documents; `None` where there is none.
    ///
    /// # Errors
    /// Those of reading it, and of a file that is something else.
    pub fn read(documents: &Path) -> io::Result<Option<Self>> {
        match fs::read(documents.join(FILE)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
            Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
        }
    }

    /// Writes the file.
    pub(crate) fn write(&self, documents: &Path) -> io::Result<()> {
        fs::write(documents.join(FILE), serde_json::to_vec(self)?)
    }

    /// Adds the cooperative.
    pub(crate) fn add_cooperative(&mut self, cooperative: &Cooperative) {
        let fields = json!({
            "kind": "organization",
            "name": cooperative.name,
            "short_name": cooperative.short_name,
            "address": cooperative.address,
        });
        self.add(cooperative.account, fields);
    }

    /// Adds somebody of whom the name is known. They log in by an address that follows from the account.
    pub(crate) fn add_person(&mut self, person: &Person) {
        let mut fields = name(person);
        fields["email"] = json!(format!("{}@example.org", person.account));
        self.add(person.account, fields);
    }

    /// Adds somebody who has applied for admission.
    pub(crate) fn add_applicant(&mut self, applicant: &Applicant) {
        let mut fields = name(&applicant.person);
        fields["birth_date"] = json!(applicant.birth_date.to_string());
        fields["address"] = json!(applicant.address);
        fields["phone"] = json!(applicant.phone);
        fields["email"] = json!(applicant.email);
        self.add(applicant.person.account, fields);
    }

    fn add(&mut self, account: Name, fields: Value) {
        self.profiles.push(OffChainProfile { account, fields });
    }
}

impl OffChainDocument {
    /// A document that was signed.
    pub(crate) fn new(document: &Document, rendered: &Rendered) -> Self {
        let text_of = |field: &str| rendered.record.facts[field].as_str().map(str::to_owned);
        let is_proposal = rendered.meta.registry_id == coop_model::catalogue::registry::PROPOSAL;
        let proposal = match (text_of("question"), text_of("decision")) {
            (Some(question), Some(decision)) if is_proposal => Some([question, decision]),
            _ => None,
        };
        Self {
            document: base64::encode(&document.to_bytes()),
            text: rendered.text.clone(),
            record: rendered.record.clone(),
            proposal,
        }
    }
}

fn name(person: &Person) -> Value {
    json!({
        "kind": "individual",
        "last_name": person.last_name,
        "first_name": person.first_name,
        "middle_name": person.middle_name,
    })
}
