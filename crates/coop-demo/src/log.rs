//! The record of a run: each step is told on stderr when it happens and kept for the report.

use crate::{
    messages::messages,
    report::{Check, ContractRefusal, Report, Step, StepOutcome, TransactionCost},
};
use antelope_rpc_client::{ChainError, TransactionTrace};
use antelope_types::{Asset, Name};
use coop_documents::{Effect, figures};
use coop_language::{Lang, Messages, Words};
use std::io::Write;

/// Who does a step: the account, what it is in this story, and the person's name.
pub(crate) type Who = (Name, String, Option<String>);

/// Keeps a report while it grows.
pub(crate) struct Log<'a> {
    messages: Messages,
    progress: &'a mut dyn Write,
    /// Whether every step is told on the way.
    is_whole: bool,
    pub(crate) report: Report,
}

impl<'a> Log<'a> {
    pub(crate) fn new(lang: Lang, progress: &'a mut dyn Write, is_whole: bool) -> Self {
        Self {
            messages: messages(lang),
            progress,
            is_whole,
            report: Report::default(),
        }
    }

    pub(crate) fn say(&self, words: &Words) -> String {
        words.say(&self.messages)
    }

    /// The language of messages.
    pub(crate) fn lang(&self) -> Lang {
        self.messages.lang()
    }

    /// A sum of money as people write it.
    pub(crate) fn sum(&self, sum: Asset) -> String {
        figures(sum, self.lang())
    }

    /// What a question is about, in words.
    pub(crate) fn matter(&self, effect: &Effect) -> String {
        let lang = self.lang();
        let title = || {
            coop_model::catalogue::find(effect.kind())
                .map_or("", |entry| lang.pick(entry.title_ru, entry.title_en))
        };
        match effect {
            Effect::Free { question, .. } => question.clone(),
            Effect::MoneyIn(sum) | Effect::MoneyOut(sum) | Effect::Exit(sum) => {
                format!("{}, {}", title(), self.sum(*sum))
            }
            Effect::PropertyIn(thing) | Effect::PropertyOut(thing) => {
                format!("{}, {}", title(), self.sum(thing.valuation))
            }
            _ => title().to_owned(),
        }
    }

    /// Tells what is going on. Nobody may be listening, and that is no reason to stop.
    pub(crate) fn progress(&mut self, words: &Words) {
        let text = self.say(words);
        let _ = writeln!(self.progress, "{text}");
    }

    /// Adds a sentence to the short story.
    pub(crate) fn tell(&mut self, words: &Words) {
        let text = self.say(words);
        self.report.story.push(text);
    }

    /// A transaction was executed.
    pub(crate) fn done(&mut self, words: &Words, who: Who, trace: &TransactionTrace) {
        let actions = trace
            .roots()
            .map(|action| format!("{}::{}", action.act.account, action.act.name))
            .collect();
        let transaction = TransactionCost {
            id: trace.id,
            block_num: trace.block_num,
            actions,
            cpu_us: trace.cpu_us(),
            net_bytes: trace.net_bytes(),
            ram_bytes: trace.ram_deltas().values().sum(),
        };
        let result = self.say(&Words::of("result.executed"));
        let title = self.say(words);
        self.step(
            words.name(),
            title,
            who,
            Some(transaction),
            StepOutcome::Done,
            result,
        );
    }

    /// The contracts refused, as they should.
    pub(crate) fn refused(&mut self, words: &Words, who: Who, error: &ChainError) {
        let text = error.reason();
        let refusal = coop_model::refusal::find(text).map(ContractRefusal::from);
        let attempt = self.say(words);
        let result = match &refusal {
            Some(refusal) => Words::of("result.refused_with_code")
                .with("code", refusal.code)
                .with("error", refusal.told(self.lang())),
            None => Words::of("result.refused").with("error", text),
        };
        let outcome = StepOutcome::Refused {
            code: error.code(),
            error: error.name().to_owned(),
            message: error.reason().to_owned(),
            attempt: attempt.clone(),
            refusal,
        };
        let title = self.say(&Words::of("step.attempt").with("attempt", attempt));
        let result = self.say(&result);
        self.step(words.name(), title, who, None, outcome, result);
    }

    /// Something was read from the chain.
    pub(crate) fn read(&mut self, words: &Words, who: Who, result: &Words) {
        let result = self.say(result);
        let title = self.say(words);
        self.step(words.name(), title, who, None, StepOutcome::Read, result);
    }

    /// Says what came of the last step.
    pub(crate) fn result(&mut self, words: &Words) {
        let text = self.say(words);
        if let Some(step) = self.report.steps.last_mut() {
            step.result = text;
        }
    }

    /// Compares a fact of the chain with what it should be.
    pub(crate) fn check(&mut self, words: &Words, expected: &str, found: &str) {
        let title = self.say(words);
        let ok = expected == found;
        if !ok {
            let failed = Words::of("progress.check_failed")
                .with("title", &title)
                .with("expected", expected)
                .with("found", found);
            self.progress(&failed);
        }
        let check = Check {
            title,
            expected: expected.to_owned(),
            found: found.to_owned(),
            ok,
        };
        self.report.checks.push(check);
    }

    fn step(
        &mut self,
        name: &'static str,
        title: String,
        (who, role, person): Who,
        transaction: Option<TransactionCost>,
        outcome: StepOutcome,
        result: String,
    ) {
        let number = self.report.steps.len() + 1;
        if self.is_whole {
            let told = Words::of("progress.step")
                .with("number", number)
                .with("title", &title);
            self.progress(&told);
        }
        self.report.steps.push(Step {
            number,
            name,
            title,
            who,
            role,
            person,
            transaction,
            outcome,
            result,
        });
    }
}
