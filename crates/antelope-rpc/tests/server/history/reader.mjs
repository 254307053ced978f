// node reader.mjs FOLDER RPC-URL HISTORY-URL LAST-BLOCK SECONDS
// Reads blocks 1 to LAST-BLOCK with eosio-ship-reader and prints a line for each. Whatever it
// cannot read ends the program with an error.
import { createRequire } from 'node:module'
import { join } from 'node:path'

const [folder, rpc, history, last, seconds] = process.argv.slice(2)
const require = createRequire(join(folder, 'package.json'))
const { createEosioShipReader } = require('@blockmatic/eosio-ship-reader')

const fail = why => {
  console.log('failed:', why)
  process.exit(1)
}
process.on('unhandledRejection', fail)
setTimeout(() => fail('no more blocks came'), Number(seconds) * 1000)

const reader = await createEosioShipReader({
  ws_url: history,
  rpc_url: rpc,
  ds_threads: 1,
  ds_experimental: false,
  request: {
    start_block_num: 1,
    end_block_num: Number(last) + 1,
    max_messages_in_flight: 3,
    have_positions: [],
    irreversible_only: false,
    fetch_block: true,
    fetch_traces: true,
    fetch_deltas: true,
  },
  // All of them: each row of these is decoded.
  delta_whitelist: () => [
    'account', 'account_metadata', 'code', 'contract_index128', 'contract_index256',
    'contract_index64', 'contract_index_double', 'contract_index_long_double', 'contract_row',
    'contract_table', 'generated_transaction', 'global_property', 'permission', 'permission_link',
    'protocol_state', 'resource_limits', 'resource_limits_config', 'resource_limits_state',
    'resource_usage',
  ],
  table_rows_whitelist: () => [],
  actions_whitelist: () => [],
  contract_abis: () => new Map(),
  auto_start: false,
})
reader.errors$.subscribe(fail)
reader.close$.subscribe(() => fail('the session was closed'))
reader.forks$.subscribe(number => fail(`a fork at ${number}`))
reader.blocks$.subscribe(block => {
  const transactions = block.transactions ? block.transactions.length : 'without traces'
  console.log(`${block.block_num} ${block.producer} ${transactions}`)
  if (block.block_num === Number(last)) process.exit(0)
})
reader.start()
