//! Whether this may happen on this chain.

use crate::{Console, Failure, Fallible, Session};

/// Makes sure that the node is of the right chain, and that somebody has agreed where it counts: on a
/// production chain two questions are asked, the second of which wants the network's name.
///
/// # Errors
/// `mismatch.chain`; `declined`.
pub(super) fn consent(
    session: &Session,
    console: &mut Console<'_>,
    sentence: &str,
    is_only_signed: bool,
) -> Fallible<()> {
    session.chain_id()?;
    if let Some(doubt) = session.doubt()? {
        console.warn(doubt);
    }
    if !session.is_production()? || session.options.yes >= 2 {
        return Ok(());
    }
    let called = session.called();
    let what = match is_only_signed {
        true => "sign",
        false => "do",
    };
    if !console.can_ask() {
        let message =
            format!("{called} is a production chain, and nobody can be asked: {sentence}");
        return Err(
            Failure::declined(message).hint("on a production chain --yes is needed twice: -yy")
        );
    }
    if session.options.yes == 0 {
        console.confirm(&format!(
            "{called} is a production chain. {what} this: {sentence}?"
        ))?;
    }
    let typed = console.ask(&format!("Type {called} to {what} it:"))?;
    match typed == called {
        true => Ok(()),
        false => Err(Failure::declined(format!("{typed:?} is not {called}"))),
    }
}
