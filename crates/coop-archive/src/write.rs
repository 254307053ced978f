//! Making an archive.

use crate::csv::write_sheet;
use crate::documents::SignedDocument;
use crate::error::ArchiveError;
use crate::manifest::{ArchivedFile, FORMAT, Manifest, Seal, written};
use crate::tar;
use antelope_rpc_client::Signer;
use antelope_types::{Checksum256, Name, TimePoint};
use coop_index::{SHEETS, SheetFilter, Snapshot};
use std::collections::BTreeSet;

/// Finds the text of a document by its SHA-256; `None` where it is not at hand.
pub type Texts<'a> = &'a dyn Fn(&Checksum256) -> Option<Vec<u8>>;

/// What goes into an archive, and who signs it.
pub struct ArchiveOptions<'a> {
    /// The cooperative.
    pub coopname: Name,
    /// Which rows and documents.
    pub filter: SheetFilter,
    /// The texts of the documents, which are personal data; none where they are to stay out.
    pub texts: Option<Texts<'a>>,
    /// Who signs: an account and a key of its `active` permission.
    pub signer: (Name, &'a dyn Signer),
    /// The moment of the signature.
    pub signed_at: TimePoint,
}

/// Makes the bytes of an archive. It is put together in memory.
///
/// # Errors
/// [`ArchiveError::OtherCooperative`]; [`ArchiveError::NotRebuilt`]; [`ArchiveError::TooLarge`];
/// [`ArchiveError::Index`]; [`ArchiveError::Signing`].
pub fn write_archive(
    snapshot: &Snapshot<'_>,
    options: &ArchiveOptions<'_>,
) -> Result<(Manifest, Vec<u8>), ArchiveError> {
    let ArchiveOptions {
        coopname, filter, ..
    } = *options;
    if let Some(found) = snapshot.cooperative
        && found != coopname
    {
        return Err(ArchiveError::OtherCooperative {
            found: found.to_string(),
            wanted: coopname.to_string(),
        });
    }
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let (mut lines, mut texts, mut documents) = (Vec::new(), BTreeSet::new(), 0);
    snapshot.documents(coopname, &filter, &mut |record| {
        let document = SignedDocument::of(record).ok_or(ArchiveError::NotRebuilt)?;
        serde_json::to_writer(&mut lines, &document).map_err(std::io::Error::from)?;
        lines.push(b'\n');
        texts.insert(document.doc_hash);
        documents += 1;
        Ok::<_, ArchiveError>(())
    })?;
    files.push(("documents.jsonl".to_owned(), lines));
    for sheet in SHEETS.iter().filter(|it| it.takes(&filter)) {
        let mut content = Vec::new();
        write_sheet(snapshot, coopname, sheet, &filter, &mut content)?;
        files.push((format!("tables/{}.csv", sheet.name), content));
    }
    for hash in texts {
        if let Some(text) = options.texts.and_then(|texts| texts(&hash))
            && Checksum256::sha256(&text) == hash
        {
            files.push((format!("texts/{hash}.txt"), text));
        }
    }
    let listed = files.iter().map(|(name, content)| ArchivedFile {
        name: name.clone(),
        bytes: content.len() as u64,
        sha256: Checksum256::sha256(content),
    });
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        chain_id: snapshot.chain_id,
        coopname,
        block_num: snapshot.block.block_num,
        block_id: snapshot.block.block_id,
        block_time: snapshot.time,
        person: filter.person,
        since: filter.since,
        until: filter.until,
        documents,
        files: listed.collect(),
    };
    let head = written(&manifest);
    let (account, key) = options.signer;
    // As precisely as the file says it.
    let signed_at = TimePoint::from_micros(options.signed_at.micros() / 1000 * 1000);
    let digest = Seal::digest(&manifest.chain_id, &head, account, signed_at);
    let seal = Seal {
        account,
        public_key: key.public_key(),
        signed_at,
        signature: key.sign(&digest)?,
    };
    let mut bytes = Vec::new();
    tar::add(&mut bytes, "manifest.json", &head)?;
    tar::add(&mut bytes, "signature.json", &written(&seal))?;
    for (name, content) in &files {
        tar::add(&mut bytes, name, content)?;
    }
    tar::end(&mut bytes);
    Ok((manifest, bytes))
}
