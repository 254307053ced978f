// For browsers: call init() once, then anything else.
export * from "./coop_wasm.js";
export { default as init } from "./coop_wasm.js";
export * from "./passkey.js";
