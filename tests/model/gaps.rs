//! Where the rules leave a gap, shown on both sides. A test fails here when the gap is closed.

use super::chain::Both;
use super::coverage::Coverage;
use super::life::act;
use coop_model::catalogue::registry;
use coop_rules::cooperative::QuestionState;
use coop_rules::paper::{Signature, Subject, Sum};
use coop_rules::{Account, Action, Hash, Kind, Paper, Reason, Time};
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
fn money_that_comes_for_a_dropped_kind_cannot_be_booked() {
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
        kind: Kind::ShareMoney,
    };
    assert_eq!(story.by(&[COOP, CHAIRMAN], &drop), None);
    let came = Action::InComplete {
        coop: COOP,
        actor: COOP,
        hash,
        quantity,
        reference: Hash(1),
    };
    // A cooperative that is blocked sends the money back; this one cannot even say that it came.
    assert_eq!(story.by(&[COOP], &came), Some(Reason::KindNotAccepted));
}

#[test]
fn property_that_is_worth_more_than_an_asset_holds_stays_authorized_for_ever() {
    let mut story = Story::new();
    let description = Hash(2);
    let valuation = Sum {
        amount: (1 << 62) - 1,
        symbol: 0,
    };
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
    assert_eq!(story.by(&[OWNER], &offer), None);
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
    // With the shares that are there already the sum is too large, and never becomes smaller: the
    // thing is neither a share nor given back, and its owner cannot leave.
    assert_eq!(story.by(&[OWNER], &exec), Some(Reason::TooMuch));
    let question = &story.both.world.coops[&COOP].questions[&id];
    assert!(matches!(question.state, QuestionState::Authorized { .. }));
    let (coop, property) = (COOP, 1);
    let cancel = Action::CancelProp {
        coop,
        actor: COOP,
        property,
    };
    assert_eq!(
        story.by(&[COOP], &cancel),
        Some(Reason::PropertyAnotherStep)
    );
}
