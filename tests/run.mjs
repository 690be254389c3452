import { join } from 'node:path'
import { root, runFile } from '../deploy/local/bootstrap.mjs'

runFile(join(root, 'tests/run-all.ts'), process.argv.slice(2))
