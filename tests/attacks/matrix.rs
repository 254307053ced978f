//! Every action of every contract, sent by everybody who may not: authority comes before anything else.

mod scene;
mod who;

use std::collections::{BTreeMap, BTreeSet};

use antelope_rpc_client::TableQuery;
use antelope_types::Name;
use coop_model::refusal::{self, Refusal};
use serde_json::Value;

use crate::scenarios::world::{Chain, Outcome, Person};
use scene::{Entry, Scene, entries, lists};
use who::Who;

/// Why somebody must be refused.
enum Because {
    /// The authority of this account is missing.
    Lacks(Name),
    /// A contract says so.
    Refused(Refusal),
}

/// An attempt: a field that names the sender instead of who is named there, and why it must fail.
type Attempt = (Option<&'static str>, Because);

/// What `sender` tries with an action that they may not send; nothing if they may.
fn attempts(scene: &Scene<'_>, entry: &Entry<'_>, sender: &Person) -> Vec<Attempt> {
    let coop = &scene.coop;
    let lacks = |owner: &Person| match owner.name == sender.name {
        true => vec![],
        false => vec![(None, Because::Lacks(owner.name))],
    };
    let own = |field, refusal, may: &[&Person]| {
        let may = may.iter().any(|person| person.name == sender.name);
        (!may).then_some((Some(field), Because::Refused(refusal)))
    };
    let chairman = coop.chairman();
    let not_chairman = refusal::council::NOT_THE_CHAIRMAN;
    match entry.who {
        Who::Anyone => vec![],
        Who::Code => vec![(None, Because::Refused(refusal::config::NOT_INLINE))],
        Who::Operator => lacks(entry.contract),
        Who::Cooperative => lacks(&coop.account),
        // Each of the two alone lacks the other.
        Who::CooperativeAndChairman if sender.name == coop.name() => lacks(chairman),
        Who::CooperativeAndChairman => lacks(&coop.account),
        Who::Chairman => {
            let mut tried = lacks(chairman);
            tried.extend(own("chairman", not_chairman, &[chairman]));
            tried
        }
        Who::ChairmanCooperativeOrThemself => {
            let mut tried = lacks(chairman);
            let may = [chairman, &coop.account, scene.named(entry, "username")];
            tried.extend(own("actor", not_chairman, &may));
            tried
        }
        Who::Named(field) => lacks(scene.named(entry, field)),
        Who::VotingMember(field) => {
            let mut tried = lacks(scene.named(entry, field));
            let members: Vec<&Person> = coop.members.iter().collect();
            tried.extend(own(field, refusal::council::NO_VOTING_SEAT, &members));
            tried
        }
        Who::NamedOrCooperative(field) => match sender.name == coop.name() {
            true => vec![],
            false => lacks(scene.named(entry, field)),
        },
        Who::Staff => {
            let mut tried = lacks(&coop.cashier);
            let may = [
                &coop.cashier,
                &coop.account,
                &scene.candidate.person,
                &scene.participant,
            ];
            tried.extend(own(
                "actor",
                refusal::staff::NEITHER_COOPERATIVE_NOR_STAFF,
                &may,
            ));
            tried
        }
    }
}

/// Everything in the tables of the three contracts, in these scopes or in all.
fn tables(chain: &Chain, scopes: Option<&[Name]>) -> BTreeMap<String, Vec<Value>> {
    let mut found = BTreeMap::new();
    for (package, contract, _) in lists(chain) {
        let known: BTreeSet<Name> = veche_tests::built(package)
            .abi
            .definition()
            .tables
            .iter()
            .map(|table| table.name)
            .collect();
        let places = match scopes {
            Some(scopes) => scopes
                .iter()
                .flat_map(|scope| known.iter().map(|table| (scope.to_string(), *table)))
                .collect(),
            None => all_places(chain, contract, &known),
        };
        for (scope, table) in places {
            let query =
                TableQuery::new(contract.name, scope.parse::<Name>().expect("a name"), table);
            let rows = chain.client.all_rows(&query).expect("a readable table");
            if !rows.is_empty() {
                found.insert(format!("{package} {scope} {table}"), rows);
            }
        }
    }
    found
}

/// The scopes of every table that has rows.
fn all_places(chain: &Chain, contract: &Person, known: &BTreeSet<Name>) -> Vec<(String, Name)> {
    chain
        .client
        .get_table_by_scope(contract.name, Name::default())
        .expect("a list of tables")
        .into_iter()
        .filter(|place| known.contains(&place.table))
        .map(|place| (place.scope, place.table))
        .collect()
}

/// Tries everything that must not be; returns how much was tried.
fn try_everything(scene: &Scene<'_>, everybody: &[(&str, &Person)]) -> usize {
    let chain = scene.coop.chain;
    let mut tried = 0;
    for entry in entries(chain) {
        for &(role, sender) in everybody {
            for (own, because) in attempts(scene, &entry, sender) {
                let action = scene.action(&entry, sender, own);
                let outcome = chain.push(vec![action], &[sender]);
                let in_own_name = own.map_or("", |_| " in their own name");
                let what = format!("{}::{} by {role}{in_own_name}", entry.package, entry.action);
                require(&what, outcome, &because);
                tried += 1;
            }
        }
    }
    tried
}

/// Fails, saying what was tried, unless it was refused for this reason.
fn require(what: &str, outcome: Outcome, because: &Because) {
    let Err(error) = &outcome.0 else {
        panic!("accepted: {what}");
    };
    match because {
        Because::Refused(refusal) => {
            assert_eq!(error.assertion(), Some(refusal.text), "{what}: {error}");
        }
        Because::Lacks(account) => {
            assert!(error.assertion().is_none(), "{what}: {error}");
            outcome.lacks_authority_of(*account);
        }
    }
}

#[test]
fn every_action_of_the_abis_says_who_may_send_it() {
    for (package, list) in [
        ("registrator", who::REGISTRATOR),
        ("soviet", who::SOVIET),
        ("gateway", who::GATEWAY),
    ] {
        let actions = &veche_tests::built(package).abi.definition().actions;
        let there: BTreeSet<String> = actions.iter().map(|it| it.name.to_string()).collect();
        let listed: BTreeSet<String> = list.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(there, listed, "actions of {package}");
        assert_eq!(listed.len(), list.len(), "{package} lists an action twice");
    }
}

#[test]
fn attack_every_action_by_everybody_who_may_not_send_it() {
    let chain = Chain::own();
    let scene = Scene::new(&chain);
    let before = (tables(&chain, None), chain.ram());
    assert!(before.0.len() > 20, "{:?}", before.0.keys());
    let tried = try_everything(&scene, &scene.everybody());
    assert!(tried > 600, "only {tried} attempts");
    let after = (tables(&chain, None), chain.ram());
    assert_eq!(after, before, "a refused action left a trace");
}

/// The same by a stranger and a member where the scenarios run, on a node too; others use this chain
/// at the same time, so that only the cooperative's rows are compared.
#[test]
fn attack_every_action_in_somebody_elses_name() {
    let chain = Chain::shared();
    let scene = Scene::new(chain);
    let scope = [scene.coop.name()];
    let before = tables(chain, Some(&scope));
    try_everything(&scene, &scene.everybody()[..2]);
    assert_eq!(tables(chain, Some(&scope)), before);
}

#[test]
fn attack_one_byte_more_or_less_is_refused_by_every_action() {
    let chain = Chain::own();
    let scene = Scene::new(&chain);
    let before = tables(&chain, None);
    // Bytes are counted before anybody's authority is asked for.
    let sender = &chain.stranger;
    for entry in entries(&chain) {
        let whole = scene.action(&entry, sender, None);
        let name = entry.action;
        let mut longer = whole.clone();
        longer.data.push(0);
        chain
            .push(vec![longer], &[sender])
            .refused_with(&format!("{name}: unexpected bytes after the arguments"));
        let mut shorter = whole.clone();
        shorter.data.pop();
        let unreadable = format!("{name}: the arguments cannot be read");
        chain
            .push(vec![shorter], &[sender])
            .refused_with(&unreadable);
        // The arguments themselves can be read: what is refused is their length. Not sent where the
        // stranger may.
        if entry.who != Who::Anyone {
            let outcome = chain.push(vec![whole], &[sender]);
            let error = outcome.0.expect_err("refused for the sender");
            let text = error.assertion().unwrap_or_default();
            assert!(!text.starts_with(&format!("{name}: ")), "{text}");
        }
    }
    assert_eq!(tables(&chain, None), before);
}
