//! Whether the council has admitted an account, by the index beside the store.

use super::PrivateOffice;
use antelope_cli::{Failure, Fallible};
use antelope_types::Name;
use coop_index::{IndexError, IndexFolder, IndexReader, Slice};
use coop_language::Words;

/// How many participants are read at once.
const PAGE: u32 = 500;

impl PrivateOffice<'_> {
    /// Whether an account is or was a participant; `None` where there is no index.
    ///
    /// # Errors
    /// `private.index` where the index cannot be read.
    pub(super) fn was_admitted(&self, cooperative: Name, account: Name) -> Fallible<Option<bool>> {
        let folder = IndexFolder::new(self.folder()?);
        if !folder.has_index() {
            return Ok(None);
        }
        let found = IndexReader::open(&folder.file())
            .and_then(|mut reader| is_listed(&mut reader, cooperative, account));
        found.map(Some).map_err(|error| {
            let words = Words::of("private.index")
                .with("file", folder.file().display())
                .with("problem", error);
            Failure::new("private.index", self.say(&words))
        })
    }
}

fn is_listed(
    reader: &mut IndexReader,
    cooperative: Name,
    account: Name,
) -> Result<bool, IndexError> {
    let mut slice = Slice {
        count: PAGE,
        after: None,
    };
    loop {
        let page = reader.participants(cooperative, None, &slice)?;
        if page.entries.iter().any(|it| it.username == account) {
            return Ok(true);
        }
        match page.next {
            Some(next) => slice.after = Some(next),
            None => return Ok(false),
        }
    }
}
