//! What the council decides by itself, and how it is elected.

use antelope_types::name;
use coop_model::Right;
use coop_model::council::board;

use crate::scenarios::world::Coop;

/// Free questions that end in every way.
pub(super) fn questions(coop: &Coop<'_>) {
    // The second one finds the table, and the row that counts the questions of its member.
    let (first, second) = (coop.question(), coop.question());
    coop.decide(&first);
    coop.decide(&second);
    let question = coop.question();
    coop.decline(&question);
    coop.take_off(&question).accepted();
    coop.run_out(&coop.question());
}

/// A council that is elected, one that is withdrawn, one that is objected to, and another board.
pub(super) fn elections(coop: &Coop<'_>) {
    let chain = coop.chain;
    let others = [0; 5].map(|_| coop.admitted());
    let seats = || coop.seats(coop.members.len());
    coop.submit(seats()).accepted();
    coop.drop_board(&coop.account, coop.ballot().version)
        .accepted();

    coop.submit(seats()).accepted();
    let ballot = coop.ballot();
    coop.support(&others[0], ballot.version).accepted();
    coop.object(&others[1], ballot.version).accepted();
    coop.sit(&ballot).accepted();
    coop.free_voices(50).accepted();

    coop.submit(seats()).accepted();
    let ballot = coop.ballot();
    for person in &others {
        coop.object(person, ballot.version).accepted();
    }
    chain.jump_to(ballot.ends_at);
    coop.drop_board(&chain.stranger, ballot.version).accepted();
    coop.free_voices(50).accepted();

    coop.submit_board(board::AUDIT, seats(), &[]).accepted();
    let ballot = coop.ballot();
    for person in &others {
        coop.support(person, ballot.version).accepted();
    }
    coop.sit(&ballot).accepted();
    coop.free_voices(50).accepted();
}

/// Somebody gets rights, other rights, and none.
pub(super) fn staff(coop: &Coop<'_>) {
    let (chairman, clerk) = (coop.chairman(), coop.chain.account());
    let rights = || -> Vec<Right> { coop.cashiers_rights()[..2].to_vec() };
    let account = vec![Right {
        contract: coop.chain.registrator.name,
        action: name!("newaccount"),
    }];
    let soviet = coop.soviet(chairman);
    let (name, chairman_name) = (coop.name(), chairman.name);
    for action in [
        soviet
            .addstaff(name, chairman_name, clerk.name, rights())
            .to_action(),
        soviet
            .setrights(name, chairman_name, clerk.name, account)
            .to_action(),
        soviet.rmstaff(name, chairman_name, clerk.name).to_action(),
    ] {
        coop.chain.push(vec![action], &[chairman]).accepted();
    }
    // The cashier's rights ended with the council that gave them.
    let rights = soviet
        .setrights(
            name,
            chairman_name,
            coop.cashier.name,
            coop.cashiers_rights(),
        )
        .to_action();
    coop.chain.push(vec![rights], &[chairman]).accepted();
}
