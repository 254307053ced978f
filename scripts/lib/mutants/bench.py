"""A copy of the repository in which mutants are built and tested."""

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass

from sample import CONTRACTS, MODEL, package

FAILED = re.compile(r"test (\S+) \.\.\. FAILED")
STEPS = 3000
# What else the tests deploy.
OTHERS = ("hostile", "workshop", "shelf", "hello", "token")


@dataclass(frozen=True)
class Group:
    """Tests that run in one go. Those that kill most in a second come first."""

    name: str
    filters: tuple
    steps: int = 0


GROUPS = (
    Group("model", ("model::",), STEPS),
    Group("unit", ()),
    Group("attacks", ("attacks::", "timetravel::")),
    Group("scenarios", ("scenarios::",)),
    Group("invariants", ("foreign::", "invariants::")),
    Group("lives", ("model::lives::model_and_contracts_live_the_same_lives",), 20_000),
)


class Broken(Exception):
    """Something fails without a mutant."""


@dataclass(frozen=True)
class Run:
    """What became of a program."""

    ok: bool
    failed: str
    output: str


class Bench:
    """The copy, its test program and the contracts as they are without a mutant."""

    def __init__(self, root, say):
        self.root = root
        self.tree = root / "target" / "mutants" / "tree"
        self.say = say
        self.env = {
            **os.environ,
            # Bytes of the contracts do not matter here, and the optimizer takes longer than the compiler.
            "WASM_OPT": "/nowhere/wasm-opt",
            "VECHE_BUILT": str(self.tree / "target" / "antelope"),
            "VECHE_MODEL_SHRINK": "0",
            "INSTA_UPDATE": "no",
            "RUST_BACKTRACE": "0",
        }
        for name in ("CARGO_TARGET_DIR", "VECHE_NODE", "VECHE_BLESS"):
            self.env.pop(name, None)

    def prepare(self):
        """Brings the copy to the state of the repository and builds everything."""
        self.synchronize()
        self.take_over_dependencies()
        self.say("build the tests")
        build = self.must(["cargo", "test", "--workspace", "--test", "veche", "--no-run"], self.tree)
        self.program = self.tree / re.search(r"\((target/debug/deps/veche-[0-9a-f]+)\)", build.output)[1]
        self.say("build the contracts")
        self.must(["cargo", "build", "--workspace", "--bin", "cargo-antelope"], self.tree)
        for name in (*CONTRACTS, *OTHERS):
            self.must(self.building(name), self.tree)
        self.original = self.code()
        self.remember()

    def synchronize(self):
        """Copies what differs, so that cargo builds nothing else again."""
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=self.root,
            capture_output=True,
            check=True,
        ).stdout
        wanted = {name for name in listed.decode().split("\0") if (self.root / name).is_file()}
        for name in wanted:
            source, copy = self.root / name, self.tree / name
            if not copy.is_file() or copy.read_bytes() != source.read_bytes():
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(source, copy)
        for folder in ("contracts", "crates", "examples", "tests"):
            for copy in (self.tree / folder).rglob("*.rs"):
                if str(copy.relative_to(self.tree)) not in wanted:
                    copy.unlink()

    def take_over_dependencies(self):
        """Crates of others that are compiled already need not be compiled for the copy."""
        built, target = self.root / "target" / "debug", self.tree / "target" / "debug"
        if target.exists() or not built.exists():
            return
        self.say("copy compiled dependencies")
        target.mkdir(parents=True)
        for folder in ("deps", "build", ".fingerprint"):
            subprocess.run(["cp", "-a", built / folder, target], check=True)

    def building(self, name):
        return [self.tree / "target/debug/cargo-antelope", "antelope", "build", "-p", name]

    def code(self):
        """The code of the contracts that are built now."""
        return {name: self.built(name).read_bytes() for name in CONTRACTS}

    def built(self, name):
        return self.tree / "target" / "antelope" / name / f"{name}.wasm"

    def measure(self, group):
        """Runs a group without a mutant, once for these tests; a mutant may take six times as long."""
        for name in (*CONTRACTS, MODEL) if not group.filters else (MODEL,):
            self.say(f"without a mutant: {group.name} {name if not group.filters else ''}")
            begin = time.monotonic()
            run = self.test(group, name, 3600)
            if not run.ok:
                raise Broken(f"{group.name} fails without a mutant: {run.failed}\n{run.output[-2000:]}")
            limit = max(60, 6 * (time.monotonic() - begin))
            self.limits[group.name] = max(limit, self.limits.get(group.name, 0))
        self.kept.write_text(json.dumps({"state": self.state, "limits": self.limits}))

    def remember(self):
        """The limits that were measured with the same tests and contracts."""
        self.kept = self.tree.parent / "limits.json"
        code = self.program.read_bytes() + b"".join(self.original.values())
        self.state = hashlib.sha256(code).hexdigest()
        known = json.loads(self.kept.read_text()) if self.kept.exists() else {}
        self.limits = known["limits"] if known.get("state") == self.state else {}

    @contextmanager
    def mutated(self, mutant):
        """The copy has the mutant meanwhile."""
        path = self.tree / mutant.path
        original = path.read_text()
        try:
            path.write_text(mutant.apply(original))
            yield
        finally:
            path.write_text(original)
            # The next mutant may be another contract's.
            for name, code in self.original.items():
                self.built(name).write_bytes(code)

    def attempt(self, mutant, groups):
        """What becomes of a mutant, and by which test."""
        outcome, by = self.attempt_measured(mutant, groups)
        while outcome is None:
            self.measure(by)
            outcome, by = self.attempt_measured(mutant, groups)
        return outcome, by

    def attempt_measured(self, mutant, groups):
        """The same; no outcome, and the group, where one is needed that has not been measured."""
        name = package(mutant.path)
        with self.mutated(mutant):
            for contract in contracts(name):
                if not self.run(self.building(contract), self.tree, 600).ok:
                    return "unbuilt", ""
            same = self.code() == self.original
            if same and name != MODEL:
                return "same", ""
            for group in groups:
                # What the contracts do not have only the tests beside the code can see.
                if same and group.name != "unit":
                    continue
                if group.name not in self.limits:
                    return None, group
                run = self.test(group, name, self.limits[group.name])
                if "error: could not compile" in run.output:
                    return "unbuilt", ""
                if not run.ok:
                    return "killed", f"{group.name}: {run.failed}"
        return "survived", "not in the contracts" if same else ""

    def test(self, group, name, limit):
        if not group.filters:
            kinds = ["--lib", "--tests"] if name == MODEL else ["--lib"]
            return self.run(["cargo", "test", "-p", name, *kinds], self.tree, limit)
        steps = {"VECHE_MODEL_STEPS": str(group.steps)}
        return self.run([self.program, *group.filters], self.tree / "tests", limit, steps)

    def must(self, command, folder):
        run = self.run(command, folder, 3600)
        if not run.ok:
            raise Broken(run.output[-4000:])
        return run

    def run(self, command, folder, limit, env=None):
        """Runs a program until it ends, a test fails or its time is over."""
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=folder,
            env={**self.env, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            encoding="utf-8",
            errors="replace",
        )
        late = threading.Event()
        timer = threading.Timer(limit, lambda: (late.set(), kill(process)))
        timer.start()
        lines, failed = [], ""
        try:
            for line in process.stdout:
                lines.append(line)
                if match := FAILED.search(line):
                    failed = match[1]
                    break
            else:
                process.wait()
        finally:
            timer.cancel()
            kill(process)
            process.wait()
        failed = "timeout" if late.is_set() else failed
        return Run(process.returncode == 0 and not failed, failed, "".join(lines))


def contracts(name):
    """The contracts that a package is part of."""
    return CONTRACTS if name == MODEL else (name,)


def kill(process):
    """Ends a program and what it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
