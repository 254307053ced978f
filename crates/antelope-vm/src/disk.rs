//! Compiled modules on disk: what one process has compiled, the next one loads.
//!
//! A file is `<hash>.module`: 32 bytes of SHA-256 over the rest, then Wasmtime's serialized module.
//! Its name is a hash of everything that it was made of: the code, the settings and version of the
//! compiler, the processor, and what [`prepare`] adds to a module. So a file never becomes stale;
//! files that nothing asks for any more are the first to be removed when the folder is full.
//!
//! A compiled module is native code that will be run, so that whoever can write the folder can run
//! code as this user. Hence the folder and each file must belong to this user and be writable by
//! nobody else, and the hash is verified before a byte is used.
//!
//! Nothing here fails: a file that cannot be read is compiled instead, and one that cannot be
//! written is not kept. Several processes may use a folder at once: a file appears by a rename,
//! complete or not at all.

use super::prepare;
use antelope_types::Checksum256;
use sha2::{Digest, Sha256};
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::hash::{Hash, Hasher};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::{Duration, SystemTime};
use wasmtime::{Engine, Module};

/// The environment variable that names another folder; with the value `off`, none is used.
const VARIABLE: &str = "VECHE_MODULES";

/// Bytes of all files together above which files are removed, least recently used first.
const MAX_TOTAL: u64 = 256 << 20;

/// Bytes left after a removal: three quarters, so that it does not happen for each new file.
const KEPT: u64 = MAX_TOTAL / 4 * 3;

/// The most bytes of one file that is loaded. A contract of the largest size nodes accept compiles
/// to far less.
const MAX_FILE: u64 = 64 << 20;

/// The extension of a complete file, and of one that is being written.
const COMPLETE: &str = "module";
const INCOMPLETE: &str = "part";

/// The age at which an incomplete file is taken for abandoned: no process writes one for an hour.
const ABANDONED: Duration = Duration::from_secs(60 * 60);

/// Bytes before the compiled module: its SHA-256.
const HEADER: usize = 32;

/// A folder of compiled modules, and the threads that write to it.
pub(super) struct Keeper {
    disk: Arc<Disk>,
    /// Threads that may still be writing; finished ones are removed when the next starts.
    writers: Mutex<Vec<JoinHandle<()>>>,
}

impl Keeper {
    /// A keeper for this folder.
    pub(super) fn of(disk: Disk) -> Self {
        Self {
            disk: Arc::new(disk),
            writers: Mutex::default(),
        }
    }

    /// The compiled module of this code, if the folder has it.
    pub(super) fn load(&self, engine: &Engine, code: &Checksum256) -> Option<Module> {
        self.disk.load(engine, code)
    }

    /// Writes a module in a thread of its own, while the caller goes on to run it.
    pub(super) fn store(&self, code: &Checksum256, module: &Module) {
        let (disk, code, module) = (Arc::clone(&self.disk), *code, module.clone());
        let mut writers = self.writers.lock().unwrap_or_else(PoisonError::into_inner);
        writers.retain(|writer| !writer.is_finished());
        let writer = Builder::new().spawn(move || disk.store(&code, &module));
        // Where no thread can be started, the module is not kept.
        writers.extend(writer);
    }
}

/// Waits for the writers: a process that ends by itself does not lose what it has compiled. The
/// shared engine is a static and is never dropped, so that its last writes may be lost.
impl Drop for Keeper {
    fn drop(&mut self) {
        let writers = self.writers.get_mut();
        for writer in writers.unwrap_or_else(PoisonError::into_inner).drain(..) {
            let _ = writer.join();
        }
    }
}

/// A folder of compiled modules for one configuration of the engine.
pub(super) struct Disk {
    folder: PathBuf,
    /// Hash of everything but the code on which a compiled module depends.
    settings: Checksum256,
}

impl Disk {
    /// The folder of this user: `$VECHE_MODULES`, else `modules` in the project's cache folder.
    /// `None` where the variable is `off`, or where no folder can be made that is writable by this
    /// user only.
    pub(super) fn of_user(engine: &Engine) -> Option<Self> {
        let set = std::env::var_os(VARIABLE).filter(|value| !value.is_empty());
        let folder = match set {
            Some(value) if value == "off" => return None,
            Some(value) => PathBuf::from(value),
            None => antelope_module::cache_folder()?.join("modules"),
        };
        Self::at(folder, engine)
    }

    /// This folder, created with mode 0700 if it is missing. `None` where another user owns it or
    /// may write to it.
    pub(super) fn at(folder: PathBuf, engine: &Engine) -> Option<Self> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&folder).ok()?;
        is_own(&fs::metadata(&folder).ok()?).then_some(())?;
        let mut hasher = Hashed(Sha256::new());
        engine.precompile_compatibility_hash().hash(&mut hasher);
        prepare::sample().hash(&mut hasher);
        Some(Self {
            folder,
            settings: Checksum256(hasher.0.finalize().into()),
        })
    }

    /// The compiled module of this code. Loading marks the file as used, which is what removal goes
    /// by.
    pub(super) fn load(&self, engine: &Engine, code: &Checksum256) -> Option<Module> {
        let file = File::open(self.path(code)).ok()?;
        let compiled = read(&file)?;
        // SAFETY: wasmtime must be given what it has made itself, and it is: the folder and the file
        // belong to this user, and nobody else may write either; the bytes are those that `store`
        // has hashed, all of them; their name holds the compiler, its settings and the processor,
        // which wasmtime checks once more. They are read into memory before they are looked at and
        // copied from there, so nothing that happens to the file later matters.
        #[allow(unsafe_code)]
        let module = unsafe { Module::deserialize(engine, &compiled[HEADER..]) }.ok()?;
        // So that it is not the next to go.
        let _ = file.set_modified(SystemTime::now());
        Some(module)
    }

    /// Writes a module for the next process; on any failure it leaves no file.
    pub(super) fn store(&self, code: &Checksum256, module: &Module) {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let Ok(compiled) = module.serialize() else {
            return;
        };
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("{}-{count}.{INCOMPLETE}", std::process::id());
        let incomplete = self.folder.join(name);
        // The rename is atomic: another process that reads the folder finds no file or a complete
        // one.
        let written =
            write(&incomplete, &compiled).and_then(|()| fs::rename(&incomplete, self.path(code)));
        if written.is_err() {
            let _ = fs::remove_file(&incomplete);
        }
        // Listing the folder takes as long as compiling a small contract, so that only every
        // sixteenth write does it.
        if count.is_multiple_of(16) {
            self.trim(MAX_TOTAL, KEPT);
        }
    }

    /// The file of this code under these settings.
    fn path(&self, code: &Checksum256) -> PathBuf {
        let both = [code.0, self.settings.0].concat();
        self.folder
            .join(format!("{}.{COMPLETE}", Checksum256::sha256(&both)))
    }

    /// Where complete files take more than `max` bytes, removes the least recently used ones until
    /// at most `kept` bytes are left. Abandoned incomplete files are removed in any case; files
    /// with other extensions are not ours and stay.
    fn trim(&self, max: u64, kept: u64) {
        let Ok(entries) = fs::read_dir(&self.folder) else {
            return;
        };
        let now = SystemTime::now();
        let mut files = Vec::new();
        for entry in entries.flatten() {
            let path = entry.path();
            let Ok((used, size)) = entry
                .metadata()
                .and_then(|found| Ok((found.modified()?, found.len())))
            else {
                continue;
            };
            match path.extension().and_then(|extension| extension.to_str()) {
                Some(COMPLETE) => files.push((used, size, path)),
                Some(INCOMPLETE) if used + ABANDONED < now => drop(fs::remove_file(path)),
                // A recent incomplete file, or a file that is not ours.
                _ => {}
            }
        }
        let mut total: u64 = files.iter().map(|(_, size, _)| size).sum();
        if total <= max {
            return;
        }
        files.sort();
        for (_, size, path) in files {
            if total <= kept {
                break;
            }
            if fs::remove_file(path).is_ok() {
                total -= size;
            }
        }
    }
}

/// The bytes of a file, header included. `None` unless it is a regular file of this user, not too
/// large, and its hash holds.
fn read(mut file: &File) -> Option<Vec<u8>> {
    let found = file.metadata().ok()?;
    (found.is_file() && is_own(&found) && found.len() <= MAX_FILE).then_some(())?;
    let mut bytes = Vec::with_capacity(found.len() as usize);
    file.read_to_end(&mut bytes).ok()?;
    let (expected, compiled) = bytes.split_at_checked(HEADER)?;
    (Sha256::digest(compiled)[..] == *expected).then_some(bytes)
}

/// Writes header and module to a new file with mode 0600. An existing file is not overwritten.
fn write(path: &Path, compiled: &[u8]) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(&Sha256::digest(compiled))?;
    file.write_all(compiled)
}

/// Whether the file or folder belongs to the effective user, and neither group nor others may write
/// it.
#[cfg(unix)]
fn is_own(found: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    found.uid() == rustix::process::geteuid().as_raw() && found.mode() & 0o022 == 0
}

/// Elsewhere there are no modes: a user's cache folder is taken to be that user's alone.
#[cfg(not(unix))]
fn is_own(_: &fs::Metadata) -> bool {
    true
}

/// Collects what implements [`Hash`] into a SHA-256, since the standard hasher is not stable
/// between versions of Rust.
struct Hashed(Sha256);

impl Hasher for Hashed {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        // Never asked for: the whole digest is taken from the field.
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: Checksum256 = Checksum256([7; 32]);

    fn module(engine: &Engine) -> Module {
        Module::new(engine, b"\0asm\x01\0\0\0").unwrap()
    }

    fn kept() -> (tempfile::TempDir, Engine, Disk) {
        let folder = tempfile::tempdir().unwrap();
        let engine = Engine::default();
        let disk = Disk::at(folder.path().join("modules"), &engine).unwrap();
        disk.store(&CODE, &module(&engine));
        (folder, engine, disk)
    }

    #[test]
    fn what_was_stored_is_loaded_by_who_has_the_same_settings() {
        let (folder, engine, disk) = kept();
        assert!(disk.load(&engine, &CODE).is_some());
        assert!(disk.load(&engine, &Checksum256([8; 32])).is_none());
        let mut other = wasmtime::Config::new();
        other.consume_fuel(true);
        let other = Engine::new(&other).unwrap();
        let elsewhere = Disk::at(folder.path().join("modules"), &other).unwrap();
        assert!(elsewhere.load(&other, &CODE).is_none());
    }

    #[test]
    fn damaged_files_are_not_loaded() {
        let (_folder, engine, disk) = kept();
        let path = disk.path(&CODE);
        let whole = fs::read(&path).unwrap();
        for damaged in [
            &whole[..0],
            &whole[..HEADER - 1],
            &whole[..HEADER],
            &whole[..whole.len() - 1],
            &[&whole[..], b"x"].concat(),
        ] {
            fs::write(&path, damaged).unwrap();
            assert!(disk.load(&engine, &CODE).is_none());
        }
        for place in (0..whole.len()).step_by(97) {
            let mut damaged = whole.clone();
            damaged[place] ^= 1;
            fs::write(&path, damaged).unwrap();
            assert!(disk.load(&engine, &CODE).is_none(), "{place}");
        }
        fs::write(&path, whole).unwrap();
        assert!(disk.load(&engine, &CODE).is_some());
    }

    #[cfg(unix)]
    #[test]
    fn what_others_may_write_is_not_loaded() {
        use std::os::unix::fs::PermissionsExt;
        let (folder, engine, disk) = kept();
        let path = disk.path(&CODE);
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o620)).unwrap();
        assert!(disk.load(&engine, &CODE).is_none());
        let modules = folder.path().join("modules");
        fs::set_permissions(&modules, fs::Permissions::from_mode(0o707)).unwrap();
        assert!(Disk::at(modules, &engine).is_none());
    }

    #[test]
    fn what_was_used_longest_ago_goes_first() {
        let (folder, engine, disk) = kept();
        for n in 0..4 {
            disk.store(&Checksum256([n; 32]), &module(&engine));
            let file = File::open(disk.path(&Checksum256([n; 32]))).unwrap();
            let hour = Duration::from_secs(u64::from(n) * 3600);
            file.set_modified(SystemTime::UNIX_EPOCH + hour).unwrap();
        }
        assert!(disk.load(&engine, &Checksum256([1; 32])).is_some());
        let strange = folder.path().join("modules").join("notes.txt");
        fs::write(&strange, "not ours").unwrap();
        let size = fs::metadata(disk.path(&CODE)).unwrap().len();
        disk.trim(size * 5, 0);
        assert!(disk.load(&engine, &CODE).is_some(), "there was room");
        disk.trim(size * 5 - 1, size * 3);
        let left = [0, 1, 2, 3, 7].map(|n| disk.path(&Checksum256([n; 32])).exists());
        assert_eq!(left, [false, true, false, true, true]);
        assert!(strange.exists());
    }

    #[test]
    fn without_a_folder_nothing_is_kept() {
        let (folder, engine, disk) = kept();
        fs::remove_dir_all(folder.path()).unwrap();
        disk.store(&CODE, &module(&engine));
        assert!(disk.load(&engine, &CODE).is_none());
        let file = tempfile::NamedTempFile::new().unwrap();
        assert!(Disk::at(file.path().to_owned(), &engine).is_none());
    }
}
