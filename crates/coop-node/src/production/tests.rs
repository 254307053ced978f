use super::*;
use antelope_chain::api::Source;
use antelope_chain::{
    ApplyContext, Chain, CodeRules, ErrorKind, Executor, Fetched, Genesis, Missing, NoContracts,
    Origin,
};
use antelope_rpc_client::native;
use antelope_types::{Authority, Checksum256, TimePoint, name};
use std::collections::BTreeSet;
use std::io::Write;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::mpsc::{Receiver, channel};

/// A day, in µs.
const DAY: i64 = 86_400_000_000;

/// A slot, in µs.
const SLOT: i64 = 500_000;

/// A chain that ticks by a clock that the test sets.
fn ticking() -> (Ticker, Arc<AtomicI64>) {
    ticking_of(Chain::start(Genesis::default(), Arc::new(NoContracts)).unwrap())
}

fn ticking_of(chain: Chain) -> (Ticker, Arc<AtomicI64>) {
    let time = Arc::new(AtomicI64::new(chain.now().micros()));
    let live = LiveChain::new(chain);
    let api = Api::over(live.clone(), antelope_chain::api::Production::OnDemand);
    let read = Arc::clone(&time);
    let clock = WallClock::new(move || TimePoint::from_micros(read.load(Ordering::Relaxed)));
    (Ticker::new(api, live, clock), time)
}

/// The times of all blocks.
fn times(ticker: &Ticker) -> Vec<i64> {
    let chain = ticker.live.fork();
    let times = (1..=chain.head().number()).map(|number| chain.block(number).unwrap());
    times
        .map(|block| TimePoint::from(block.header.timestamp).micros())
        .collect()
}

/// Sends a transaction that a client makes with what it finds on the chain.
fn client_is_served(ticker: &Ticker, number: u64) {
    let key = Authority::from_key(Genesis::default().initial_key);
    let name = antelope_types::Name::from_raw(number << 59);
    let action = native::new_account(name!("eosio"), name, key.clone(), key);
    let client = ticker.api.client();
    client
        .push(&[action], &[&antelope_chain::DEVELOPMENT_KEY])
        .unwrap();
}

/// Lines that are logged.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// What so many ticks log: the level, the message, and the seconds that it tells.
fn logged(ticker: &mut Ticker, ticks: usize) -> Vec<(String, String, Option<i64>)> {
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt()
        .json()
        .with_writer(move || writer.clone())
        .finish();
    tracing::subscriber::with_default(subscriber, || {
        (0..ticks).for_each(|_| ticker.tick(true));
    });
    let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    let lines = text.lines().map(|line| {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let fields = &line["fields"];
        (
            text(&line["level"]),
            text(&fields["message"]),
            fields["seconds"].as_i64(),
        )
    });
    lines.collect()
}

#[test]
fn a_jump_of_the_clock_forward_is_warned_of_once() {
    let (mut ticker, time) = ticking();
    // Nobody is warned of what is usual, up to ten seconds.
    time.fetch_add(SLOT, Ordering::Relaxed);
    assert_eq!(logged(&mut ticker, 1), []);
    time.fetch_add(FAR, Ordering::Relaxed);
    assert_eq!(logged(&mut ticker, 1), []);
    time.fetch_add(DAY, Ordering::Relaxed);
    let told = logged(&mut ticker, 5);
    let [(level, message, seconds)] = &told[..] else {
        panic!("{told:?}");
    };
    assert_eq!((level.as_str(), *seconds), ("WARN", Some(DAY / 1_000_000)));
    assert!(
        message.starts_with("the clock is far ahead of the chain"),
        "{message}"
    );
}

#[test]
fn a_jump_of_the_clock_back_is_warned_of_once_and_its_end_is_told() {
    let (mut ticker, time) = ticking();
    time.fetch_sub(DAY, Ordering::Relaxed);
    let told = logged(&mut ticker, 5);
    let [(level, message, seconds)] = &told[..] else {
        panic!("{told:?}");
    };
    assert_eq!((level.as_str(), *seconds), ("WARN", Some(DAY / 1_000_000)));
    assert!(
        message.starts_with("the chain is ahead of the clock"),
        "{message}"
    );
    // The clock is right again, and is followed.
    time.fetch_add(DAY + 10 * SLOT, Ordering::Relaxed);
    let told = logged(&mut ticker, 5);
    let [(level, message, None)] = &told[..] else {
        panic!("{told:?}");
    };
    assert_eq!(level, "INFO");
    assert_eq!(message, "the clock has caught up with the chain");
    // A second jump is told as the first one was.
    time.fetch_sub(DAY, Ordering::Relaxed);
    assert_eq!(logged(&mut ticker, 2).len(), 1);
}

#[test]
fn blocks_have_the_times_of_the_clock() {
    let (mut ticker, time) = ticking();
    for _ in 0..10 {
        time.fetch_add(SLOT, Ordering::Relaxed);
        ticker.tick(true);
    }
    let times = times(&ticker);
    assert!(
        times.windows(2).all(|pair| pair[1] - pair[0] == SLOT),
        "{times:?}"
    );
    assert_eq!(ticker.api.now().micros(), time.load(Ordering::Relaxed));
}

#[test]
fn after_a_jump_of_a_day_forward_the_chain_continues_with_the_present() {
    let (mut ticker, time) = ticking();
    ticker.tick(true);
    time.fetch_add(DAY, Ordering::Relaxed);
    ticker.tick(true);
    assert_eq!(ticker.api.now().micros(), time.load(Ordering::Relaxed));
    // The head is recent: a client's transaction has not expired.
    client_is_served(&ticker, 1);
    ticker.tick(true);
    let times = times(&ticker);
    assert!(times.windows(2).all(|pair| pair[1] > pair[0]), "{times:?}");
    let jumps = times.windows(2).filter(|pair| pair[1] - pair[0] > SLOT);
    assert_eq!(jumps.count(), 1);
}

#[test]
fn after_a_jump_of_a_day_back_blocks_go_on_from_where_they_are() {
    let (mut ticker, time) = ticking();
    time.fetch_add(SLOT, Ordering::Relaxed);
    ticker.tick(true);
    time.fetch_sub(DAY, Ordering::Relaxed);
    for number in 1..=5 {
        time.fetch_add(SLOT, Ordering::Relaxed);
        ticker.tick(true);
        assert!(ticker.was_ahead);
        client_is_served(&ticker, number);
    }
    let times = times(&ticker);
    assert!(
        times.windows(2).all(|pair| pair[1] - pair[0] == SLOT),
        "{times:?}"
    );
    // The clock comes back, and is followed again.
    time.fetch_add(DAY, Ordering::Relaxed);
    ticker.tick(true);
    assert!(!ticker.was_ahead);
}

#[test]
fn a_thread_makes_blocks_until_it_is_stopped() {
    let (ticker, _) = ticking();
    let live = ticker.live.clone();
    let mut producer =
        Producer::start(ticker, Production::Every(Duration::from_millis(1))).unwrap();
    while live.fork().head().number() < 5 {
        std::thread::yield_now();
    }
    producer.stop();
    let head = live.fork().head().number();
    std::thread::sleep(Duration::from_millis(20));
    assert_eq!(live.fork().head().number(), head);
}

/// From the clock to transactions, to nobody, and back, while the thread runs.
#[test]
fn when_blocks_are_made_is_changed_while_the_thread_runs() {
    let (ticker, _) = ticking();
    let (live, api) = (ticker.live.clone(), ticker.api.clone());
    let hour = Duration::from_secs(3600);
    let mut producer = Producer::start(ticker, Production::Every(hour)).unwrap();
    let producing = producer.producing();
    assert_eq!(producing.mode(), ProductionMode::Every(hour));
    let head = || live.fork().head().number();
    let send = |number: u64| {
        let key = Authority::from_key(Genesis::default().initial_key);
        let name = antelope_types::Name::from_raw(number << 59);
        let action = native::new_account(name!("eosio"), name, key.clone(), key);
        let pushed = api
            .client()
            .push(&[action], &[&antelope_chain::DEVELOPMENT_KEY]);
        pushed.unwrap();
    };

    // It does not wait for the hour.
    producing.set_mode(ProductionMode::PerTransaction).unwrap();
    let before = head();
    send(1);
    assert_eq!(head(), before + 1);
    producing.set_mode(ProductionMode::OnDemand).unwrap();
    send(2);
    assert_eq!(head(), before + 1);
    let short = Duration::from_millis(1);
    producing.set_mode(ProductionMode::Every(short)).unwrap();
    while head() < before + 5 {
        std::thread::yield_now();
    }
    producing.set_mode(ProductionMode::OnDemand).unwrap();
    assert_eq!(producing.mode(), ProductionMode::OnDemand);
    producer.stop();
    let stopped = head();
    send(3);
    assert_eq!(head(), stopped);
}

/// A system contract that looks for an account in every block.
struct Looks;

impl Executor for Looks {
    fn validate(&self, _: &Checksum256, _: &[u8], _: &CodeRules) -> Result<(), ChainError> {
        Ok(())
    }

    fn apply(&self, _: &Checksum256, context: &mut ApplyContext<'_>) -> Result<(), ChainError> {
        context.is_account(name!("wanted"));
        Ok(())
    }
}

/// Another chain that cannot be reached, and says so when the test lets it.
struct Unreachable(Mutex<Receiver<()>>);

impl Source for Unreachable {
    fn fetch(&self, _: &Origin, _: &BTreeSet<Missing>) -> Result<Vec<Fetched>, ChainError> {
        self.0.lock().unwrap().recv().unwrap();
        Err(ChainError::new(ErrorKind::Unspecified, "nobody answers"))
    }
}

#[test]
fn blocks_of_a_fork_do_not_wait_for_the_other_chain_and_a_failure_is_told_once() {
    let mut chain = Chain::start(Genesis::default(), Arc::new(Looks)).unwrap();
    chain.deploy(name!("eosio"), b"code", b"").unwrap();
    let origin = Origin {
        url: "http://other.example".to_owned(),
        chain_id: Checksum256([1; 32]),
        head_block_num: 1000,
        head_block_id: Checksum256([2; 32]),
        head_block_time: TimePoint::default(),
        total_net_weight: 0,
        total_cpu_weight: 0,
    };
    chain.take_over(vec![Fetched::Origin(origin)]).unwrap();
    let (mut ticker, time) = ticking_of(chain);
    let ticks = |ticker: &mut Ticker, count: usize| {
        // The clock goes on as the chain does.
        time.fetch_add(SLOT * count as i64, Ordering::Relaxed);
        logged(ticker, count)
    };
    let (answer, awaited) = channel();
    let source = Unreachable(Mutex::new(awaited));
    ticker.api.set_source(Arc::new(source));
    let before = ticker.live.fork().head().number();
    assert_eq!(ticks(&mut ticker, 10), []);
    let made = ticker.live.fork().head().number() - before;
    assert!(made >= 10, "{made}");
    // The other chain does not answer until now.
    answer.send(()).unwrap();
    let told = loop {
        let told = ticks(&mut ticker, 1);
        if !told.is_empty() {
            break told;
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    let [(level, message, None)] = &told[..] else {
        panic!("{told:?}");
    };
    assert_eq!(level, "WARN");
    assert!(message.starts_with("blocks go on without"), "{message}");
    assert_eq!(ticks(&mut ticker, 10), []);
}
