//! The host of the running thread.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

/// A method of [`Host`] for each function of the SDK.
macro_rules! method {
    (other $($rest:tt)*) => {};
    (sdk $(#[$doc:meta])+ $name:ident($($arg:ident: $type:tt),*) $(-> $ret:tt)?) => {
        $(#[$doc])+
        fn $name(&mut self, $($arg: parameter!($type)),*) $(-> number!($ret))? {
            missing(stringify!($name))
        }
    };
}

/// Generates the trait [`Host`] from the description of all host functions.
macro_rules! host {
    ($($group:ident $title:literal { $(
        $(#[$doc:meta])+
        [$feature:ident $context:ident $audience:ident $($disjoint:ident)?]
        fn $name:ident($($arg:ident: $type:tt),*) $(-> $ret:tt)?;
    )* })*) => {
        /// The functions a chain offers to a contract, under their names on chain.
        ///
        /// Names, flags and identifiers are the numbers that cross the border; slices and
        /// references stand for the pointers. A failed assertion must not return: panic with
        /// whatever the test wants to find. A function that is not implemented panics with its
        /// name.
        #[allow(unused_variables, clippy::too_many_arguments)]
        pub trait Host {
            $($(method! { $audience $(#[$doc])+ $name($($arg: $type),*) $(-> $ret)? })*)*
        }
    };
}

antelope_intrinsics::intrinsics!(host);

/// The default of each method.
#[cold]
fn missing(name: &str) -> ! {
    panic!("the host of this test does not implement {name}: add the method to its `impl Host`")
}

thread_local! {
    /// The host of this thread.
    static CURRENT: RefCell<Option<Rc<RefCell<dyn Host>>>> = const { RefCell::new(None) };
}

/// Restores the previous host, also when a test panics.
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

/// The message for a host function called without a host.
const OUTSIDE: &str = "a contract calls its host outside of a chain: run it inside with_host";

thread_local! {
    /// Whether a read-only action runs on this thread.
    static READING: Cell<bool> = const { Cell::new(false) };
}

/// Ends a read-only action, also when a test panics.
struct EndReading(bool);

impl Drop for EndReading {
    fn drop(&mut self) {
        READING.set(self.0);
    }
}

/// Runs a read-only action: functions that write panic, as nodes refuse them in a read-only
/// transaction.
pub(crate) fn reading<R>(body: impl FnOnce() -> R) -> R {
    let _end = EndReading(READING.replace(true));
    body()
}

/// Whether nodes refuse the function in a read-only transaction.
fn writes(name: &str) -> bool {
    let row = ["_store", "_update", "_remove"];
    name.starts_with("send_") || name.starts_with("db_") && row.iter().any(|it| name.contains(it))
}

/// Calls the host of this thread; panics without one.
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
