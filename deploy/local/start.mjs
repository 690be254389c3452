import { join } from 'node:path'
import { root, runFile } from './bootstrap.mjs'

runFile(join(root, 'deploy/local/src/start.ts'), process.argv.slice(2))
