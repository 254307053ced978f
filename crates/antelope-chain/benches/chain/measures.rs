//! What is measured within this process.

use crate::{Measure, Result, process, token};
use antelope_chain::wasm::Engine;
use antelope_chain::{ApplyContext, Chain, ChainError, CodeRules, Executor, Genesis};
use antelope_rpc_client::native;
use antelope_types::{Action, Checksum256, Name, PermissionLevel, name};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Transactions of a round, which one block has room for.
pub const COUNT: usize = 1000;

/// Rows of the large state.
const ROWS: u64 = 100_000;

pub fn measure(
    name: &'static str,
    unit: &'static str,
    round: impl FnMut() -> Result<f64> + 'static,
) -> Measure {
    Measure {
        name,
        unit,
        round: Box::new(round),
    }
}

/// Microseconds for each of so many.
pub fn each(time: Duration, count: usize) -> f64 {
    time.as_secs_f64() * 1e6 / count as f64
}

/// The time that it takes.
pub fn time(run: impl FnOnce() -> Result<()>) -> Result<Duration> {
    let start = Instant::now();
    run()?;
    Ok(start.elapsed())
}

pub fn all() -> Result<Vec<Measure>> {
    let mut chain = Chain::new()?;
    token::set_up(&mut chain)?;
    let mut many = chain.clone();
    let system = token::contract("eosio.system")?;
    for n in 0..10u8 {
        let account = Name::from_raw(name!("copy1").raw() + (u64::from(n) << 34));
        many.create_account(account)?;
        // As many different codes: a custom section tells them apart.
        let code = [system.wasm(), &[0, 2, 1, b'a' + n]].concat();
        many.deploy(account, &code, system.abi())?;
        many.produce_block()?;
    }
    let crowd = crowd(&chain)?;
    let nothing = Action {
        account: token::BOB,
        name: name!("nothing"),
        authorization: vec![PermissionLevel::active(token::ALICE)],
        data: vec![0; 40],
    };
    let mut measures = vec![
        pushes("an action without a contract, declared", &chain, nothing),
        pushes("transfer, declared", &chain, token::transfer()),
        pushes(
            "transfer, declared, beside 10 large contracts",
            &many,
            token::transfer(),
        ),
        pushes(
            "transfer, declared, among 20 000 accounts",
            &crowd,
            token::transfer(),
        ),
        signed("transfer, signed", &chain, |chain, batch| {
            for packed in batch {
                chain.push_packed(packed)?;
            }
            Ok(())
        }),
        signed("transfer, signed, in batches", &chain, |chain, batch| {
            for result in chain.push_batch(batch) {
                result?;
            }
            Ok(())
        }),
        block(&chain),
        threads(&chain),
        boot(),
    ];
    measures.extend(deployments(system.wasm().to_vec())?);
    measures.extend(snapshots()?);
    Ok(measures)
}

/// The chain with many more accounts, each of which holds some of the token.
fn crowd(chain: &Chain) -> Result<Chain> {
    let mut chain = chain.clone();
    for n in 0..20_000u64 {
        // Names of seven letters, of which the first is a `c`.
        let letters = (0..6).map(|place| (1 + (n >> (3 * place) & 7)) << (54 - 5 * place));
        let account = Name::from_raw(letters.fold(8 << 59, |name, letter| name | letter));
        chain.create_account(account)?;
        chain.push(&[token::transfer_to(account)])?;
        if n % 500 == 0 {
            chain.produce_block()?;
        }
    }
    chain.produce_block()?;
    Ok(chain)
}

fn pushes(name: &'static str, chain: &Chain, action: Action) -> Measure {
    let mut chain = chain.clone();
    measure(name, "µs", move || {
        let taken = time(|| transact(&mut chain, &action, COUNT))?;
        chain.produce_block()?;
        Ok(each(taken, COUNT))
    })
}

pub fn transact(chain: &mut Chain, action: &Action, count: usize) -> Result<()> {
    for _ in 0..count {
        chain.push(std::slice::from_ref(action))?;
    }
    Ok(())
}

fn signed(
    name: &'static str,
    chain: &Chain,
    run: fn(&mut Chain, &[antelope_types::PackedTransaction]) -> Result<()>,
) -> Measure {
    let mut chain = chain.clone();
    measure(name, "µs", move || {
        let batch = token::signed(&mut chain, COUNT)?;
        let taken = time(|| run(&mut chain, &batch))?;
        chain.produce_block()?;
        Ok(each(taken, COUNT))
    })
}

fn block(chain: &Chain) -> Measure {
    let mut chain = chain.clone();
    measure("a block of 100 transfers, to complete", "µs", move || {
        transact(&mut chain, &token::transfer(), 100)?;
        let taken = time(|| {
            chain.produce_block()?;
            Ok(())
        })?;
        Ok(each(taken, 1))
    })
}

fn threads(chain: &Chain) -> Measure {
    let chain = chain.clone();
    let run = |mut chain: Chain| {
        let action = token::transfer();
        for _ in 0..COUNT {
            chain.push(std::slice::from_ref(&action))?;
        }
        Ok::<_, antelope_chain::Failure>(())
    };
    measure("two threads to one, transfers a second", "×", move || {
        let one = time(|| Ok(run(chain.clone())?))?;
        let two = time(|| {
            std::thread::scope(|scope| {
                let other = scope.spawn(|| run(chain.clone()));
                run(chain.clone())?;
                other.join().expect("pushing does not panic")?;
                Ok(())
            })
        })?;
        Ok(2.0 * one.as_secs_f64() / two.as_secs_f64())
    })
}

fn boot() -> Measure {
    measure("a chain, after the first of the process", "µs", || {
        let taken = time(|| {
            for _ in 0..100 {
                Chain::new()?;
            }
            Ok(())
        })?;
        Ok(each(taken, 100))
    })
}

/// A large contract set and first called: by an engine that must compile it, by one that finds it on
/// the disk, and by one that has it already.
fn deployments(code: Vec<u8>) -> Result<Vec<Measure>> {
    let folder = tempfile::tempdir()?;
    let deploy = move |engine: Arc<Engine>| -> Result<f64> {
        let mut chain = Chain::start(Genesis::default(), engine)?;
        chain.create_account(token::BOB)?;
        let action = Action {
            account: token::BOB,
            name: name!("nothing"),
            authorization: vec![PermissionLevel::active(token::BOB)],
            data: Vec::new(),
        };
        let set_code = native::set_code(token::BOB, &code);
        let taken = time(|| {
            chain.push(&[set_code])?;
            // It knows no such action, and says so.
            drop(chain.push(&[action]));
            Ok(())
        })?;
        Ok(each(taken, 1))
    };
    let shared = Arc::new(Engine::keeping_modules_in(Some(folder.path()))?);
    deploy(Arc::clone(&shared))?;
    let (cold, warm) = (deploy.clone(), deploy.clone());
    Ok(vec![
        measure("eosio.system, set and called, compiled", "µs", move || {
            cold(Arc::new(Engine::keeping_modules_in(None)?))
        }),
        measure(
            "eosio.system, set and called, from the disk",
            "µs",
            move || warm(Arc::new(Engine::keeping_modules_in(Some(folder.path()))?)),
        ),
        measure("eosio.system, set and called, known", "µs", move || {
            deploy(Arc::clone(&shared))
        }),
    ])
}

/// Stores rows without WebAssembly.
pub struct Rows;

impl Executor for Rows {
    fn validate(
        &self,
        _: &Checksum256,
        _: &[u8],
        _: &CodeRules,
    ) -> std::result::Result<(), ChainError> {
        Ok(())
    }

    fn apply(
        &self,
        _: &Checksum256,
        context: &mut ApplyContext<'_>,
    ) -> std::result::Result<(), ChainError> {
        let (table, payer) = (name!("rows"), context.receiver());
        for row in 0..ROWS {
            context.db_store(payer, table, payer, row, &[7; 100])?;
        }
        Ok(())
    }
}

/// A chain with many rows.
pub fn with_rows() -> Result<Chain> {
    let mut chain = Chain::start(Genesis::default(), Arc::new(Rows))?;
    chain.create_account(token::BOB)?;
    chain.create_account(token::ALICE)?;
    chain.deploy(token::BOB, b"rows", b"")?;
    let act = |account| Action {
        account,
        name: name!("go"),
        authorization: vec![PermissionLevel::active(account)],
        data: Vec::new(),
    };
    chain.push(&[act(token::BOB)])?;
    Ok(chain)
}

fn snapshots() -> Result<Vec<Measure>> {
    let mut chain = with_rows()?;
    let mut cycle = move || -> Result<f64> {
        let taken = time(|| {
            for _ in 0..10_000 {
                let before = chain.snapshot();
                chain.revert(&before);
            }
            Ok(())
        })?;
        Ok(each(taken, 10_000))
    };
    let mut chain = Chain::new()?;
    token::set_up(&mut chain)?;
    Ok(vec![
        measure("snapshot and revert of 100 000 rows", "µs", move || {
            cycle()
        }),
        measure(
            "memory after 10 000 cycles with a transfer",
            "KiB more",
            move || {
                let mut cycles = |count| -> Result<()> {
                    for _ in 0..count {
                        let before = chain.snapshot();
                        chain.push(&[token::transfer()])?;
                        chain.revert(&before);
                    }
                    Ok(())
                };
                cycles(1000)?;
                let before = process::resident()?;
                cycles(10_000)?;
                Ok((process::resident()? - before) / 1024.0)
            },
        ),
    ])
}
