//! `voteFor`, `voteAgainst`, `authorize`, `exec`: signed transactions of members, checked, pushed and answered.
