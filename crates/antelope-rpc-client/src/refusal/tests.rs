use super::*;
use serde::Deserialize;

/// The failure inside an answer of `send_transaction2`.
fn failure(answer: &str) -> Refusal {
    #[derive(Deserialize)]
    struct Answer {
        processed: TransactionTrace,
    }
    let answer: Answer = serde_json::from_str(answer).unwrap();
    executed(202, answer.processed).unwrap_err()
}

#[test]
fn an_assertion_in_a_trace_gives_the_contracts_text() {
    let refusal = failure(include_str!("../../fixtures/overdrawn_trace.json"));
    assert!(refusal.error.is(ErrorKind::EosioAssertMessage));
    assert_eq!(
        refusal.contract_code(),
        None,
        "the node's own number for a failed check"
    );
    assert_eq!(refusal.to_string(), "contract refused: overdrawn balance");
    let trace = refusal.trace.unwrap();
    assert_eq!(trace.receipt, None);
    assert_eq!(trace.action_traces.len(), 3);
}

#[test]
fn a_failed_unwrap_shows_what_happened_and_no_bytes() {
    let refusal = failure(include_str!("../../fixtures/overdrawn_trace.json"));
    let text = format!("{refusal:?}");
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
    let refusal = read_error_answer(500, body).unwrap();
    assert_eq!(refusal.status, 500);
    assert!(refusal.error.is(ErrorKind::EosioAssertMessage));
    assert_eq!(refusal.error.assertion(), Some("overdrawn balance"));
    assert_eq!(refusal.error.details()[0].method, "eosio_assert");
    assert_eq!(refusal.trace, None);
}

#[test]
fn missing_authority_names_the_account() {
    let refusal = failure(include_str!("../../fixtures/missing_auth_trace.json"));
    assert_eq!(
        refusal.to_string(),
        "chain refused: missing authority of eosio.token (missing_auth_exception 3090004)"
    );
}

#[test]
fn a_duplicate_is_refused_before_any_trace() {
    let body = include_bytes!("../../fixtures/duplicate_error.json");
    let refusal = read_error_answer(409, body).unwrap();
    assert!(refusal.error.is(ErrorKind::TxDuplicate));
    let reason = refusal.error.reason();
    assert!(reason.starts_with("duplicate transaction "), "{reason}");
}

#[test]
fn a_read_only_call_with_authorization_is_refused() {
    let refusal = failure(include_str!("../../fixtures/read_only_refused_trace.json"));
    assert_eq!(
        refusal.error.reason(),
        "read-only action 'transfer' cannot have authorizations"
    );
}

#[test]
fn a_number_given_to_eosio_assert_code() {
    let body = br#"{"code":500,"message":"Internal Service Error","error":{"code":3050004,
        "name":"eosio_assert_code_exception","what":"eosio_assert_code assertion failure",
        "details":[{"message":"assertion failure with error code: 42","file":"","line_number":0,
        "method":""}]}}"#;
    let refusal = read_error_answer(500, body).unwrap();
    assert_eq!(refusal.contract_code(), Some(42));
    assert_eq!(refusal.to_string(), "contract refused with error code 42");
}

#[test]
fn a_node_that_hides_details_still_says_something() {
    let body = br#"{"code":500,"message":"Internal Service Error","error":{"code":3050003,
        "name":"eosio_assert_message_exception","what":"eosio_assert_message assertion failure",
        "details":[]}}"#;
    let refusal = read_error_answer(500, body).unwrap();
    assert_eq!(refusal.error.assertion(), None);
    assert_eq!(
        refusal.error.reason(),
        "eosio_assert_message assertion failure"
    );
    let body = br#"{"code":400,"message":"Bad or missing transaction ID","error":{"code":0,
        "name":"","what":"","details":[]}}"#;
    let refusal = read_error_answer(400, body).unwrap();
    assert_eq!(
        refusal.to_string(),
        "node refused (status 400): Bad or missing transaction ID"
    );
}

#[test]
fn an_error_that_no_list_has_is_kept_as_it_is_told() {
    let body = br#"{"code":500,"message":"Internal Service Error","error":{"code":3999999,
        "name":"later_exception","what":"Of a later version","details":[]}}"#;
    let refusal = read_error_answer(500, body).unwrap();
    assert_eq!(refusal.error.code(), 3_999_999);
    assert_eq!(refusal.error.kind(), ErrorKind::Unspecified);
    assert_eq!(
        refusal.to_string(),
        "chain refused: Of a later version (later_exception 3999999)"
    );
}

#[test]
fn other_answers_are_not_errors_of_a_node() {
    for body in ["", "<html>502</html>", "{}", "[]", r#"{"message":"no"}"#] {
        assert_eq!(read_error_answer(502, body.as_bytes()), None);
    }
}
