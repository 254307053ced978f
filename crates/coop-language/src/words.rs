//! Something to be said: the key of a message with the values of its places.

use crate::messages::Messages;
use std::fmt::Display;

/// A message that has not been put into a language yet.
#[derive(Clone, Debug)]
pub struct Words {
    key: &'static str,
    values: Vec<(&'static str, String)>,
}

impl Words {
    /// The message with this key.
    pub fn of(key: &'static str) -> Self {
        Self {
            key,
            values: Vec::new(),
        }
    }

    /// Fills the place `{name}`.
    pub fn with(mut self, name: &'static str, value: impl Display) -> Self {
        self.values.push((name, value.to_string()));
        self
    }

    /// The key without its group: `vote_for` of `step.vote_for`.
    pub fn name(&self) -> &'static str {
        self.key.split_once('.').map_or(self.key, |(_, name)| name)
    }

    /// The message in a language.
    pub fn say(&self, messages: &Messages) -> String {
        let values: Vec<(&str, &dyn Display)> = self
            .values
            .iter()
            .map(|(name, value)| (*name, value as &dyn Display))
            .collect();
        messages.say(self.key, &values)
    }
}
