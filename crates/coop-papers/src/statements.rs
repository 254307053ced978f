//! What people ask for, each by a statement or a proposal.

use crate::facts::{Facts, Paper, find_property};
use crate::fault::{PaperError, PaperFault};
use crate::people::People;
use antelope_types::{Asset, Checksum256, Name, PublicKey, Symbol};
use coop_documents::{
    Agreement, AgreementKind, Applying, BlockProposal, ExitStatement, Fees, Form,
    MoneyReturnStatement, MoneyStatement, MoveStatement, Party, PropertyReturnStatement,
    PropertyStatement, Proposal, Thing,
};
use coop_model::people::kind;
use coop_model::property::status;

/// What a candidate signs: the agreements, and the application with its fees.
pub struct Application {
    /// As what they apply, see [`coop_model::people::kind`].
    pub kind: Name,
    /// What they undertake to pay.
    pub fees: Fees,
    /// The agreements, in the order of their numbers in the registry.
    pub agreements: Vec<Agreement>,
    /// The application.
    pub statement: Box<dyn Form>,
}

impl<P: People> Facts<'_, P> {
    /// What a candidate signs with this key.
    ///
    /// # Errors
    /// [`PaperFault::NoCooperative`], [`PaperFault::Document`] for fees that cannot be, [`PaperFault::Read`]; those of
    /// the people, also for requisites that are missing.
    pub fn application(&self, account: Name, key: &PublicKey) -> Paper<Application, P> {
        let applying = self.people.applying(account);
        let applying = applying.map_err(PaperError::People)?;
        let fees = self.fees(applying.kind())?;
        Ok(application(applying, fees, key))
    }

    /// An agreement of a person with this key.
    ///
    /// # Errors
    /// Those of the people.
    pub fn agreement(
        &self,
        kind: AgreementKind,
        account: Name,
        key: &PublicKey,
    ) -> Paper<Agreement, P> {
        Ok(Agreement {
            kind,
            person: self.party(account)?,
            key: key.clone(),
        })
    }

    /// What a candidate of this kind pays.
    ///
    /// # Errors
    /// [`PaperFault::NoCooperative`], [`PaperFault::Document`] for fees that cannot be, [`PaperFault::Read`].
    pub fn fees(&self, of_kind: Name) -> Result<Fees, PaperFault> {
        let coop = self.coop()?;
        let (initial, minimum) = match of_kind {
            kind::ORGANIZATION => (coop.org_initial, coop.org_minimum),
            _ => (coop.initial, coop.minimum),
        };
        Ok(Fees::new(initial, minimum)?)
    }

    /// The statement of a share contribution in money.
    ///
    /// # Errors
    /// [`PaperFault::OtherSymbol`], [`PaperFault::NoCooperative`], [`PaperFault::Read`]; those of the people.
    pub fn money_statement(&self, account: Name, quantity: Asset) -> Paper<MoneyStatement, P> {
        self.counts_in(quantity.symbol)?;
        let participant = self.party(account)?;
        Ok(MoneyStatement {
            participant,
            quantity,
        })
    }

    /// The statement that asks for a share in money.
    ///
    /// # Errors
    /// As [`money_statement`](Self::money_statement).
    pub fn money_return_statement(
        &self,
        account: Name,
        quantity: Asset,
    ) -> Paper<MoneyReturnStatement, P> {
        self.counts_in(quantity.symbol)?;
        let participant = self.party(account)?;
        Ok(MoneyReturnStatement {
            participant,
            quantity,
        })
    }

    /// The statement of a share contribution in property.
    ///
    /// # Errors
    /// As [`money_statement`](Self::money_statement).
    pub fn property_statement(&self, account: Name, thing: Thing) -> Paper<PropertyStatement, P> {
        self.counts_in(thing.valuation.symbol)?;
        let participant = self.party(account)?;
        Ok(PropertyStatement { participant, thing })
    }

    /// The statement that asks for property back, which is a share.
    ///
    /// # Errors
    /// [`PaperFault::NoProperty`], [`PaperFault::OtherState`], [`PaperFault::Read`]; those of the people.
    pub fn property_return_statement(
        &self,
        account: Name,
        property_id: u64,
    ) -> Paper<PropertyReturnStatement, P> {
        let property = find_property(self.cooperative, property_id, &[status::SHARED])?;
        Ok(PropertyReturnStatement {
            participant: self.party(account)?,
            property_id,
            thing: self.thing(&property)?,
        })
    }

    /// The statement of exit, with the whole share.
    ///
    /// # Errors
    /// [`PaperFault::NoShare`], [`PaperFault::Read`]; those of the people.
    pub fn exit_statement(&self, account: Name) -> Paper<ExitStatement, P> {
        let wallet = self.cooperative.wallet(account)?;
        let wallet = wallet.ok_or(PaperFault::NoShare { account })?;
        let parts = [
            wallet.minimum,
            wallet.available,
            wallet.blocked,
            wallet.in_kind,
        ];
        let shares = Asset {
            amount: parts.iter().map(|part| part.amount).sum(),
            symbol: wallet.minimum.symbol,
        };
        let participant = self.party(account)?;
        Ok(ExitStatement {
            participant,
            shares,
        })
    }

    /// The statement of a new account of a participant who lost the key.
    ///
    /// # Errors
    /// Those of the people.
    pub fn move_statement(&self, account: Name, new_account: Name) -> Paper<MoveStatement, P> {
        let participant = self.party(account)?;
        Ok(MoveStatement {
            participant,
            new_account,
        })
    }

    /// The proposal to block a participant, or to block them no longer.
    ///
    /// # Errors
    /// Those of the people.
    pub fn block_proposal(
        &self,
        proposer: Name,
        participant: Name,
        is_blocked: bool,
        reason: &str,
    ) -> Paper<BlockProposal, P> {
        let proposer = self.people.person(proposer);
        Ok(BlockProposal {
            proposer: proposer.map_err(PaperError::People)?,
            participant: self.party(participant)?,
            is_blocked,
            reason: reason.trim().to_owned(),
        })
    }

    /// The proposal of a free question with a draft of its decision. `project` is chosen by whoever drafts it.
    ///
    /// # Errors
    /// Those of the people.
    pub fn proposal(
        &self,
        proposer: Name,
        project: Checksum256,
        [question, decision]: [String; 2],
    ) -> Paper<Proposal, P> {
        let proposer = self.people.person(proposer);
        Ok(Proposal {
            proposer: proposer.map_err(PaperError::People)?,
            project,
            question,
            decision,
        })
    }

    /// That the contracts take sums with this symbol: nobody signs what they refuse.
    fn counts_in(&self, given: Symbol) -> Result<(), PaperFault> {
        let symbol = self.coop()?.minimum.symbol;
        match given == symbol {
            true => Ok(()),
            false => Err(PaperFault::OtherSymbol { symbol }),
        }
    }

    fn party(&self, account: Name) -> Paper<Party, P> {
        self.people.party(account).map_err(PaperError::People)
    }
}

fn application(applying: Applying, fees: Fees, key: &PublicKey) -> Application {
    let (kind, person) = (applying.kind(), applying.party());
    let agreement = |kind| Agreement {
        kind,
        person: person.clone(),
        key: key.clone(),
    };
    Application {
        kind,
        agreements: AgreementKind::required().map(agreement).collect(),
        statement: applying.statement(fees.clone()),
        fees,
    }
}
