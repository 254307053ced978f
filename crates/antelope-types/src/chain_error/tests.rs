use super::*;

#[test]
fn kinds_have_distinct_numbers_and_names() {
    for pair in ErrorKind::ALL.windows(2) {
        assert!(pair[0].code() < pair[1].code(), "{pair:?}");
        assert_ne!(pair[0].name(), pair[1].name());
    }
}

#[test]
fn a_contracts_number_is_the_error_code_of_the_trace() {
    let error = ChainError::assert_code(7);
    assert_eq!(error.message(), "assertion failure with error code: 7");
    assert_eq!(error.trace_error_code(), Some(7));
    let other = ChainError::new(ErrorKind::MissingAuth, "missing authority of bob");
    assert_eq!(other.trace_error_code(), Some(10_000_000_000_000_000_000));
}

#[test]
fn messages_of_outer_levels_come_after_the_first() {
    let error = ChainError::new(ErrorKind::EosioAssertMessage, "first").with_message("then");
    assert!(error.messages().eq(["first", "then"]));
    assert_eq!(error.message(), "first");
}
