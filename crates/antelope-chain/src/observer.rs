//! Observers of transactions: code that sees the trace of each transaction that succeeds.
//!
//! Two kinds of callers need this. `antelope-testing` adds up costs over a whole test run, on all
//! threads and chains: [`observe`]. A test that pushes through a client gets responses of the API,
//! which have no costs, and wants the traces behind them: [`with_traces`].
//!
//! Neither costs anything while nobody observes: a look at a thread-local variable and at a static.

use antelope_types::TransactionTrace;
use std::cell::RefCell;
use std::sync::OnceLock;

/// A function called with the trace of each transaction that was executed and kept, on the thread
/// that executed it, before the call that pushed it returns.
pub type Observer = fn(&TransactionTrace);

/// The observer of the process.
static OBSERVER: OnceLock<Observer> = OnceLock::new();

thread_local! {
    /// The traces collected for [`with_traces`] on this thread; `None` while nobody collects.
    static WATCHED: RefCell<Option<Vec<TransactionTrace>>> = const { RefCell::new(None) };
}

/// Installs an observer for all chains of this process. The first one stays; later calls have no
/// effect.
pub fn observe(observer: Observer) {
    OBSERVER.get_or_init(|| observer);
}

/// Called for a transaction that was executed and kept.
pub(crate) fn executed(trace: &TransactionTrace) {
    watch(trace);
    if let Some(observer) = OBSERVER.get() {
        observer(trace);
    }
}

/// Called for a read-only or dry-run transaction. The process-wide observer does not see these,
/// since nothing of them is on the chain.
pub(crate) fn read(trace: &TransactionTrace) {
    watch(trace);
}

/// Runs a function and returns, with its result, the traces of all transactions that succeeded
/// meanwhile on this thread, on any chain, read-only ones included. Calls may be nested; the inner
/// one then sees its transactions and the outer one does not.
///
/// ```
/// use antelope_chain::{Chain, with_traces};
/// use antelope_types::name;
///
/// let (chain, traces) = with_traces(|| {
///     let mut chain = Chain::new()?;
///     chain.create_account(name!("alice"))?;
///     Ok::<_, Box<dyn std::error::Error>>(chain)
/// });
/// assert!(chain.is_ok());
/// assert_eq!(traces.last().unwrap().action_traces[0].act.name, name!("newaccount"));
/// ```
pub fn with_traces<T>(run: impl FnOnce() -> T) -> (T, Vec<TransactionTrace>) {
    /// Restores what was collected before, also when `run` panics.
    struct Restore(Option<Option<Vec<TransactionTrace>>>);

    impl Drop for Restore {
        fn drop(&mut self) {
            if let Some(before) = self.0.take() {
                WATCHED.set(before);
            }
        }
    }

    let mut restore = Restore(Some(WATCHED.replace(Some(Vec::new()))));
    let result = run();
    let traces = WATCHED.replace(restore.0.take().flatten());
    (result, traces.unwrap_or_default())
}

/// Adds a trace to those collected on this thread.
fn watch(trace: &TransactionTrace) {
    WATCHED.with_borrow_mut(|watched| {
        if let Some(traces) = watched {
            traces.push(trace.clone());
        }
    });
}
