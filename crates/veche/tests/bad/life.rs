//! What people of a cooperative do one after another, drawn from a seed: the same life with the same seed.

use crate::home::{CASHIER, CHAIRMAN, COOP, Home, MARIA, VOTERS};
use std::collections::VecDeque;
use test_support::random::Random;

const ANNA: &str = "zuketamosiva";

/// A command that somebody runs. `QUESTION` stands for the newest question and `THING` for the newest thing.
#[derive(Clone, Debug)]
pub struct Deed {
    pub who: &'static str,
    words: Vec<String>,
}

/// The commands that are still to be run.
pub struct Life {
    random: Random,
    waiting: VecDeque<Deed>,
    /// Sums, texts and records are different each time, so that no command is like an earlier one.
    number: u32,
    has_joined: bool,
}

fn deed(who: &'static str, words: &[&str]) -> Deed {
    let words = words.iter().map(|it| (*it).to_owned()).collect();
    Deed { who, words }
}

impl Deed {
    /// The words of the command, as the chain is now.
    pub fn words(&self, home: &Home) -> Vec<String> {
        let newest = |contract, table| {
            let rows = home.rows(contract, COOP, table);
            let ids = rows.iter().filter_map(|it| match &it["id"] {
                serde_json::Value::String(text) => text.parse().ok(),
                id => id.as_u64(),
            });
            ids.max()
                .map_or_else(|| "0".to_owned(), |id: u64| id.to_string())
        };
        let words = self.words.iter().map(|word| match word.as_str() {
            "QUESTION" => newest("soviet", "decisions"),
            "THING" => newest("gateway", "properties"),
            word => word.to_owned(),
        });
        words.collect()
    }
}

impl Life {
    pub fn new(seed: u64) -> Self {
        Self {
            random: Random::new(seed),
            waiting: VecDeque::new(),
            number: 0,
            has_joined: false,
        }
    }

    /// The next command.
    pub fn next(&mut self) -> Deed {
        while self.waiting.is_empty() {
            self.draw();
        }
        self.waiting.pop_front().unwrap()
    }

    fn does(&mut self, who: &'static str, words: &[&str]) {
        self.waiting.push_back(deed(who, words));
    }

    /// The council agrees to the newest question, and it takes effect.
    fn decide(&mut self) {
        for member in VOTERS {
            self.does(member, &["vote", "QUESTION", "for"]);
        }
        if self.random.one_in(2) {
            return self.does(CHAIRMAN, &["authorize", "QUESTION"]);
        }
        self.does(CHAIRMAN, &["authorize", "QUESTION", "--sign-only"]);
        self.does(MARIA, &["exec", "QUESTION"]);
    }

    /// Something that begins and ends.
    fn draw(&mut self) {
        self.number += 1;
        let number = self.number;
        let sum = format!("{number}.{:04} RUB", self.random.below(10_000));
        let [order, text] = ["order", "question"].map(|it| format!("{it} {number}"));
        match self.random.below(8) {
            0 | 1 => {
                self.does(MARIA, &["contribute", &sum]);
                self.does(CASHIER, &["pay", MARIA, &sum, "--record", &order]);
                self.decide();
            }
            2 => {
                self.does(
                    CHAIRMAN,
                    &["staff", "set", CASHIER, "cashier", "clerk", "storekeeper"],
                );
                self.does(MARIA, &["contribute", &sum]);
                self.does(CASHIER, &["pay", MARIA, &sum, "--failed", &text]);
            }
            3 => {
                self.does(
                    VOTERS[1],
                    &["propose", "--question", &text, "--decision", &order],
                );
                self.decide();
            }
            4 => {
                self.does(MARIA, &["property", "offer", &text, &sum]);
                self.does(MARIA, &["property", "withdraw", "THING"]);
            }
            5 => {
                let rights = ["gateway::incomplete", "gateway::outcomplete"];
                let right = self.random.pick(&rights);
                self.does(CHAIRMAN, &["staff", "set", CASHIER, right]);
                self.does(
                    CHAIRMAN,
                    &["staff", "set", CASHIER, "cashier", "clerk", "storekeeper"],
                );
            }
            6 if !self.has_joined => {
                self.has_joined = true;
                let key = coop_node::development_key(ANNA.parse().unwrap());
                let key = antelope_rpc_client::signing::public_key(&key)
                    .unwrap()
                    .to_string();
                self.does(
                    CHAIRMAN,
                    &["staff", "set", CASHIER, "cashier", "clerk", "storekeeper"],
                );
                self.does(CASHIER, &["join", "--open", ANNA, "--public-key", &key]);
                self.does(ANNA, &["join"]);
                self.does(CASHIER, &["pay", ANNA, "4000.0000 RUB", "--record", &order]);
                self.decide();
            }
            _ => {
                // What is contributed goes back.
                self.does(
                    CHAIRMAN,
                    &["staff", "set", CASHIER, "cashier", "clerk", "storekeeper"],
                );
                self.does(MARIA, &["contribute", &sum]);
                self.does(CASHIER, &["pay", MARIA, &sum, "--record", &order]);
                self.decide();
                self.does(MARIA, &["return", &sum]);
                self.decide();
                let back = format!("{order} back");
                self.does(CASHIER, &["pay", MARIA, &sum, "--record", &back]);
            }
        }
    }
}
