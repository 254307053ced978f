//! The calls that `/v1/node/get_supported_apis` lists, in alphabetical order as nodeos lists its own.

/// The paths of all calls, without those for development and those that need a recorded history. A
/// test asks each of them.
pub(crate) const SUPPORTED: &[&str] = &[
    "/v1/chain/compute_transaction",
    "/v1/chain/get_abi",
    "/v1/chain/get_account",
    "/v1/chain/get_accounts_by_authorizers",
    "/v1/chain/get_activated_protocol_features",
    "/v1/chain/get_block",
    "/v1/chain/get_block_header",
    "/v1/chain/get_block_header_state",
    "/v1/chain/get_block_info",
    "/v1/chain/get_code",
    "/v1/chain/get_code_hash",
    "/v1/chain/get_consensus_parameters",
    "/v1/chain/get_currency_balance",
    "/v1/chain/get_currency_stats",
    "/v1/chain/get_info",
    "/v1/chain/get_producer_schedule",
    "/v1/chain/get_producers",
    "/v1/chain/get_raw_abi",
    "/v1/chain/get_raw_block",
    "/v1/chain/get_raw_code_and_abi",
    "/v1/chain/get_required_keys",
    "/v1/chain/get_scheduled_transactions",
    "/v1/chain/get_table_by_scope",
    "/v1/chain/get_table_rows",
    "/v1/chain/get_transaction_id",
    "/v1/chain/get_transaction_status",
    "/v1/chain/push_block",
    "/v1/chain/push_transaction",
    "/v1/chain/push_transactions",
    "/v1/chain/send_read_only_transaction",
    "/v1/chain/send_transaction",
    "/v1/chain/send_transaction2",
    "/v1/history/get_controlled_accounts",
    "/v1/history/get_key_accounts",
    "/v1/trace_api/get_block",
    "/v1/trace_api/get_transaction_trace",
];

/// Those that are there where the chain records its history.
pub(crate) const RECORDED: &[&str] = &["/v1/history/get_actions", "/v1/history/get_transaction"];
