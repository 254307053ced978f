//! Parameters of the chain by their numbers, as contracts read and set them.

use super::ApplyContext;
use crate::config::ChainConfig;
use crate::reading::{read, unreadable};
use antelope_types::{ChainError, Decode, Decoder, Encode, VarUint32, ensure};

/// The bytes of each parameter, in the order of their numbers; all but the last are fields of
/// [`ChainConfig`], in its order. The last, which came later, is how much an action may return.
const WIDTHS: [usize; 18] = [8, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 2, 2, 4];

impl ApplyContext<'_> {
    /// The parameters with these numbers, from an encoded list of numbers: an encoded list of
    /// numbers and values.
    ///
    /// # Errors
    /// `config_parse_error` for a number that there is not, or that comes twice.
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

    /// Sets parameters, from an encoded list of numbers and values.
    ///
    /// # Errors
    /// `config_parse_error` for a number that there is not, or that comes twice; and where the
    /// chain could not go on with the values.
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
        Ok(())
    }

    fn all_parameters(&self) -> Vec<u8> {
        let mut all = self.state().global.config.to_bytes();
        all.extend(self.state().global.max_return_value.to_bytes());
        all
    }
}

/// Where a parameter is among all of them.
fn range(number: usize) -> std::ops::Range<usize> {
    let start = WIDTHS[..number].iter().sum();
    start..start + WIDTHS[number]
}

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
