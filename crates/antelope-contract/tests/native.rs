//! A contract as a native program: its functions run against a host in memory.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use antelope_contract::host::{Host, with_host};
use antelope_contract::prelude::*;

/// Who was greeted how often.
#[table("greetings")]
#[derive(Debug, PartialEq)]
pub struct Greeting {
    /// The key.
    #[primary]
    pub who: Name,
    /// How often.
    pub count: u64,
}

/// The contract.
#[contract(tables(Greeting))]
pub mod hello {
    use super::*;

    /// Greets.
    #[action]
    pub fn hi(who: Name, words: &str) -> u64 {
        require_auth(who);
        check!(!words.is_empty(), "say something");
        print(words);
        let greetings = Greeting::table(receiver());
        match greetings.get(who) {
            Some(greeting) => {
                greeting
                    .update(Payer::Same, |greeting| greeting.count += 1)
                    .count
            }
            None => {
                greetings.insert(who, &Greeting { who, count: 1 });
                1
            }
        }
    }

    /// Promises to write nothing, and forgets.
    #[action(read_only)]
    pub fn peek(who: Name) -> u64 {
        let greeting = Greeting::table(receiver())
            .get(who)
            .or_fail("never greeted");
        if greeting.count > 1 {
            greeting.remove().count
        } else {
            greeting.count
        }
    }

    /// Forgets everybody.
    #[action]
    pub fn forget() {
        for greeting in &Greeting::table(receiver()) {
            greeting.remove();
        }
    }
}

const ME: Name = name!("hello");

/// The least a chain needs for this contract.
#[derive(Default)]
struct Chain {
    signer: Name,
    data: Vec<u8>,
    console: String,
    returned: Vec<u8>,
    rows: BTreeMap<u64, Vec<u8>>,
    /// Iterators are places in this list.
    seen: Vec<u64>,
}

impl Chain {
    fn iterator(&mut self, key: Option<u64>) -> i32 {
        let Some(key) = key else { return -2 };
        let known = self.seen.iter().position(|it| *it == key);
        known.unwrap_or_else(|| {
            self.seen.push(key);
            self.seen.len() - 1
        }) as i32
    }
}

impl Host for Chain {
    fn current_receiver(&mut self) -> u64 {
        ME.raw()
    }

    fn require_auth(&mut self, account: u64) {
        assert!(
            account == self.signer.raw(),
            "missing authority of {}",
            Name::from_raw(account)
        );
    }

    fn eosio_assert_message(&mut self, condition: u32, message: &[u8]) {
        assert!(condition != 0, "{}", String::from_utf8_lossy(message));
    }

    fn eosio_assert_code(&mut self, condition: u32, code: u64) {
        assert!(condition != 0, "{code}");
    }

    fn action_data_size(&mut self) -> u32 {
        self.data.len() as u32
    }

    fn read_action_data(&mut self, buffer: &mut [u8]) -> u32 {
        buffer.copy_from_slice(&self.data);
        self.data.len() as u32
    }

    fn set_action_return_value(&mut self, value: &[u8]) {
        self.returned = value.to_vec();
    }

    fn prints_l(&mut self, text: &[u8]) {
        self.console.push_str(&String::from_utf8_lossy(text));
    }

    fn db_find_i64(&mut self, _: u64, _: u64, _: u64, id: u64) -> i32 {
        let found = self.rows.contains_key(&id).then_some(id);
        self.iterator(found)
    }

    fn db_get_i64(&mut self, iterator: i32, buffer: &mut [u8]) -> i32 {
        let row = &self.rows[&self.seen[iterator as usize]];
        let len = row.len().min(buffer.len());
        buffer[..len].copy_from_slice(&row[..len]);
        if buffer.is_empty() {
            row.len() as i32
        } else {
            len as i32
        }
    }

    fn db_store_i64(&mut self, _: u64, _: u64, _: u64, id: u64, data: &[u8]) -> i32 {
        self.rows.insert(id, data.to_vec());
        self.iterator(Some(id))
    }

    fn db_update_i64(&mut self, iterator: i32, payer: u64, data: &[u8]) {
        assert_eq!(payer, 0, "the payer stays");
        self.rows
            .insert(self.seen[iterator as usize], data.to_vec());
    }

    fn db_remove_i64(&mut self, iterator: i32) {
        self.rows.remove(&self.seen[iterator as usize]);
    }

    fn db_lowerbound_i64(&mut self, _: u64, _: u64, _: u64, id: u64) -> i32 {
        let key = self.rows.range(id..).next().map(|(key, _)| *key);
        self.iterator(key)
    }

    fn db_next_i64(&mut self, iterator: i32, _: &mut u64) -> i32 {
        let after = self.seen[iterator as usize] + 1;
        let key = self.rows.range(after..).next().map(|(key, _)| *key);
        self.iterator(key)
    }
}

/// Runs an action of the contract natively.
fn act(chain: &Rc<RefCell<Chain>>, signer: Name, action: Name, data: Vec<u8>) {
    chain.borrow_mut().signer = signer;
    chain.borrow_mut().data = data;
    with_host(chain.clone(), || {
        hello::apply(ME.raw(), ME.raw(), action.raw())
    });
}

fn failure(run: impl FnOnce()) -> String {
    let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).expect_err("must fail");
    *panic.downcast::<String>().expect("a text")
}

#[test]
fn actions_run_natively() {
    let chain = Rc::new(RefCell::new(Chain::default()));
    let (alice, bob) = (name!("alice"), name!("bob"));
    let hi = |who, words| hello::HiArgs { who, words }.to_bytes();
    for count in 1..=3u64 {
        act(&chain, alice, name!("hi"), hi(alice, "hi "));
        assert_eq!(u64::from_bytes(&chain.borrow().returned), Ok(count));
    }
    act(&chain, bob, name!("hi"), hi(bob, "hello"));
    assert_eq!(chain.borrow().console, "hi hi hi hello");
    assert_eq!(chain.borrow().rows.len(), 2);
    let row = Greeting::from_bytes(&chain.borrow().rows[&alice.raw()]).map(|row| row.count);
    assert_eq!(row, Ok(3));
    act(&chain, bob, name!("forget"), Vec::new());
    assert!(chain.borrow().rows.is_empty());
}

#[test]
fn failures_come_as_on_chain() {
    let alice = name!("alice");
    let run =
        |signer, action, data: Vec<u8>| failure(move || act(&Rc::default(), signer, action, data));
    let hi = |words| hello::HiArgs { who: alice, words }.to_bytes();
    assert_eq!(
        run(name!("bob"), name!("hi"), hi("hi")),
        "missing authority of alice"
    );
    assert_eq!(run(alice, name!("hi"), hi("")), "say something");
    assert_eq!(run(alice, name!("hi"), vec![1, 2]), "hi.who");
    assert_eq!(
        run(alice, name!("nothere"), hi("hi")),
        "8000000000000000000"
    );
}

#[test]
fn read_only_actions_may_not_write() {
    let chain = Rc::new(RefCell::new(Chain::default()));
    let alice = name!("alice");
    let hi = || {
        hello::HiArgs {
            who: alice,
            words: "hi",
        }
        .to_bytes()
    };
    let peek = hello::PeekArgs { who: alice }.to_bytes();
    act(&chain, alice, name!("hi"), hi());
    act(&chain, alice, name!("peek"), peek.clone());
    assert_eq!(u64::from_bytes(&chain.borrow().returned), Ok(1));
    act(&chain, alice, name!("hi"), hi());
    let text = failure(|| act(&chain, alice, name!("peek"), peek));
    assert_eq!(text, "a read-only action calls db_remove_i64, which writes");
    act(&chain, alice, name!("forget"), Vec::new());
}

#[test]
fn functions_can_be_called_directly() {
    let chain = Rc::new(RefCell::new(Chain::default()));
    chain.borrow_mut().signer = name!("alice");
    let count = with_host(chain.clone(), || hello::hi(name!("alice"), "hi"));
    assert_eq!(count, 1);
}

#[test]
fn a_contract_without_a_host_says_so() {
    let text = failure(|| require_auth(name!("alice")));
    assert!(text.contains("with_host"), "{text}");
    let text = failure(|| {
        struct Nothing;
        impl Host for Nothing {}
        with_host(Rc::new(RefCell::new(Nothing)), || {
            require_auth(name!("alice"))
        });
    });
    assert_eq!(
        text,
        "the host of this test does not implement require_auth: add the method to its `impl Host`"
    );
}
