//! The TypeScript types of what functions take and answer.

use wasm_bindgen::prelude::wasm_bindgen;

/// They go into `coop_wasm.d.ts` as they are.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &'static str = include_str!("types.d.ts");
