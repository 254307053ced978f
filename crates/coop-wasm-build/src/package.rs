//! The files of the package, and their sizes.

use crate::error::PackageError;
use std::path::Path;
use wasm_bindgen_cli_support::Bindgen;

/// The name of the module and of what wasm-bindgen writes around it.
const STEM: &str = "coop_wasm";
/// The bytes of a gzip file around its deflated data: a head of 10, a checksum and a length.
const GZIP_FRAME: usize = 18;
/// What is written by hand, beside the module's source.
const BY_HAND: [&str; 6] = [
    "index.js",
    "index.d.ts",
    "node.js",
    "passkey.js",
    "passkey.d.ts",
    "package.json",
];
/// What a browser loads.
const LOADED: [&str; 4] = [
    "coop_wasm_bg.wasm",
    "coop_wasm.js",
    "index.js",
    "passkey.js",
];

/// What wasm-bindgen makes of the compiler's module.
pub(crate) struct Bound {
    /// The module.
    pub(crate) wasm: Vec<u8>,
    js: String,
    ts: String,
}

/// Lets wasm-bindgen write the JavaScript and the types.
pub(crate) fn bind(module: &[u8]) -> Result<Bound, PackageError> {
    let failed = |error: &dyn std::fmt::Display| PackageError::Bind(format!("{error:#}"));
    let mut bindgen = Bindgen::new();
    bindgen
        .input_bytes(STEM, module.to_vec())
        .typescript(true)
        // The module is found beside its JavaScript.
        .omit_default_module_path(false)
        .remove_name_section(true)
        .remove_producers_section(true);
    let bindgen = bindgen.web(true).map_err(|error| failed(&error))?;
    let mut output = bindgen.generate_output().map_err(|error| failed(&error))?;
    Ok(Bound {
        wasm: output.wasm_mut().emit_wasm(),
        js: output.js().to_owned(),
        ts: output.ts().unwrap_or_default().to_owned(),
    })
}

/// JavaScript without lines that are comments, which stand in the types or in the source as well, and
/// without indentation.
fn without_comments(js: &str) -> String {
    let mut is_comment = false;
    let mut out = String::new();
    for line in js.lines().map(str::trim_start) {
        is_comment |= line.starts_with("/**");
        if !is_comment && !line.is_empty() && !line.starts_with("//") {
            out.push_str(line);
            out.push('\n');
        }
        is_comment &= !line.ends_with("*/");
    }
    out
}

/// Writes all files; answers those that a browser loads, with their sizes.
pub(crate) fn write_package(
    bound: &Bound,
    by_hand: &Path,
    folder: &Path,
) -> Result<Vec<Measured>, PackageError> {
    std::fs::create_dir_all(folder).map_err(PackageError::of(folder))?;
    let mut files = vec![
        (format!("{STEM}_bg.wasm"), bound.wasm.clone()),
        (
            format!("{STEM}.js"),
            without_comments(&bound.js).into_bytes(),
        ),
        (format!("{STEM}.d.ts"), bound.ts.clone().into_bytes()),
    ];
    for name in BY_HAND {
        let path = by_hand.join(name);
        let mut content = std::fs::read_to_string(&path).map_err(PackageError::of(&path))?;
        if name.ends_with(".js") {
            content = without_comments(&content);
        }
        files.push((name.to_owned(), content.into_bytes()));
    }
    for (name, content) in &files {
        let path = folder.join(name);
        std::fs::write(&path, content).map_err(PackageError::of(&path))?;
    }
    let loaded = files
        .iter()
        .filter(|(name, _)| LOADED.contains(&name.as_str()));
    Ok(loaded
        .map(|(name, content)| Measured::of(name, content))
        .collect())
}

/// A file and its bytes, as they are and compressed.
pub(crate) struct Measured {
    name: String,
    raw: usize,
    gzip: usize,
}

impl Measured {
    fn of(name: &str, content: &[u8]) -> Self {
        let deflated = miniz_oxide::deflate::compress_to_vec(content, 10);
        Self {
            name: name.to_owned(),
            raw: content.len(),
            gzip: deflated.len() + GZIP_FRAME,
        }
    }

    /// All together.
    pub(crate) fn total(files: &[Self]) -> Self {
        Self {
            name: "total".to_owned(),
            raw: files.iter().map(|file| file.raw).sum(),
            gzip: files.iter().map(|file| file.gzip).sum(),
        }
    }

    /// A line of it.
    pub(crate) fn line(&self) -> String {
        format!(
            "{:<18} {:>7} bytes {:>6} gzip\n",
            self.name, self.raw, self.gzip
        )
    }
}
