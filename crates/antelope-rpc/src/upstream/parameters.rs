//! The parameters of another chain: what blocks and transactions may use, and what modules may be.

use super::remote::{Remote, RemoteError, other};
use antelope_chain::FetchedParameters;
use antelope_rpc_client::ClientError;
use antelope_types::{ChainError, Decode};
use serde_json::{Value, json};

/// Fields of `chain_config` with their sizes in bytes, in the order of their encoding.
const CHAIN: [(&str, usize); 17] = [
    ("max_block_net_usage", 8),
    ("target_block_net_usage_pct", 4),
    ("max_transaction_net_usage", 4),
    ("base_per_transaction_net_usage", 4),
    ("net_usage_leeway", 4),
    ("context_free_discount_net_usage_num", 4),
    ("context_free_discount_net_usage_den", 4),
    ("max_block_cpu_usage", 4),
    ("target_block_cpu_usage_pct", 4),
    ("max_transaction_cpu_usage", 4),
    ("min_transaction_cpu_usage", 4),
    ("max_transaction_lifetime", 4),
    ("deferred_trx_expiration_window", 4),
    ("max_transaction_delay", 4),
    ("max_inline_action_size", 4),
    ("max_inline_action_depth", 2),
    ("max_authority_depth", 2),
];

/// The same of `wasm_config`.
const WASM: [(&str, usize); 11] = [
    ("max_mutable_global_bytes", 4),
    ("max_table_elements", 4),
    ("max_section_elements", 4),
    ("max_linear_memory_init", 4),
    ("max_func_local_bytes", 4),
    ("max_nested_structures", 4),
    ("max_symbol_bytes", 4),
    ("max_module_bytes", 4),
    ("max_code_bytes", 4),
    ("max_pages", 4),
    ("max_call_depth", 4),
];

impl Remote {
    /// The parameters; none of a node that is too old to tell them.
    ///
    /// # Errors
    /// As for [`ask`](Self::ask), and for an answer of another form.
    pub(super) fn parameters(&self) -> Result<Option<FetchedParameters>, RemoteError> {
        let path = "/v1/chain/get_consensus_parameters";
        let told = self.ask(|client| match client.call::<Value>(path, &json!({})) {
            Err(ClientError::Unsupported { .. }) => Ok(None),
            told => told.map(Some),
        })?;
        let Some(told) = told else {
            return Ok(None);
        };
        let (chain, wasm) = (&told["chain_config"], &told["wasm_config"]);
        let most = number(&chain["max_action_return_value_size"]);
        Ok(Some(FetchedParameters {
            config: read(chain, &CHAIN)?,
            max_return_value: most.and_then(|most| u32::try_from(most).ok()),
            wasm: match wasm {
                Value::Null => None,
                wasm => Some(read(wasm, &WASM)?),
            },
        }))
    }
}

/// A struct of numbers.
fn read<T: for<'a> Decode<'a>>(told: &Value, fields: &[(&str, usize)]) -> Result<T, ChainError> {
    let mut bytes = Vec::new();
    for (field, size) in fields {
        let problem = || other(format!("the other node tells {} as {field}", told[field]));
        let number = number(&told[field]).ok_or_else(problem)?.to_le_bytes();
        let (number, rest) = number.split_at(*size);
        if rest.iter().any(|byte| *byte != 0) {
            return Err(problem());
        }
        bytes.extend_from_slice(number);
    }
    T::from_bytes(&bytes).map_err(|error| other(format!("the other node's parameters: {error}")))
}

/// A number, which nodes write as text where it is large.
fn number(told: &Value) -> Option<u64> {
    match told {
        Value::String(text) => text.parse().ok(),
        told => told.as_u64(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use antelope_types::{ChainConfig, WasmConfig};

    #[test]
    fn parameters_are_read_field_by_field() {
        let of = |fields: &[(&str, usize)]| -> Value {
            let numbered = fields.iter().enumerate();
            numbered
                .map(|(place, (field, _))| ((*field).to_owned(), json!(place + 1)))
                .collect()
        };
        let mut told = of(&CHAIN);
        told["max_block_net_usage"] = json!("18446744073709551615");
        let config: ChainConfig = read(&told, &CHAIN).unwrap();
        assert_eq!(config.max_block_net_usage, u64::MAX);
        assert_eq!(config.max_inline_action_depth, 16);
        let wasm: WasmConfig = read(&of(&WASM), &WASM).unwrap();
        assert_eq!(wasm.max_call_depth, 11);
        told["max_authority_depth"] = json!(65536);
        let error = read::<ChainConfig>(&told, &CHAIN).unwrap_err();
        assert!(
            error.message().contains("65536 as max_authority_depth"),
            "{error}"
        );
    }
}
