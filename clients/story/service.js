// `veche serve --sample` as a process of its own.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** Starts the service with a sample in a folder, and waits until it says where it is. */
export async function serve(program, folder, lang, more = []) {
  const free = ["--listen", "--api-listen", "--node-listen"].flatMap((it) => [it, "127.0.0.1:0"]);
  const options = ["serve", "--sample", folder, ...free, "--json", "--lang", lang, ...more];
  const child = spawn(program, options, { stdio: ["ignore", "ignore", "pipe"] });
  const lines = createInterface({ input: child.stderr });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const started = new Promise((resolve) => {
    lines.on("line", (line) => {
      if (line.startsWith('{"')) {
        const event = JSON.parse(line);
        if (event.event === "started") resolve(event);
      } else if (!/ (INFO|DEBUG) /.test(line)) {
        console.error(line);
      }
    });
  });
  const event = await Promise.race([started, ended.then((code) => { throw new Error(`veche serve has ended: ${code}`); })]);
  return { ...event, stop: () => { child.kill("SIGTERM"); return ended; } };
}
