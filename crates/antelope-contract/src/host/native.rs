//! The host of the running thread.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

macro_rules! method {
    (other $($rest:tt)*) => {};
    (sdk $(#[$doc:meta])+ $name:ident($($arg:ident: $type:tt),*) $(-> $ret:tt)?) => {
        $(#[$doc])+
        fn $name(&mut self, $($arg: parameter!($type)),*) $(-> number!($ret))? {
            missing(stringify!($name))
        }
    };
}

macro_rules! host {
    ($($group:ident $title:literal { $(
        $(#[$doc:meta])+
        [$feature:ident $context:ident $audience:ident $($disjoint:ident)?]
        fn $name:ident($($arg:ident: $type:tt),*) $(-> $ret:tt)?;
    )* })*) => {
        /// The functions a chain offers to a contract, under their names on chain.
        ///
        /// Names, flags and identifiers are the numbers that cross the border; slices and references
        /// stand for the pointers. A failed assertion must not return: panic with whatever the test
        /// wants to find. A function that is not implemented panics with its name.
        #[allow(unused_variables, clippy::too_many_arguments)]
        pub trait Host {
            $($(method! { $audience $(#[$doc])+ $name($($arg: $type),*) $(-> $ret)? })*)*
        }
    };
}

antelope_intrinsics::intrinsics!(host);

#[cold]
fn missing(name: &str) -> ! {
    panic!("the host of this test does not implement {name}")
}

thread_local! {
    static CURRENT: RefCell<Option<Rc<RefCell<dyn Host>>>> = const { RefCell::new(None) };
}

/// Puts the host back that was there before, also when a test panics.
struct Restore(Option<Rc<RefCell<dyn Host>>>);

impl Drop for Restore {
    fn drop(&mut self) {
        let before = self.0.take();
        CURRENT.with(|current| *current.borrow_mut() = before);
    }
}

/// Runs `body` with `host` behind the host functions of this thread.
///
/// ```
/// use std::{cell::RefCell, rc::Rc};
/// use antelope_contract::{host::{Host, with_host}, prelude::*};
///
/// struct Clock(u64);
///
/// impl Host for Clock {
///     fn current_time(&mut self) -> u64 {
///         self.0
///     }
/// }
///
/// let clock = Rc::new(RefCell::new(Clock(1_500_000)));
/// assert_eq!(with_host(clock, now), TimePoint::from_micros(1_500_000));
/// ```
pub fn with_host<R>(host: Rc<RefCell<dyn Host>>, body: impl FnOnce() -> R) -> R {
    let before = CURRENT.with(|current| current.borrow_mut().replace(host));
    let _restore = Restore(before);
    body()
}

const OUTSIDE: &str = "a contract calls its host outside of a chain: run it inside with_host";

thread_local! {
    static READING: Cell<bool> = const { Cell::new(false) };
}

/// Ends the time in which nothing may be written, also when a test panics.
struct EndReading(bool);

impl Drop for EndReading {
    fn drop(&mut self) {
        READING.set(self.0);
    }
}

/// Runs a read-only action: calls that write panic, as a node refuses them in a read-only transaction.
pub(crate) fn reading<R>(body: impl FnOnce() -> R) -> R {
    let _end = EndReading(READING.replace(true));
    body()
}

/// Whether a node refuses the function in a read-only transaction.
fn writes(name: &str) -> bool {
    let row = ["_store", "_update", "_remove"];
    name.starts_with("send_") || name.starts_with("db_") && row.iter().any(|it| name.contains(it))
}

/// Calls the host of this thread; panics where there is none.
pub(crate) fn call<R>(name: &str, function: impl FnOnce(&mut dyn Host) -> R) -> R {
    assert!(
        !(READING.get() && writes(name)),
        "a read-only action calls {name}, which writes"
    );
    let host = CURRENT.with(|current| current.borrow().clone());
    let Some(host) = host else {
        panic!("{OUTSIDE}")
    };
    let mut host = host.borrow_mut();
    function(&mut *host)
}
