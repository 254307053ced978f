//! Makes the package of `coop-wasm`: see the program of this name, behind the feature `bindgen`.
