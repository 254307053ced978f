//! Second chapter: the cooperative, its founders, its council and its cashier.

use super::{Stage, StoryError, papers::sha256, stage::active};
use crate::input::KeyKind;
use antelope_types::{Action, Name, name};
use coop_documents::{ElectionProtocol, FoundingProtocol, Person};
use coop_language::Words;
use coop_model::{
    CoopParams, Right, Seat,
    clients::{Registrator, Soviet},
    coop::status,
    council::{board, position},
    refusal::staff,
};

impl Stage<'_, '_> {
    /// Brings the cooperative to life.
    pub(super) fn found(&mut self) -> Result<(), StoryError> {
        self.register()?;
        self.open_accounts()?;
        self.register_founders()?;
        self.elect_council()?;
        self.employ_cashier()
    }

    fn register(&mut self) -> Result<(), StoryError> {
        let (people, organizations) = (&self.input.fees, &self.input.organization_fees);
        let params = CoopParams {
            initial: people.initial(),
            minimum: people.minimum(),
            org_initial: organizations.initial(),
            org_minimum: organizations.minimum(),
        };
        let registrator = Registrator::at(self.contracts.registrator);
        // What the cooperative shows the operator to be registered; here, its name.
        let shown = sha256(self.input.cooperative.name.as_bytes());
        let register = registrator
            .signed_by(active(self.coop()))
            .regcoop(self.coop(), params, self.input.charter, shown)
            .to_action();
        let words = Words::of("step.register")
            .with("initial", params.initial)
            .with("minimum", params.minimum);
        self.act(words, self.coop(), &[register])?;

        let operator = self.contracts.registrator;
        let activate = Registrator::at(operator)
            .signed_by(active(operator))
            .stcoopstatus(self.coop(), status::ACTIVE)
            .to_action();
        self.act(Words::of("step.activate"), operator, &[activate])
            .map(drop)
    }

    fn open_accounts(&mut self) -> Result<(), StoryError> {
        let input = self.input;
        let mut people: Vec<(Name, KeyKind)> = input
            .council
            .iter()
            .map(|member| (member.person.account, member.key))
            .collect();
        people.push((input.cashier.account, KeyKind::K1));
        let mut actions = Vec::new();
        for (account, kind) in &people {
            actions.push(self.new_account(self.coop(), *account, *kind)?);
        }
        let words = Words::of("step.open_accounts").with("count", people.len());
        self.act(words, self.coop(), &actions).map(drop)
    }

    /// Makes a key for a person, and the action that opens an account owned by that key alone.
    pub(super) fn new_account(
        &mut self,
        actor: Name,
        account: Name,
        kind: KeyKind,
    ) -> Result<Action, StoryError> {
        let key = self.keys.make(account, kind)?;
        let registrator = Registrator::at(self.contracts.registrator).signed_by(active(actor));
        Ok(registrator
            .newaccount(self.coop(), actor, account, key)
            .to_action())
    }

    fn founders(&self) -> Vec<Person> {
        self.input
            .council
            .iter()
            .map(|member| member.person.clone())
            .collect()
    }

    fn register_founders(&mut self) -> Result<(), StoryError> {
        let founders = self.founders();
        let accounts: Vec<Name> = founders.iter().map(|person| person.account).collect();
        let paper = self.write(&FoundingProtocol {
            cooperative: self.coop(),
            held_at: self.now()?.time.micros(),
            founders,
            fees: self.input.fees.clone(),
            charter: self.input.charter,
        })?;
        let count = accounts.len();
        let registrator =
            Registrator::at(self.contracts.registrator).signed_by(active(self.coop()));
        let action = registrator
            .regfounders(self.coop(), accounts, paper.document.clone())
            .to_action();
        let trace = self.act(
            Words::of("step.register_founders").with("count", count),
            self.coop(),
            &[action],
        )?;
        self.log
            .result(&Words::of("result.signatures").with("count", count));
        self.sent(&paper, trace.id);
        let words = Words::of("story.founded")
            .with("name", &self.input.cooperative.name)
            .with("count", count)
            .with("initial", self.log.sum(self.input.fees.initial()))
            .with("minimum", self.log.sum(self.input.fees.minimum()));
        self.log.tell(&words);
        Ok(())
    }

    fn elect_council(&mut self) -> Result<(), StoryError> {
        let council = self.council_with(self.chairman);
        let seats: Vec<Seat> = council.iter().map(|(_, seat)| *seat).collect();
        let participants = self.founders();
        let signatures = participants.len();
        let paper = self.write(&ElectionProtocol {
            cooperative: self.coop(),
            held_at: self.now()?.time.micros(),
            people: participants,
            is_founding: true,
            board: board::COUNCIL,
            version: 1,
            seats: council,
        })?;
        let count = seats.len();
        let words = Words::of("step.elect_council").with("count", count);
        let soviet = Soviet::at(self.contracts.soviet).signed_by(active(self.coop()));
        let action = soviet
            .createboard(self.coop(), seats, paper.document.clone())
            .to_action();
        let trace = self.act(words, self.coop(), &[action])?;
        self.log
            .result(&Words::of("result.signatures").with("count", signatures));
        self.sent(&paper, trace.id);
        let key = if self.input.charter.quorum_percent == 0 {
            "story.council"
        } else {
            "story.council_with_quorum"
        };
        let words = Words::of(key)
            .with("count", count)
            .with("chairman", self.chairman()?.short_name())
            .with("quorum", self.input.charter.quorum_percent)
            .with("cashier", self.input.cashier.short_name());
        self.log.tell(&words);
        Ok(())
    }

    /// The members of the council with their seats, under this chairman.
    pub(super) fn council_with(&self, chairman: Name) -> Vec<(Person, Seat)> {
        let council = self.input.council.iter();
        council
            .map(|member| {
                let username = member.person.account;
                let seat = Seat {
                    username,
                    is_voting: true,
                    position: if username == chairman {
                        position::CHAIRMAN
                    } else {
                        position::MEMBER
                    },
                };
                (member.person.clone(), seat)
            })
            .collect()
    }

    /// What the cashier may do.
    pub(super) fn cashiers_rights(&self) -> Vec<Right> {
        let (registrator, gateway) = (self.contracts.registrator, self.contracts.gateway);
        [
            (registrator, name!("newaccount")),
            (gateway, name!("incomplete")),
            (gateway, name!("outcomplete")),
            (gateway, name!("acceptprop")),
            (gateway, name!("handprop")),
        ]
        .map(|(contract, action)| Right { contract, action })
        .into()
    }

    fn employ_cashier(&mut self) -> Result<(), StoryError> {
        let rights = self.cashiers_rights();
        let chairman = self.chairman()?.account;
        let soviet = Soviet::at(self.contracts.soviet).signed_by(active(chairman));
        let action = soviet
            .addstaff(
                self.coop(),
                chairman,
                self.input.cashier.account,
                rights.clone(),
            )
            .to_action();
        let own = soviet.addstaff(self.coop(), chairman, chairman, rights.clone());
        let words = Words::of("attempt.own_rights");
        self.attempt(words, chairman, &[own.to_action()], staff::CHAIRMAN_HIMSELF)?;
        let words = Words::of("step.employ_cashier").with("cashier", self.input.cashier.account);
        self.act(words, chairman, &[action])?;
        let told: Vec<_> = rights
            .iter()
            .map(|right| format!("{}::{}", right.contract, right.action))
            .collect();
        self.log
            .result(&Words::of("result.rights").with("rights", told.join(", ")));
        Ok(())
    }
}
