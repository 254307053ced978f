//! What came of a transaction, with the assertions that scenarios make about it.

use antelope_rpc_client::{ClientError, ErrorKind, TransactionTrace};
use antelope_types::Name;

/// The result of one transaction.
#[derive(Debug)]
#[must_use = "say whether it was to be accepted or refused"]
pub(crate) struct Outcome(pub Result<TransactionTrace, ClientError>);

impl Outcome {
    /// The transaction was executed.
    #[track_caller]
    pub(crate) fn accepted(self) -> TransactionTrace {
        match self.0 {
            Ok(trace) => trace,
            Err(error) => panic!("refused: {error}"),
        }
    }

    /// A contract refused with exactly this text.
    #[track_caller]
    pub(crate) fn refused(self, text: &str) {
        match self.0 {
            Ok(_) => panic!("accepted, though it was to be refused with: {text}"),
            Err(error) => assert_eq!(error.assertion(), Some(text), "{error}"),
        }
    }

    /// The contract asked for an authority that the transaction does not have.
    #[track_caller]
    pub(crate) fn lacks_authority_of(self, account: Name) {
        match self.0 {
            Ok(_) => panic!("accepted without the authority of {account}"),
            Err(error) => {
                assert!(error.is(ErrorKind::MissingAuth), "{error}");
                let message = error
                    .chain()
                    .map(|refusal| refusal.reason().to_owned())
                    .unwrap_or_default();
                assert!(
                    message.ends_with(&account.to_string()),
                    "authority of {account} was to be missing: {message}"
                );
            }
        }
    }
}
