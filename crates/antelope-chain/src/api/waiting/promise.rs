//! A value that another thread gives later: to be waited for by a thread, or by a task.
//!
//! It is the channel for one value that servers with threads and servers with tasks need alike. Nothing
//! is lost: a value that is given before anybody waits is found, and a giver that ends without one is
//! noticed.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

/// Gives the value, once. Dropping it without one tells the receiver that none will come.
pub(in crate::api) struct Promise<T>(Arc<Shared<T>>);

/// Receives the value.
pub(in crate::api) struct Promised<T>(Arc<Shared<T>>);

/// What both share.
struct Shared<T> {
    state: Mutex<State<T>>,
    /// Signalled when the state is not `Open` any more.
    changed: Condvar,
}

/// How far it is.
enum State<T> {
    /// The value has not come; the task that waits for it, if one does.
    Open(Option<Waker>),
    /// It has come.
    Given(T),
    /// It was taken, or will never come.
    Empty,
}

/// A promise and its receiver.
pub(in crate::api) fn promise<T>() -> (Promise<T>, Promised<T>) {
    let shared = Arc::new(Shared {
        state: Mutex::new(State::Open(None)),
        changed: Condvar::new(),
    });
    (Promise(Arc::clone(&shared)), Promised(shared))
}

impl<T> Shared<T> {
    /// Takes the lock, which is held for moments only.
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends the waiting, unless it has ended.
    fn end(&self, with: State<T>) {
        let mut state = self.lock();
        if let State::Open(waker) = &mut *state {
            let waker = waker.take();
            *state = with;
            drop(state);
            self.changed.notify_all();
            if let Some(waker) = waker {
                waker.wake();
            }
        }
    }
}

impl<T> Promise<T> {
    /// Gives the value. Where the receiver is gone, it is dropped.
    pub(in crate::api) fn give(self, value: T) {
        self.0.end(State::Given(value));
    }
}

impl<T> Drop for Promise<T> {
    fn drop(&mut self) {
        self.0.end(State::Empty);
    }
}

impl<T> Promised<T> {
    /// Waits for the value on this thread; `None` if none will come.
    pub(in crate::api) fn wait(self) -> Option<T> {
        let mut state = self.0.lock();
        while matches!(*state, State::Open(_)) {
            let waited = self.0.changed.wait(state);
            state = waited.unwrap_or_else(PoisonError::into_inner);
        }
        match std::mem::replace(&mut *state, State::Empty) {
            State::Given(value) => Some(value),
            _ => None,
        }
    }
}

/// Ready when [`wait`](Promised::wait) does not have to wait.
impl<T> Future for &Promised<T> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        match &mut *self.0.lock() {
            State::Open(waker) => {
                *waker = Some(context.waker().clone());
                Poll::Pending
            }
            _ => Poll::Ready(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_waits_for_the_value() {
        let (given, received) = promise();
        let thread = std::thread::spawn(move || received.wait());
        given.give(7);
        assert_eq!(thread.join().unwrap(), Some(7));
    }

    #[test]
    fn a_task_is_woken_by_the_value() {
        let (given, received) = promise();
        let mut context = Context::from_waker(Waker::noop());
        assert_eq!(Pin::new(&mut &received).poll(&mut context), Poll::Pending);
        given.give("there");
        assert_eq!(Pin::new(&mut &received).poll(&mut context), Poll::Ready(()));
        assert_eq!(received.wait(), Some("there"));
    }

    #[test]
    fn a_dropped_promise_ends_the_waiting() {
        let (given, received) = promise::<()>();
        drop(given);
        assert_eq!(received.wait(), None);
        // One that nobody waits for any more is given all the same.
        let (given, received) = promise();
        drop(received);
        given.give(());
    }
}
