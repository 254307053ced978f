//! The pipeline: source, linked module, ABI, smaller module, validated module, four files.
//!
//! | function | contracts | goes as far as |
//! |---|---|---|
//! | [`build`], [`build_with`] | one | files |
//! | [`build_all`] | all, or the one meant | files |
//! | [`check_all`] | all, or the one meant | validation |
//! | [`abi_all`] | all, or the one meant | the ABI |
//! | [`contracts`] | all, or the one meant | names and folders, without compiling |
//! | [`expand`] | one | the source after macro expansion |
//! | [`build_with_panics`] | one | a module that reports its panics |
//! | [`attribute_inlined`] | those of some artifacts | their size reports |
//!
//! All of them prepare a [`Bench`] once and then run its steps for each contract. Contracts are
//! built one after another: cargo itself uses all cores, and locks the target folder.

use crate::abi::ContractAbi;
use crate::artifact::Artifact;
use crate::cargo::{self, Inlining, Package, Toolchain, Variant, Workspace};
use crate::coverage::{self, CoverageBuild};
use crate::error::BuildError;
use crate::files;
use crate::hash::sha256_hex;
use crate::info::{self, BuildInfo, Tool};
use crate::module::{FunctionNames, Keep, StackUse, cut_panics, strip};
use crate::optimize::{PINNED_VERSION, WasmOpt};
use crate::options::{BuildOptions, TARGET};
use crate::progress::{Progress, Step, Warning};
use crate::size::SizeReport;
use crate::validate::{Requirements, validate_for};
use std::path::{Path, PathBuf};

mod stack;

/// Builds one contract: the one named in the options, or the one of the folder, or the only one of
/// the workspace.
///
/// ```no_run
/// use antelope_build::{BuildOptions, build};
///
/// let mut options = BuildOptions::new("contracts/token");
/// options.offline = true;
/// let artifact = build(&options)?;
/// for warning in &artifact.warnings {
///     eprintln!("{}: {}", warning.code, warning.message);
/// }
/// let code = artifact.read_wasm()?;
/// assert_eq!(code.len() as u64, artifact.info.wasm_bytes);
/// # Ok::<(), antelope_build::BuildError>(())
/// ```
///
/// # Errors
/// See [`BuildError`]; compiler messages are in [`BuildError::Compile`].
pub fn build(options: &BuildOptions) -> Result<Artifact, BuildError> {
    build_with(options, &mut |_| {})
}

/// As [`build`], and reports each step when it begins.
///
/// # Errors
/// As [`build`].
pub fn build_with(
    options: &BuildOptions,
    progress: &mut Progress<'_>,
) -> Result<Artifact, BuildError> {
    let bench = Bench::prepare(options)?;
    let package = bench.workspace.contract(options.package.as_deref())?;
    bench.build(package, progress)
}

/// Builds the contract that is named or that the folder is in, or else every contract of the
/// workspace.
///
/// # Errors
/// As [`build`], for the first contract that fails; those before it are built.
pub fn build_all(
    options: &BuildOptions,
    progress: &mut Progress<'_>,
) -> Result<Vec<Artifact>, BuildError> {
    let bench = Bench::prepare(options)?;
    let packages = bench.workspace.selection(options.package.as_deref())?;
    packages
        .into_iter()
        .map(|package| bench.build(package, progress))
        .collect()
}

/// A contract of a workspace, without building it.
#[derive(Debug, Clone)]
pub struct ContractPackage {
    /// The name of the package.
    pub name: String,
    /// The folder of the package.
    pub folder: PathBuf,
    /// Cargo's target folder; artifacts are in `antelope/<name>/` below it.
    pub target_dir: PathBuf,
}

/// The contract that is named or that the folder is in, or else every contract of the workspace.
///
/// # Errors
/// [`BuildError::Metadata`] if cargo cannot read the workspace, and the errors of choosing a
/// contract.
pub fn contracts(options: &BuildOptions) -> Result<Vec<ContractPackage>, BuildError> {
    let workspace = Workspace::load(options)?;
    let packages = workspace.selection(options.package.as_deref())?;
    let contracts = packages.into_iter().map(|package| ContractPackage {
        name: package.name.clone(),
        folder: package.folder.clone(),
        target_dir: workspace.target_dir.clone(),
    });
    Ok(contracts.collect())
}

/// Everything up to validation, without writing artifacts: whether contracts compile and a node
/// would accept them. It takes as long as a build, and leaves the artifacts of an earlier one
/// alone.
///
/// # Errors
/// As [`build`], for the first contract that fails.
pub fn check_all(
    options: &BuildOptions,
    progress: &mut Progress<'_>,
) -> Result<Vec<Checked>, BuildError> {
    let bench = Bench::prepare(options)?;
    let packages = bench.workspace.selection(options.package.as_deref())?;
    packages
        .into_iter()
        .map(|package| {
            let made = bench.make(package, progress)?;
            Ok(Checked {
                package: package.name.clone(),
                requirements: made.requirements,
                warnings: made.warnings,
            })
        })
        .collect()
}

/// Compiles contracts and reads their ABIs, without writing artifacts. Returns package names and
/// ABIs.
///
/// # Errors
/// As [`build`], for the first contract that fails.
pub fn abi_all(
    options: &BuildOptions,
    progress: &mut Progress<'_>,
) -> Result<Vec<(String, ContractAbi)>, BuildError> {
    let bench = Bench::prepare(options)?;
    let packages = bench.workspace.selection(options.package.as_deref())?;
    packages
        .into_iter()
        .map(|package| {
            let linked = bench.link(package, Variant::Deployed, Inlining::All, progress)?;
            Ok((
                package.name.clone(),
                ContractAbi::of_module(&linked, &package.name)?,
            ))
        })
        .collect()
}

/// Adds to the size reports of artifacts which functions of the source were inlined where.
///
/// Compiles each contract once more, with debug information, in `<target>/antelope/cargo-lines`.
/// The artifacts' files are not touched.
///
/// # Errors
/// As [`build`].
pub fn attribute_inlined(
    options: &BuildOptions,
    artifacts: &mut [Artifact],
    progress: &mut Progress<'_>,
) -> Result<(), BuildError> {
    let bench = Bench::prepare(options)?;
    for artifact in artifacts {
        let package = bench.workspace.contract(Some(&artifact.package))?;
        let inlining = if artifact.info.large_frames_apart {
            Inlining::Small
        } else {
            Inlining::All
        };
        let linked = bench.link(package, Variant::WithLines, inlining, progress)?;
        artifact.size.attribute(&crate::size::inlined(&linked));
    }
    Ok(())
}

/// The source of one contract after macro expansion, with the name of the contract: what
/// `#[contract]`, `#[table]` and the derives generate. It is not formatted.
///
/// # Errors
/// [`BuildError::Compile`] if a macro refuses the source, and the errors of choosing a contract.
pub fn expand(
    options: &BuildOptions,
    progress: &mut Progress<'_>,
) -> Result<(String, String), BuildError> {
    let bench = Bench::prepare(options)?;
    let package = bench.workspace.contract(options.package.as_deref())?;
    step(progress, package, "expand", bench.toolchain.version.clone());
    let build_dir = bench.output.join("cargo");
    let source = cargo::expand(
        &bench.workspace,
        package,
        &bench.toolchain,
        options,
        &build_dir,
    )?;
    Ok((package.name.clone(), source))
}

/// The module of one contract that reports its panics: where the contract that [`build`] makes
/// traps, this one fails with `panicked at src/lib.rs:12:9:` and the text of the panic.
///
/// It serves to investigate failing tests. It is larger, and its bytes depend on the machine, so it
/// must not be deployed. It is compiled in `<target>/antelope/cargo-panics`, since `core` and the
/// SDK are compiled differently too.
///
/// # Errors
/// As [`build`].
pub fn build_with_panics(options: &BuildOptions) -> Result<Vec<u8>, BuildError> {
    let bench = Bench::prepare(options)?;
    let package = bench.workspace.contract(options.package.as_deref())?;
    let linked = bench.link(package, Variant::Telling, Inlining::All, &mut |_| {})?;
    strip(&linked, Keep::Nothing).map_err(|error| BuildError::Parse {
        package: package.name.clone(),
        message: error.to_string(),
    })
}

/// Compiles one contract for line coverage: without optimization, and with a map from code to
/// lines. It behaves like the contract that [`build`] makes.
///
/// It is compiled in `<target>/antelope/cargo-coverage`.
///
/// # Errors
/// As [`build`].
pub fn build_for_coverage(options: &BuildOptions) -> Result<CoverageBuild, BuildError> {
    let bench = Bench::prepare(options)?;
    let package = bench.workspace.contract(options.package.as_deref())?;
    let linked = bench.link(package, Variant::Unoptimized, Inlining::All, &mut |_| {})?;
    let (places, map) = coverage::read(&linked, &package.name, &package.folder)?;
    let wasm = strip(&linked, Keep::Nothing).map_err(|error| BuildError::Parse {
        package: package.name.clone(),
        message: error.to_string(),
    })?;
    Ok(CoverageBuild { wasm, places, map })
}

/// A contract that has passed every check.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The name of the package.
    pub package: String,
    /// The host functions and protocol features that it needs from the chain.
    pub requirements: Requirements,
    /// Warnings of the build.
    pub warnings: Vec<Warning>,
}

/// What the builds of one call have in common.
struct Bench<'a> {
    /// What the caller chose.
    options: &'a BuildOptions,
    /// The workspace and its contracts.
    workspace: Workspace,
    /// The compiler.
    toolchain: Toolchain,
    /// wasm-opt, if it is to be used and was found.
    optimizer: Option<WasmOpt>,
    /// `<target>/antelope`, in which everything is written.
    output: PathBuf,
}

/// A finished contract in memory.
struct Made {
    /// The module to deploy.
    wasm: Vec<u8>,
    /// The same code with the names of its functions.
    named: Vec<u8>,
    /// The names of its functions.
    names: FunctionNames,
    /// The ABI.
    abi: ContractAbi,
    /// What it needs from the chain.
    requirements: Requirements,
    /// Which functions the compiler inlined.
    inlining: Inlining,
    /// Warnings so far.
    warnings: Vec<Warning>,
}

impl<'a> Bench<'a> {
    /// Reads the workspace, and finds the compiler and wasm-opt.
    ///
    /// # Errors
    /// [`BuildError::TargetMissing`] if the compiler cannot compile for [`TARGET`].
    fn prepare(options: &'a BuildOptions) -> Result<Self, BuildError> {
        let workspace = Workspace::load(options)?;
        let toolchain = Toolchain::detect(&workspace.root)?;
        if !options.build_std && !toolchain.has_target() {
            return Err(BuildError::TargetMissing {
                target: TARGET,
                rustc: toolchain.version,
            });
        }
        let optimizer = if options.optimize {
            WasmOpt::find()
        } else {
            None
        };
        let output = workspace.target_dir.join("antelope");
        Ok(Self {
            options,
            workspace,
            toolchain,
            optimizer,
            output,
        })
    }

    /// Makes a contract and writes its files.
    fn build(
        &self,
        package: &Package,
        progress: &mut Progress<'_>,
    ) -> Result<Artifact, BuildError> {
        let made = self.make(package, progress)?;
        let folder = self.output.join(&package.name);
        step(progress, package, "write", folder.display().to_string());
        self.write(package, &folder, made)
    }

    /// Compiles and links a contract. The module still has its names and ABI records.
    fn link(
        &self,
        package: &Package,
        variant: Variant,
        inlining: Inlining,
        progress: &mut Progress<'_>,
    ) -> Result<Vec<u8>, BuildError> {
        step(
            progress,
            package,
            "compile",
            format!("{TARGET}, {}", self.toolchain.version),
        );
        let build_dir = self.output.join(variant.folder(inlining));
        let linked = cargo::compile(
            &self.workspace,
            package,
            &self.toolchain,
            self.options,
            variant,
            inlining,
            &build_dir,
        )?;
        files::read(&linked)
    }

    /// Runs all steps but the last. The order matters: records and names are custom sections, which
    /// `strip` removes; panics are cut before wasm-opt, so that it can remove what only they used;
    /// validation is of the final bytes.
    fn make(&self, package: &Package, progress: &mut Progress<'_>) -> Result<Made, BuildError> {
        let mut warnings = self.warnings();
        let parse = |error: wasmparser::Error| BuildError::Parse {
            package: package.name.clone(),
            message: error.to_string(),
        };

        let (linked, inlining) = self.link_for_stack(package, progress)?;

        step(
            progress,
            package,
            "abi",
            "records of the linked module".to_owned(),
        );
        let abi = ContractAbi::of_module(&linked, &package.name)?;

        step(
            progress,
            package,
            "strip",
            "sections, exports and panic texts that the chain does not need".to_owned(),
        );
        let stripped = strip(&linked, Keep::Names).map_err(parse)?;
        let mut named = cut_panics(&stripped, &FunctionNames::read(&stripped)).map_err(parse)?;

        if let Some(optimizer) = &self.optimizer {
            step(progress, package, "optimize", optimizer.version.clone());
            let optimized = optimizer.run(&named, &self.output.join("cargo").join("optimized"))?;
            named = strip(&optimized, Keep::Names).map_err(parse)?;
        } else if self.options.optimize {
            warnings.push(Warning {
                code: "wasm-opt.missing",
                message: "wasm-opt was not found, without it the wasm is about a fifth larger: run scripts/setup, or set WASM_OPT"
                    .to_owned(),
            });
        }

        let names = FunctionNames::read(&named);
        let wasm = strip(&named, Keep::Nothing).map_err(parse)?;
        step(
            progress,
            package,
            "validate",
            format!("{} bytes", wasm.len()),
        );
        let requirements =
            validate_for(&wasm, &self.options.chain, &names).map_err(|refusals| {
                BuildError::Refused {
                    package: package.name.clone(),
                    refusals,
                }
            })?;
        let stack = StackUse::measure(&named).map_err(parse)?;
        warnings.extend(self.check_stack(package, &stack, &names)?);
        Ok(Made {
            wasm,
            named,
            names,
            abi,
            requirements,
            inlining,
            warnings,
        })
    }

    /// Warnings about the environment: flags that are ignored, and another version of wasm-opt.
    fn warnings(&self) -> Vec<Warning> {
        let mut warnings = Vec::new();
        for name in cargo::ignored_flags() {
            warnings.push(Warning {
                code: "flags.ignored",
                message: format!(
                    "{name} is ignored: compiler flags would change the bytes of the contract"
                ),
            });
        }
        if let Some(optimizer) = self
            .optimizer
            .as_ref()
            .filter(|optimizer| !optimizer.is_pinned())
        {
            warnings.push(Warning {
                code: "wasm-opt.version",
                message: format!(
                    "{} is not version {PINNED_VERSION}, which published builds use: the bytes may differ from theirs",
                    optimizer.version
                ),
            });
        }
        warnings
    }

    /// Writes the four files of a contract.
    fn write(&self, package: &Package, folder: &Path, made: Made) -> Result<Artifact, BuildError> {
        let info = self.info(package, &made);
        let Made {
            wasm,
            named,
            names,
            abi,
            warnings,
            ..
        } = made;
        files::create_folder(folder)?;
        let file = |extension: &str| folder.join(format!("{}.{extension}", package.name));
        let artifact = Artifact {
            package: package.name.clone(),
            wasm: file("wasm"),
            debug_wasm: file("debug.wasm"),
            abi: file("abi"),
            build_json: file("build.json"),
            size: SizeReport::measure(&wasm, &names, abi.packed.len() as u64).map_err(|error| {
                BuildError::Parse {
                    package: package.name.clone(),
                    message: error.to_string(),
                }
            })?,
            info,
            warnings,
        };
        let info =
            serde_json::to_string_pretty(&artifact.info).map_err(|error| BuildError::Output {
                program: "the build record",
                message: error.to_string(),
            })?;
        files::write(&artifact.wasm, &wasm)?;
        files::write(&artifact.debug_wasm, &named)?;
        files::write(&artifact.abi, abi.json.as_bytes())?;
        files::write(&artifact.build_json, format!("{info}\n").as_bytes())?;
        Ok(artifact)
    }

    /// The build record of a contract.
    fn info(&self, package: &Package, made: &Made) -> BuildInfo {
        let (commit, dirty) = info::commit(&package.folder);
        let lock = std::fs::read(self.workspace.root.join("Cargo.lock")).ok();
        BuildInfo {
            schema_version: 1,
            package: package.name.clone(),
            version: package.version.clone(),
            tool: Tool::THIS,
            rustc: self.toolchain.version.clone(),
            rustc_commit: self.toolchain.commit.clone(),
            target: TARGET,
            profile: cargo::PROFILE.into_iter().collect(),
            link_args: vec![format!(
                "-zstack-size={}",
                cargo::stack_size(package, self.options)
            )],
            large_frames_apart: made.inlining == Inlining::Small,
            features: self.options.features.clone(),
            build_std: self.options.build_std,
            lock_sha256: lock.map(|lock| sha256_hex(&lock)),
            commit,
            dirty,
            wasm_opt: self
                .optimizer
                .as_ref()
                .map(|optimizer| optimizer.version.clone()),
            wasm_sha256: sha256_hex(&made.wasm),
            abi_sha256: sha256_hex(made.abi.json.as_bytes()),
            wasm_bytes: made.wasm.len() as u64,
            imports: made.requirements.imports.clone(),
            protocol_features: made.requirements.features.iter().copied().collect(),
        }
    }
}

/// Reports a step.
fn step(progress: &mut Progress<'_>, package: &Package, name: &'static str, detail: String) {
    progress(&Step {
        package: package.name.clone(),
        name,
        detail,
    });
}
