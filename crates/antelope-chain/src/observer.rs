//! Who sees the traces of the transactions that succeed.

use antelope_types::TransactionTrace;
use std::cell::RefCell;
use std::sync::OnceLock;

/// What is called with the trace of each transaction that was executed, on the thread of the chain.
pub type Observer = fn(&TransactionTrace);

static OBSERVER: OnceLock<Observer> = OnceLock::new();

thread_local! {
    static WATCHED: RefCell<Option<Vec<TransactionTrace>>> = const { RefCell::new(None) };
}

/// Shows to `observer`, on all threads of this process, what transactions do that succeed and are
/// kept. The first observer stays.
pub fn observe(observer: Observer) {
    OBSERVER.get_or_init(|| observer);
}

/// Shows the trace of a transaction that was kept.
pub(crate) fn executed(trace: &TransactionTrace) {
    watch(trace);
    if let Some(observer) = OBSERVER.get() {
        observer(trace);
    }
}

/// Shows the trace of a transaction that only asked.
pub(crate) fn read(trace: &TransactionTrace) {
    watch(trace);
}

/// The traces of the transactions that succeed meanwhile, on this thread, on whatever chain, read-only
/// ones too: for tests that push through a client, whose traces have no costs.
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
    /// Also where `run` panics.
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

/// Shows a trace to who watches this thread.
fn watch(trace: &TransactionTrace) {
    WATCHED.with_borrow_mut(|watched| {
        if let Some(traces) = watched {
            traces.push(trace.clone());
        }
    });
}
