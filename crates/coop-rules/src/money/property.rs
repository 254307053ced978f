//! Property: offered, accepted, a share, asked back, handed over.

use super::sums::{add, take};
use crate::cooperative::{Property, PropertyState};
use crate::kind::Right;
use crate::paper::{Demand, Subject, Sum};
use crate::reason::require;
use crate::world::Call;
use crate::{Account, Cooperative, Event, Hash, Paper, QuestionKind, Reason, World};
use coop_model::catalogue::registry;
use coop_model::parameters::MAX_PROPERTIES;

impl World {
    fn demand(&self, call: &Call<'_>, registry: u64, coop: Account, about: Account) -> Demand<'_> {
        Demand {
            now: call.now,
            terms: &self.terms,
            registry,
            coop,
            about,
            is_of_meeting: false,
        }
    }

    pub(crate) fn property_offered(
        &mut self,
        call: &Call<'_>,
        name: Account,
        who: Account,
        description: Hash,
        valuation: Sum,
        statement: &Paper,
    ) -> Result<(), Reason> {
        call.needs_coop_or(name, who)?;
        let terms = self.terms;
        let coop = self.active(name)?;
        coop.accepts(QuestionKind::ShareProp, Account::Gateway)?;
        require(description != Hash::NONE, Reason::NoDescription)?;
        coop.open_funds()?;
        let amount = coop.is_amount(valuation)?;
        let demand = Demand {
            now: call.now,
            terms: &terms,
            registry: QuestionKind::ShareProp.statement(),
            coop: name,
            about: who,
            is_of_meeting: false,
        };
        let subject = Subject::Property {
            description,
            valuation,
        };
        let hash = coop.begin(&demand, who, statement, &subject)?;
        let few = coop.properties_of(who) < MAX_PROPERTIES as usize;
        require(few, Reason::TooManyProperties)?;
        let funds = coop.open_funds()?;
        funds.last_property += 1;
        let id = funds.last_property;
        let property = Property {
            who,
            hash,
            state: PropertyState::Offered,
            description,
            valuation: amount,
            created_at: call.now,
            expires_at: call.now.after(terms.invoice),
            authorized_by: None,
            is_overdue: false,
        };
        coop.properties.insert(id, property);
        Ok(())
    }

    pub(crate) fn property_accepted(
        &mut self,
        call: &mut Call<'_>,
        name: Account,
        actor: Account,
        id: u64,
        act: &Paper,
    ) -> Result<(), Reason> {
        self.needs_right(call, name, actor, Right::AcceptProp)?;
        let coop = self.active(name)?;
        let property = coop.property(id)?.clone();
        let offered = property.state == PropertyState::Offered;
        require(offered, Reason::PropertyAnotherStep)?;
        let in_time = call.now < property.expires_at;
        require(in_time, Reason::OfferExpired)?;
        require(actor != property.who, Reason::OneSide)?;
        let symbol = coop.symbol;
        let demand = self.demand(call, registry::ACCEPTANCE_ACT, name, property.who);
        act.is_act_of(&demand, id, &property, symbol)?;
        let document = act.signed_by_both(&demand, property.who, actor)?;
        self.coop(name)?.property(id)?.state = PropertyState::Accepted;
        let hash = property.hash;
        call.events.push(Event::Act { hash, document });
        self.publish(call, name, property.who, QuestionKind::ShareProp, hash)
    }

    /// The council does not take it: it is to be handed back.
    pub(crate) fn property_refused(
        &mut self,
        call: &Call<'_>,
        name: Account,
        hash: Hash,
    ) -> Result<(), Reason> {
        let expires_at = call.now.after(self.terms.payment);
        let property = self.coop(name)?.property_of(hash)?;
        let accepted = property.state == PropertyState::Accepted;
        require(accepted, Reason::PropertyAnotherStep)?;
        property.state = PropertyState::Releasing;
        property.expires_at = expires_at;
        Ok(())
    }

    pub(crate) fn property_asked_back(
        &mut self,
        call: &mut Call<'_>,
        name: Account,
        who: Account,
        id: u64,
        statement: &Paper,
    ) -> Result<(), Reason> {
        call.needs_coop_or(name, who)?;
        let terms = self.terms;
        let coop = self.active(name)?;
        coop.accepts(QuestionKind::ReturnProp, Account::Gateway)?;
        let property = coop.property(id)?.clone();
        require(property.who == who, Reason::PropertyOfAnother)?;
        let shared = property.state == PropertyState::Shared;
        require(shared, Reason::PropertyAnotherStep)?;
        let demand = Demand {
            now: call.now,
            terms: &terms,
            registry: QuestionKind::ReturnProp.statement(),
            coop: name,
            about: who,
            is_of_meeting: false,
        };
        let subject = Subject::Return {
            property: id,
            valuation: Sum {
                amount: property.valuation,
                symbol: coop.symbol,
            },
        };
        let hash = coop.begin(&demand, who, statement, &subject)?;
        coop.wallet(who)?.block(property.valuation)?;
        let property = coop.property(id)?;
        property.hash = hash;
        property.state = PropertyState::Asked;
        self.publish(call, name, who, QuestionKind::ReturnProp, hash)
    }

    /// It is to be handed over.
    pub(crate) fn property_return_granted(
        &mut self,
        call: &Call<'_>,
        name: Account,
        hash: Hash,
        by: Account,
    ) -> Result<(), Reason> {
        let expires_at = call.now.after(self.terms.payment);
        let property = self.coop(name)?.property_of(hash)?;
        let asked = property.state == PropertyState::Asked;
        require(asked, Reason::PropertyAnotherStep)?;
        property.state = PropertyState::Handover;
        property.authorized_by = Some(by);
        property.expires_at = expires_at;
        Ok(())
    }

    pub(crate) fn property_handed(
        &mut self,
        call: &mut Call<'_>,
        name: Account,
        actor: Account,
        id: u64,
        act: &Paper,
    ) -> Result<(), Reason> {
        let coop = self.coops.get_mut(&name).ok_or(Reason::NoProperty)?;
        let symbol = coop.symbol;
        let property = coop.property(id)?.clone();
        let is_owner = actor == property.who;
        if is_owner {
            call.needs(actor)?;
            require(property.is_overdue, Reason::OneSide)?;
        } else {
            self.needs_right(call, name, actor, Right::HandProp)?;
        }
        let is_share = match property.state {
            PropertyState::Handover => true,
            PropertyState::Releasing => false,
            _ => return Err(Reason::PropertyAnotherStep),
        };
        let another = property.authorized_by != Some(actor);
        require(another, Reason::PropertyAuthorizedByActor)?;
        let demand = self.demand(call, registry::HANDOVER_ACT, name, property.who);
        act.is_act_of(&demand, id, &property, symbol)?;
        let document = if is_owner {
            act.signed_by(&demand, actor)?
        } else {
            act.signed_by_both(&demand, property.who, actor)?
        };
        let coop = self.coop(name)?;
        coop.properties.remove(&id);
        let hash = property.hash;
        call.events.push(Event::Act { hash, document });
        if is_share {
            coop.open_funds()?.hand_back(property.valuation)?;
            take(&mut coop.wallet(property.who)?.blocked, property.valuation)?;
        }
        Ok(())
    }

    pub(crate) fn property_withdrawn(
        &mut self,
        call: &Call<'_>,
        name: Account,
        actor: Account,
        id: u64,
    ) -> Result<(), Reason> {
        let coop = self.coops.get_mut(&name).ok_or(Reason::NoProperty)?;
        let property = coop.property(id)?.clone();
        let is_offered = property.state == PropertyState::Offered;
        let is_expired = is_offered && call.now >= property.expires_at;
        if is_expired || actor == property.who {
            call.needs(actor)?;
        } else {
            self.needs_right(call, name, actor, Right::CancelProp)?;
        }
        let coop = self.coop(name)?;
        match property.state {
            PropertyState::Offered => {
                coop.properties.remove(&id);
                Ok(())
            }
            PropertyState::Handover => coop.keep_property(id),
            _ => Err(Reason::PropertyAnotherStep),
        }
    }

    pub(crate) fn property_overdue(
        &mut self,
        call: &mut Call<'_>,
        name: Account,
        id: u64,
    ) -> Result<(), Reason> {
        let coop = self.coops.get_mut(&name).ok_or(Reason::NoProperty)?;
        let property = coop.property(id)?;
        let goes = matches!(
            property.state,
            PropertyState::Handover | PropertyState::Releasing
        );
        require(goes, Reason::PropertyAnotherStep)?;
        require(!property.is_overdue, Reason::PropertyOverdueAlready)?;
        let over = call.now >= property.expires_at;
        require(over, Reason::PropertyNotOverdue)?;
        property.is_overdue = true;
        let hash = property.hash;
        call.events.push(Event::Overdue { hash });
        Ok(())
    }
}

impl Cooperative {
    fn property(&mut self, id: u64) -> Result<&mut Property, Reason> {
        self.properties.get_mut(&id).ok_or(Reason::NoProperty)
    }

    fn property_of(&mut self, hash: Hash) -> Result<&mut Property, Reason> {
        let mut rows = self.properties.values_mut();
        rows.find(|row| row.hash == hash).ok_or(Reason::NoProperty)
    }

    /// The council takes it: the wallet and the share fund grow by its valuation.
    pub(crate) fn property_taken(&mut self, hash: Hash) -> Result<(), Reason> {
        let property = self.property_of(hash)?;
        let accepted = property.state == PropertyState::Accepted;
        require(accepted, Reason::PropertyAnotherStep)?;
        property.state = PropertyState::Shared;
        let (who, valuation) = (property.who, property.valuation);
        self.open_funds()?.accept(valuation)?;
        add(&mut self.wallet(who)?.available, valuation)
    }

    /// It stays a share.
    pub(crate) fn property_return_refused(&mut self, hash: Hash) -> Result<(), Reason> {
        let mut rows = self.properties.iter();
        let found = rows.find(|(_, row)| row.hash == hash);
        let (id, row) = found.ok_or(Reason::NoProperty)?;
        let asked = row.state == PropertyState::Asked;
        require(asked, Reason::PropertyAnotherStep)?;
        let id = *id;
        self.keep_property(id)
    }

    fn keep_property(&mut self, id: u64) -> Result<(), Reason> {
        let property = self.property(id)?;
        property.state = PropertyState::Shared;
        property.authorized_by = None;
        property.is_overdue = false;
        let (who, valuation) = (property.who, property.valuation);
        self.wallet(who)?.unblock(valuation)
    }
}

impl Paper {
    /// It is an act about this very property and this process.
    fn is_act_of(
        &self,
        demand: &Demand<'_>,
        id: u64,
        property: &Property,
        symbol: u8,
    ) -> Result<(), Reason> {
        self.is_about(demand)?;
        self.binds(&Subject::Act {
            property: id,
            hash: property.hash,
            description: property.description,
            valuation: Sum {
                amount: property.valuation,
                symbol,
            },
        })
    }
}
