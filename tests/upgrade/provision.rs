//! The RAM that an operator provisions: what each step costs, and who pays for it.

use std::fmt::Write;

use antelope_types::Name;
use serde_json::Value;

use crate::foreign::depth::people::{ENTRANCE_AND_MINIMUM, apply, newcomer};
use crate::foreign::world::{Coop, World};

/// Bytes that registrator, soviet, gateway, a cooperative and a person pay.
type Bytes = [i64; 5];

fn bytes(coop: &Coop<'_>, person: Name) -> Bytes {
    let world = coop.world;
    [
        world.registrator.name,
        world.soviet.name,
        world.gateway.name,
        coop.name(),
        person,
    ]
    .map(|account| world.ram(account))
}

/// The table of the page, and what has been measured of it.
struct Table<'c, 'w> {
    coop: &'c Coop<'w>,
    person: Name,
    before: Bytes,
    rows: String,
}

impl Table<'_, '_> {
    /// Measures from here on, with this person as the one who signs.
    fn from(&mut self, person: Name) {
        self.person = person;
        self.before = bytes(self.coop, person);
    }

    /// What has been paid since.
    fn row(&mut self, step: &str) {
        let after = bytes(self.coop, self.person);
        self.write(step, [0, 1, 2, 3, 4].map(|i| after[i] - self.before[i]));
    }

    fn write(&mut self, step: &str, [a, b, c, d, e]: Bytes) {
        let _ = writeln!(self.rows, "| {step} | {a} | {b} | {c} | {d} | {e} |");
    }
}

#[test]
fn the_ram_of_each_step_is_what_the_operators_page_says() {
    let world = World::new();
    let [a, b, c] = world.operators().map(|operator| world.ram(operator.name));
    let coop = Coop::new(&world);
    let empty = world.ram(world.account().name);
    let founded = bytes(&coop, coop.name());
    let mut table = Table {
        coop: &coop,
        person: coop.name(),
        before: Bytes::default(),
        rows: String::new(),
    };
    let own = founded[3] - empty;
    let founding = [founded[0] - a, founded[1] - b, founded[2] - c, own, 0];
    table.write(
        "a cooperative with 3 founders, council and cashier",
        founding,
    );
    table.from(coop.name());
    let person = newcomer(&coop);
    let mut account = bytes(&coop, coop.name());
    account[4] = world.ram(person.name);
    for (bytes, before) in account.iter_mut().zip(&table.before).take(4) {
        *bytes -= before;
    }
    table.write("an account of a person", account);
    table.from(person.name);
    let hash = apply(&coop, &person);
    table.row("application and invoice");
    coop.pay(hash, ENTRANCE_AND_MINIMUM).accepted();
    table.row("the same, paid and on the agenda");
    coop.decide(&coop.question_of(hash));
    table.row("the same, admitted");
    table.from(coop.chairman().name);
    let free = coop.free_question();
    table.row("a free question");
    coop.decide(&free);
    table.row("the same, decided");
    assert_eq!(coop.decisions(), Vec::<Value>::new());

    let page = include_str!("../../docs/operators.md");
    assert!(page.contains(&table.rows), "{}", table.rows);
}
