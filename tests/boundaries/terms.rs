//! Every term to the block: the last block in which something is possible, and the first in which it
//! is not and the term is over for everybody.

use antelope_types::{TimePoint, asset};
use coop_model::decision::{after, before};
use coop_model::parameters;
use coop_model::refusal::{self, Refusal};

use crate::scenarios::world::{Chain, Coop, Draft, Outcome};

/// Something that somebody tries.
type Attempt<'c> = Box<dyn Fn() -> Outcome + 'c>;

/// A term that runs.
struct Running<'c> {
    /// The first block after it.
    end: TimePoint,
    /// What is possible before, and why not from then on; nothing for terms of those who are late.
    in_time: Option<(Attempt<'c>, Refusal)>,
    /// What is possible from then on.
    over: Attempt<'c>,
    /// Why not before.
    early: Refusal,
}

/// A term, and how it begins in a cooperative.
type Term = (&'static str, for<'c> fn(&'c Coop<'c>) -> Running<'c>);

/// The terms. Those of documents are in `scenarios/documents.rs`, to the microsecond.
const TERMS: [Term; 16] = [
    ("votefor, expire", |coop| voting(coop, true)),
    ("voteagainst, expire", |coop| voting(coop, false)),
    ("authorize, expire", signing),
    ("incomplete of an admission, inexpire", admission),
    ("incomplete of a contribution, inexpire", contribution),
    ("acceptprop, cancelprop by anyone", offer),
    ("outoverdue of a refund", refund),
    ("outoverdue of a return", payout),
    ("outoverdue of an exit", exit),
    ("propoverdue of property not taken", releasing),
    ("propoverdue of a return", handover),
    ("support, seatboard", |coop| election(coop, true)),
    ("object, seatboard", |coop| election(coop, false)),
    ("support, dropboard by anyone", lost_election),
    ("vetomove, completemove", moving),
    ("freerefs", remembered),
];

fn moment(row: &serde_json::Value, field: &str) -> TimePoint {
    row[field]
        .as_str()
        .expect("a time")
        .parse()
        .expect("a time")
}

fn voting<'c>(coop: &'c Coop<'c>, is_for: bool) -> Running<'c> {
    let question = coop.question();
    let row = coop.decision(question.id).expect("the question");
    let end = after(moment(&row, "created_at"), parameters::VOTING_SECONDS);
    Running {
        end,
        in_time: Some((
            Box::new(move || match is_for {
                true => coop.vote_for(&coop.members[1], &question),
                false => coop.vote_against(&coop.members[1], &question),
            }),
            refusal::decision::VOTING_OVER,
        )),
        over: Box::new(move || coop.expire(&question)),
        early: refusal::decision::VOTING_GOES_ON,
    }
}

fn signing<'c>(coop: &'c Coop<'c>) -> Running<'c> {
    let question = coop.question();
    coop.approve(&question);
    let row = coop.decision(question.id).expect("the question");
    let end = after(moment(&row, "approved_at"), parameters::SIGNING_SECONDS);
    Running {
        end,
        in_time: Some((
            Box::new(move || coop.authorize(&question)),
            refusal::decision::SIGNING_OVER,
        )),
        over: Box::new(move || coop.expire(&question)),
        early: refusal::decision::APPROVED,
    }
}

fn admission<'c>(coop: &'c Coop<'c>) -> Running<'c> {
    let begin = coop.chain.now();
    let hash = coop.sent_application().hash;
    // The account and the agreements are in the block before the invoice's.
    let begin = after_blocks(begin, 1);
    Running {
        end: after(begin, parameters::INVOICE_SECONDS),
        in_time: Some((
            Box::new(move || coop.confirm_payment(hash)),
            refusal::payment::INVOICE_EXPIRED,
        )),
        over: Box::new(move || coop.expire_payment(hash)),
        early: refusal::payment::INVOICE_NOT_EXPIRED,
    }
}

fn after_blocks(moment: TimePoint, blocks: i64) -> TimePoint {
    TimePoint::from_micros(moment.micros() + blocks * 500_000)
}

fn contribution<'c>(coop: &'c Coop<'c>) -> Running<'c> {
    let sum = asset!("5.00 RUB");
    let person = coop.admitted();
    let begin = coop.chain.now();
    let hash = coop.share_money(&person, sum);
    Running {
        end: after(begin, parameters::INVOICE_SECONDS),
        in_time: Some((
            Box::new(move || coop.comes(hash, sum)),
            refusal::payment::INVOICE_EXPIRED,
        )),
        over: Box::new(move || coop.expire_payment(hash)),
        early: refusal::payment::INVOICE_NOT_EXPIRED,
    }
}

fn offer<'c>(coop: &'c Coop<'c>) -> Running<'c> {
    let person = coop.admitted();
    let begin = coop.chain.now();
    let id = coop.share_property(&person, asset!("5.00 RUB"));
    Running {
        end: after(begin, parameters::INVOICE_SECONDS),
        in_time: Some((
            Box::new(move || coop.accept_property(&coop.cashier, &person, id)),
            refusal::property::OFFER_EXPIRED,
        )),
        over: Box::new(move || coop.cancel_property(&coop.chain.stranger, id)),
        early: refusal::staff::NEITHER_COOPERATIVE_NOR_STAFF,
    }
}

fn overdue<'c>(coop: &'c Coop<'c>, hash: antelope_types::Checksum256) -> Running<'c> {
    let row = coop.payment(hash).expect("the payment");
    // It was ordered by the last transaction.
    let ordered = after_blocks(coop.chain.now(), -1);
    let end = after(ordered, parameters::PAYMENT_SECONDS);
    assert_eq!(moment(&row, "expires_at"), end);
    Running {
        end,
        in_time: None,
        over: Box::new(move || coop.overdue(hash)),
        early: refusal::payment::NOT_OVERDUE,
    }
}

fn refund<'c>(coop: &'c Coop<'c>) -> Running<'c> {
    let (candidate, question) = coop.paid_applicant();
    coop.refuse(&question);
    overdue(coop, candidate.hash)
}

fn payout<'c>(coop: &'c Coop<'c>) -> Running<'c> {
    let person = coop.admitted();
    coop.contribute(&person, asset!("5.00 RUB"));
    let question = coop.return_money(&person, asset!("5.00 RUB"));
    coop.decide(&question);
    overdue(coop, question.hash)
}

fn exit<'c>(coop: &'c Coop<'c>) -> Running<'c> {
    let question = coop.exit(&coop.admitted());
    coop.decide(&question);
    overdue(coop, question.hash)
}

fn late_property<'c>(coop: &'c Coop<'c>, id: u64) -> Running<'c> {
    let ordered = after_blocks(coop.chain.now(), -1);
    Running {
        end: after(ordered, parameters::PAYMENT_SECONDS),
        in_time: None,
        over: Box::new(move || coop.property_overdue(id)),
        early: refusal::property::NOT_OVERDUE,
    }
}

fn releasing<'c>(coop: &'c Coop<'c>) -> Running<'c> {
    let person = coop.admitted();
    let (id, question) = coop.accepted_property(&person, asset!("5.00 RUB"));
    coop.refuse(&question);
    late_property(coop, id)
}

fn handover<'c>(coop: &'c Coop<'c>) -> Running<'c> {
    let person = coop.admitted();
    let id = coop.shared_property(&person, asset!("5.00 RUB"));
    coop.decide(&coop.return_property(&person, id));
    late_property(coop, id)
}

fn election<'c>(coop: &'c Coop<'c>, supports: bool) -> Running<'c> {
    let voter = coop.admitted();
    let begin = coop.chain.now();
    coop.submit(coop.seats(5)[..3].to_vec()).accepted();
    let version = coop.ballot().version;
    Running {
        end: after(begin, parameters::SUPPORT_SECONDS),
        in_time: Some((
            Box::new(move || match supports {
                true => coop.support(&voter, version),
                false => coop.object(&voter, version),
            }),
            refusal::council::ELECTION_OVER,
        )),
        over: Box::new(move || coop.seat_board(&coop.chain.stranger, version)),
        early: refusal::council::ELECTION_NOT_OVER,
    }
}

/// Three are elected, and three object: there is no majority of voices.
fn lost_election<'c>(coop: &'c Coop<'c>) -> Running<'c> {
    let [a, b, c, voter] = [0; 4].map(|_| coop.admitted());
    let begin = coop.chain.now();
    coop.submit(coop.seats(5)[..3].to_vec()).accepted();
    let version = coop.ballot().version;
    for person in [a, b, c] {
        coop.object(&person, version).accepted();
    }
    Running {
        end: after(begin, parameters::SUPPORT_SECONDS),
        in_time: Some((
            Box::new(move || coop.object(&voter, version)),
            refusal::council::ELECTION_OVER,
        )),
        over: Box::new(move || coop.drop_board(&coop.chain.stranger, version)),
        early: refusal::council::ELECTION_NOT_OVER,
    }
}

fn moving<'c>(coop: &'c Coop<'c>) -> Running<'c> {
    let (old, new) = (coop.admitted(), coop.outsider());
    let question = coop.move_to(&old, &new);
    coop.approve(&question);
    coop.authorize(&question).accepted();
    let granted = coop.chain.now();
    coop.exec(&question).accepted();
    let lost = old.clone();
    Running {
        end: after(granted, parameters::VETO_SECONDS),
        in_time: Some((
            Box::new(move || coop.veto(&old, &old)),
            refusal::moving::VETO_OVER,
        )),
        over: Box::new(move || coop.complete_move(&lost)),
        early: refusal::moving::VETO_NOT_OVER,
    }
}

fn remembered<'c>(coop: &'c Coop<'c>) -> Running<'c> {
    let candidate = coop.applicant();
    let begin = coop.chain.now();
    coop.confirm_payment(candidate.hash).accepted();
    let stranger = &coop.chain.stranger;
    Running {
        end: after(begin, parameters::REFERENCE_SECONDS),
        in_time: None,
        over: Box::new(move || {
            let free = coop.gateway(stranger).freerefs(coop.name(), 1);
            coop.chain.push(vec![free.to_action()], &[stranger])
        }),
        early: refusal::payment::NOTHING_TO_FORGET,
    }
}

/// Says which term it was when something fails.
fn named<T>(name: &str, run: impl FnOnce() -> T) -> T {
    let run = std::panic::AssertUnwindSafe(run);
    std::panic::catch_unwind(run).unwrap_or_else(|panic| {
        eprintln!("in the term of {name}");
        std::panic::resume_unwind(panic)
    })
}

#[test]
fn bounds_of_every_term_are_between_two_blocks() {
    let chain = &Chain::own();
    for (name, begin) in TERMS {
        // The last block before the end.
        let coop = Coop::new(chain, 5);
        let term = begin(&coop);
        chain.jump_just_before(term.end);
        named(name, || (term.over)().refused(term.early));
        if let Some((in_time, _)) = &term.in_time {
            named(name, || in_time().accepted());
        }
        // The first one after it.
        let coop = Coop::new(chain, 5);
        let term = begin(&coop);
        chain.jump_to(term.end);
        if let Some((in_time, late)) = &term.in_time {
            named(name, || in_time().refused(*late));
        }
        named(name, || (term.over)().accepted());
    }
}

/// A statement may be as much older than the participation as clocks may differ.
#[test]
fn bounds_of_a_first_statement_are_to_the_microsecond() {
    let chain = &Chain::own();
    let sum = asset!("5.00 RUB");
    for (micros, is_taken) in [(-1, false), (0, true)] {
        let coop = Coop::new(chain, 3);
        let person = coop.admitted();
        let joined = coop.participant(&person).expect("a participant");
        let oldest = before(
            moment(&joined, "created_at"),
            parameters::CLOCK_SKEW_SECONDS,
        );
        let id = coop_model::catalogue::registry::MONEY_STATEMENT;
        let mut draft = Draft::money(&coop, id, person.name, sum);
        draft.meta.created_at = TimePoint::from_micros(oldest.micros() + micros);
        let statement = draft.signed_by(chain, &[&person]);
        let outcome = coop.offer_money(&person, &person, sum, &statement);
        match is_taken {
            true => drop(outcome.accepted()),
            false => outcome.refused(refusal::document::SERVED_ALREADY),
        }
    }
}
