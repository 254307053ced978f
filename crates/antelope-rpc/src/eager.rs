//! A task that goes on at once where it has woken itself.
//!
//! A connection of the HTTP library wakes itself while it is polled: its reader and the body that the
//! call waits for are two ends of a channel in one task. The runtime puts such a task at the end of its
//! queue, and wakes a second thread that could take it. That thread finds nothing, since the first one
//! goes on before; but the call into the system, and a processor that the client may have needed, cost
//! a third of a short call.
//!
//! ```text
//! polled: RESTING -> POLLED -> RESTING, pending      woken meanwhile: POLLED -> WOKEN -> polled again
//! woken while RESTING: the runtime is told
//! ```

use futures_util::task::AtomicWaker;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll, Wake, Waker};

/// How often a task goes on before others have their turn.
const TURNS: usize = 8;

/// Nobody polls it: who wakes it tells the runtime.
const RESTING: u8 = 0;
/// It is being polled.
const POLLED: u8 = 1;
/// It was woken while it was being polled.
const WOKEN: u8 = 2;

/// A future that is polled again while it has woken itself.
pub(crate) struct Eager<F> {
    /// What is polled.
    future: Pin<Box<F>>,
    /// What it is woken through.
    wakes: Arc<Wakes>,
    /// The same as it is handed to the future.
    waker: Waker,
}

/// Between a future and the runtime.
#[derive(Default)]
struct Wakes {
    /// One of the three states.
    state: AtomicU8,
    /// The task of the runtime.
    task: AtomicWaker,
}

impl<F> Eager<F> {
    /// Wraps a future.
    pub(crate) fn new(future: F) -> Self {
        let wakes = Arc::<Wakes>::default();
        Self {
            future: Box::pin(future),
            waker: Arc::clone(&wakes).into(),
            wakes,
        }
    }
}

impl Wake for Wakes {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        let (polled, woken) = (POLLED, WOKEN);
        let seen = self
            .state
            .compare_exchange(polled, woken, Ordering::AcqRel, Ordering::Acquire);
        // Who polls it looks at the state afterwards. In any other state nobody may look again.
        if seen == Err(RESTING) {
            self.task.wake();
        }
    }
}

impl<F: Future> Future for Eager<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let Self {
            future,
            wakes,
            waker,
        } = &mut *self;
        // Before the state says that the runtime is to be told.
        wakes.task.register(context.waker());
        for _ in 0..TURNS {
            wakes.state.store(POLLED, Ordering::Release);
            let polled = future.as_mut().poll(&mut Context::from_waker(waker));
            let state = wakes.state.swap(RESTING, Ordering::AcqRel);
            if polled.is_ready() || state == POLLED {
                return polled;
            }
        }
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::poll_fn;
    use std::sync::Mutex;
    use std::sync::atomic::AtomicUsize;

    /// Counts how often the runtime is told.
    #[derive(Default)]
    struct Told(AtomicUsize);

    impl Wake for Told {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Polls once; whether it is ready, and how often the runtime was told by then.
    fn poll<F: Future>(future: &mut Eager<F>, told: &Arc<Told>) -> (bool, usize) {
        let waker = Waker::from(Arc::clone(told));
        let polled = Pin::new(future).poll(&mut Context::from_waker(&waker));
        (polled.is_ready(), told.0.load(Ordering::Relaxed))
    }

    /// A future that wakes itself so many times before it is ready.
    fn restless(mut times: usize) -> Eager<impl Future<Output = ()>> {
        Eager::new(poll_fn(move |context| {
            if times == 0 {
                return Poll::Ready(());
            }
            times -= 1;
            context.waker().wake_by_ref();
            Poll::Pending
        }))
    }

    #[test]
    fn a_task_that_wakes_itself_goes_on() {
        let told = Arc::default();
        assert_eq!(poll(&mut restless(TURNS - 1), &told), (true, 0));
    }

    #[test]
    fn others_have_their_turn_after_a_while() {
        let told = Arc::default();
        let mut task = restless(2 * TURNS - 1);
        assert_eq!(poll(&mut task, &told), (false, 1));
        assert_eq!(poll(&mut task, &told), (true, 1));
    }

    #[test]
    fn who_wakes_it_while_it_rests_tells_the_runtime() {
        let kept = Arc::new(Mutex::new(None::<Waker>));
        let keeping = Arc::clone(&kept);
        let mut task = Eager::new(poll_fn(move |context| {
            *keeping.lock().unwrap() = Some(context.waker().clone());
            Poll::<()>::Pending
        }));
        let told = Arc::default();
        assert_eq!(poll(&mut task, &told), (false, 0));
        let waker = kept.lock().unwrap().clone().unwrap();
        waker.wake_by_ref();
        // Once is enough until it is polled.
        waker.wake_by_ref();
        assert_eq!(told.0.load(Ordering::Relaxed), 1);
        assert_eq!(poll(&mut task, &told), (false, 1));
        waker.wake();
        assert_eq!(told.0.load(Ordering::Relaxed), 2);
    }
}
