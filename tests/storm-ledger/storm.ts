import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runStorm } from './run-storm.ts'

/** `npm run storm:ledger -- [seed] [faults]`: the whole storm; a seed that failed plays its plan again. */
const [seed = randomInt(1_000_000_000), faults = 200] = process.argv.slice(2).map(Number)
const root = fileURLToPath(new URL('../..', import.meta.url))
const size = { faults, faultsAWave: 40, scriptsAWave: 1_000 }
const found = await runStorm(seed, size, join(root, `.linghang/storm-${process.pid}`))
for (const fault of found.slice(0, 50)) console.error(fault)
console.log(found.length === 0 ? `the books hold (seed ${seed})` : `${found.length} faults (seed ${seed})`)
process.exit(found.length === 0 ? 0 : 1)
