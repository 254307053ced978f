//! The network in a short form: a cooperative is founded, a node dies, somebody is admitted all the same, the
//! network falls apart and heals, and the histories of two delegates are the same and have the decision.

use super::Delegates;
use super::histories::hash;
use crate::cli::FOUNDERS;
use rustix::process::Signal;

#[test]
fn a_person_is_admitted_while_a_delegate_is_dead_and_two_delegates_have_the_same_history() {
    let Some(mut delegates) = Delegates::up() else {
        return;
    };
    let bureau = delegates.bureau();
    delegates.deploy(&bureau.desk);
    delegates.found(&bureau);

    delegates
        .network
        .kill("e", Signal::KILL)
        .expect("e is killed");
    bureau.apply();
    let question = bureau.desk.data("agenda")[0].clone();
    bureau.admit_applicant();
    delegates.network.start("e").expect("e starts");

    // What was decided is on both sides of the partition, or on none: it heals.
    delegates.network.cut("a,b|c,d,e").expect("it is cut");
    let head = delegates.network.head().expect("a head");
    bureau.desk.data("coop");
    delegates.network.heal().expect("it heals");
    delegates
        .network
        .wait_until_irreversible(head)
        .expect("everything is irreversible");
    assert!(delegates.network.is_one_state().expect("states"));

    // The rows of the question are gone; its votes and its protocol are in the history.
    let gone = bureau
        .desk
        .run(&format!("show {}", question["id"]), &["--lang", "en"]);
    assert_eq!(gone.code, 4, "{}", gone.err);
    let found = delegates.verified(&["a", "e", "api"], &hash(&question));
    assert_eq!(found["votefor"], FOUNDERS.len(), "{found:?}");
    assert_eq!((found["authorize"], found["exec"]), (1, 1), "{found:?}");
}
