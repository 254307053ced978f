//! The parameters of a chain as JSON.

use antelope_chain::ChainConfig;
use serde_json::{Value, json};

/// In the form that nodes read, and their contracts.
pub fn parameters(config: ChainConfig) -> Value {
    json!({
        "max_block_net_usage": config.max_block_net_usage,
        "target_block_net_usage_pct": config.target_block_net_usage_pct,
        "max_transaction_net_usage": config.max_transaction_net_usage,
        "base_per_transaction_net_usage": config.base_per_transaction_net_usage,
        "net_usage_leeway": config.net_usage_leeway,
        "context_free_discount_net_usage_num": config.context_free_discount_net_usage_num,
        "context_free_discount_net_usage_den": config.context_free_discount_net_usage_den,
        "max_block_cpu_usage": config.max_block_cpu_usage,
        "target_block_cpu_usage_pct": config.target_block_cpu_usage_pct,
        "max_transaction_cpu_usage": config.max_transaction_cpu_usage,
        "min_transaction_cpu_usage": config.min_transaction_cpu_usage,
        "max_transaction_lifetime": config.max_transaction_lifetime,
        "deferred_trx_expiration_window": config.deferred_trx_expiration_window,
        "max_transaction_delay": config.max_transaction_delay,
        "max_inline_action_size": config.max_inline_action_size,
        "max_inline_action_depth": config.max_inline_action_depth,
        "max_authority_depth": config.max_authority_depth,
    })
}
