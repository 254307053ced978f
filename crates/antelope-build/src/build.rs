//! The pipeline: source, linked module, ABI, smaller module, validated module, four files.

use std::path::{Path, PathBuf};

use crate::abi::ContractAbi;
use crate::artifact::Artifact;
use crate::cargo::{self, Package, Toolchain, Variant, Workspace};
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

/// Builds one contract: the one named in the options, or the one of the folder, or the only one.
///
/// # Errors
/// Whatever stops it; see [`BuildError`].
pub fn build(options: &BuildOptions) -> Result<Artifact, BuildError> {
    build_with(options, &mut |_| {})
}

/// As [`build`], and tells each step.
///
/// # Errors
/// Whatever stops it; see [`BuildError`].
pub fn build_with(
    options: &BuildOptions,
    progress: &mut Progress<'_>,
) -> Result<Artifact, BuildError> {
    let bench = Bench::prepare(options)?;
    let package = bench.workspace.contract(options.package.as_deref())?;
    bench.build(package, progress)
}

/// Builds the contract named or of the folder, or else every contract of the workspace.
///
/// # Errors
/// Whatever stops the first that fails; see [`BuildError`].
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

/// A contract of a workspace.
#[derive(Debug, Clone)]
pub struct ContractPackage {
    /// The package's name.
    pub name: String,
    /// Its folder.
    pub folder: PathBuf,
    /// Cargo's target folder.
    pub target_dir: PathBuf,
}

/// The contract named or of the folder, or else every contract of the workspace.
///
/// # Errors
/// Where cargo cannot read the workspace, or there is no such contract.
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

/// Everything up to validation, without writing anything: does it compile, would a node take it.
///
/// # Errors
/// Whatever stops the first that fails; see [`BuildError`].
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

/// Compiles contracts and reads their ABIs, without writing anything.
///
/// # Errors
/// Whatever stops the first that fails; see [`BuildError`].
pub fn abi_all(
    options: &BuildOptions,
    progress: &mut Progress<'_>,
) -> Result<Vec<(String, ContractAbi)>, BuildError> {
    let bench = Bench::prepare(options)?;
    let packages = bench.workspace.selection(options.package.as_deref())?;
    packages
        .into_iter()
        .map(|package| {
            let linked = bench.link(package, Variant::Deployed, progress)?;
            Ok((
                package.name.clone(),
                ContractAbi::of_module(&linked, &package.name)?,
            ))
        })
        .collect()
}

/// Tells in the size reports of artifacts what was inlined where: compiles each contract once more, with
/// debug information, in `<target>/antelope/cargo-lines`.
///
/// # Errors
/// Whatever stops it; see [`BuildError`].
pub fn attribute_inlined(
    options: &BuildOptions,
    artifacts: &mut [Artifact],
    progress: &mut Progress<'_>,
) -> Result<(), BuildError> {
    let bench = Bench::prepare(options)?;
    for artifact in artifacts {
        let package = bench.workspace.contract(Some(&artifact.package))?;
        let linked = bench.link(package, Variant::WithLines, progress)?;
        artifact.size.attribute(&crate::size::inlined(&linked));
    }
    Ok(())
}

/// The source of one contract after its macros, with the contract's name: what `#[contract]`,
/// `#[table]` and the derives have made. It is not formatted.
///
/// # Errors
/// Whatever stops it; see [`BuildError`].
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

/// The linked module of one contract with its panics told: where the contract that [`build`] makes ends
/// in a trap, this one fails with `panicked at src/lib.rs:12:9:` and the text. For looking into failures
/// of tests; it is larger and nobody should deploy it.
///
/// It is compiled in `<target>/antelope/cargo-panics`, because `core` and the SDK differ too.
///
/// # Errors
/// Whatever stops it; see [`BuildError`].
pub fn build_with_panics(options: &BuildOptions) -> Result<Vec<u8>, BuildError> {
    let bench = Bench::prepare(options)?;
    let package = bench.workspace.contract(options.package.as_deref())?;
    let linked = bench.link(package, Variant::Telling, &mut |_| {})?;
    strip(&linked, Keep::Nothing).map_err(|error| BuildError::Parse {
        package: package.name.clone(),
        message: error.to_string(),
    })
}

/// One contract compiled for line coverage: without optimization, so that every line keeps code of its
/// own, and with a map from that code to lines. It does what the contract does that [`build`] makes.
///
/// It is compiled in `<target>/antelope/cargo-coverage`.
///
/// # Errors
/// Whatever stops it; see [`BuildError`].
pub fn build_for_coverage(options: &BuildOptions) -> Result<CoverageBuild, BuildError> {
    let bench = Bench::prepare(options)?;
    let package = bench.workspace.contract(options.package.as_deref())?;
    let linked = bench.link(package, Variant::Unoptimized, &mut |_| {})?;
    let (places, map) = coverage::read(&linked, &package.name, &package.folder)?;
    let wasm = strip(&linked, Keep::Nothing).map_err(|error| BuildError::Parse {
        package: package.name.clone(),
        message: error.to_string(),
    })?;
    Ok(CoverageBuild { wasm, places, map })
}

/// A contract that passed every check.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The package.
    pub package: String,
    /// What it needs from the chain.
    pub requirements: Requirements,
    /// What the build went on in spite of.
    pub warnings: Vec<Warning>,
}

/// What the builds of one call share.
struct Bench<'a> {
    options: &'a BuildOptions,
    workspace: Workspace,
    toolchain: Toolchain,
    optimizer: Option<WasmOpt>,
    /// `<target>/antelope`
    output: PathBuf,
}

/// A finished contract in memory.
struct Made {
    wasm: Vec<u8>,
    /// The same code with the names of its functions.
    named: Vec<u8>,
    names: FunctionNames,
    abi: ContractAbi,
    requirements: Requirements,
    warnings: Vec<Warning>,
}

impl<'a> Bench<'a> {
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

    /// Compiles and links; the module still has its names and records.
    fn link(
        &self,
        package: &Package,
        variant: Variant,
        progress: &mut Progress<'_>,
    ) -> Result<Vec<u8>, BuildError> {
        step(
            progress,
            package,
            "compile",
            format!("{TARGET}, {}", self.toolchain.version),
        );
        let build_dir = self.output.join(variant.folder());
        let linked = cargo::compile(
            &self.workspace,
            package,
            &self.toolchain,
            self.options,
            variant,
            &build_dir,
        )?;
        files::read(&linked)
    }

    fn make(&self, package: &Package, progress: &mut Progress<'_>) -> Result<Made, BuildError> {
        let mut warnings = self.warnings();
        let parse = |error: wasmparser::Error| BuildError::Parse {
            package: package.name.clone(),
            message: error.to_string(),
        };

        let linked = self.link(package, Variant::Deployed, progress)?;

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
            "sections, exports and panic texts the chain has no use for".to_owned(),
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
                message: "no wasm-opt: the wasm is about a fifth larger than it could be"
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
            warnings,
        })
    }

    /// Refuses frames that cannot be on the stack; warns of calls that may not all be.
    fn check_stack(
        &self,
        package: &Package,
        stack: &StackUse,
        names: &FunctionNames,
    ) -> Result<Option<Warning>, BuildError> {
        let size = cargo::stack_size(package, self.options);
        let name = |names: &FunctionNames, function: u32| {
            names
                .get(function)
                .map_or_else(|| format!("function {function}"), str::to_owned)
        };
        if stack.certain() > u64::from(size) {
            // `apply` holds the frames of all that was put into it. Whose they are is told by a module
            // in which nothing was.
            let linked = self.link(package, Variant::Apart, &mut |_| {})?;
            let apart = StackUse::measure(&linked).map_err(|error| BuildError::Parse {
                package: package.name.clone(),
                message: error.to_string(),
            })?;
            let names = FunctionNames::read(&linked);
            let largest = apart.largest().into_iter().take(3);
            return Err(BuildError::Stack {
                package: package.name.clone(),
                stack: size,
                needed: stack.certain(),
                frames: largest
                    .map(|(at, bytes)| (name(&names, at), bytes))
                    .collect(),
            });
        }
        let deepest = stack.deepest();
        if deepest.bytes <= u64::from(size) {
            return Ok(None);
        }
        let way: Vec<_> = deepest
            .functions
            .iter()
            .map(|(at, bytes)| format!("{} ({bytes})", name(names, *at)))
            .collect();
        Ok(Some(Warning {
            code: "stack.deep",
            message: format!(
                "calls may need {} bytes of stack, of which there are {size}: {}",
                deepest.bytes,
                way.join(" > ")
            ),
        }))
    }

    fn warnings(&self) -> Vec<Warning> {
        let mut warnings = Vec::new();
        for name in cargo::ignored_flags() {
            warnings.push(Warning {
                code: "flags.ignored",
                message: format!("{name} is not used: flags that change bytes belong to the build"),
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
                    "{} is not the pinned version {PINNED_VERSION}: others get other bytes",
                    optimizer.version
                ),
            });
        }
        warnings
    }

    fn write(&self, package: &Package, folder: &Path, made: Made) -> Result<Artifact, BuildError> {
        let Made {
            wasm,
            named,
            names,
            abi,
            requirements,
            warnings,
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
            info: self.info(package, &wasm, &abi, requirements),
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

    fn info(
        &self,
        package: &Package,
        wasm: &[u8],
        abi: &ContractAbi,
        requirements: Requirements,
    ) -> BuildInfo {
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
            features: self.options.features.clone(),
            build_std: self.options.build_std,
            lock_sha256: lock.map(|lock| sha256_hex(&lock)),
            commit,
            dirty,
            wasm_opt: self
                .optimizer
                .as_ref()
                .map(|optimizer| optimizer.version.clone()),
            wasm_sha256: sha256_hex(wasm),
            abi_sha256: sha256_hex(abi.json.as_bytes()),
            wasm_bytes: wasm.len() as u64,
            imports: requirements.imports,
            protocol_features: requirements.features.into_iter().collect(),
        }
    }
}

fn step(progress: &mut Progress<'_>, package: &Package, name: &'static str, detail: String) {
    progress(&Step {
        package: package.name.clone(),
        name,
        detail,
    });
}
