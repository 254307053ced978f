//! From the text of a file to a checked input, or to everything that is wrong with it.

use super::{
    Candidate, Expected, Input, Member, Question, Votes,
    field::{Field, Object, Problems},
    people::{People, key_kind},
    problem::{InputProblem, ProblemKind},
    shares::{self, Reader},
    tree::Tree,
    votes::Electorate,
};
use antelope_types::{Name, Symbol};
use coop_documents::{Cooperative, Fees, Zone};
use coop_model::{
    Charter,
    parameters::{MAX_BOARD_SUPPORT, MAX_QUORUM_PERCENT, MAX_SEATS, MIN_SEATS},
};

const TOP: [&str; 11] = [
    "cooperative",
    "fees",
    "charter",
    "council",
    "cashier",
    "candidates",
    "questions",
    "contributions",
    "exits",
    "election",
    "moves",
];
const CHARTER: [&str; 2] = ["quorum_percent", "board_support"];
const COOPERATIVE: [&str; 5] = ["account", "name", "short_name", "address", "timezone"];
const FEES: [&str; 5] = ["symbol", "initial", "minimum", "org_initial", "org_minimum"];
const MEMBER: [&str; 6] = [
    "account",
    "last_name",
    "first_name",
    "middle_name",
    "position",
    "key",
];
const CASHIER: [&str; 4] = ["account", "last_name", "first_name", "middle_name"];
const CANDIDATE: [&str; 10] = [
    "account",
    "last_name",
    "first_name",
    "middle_name",
    "birth_date",
    "address",
    "phone",
    "email",
    "key",
    "votes",
];
const QUESTION: [&str; 4] = ["proposer", "question", "decision", "votes"];

/// The most characters of a cooperative's name or address.
const NAME_MOST: usize = 200;
/// The most characters of a question or of a decision.
const TEXT_MOST: usize = 2_000;
/// The most candidates and the most questions of one demo.
const MOST: usize = 20;

/// Reads an input.
///
/// # Errors
/// All problems of the file at once, in its own order. Nothing else has happened by then.
pub fn read(text: &str) -> Result<Input, Vec<InputProblem>> {
    let tree: Tree =
        serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
            vec![InputProblem {
                field: "$".into(),
                kind: ProblemKind::NotJson {
                    reason: error.to_string(),
                },
            }]
        })?;
    let problems = Problems::default();
    let input = whole(&Field::whole(&tree, &problems));
    let problems = problems.into_vec();
    match input {
        Some(input) if problems.is_empty() => Ok(input),
        _ => Err(problems),
    }
}

fn whole(file: &Field<'_>) -> Option<Input> {
    let top = file.object(&TOP)?;
    let mut people = People::default();
    let cooperative = cooperative(&top.field("cooperative"), &mut people);
    let fees = fees(&top.field("fees"));
    let charter = charter(&top.field("charter"));
    let council = council(&top.field("council"), &mut people);
    let electorate = Electorate {
        council: council
            .as_ref()
            .zip(charter)
            .and_then(|(council, _)| council.accounts.as_deref()),
        quorum_percent: charter.unwrap_or_default().quorum_percent,
    };
    let cashier = {
        let field = top.field("cashier");
        field
            .object(&CASHIER)
            .and_then(|object| people.person(&field, &object))
    };
    let candidates = candidates(&top.field("candidates"), &mut people, electorate);
    let questions = questions(&top.field("questions"), electorate);
    let reader = Reader {
        candidates: candidates.as_deref(),
        electorate,
        symbol: fees.as_ref().map(|(fees, _)| fees.initial().symbol),
    };
    let contributions = some(
        &top.field("contributions"),
        &shares::CONTRIBUTION,
        |item, object| reader.contribution(item, object),
    );
    let mut gone = Vec::new();
    let exits = some(&top.field("exits"), &shares::EXIT, |_, object| {
        reader.exit(object, contributions.as_deref(), &mut gone)
    });
    let members = council
        .as_ref()
        .and_then(|council| council.members.as_deref());
    let election = reader.election(&top.field("election"), members, &gone);
    let moves = some(&top.field("moves"), &shares::MOVE, |_, object| {
        reader.new_account(object, &mut people, &mut gone)
    });
    let (fees, organization_fees) = fees?;
    Some(Input {
        cooperative: cooperative?,
        fees,
        organization_fees,
        charter: charter?,
        council: council?.members?,
        cashier: cashier?,
        questions: questions?,
        contributions: contributions?,
        exits: exits?,
        election: election?,
        moves: moves?,
        candidates: candidates?,
    })
}

/// Reads what the charter says about decisions; without the field it says nothing.
fn charter(field: &Field<'_>) -> Option<Charter> {
    if !field.is_given() {
        return Some(Charter::default());
    }
    let object = field.object(&CHARTER)?;
    let number = |name, most| {
        let field = object.field(name);
        if field.is_given() {
            field.number(most)
        } else {
            Some(0)
        }
    };
    let quorum_percent = number("quorum_percent", u32::from(MAX_QUORUM_PERCENT));
    let board_support = number("board_support", MAX_BOARD_SUPPORT);
    Some(Charter {
        quorum_percent: u8::try_from(quorum_percent?).ok()?,
        board_support: board_support?,
    })
}

fn cooperative(field: &Field<'_>, people: &mut People) -> Option<Cooperative> {
    let object = field.object(&COOPERATIVE)?;
    let account = people.account(&object.field("account"));
    let name = object.field("name").text(NAME_MOST);
    let short_name = object.field("short_name").text(NAME_MOST);
    let address = object.field("address").text(NAME_MOST);
    let zone = zone(&object.field("timezone"));
    Some(Cooperative {
        account: account?,
        name: name?,
        short_name: short_name?,
        address: address?,
        zone: zone?,
    })
}

fn zone(field: &Field<'_>) -> Option<Zone> {
    let name = field.text(NAME_MOST)?;
    Zone::named(&name).ok().or_else(|| {
        let known = Zone::names().collect::<Vec<_>>().join(", ");
        field.wrong(ProblemKind::UnknownZone { found: name, known })
    })
}

fn fees(field: &Field<'_>) -> Option<(Fees, Fees)> {
    let object = field.object(&FEES)?;
    let symbol = object.field("symbol").symbol();
    let of_people = pair(&object, "initial", "minimum", symbol);
    let of_organizations = pair(&object, "org_initial", "org_minimum", symbol);
    symbol?;
    Some((of_people?, of_organizations?))
}

fn pair(
    object: &Object<'_>,
    initial: &'static str,
    minimum: &'static str,
    symbol: Option<Symbol>,
) -> Option<Fees> {
    let sums = (
        object.field(initial).positive_sum(symbol),
        object.field(minimum).positive_sum(symbol),
    );
    let (initial, least) = (sums.0?, sums.1?);
    symbol?;
    Fees::new(initial, least)
        .ok()
        .or_else(|| object.field(minimum).wrong(ProblemKind::TooMuch))
}

/// The council as far as it could be read: votes are checked against it even if a name is missing.
struct Council {
    accounts: Option<Vec<Name>>,
    members: Option<Vec<Member>>,
}

fn council(field: &Field<'_>, people: &mut People) -> Option<Council> {
    let items = field.list()?;
    let bounds = size(field, items.len(), MIN_SEATS, MAX_SEATS);
    let mut accounts = Some(Vec::new());
    let mut members = Vec::new();
    let mut chairman: Option<String> = None;
    let mut positions_are_known = true;
    for item in &items {
        let Some(object) = item.object(&MEMBER) else {
            accounts = None;
            positions_are_known = false;
            continue;
        };
        // Votes cannot be checked against a council that is not known for certain.
        let account = object.field("account").account_if_right();
        accounts = accounts
            .zip(account)
            .and_then(|(mut accounts, account): (Vec<Name>, Name)| {
                let is_new = !accounts.contains(&account);
                accounts.push(account);
                is_new.then_some(accounts)
            });
        let person = people.person(item, &object);
        let position = object.field("position");
        let is_chairman = position
            .one_of(&["chairman", "member"])
            .map(|which| which == 0);
        positions_are_known &= is_chairman.is_some();
        match (&chairman, is_chairman) {
            (Some(first), Some(true)) => {
                position.wrong::<()>(ProblemKind::SecondChairman {
                    first: first.clone(),
                });
            }
            (None, Some(true)) => chairman = Some(item.path().to_owned()),
            _ => {}
        }
        let key = key_kind(&object.field("key"));
        if let (Some(person), Some(is_chairman), Some(key)) = (person, is_chairman, key) {
            members.push(Member {
                person,
                is_chairman,
                key,
            });
        }
    }
    if chairman.is_none() && positions_are_known && !items.is_empty() {
        field.wrong::<()>(ProblemKind::NoChairman);
    }
    let whole = bounds.is_some() && members.len() == items.len();
    Some(Council {
        accounts,
        members: whole.then_some(members),
    })
}

fn candidates(
    field: &Field<'_>,
    people: &mut People,
    electorate: Electorate<'_>,
) -> Option<Vec<Candidate>> {
    let candidates = each(field, &CANDIDATE, |item, object| {
        let applicant = people.applicant(item, object);
        let key = key_kind(&object.field("key"));
        let votes = Votes::read_decided(&object.field("votes"), electorate);
        Some(Candidate {
            applicant: applicant?,
            key: key?,
            votes: votes?,
        })
    })?;
    if candidates
        .iter()
        .all(|candidate| candidate.votes.expected() != Expected::Approved)
    {
        return field.wrong(ProblemKind::NobodyAdmitted);
    }
    Some(candidates)
}

fn questions(field: &Field<'_>, electorate: Electorate<'_>) -> Option<Vec<Question>> {
    let questions = each(field, &QUESTION, |_, object| {
        let proposer = object.field("proposer");
        let name = proposer
            .account()
            .and_then(|name| match electorate.council {
                Some(council) if !council.contains(&name) => {
                    proposer.wrong(ProblemKind::NotMember {
                        account: name.to_string(),
                    })
                }
                _ => Some(name),
            });
        let question = object.field("question").text(TEXT_MOST);
        let decision = object.field("decision").text(TEXT_MOST);
        let votes = Votes::read(&object.field("votes"), electorate);
        Some(Question {
            proposer: name?,
            question: question?,
            decision: decision?,
            votes: votes?,
        })
    })?;
    if questions
        .iter()
        .all(|question| question.votes.expected() != Expected::Approved)
    {
        return field.wrong(ProblemKind::NothingApproved);
    }
    Some(questions)
}

/// Reads a list of 1 to [`MOST`] objects; `None` unless each of them was right.
fn each<'a, T>(
    field: &Field<'a>,
    known: &'static [&'static str],
    read: impl FnMut(&Field<'a>, &Object<'a>) -> Option<T>,
) -> Option<Vec<T>> {
    let items = field.list()?;
    size(field, items.len(), 1, MOST).and(all(items, known, read))
}

/// Reads a list of up to [`MOST`] objects that need not be given.
fn some<'a, T>(
    field: &Field<'a>,
    known: &'static [&'static str],
    read: impl FnMut(&Field<'a>, &Object<'a>) -> Option<T>,
) -> Option<Vec<T>> {
    if !field.is_given() {
        return Some(Vec::new());
    }
    let items = field.list()?;
    size(field, items.len(), 0, MOST).and(all(items, known, read))
}

fn all<'a, T>(
    items: Vec<Field<'a>>,
    known: &'static [&'static str],
    mut read: impl FnMut(&Field<'a>, &Object<'a>) -> Option<T>,
) -> Option<Vec<T>> {
    let read: Vec<_> = items
        .iter()
        .filter_map(|item| item.object(known).and_then(|object| read(item, &object)))
        .collect();
    (read.len() == items.len()).then_some(read)
}

fn size(field: &Field<'_>, found: usize, least: usize, most: usize) -> Option<()> {
    if found < least {
        return field.wrong(ProblemKind::TooFew { found, least });
    }
    if found > most {
        return field.wrong(ProblemKind::TooMany { found, most });
    }
    Some(())
}
