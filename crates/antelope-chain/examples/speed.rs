//! How long transactions take without a contract's code: the share of the chain itself.

use antelope_chain::{ApplyContext, Chain, ChainError, DEVELOPMENT_KEY, Executor, Genesis};
use antelope_client::signing::Signer;
use antelope_types::{Action, Checksum256, Encode, Name, PermissionLevel, SignedTransaction, name};
use std::error::Error;
use std::sync::Arc;
use std::time::Instant;

/// What a token does at a transfer, without the code: four look-ups, two rows, two notifications.
struct Token;

impl Executor for Token {
    fn validate(&self, _: &[u8]) -> Result<(), ChainError> {
        Ok(())
    }

    fn apply(
        &self,
        _: &Checksum256,
        _: &Arc<[u8]>,
        context: &mut ApplyContext<'_>,
    ) -> Result<(), ChainError> {
        let (from, to) = (name!("alice"), name!("bob"));
        if context.receiver() != context.action().account {
            return Ok(());
        }
        context.require_auth(from)?;
        context.require_recipient(from);
        context.require_recipient(to);
        for account in [from, to] {
            let (code, table) = (context.receiver(), name!("accounts"));
            match context.db_find(code, account, table, 7) {
                row @ 0.. => {
                    context.db_get(row)?;
                    context.db_update(row, Name::default(), &[1; 16])?;
                }
                _ => drop(context.db_store(account, table, from, 7, &[1; 16])?),
            }
        }
        Ok(())
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut chain = Chain::start(Genesis::default(), Arc::new(Token))?;
    for account in [name!("alice"), name!("bob"), name!("token")] {
        chain.create_account(account)?;
    }
    chain.deploy(name!("token"), b"code", b"")?;
    let transfer = Action::new(
        name!("token"),
        name!("transfer"),
        &[PermissionLevel::active(name!("alice"))],
        &[0u8; 30].to_vec().to_bytes(),
    );
    const COUNT: u32 = 20_000;

    let start = Instant::now();
    for n in 0..COUNT {
        chain.push(std::slice::from_ref(&transfer))?;
        if n % 100 == 99 {
            chain.produce_block()?;
        }
    }
    println!("declared: {:?} each", start.elapsed() / COUNT);

    let mut signed = Vec::new();
    for _ in 0..1000 {
        let transaction = chain.transaction(std::slice::from_ref(&transfer));
        let digest = transaction.signing_digest(&chain.chain_id(), &[]);
        signed.push(SignedTransaction {
            signatures: vec![DEVELOPMENT_KEY.sign(&digest)?],
            transaction,
            context_free_data: Vec::new(),
        });
    }
    let start = Instant::now();
    for transaction in &signed {
        chain.push_signed(transaction)?;
    }
    println!("signed:   {:?} each", start.elapsed() / 1000);

    let start = Instant::now();
    for _ in 0..10_000 {
        let snapshot = chain.snapshot();
        chain.revert(&snapshot);
    }
    println!("snapshot and revert: {:?}", start.elapsed() / 10_000);
    Ok(())
}
