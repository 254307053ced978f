//! Faults, counted: transfers are sent all the time, something breaks and is mended, and afterwards
//! every acknowledged transfer is looked up in the irreversible blocks.

use crate::clock;
use crate::error::{During, NetworkError};
use crate::network::{DelegateNetwork, Launch};
use crate::state::API;
use crate::transfers::{FaultReport, Load, ROUND, Route};
use crate::voting::HOLDERS;
use rustix::process::Signal;
use std::time::Duration;

/// The delegate that censors.
const CENSOR: &str = "c";
/// The delegate whose clock is set.
const SHIFTED: &str = "c";

impl DelegateNetwork {
    /// Breaks the network in one way after the other, and counts. It takes two minutes or more for
    /// each of the faults. Only those with this in their name, where something is given.
    ///
    /// # Errors
    /// Those of the single commands; [`NetworkError::Waited`] where the network does not recover;
    /// [`NetworkError::Use`] where no fault has that in its name.
    pub fn faults(&mut self, only: Option<&str>) -> Result<Vec<FaultReport>, NetworkError> {
        self.need()?;
        let mut reports = Vec::new();
        let (api, first, three) = ([API], ["a"], [API, "a", "b"]);
        let mut run = |network: &mut Self, fault: &str, load: &Load<'_>, work: Work<'_>| {
            if only.is_none_or(|only| fault.contains(only)) {
                reports.push(network.under_load(fault, load, work)?);
            }
            Ok::<_, NetworkError>(())
        };
        for name in ["a", "b", "c", "d", "e"] {
            let fault = format!("kill -9 of {name}, restart");
            run(self, &fault, &Load::at(&api), &|it| it.fall(&[name]))?;
        }
        let fault = "kill -9 of d and e at once, restart";
        run(self, fault, &Load::at(&api), &|it| it.fall(&["d", "e"]))?;
        let fault = "kill -9 of api, restart; clients go on with a";
        run(self, fault, &Load::at(&[API, "a"]), &|it| it.fall(&[API]))?;
        let fault = "a,b cut from c,d,e and api, healed; clients at api";
        run(self, fault, &Load::at(&api), &Self::part)?;
        let fault = "the same; clients at a, which send again what is in no block";
        let again = Load {
            again: true,
            expires_in: Duration::from_secs(600),
            ..Load::at(&first)
        };
        run(self, fault, &again, &Self::part)?;
        let fault = "the same; clients at a, which send once";
        run(self, fault, &Load::at(&first), &Self::part)?;
        let fault = "none; each transaction sent to api, a and b";
        let all = Load {
            route: Route::All,
            ..Load::at(&three)
        };
        run(self, fault, &all, &Self::last)?;
        let fault = "c censors holderbbbbbb, who sends; clients at api";
        run(self, fault, &Load::at(&api), &Self::censor)?;
        let fault = "outage: all delegates stopped, started; clients at api send again";
        let again = Load {
            again: true,
            expires_in: Duration::from_secs(600),
            ..Load::at(&api)
        };
        run(self, fault, &again, &Self::outage)?;
        for (side, millis) in [("ahead", 2_000), ("behind", -2_000)] {
            let fault = format!("the clock of c two seconds {side}, set right; clients at api");
            run(self, &fault, &Load::at(&api), &|it| it.shift(millis))?;
        }
        match reports.is_empty() {
            true => Err(NetworkError::Use {
                problem: format!("no fault has `{}` in its name", only.unwrap_or_default()),
                expected: "a part of a name in the table of docs/network.md".to_owned(),
            }),
            false => Ok(reports),
        }
    }

    /// Kills nodes, lets blocks follow if they do, and starts the nodes again.
    fn fall(&mut self, names: &[&str]) -> Result<(), NetworkError> {
        for name in names {
            self.kill(name, Signal::KILL)?;
        }
        let others: Vec<_> = self.state.nodes.iter().map(|it| it.name.clone()).collect();
        let witness = others.iter().find(|it| !names.contains(&it.as_str()));
        self.wait_for_blocks(witness.map_or(API, String::as_str))?;
        names.iter().try_for_each(|name| self.start(name))
    }

    /// Cuts two delegates off, and connects them again.
    fn part(&mut self) -> Result<(), NetworkError> {
        self.cut("a,b|c,d,e")?;
        self.wait_for_blocks(API)?;
        self.heal()
    }

    /// Breaks nothing.
    fn last(&mut self) -> Result<(), NetworkError> {
        self.wait_for_blocks(API)
    }

    /// A delegate takes no transaction of the account that sends, for two rounds.
    fn censor(&mut self) -> Result<(), NetworkError> {
        let node = self.state.node(CENSOR)?.clone();
        self.kill(CENSOR, Signal::TERM)?;
        let blacklist = Launch {
            arguments: &["--actor-blacklist", HOLDERS[1]],
            ..Launch::default()
        };
        self.start_node(&node, &blacklist)?;
        self.wait_for_blocks(API)?;
        self.wait_for_blocks(API)?;
        self.kill(CENSOR, Signal::TERM)?;
        self.start(CENSOR)
    }

    /// A delegate has another time for two rounds.
    fn shift(&mut self, millis: i64) -> Result<(), NetworkError> {
        let node = self.state.node(SHIFTED)?.clone();
        self.kill(SHIFTED, Signal::TERM)?;
        let clock = Launch {
            environment: clock::shifted(&self.folder, millis)?,
            ..Launch::default()
        };
        self.start_node(&node, &clock)?;
        self.wait_for_blocks(API)?;
        self.wait_for_blocks(API)?;
        self.kill(SHIFTED, Signal::TERM)?;
        self.start(SHIFTED)
    }

    /// Stops all delegates while clients send to the public node, and starts them again.
    fn outage(&mut self) -> Result<(), NetworkError> {
        self.wait_for_blocks(API)?;
        let delegates = self.state.nodes.iter().filter(|it| it.account.is_some());
        let delegates: Vec<_> = delegates.map(|it| it.name.clone()).collect();
        for name in &delegates {
            self.kill(name, Signal::STOP)?;
        }
        self.tell("no delegate produces");
        std::thread::sleep(OUTAGE);
        for name in &delegates {
            self.kill(name, Signal::CONT)?;
        }
        self.wait_for_blocks(API)
    }

    /// Waits until a node has so many blocks more that each delegate had its turn.
    fn wait_for_blocks(&self, name: &str) -> Result<(), NetworkError> {
        let client = self.client(self.state.node(name)?)?;
        let head = || client.get_info().map(|info| info.head_block_num);
        let first = head().during(|| format!("ask {name} for its head"))?;
        self.wait("blocks during the fault", || match head() {
            Ok(now) if now >= first + ROUND => Ok(()),
            Ok(now) => Err(format!("{} of {ROUND}", now.saturating_sub(first))),
            Err(error) => Err(error.to_string()),
        })
    }
}

/// What breaks something and mends it.
type Work<'a> = &'a dyn Fn(&mut DelegateNetwork) -> Result<(), NetworkError>;

/// How long nobody produces.
const OUTAGE: Duration = Duration::from_secs(30);
