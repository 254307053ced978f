//! The steps of a random life.

use super::begin::founding;
use super::dice::Dice;
use super::papers::Papers;
use crate::{Account, Action, Time, World};

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// So many microseconds pass, a multiple of half a second.
    Wait(i64),
    /// Somebody sends an action.
    Act {
        /// Who signs.
        signers: Vec<Account>,
        /// What.
        action: Action,
    },
}

/// Makes steps.
#[derive(Clone, Debug)]
pub struct Generator {
    pub(super) dice: Dice,
    pub(super) papers: Papers,
    /// How often each action is tried in this life.
    weights: Vec<u64>,
    /// How many of a hundred steps are spoiled.
    spoiled: u64,
    /// How many of a hundred steps let time pass.
    waits: u64,
    /// How many of a hundred steps go on with what has begun.
    diligence: u64,
    /// What this life is about, if it is about one thing.
    passion: Option<&'static str>,
    /// Whether this life is about who presides and who may do what.
    pub(super) is_political: bool,
    /// The participant whom most is about.
    pub(super) favourite: usize,
    /// So many more steps are about what is due after a while.
    due: u32,
    /// Steps that were taken not long ago, to be sent again.
    recent: Vec<Step>,
}

/// How many steps are remembered.
const REMEMBERED: usize = 32;

/// Actions that go on with what has begun.
const GOES_ON: [&str; 26] = [
    "votefor",
    "votefor",
    "votefor",
    "voteagainst",
    "authorize",
    "authorize",
    "exec",
    "exec",
    "deliver",
    "declinedec",
    "expire",
    "incomplete",
    "incomplete",
    "outcomplete",
    "outdecline",
    "acceptprop",
    "handprop",
    "retryrefund",
    "retrypay",
    "completemove",
    "support",
    "seatboard",
    "returnmoney",
    "returnprop",
    "reguser",
    "accepttype",
];

/// Actions that are due when time has passed.
const DUE: [&str; 12] = [
    "expire",
    "inexpire",
    "outoverdue",
    "propoverdue",
    "completemove",
    "vetomove",
    "seatboard",
    "dropboard",
    "declinedec",
    "freerefs",
    "handprop",
    "outcomplete",
];

/// Actions that are seldom done, or every life would be about them.
const SELDOM: [&str; 12] = [
    "setpause",
    "setquota",
    "regcoop",
    "updatecoop",
    "setcharter",
    "stcoopstatus",
    "regtype",
    "droptype",
    "freevoices",
    "regfounders",
    "a callback",
    "tell",
];

impl Generator {
    /// A life of this seed. Each has habits of its own: what one hardly does, another does all day.
    pub fn new(seed: u64, begin: Time) -> Self {
        let mut dice = Dice::new(seed);
        let habits = [0, 5, 10, 20, 20, 20, 40, 150];
        let weights = Action::NAMES.iter().map(|name| {
            let weight = dice.pick(&habits).unwrap_or(1);
            weight / if SELDOM.contains(name) { 5 } else { 1 }
        });
        let weights = weights.collect();
        let spoiled = 5 + dice.roll(25);
        let waits = dice.pick(&[1, 1, 2, 2, 3, 4, 8]).unwrap_or(1);
        let diligence = 30 + dice.roll(60);
        let passion = dice.pick(Action::NAMES).filter(|_| dice.chance(30));
        let favourite = dice.roll(16) as usize;
        let (_, _, papers) = founding(begin);
        // Some do nothing but gather property, as far as they may.
        let gathers = dice.chance(5);
        let (passion, spoiled, waits, diligence) = match gathers {
            true => (Some("shareprop"), 2, 0, 95),
            false => (passion, spoiled, waits, diligence),
        };
        let is_political = !gathers && dice.chance(12);
        let politics = [
            "updateboard",
            "addstaff",
            "setrights",
            "returnmoney",
            "returnprop",
        ];
        let passion = match is_political {
            true => dice.pick(&politics),
            false => passion,
        };
        Self {
            dice,
            papers,
            weights,
            spoiled,
            waits,
            diligence,
            passion,
            is_political,
            favourite,
            due: 0,
            recent: Vec::new(),
        }
    }

    /// The next step in this world at this moment.
    pub fn next(&mut self, world: &World, now: Time) -> Step {
        if self.dice.chance(self.waits) {
            self.due = 12;
            return Step::Wait(self.wait(world, now));
        }
        if self.dice.chance(2)
            && let Some(step) = self.dice.pick(&self.recent)
        {
            return step;
        }
        for _ in 0..100 {
            let name = self.name(world);
            let Some((signers, action)) = self.suggest(name, world, now) else {
                continue;
            };
            let mut step = (signers, action);
            if self.dice.chance(self.spoiled) {
                self.spoil(&mut step, world, now);
            }
            let (mut signers, action) = step;
            signers.retain(|who| world.exists.contains(who));
            signers.dedup();
            if signers.is_empty() {
                continue;
            }
            let step = Step::Act { signers, action };
            if self.recent.len() == REMEMBERED {
                self.recent.remove(0);
            }
            self.recent.push(step.clone());
            return step;
        }
        Step::Wait(self.wait(world, now))
    }

    /// An action by the habits of this life; what stops everything is undone soon.
    fn name(&mut self, world: &World) -> &'static str {
        let is_stopped = world.paused || world.coops.values().any(|coop| !coop.is_open());
        if is_stopped && self.dice.chance(5) {
            return if world.paused {
                "setpause"
            } else {
                "stcoopstatus"
            };
        }
        if world.kinds.values().any(|row| !row.is_sound) && self.dice.chance(5) {
            return "regtype";
        }
        self.due = self.due.saturating_sub(1);
        if self.due > 0
            && self.dice.chance(60)
            && let Some(name) = self.dice.pick(&DUE)
        {
            return name;
        }
        if let Some(passion) = self.passion
            && self.dice.chance(40)
        {
            return passion;
        }
        if self.dice.chance(self.diligence)
            && let Some(name) = self.dice.pick(&GOES_ON)
        {
            return name;
        }
        let sum: u64 = self.weights.iter().sum();
        let mut left = self.dice.roll(sum);
        for (name, weight) in Action::NAMES.iter().zip(&self.weights) {
            if left < *weight {
                return name;
            }
            left -= weight;
        }
        Action::NAMES[0]
    }
}

impl crate::Cooperative {
    fn is_open(&self) -> bool {
        self.status == crate::cooperative::CoopStatus::Active
    }
}
