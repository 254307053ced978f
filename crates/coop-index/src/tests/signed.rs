//! A document that comes in several transactions: what was recorded first stays, and who signs later is added.

use super::killed::{all_rows, scope};
use super::life::{CONTRACTS, COOP, Deeds, Life, PEOPLE, document, time};
use crate::{IndexReader, IndexWriter};
use antelope_follow::{BlockEvent, BlockPosition, FollowedBlock};
use antelope_types::{Checksum256, Name, PublicKey, name};
use serde_json::json;

fn position(number: u32) -> BlockPosition {
    BlockPosition {
        block_num: number,
        block_id: Checksum256([number as u8; 32]),
    }
}

fn block(number: u32, deeds: Deeds, is_final: bool) -> BlockEvent {
    BlockEvent::Apply(Box::new(FollowedBlock {
        position: position(number),
        previous: position(number - 1).block_id,
        time: time(number),
        actions: deeds.actions,
        rows: Some(deeds.rows),
        abis: deeds.abis,
        is_final,
    }))
}

#[test]
fn signatures_of_later_transactions_are_kept_too() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("index.db");
    let mut writer = IndexWriter::open(&file, scope()).unwrap();
    let mut life = Life::default();
    let (proposal, hash) = document(599, PEOPLE[0], "Протокол собрания", 7);
    let mut again = proposal.clone();
    let one = again["signatures"][0].clone();
    again["signatures"] = json!([one, one]);
    again["signatures"][0]["public_key"] = json!(PublicKey::K1([3; 33]).to_string());
    again["signatures"][1]["signer"] = json!(PEOPLE[1]);
    let mut first = life.begin();
    let mut second = Deeds::default();
    for (deeds, proposal) in [(&mut first, &proposal), (&mut second, &again)] {
        let arguments = json!({ "coopname": COOP, "username": PEOPLE[0], "proposal": proposal });
        life.act(deeds, CONTRACTS.soviet, name!("freedecision"), &arguments);
    }
    let mut reader = IndexReader::open(&file).unwrap();
    let mut found = || {
        let document = reader.document(COOP, hash).unwrap().unwrap();
        let first = PublicKey::K1([2; 33]).to_string();
        assert_eq!(document.block, 5);
        assert!(document.signatures.iter().all(|it| it.public_key == first));
        let signers = document.signatures.iter();
        signers
            .map(|it| (it.signer, it.is_final))
            .collect::<Vec<_>>()
    };
    let [anna, boris]: [Name; 2] = [PEOPLE[0], PEOPLE[1]].map(|it| it.parse().unwrap());
    writer.store(&block(5, first, true)).unwrap();
    let before = all_rows(&file);
    writer.store(&block(6, second.clone(), false)).unwrap();
    assert_eq!(found(), [(boris, false), (anna, true)]);
    // What the network may undo is in no export.
    let mut exported = Vec::new();
    let mut other = IndexReader::open(&file).unwrap();
    let snapshot = other.snapshot().unwrap();
    let filter = crate::SheetFilter::default();
    let take = &mut |document: crate::DocumentRecord| {
        exported.extend(document.signatures.iter().map(|it| it.signer));
        Ok::<_, crate::IndexError>(())
    };
    snapshot.documents(COOP, &filter, take).unwrap();
    assert_eq!(exported, [anna]);
    drop(snapshot);
    writer.store(&BlockEvent::Undo(position(5))).unwrap();
    assert_eq!(all_rows(&file), before);
    writer.store(&block(6, second, true)).unwrap();
    assert_eq!(found(), [(boris, true), (anna, true)]);
}
