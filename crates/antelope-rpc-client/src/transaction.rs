//! From actions to a signed transaction.

use crate::signing::{Signer, SigningError};
use antelope_types::rpc::Info;
use antelope_types::{
    Action, Checksum256, SignedTransaction, TimePointSec, Transaction, TransactionHeader, VarUint32,
};
use std::collections::{HashSet, VecDeque};
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::Duration;

/// The block a transaction refers to: it is valid only on a chain that has it (TAPOS).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ReferenceBlock {
    /// The newest irreversible block: no fork can make the transaction invalid.
    #[default]
    Irreversible,
    /// The newest block: the transaction dies with its fork.
    Head,
}

/// How a transaction is built.
#[derive(Debug, Clone)]
pub struct TransactionOptions {
    /// How long after the newest block's time the transaction stays valid. Default 60 s; chains
    /// allow an hour.
    pub expiration: Duration,
    /// The block it refers to.
    pub reference: ReferenceBlock,
    /// Most network use allowed, in bytes, rounded up to eight; 0 leaves it to the chain.
    pub max_net_usage: u32,
    /// Most CPU time allowed, in milliseconds; 0 leaves it to the chain.
    pub max_cpu_usage_ms: u8,
}

impl Default for TransactionOptions {
    fn default() -> Self {
        Self {
            expiration: Duration::from_secs(60),
            reference: ReferenceBlock::default(),
            max_net_usage: 0,
            max_cpu_usage_ms: 0,
        }
    }
}

/// A transaction of these actions, referring to a block of the chain and not like any this
/// process has built before.
///
/// Two transactions with the same content have the same id, and a chain takes the second for a
/// repetition of the first. So each one built here that would equal an earlier one expires a
/// second later.
pub(crate) fn build(actions: &[Action], info: &Info, options: &TransactionOptions) -> Transaction {
    let now = info.head_block_time.seconds();
    let now = u32::try_from(now).unwrap_or_default();
    let lifetime = u32::try_from(options.expiration.as_secs()).unwrap_or(u32::MAX);
    let mut header = TransactionHeader {
        expiration: TimePointSec::from_seconds(now.saturating_add(lifetime)),
        max_net_usage_words: VarUint32(options.max_net_usage.div_ceil(8)),
        max_cpu_usage_ms: options.max_cpu_usage_ms,
        ..TransactionHeader::default()
    };
    header.set_reference_block(match options.reference {
        ReferenceBlock::Irreversible => &info.last_irreversible_block_id,
        ReferenceBlock::Head => &info.head_block_id,
    });
    let actions = actions.to_vec();
    let mut transaction = Transaction {
        header,
        actions,
        ..Transaction::default()
    };
    while !is_new(transaction.id()) {
        let later = transaction.header.expiration.seconds().saturating_add(1);
        transaction.header.expiration = TimePointSec::from_seconds(later);
    }
    transaction
}

/// The last transactions built in this process, by id, the oldest first in the queue.
///
/// Not by their expiration: a process may talk to several chains, and each has a clock of its own.
static BUILT: LazyLock<Mutex<(HashSet<Checksum256>, VecDeque<Checksum256>)>> =
    LazyLock::new(Mutex::default);

/// How many ids are remembered: a minute, the usual lifetime, at a thousand transactions a second.
const REMEMBERED: usize = 65_536;

fn is_new(id: Checksum256) -> bool {
    let mut built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
    let (ids, order) = &mut *built;
    if !ids.insert(id) {
        return false;
    }
    order.push_back(id);
    if order.len() > REMEMBERED
        && let Some(oldest) = order.pop_front()
    {
        ids.remove(&oldest);
    }
    true
}

/// Signs a transaction for one chain with each of the keys.
///
/// # Errors
/// [`SigningError`] when a key cannot sign.
pub fn sign(
    chain_id: &Checksum256,
    transaction: Transaction,
    signers: &[&dyn Signer],
) -> Result<SignedTransaction, SigningError> {
    let digest = transaction.signing_digest(chain_id, &[]);
    let signatures = signers
        .iter()
        .map(|s| s.sign(&digest))
        .collect::<Result<_, _>>()?;
    Ok(SignedTransaction {
        transaction,
        signatures,
        context_free_data: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use antelope_types::{Name, TimePoint, name};

    fn info() -> Info {
        let mut id = Checksum256::ZERO;
        id.0[..12].copy_from_slice(&[0, 1, 0x02, 0x03, 0, 0, 0, 0, 7, 0, 0, 0]);
        Info {
            chain_id: Checksum256::ZERO,
            head_block_num: 0x0001_0204,
            head_block_id: Checksum256([9; 32]),
            head_block_time: TimePoint::from_micros(1_700_000_000_500_000),
            head_block_producer: name!("eosio"),
            last_irreversible_block_num: 0x0001_0203,
            last_irreversible_block_id: id,
            ..Info::default()
        }
    }

    fn action(name: Name) -> Action {
        Action::new(name!("contract"), name, &[], &())
    }

    #[test]
    fn a_transaction_refers_to_an_irreversible_block_and_expires() {
        let built = build(
            &[action(name!("once"))],
            &info(),
            &TransactionOptions::default(),
        );
        assert_eq!(
            (built.header.ref_block_num, built.header.ref_block_prefix),
            (0x0203, 7)
        );
        assert_eq!(built.header.expiration.seconds(), 1_700_000_060);
        let head = TransactionOptions {
            reference: ReferenceBlock::Head,
            ..Default::default()
        };
        let built = build(&[action(name!("other"))], &info(), &head);
        assert_eq!(built.header.ref_block_num, 0x0909);
    }

    #[test]
    fn equal_transactions_expire_one_after_the_other() {
        let expirations: Vec<_> = (0..3)
            .map(|_| {
                build(
                    &[action(name!("again"))],
                    &info(),
                    &TransactionOptions::default(),
                )
            })
            .map(|built| built.header.expiration.seconds() - 1_700_000_000)
            .collect();
        assert_eq!(expirations, [60, 61, 62]);
    }

    #[test]
    fn the_clock_of_another_chain_makes_no_transaction_new_again() {
        let options = TransactionOptions::default();
        let first = build(&[action(name!("lasting"))], &info(), &options);
        let later = Info {
            head_block_time: TimePoint::from_micros(1_900_000_000_000_000),
            ..info()
        };
        for number in 0..5_000 {
            build(&[action(Name::from_raw(number))], &later, &options);
        }
        let second = build(&[action(name!("lasting"))], &info(), &options);
        assert_ne!(first.id(), second.id());
    }

    #[test]
    fn each_key_signs_the_same_digest() {
        let built = build(
            &[action(name!("signed"))],
            &info(),
            &TransactionOptions::default(),
        );
        let keys = [
            crate::signing::generate_k1().unwrap(),
            crate::signing::generate_r1().unwrap(),
        ];
        let signers: Vec<&dyn Signer> = keys.iter().map(|key| key as &dyn Signer).collect();
        let chain_id = Checksum256([5; 32]);
        let signed = sign(&chain_id, built.clone(), &signers).unwrap();
        let digest = built.signing_digest(&chain_id, &[]);
        for (key, signature) in keys.iter().zip(&signed.signatures) {
            let recovered = crate::signing::recover(&digest, signature).unwrap();
            assert_eq!(recovered, key.public_key());
        }
    }
}
