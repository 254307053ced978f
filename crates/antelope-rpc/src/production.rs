//! When blocks are made, as `/v1/dev/production` reads and changes it.
//!
//! A server does not make blocks. Whoever does gives it a [`Producing`], so that the mode can be
//! changed while both run; a server without one has a clock of its own, which stands until it is asked
//! for.

use antelope_chain::BlockProduction;
use antelope_chain::api::{Api, Production};
use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// When blocks are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProductionMode {
    /// At this interval of the machine's clock. Blocks are 500 ms apart for the chain, so that its
    /// time runs ahead where the interval is shorter.
    Every(Duration),
    /// After each transaction.
    PerTransaction,
    /// When somebody asks for one.
    OnDemand,
}

/// Whoever makes the blocks of a chain.
///
/// It is asked by threads that answer calls, so that it must not wait for a block to be completed for
/// longer than a call may take.
///
/// ```
/// use antelope_rpc::{Producing, ProductionMode};
/// use std::sync::Mutex;
///
/// /// A miner that does nothing but remember.
/// #[derive(Debug)]
/// struct Remembering(Mutex<ProductionMode>);
///
/// impl Producing for Remembering {
///     fn mode(&self) -> ProductionMode {
///         *self.0.lock().expect("nobody panics")
///     }
///
///     fn set_mode(&self, mode: ProductionMode) -> Result<(), String> {
///         *self.0.lock().expect("nobody panics") = mode;
///         Ok(())
///     }
/// }
///
/// let miner = Remembering(Mutex::new(ProductionMode::OnDemand));
/// miner.set_mode(ProductionMode::PerTransaction)?;
/// assert_eq!(miner.mode(), ProductionMode::PerTransaction);
/// # Ok::<(), String>(())
/// ```
pub trait Producing: fmt::Debug + Send + Sync {
    /// When they are made now.
    fn mode(&self) -> ProductionMode;

    /// Decides when they are made from now on. A block that is being completed is completed.
    ///
    /// # Errors
    /// Why it cannot be done, in words; nothing is changed then.
    fn set_mode(&self, mode: ProductionMode) -> Result<(), String>;
}

/// A clock for a chain whose owner has none.
pub(crate) struct OwnClock {
    api: Api,
    running: Mutex<Option<(Duration, BlockProduction)>>,
}

impl OwnClock {
    /// One that stands.
    pub(crate) fn new(api: Api) -> Self {
        Self {
            api,
            running: Mutex::default(),
        }
    }
}

impl Producing for OwnClock {
    fn mode(&self) -> ProductionMode {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        match (&*running, self.api.production()) {
            (Some((interval, _)), _) => ProductionMode::Every(*interval),
            (None, Production::PerTransaction) => ProductionMode::PerTransaction,
            (None, Production::OnDemand) => ProductionMode::OnDemand,
        }
    }

    fn set_mode(&self, mode: ProductionMode) -> Result<(), String> {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        let (production, clock) = match mode {
            ProductionMode::Every(interval) => {
                let clock = self.api.live().produce_every(interval);
                let clock = clock.map_err(|error| format!("cannot start a thread: {error}"))?;
                (Production::OnDemand, Some((interval, clock)))
            }
            ProductionMode::PerTransaction => (Production::PerTransaction, None),
            ProductionMode::OnDemand => (Production::OnDemand, None),
        };
        self.api.set_production(production);
        // The clock that ran until now stops here.
        *running = clock;
        Ok(())
    }
}

impl fmt::Debug for OwnClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("OwnClock").field(&self.mode()).finish()
    }
}
