import { join } from 'node:path'
import { runCommand } from '@linghang/devstack'

export const exampleDir = join(import.meta.dirname, '../../../examples/typescript')
const modules = join(import.meta.dirname, '../../../node_modules')

/** Makes the example's types anew from docs/schema.graphql, as its `npm run generate` does. */
export const generateExample = () =>
  runCommand(process.execPath, [join(modules, '.bin/graphql-codegen'), '--config', 'codegen.ts'], {
    cwd: exampleDir,
    timeoutMs: 60_000,
  })

/** Checks the example's types by its own strict settings. */
export const checkExample = () =>
  runCommand(process.execPath, [join(modules, '.bin/tsc'), '-p', exampleDir], { cwd: exampleDir, timeoutMs: 60_000 })
