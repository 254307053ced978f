//! `generateParticipantApplication` and its siblings: agreements, statements, proposals and acts, to be signed by whom
//! they are of.

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
use antelope_types::{Asset, Name, PublicKey, TimePoint, name};
use async_graphql::{Context, Object};
use coop_documents::{AgreementKind, Form, Thing};
use coop_language::Words;
use coop_model::Subject;
use coop_model::catalogue::registry;
use coop_papers::{Facts, PaperError};

/// Mutations that make statements.
#[derive(Default)]
pub(crate) struct StatementMutations;

/// A document of any form.
type Paper = DocumentOf<DocumentMeta>;
/// How it is made.
type Options = Option<GenerateDocumentOptionsInput>;
/// What the facts give.
type Formed = Result<Box<dyn Form>, PaperError<ApiError>>;
/// The facts of the server.
type StoredFacts<'a, 'b> = Facts<'a, StoredPeople<'b>>;

#[Object]
impl StatementMutations {
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
        let asked = asked(
            context,
            operation,
            (&data.coopname, &data.username),
            registry::STATEMENT,
        )?;
        let (wanted, account) = (asked.wanted(data.again, Some(options))?, asked.account);
        let written = api(context)?.work(move |api| {
            let key = key(api, account, None)?;
            wanted.write(
                api,
                |_| true,
                |facts, _| Ok(facts.application(account, &key)?.statement),
            )
        });
        Ok(written.await?.application())
    }

    /// Makes the agreement on the wallet.
    #[graphql(guard = "May(Operation::GenerateWalletAgreement)")]
    async fn generate_wallet_agreement(
        &self,
        context: &Context<'_>,
        data: AgreementInput,
        options: Options,
    ) -> Result<Paper, ApiError> {
        agreement(
            context,
            Operation::GenerateWalletAgreement,
            (AgreementKind::Wallet, registry::WALLET_AGREEMENT),
            data,
            options,
        )
        .await
    }

    /// Makes the agreement on electronic signatures.
    #[graphql(guard = "May(Operation::GenerateSignatureAgreement)")]
    async fn generate_signature_agreement(
        &self,
        context: &Context<'_>,
        data: AgreementInput,
        options: Options,
    ) -> Result<Paper, ApiError> {
        let number = registry::SIGNATURE_AGREEMENT;
        agreement(
            context,
            Operation::GenerateSignatureAgreement,
            (AgreementKind::Signature, number),
            data,
            options,
        )
        .await
    }

    /// Makes the agreement on personal data.
    #[graphql(guard = "May(Operation::GeneratePrivacyAgreement)")]
    async fn generate_privacy_agreement(
        &self,
        context: &Context<'_>,
        data: AgreementInput,
        options: Options,
    ) -> Result<Paper, ApiError> {
        agreement(
            context,
            Operation::GeneratePrivacyAgreement,
            (AgreementKind::Privacy, registry::PRIVACY_AGREEMENT),
            data,
            options,
        )
        .await
    }

    /// Makes the agreement on the statutes.
    #[graphql(guard = "May(Operation::GenerateUserAgreement)")]
    async fn generate_user_agreement(
        &self,
        context: &Context<'_>,
        data: AgreementInput,
        options: Options,
    ) -> Result<Paper, ApiError> {
        let number = registry::STATUTES_AGREEMENT;
        agreement(
            context,
            Operation::GenerateUserAgreement,
            (AgreementKind::Statutes, number),
            data,
            options,
        )
        .await
    }

    /// Makes the statement of a share contribution in money.
    #[graphql(guard = "May(Operation::GenerateMoneyContributionStatement)")]
    async fn generate_money_contribution_statement(
        &self,
        context: &Context<'_>,
        data: MoneyInput,
        options: Options,
    ) -> Result<Paper, ApiError> {
        let asked = asked(
            context,
            Operation::GenerateMoneyContributionStatement,
            (&data.coopname, &data.username),
            registry::MONEY_STATEMENT,
        )?;
        let quantity = sum("data.quantity", &data.quantity)?;
        let is_it = move |it: &Option<Subject>| matches!(it, Some(Subject::Money(it)) if it.quantity == quantity);
        asked
            .write(
                context,
                data.again,
                options,
                is_it,
                move |facts, account, _| boxed(facts.money_statement(account, quantity)),
            )
            .await
    }

    /// Makes the statement that asks for a share in money.
    #[graphql(guard = "May(Operation::GenerateReturnByMoneyStatement)")]
    async fn generate_return_by_money_statement(
        &self,
        context: &Context<'_>,
        data: MoneyInput,
        options: Options,
    ) -> Result<Paper, ApiError> {
        let asked = asked(
            context,
            Operation::GenerateReturnByMoneyStatement,
            (&data.coopname, &data.username),
            registry::MONEY_RETURN_STATEMENT,
        )?;
        let quantity = sum("data.quantity", &data.quantity)?;
        let is_it = move |it: &Option<Subject>| matches!(it, Some(Subject::Money(it)) if it.quantity == quantity);
        asked
            .write(
                context,
                data.again,
                options,
                is_it,
                move |facts, account, _| boxed(facts.money_return_statement(account, quantity)),
            )
            .await
    }

    /// Makes the statement of a share contribution in property.
    #[graphql(guard = "May(Operation::GenerateAssetContributionStatement)")]
    async fn generate_asset_contribution_statement(
        &self,
        context: &Context<'_>,
        data: AssetContributionInput,
        options: Options,
    ) -> Result<Paper, ApiError> {
        let asked = asked(
            context,
            Operation::GenerateAssetContributionStatement,
            (&data.coopname, &data.username),
            registry::PROPERTY_STATEMENT,
        )?;
        let thing = Thing {
            description: data.description.trim().to_owned(),
            valuation: sum("data.valuation", &data.valuation)?,
        };
        let known = thing.clone();
        let is_it = move |it: &Option<Subject>| {
            matches!(it, Some(Subject::Property(it)) if it.description == known.hash()
                && it.valuation == known.valuation)
        };
        asked
            .write(
                context,
                data.again,
                options,
                is_it,
                move |facts, account, _| boxed(facts.property_statement(account, thing)),
            )
            .await
    }

    /// Makes the statement that asks for property back.
    #[graphql(guard = "May(Operation::GenerateReturnByAssetStatement)")]
    async fn generate_return_by_asset_statement(
        &self,
        context: &Context<'_>,
        data: PropertyInput,
        options: Options,
    ) -> Result<Paper, ApiError> {
        let asked = asked(
            context,
            Operation::GenerateReturnByAssetStatement,
            (&data.coopname, &data.username),
            registry::PROPERTY_RETURN_STATEMENT,
        )?;
        let id = fields::number("data.property_id", data.property_id)?;
        let is_it = move |it: &Option<Subject>| matches!(it, Some(Subject::Return(it)) if it.property_id == id);
        asked
            .write(
                context,
                data.again,
                options,
                is_it,
                move |facts, account, _| boxed(facts.property_return_statement(account, id)),
            )
            .await
    }

    /// Makes the statement of exit, with the whole share.
    #[graphql(guard = "May(Operation::GenerateExitStatement)")]
    async fn generate_exit_statement(
        &self,
        context: &Context<'_>,
        data: StatementInput,
        options: Options,
    ) -> Result<Paper, ApiError> {
        let asked = asked(
            context,
            Operation::GenerateExitStatement,
            (&data.coopname, &data.username),
            registry::EXIT_STATEMENT,
        )?;
        asked
            .write(
                context,
                data.again,
                options,
                |_| true,
                |facts, account, _| boxed(facts.exit_statement(account)),
            )
            .await
    }

    /// Makes the statement of a new account of a participant who lost the key; the new account signs it. Whoever cannot
    /// log in to the old account any more asks the office.
    #[graphql(guard = "May(Operation::GenerateMoveStatement)")]
    async fn generate_move_statement(
        &self,
        context: &Context<'_>,
        data: MoveInput,
        options: Options,
    ) -> Result<Paper, ApiError> {
        let asked = asked(
            context,
            Operation::GenerateMoveStatement,
            (&data.coopname, &data.username),
            registry::MOVE_STATEMENT,
        )?;
        let new_account = fields::account("data.new_username", &data.new_username)?;
        let is_it = move |it: &Option<Subject>| matches!(it, Some(Subject::Move(it)) if it.newname == new_account);
        asked
            .write(
                context,
                data.again,
                options,
                is_it,
                move |facts, account, _| boxed(facts.move_statement(account, new_account)),
            )
            .await
    }

    /// Makes the proposal of a member of the council to block a participant, or to block them no longer.
    #[graphql(guard = "May(Operation::GenerateBlockProposal)")]
    async fn generate_block_proposal(
        &self,
        context: &Context<'_>,
        data: BlockProposalInput,
        options: Options,
    ) -> Result<Paper, ApiError> {
        let asked = asked(
            context,
            Operation::GenerateBlockProposal,
            (&data.coopname, &data.username),
            registry::BLOCK_PROPOSAL,
        )?;
        let participant = fields::account("data.participant", &data.participant)?;
        let (is_blocked, reason) = (data.is_blocked, data.reason);
        let (mut wanted, proposer) = (asked.wanted(data.again, options)?, asked.account);
        // Its meta names whom it is about.
        wanted.username = participant;
        let is_it = move |it: &Option<Subject>| matches!(it, Some(Subject::Block(it)) if it.is_blocked == is_blocked);
        let written = api(context)?.work(move |api| {
            wanted.write(api, is_it, |facts, _| {
                boxed(facts.block_proposal(proposer, participant, is_blocked, &reason))
            })
        });
        Ok(written.await?.any())
    }

    /// Makes the act by which the cooperative gets a thing; the owner and the caller sign it.
    #[graphql(guard = "May(Operation::GenerateAssetContributionAct)")]
    async fn generate_asset_contribution_act(
        &self,
        context: &Context<'_>,
        data: PropertyInput,
        options: Options,
    ) -> Result<Paper, ApiError> {
        act(
            context,
            (Operation::GenerateAssetContributionAct, true),
            data,
            options,
        )
        .await
    }

    /// Makes the act by which the owner gets a thing back; the owner and the caller sign it.
    #[graphql(guard = "May(Operation::GenerateReturnByAssetAct)")]
    async fn generate_return_by_asset_act(
        &self,
        context: &Context<'_>,
        data: PropertyInput,
        options: Options,
    ) -> Result<Paper, ApiError> {
        act(
            context,
            (Operation::GenerateReturnByAssetAct, false),
            data,
            options,
        )
        .await
    }
}

/// What an operation is asked for.
#[derive(Clone, Copy)]
struct Asked {
    who: Name,
    operation: Operation,
    account: Name,
    registry_id: u64,
}

/// That the caller may have it made about this person; before anything else is read.
fn asked(
    context: &Context<'_>,
    operation: Operation,
    (coopname, username): (&str, &str),
    registry_id: u64,
) -> Result<Asked, ApiError> {
    let (api, caller) = (api(context)?, caller(context)?);
    fields::cooperative("data.coopname", coopname, api.coopname())?;
    let account = fields::account("data.username", username)?;
    caller.may_about(operation, account)?;
    Ok(Asked {
        who: caller.username()?,
        operation,
        account,
        registry_id,
    })
}

impl Asked {
    /// What is to be written.
    fn wanted(self, again: RegenerateInput, options: Options) -> Result<Wanted, ApiError> {
        let (asked, of) = ((self.who, self.operation), (self.account, self.registry_id));
        Wanted::new(asked, of, again, options)
    }

    /// Writes it.
    async fn write(
        self,
        context: &Context<'_>,
        again: RegenerateInput,
        options: Options,
        is_it: impl Fn(&Option<Subject>) -> bool + Send + 'static,
        form: impl FnOnce(&StoredFacts<'_, '_>, Name, TimePoint) -> Formed + Send + 'static,
    ) -> Result<Paper, ApiError> {
        let (wanted, account) = (self.wanted(again, options)?, self.account);
        let written = api(context)?.work(move |api| -> Result<Written, ApiError> {
            wanted.write(api, is_it, |facts, moment| form(facts, account, moment))
        });
        Ok(written.await?.any())
    }
}

fn boxed<F: Form + 'static>(form: Result<F, PaperError<ApiError>>) -> Formed {
    form.map(|it| Box::new(it) as Box<dyn Form>)
}

async fn agreement(
    context: &Context<'_>,
    operation: Operation,
    (kind, registry_id): (AgreementKind, u64),
    data: AgreementInput,
    options: Options,
) -> Result<Paper, ApiError> {
    let asked = asked(
        context,
        operation,
        (&data.coopname, &data.username),
        registry_id,
    )?;
    let given = data.public_key.as_deref().map(str::parse::<PublicKey>);
    let refused = |_| ApiError::field("data.public_key", Words::of("expected.key"));
    let given = given.transpose().map_err(refused)?;
    let (wanted, account) = (asked.wanted(data.again, options)?, asked.account);
    let written = api(context)?.work(move |api| {
        let key = key(api, account, given)?;
        wanted.write(
            api,
            |_| true,
            |facts, _| boxed(facts.agreement(kind, account, &key)),
        )
    });
    Ok(written.await?.any())
}

async fn act(
    context: &Context<'_>,
    (operation, is_acceptance): (Operation, bool),
    data: PropertyInput,
    options: Options,
) -> Result<Paper, ApiError> {
    let registry_id = match is_acceptance {
        true => registry::ACCEPTANCE_ACT,
        false => registry::HANDOVER_ACT,
    };
    let by = (&*data.coopname, &*data.username);
    let asked = asked(context, operation, by, registry_id)?;
    let id = fields::number("data.property_id", data.property_id)?;
    // Who acts for the cooperative is the caller; whether they may is for the chain to say.
    let (keeper, owner) = (asked.who, asked.account);
    let wanted = asked.wanted(data.again, options)?;
    let written = api(context)?.work(move |api| {
        let is_it =
            |it: &Option<Subject>| matches!(it, Some(Subject::Act(it)) if it.property_id == id);
        let written = wanted.write(api, is_it, |facts, _| {
            boxed(match is_acceptance {
                true => facts.acceptance(id, keeper),
                false => facts.handover(id, keeper),
            })
        })?;
        match written.document.meta.username == owner {
            true => Ok(written),
            false => {
                let expected = Words::of("expected.owner").with("id", id);
                Err(ApiError::field("data.username", expected))
            }
        }
    });
    Ok(written.await?.any())
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
