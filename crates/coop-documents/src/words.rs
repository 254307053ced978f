//! The words around a document that are not in its text.

use coop_language::Lang;
use serde::Serialize;

/// What tables, signatures and the foot of a sheet are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct SheetWords {
    /// Of the table of votes, where no heading stands above it.
    pub votes: &'static str,
    /// Its first column.
    pub choice: &'static str,
    /// Its second column.
    pub count: &'static str,
    /// Its third column.
    pub names: &'static str,
    /// Of the table of signatures.
    pub signatures: &'static str,
    /// Its first column.
    pub signer: &'static str,
    /// Its second column.
    pub key: &'static str,
    /// Its third column.
    pub signed_at: &'static str,
    /// Before the hash of the text.
    pub hash: &'static str,
    /// Before the address to verify at.
    pub verify: &'static str,
    /// Before the number of a page.
    pub page: &'static str,
    /// Between that and the number of pages.
    pub of: &'static str,
    /// What the attached text is.
    pub attachment: &'static str,
}

impl SheetWords {
    /// The words of a language, by its tag; of what is not Russian, the English ones.
    pub fn of(tag: &str) -> Self {
        let lang = match tag == Lang::Ru.tag() {
            true => Lang::Ru,
            false => Lang::En,
        };
        Self {
            votes: lang.pick("Голосовали", "Votes"),
            choice: lang.pick("Голос", "Choice"),
            count: lang.pick("Число", "Number"),
            names: lang.pick("Кто", "Who"),
            signatures: lang.pick("Электронные подписи", "Electronic signatures"),
            signer: lang.pick("Учётная запись", "Account"),
            key: lang.pick("Ключ", "Key"),
            signed_at: lang.pick("Подписано", "Signed at"),
            hash: lang.pick(
                "SHA-256 подписываемого текста",
                "SHA-256 of the text that is signed",
            ),
            verify: lang.pick("Проверить документ", "Verify the document"),
            page: lang.pick("Страница", "Page"),
            of: lang.pick("из", "of"),
            attachment: lang.pick(
                "Текст документа: подписана его контрольная сумма",
                "The text of the document, whose hash is signed",
            ),
        }
    }
}
