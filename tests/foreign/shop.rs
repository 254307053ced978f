//! The example contract on a chain: registered, accepted, with a machine to book.

use antelope_types::{Asset, Checksum256, Name, asset, name};
use serde_json::Value;
use veche_tests::Person;
use workshop::booking::Subject;
use workshop::workshop::{Client, ClientSigned};

use super::world::{Coop, DAY, Outcome, World, number};

/// The machine that there is.
pub(crate) const LATHE: Name = name!("lathe");
/// The fee for a day.
pub(crate) const FEE: Asset = asset!("50.00 RUB");

/// The workshop's contract, and the cooperative that it serves.
pub(crate) struct Shop<'w> {
    pub coop: Coop<'w>,
    /// The contract's account.
    pub account: Person,
}

impl<'w> Shop<'w> {
    /// A cooperative that has accepted the kind.
    pub(crate) fn new(world: &'w World) -> Self {
        let shop = Self::registered(world);
        shop.coop.accept(workshop::KIND).accepted();
        shop
    }

    /// A cooperative with the contract configured and the kind registered, but not accepted.
    pub(crate) fn registered(world: &'w World) -> Self {
        let shop = Self {
            coop: Coop::new(world),
            account: world.account(),
        };
        world.deploy(&shop.account, veche_tests::built("workshop"));
        let actions = vec![
            shop.actions(&shop.account).init(world.config()).to_action(),
            shop.actions(&shop.coop.account)
                .setmachine(shop.coop.name(), LATHE, FEE)
                .to_action(),
            world.regtype(
                workshop::KIND,
                shop.account.name,
                workshop::CONFIRM,
                workshop::DECLINE,
                workshop::PROTOCOL,
            ),
        ];
        let signers = [&shop.account, &shop.coop.account, &world.soviet];
        world.push(actions, &signers).accepted();
        shop
    }

    /// The contract's actions under somebody's permission.
    pub(crate) fn actions(&self, signer: &Person) -> ClientSigned<1> {
        Client::at(self.account.name).signed_by(signer.active())
    }

    /// The day of the next block, counted from 1970, and so many more.
    pub(crate) fn day(&self, later: u32) -> u32 {
        let today = self.coop.world.chain.now().micros() / 1_000_000 / DAY;
        u32::try_from(today).expect("a day of this age") + later
    }

    /// A participant asks for the lathe.
    pub(crate) fn request(&self, person: &Person, day: u32) -> Outcome {
        let action = self
            .actions(person)
            .request(self.coop.name(), person.name, LATHE, day)
            .to_action();
        self.coop.world.push(vec![action], &[person])
    }

    /// The second founder asks; the process by its hash.
    pub(crate) fn asked(&self, later: u32) -> Checksum256 {
        let person = &self.coop.members[1];
        let day = self.day(later);
        self.request(person, day).accepted();
        let last = self.bookings().pop().expect("a booking");
        let hash = Subject {
            coopname: self.coop.name(),
            id: number(&last["id"]),
            username: person.name,
            machine: LATHE,
            day,
        }
        .hash();
        assert_eq!(last["hash"], hash.to_string());
        hash
    }

    /// The same, paid, with the question on the agenda.
    pub(crate) fn paid(&self, later: u32) -> Checksum256 {
        let hash = self.asked(later);
        self.coop.pay(hash, FEE).accepted();
        self.coop.tell_all();
        hash
    }

    /// All rows of bookings.
    pub(crate) fn bookings(&self) -> Vec<Value> {
        let world = self.coop.world;
        world.rows(&self.account, self.coop.name(), name!("bookings"))
    }

    /// The status of a booking, or `gone`.
    pub(crate) fn status(&self, hash: Checksum256) -> String {
        let text = hash.to_string();
        let rows = self.bookings();
        let row = rows.iter().find(|row| row["hash"] == text.as_str());
        row.map_or("gone", |row| row["status"].as_str().expect("a text"))
            .to_owned()
    }

    /// Sets other code; none takes the contract away.
    pub(crate) fn set_code(&self, wasm: &[u8]) {
        let action = antelope_rpc_client::native::set_code(self.account.name, wasm);
        self.coop
            .world
            .push(vec![action], &[&self.account])
            .accepted();
    }
}
