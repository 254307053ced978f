//! Last chapter: what the chain says, compared with what it should say.

use super::{Stage, StoryError, papers::file_error};
use antelope_rpc_client::TableQuery;
use antelope_types::{Checksum256, Encode, Name, TransactionStatus, name};
use coop_client::ReadError;
use coop_documents::{is_file_of, is_signed};
use coop_language::Words;
use coop_model::Document;
use std::{fs, time::Duration};

/// How long the last transaction may take to get into a block.
const PATIENCE: Duration = Duration::from_secs(20);

impl Stage<'_, '_> {
    /// Compares the registry, the wallets and every document; fails when anything differs.
    pub(super) fn verify(&mut self) -> Result<(), StoryError> {
        self.check_registry()?;
        self.check_books()?;
        self.check_nothing_is_left()?;
        self.check_documents()?;
        let checks = &self.log.report.checks;
        let failed = checks.iter().filter(|check| !check.ok).count();
        if failed > 0 {
            return Err(StoryError::Checks {
                failed,
                all: checks.len(),
            });
        }
        Ok(())
    }

    fn check_registry(&mut self) -> Result<(), StoryError> {
        let founders = self
            .input
            .council
            .iter()
            .map(|member| member.person.account);
        let expected = joined(founders.chain(self.admitted.iter().copied()).collect());
        let participants = self.cooperative().participants()?;
        let found = joined(participants.iter().map(|row| row.username).collect());
        self.log
            .check(&Words::of("check.registry"), &expected, &found);
        Ok(())
    }

    /// Rows of finished processes are erased: all processes of the story are finished.
    fn check_nothing_is_left(&mut self) -> Result<(), StoryError> {
        let tables = [
            (self.contracts.registrator, name!("agreements")),
            (self.contracts.registrator, name!("candidates")),
            (self.contracts.registrator, name!("exits")),
            (self.contracts.registrator, name!("moves")),
            (self.contracts.gateway, name!("payments")),
            (self.contracts.soviet, name!("decisions")),
            (self.contracts.soviet, name!("undelivered")),
        ];
        for (contract, table) in tables {
            let query = TableQuery::new(contract, self.coop(), table);
            let rows = self.client().all_rows(&query)?;
            let words = Words::of("check.rows").with("table", format!("{contract}::{table}"));
            self.log.check(&words, "0", &rows.len().to_string());
        }
        Ok(())
    }

    /// Each saved file, read again: its hash is in the document, the document's signatures are right,
    /// and the recorded transaction on the chain carries that very document.
    fn check_documents(&mut self) -> Result<(), StoryError> {
        let last = self
            .log
            .report
            .steps
            .iter()
            .filter_map(|step| step.transaction.as_ref());
        let last = last
            .map(|transaction| transaction.block_num)
            .max()
            .unwrap_or_default();
        self.client().wait_for_block(last + 1, PATIENCE)?;
        for (index, document) in std::mem::take(&mut self.sent) {
            let saved = &self.log.report.documents[index];
            let path = self.folder.join(&saved.file);
            let file = fs::read(&path).map_err(file_error(&path))?;
            let recorded = match saved.transaction_id {
                Some(id) => self.is_recorded(id, &document)?,
                None => false,
            };
            let found = [
                is_file_of(&document, &file),
                is_signed(&document, &self.chain_id()),
                recorded,
            ];
            let words = Words::of("check.document").with("file", &saved.file);
            self.log
                .check(&words, "[true, true, true]", &format!("{found:?}"));
        }
        Ok(())
    }

    fn is_recorded(&self, id: Checksum256, document: &Document) -> Result<bool, StoryError> {
        let packed = document.to_bytes();
        let recorded = self.client().get_transaction(id)?;
        let carries = |data: &[u8]| data.windows(packed.len()).any(|window| window == packed);
        Ok(recorded.status == TransactionStatus::Executed
            && recorded.actions.iter().any(|action| carries(&action.data)))
    }

    pub(super) fn no_question(&self, hash: Checksum256) -> StoryError {
        StoryError::Rows(ReadError::Row {
            contract: self.contracts.soviet,
            table: name!("decisions"),
            problem: format!("no question with hash {hash}"),
        })
    }
}

fn joined(mut names: Vec<Name>) -> String {
    names.sort_unstable();
    names
        .iter()
        .map(Name::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}
