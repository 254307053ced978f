//! Gaps that the rules had: money and property that could have stayed for ever, shown on both sides.

use super::chain::Both;
use super::coverage::Coverage;
use super::life::act;
use coop_model::catalogue::registry;
use coop_model::parameters::MAX_AMOUNT;
use coop_rules::paper::{Signature, Subject, Sum};
use coop_rules::{Account, Action, Hash, Paper, QuestionKind, Reason, Time};
use std::collections::BTreeSet;

const COOP: Account = Account::Coop(0);
const CHAIRMAN: Account = Account::Person(0);
const OWNER: Account = Account::Person(5);

struct Story {
    both: Both,
    papers: u32,
}

impl Story {
    fn new() -> Self {
        let (both, _) = Both::founded();
        Self {
            both,
            papers: 9_000,
        }
    }

    /// Both sides do this; why they refuse, if they do.
    fn by(&mut self, signers: &[Account], action: &Action) -> Option<Reason> {
        let mut world = self.both.world.clone();
        let refused = world.apply(signers, action, self.both.now()).err();
        let same = act(&mut self.both, signers, action, &mut Coverage::default());
        same.unwrap_or_else(|difference| panic!("{action:?}: {difference}"));
        refused
    }

    fn paper(&mut self, registry: u64, subject: Option<Subject>, signers: &[Account]) -> Paper {
        self.papers += 1;
        let at = Time(self.both.now().0 + i64::from(self.papers));
        let sign = |signer: &Account| Signature {
            signer: *signer,
            at,
            flaw: None,
        };
        Paper {
            hash: Hash(self.papers),
            registry,
            coop: COOP,
            about: OWNER,
            subject,
            created_at: at,
            is_too_long: false,
            signatures: signers.iter().map(sign).collect(),
        }
    }

    /// Two members vote for the last question, and the chairman signs.
    fn authorize(&mut self) -> u64 {
        let coop = &self.both.world.coops[&COOP];
        let (&id, question) = coop.questions.last_key_value().expect("a question");
        let (hash, quorum, protocol) = (question.hash, question.quorum, question.kind.protocol());
        let voters = [CHAIRMAN, Account::Person(1)];
        for who in voters {
            let coop = COOP;
            let vote = Action::VoteFor {
                coop,
                who,
                id,
                hash,
            };
            assert_eq!(self.by(&[who], &vote), None);
        }
        let subject = Subject::Decision {
            id,
            hash,
            votes_for: voters.into(),
            votes_against: BTreeSet::new(),
            quorum,
        };
        let protocol = self.paper(protocol, Some(subject), &[CHAIRMAN]);
        let action = Action::Authorize {
            coop: COOP,
            chairman: CHAIRMAN,
            id,
            protocol,
        };
        assert_eq!(self.by(&[CHAIRMAN], &action), None);
        id
    }
}

#[test]
fn money_that_is_on_its_way_can_be_booked_as_no_kind_of_the_protocol_is_dropped() {
    let mut story = Story::new();
    let quantity = Sum {
        amount: 500,
        symbol: 0,
    };
    let subject = Some(Subject::Money(quantity));
    let statement = story.paper(registry::MONEY_STATEMENT, subject, &[OWNER]);
    let hash = statement.hash;
    let offer = Action::ShareMoney {
        coop: COOP,
        who: OWNER,
        quantity,
        statement,
    };
    assert_eq!(story.by(&[OWNER], &offer), None);
    let drop = Action::DropType {
        coop: COOP,
        chairman: CHAIRMAN,
        kind: QuestionKind::ShareMoney,
    };
    let refused = story.by(&[COOP, CHAIRMAN], &drop);
    assert_eq!(refused, Some(Reason::KindOfTheProtocol));
    let came = Action::InComplete {
        coop: COOP,
        actor: COOP,
        hash,
        quantity,
        reference: Hash(1),
    };
    assert_eq!(story.by(&[COOP], &came), None);
}

#[test]
fn property_has_a_bound_that_leaves_room_in_the_funds() {
    let mut story = Story::new();
    for (amount, refused) in [
        (MAX_AMOUNT + 1, Some(Reason::AmountBound)),
        ((1 << 62) - 1, Some(Reason::AmountBound)),
        (i64::MAX, Some(Reason::AmountBound)),
        (0, Some(Reason::NotPositive)),
        (i64::MIN, Some(Reason::NotPositive)),
        (MAX_AMOUNT, None),
    ] {
        let description = Hash(2);
        let valuation = Sum { amount, symbol: 0 };
        let subject = Subject::Property {
            description,
            valuation,
        };
        let statement = story.paper(registry::PROPERTY_STATEMENT, Some(subject), &[OWNER]);
        let hash = statement.hash;
        let offer = Action::ShareProp {
            coop: COOP,
            who: OWNER,
            description,
            valuation,
            statement,
        };
        assert_eq!(story.by(&[OWNER], &offer), refused, "{amount}");
        if refused.is_some() {
            continue;
        }
        let subject = Subject::Act {
            property: 1,
            hash,
            description,
            valuation,
        };
        let deed = story.paper(registry::ACCEPTANCE_ACT, Some(subject), &[OWNER, COOP]);
        let accept = Action::AcceptProp {
            coop: COOP,
            actor: COOP,
            property: 1,
            act: deed,
        };
        assert_eq!(story.by(&[COOP], &accept), None);
        let id = story.authorize();
        let exec = Action::Exec {
            executer: OWNER,
            coop: COOP,
            id,
        };
        assert_eq!(story.by(&[OWNER], &exec), None);
    }
}
