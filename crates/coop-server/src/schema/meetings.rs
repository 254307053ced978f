//! `generateFoundingProtocol`, `generateElectionProtocol`, `generateCharterProtocol`, `getMeetingProtocols`,
//! `signMeetingProtocol`, `submitFoundingProtocol`, `submitElectionProtocol`, `submitCharterProtocol`: protocols of
//! general meetings, from the facts to the chain.
//!
//! The office has a protocol made; each of its signers finds it, reads it and signs it. Once all have, a transaction of
//! the cooperative brings it to the chain.

use super::decisions::pushed;
use super::joint::{Joint, collected};
use super::seats::{self, kept_seats, shown_seats};
use super::submissions::deliver;
use crate::actions::TakenAction;
use crate::api::Api;
use crate::caller::{May, acting, api, caller};
use crate::error::ApiError;
use crate::fields;
use crate::policy::Operation;
use crate::stored::{self, StoredPeople};
use crate::transaction::Sent;
use crate::types::decision::PushedTransaction;
use crate::types::document::{DocumentMeta, DocumentOf};
use crate::types::generate::{GenerateDocumentOptionsInput, RegenerateInput};
use crate::types::joint::SignDocumentInput;
use crate::types::meeting::{
    CharterProtocolInput, CharterRules, ElectedBoard, ElectionProtocolInput, FoundingProtocolInput,
    MeetingProtocol,
};
use crate::types::submit::SubmitDocumentInput;
use crate::written::Wanted;
use antelope_types::{Encode, Name, TimePoint};
use async_graphql::{Context, Object};
use coop_documents::{CharterProtocol, ElectionProtocol, Form, FoundingProtocol};
use coop_language::Words;
use coop_model::catalogue::registry;
use coop_model::council::board;
use coop_model::{Charter, Seat, Subject, list_hash, parameters};
use coop_papers::{Facts, PaperError};
use coop_private::PrivateDocument;

/// The part of an input that has the transaction.
const FIELD: &str = "data.transaction";
/// The most participants who voted against, whom a protocol records.
const MAX_AGAINST: usize = 500;
/// The version of the first council.
const FIRST: u64 = 1;

static PROTOCOLS: Joint = Joint {
    forms: &[registry::MEETING],
    term: parameters::MEETING_SECONDS,
};

/// A document of any form.
type Paper = DocumentOf<DocumentMeta>;
/// How it is made.
type Options = Option<GenerateDocumentOptionsInput>;
/// The facts of the server.
type StoredFacts<'a, 'b> = Facts<'a, StoredPeople<'b>>;
/// What the facts give of a form.
type Formed<F> = Result<F, PaperError<ApiError>>;

/// Queries about meetings.
#[derive(Default)]
pub(crate) struct MeetingQueries;

/// Mutations of meetings.
#[derive(Default)]
pub(crate) struct MeetingMutations;

#[Object]
impl MeetingQueries {
    /// Protocols of general meetings that are not on the chain yet and that it would still take, the newest first: those
    /// that one signs, or for the office, all.
    #[graphql(
        guard = "May(Operation::GetMeetingProtocols)",
        complexity = "10 + child_complexity"
    )]
    async fn get_meeting_protocols(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only those that this account signs.")] username: Option<String>,
    ) -> Result<Vec<MeetingProtocol>, ApiError> {
        let (api, caller) = (api(context)?, caller(context)?);
        let asked = fields::account_if("username", username.as_ref())?;
        let operation = Operation::GetMeetingProtocols;
        let (who, signer) = (caller.username()?, caller.only(operation, asked)?);
        let found = api.work(move |api| {
            let (mut protocols, mut named) = (Vec::new(), Vec::new());
            for kept in waiting(api, signer)? {
                if let Some(protocol) = shown(api, &kept)? {
                    protocols.push(protocol);
                    named.extend(stored::named(&kept.document.meta, kept.record.as_ref()));
                }
            }
            api.write_down(who, operation, &named)?;
            Ok(protocols)
        });
        found.await
    }
}

#[Object]
impl MeetingMutations {
    /// Makes the protocol of the founding meeting, which all founders sign. Fees and charter are those that the
    /// cooperative is registered with.
    #[graphql(guard = "May(Operation::GenerateFoundingProtocol)")]
    async fn generate_founding_protocol(
        &self,
        context: &Context<'_>,
        data: FoundingProtocolInput,
        options: Options,
    ) -> Result<Paper, ApiError> {
        let operation = Operation::GenerateFoundingProtocol;
        let (api, who) = acting(context, operation, &data.coopname, &data.username)?;
        let bounds = (parameters::MIN_FOUNDERS, parameters::MAX_FOUNDERS);
        let founders = fields::accounts("data.founders", &data.founders, bounds)?;
        let members = list_hash(&founders);
        let is_it = move |it, _: &_| matches!(it, Subject::Founders(it) if it.members == members);
        let wanted = wanted(api, (who, operation), data.again, options)?;
        make(api, wanted, is_it, move |api, facts, held_at| {
            founding(api, facts, &founders, held_at)
        })
        .await
    }

    /// Makes the protocol of a general meeting that elected a board; everyone elected signs it. That of the first
    /// council is signed by all participants, who are the founders.
    #[graphql(guard = "May(Operation::GenerateElectionProtocol)")]
    async fn generate_election_protocol(
        &self,
        context: &Context<'_>,
        data: ElectionProtocolInput,
        options: Options,
    ) -> Result<Paper, ApiError> {
        let operation = Operation::GenerateElectionProtocol;
        let (api, who) = acting(context, operation, &data.coopname, &data.username)?;
        let kind = seats::kind("data.board", &data.board)?;
        let seats = seats::read("data.seats", kind, &data.seats)?;
        let members = list_hash(&seats);
        let is_it = move |it, _: &_| matches!(it, Subject::Board(it) if it.kind == kind && it.members == members);
        let wanted = wanted(api, (who, operation), data.again, options)?;
        make(api, wanted, is_it, move |api, facts, held_at| {
            election(api, facts, (kind, &seats), held_at)
        })
        .await
    }

    /// Makes the protocol of a general meeting that changed what the charter says about decisions; those who voted for
    /// it sign.
    #[graphql(guard = "May(Operation::GenerateCharterProtocol)")]
    async fn generate_charter_protocol(
        &self,
        context: &Context<'_>,
        data: CharterProtocolInput,
        options: Options,
    ) -> Result<Paper, ApiError> {
        let operation = Operation::GenerateCharterProtocol;
        let (api, who) = acting(context, operation, &data.coopname, &data.username)?;
        let charter = charter_of(&data)?;
        let voters = Voters::read(&data)?;
        let of = voters.clone();
        let is_it = move |it, kept: &_| {
            matches!(it, Subject::Charter(it) if it.charter == charter) && of.are_those_of(kept)
        };
        let wanted = wanted(api, (who, operation), data.again, options)?;
        make(api, wanted, is_it, move |api, facts, held_at| {
            voters.protocol(api, facts, charter, held_at)
        })
        .await
    }

    /// Signs the protocol of a general meeting: the caller's signature is kept with it, in the place of an earlier one.
    #[graphql(guard = "May(Operation::SignMeetingProtocol)")]
    async fn sign_meeting_protocol(
        &self,
        context: &Context<'_>,
        data: SignDocumentInput,
    ) -> Result<MeetingProtocol, ApiError> {
        let operation = Operation::SignMeetingProtocol;
        PROTOCOLS.sign(context, operation, data, shown).await
    }

    /// Makes the founders participants by the protocol that all of them have signed. The transaction is the
    /// cooperative's.
    #[graphql(guard = "May(Operation::SubmitFoundingProtocol)")]
    async fn submit_founding_protocol(
        &self,
        context: &Context<'_>,
        data: SubmitDocumentInput,
    ) -> Result<PushedTransaction, ApiError> {
        submit(context, Operation::SubmitFoundingProtocol, data, |it| {
            matches!(it, Subject::Founders(_))
        })
        .await
    }

    /// Submits a board by the protocol that everyone elected has signed, or seats the first council by the one that all
    /// founders have signed. The transaction is the cooperative's.
    #[graphql(guard = "May(Operation::SubmitElectionProtocol)")]
    async fn submit_election_protocol(
        &self,
        context: &Context<'_>,
        data: SubmitDocumentInput,
    ) -> Result<PushedTransaction, ApiError> {
        submit(context, Operation::SubmitElectionProtocol, data, |it| {
            matches!(it, Subject::Board(_))
        })
        .await
    }

    /// Changes what the charter says about decisions by the protocol that all who were present have signed. The
    /// transaction is the cooperative's.
    #[graphql(guard = "May(Operation::SubmitCharterProtocol)")]
    async fn submit_charter_protocol(
        &self,
        context: &Context<'_>,
        data: SubmitDocumentInput,
    ) -> Result<PushedTransaction, ApiError> {
        submit(context, Operation::SubmitCharterProtocol, data, |it| {
            matches!(it, Subject::Charter(_))
        })
        .await
    }
}

/// A protocol that an operation writes for who asks.
fn wanted(
    api: &Api,
    asked: (Name, Operation),
    again: RegenerateInput,
    options: Options,
) -> Result<Wanted, ApiError> {
    Wanted::new(asked, (api.coopname(), registry::MEETING), again, options)
}

/// Writes a protocol: `is_it` knows one that was made before, by its subject and its facts; `form` gathers the facts of a new one with
/// the moment at which the meeting is held.
async fn make<F: Form + 'static>(
    api: &Api,
    wanted: Wanted,
    is_it: impl Fn(Subject, &PrivateDocument) -> bool + Send + 'static,
    form: impl FnOnce(&Api, &StoredFacts<'_, '_>, TimePoint) -> Formed<F> + Send + 'static,
) -> Result<Paper, ApiError> {
    let written = api.work(move |api| {
        // A draft is kept with the cooperative, which is never erased as a person is.
        PROTOCOLS.forget(api, api.coopname())?;
        let is_it = |it: &PrivateDocument| {
            let subject = it.document.meta.subject;
            subject.is_some_and(|subject| is_it(subject, it))
        };
        wanted.write(api, is_it, |facts, held_at| {
            let form = form(api, facts, held_at)?;
            Ok(Box::new(form) as Box<dyn Form>)
        })
    });
    Ok(written.await?.any())
}

/// The protocol of the founding, which is held once.
fn founding(
    api: &Api,
    facts: &StoredFacts<'_, '_>,
    founders: &[Name],
    held_at: TimePoint,
) -> Formed<FoundingProtocol> {
    match facts.coop()?.participants {
        0 => facts.founding(founders, held_at),
        _ => {
            let why = Words::of("now.founded").with("account", api.coopname());
            Err(PaperError::People(ApiError::NotNow { why }))
        }
    }
}

/// The protocol of an election: of the first council where there is none, else of the next board.
fn election(
    api: &Api,
    facts: &StoredFacts<'_, '_>,
    (kind, seats): (Name, &[Seat]),
    held_at: TimePoint,
) -> Formed<ElectionProtocol> {
    seats::require_eligible(api, "data.seats", seats).map_err(PaperError::People)?;
    let cooperative = api.cooperative().map_err(PaperError::People)?;
    let (version, is_founding) = match cooperative.council()? {
        Some(council) => (council.last_board + 1, false),
        None if kind == board::COUNCIL => (FIRST, true),
        None => {
            let refused = ApiError::field("data.board", Words::of("expected.first_council"));
            return Err(PaperError::People(refused));
        }
    };
    facts.election((kind, version), seats, is_founding, held_at)
}

/// Who voted for a charter and against it.
#[derive(Clone)]
struct Voters {
    present: Vec<Name>,
    against: Vec<Name>,
}

impl Voters {
    fn read(data: &CharterProtocolInput) -> Result<Self, ApiError> {
        let against = data.against.as_deref().unwrap_or_default();
        let most = parameters::MAX_SIGNATURES;
        let present = fields::accounts("data.present", &data.present, (1, most))?;
        let against = fields::accounts("data.against", against, (0, MAX_AGAINST))?;
        match against.iter().find(|it| present.contains(it)) {
            None => Ok(Self { present, against }),
            Some(account) => {
                let expected = Words::of("expected.once").with("account", account);
                Err(ApiError::field("data.against", expected))
            }
        }
    }

    /// Whether a protocol names these and nobody else: its document binds itself to the charter alone.
    fn are_those_of(&self, kept: &PrivateDocument) -> bool {
        let record = kept.record.as_ref();
        record.is_some_and(|it| {
            it.accounts("signers").eq(self.present.iter().copied())
                && it.accounts("opposed").eq(self.against.iter().copied())
        })
    }

    fn protocol(
        &self,
        api: &Api,
        facts: &StoredFacts<'_, '_>,
        charter: Charter,
        held_at: TimePoint,
    ) -> Formed<CharterProtocol> {
        self.require_enough(api).map_err(PaperError::People)?;
        facts.charter(charter, &self.present, &self.against, held_at)
    }

    /// That all of them may vote, and that the chain would take the signatures of those who were for it.
    fn require_enough(&self, api: &Api) -> Result<(), ApiError> {
        let participants = |_: &_| true;
        seats::require_active(api, "data.present", &self.present, participants)?;
        seats::require_active(api, "data.against", &self.against, participants)?;
        let needed = super::elections::charter(api)?.signatures_needed;
        let needed = needed.ok_or_else(|| ApiError::not_found("what.council"))?;
        match self.present.len() >= needed as usize {
            true => Ok(()),
            false => {
                let expected = Words::of("expected.count")
                    .with("least", needed)
                    .with("most", parameters::MAX_SIGNATURES);
                Err(ApiError::field("data.present", expected))
            }
        }
    }
}

/// What a charter is to say.
fn charter_of(data: &CharterProtocolInput) -> Result<Charter, ApiError> {
    let most = u32::from(parameters::MAX_QUORUM_PERCENT);
    let quorum_percent = fields::at_most("data.quorum_percent", data.quorum_percent, most)?;
    let most = parameters::MAX_BOARD_SUPPORT;
    Ok(Charter {
        quorum_percent: u8::try_from(quorum_percent).unwrap_or_default(),
        board_support: fields::at_most("data.board_support", data.board_support, most)?,
    })
}

/// The protocols that wait, of those that this account signs or of all. Those that the chain would not take any more,
/// because another board was submitted or a later meeting has changed the charter, are left out.
fn waiting(api: &Api, signer: Option<Name>) -> Result<Vec<PrivateDocument>, ApiError> {
    let cooperative = api.cooperative()?;
    let council = cooperative.council()?;
    let version = council.map_or(FIRST, |it| it.last_board + 1);
    let row = cooperative.coop()?;
    let is_founded = row.as_ref().is_some_and(|it| it.participants > 0);
    let charter_at = row.map(|it| it.meeting_at);
    PROTOCOLS.waiting(api, api.coopname(), |kept| {
        let meta = &kept.document.meta;
        let is_taken = match meta.subject {
            Some(Subject::Founders(_)) => !is_founded,
            Some(Subject::Board(of)) => of.version == version,
            Some(Subject::Charter(_)) => Some(meta.created_at) > charter_at,
            _ => false,
        };
        is_taken && signer.is_none_or(|it| signers(kept).contains(&it))
    })
}

/// Who signs a protocol.
fn signers(kept: &PrivateDocument) -> Vec<Name> {
    kept.record
        .as_ref()
        .map(stored::signers)
        .unwrap_or_default()
}

/// A protocol as the schema has it; `None` for another document, and for one without its facts.
fn shown(api: &Api, kept: &PrivateDocument) -> Result<Option<MeetingProtocol>, ApiError> {
    let (mut founders, mut election, mut charter) = (Vec::new(), None, None);
    match kept.document.meta.subject {
        Some(Subject::Founders(_)) => {
            founders = signers(kept).iter().map(Name::to_string).collect();
        }
        Some(Subject::Board(of)) => {
            election = Some(ElectedBoard {
                board: of.kind.to_string(),
                version: fields::float(of.version),
                seats: shown_seats(kept_seats(kept, &of.members).unwrap_or_default()),
            });
        }
        Some(Subject::Charter(of)) => charter = Some(CharterRules::of(of.charter)),
        _ => return Ok(None),
    }
    let collected = collected(api, kept)?;
    Ok(collected.map(|collected| MeetingProtocol {
        collected,
        founders,
        election,
        charter,
    }))
}

/// The action that takes a protocol, and its arguments before the document; `None` for another document.
fn taking(coopname: Name, kept: &PrivateDocument) -> Option<(TakenAction, Vec<u8>)> {
    match kept.document.meta.subject? {
        Subject::Founders(of) => {
            let founders = signers(kept);
            let is_it = list_hash(&founders) == of.members;
            is_it.then(|| (TakenAction::RegFounders, (coopname, founders).to_bytes()))
        }
        Subject::Board(of) => {
            let seats = kept_seats(kept, &of.members)?;
            // The first one sits at once, and each later one is submitted.
            Some(match of.version {
                FIRST => (TakenAction::CreateBoard, (coopname, seats).to_bytes()),
                _ => (
                    TakenAction::UpdateBoard,
                    (coopname, of.kind, seats).to_bytes(),
                ),
            })
        }
        Subject::Charter(of) => Some((TakenAction::SetCharter, (coopname, of.charter).to_bytes())),
        _ => None,
    }
}

/// Sends a protocol that all of its signers have signed: the transaction of the cooperative, with exactly the document
/// that was made here.
async fn submit(
    context: &Context<'_>,
    operation: Operation,
    data: SubmitDocumentInput,
    is_it: fn(Subject) -> bool,
) -> Result<PushedTransaction, ApiError> {
    let (api, who) = acting(context, operation, &data.coopname, &data.username)?;
    let hash = fields::hash("data.hash", &data.hash)?;
    let sent = Sent::read(FIELD, &data.transaction)?;
    let pushed = api.work(move |api| {
        let none = || ApiError::not_found("what.meeting");
        let kept = stored::document(api, &hash)?.ok_or_else(none)?;
        let meta = &kept.document.meta;
        if meta.registry_id != registry::MEETING || !meta.subject.is_some_and(is_it) {
            return Err(none());
        }
        let (action, arguments) = taking(api.coopname(), &kept).ok_or_else(none)?;
        let action = action.at(api.contracts());
        let by = (api.coopname(), api.coopname());
        let document = sent.document(by, action, &arguments, hash)?;
        let mut signers = signers(&kept);
        let mut signed: Vec<_> = document.signatures.iter().map(|it| it.signer).collect();
        signers.sort_unstable();
        signed.sort_unstable();
        // The contracts ask for fewer under a charter; its text says that all have signed.
        if signed != signers {
            let names: Vec<_> = signers.iter().map(Name::to_string).collect();
            let words = Words::of("expected.all_signers").with("accounts", names.join(", "));
            return Err(ApiError::field(format!("{FIELD}.data"), words));
        }
        let named = stored::named(meta, kept.record.as_ref());
        let trace = deliver(api, (who, operation), &sent, &document, &named)?;
        Ok(pushed(api, &trace, |_| Ok(None)))
    });
    pushed.await
}
