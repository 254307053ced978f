//! The key ring: a file with the wrapped key of each person, apart from the database.
//!
//! The ring is apart so that a copy of the database alone is never readable, and so that a key can be erased in
//! each backup without a change of anything else there. It has parts of 128 bytes, a head and a slot for each key,
//! which are written in place: who erases a key overwrites its bytes.
//!
//! | head | | slot | |
//! |---|---|---|---|
//! | 0 | `VECHEKEY` | 0 | 1 for a person, 2 for the archive; all zeros where there is no key |
//! | 8 | version of the format | 8 | the account, or the year |
//! | 12 | what the master key is made from | 16 | id of the key |
//! | 16 | id of the ring | 32 | the wrapped key: nonce, ciphertext, tag |
//! | 32 | salt of the master key | 104 | when it was made, in microseconds |
//! | 48 | the check: nothing, sealed by the master key | 112 | zeros |
//! | 120 | the first bytes of the SHA-256 of the rest | 120 | the same |
//!
//! Numbers are little-endian. What is before a wrapped key in its slot, with the id of the ring, is its associated
//! data.

use crate::error::{Doing, PrivateError};
use crate::master::MasterSecret;
use crate::seal::{OVERHEAD, SealKey, new_key, open, place, random, seal};
use crate::{files, kill};
use antelope_types::{Checksum256, Name};
use std::collections::HashMap;
use std::fmt;
use std::fs;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Bytes of the head and of a slot.
pub(crate) const PART: usize = 128;
const MAGIC: &[u8; 8] = b"VECHEKEY";
const VERSION: u32 = 1;
/// Bytes of a wrapped key.
const WRAPPED: usize = 32 + OVERHEAD;
/// Where the checksum of a part is.
const SUM: usize = 120;
/// The most keys of a ring: a file of 128 MiB.
const MOST: usize = 1 << 20;

/// The number of a key, which says nothing about it.
pub(crate) type KeyId = [u8; 16];

/// Whose key it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Holder {
    /// A person or an organization.
    Person(Name),
    /// What the law keeps to the end of this year; 0 for as long as the cooperative exists.
    Archive(u16),
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person(account) => write!(f, "{account}"),
            Self::Archive(0) => f.write_str("the archive"),
            Self::Archive(year) => write!(f, "the archive of {year}"),
        }
    }
}

/// A key that is in a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Slot {
    pub(crate) holder: Holder,
    pub(crate) id: KeyId,
    wrapped: [u8; WRAPPED],
    made_at: i64,
}

/// A key ring without its master key: what is needed to erase keys of it.
#[derive(Debug)]
pub(crate) struct RingFile {
    pub(crate) path: PathBuf,
    head: [u8; PART],
    slots: Vec<Option<Slot>>,
    /// Slots that are neither empty nor whole.
    pub(crate) damaged: usize,
}

/// A key ring with its master key.
pub(crate) struct KeyRing {
    pub(crate) file: RingFile,
    master: SealKey,
    /// Which slot of the file a key is in.
    at: HashMap<Wanted, usize>,
}

/// By what a key is looked up.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Wanted {
    Of(Holder),
    Id(KeyId),
}

impl Slot {
    fn bytes(&self) -> [u8; PART] {
        let mut part = [0; PART];
        let (kind, owner) = match self.holder {
            Holder::Person(account) => (1, account.raw()),
            Holder::Archive(year) => (2, u64::from(year)),
        };
        part[0] = kind;
        part[8..16].copy_from_slice(&owner.to_le_bytes());
        part[16..32].copy_from_slice(&self.id);
        part[32..104].copy_from_slice(&self.wrapped);
        part[104..112].copy_from_slice(&self.made_at.to_le_bytes());
        sum(&mut part);
        part
    }

    fn read(part: &[u8; PART]) -> Option<Self> {
        if !is_whole(part) {
            return None;
        }
        let owner = u64::from_le_bytes(part[8..16].try_into().ok()?);
        Some(Self {
            holder: match part[0] {
                1 => Holder::Person(Name::from_raw(owner)),
                2 => Holder::Archive(u16::try_from(owner).ok()?),
                _ => return None,
            },
            id: part[16..32].try_into().ok()?,
            wrapped: part[32..104].try_into().ok()?,
            made_at: i64::from_le_bytes(part[104..112].try_into().ok()?),
        })
    }

    /// Where the wrapped key belongs.
    fn place(&self, ring: &[u8]) -> Vec<u8> {
        let part = self.bytes();
        place(&[b"key", ring, &part[..32], &part[104..112]])
    }

    fn wrap(&mut self, ring: &[u8], master: &SealKey, key: &SealKey) -> Result<(), PrivateError> {
        let wrapped = seal(master, &self.place(ring), &**key)?;
        self.wrapped.copy_from_slice(&wrapped);
        Ok(())
    }

    fn unwrap_by(&self, ring: &[u8], master: &SealKey) -> Option<SealKey> {
        let key = open(master, &self.place(ring), &self.wrapped)?;
        Some(Zeroizing::new(key.as_slice().try_into().ok()?))
    }
}

impl RingFile {
    /// Reads a ring.
    ///
    /// # Errors
    /// [`PrivateError::Io`] where it is not there or others may read it; [`PrivateError::Damaged`],
    /// [`PrivateError::Version`].
    pub(crate) fn load(path: &Path) -> Result<Self, PrivateError> {
        let file = files::own_file(path)?;
        let doing = || format!("read {}", path.display());
        let length = file.metadata().doing(doing)?.len();
        let damaged = |problem: &str| PrivateError::damaged(path, problem);
        let most = ((MOST + 1) * PART) as u64;
        if length < PART as u64 || length > most {
            return Err(damaged("its length is not that of a key ring"));
        }
        let mut bytes = vec![0; usize::try_from(length).unwrap_or_default()];
        file.read_exact_at(&mut bytes, 0).doing(doing)?;
        // A key that was being added when the program ended has no whole slot, and no data.
        let (parts, _) = bytes.as_chunks::<PART>();
        let (head, slots) = parts.split_first().ok_or_else(|| damaged("it is empty"))?;
        if head[..8] != *MAGIC || !is_whole(head) {
            return Err(damaged("its first bytes are not those of a key ring"));
        }
        let version = u32::from_le_bytes([head[8], head[9], head[10], head[11]]);
        if version != VERSION {
            return Err(PrivateError::Version {
                path: path.to_owned(),
                found: version,
                known: VERSION,
            });
        }
        let is_damaged = |part: &&[u8; PART]| **part != [0; PART] && Slot::read(part).is_none();
        Ok(Self {
            path: path.to_owned(),
            head: *head,
            damaged: slots.iter().filter(is_damaged).count(),
            slots: slots.iter().map(Slot::read).collect(),
        })
    }

    /// The id of the ring, which is that of the store and of its backups.
    pub(crate) fn id(&self) -> [u8; 16] {
        array(&self.head[16..32])
    }

    /// All keys.
    pub(crate) fn slots(&self) -> impl Iterator<Item = &Slot> {
        self.slots.iter().flatten()
    }

    /// The bytes of the file.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let slots = self.slots.iter().map(|slot| match slot {
            Some(slot) => slot.bytes(),
            None => [0; PART],
        });
        [self.head].into_iter().chain(slots).flatten().collect()
    }

    /// Overwrites the keys with these ids; how many there were. The caller holds the lock.
    ///
    /// # Errors
    /// [`PrivateError::Io`].
    pub(crate) fn wipe(&mut self, ids: &[KeyId]) -> Result<usize, PrivateError> {
        let doing = || format!("overwrite keys in {}", self.path.display());
        files::clean(&self.path)?;
        let file = files::own_file(&self.path)?;
        let mut count = 0;
        for (slot, at) in self.slots.iter_mut().zip(1..) {
            if slot.as_ref().is_some_and(|slot| ids.contains(&slot.id)) {
                kill::point()?;
                file.write_all_at(&[0; PART], offset(at)).doing(doing)?;
                *slot = None;
                count += 1;
            }
        }
        file.sync_all().doing(doing)?;
        Ok(count)
    }

    /// Writes a key into the first empty slot; which. The caller holds the lock, and has loaded the file since.
    fn add(&mut self, slot: Slot) -> Result<usize, PrivateError> {
        let doing = || format!("write {}", self.path.display());
        let empty = self.slots.iter().position(Option::is_none);
        // A damaged slot may be mended by hand yet.
        let at = empty
            .filter(|_| self.damaged == 0)
            .unwrap_or(self.slots.len());
        if at >= MOST {
            return Err(PrivateError::damaged(&self.path, "it is full"));
        }
        let file = files::own_file(&self.path)?;
        file.write_all_at(&slot.bytes(), offset(at + 1))
            .doing(doing)?;
        file.sync_all().doing(doing)?;
        match self.slots.get_mut(at) {
            Some(place) => *place = Some(slot),
            None => self.slots.push(Some(slot)),
        }
        Ok(at)
    }
}

impl KeyRing {
    /// Makes a ring.
    ///
    /// # Errors
    /// Those of the master key; [`PrivateError::Io`].
    pub(crate) fn create(path: &Path, secret: &MasterSecret) -> Result<Self, PrivateError> {
        let (head, master) = head(random()?, secret)?;
        files::replace(path, &head)?;
        let file = RingFile::load(path)?;
        Ok(Self::of(file, master))
    }

    /// Opens a ring.
    ///
    /// # Errors
    /// Those of [`RingFile::load`] and of the master key; [`PrivateError::WrongMaster`].
    pub(crate) fn open(path: &Path, secret: &MasterSecret) -> Result<Self, PrivateError> {
        let file = RingFile::load(path)?;
        let wrong = || PrivateError::WrongMaster {
            path: path.to_owned(),
        };
        if file.head[12] != secret.kind() {
            return Err(wrong());
        }
        let master = secret.key(&array(&file.head[32..48]))?;
        let check = open(
            &master,
            &place(&[b"ring", &file.head[..48]]),
            &file.head[48..88],
        );
        check.ok_or_else(wrong)?;
        Ok(Self::of(file, master))
    }

    /// The ring once more, as its file is now.
    ///
    /// # Errors
    /// Those of [`RingFile::load`].
    pub(crate) fn try_clone(&self) -> Result<Self, PrivateError> {
        let file = RingFile::load(&self.file.path)?;
        Ok(Self::of(file, self.master.clone()))
    }

    fn of(file: RingFile, master: SealKey) -> Self {
        let mut ring = Self {
            file,
            master,
            at: HashMap::new(),
        };
        ring.look_up_anew();
        ring
    }

    fn look_up_anew(&mut self) {
        let slots = self.file.slots.iter().enumerate();
        let slots = slots.filter_map(|(at, slot)| Some((at, slot.as_ref()?)));
        self.at = slots
            .flat_map(|(at, slot)| [(Wanted::Of(slot.holder), at), (Wanted::Id(slot.id), at)])
            .collect();
    }

    /// The key of a holder, if there is one.
    ///
    /// # Errors
    /// Those of [`RingFile::load`], [`PrivateError::Changed`].
    pub(crate) fn key(&mut self, holder: Holder) -> Result<Option<(KeyId, SealKey)>, PrivateError> {
        self.refresh(Wanted::Of(holder))
    }

    /// The key with this id, if there is one.
    ///
    /// # Errors
    /// As [`key`](Self::key).
    pub(crate) fn key_by_id(&mut self, id: &KeyId) -> Result<Option<SealKey>, PrivateError> {
        let found = self.refresh(Wanted::Id(*id))?;
        Ok(found.map(|(_, key)| key))
    }

    /// The key of a holder, which is made where there is none. The caller holds the lock.
    ///
    /// # Errors
    /// As [`key`](Self::key).
    pub(crate) fn key_or_new(
        &mut self,
        holder: Holder,
        now: i64,
    ) -> Result<(KeyId, SealKey), PrivateError> {
        if let Some(found) = self.key(holder)? {
            return Ok(found);
        }
        let key = new_key()?;
        let mut slot = Slot {
            holder,
            id: random()?,
            wrapped: [0; WRAPPED],
            made_at: now,
        };
        slot.wrap(&self.file.id(), &self.master, &key)?;
        let id = slot.id;
        kill::point()?;
        let at = self.file.add(slot)?;
        self.at
            .extend([(Wanted::Of(holder), at), (Wanted::Id(id), at)]);
        kill::point()?;
        Ok((id, key))
    }

    /// Wraps all keys of a ring under another master key: of this ring, or of a copy of it that this master key
    /// opens. The caller holds the lock.
    ///
    /// # Errors
    /// Those of the new master key, [`PrivateError::Changed`], [`PrivateError::Io`].
    pub(crate) fn rewrap(&mut self, secret: &MasterSecret) -> Result<(), PrivateError> {
        let ring = self.file.id();
        let (head, master) = head(ring, secret)?;
        let mut next = RingFile {
            path: self.file.path.clone(),
            head,
            slots: self.file.slots.clone(),
            damaged: self.file.damaged,
        };
        if next.damaged > 0 {
            let problem = format!("{} keys cannot be read, and would be lost", next.damaged);
            return Err(PrivateError::damaged(&next.path, problem));
        }
        for slot in next.slots.iter_mut().flatten() {
            let key = slot.unwrap_by(&ring, &self.master);
            let key = key.ok_or_else(|| changed(slot.holder))?;
            slot.wrap(&ring, &master, &key)?;
        }
        kill::point()?;
        files::replace(&next.path, &next.bytes())?;
        *self = Self::of(next, master);
        Ok(())
    }

    /// Finds a key as the file has it now: others write to it, too.
    fn refresh(&mut self, wanted: Wanted) -> Result<Option<(KeyId, SealKey)>, PrivateError> {
        let mut found = self.slot(wanted);
        let is_fresh = match &found {
            Some((at, slot)) => self.has(*at, slot)?,
            None => false,
        };
        if !is_fresh {
            self.file = RingFile::load(&self.file.path)?;
            self.look_up_anew();
            found = self.slot(wanted);
        }
        let Some((_, slot)) = found else {
            return Ok(None);
        };
        let key = slot.unwrap_by(&self.file.id(), &self.master);
        let key = key.ok_or_else(|| changed(slot.holder))?;
        Ok(Some((slot.id, key)))
    }

    fn slot(&self, wanted: Wanted) -> Option<(usize, Slot)> {
        let at = *self.at.get(&wanted)?;
        Some((at, self.file.slots.get(at)?.clone()?))
    }

    /// Whether the file has this slot there.
    fn has(&self, at: usize, slot: &Slot) -> Result<bool, PrivateError> {
        let mut part = [0; PART];
        let file = fs::File::open(&self.file.path);
        let file = file.doing(|| format!("open {}", self.file.path.display()))?;
        let read = file.read_exact_at(&mut part, offset(at + 1));
        Ok(read.is_ok() && part == slot.bytes())
    }
}

fn changed(holder: Holder) -> PrivateError {
    PrivateError::Changed {
        table: "key",
        of: holder.to_string(),
    }
}

/// The head of a ring, and its master key.
fn head(id: [u8; 16], secret: &MasterSecret) -> Result<([u8; PART], SealKey), PrivateError> {
    let salt: [u8; 16] = random()?;
    let master = secret.key(&salt)?;
    let mut head = [0; PART];
    head[..8].copy_from_slice(MAGIC);
    head[8..12].copy_from_slice(&VERSION.to_le_bytes());
    head[12] = secret.kind();
    head[16..32].copy_from_slice(&id);
    head[32..48].copy_from_slice(&salt);
    let check = seal(&master, &place(&[b"ring", &head[..48]]), &[])?;
    head[48..88].copy_from_slice(&check);
    sum(&mut head);
    Ok((head, master))
}

fn sum(part: &mut [u8; PART]) {
    let sum = Checksum256::sha256(&part[..SUM]);
    part[SUM..].copy_from_slice(&sum.0[..PART - SUM]);
}

fn is_whole(part: &[u8; PART]) -> bool {
    Checksum256::sha256(&part[..SUM]).0[..PART - SUM] == part[SUM..]
}

fn offset(part: usize) -> u64 {
    (part * PART) as u64
}

fn array(bytes: &[u8]) -> [u8; 16] {
    let mut array = [0; 16];
    array.copy_from_slice(bytes);
    array
}

#[cfg(test)]
mod tests;
