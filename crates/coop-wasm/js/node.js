// For Node.js, where the module lies beside this file.
import { readFileSync } from "node:fs";
import { initSync } from "./coop_wasm.js";

const module = readFileSync(new URL("./coop_wasm_bg.wasm", import.meta.url));
initSync({ module });

export * from "./coop_wasm.js";
export const init = async () => {};
