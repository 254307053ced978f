//! Parameters of the chain by number: the host functions `get_parameters_packed` and
//! `set_parameters_packed`.
//!
//! Mirrors `config_range` in `libraries/chain/include/eosio/chain/chain_config.hpp` and
//! `get_parameters_packed` in `libraries/chain/webassembly/privileged.cpp` of a node. The packed
//! form is a count and, for each parameter, its number as `varuint32` and its value in fixed width.

use super::ApplyContext;
use crate::config::ChainConfig;
use crate::reading::{read, unreadable};
use antelope_types::{ChainError, Decode, Decoder, Encode, VarUint32, ensure};

/// The width of each parameter in bytes, by number. Numbers 0 to 16 are the fields of
/// [`ChainConfig`] in its order; 17 came later and is `max_action_return_value_size`.
const WIDTHS: [usize; 18] = [8, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 2, 2, 4];

impl ApplyContext<'_> {
    /// The parameters with the numbers in a packed list, as a packed list of numbers and values in
    /// the same order.
    ///
    /// # Errors
    /// `config_parse_error` (3160016) for a number above 17 or one that comes twice, and as
    /// [`read`].
    pub fn packed_parameters(&self, numbers: &[u8]) -> Result<Vec<u8>, ChainError> {
        let numbers: Vec<VarUint32> = read(numbers)?;
        let all = self.all_parameters();
        let mut out = VarUint32(numbers.len() as u32).to_bytes();
        let mut seen = [false; WIDTHS.len()];
        for id in numbers {
            let number = number(id.0, &mut seen)?;
            out.extend(VarUint32(number as u32).to_bytes());
            out.extend_from_slice(&all[range(number)]);
        }
        Ok(out)
    }

    /// Sets the parameters in a packed list of numbers and values; the others keep their values.
    ///
    /// # Errors
    /// - `wasm_execution_error` (3070002) in a read-only transaction.
    /// - `config_parse_error` (3160016) for a number above 17 or one that comes twice.
    /// - As [`read`] if the list ends too early.
    /// - `action_validate_exception` (3050000) if the values contradict each other
    ///   ([`ChainConfig::check`]) or an action could return more than 20 MiB.
    pub fn set_packed_parameters(&mut self, packed: &[u8]) -> Result<(), ChainError> {
        self.require_changes("set_parameters_packed")?;
        let mut input = Decoder::as_node(packed);
        let mut all = self.all_parameters();
        let count = VarUint32::decode(&mut input).map_err(unreadable)?.0;
        let mut seen = [false; WIDTHS.len()];
        for _ in 0..count {
            let id = VarUint32::decode(&mut input).map_err(unreadable)?.0;
            let number = number(id, &mut seen)?;
            let value = input.take(WIDTHS[number]).map_err(unreadable)?;
            all[range(number)].copy_from_slice(value);
        }
        // Values are patched into the packed form and decoded as a whole, so that no parameter
        // needs code of its own.
        let mut input = Decoder::new(&all);
        let config = ChainConfig::decode(&mut input).map_err(unreadable)?;
        let max_return_value = u32::decode(&mut input).map_err(unreadable)?;
        config.check()?;
        let max = 20 * 1024 * 1024;
        ensure!(
            max_return_value <= max,
            ActionValidate,
            "max action return value size should be less than MAX_SIZE_OF_BYTE_ARRAYS"
        );
        let state = self.state_mut();
        state.global.config = config;
        state.global.max_return_value = max_return_value;
        state.global.parameters_set += 1;
        Ok(())
    }

    /// All parameters, packed in the order of their numbers without the numbers.
    fn all_parameters(&self) -> Vec<u8> {
        let mut all = self.state().global.config.to_bytes();
        all.extend(self.state().global.max_return_value.to_bytes());
        all
    }
}

/// Where a parameter is in [`all_parameters`](ApplyContext::all_parameters), in bytes.
fn range(number: usize) -> std::ops::Range<usize> {
    let start = WIDTHS[..number].iter().sum();
    start..start + WIDTHS[number]
}

/// The number of a parameter as an index, marked as seen.
///
/// # Errors
/// `config_parse_error` (3160016) if it is out of range or was seen before.
fn number(id: u32, seen: &mut [bool; WIDTHS.len()]) -> Result<usize, ChainError> {
    let size = seen.len();
    let number = id as usize;
    ensure!(
        number < size,
        ConfigParseError,
        "provided id {id} should be less than {size}"
    );
    ensure!(
        !std::mem::replace(&mut seen[number], true),
        ConfigParseError,
        "duplicate id provided: {id}"
    );
    Ok(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widths_are_those_of_the_fields() {
        let config = ChainConfig::default().encoded_len();
        assert_eq!(range(17), config..config + 4);
    }
}
