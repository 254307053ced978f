//! `generateParticipantApplication` and its siblings: agreements, statements, proposals and acts, to be signed by whom
//! they are of.
//!
//! The table below has a row for each: its operation, the number of its form, what it is asked for, and how the facts
//! give it.

use crate::api::Api;
use crate::caller::{May, api, caller};
use crate::error::ApiError;
use crate::fields;
use crate::policy::Operation;
use crate::stored::StoredPeople;
use crate::types::document::{ApplicationMeta, DocumentMeta, DocumentOf};
use crate::types::generate::{
    GenerateDocumentOptionsInput, ParticipantApplicationGenerateDocumentInput, RegenerateInput,
};
use crate::types::statement::{
    AgreementInput, AssetContributionInput, BlockProposalInput, MoneyInput, MoveInput,
    PropertyInput, StatementInput,
};
use crate::written::{Wanted, Written};
use antelope_types::{Asset, Name, PublicKey, name};
use async_graphql::{Context, Object};
use coop_documents::{AgreementKind, Form, MAX_FACT, Thing};
use coop_language::Words;
use coop_model::Subject;
use coop_model::catalogue::registry;
use coop_papers::{Facts, PaperError};
use coop_private::PrivateDocument;

/// Mutations that make statements.
#[derive(Default)]
pub(crate) struct StatementMutations;

/// The mutation that makes an application, which says more about itself.
#[derive(Default)]
pub(crate) struct ApplicationMutations;

/// A document of any form.
type Paper = DocumentOf<DocumentMeta>;
/// How it is made.
type Options = Option<GenerateDocumentOptionsInput>;
/// What the facts give.
type Formed = Result<Box<dyn Form>, PaperError<ApiError>>;
/// The facts of the server.
type StoredFacts<'a, 'b> = Facts<'a, StoredPeople<'b>>;

/// Gathers the facts of a document.
type Gather = dyn FnOnce(&Api, &StoredFacts<'_, '_>, Parties) -> Formed + Send;

/// For whom a document is made.
#[derive(Clone, Copy)]
struct Parties {
    /// Who asks for it.
    who: Name,
    /// Whom it is asked about.
    account: Name,
}

/// What is asked for.
struct Request {
    /// Whom the document names; whom it is asked about where that is `None`.
    names: Option<Name>,
    /// Whether a document that was made before is this one, by its subject.
    is_it: Box<dyn Fn(Option<Subject>) -> bool + Send>,
    /// Gathers its facts.
    form: Box<Gather>,
}

impl Request {
    /// A document of this form.
    fn new<F: Form + 'static>(
        form: impl FnOnce(&Api, &StoredFacts<'_, '_>, Parties) -> Result<F, PaperError<ApiError>>
        + Send
        + 'static,
    ) -> Self {
        let boxed = |it| Box::new(it) as Box<dyn Form>;
        Self {
            names: None,
            is_it: Box::new(|_| true),
            form: Box::new(move |api, facts, parties| form(api, facts, parties).map(boxed)),
        }
    }

    /// Of several that were made before, the one with this subject.
    fn about(mut self, is_it: impl Fn(Subject) -> bool + Send + 'static) -> Self {
        self.is_it = Box::new(move |subject| subject.is_some_and(&is_it));
        self
    }
}

macro_rules! papers {
    ($($(#[$doc:meta])+ $method:ident($input:ty): $operation:ident = $form:ident of $request:expr;)+) => {
        #[Object]
        impl StatementMutations {$(
            $(#[$doc])+
            #[graphql(guard = May(Operation::$operation))]
            async fn $method(
                &self,
                context: &Context<'_>,
                data: $input,
                options: Options,
            ) -> Result<Paper, ApiError> {
                let asked = asked(context, Operation::$operation, (&data.coopname, &data.username))?;
                let request: fn(&$input) -> Result<Request, ApiError> = $request;
                let request = request(&data)?;
                Ok(asked.write(registry::$form, data.again, options, request).await?.any())
            }
        )+}
    };
}

papers! {
    /// Makes the agreement on the wallet.
    generate_wallet_agreement(AgreementInput): GenerateWalletAgreement =
        WALLET_AGREEMENT of |data| agreement(AgreementKind::Wallet, data);

    /// Makes the agreement on electronic signatures.
    generate_signature_agreement(AgreementInput): GenerateSignatureAgreement =
        SIGNATURE_AGREEMENT of |data| agreement(AgreementKind::Signature, data);

    /// Makes the agreement on personal data.
    generate_privacy_agreement(AgreementInput): GeneratePrivacyAgreement =
        PRIVACY_AGREEMENT of |data| agreement(AgreementKind::Privacy, data);

    /// Makes the agreement on the statutes.
    generate_user_agreement(AgreementInput): GenerateUserAgreement =
        STATUTES_AGREEMENT of |data| agreement(AgreementKind::Statutes, data);

    /// Makes the statement of a share contribution in money.
    generate_money_contribution_statement(MoneyInput): GenerateMoneyContributionStatement =
        MONEY_STATEMENT of |data| {
            let quantity = sum("data.quantity", &data.quantity)?;
            let request = Request::new(move |_, facts, it| facts.money_statement(it.account, quantity));
            Ok(of_sum(request, quantity))
        };

    /// Makes the statement that asks for a share in money.
    generate_return_by_money_statement(MoneyInput): GenerateReturnByMoneyStatement =
        MONEY_RETURN_STATEMENT of |data| {
            let quantity = sum("data.quantity", &data.quantity)?;
            let request =
                Request::new(move |_, facts, it| facts.money_return_statement(it.account, quantity));
            Ok(of_sum(request, quantity))
        };

    /// Makes the statement of a share contribution in property.
    generate_asset_contribution_statement(AssetContributionInput): GenerateAssetContributionStatement =
        PROPERTY_STATEMENT of offer;

    /// Makes the statement that asks for property back.
    generate_return_by_asset_statement(PropertyInput): GenerateReturnByAssetStatement =
        PROPERTY_RETURN_STATEMENT of |data| {
            let id = fields::number("data.property_id", data.property_id)?;
            let request =
                Request::new(move |_, facts, it| facts.property_return_statement(it.account, id));
            Ok(request.about(move |it| matches!(it, Subject::Return(it) if it.property_id == id)))
        };

    /// Makes the statement of exit, with the whole share.
    generate_exit_statement(StatementInput): GenerateExitStatement =
        EXIT_STATEMENT of |_| {
            Ok(Request::new(|_, facts, it| facts.exit_statement(it.account)))
        };

    /// Makes the statement of a new account of a participant who lost the key; the new account signs it. Whoever cannot
    /// log in to the old account any more asks the office.
    generate_move_statement(MoveInput): GenerateMoveStatement =
        MOVE_STATEMENT of |data| {
            let new = fields::account("data.new_username", &data.new_username)?;
            let request = Request::new(move |_, facts, it| facts.move_statement(it.account, new));
            Ok(request.about(move |it| matches!(it, Subject::Move(it) if it.newname == new)))
        };

    /// Makes the proposal of a member of the council to block a participant, or to block them no longer.
    generate_block_proposal(BlockProposalInput): GenerateBlockProposal = BLOCK_PROPOSAL of blocking;

    /// Makes the act by which the cooperative gets a thing; the owner and the caller sign it.
    generate_asset_contribution_act(PropertyInput): GenerateAssetContributionAct =
        ACCEPTANCE_ACT of |data| act(data, true);

    /// Makes the act by which the owner gets a thing back; the owner and the caller sign it. Once the handover is overdue,
    /// the owner has it made and signs it alone.
    generate_return_by_asset_act(PropertyInput): GenerateReturnByAssetAct =
        HANDOVER_ACT of |data| act(data, false);
}

#[Object]
impl ApplicationMutations {
    /// Makes the application of who joins.
    #[graphql(guard = "May(Operation::GenerateParticipantApplication)")]
    async fn generate_participant_application(
        &self,
        context: &Context<'_>,
        data: ParticipantApplicationGenerateDocumentInput,
        options: Options,
    ) -> Result<DocumentOf<ApplicationMeta>, ApiError> {
        let mut options = options.unwrap_or_default();
        options.skip_save = options.skip_save.or(data.skip_save);
        let operation = Operation::GenerateParticipantApplication;
        let asked = asked(context, operation, (&data.coopname, &data.username))?;
        let request = Request {
            names: None,
            is_it: Box::new(|_| true),
            form: Box::new(|api, facts, it| {
                let key = key(api, it.account, None).map_err(PaperError::People)?;
                Ok(facts.application(it.account, &key)?.statement)
            }),
        };
        let written = asked.write(registry::STATEMENT, data.again, Some(options), request);
        Ok(written.await?.application())
    }
}

fn agreement(kind: AgreementKind, data: &AgreementInput) -> Result<Request, ApiError> {
    let given = data.public_key.as_deref().map(str::parse::<PublicKey>);
    let refused = |_| ApiError::field("data.public_key", Words::of("expected.key"));
    let given = given.transpose().map_err(refused)?;
    Ok(Request::new(move |api, facts, it| {
        let key = key(api, it.account, given).map_err(PaperError::People)?;
        facts.agreement(kind, it.account, &key)
    }))
}

fn of_sum(request: Request, quantity: Asset) -> Request {
    request.about(move |it| matches!(it, Subject::Money(it) if it.quantity == quantity))
}

fn offer(data: &AssetContributionInput) -> Result<Request, ApiError> {
    let thing = Thing {
        description: fields::text("data.description", &data.description, MAX_FACT)?,
        valuation: sum("data.valuation", &data.valuation)?,
    };
    let (hash, valuation) = (thing.hash(), thing.valuation);
    let request = Request::new(move |_, facts, it| facts.property_statement(it.account, thing));
    Ok(request.about(move |it| {
        matches!(it, Subject::Property(it) if it.description == hash && it.valuation == valuation)
    }))
}

fn blocking(data: &BlockProposalInput) -> Result<Request, ApiError> {
    let participant = fields::account("data.participant", &data.participant)?;
    let reason = fields::text("data.reason", &data.reason, MAX_FACT)?;
    let is_blocked = data.is_blocked;
    let request = Request::new(move |_, facts, it| {
        facts.block_proposal(it.account, participant, is_blocked, &reason)
    });
    let request =
        request.about(move |it| matches!(it, Subject::Block(it) if it.is_blocked == is_blocked));
    Ok(Request {
        names: Some(participant),
        ..request
    })
}

fn act(data: &PropertyInput, is_acceptance: bool) -> Result<Request, ApiError> {
    let id = fields::number("data.property_id", data.property_id)?;
    // Who acts for the cooperative is the caller; whether they may is for the chain to say.
    let request = Request::new(move |_, facts, it| {
        let act = match is_acceptance {
            true => facts.acceptance(id, it.who)?,
            false => facts.handover(id, it.who)?,
        };
        match act.account() == it.account {
            true => Ok(act),
            false => {
                let expected = Words::of("expected.owner").with("id", id);
                let refused = ApiError::field("data.username", expected);
                Err(PaperError::People(refused))
            }
        }
    });
    Ok(request.about(move |it| matches!(it, Subject::Act(it) if it.property_id == id)))
}

/// An operation that somebody asks for.
struct Asked<'a> {
    api: &'a Api,
    operation: Operation,
    parties: Parties,
}

/// That the caller may have it made about this person; before anything else is read.
fn asked<'a>(
    context: &Context<'a>,
    operation: Operation,
    (coopname, username): (&str, &str),
) -> Result<Asked<'a>, ApiError> {
    let (api, caller) = (api(context)?, caller(context)?);
    fields::cooperative("data.coopname", coopname, api.coopname())?;
    let account = fields::account("data.username", username)?;
    caller.may_about(operation, account)?;
    let who = caller.username()?;
    Ok(Asked {
        api,
        operation,
        parties: Parties { who, account },
    })
}

impl Asked<'_> {
    /// Writes a document of this form.
    async fn write(
        self,
        form: u64,
        again: RegenerateInput,
        options: Options,
        request: Request,
    ) -> Result<Written, ApiError> {
        let parties = self.parties;
        let of = (request.names.unwrap_or(parties.account), form);
        let wanted = Wanted::new((parties.who, self.operation), of, again, options)?;
        let written = self.api.work(move |api| {
            let Request { is_it, form, .. } = request;
            let is_it = |kept: &PrivateDocument| is_it(kept.document.meta.subject);
            wanted.write(api, is_it, |facts, _| form(api, facts, parties))
        });
        written.await
    }
}

/// The key that a person signs with: the one that is given, that the account has registered with, or that the chain
/// has.
fn key(api: &Api, account: Name, given: Option<PublicKey>) -> Result<PublicKey, ApiError> {
    if let Some(key) = given {
        return Ok(key);
    }
    let entry = api.store().account(account)?;
    if let Some(key) = entry.and_then(|it| it.public_key) {
        return Ok(key);
    }
    let found = api.node()?.find_account(account)?;
    let active = found.as_ref().and_then(|it| it.permission(name!("active")));
    let key = active.and_then(|it| it.required_auth.keys.first()?.key.key().cloned());
    key.ok_or_else(|| ApiError::not_found("what.key"))
}

fn sum(field: &'static str, text: &str) -> Result<Asset, ApiError> {
    let found = text.parse::<Asset>().ok().filter(|it| it.amount > 0);
    found.ok_or_else(|| ApiError::field(field, Words::of("expected.sum")))
}
