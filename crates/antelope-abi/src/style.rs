//! Two ways to read and show values.
//!
//! Both go along the same walk and differ where a value is judged; the public page is
//! [`guide::nodes`](crate::guide::nodes).

/// Whose judgement counts where a node loses or changes what it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// Of a careful reader: what would be lost is refused, what can be shown is shown.
    Careful,
    /// Of a node: the same values, the same refusals.
    Node,
}
