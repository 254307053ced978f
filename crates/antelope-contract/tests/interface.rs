//! Contracts that implement the trait by which others call them, and strict ones.

use std::cell::RefCell;
use std::rc::Rc;

use antelope_contract::host::{Host, with_host};
use antelope_contract::prelude::*;

mod calls {
    use antelope_contract::prelude::*;

    /// What others know of the board.
    #[client]
    pub trait Board {
        /// Moves a seat.
        fn moveseat(from: Name, to: Name, memo: &str);
        /// Another name on chain, raw identifiers, a list.
        #[action(name = "two.words")]
        fn two_words(r#type: u8, data: &[u8]);
        /// A result.
        fn count(of: Name) -> u64;
        /// A result that borrows, and nothing else.
        fn echo(text: &str) -> &str;
        /// Nothing at all.
        fn nothing();
        /// Not in this build.
        #[cfg(any())]
        fn never(what: NoSuchType);
    }
}

/// The contract. Two of its actions have their arguments in another order than the interface.
#[contract(strict, implements(calls::Board))]
pub mod board {
    use super::*;

    /// Moves a seat.
    #[action]
    pub fn moveseat(cx: &Context, memo: &str, to: Name, from: Name) {
        print(cx.action());
        print(" ");
        print(from);
        print(" ");
        print(to);
        print(" ");
        print(memo);
    }

    /// Another name.
    #[action(name = "two.words")]
    pub fn two_words(data: &[u8], r#type: u8) {
        check!(data.len() == usize::from(r#type), "another length");
    }

    /// Counts.
    #[action(read_only)]
    pub fn count(of: Name) -> u64 {
        of.raw()
    }

    /// Says it again.
    #[action]
    pub fn echo(text: &str) -> &str {
        text
    }

    /// Does nothing.
    #[action]
    pub fn nothing() {}

    /// Not in this build.
    #[cfg(any())]
    #[action]
    pub fn never(what: NoSuchType) {}
}

/// A contract that leaves bytes alone, as those of CDT.
#[contract]
pub mod lenient {
    use super::*;

    /// Takes a name.
    #[action]
    pub fn take(who: Name) {
        print(who);
    }
}

/// Names of every form.
#[contract(strict)]
pub mod names {
    /// Thirteen characters.
    #[action(name = "zzzzzzzzzzzzj")]
    pub fn long() {}

    /// Dots.
    #[action(name = ".a..5b")]
    pub fn dots() {}

    /// One character.
    #[action(name = "1")]
    pub fn short() {}
}

#[derive(Default)]
struct Chain {
    data: Vec<u8>,
    console: String,
    returned: Vec<u8>,
}

impl Host for Chain {
    fn action_data_size(&mut self) -> u32 {
        self.data.len() as u32
    }

    fn read_action_data(&mut self, buffer: &mut [u8]) -> u32 {
        buffer.copy_from_slice(&self.data);
        self.data.len() as u32
    }

    fn eosio_assert_message(&mut self, condition: u32, message: &[u8]) {
        assert!(condition != 0, "{}", String::from_utf8_lossy(message));
    }

    fn set_action_return_value(&mut self, value: &[u8]) {
        self.returned = value.to_vec();
    }

    fn prints_l(&mut self, text: &[u8]) {
        self.console.push_str(&String::from_utf8_lossy(text));
    }

    fn printn(&mut self, name: u64) {
        self.console.push_str(&Name::from_raw(name).to_string());
    }
}

const ME: Name = name!("board");

/// What came of an action: the console and what was returned, or the text of the failure.
fn act(
    apply: fn(u64, u64, u64),
    action: Name,
    data: impl Into<Vec<u8>>,
) -> Result<(String, Vec<u8>), String> {
    let chain = Rc::new(RefCell::new(Chain {
        data: data.into(),
        ..Chain::default()
    }));
    let run = || with_host(chain.clone(), || apply(ME.raw(), ME.raw(), action.raw()));
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(run))
        .map_err(|panic| *panic.downcast::<String>().expect("a text"))?;
    let chain = chain.take();
    Ok((chain.console, chain.returned))
}

#[test]
fn arguments_are_those_of_the_interface_whatever_their_order_is_here() {
    let (alice, bob) = (name!("alice"), name!("bob"));
    let call = calls::Board::at(ME)
        .signed_by(PermissionLevel::active(alice))
        .moveseat(alice, bob, "why");
    let action = call.to_action();
    let (console, _) = act(board::apply, action.name, action.data).expect("success");
    assert_eq!(console, "moveseat alice bob why");
}

#[test]
fn the_structs_and_the_client_of_the_interface_have_their_usual_names() {
    let arguments: calls::BoardCountArgs = board::CountArgs { of: ME };
    let (_, returned) = act(board::apply, name!("count"), arguments.to_bytes()).expect("success");
    assert_eq!(u64::from_bytes(&returned), Ok(ME.raw()));
    let call = board::Client::at(ME)
        .signed_by(PermissionLevel::active(ME))
        .two_words(2, b"ab");
    assert_eq!(call.to_action().name, name!("two.words"));
    let data = call.to_action().data;
    assert!(act(board::apply, name!("two.words"), data).is_ok());
}

#[test]
fn results_borrow_what_they_like() {
    let data = "hello".to_bytes();
    let (_, returned) = act(board::apply, name!("echo"), data.clone()).expect("success");
    assert_eq!(returned, data);
    assert!(act(board::apply, name!("nothing"), []).is_ok());
}

#[test]
fn what_cannot_be_read_is_named() {
    let failure = |data: &[u8]| act(board::apply, name!("moveseat"), data).expect_err("a failure");
    for length in [7, 8, 16] {
        assert_eq!(
            failure(&vec![1; length]),
            "moveseat: the arguments cannot be read"
        );
    }
    let failure = act(board::apply, name!("two.words"), []).expect_err("a failure");
    assert_eq!(failure, "two.words: the arguments cannot be read");
}

#[test]
fn a_strict_contract_refuses_bytes_after_the_arguments() {
    let failure = |action, data: &[u8]| act(board::apply, action, data).expect_err("a failure");
    assert_eq!(
        failure(name!("nothing"), &[0]),
        "nothing: unexpected bytes after the arguments"
    );
    assert_eq!(
        failure(name!("two.words"), &[1, 1, 0, 0]),
        "two.words: unexpected bytes after the arguments"
    );
    assert_eq!(
        failure(name!("count"), &[1; 9]),
        "count: unexpected bytes after the arguments"
    );
}

#[test]
fn the_refusal_names_any_action() {
    for name in ["zzzzzzzzzzzzj", ".a..5b", "1"] {
        let action = name.parse().expect("a name");
        assert!(act(names::apply, action, []).is_ok());
        assert_eq!(
            act(names::apply, action, [0]),
            Err(format!("{name}: unexpected bytes after the arguments"))
        );
    }
}

#[test]
fn others_leave_them_alone() {
    let data = [ME.to_bytes(), vec![1, 2, 3]].concat();
    let (console, _) = act(lenient::apply, name!("take"), data).expect("success");
    assert_eq!(console, "board");
}

#[test]
fn the_abi_is_that_of_the_interface() {
    let abi = board::abi().expect("records");
    let fields = |name: &str| -> Vec<_> {
        let found = abi.structs.iter().find(|it| it.name == name);
        let fields = &found.expect("a struct").fields;
        fields.iter().map(|it| it.name.clone()).collect()
    };
    assert_eq!(fields("moveseat"), ["from", "to", "memo"]);
    assert_eq!(fields("two.words"), ["type", "data"]);
    let actions: Vec<_> = abi.actions.iter().map(|it| it.name.to_string()).collect();
    assert_eq!(
        actions,
        ["count", "echo", "moveseat", "nothing", "two.words"]
    );
    assert_eq!(abi.action_results.len(), 2);
}
