//! Action data that no client would send: cut, overlong, deep, absurd.

use antelope_types::{Action, Encode, Name, VarUint32, name};
use coop_model::council::board;
use coop_model::people::kind;
use coop_model::refusal;

use crate::scenarios::world::{Chain, Coop, Draft, Person};

/// Sends these bytes as the arguments of an action.
fn send(chain: &Chain, contract: &Person, action: Name, signer: &Person, data: Vec<u8>) -> bool {
    let action = Action {
        account: contract.name,
        name: action,
        authorization: vec![signer.active()],
        data,
    };
    chain.push(vec![action], &[signer]).0.is_ok()
}

#[test]
fn attack_documents_cut_at_every_length_are_refused() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let person = coop.newcomer();
    let statement = Draft::statement(&coop, person.name).signed_by(chain, &[&person]);
    let whole = coop
        .registrator(&person)
        .reguser(coop.name(), person.name, kind::INDIVIDUAL, statement)
        .to_action()
        .data;
    for length in (0..whole.len()).step_by(7) {
        assert!(
            !send(
                chain,
                &chain.registrator,
                name!("reguser"),
                &person,
                whole[..length].to_vec()
            ),
            "cut at {length}"
        );
    }
    assert!(
        send(chain, &chain.registrator, name!("reguser"), &person, whole),
        "the whole is right"
    );
}

#[test]
fn attack_absurd_lengths_are_refused() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let chairman = coop.chairman();
    let head = [coop.name(), chairman.name]
        .map(|name| name.to_bytes())
        .concat();
    for length in [1u32 << 10, 1 << 20, 1 << 30, u32::MAX] {
        // A document whose title, links or signatures claim more than there is.
        let mut title = head.clone();
        title.extend(599u64.to_bytes());
        title.extend(coop.name().to_bytes());
        title.extend(chairman.name.to_bytes());
        title.extend(VarUint32(length).to_bytes());
        title.extend([b'x'; 32]);
        assert!(
            !send(chain, &chain.soviet, name!("freedecision"), chairman, title),
            "title of {length}"
        );
        let mut rights = head.clone();
        rights.extend(chain.stranger.name.to_bytes());
        rights.extend(VarUint32(length).to_bytes());
        rights.extend([0; 16]);
        assert!(
            !send(chain, &chain.soviet, name!("addstaff"), chairman, rights),
            "{length} rights"
        );
    }
    // A length of more than 32 bits.
    let mut endless = head;
    endless.extend([0xff; 16]);
    assert!(!send(
        chain,
        &chain.soviet,
        name!("freedecision"),
        chairman,
        endless
    ));
}

#[test]
fn attack_unknown_actions_are_refused() {
    let chain = Chain::shared();
    let stranger = &chain.stranger;
    for contract in [&chain.registrator, &chain.soviet, &chain.gateway] {
        for action in [
            name!("nosuchaction"),
            name!(""),
            name!("transfer"),
            name!("onerror"),
            name!("apply"),
        ] {
            assert!(
                !send(chain, contract, action, stranger, Vec::new()),
                "{} took {action}",
                contract.name
            );
        }
    }
}

#[test]
fn attack_random_bytes_are_refused_by_every_action() {
    let chain = Chain::shared();
    let stranger = &chain.stranger;
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed
    };
    for contract in [&chain.registrator, &chain.soviet, &chain.gateway] {
        let abi = chain.client.get_abi(contract.name).expect("an ABI");
        for action in &abi.definition().actions {
            if action.name == name!("getagenda") || action.name == name!("getbalances") {
                continue;
            }
            for _ in 0..3 {
                let mut data: Vec<u8> = (0..random() % 200).map(|_| random() as u8).collect();
                if action.name == name!("setpause") {
                    // In a trace a node shows a truth value that is neither 0 nor 1 as a number.
                    data.splice(..data.len().min(1), [1]);
                }
                assert!(
                    !send(chain, contract, action.name, stranger, data),
                    "{} took random bytes",
                    action.name
                );
            }
        }
    }
}

#[test]
fn attack_documents_with_too_many_signatures_are_refused() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let seats = coop.seats(3);
    let mut meeting = Draft::election(chain, coop.name(), 2, board::COUNCIL, &seats)
        .signed_by(chain, &[coop.chairman()]);
    let signature = meeting.signatures[0].clone();
    meeting.signatures.resize(65, signature);
    coop.submit_with(board::COUNCIL, seats, meeting)
        .refused(refusal::document::TOO_MANY_SIGNATURES);
}

#[test]
fn attack_a_book_instead_of_a_title_is_refused() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let chairman = coop.chairman();
    let mut draft = Draft::proposal(&coop, chairman.name);
    draft.meta.title = "x".repeat(300_000);
    let proposal = draft.signed_by(chain, &[chairman]);
    coop.propose(chairman, &proposal)
        .refused(refusal::document::TITLE_BOUND);
    draft.meta.title.truncate(10);
    draft.meta.links = vec![draft.doc_hash; 10_000];
    let proposal = draft.signed_by(chain, &[chairman]);
    coop.propose(chairman, &proposal)
        .refused(refusal::document::LINKS_BOUND);
}
