//! The texts of documents, to the letter, in both languages: a change of a template is a change of
//! every new document.

mod acts;
mod agreements;
mod cast;
mod meetings;
mod protocols;
mod statements;
mod texts;

use coop_documents::{Form, Lang, Rendered, Renderer, Stamp};

use super::golden;
use cast::{HOUR, OPENED, cooperative};

/// Renders a form two hours after the vote was opened.
fn rendered(form: &dyn Form, lang: Lang) -> Rendered {
    let stamp = Stamp {
        block_num: 77,
        created_at: OPENED + 2 * HOUR,
    };
    Renderer::new()
        .unwrap()
        .render(&cooperative(), form, stamp, lang)
        .unwrap()
}

/// Compares the texts of a form in both languages with their golden files; the Russian document.
fn is_golden(name: &str, form: &dyn Form) -> Rendered {
    let [ru, en] = Lang::ALL.map(|lang| rendered(form, lang));
    golden(&format!("{name}_ru"), &ru.text);
    golden(&format!("{name}_en"), &en.text);
    assert_eq!((ru.meta.lang.as_str(), en.meta.lang.as_str()), ("ru", "en"));
    assert_eq!(
        (ru.meta.subject, ru.meta.registry_id),
        (en.meta.subject, en.meta.registry_id)
    );
    ru
}
