//! The rules as a model (`coop-rules`) and the three contracts, beside each other.
//!
//! Random lives of several cooperatives are lived by both: the outcome of every step, the registry
//! and all rows are equal, and every invariant holds. A life is known by its seed; those that once
//! failed are in `seeds.txt` and are lived again each time.
//!
//! `VECHE_MODEL_STEPS` sets how many steps are taken in all (100 000 by default), `VECHE_MODEL_SEED`
//! where seeds begin; with `VECHE_MODEL_SHRINK=0` a life that fails is not made shorter, which takes
//! longer than to live it.

mod actions;
mod chain;
mod compare;
mod coverage;
mod documents;
mod gaps;
mod life;
mod lives;
mod names;
mod payers;
mod rows;
mod shrink;
mod states;
