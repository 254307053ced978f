//! A block log: its preamble, and its blocks one after the other.
//!
//! | bytes | what |
//! |---|---|
//! | 4 | version, 3 |
//! | 4 | number of the first block |
//! | variable, or 32 | the genesis where the first block is 1, otherwise the chain's id |
//! | 8 | ones |
//! | for each block: variable, 8 | the block, and its own position in the file |
//!
//! On a node: `libraries/chain/block_log.cpp` of Leap.

use crate::block::LoggedBlock;
use crate::error::HistoryError;
use crate::field::{LogDamage, LogField};
use antelope_chain::Genesis;
use antelope_types::{ChainConfig, Checksum256, Decode, Decoder, PublicKey, TimePoint};
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

/// The version of the format.
const VERSION: u32 = 3;
/// How much is read at once at first.
const WINDOW: usize = 256 << 10;
/// The most that a block may take: a node's block is limited to about half a megabyte of transactions, and
/// this is far beyond.
const MOST: usize = 64 << 20;
/// More than any preamble.
const PREAMBLE: usize = 4096;
/// Between preamble and blocks.
const TOTEM: [u8; 8] = [0xff; 8];
/// Where the id of the block before begins in a block: after time, producer and confirmations.
const PREVIOUS: u64 = 4 + 8 + 2;

/// The block log of a node, open for reading.
pub struct BlockLog {
    /// The file.
    path: PathBuf,
    file: File,
    /// How long it was when it was opened: a node that runs appends to it.
    length: u64,
    /// The number of the first block.
    first: u32,
    /// Where the genesis, or the chain's id, ends.
    genesis_end: u64,
    /// What the chain began with, where the log begins with the first block.
    genesis: Option<Genesis>,
    /// The chain's id.
    chain_id: Checksum256,
    /// What is wrong in the preamble, if blocks can be read all the same.
    damage: Option<LogDamage>,
}

impl BlockLog {
    /// Opens the log in a file, or in the folder of a node: its `blocks`, or the one above.
    ///
    /// # Errors
    /// [`HistoryError::Io`], [`HistoryError::NotALog`].
    pub fn open(path: &Path) -> Result<Self, HistoryError> {
        let places = ["blocks.log", "blocks/blocks.log", "data/blocks/blocks.log"];
        let mut places = places.iter().map(|it| path.join(it));
        let path = match path.is_dir() {
            true => places.find(|it| it.is_file()),
            false => None,
        }
        .unwrap_or_else(|| path.to_owned());
        let failed = |source| {
            let path = path.clone();
            HistoryError::Io { path, source }
        };
        let file = File::open(&path).map_err(failed)?;
        let length = file.metadata().map_err(failed)?.len();
        let mut head = vec![0; PREAMBLE.min(usize::try_from(length).unwrap_or(PREAMBLE))];
        file.read_exact_at(&mut head, 0).map_err(failed)?;
        let mut input = Decoder::new(&head);
        let refused = |problem: String| HistoryError::NotALog {
            path: path.clone(),
            problem,
        };
        let short = |_| refused("it ends in its preamble".to_owned());
        let version = u32::decode(&mut input).map_err(short)?;
        if version != VERSION {
            return Err(refused(format!("version {version}")));
        }
        let first = u32::decode(&mut input).map_err(short)?;
        let (genesis, chain_id) = match first {
            0 => return Err(refused("its first block has the number 0".to_owned())),
            1 => {
                let genesis = genesis(&mut input)
                    .map_err(|error| refused(format!("its genesis cannot be read: {error}")))?;
                let chain_id = genesis.chain_id();
                (Some(genesis), chain_id)
            }
            _ => (None, Checksum256::decode(&mut input).map_err(short)?),
        };
        let genesis_end = input.position() as u64;
        let totem = input.take(TOTEM.len()).map_err(short)?;
        let damage = (totem != TOTEM).then(|| LogDamage {
            block: 0,
            field: LogField::Totem,
            offset: genesis_end,
            length: TOTEM.len() as u64,
            problem: "expected eight bytes of ones".to_owned(),
        });
        Ok(Self {
            path,
            file,
            length,
            first,
            genesis_end,
            genesis,
            chain_id,
            damage,
        })
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The number of the first block.
    #[must_use]
    pub fn first(&self) -> u32 {
        self.first
    }

    /// The chain's id.
    #[must_use]
    pub fn chain_id(&self) -> Checksum256 {
        self.chain_id
    }

    /// What the chain began with, where the log begins with the first block.
    pub(crate) fn genesis(&self) -> Option<&Genesis> {
        self.genesis.as_ref()
    }

    /// Where the genesis, or the chain's id, ends.
    pub(crate) fn genesis_end(&self) -> u64 {
        self.genesis_end
    }

    /// What is wrong before the first block.
    pub(crate) fn damage(&self) -> Option<&LogDamage> {
        self.damage.as_ref()
    }

    /// The blocks, from the first one on, until the end of the file or something that cannot be read.
    pub(crate) fn walk(&self) -> Walk<'_> {
        Walk {
            log: self,
            position: self.genesis_end + TOTEM.len() as u64,
            number: self.first,
            window: Vec::new(),
            start: 0,
            is_over: false,
        }
    }

    /// At most so many bytes from an offset on; fewer at the end of the file.
    pub(crate) fn read(&self, offset: u64, most: usize) -> Result<Vec<u8>, HistoryError> {
        let there = usize::try_from(self.length.saturating_sub(offset)).unwrap_or(usize::MAX);
        let mut bytes = vec![0; there.min(most)];
        let read = self.file.read_exact_at(&mut bytes, offset);
        read.map_err(|source| HistoryError::Io {
            path: self.path.clone(),
            source,
        })?;
        Ok(bytes)
    }

    /// The id that the block which begins there gives for the one before it.
    pub(crate) fn previous_at(&self, offset: u64) -> Result<Option<Checksum256>, HistoryError> {
        let bytes = self.read(offset + PREVIOUS, 32)?;
        Ok(bytes.try_into().ok().map(Checksum256))
    }
}

/// Reads a genesis as nodes pack it.
fn genesis(input: &mut Decoder<'_>) -> Result<Genesis, antelope_types::DecodeError> {
    Ok(Genesis {
        initial_timestamp: TimePoint::decode(input)?,
        initial_key: PublicKey::decode(input)?,
        initial_configuration: ChainConfig::decode(input)?,
        ..Genesis::default()
    })
}

/// Goes from block to block. Each is checked to have its position after it and its number in its header.
pub(crate) struct Walk<'a> {
    log: &'a BlockLog,
    /// Where the next block begins.
    position: u64,
    /// Which number it has.
    number: u32,
    /// A part of the file.
    window: Vec<u8>,
    /// Where that begins.
    start: u64,
    /// Nothing can be read after what could not be read.
    is_over: bool,
}

impl Walk<'_> {
    /// Where the next block begins, and which number it has.
    pub(crate) fn place(&self) -> (u64, u32) {
        (self.position, self.number)
    }

    /// The next block; none at the end of the file.
    ///
    /// # Errors
    /// The outer one where the file cannot be read, the inner one where there is no block.
    pub(crate) fn next(&mut self) -> Result<Option<Result<LoggedBlock, LogDamage>>, HistoryError> {
        if self.is_over || self.position >= self.log.length {
            return Ok(None);
        }
        let mut size = WINDOW;
        let found = loop {
            let at = self.position.saturating_sub(self.start);
            let at = usize::try_from(at).unwrap_or(usize::MAX);
            let bytes = self.window.get(at..).unwrap_or_default();
            let is_whole = self.start + self.window.len() as u64 == self.log.length;
            match LoggedBlock::read(bytes, self.position, self.number) {
                // What seems to end too early may go on in the part that was not read.
                Err(damage) if !is_whole && size <= MOST => {
                    drop(damage);
                    self.window = self.log.read(self.position, size)?;
                    self.start = self.position;
                    size *= 4;
                }
                other => break other,
            }
        };
        match &found {
            Ok(block) => {
                self.position = block.end();
                self.number = self.number.saturating_add(1);
            }
            Err(_) => self.is_over = true,
        }
        Ok(Some(found))
    }
}
