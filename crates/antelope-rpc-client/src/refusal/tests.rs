use super::*;
use crate::trace::RawTrace;

/// The failure inside an answer of `send_transaction2`.
fn failure(answer: &str) -> ChainError {
    #[derive(Deserialize)]
    struct Answer {
        processed: RawTrace,
    }
    let answer: Answer = serde_json::from_str(answer).unwrap();
    *answer.processed.into_result(202).unwrap_err()
}

#[test]
fn an_assertion_in_a_trace_gives_the_contracts_text() {
    let error = failure(include_str!("../../fixtures/overdrawn_trace.json"));
    assert_eq!(error.code, ASSERT_MESSAGE);
    assert_eq!(error.name, "eosio_assert_message_exception");
    assert_eq!(error.what, "eosio_assert_message assertion failure");
    assert_eq!(error.assertion(), Some("overdrawn balance"));
    assert_eq!(
        error.error_code, None,
        "the node's own number for a failed check"
    );
    assert_eq!(error.to_string(), "contract refused: overdrawn balance");
    let trace = error.trace.unwrap();
    assert_eq!(trace.receipt, None);
    assert_eq!(trace.actions.len(), 3);
    assert_eq!(
        trace.actions[0].error.as_ref().unwrap().assertion(),
        Some("overdrawn balance")
    );
}

#[test]
fn a_failed_unwrap_shows_what_happened_and_no_bytes() {
    let error = failure(include_str!("../../fixtures/overdrawn_trace.json"));
    let text = format!("{error:?}");
    assert!(
        text.starts_with("contract refused: overdrawn balance (status 202)\n"),
        "{text}"
    );
    assert!(
        text.contains("\n  1 by 0: eosio.token <= eosio.token::transfer, failed"),
        "{text}"
    );
    assert!(text.lines().count() < 10);
}

#[test]
fn the_same_assertion_as_an_http_error() {
    let body = include_bytes!("../../fixtures/overdrawn_error.json");
    let error = read_error_answer(500, body).unwrap();
    assert_eq!((error.status, error.code), (500, ASSERT_MESSAGE));
    assert_eq!(error.assertion(), Some("overdrawn balance"));
    assert_eq!(error.details[0].method, "eosio_assert");
    assert_eq!(error.trace, None);
}

#[test]
fn missing_authority_names_the_account() {
    let error = failure(include_str!("../../fixtures/missing_auth_trace.json"));
    assert_eq!(error.code, MISSING_AUTH);
    assert_eq!(error.assertion(), None);
    assert_eq!(error.message(), "missing authority of eosio.token");
    assert_eq!(
        error.to_string(),
        "chain refused: missing authority of eosio.token (missing_auth_exception 3090004)"
    );
}

#[test]
fn a_duplicate_is_refused_before_any_trace() {
    let body = include_bytes!("../../fixtures/duplicate_error.json");
    let error = read_error_answer(409, body).unwrap();
    assert_eq!(error.code, DUPLICATE_TRANSACTION);
    assert!(error.message().starts_with("duplicate transaction "));
}

#[test]
fn a_read_only_call_with_authorization_is_refused() {
    let error = failure(include_str!("../../fixtures/read_only_refused_trace.json"));
    assert_eq!(
        error.message(),
        "read-only action 'transfer' cannot have authorizations"
    );
}

#[test]
fn a_number_given_to_eosio_assert_code() {
    let body = br#"{"code":500,"message":"Internal Service Error","error":{"code":3050004,
        "name":"eosio_assert_code_exception","what":"eosio_assert_code assertion failure",
        "details":[{"message":"assertion failure with error code: 42","file":"","line_number":0,
        "method":""}]}}"#;
    let error = read_error_answer(500, body).unwrap();
    assert_eq!(error.error_code, Some(42));
    assert_eq!(error.to_string(), "contract refused with error code 42");
}

#[test]
fn a_node_that_hides_details_still_says_something() {
    let body = br#"{"code":500,"message":"Internal Service Error","error":{"code":3050003,
        "name":"eosio_assert_message_exception","what":"eosio_assert_message assertion failure",
        "details":[]}}"#;
    let error = read_error_answer(500, body).unwrap();
    assert_eq!(error.assertion(), None);
    assert_eq!(error.message(), "eosio_assert_message assertion failure");
    let body = br#"{"code":400,"message":"Bad or missing transaction ID","error":{"code":0,
        "name":"","what":"","details":[]}}"#;
    let error = read_error_answer(400, body).unwrap();
    assert_eq!(
        error.to_string(),
        "node refused (status 400): Bad or missing transaction ID"
    );
}

#[test]
fn other_answers_are_no_errors_of_a_node() {
    for body in ["", "<html>502</html>", "{}", "[]", r#"{"message":"no"}"#] {
        assert_eq!(read_error_answer(502, body.as_bytes()), None);
    }
}

#[test]
fn log_formats_are_filled_as_the_node_does() {
    let data = serde_json::json!({ "a": "x", "n": 5 });
    assert_eq!(fill("${a} and ${n}", &data), "x and 5");
    assert_eq!(fill("${missing}, ${", &data), "${missing}, ${");
    assert_eq!(fill("plain", &data), "plain");
}
