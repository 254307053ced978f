//! `cargo antelope watch`: builds and tests again whenever a source file changes.
//!
//! 1. Note time and length of all files in the folders of the contracts, except in [`SKIPPED`].
//! 2. Build, and unless `--no-test` run `cargo test`. A failure is said and does not end the command.
//! 3. Look every 300 ms until something differs from what was noted before the run, and then does not
//!    change between two looks. A change during the run therefore starts the next one at once.
//! 4. Go on with 2.
//!
//! Files are looked at instead of asking the operating system for events, since that works the same on
//! every system, in containers and on network drives. Contracts that depend on a package elsewhere in
//! the workspace are not built again when that changes.
//!
//! It ends by Ctrl-C; exit code 1 where there is no contract, or cargo does not start. What people read
//! goes to stderr. With `--json` each run writes an envelope on a line of its own to stdout:
//!
//! ```json
//! {"schema_version":1,"success":true,"data":{"built":[{"package":"token","wasm_bytes":5653}],"tested":true},"errors":[],"warnings":[]}
//! ```
//!
//! `built` is empty where a contract does not build; `tested` says whether tests were run. `errors` then
//! has the error of the build, or `tests.failed`.

use crate::arguments::Watch;
use crate::failure::Failure;
use crate::output::{CommandResult, Output};
use antelope_build::{BuildOptions, build_all, contracts};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, SystemTime};

/// How often the files are looked at. A project has some dozens; that costs less than a millisecond.
const INTERVAL: Duration = Duration::from_millis(300);

/// Folders with nothing that is written by hand.
const SKIPPED: [&str; 3] = ["target", ".git", "node_modules"];

/// What each file was like when it was looked at: time of its last change and length in bytes. Both,
/// since on some file systems times are so coarse that two writes have the same.
type Seen = BTreeMap<PathBuf, (SystemTime, u64)>;

pub(crate) fn run(arguments: &Watch, output: &mut Output) -> CommandResult {
    let options = arguments.source.options(output.is_quiet());
    let folders: Vec<_> = contracts(&options)?
        .into_iter()
        .map(|package| package.folder)
        .collect();
    let mut runs = 0;
    let mut seen = look(&folders);
    loop {
        let (data, failure) = run_once(arguments, &options, output)?;
        output.result_of_run(data, failure.as_deref());
        output.say(if failure.is_none() {
            "all is well; waiting"
        } else {
            "failed; waiting"
        });
        runs += 1;
        if arguments.times.is_some_and(|times| runs >= times) {
            return Ok((Value::Null, String::new()));
        }
        seen = changed(&folders, &seen);
    }
}

/// Builds, and tests what was built: the data of the result, and the failure if it is one.
///
/// # Errors
/// As [`test()`].
fn run_once(
    arguments: &Watch,
    options: &BuildOptions,
    output: &mut Output,
) -> Result<(Value, Option<Box<Failure>>), Box<Failure>> {
    let artifacts = match build_all(options, &mut |step| output.step(step)) {
        Ok(artifacts) => artifacts,
        Err(error) => {
            let data = json!({ "built": [], "tested": false });
            return Ok((data, Some(error.into())));
        }
    };
    let mut built = Vec::new();
    for artifact in &artifacts {
        for warning in &artifact.warnings {
            output.warn(warning);
        }
        let (package, bytes) = (&artifact.package, artifact.info.wasm_bytes);
        output.say(&format!("{package}  {bytes} bytes"));
        built.push(json!({ "package": package, "wasm_bytes": bytes }));
    }
    let tested = !arguments.no_test;
    let passed = !tested || test(arguments, output, &artifacts)?;
    let failure = (!passed).then(|| Box::new(Failure::new("tests.failed", "tests failed")));
    Ok((json!({ "built": built, "tested": tested }), failure))
}

/// Waits for a change, and until nothing has changed for a moment: editors write in several steps.
fn changed(folders: &[PathBuf], before: &Seen) -> Seen {
    let mut last = look(folders);
    loop {
        sleep(INTERVAL);
        let now = look(folders);
        if now == last && now != *before {
            return now;
        }
        last = now;
    }
}

/// All files of the folders as they are now.
fn look(folders: &[PathBuf]) -> Seen {
    let mut seen = Seen::new();
    for folder in folders {
        add(folder, &mut seen);
    }
    seen
}

/// Adds the files of a folder and of those within.
fn add(folder: &Path, seen: &mut Seen) {
    // What cannot be read now is seen when it can.
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let Ok(about) = entry.metadata() else {
            continue;
        };
        if about.is_dir() {
            let name = entry.file_name();
            if !SKIPPED.iter().any(|skipped| name == *skipped) {
                add(&path, seen);
            }
        } else if let Ok(time) = about.modified() {
            seen.insert(path, (time, about.len()));
        }
    }
}

/// Runs the tests of what was built; tells whether they passed. What they print goes to stderr.
///
/// # Errors
/// `tests.failed` where cargo does not start.
fn test(
    arguments: &Watch,
    output: &Output,
    artifacts: &[antelope_build::Artifact],
) -> Result<bool, Box<Failure>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .arg("test")
        .current_dir(&arguments.source.project.folder);
    for artifact in artifacts {
        command.args(["-p", &artifact.package]);
    }
    command.args(arguments.source.project.cargo_flags());
    if output.is_quiet() {
        command.arg("--quiet");
    }
    let status = command
        .stdin(Stdio::null())
        .stdout(std::io::stderr())
        .status();
    let status = status.map_err(|error| {
        let message =
            format!("cargo did not start: {error}; expected it in PATH or named by CARGO");
        Box::new(Failure::new("tests.failed", message))
    })?;
    Ok(status.success())
}
