//! From actions to a signed transaction.
//!
//! [`Client::push`](crate::Client::push) does all of it. This module is for programs that keep the
//! signed transaction, to send it again or to have it signed elsewhere:
//!
//! ```no_run
//! # use antelope_rpc_client::{Client, ClientError, Signer, TransactionOptions, transaction};
//! # use antelope_types::Action;
//! # fn keep(client: &Client, actions: &[Action], key: &dyn Signer) -> Result<(), ClientError> {
//! let built = client.build(actions, &TransactionOptions::default())?;
//! let signed = transaction::sign(&client.chain_id()?, built, &[key])?;
//! // The same bytes may be sent any number of times and are executed once at most.
//! let trace = client.send(&signed)?;
//! # Ok(()) }
//! ```

use crate::signing::{Signer, SigningError};
use antelope_types::rpc::Info;
use antelope_types::{
    Action, Checksum256, SignedTransaction, TimePointSec, Transaction, TransactionHeader, VarUint32,
};
use std::collections::{HashSet, VecDeque};
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::Duration;

/// The block a transaction refers to: it is valid only on a chain, or a fork of it, that has the block
/// (TAPOS). The chain looks for it among the last 65 536 blocks, which is nine hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ReferenceBlock {
    /// The newest irreversible block: no fork can make the transaction invalid.
    #[default]
    Irreversible,
    /// The newest block. If a fork replaces it, the transaction becomes invalid: use this for a
    /// transaction that must not outlive what was read from the head's state.
    Head,
}

/// How a transaction is built: how long it is valid, and the most it may cost.
///
/// ```
/// use antelope_rpc_client::{ReferenceBlock, TransactionOptions};
/// use std::time::Duration;
///
/// // Ten minutes to collect signatures, and no more than 5 ms of CPU.
/// let options = TransactionOptions {
///     expiration: Duration::from_secs(600),
///     max_cpu_usage_ms: 5,
///     ..TransactionOptions::default()
/// };
/// assert_eq!(options.reference, ReferenceBlock::Irreversible);
/// assert_eq!(options.max_net_usage, 0, "the chain's own limit");
/// ```
#[derive(Debug, Clone)]
pub struct TransactionOptions {
    /// How long the transaction stays valid, counted from the time of the newest block, so that this
    /// machine's clock does not matter. Fractions of a second are cut off. Default 60 s; a chain
    /// refuses more than its `max_transaction_lifetime`, usually an hour.
    pub expiration: Duration,
    /// The block it refers to.
    pub reference: ReferenceBlock,
    /// Most network use allowed, in bytes, rounded up to a multiple of eight; 0, the default, leaves
    /// it to the chain. A transaction that needs more fails.
    pub max_net_usage: u32,
    /// Most CPU time allowed, in milliseconds; 0, the default, leaves it to the chain. A transaction
    /// that needs more fails.
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
/// They are forgotten by their number and not once they have expired: a process may talk to several
/// chains, and each has a clock of its own.
static BUILT: LazyLock<Mutex<(HashSet<Checksum256>, VecDeque<Checksum256>)>> =
    LazyLock::new(Mutex::default);

/// How many ids are remembered: a minute, the usual lifetime, at a thousand transactions a second.
const REMEMBERED: usize = 65_536;

/// Whether no remembered transaction has this id; remembers it, and forgets the oldest beyond
/// [`REMEMBERED`].
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

/// Signs a transaction for one chain with each of the keys, in their order. Without a request to the
/// node: whether these keys satisfy the permissions that the actions name is found out by sending it.
/// A key given twice makes two equal signatures, which chains refuse, and so does a key that no
/// permission needs.
///
/// ```
/// use antelope_rpc_client::{signing, transaction};
/// use antelope_types::{Checksum256, Transaction};
///
/// let key = signing::generate_k1()?;
/// let chain_id = Checksum256([5; 32]);
/// let signed = transaction::sign(&chain_id, Transaction::default(), &[&key])?;
/// let digest = signed.transaction.signing_digest(&chain_id, &[]);
/// let signer = signing::recover(&digest, &signed.signatures[0])?;
/// assert_eq!(signer, signing::public_key(&key)?);
/// # Ok::<(), signing::SigningError>(())
/// ```
///
/// # Errors
/// The [`SigningError`] of the first key that cannot sign; those after it are not asked.
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
