//! Whether this may happen on this chain.

use crate::{Console, Failure, Fallible, Session};

/// Makes sure that the node is of the right chain, and that somebody has agreed where it counts: on a
/// production chain two questions are asked, the second of which wants the network's name.
///
/// # Errors
/// `mismatch.chain`; `declined`.
pub(crate) fn consent(
    session: &Session,
    console: &mut Console<'_>,
    sentence: &str,
    is_only_signed: bool,
) -> Fallible<()> {
    session.chain_id()?;
    if let Some(doubt) = session.doubt()? {
        console.warn(doubt);
    }
    let what = match is_only_signed {
        true => "sign",
        false => "do",
    };
    let is_production = session.is_production()?;
    agreed(
        session,
        console,
        sentence,
        what,
        is_production,
        session.called(),
    )
}

/// Makes sure that somebody has agreed to `do` or `sign` this on a chain that is `called` so, where it
/// counts.
///
/// # Errors
/// `declined`.
pub(crate) fn agreed(
    session: &Session,
    console: &mut Console<'_>,
    sentence: &str,
    what: &str,
    is_production: bool,
    called: &str,
) -> Fallible<()> {
    if !is_production || session.options.yes >= 2 {
        return Ok(());
    }
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
