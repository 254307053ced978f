export * from "./coop_wasm.js";
/** Loads the module, once; in Node.js it is loaded already. */
export { default as init } from "./coop_wasm.js";
export * from "./passkey.js";
