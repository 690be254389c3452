import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { temporalTestServerPath } from '@linghang/devstack'
import { bundleWorkflowCode } from '@temporalio/worker'
import { preloadModules, workflowsPath } from '../../services/workflows/src/bundle.ts'

/** Fetches the time-skipping server and bundles the workflows once for all files of the project. */
export default async function setup(): Promise<void> {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const folder = join(root, '.linghang/test', `workflows-${process.pid}`)
  mkdirSync(folder, { recursive: true })
  const { code } = await bundleWorkflowCode({
    workflowsPath,
    preloadModules,
    logger: { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error: console.error },
  })
  const bundle = join(folder, 'deadlines.cjs')
  writeFileSync(bundle, code)
  process.env.TEST_WORKFLOW_BUNDLE = bundle
  process.env.TEST_TEMPORAL_SERVER = await temporalTestServerPath(() => undefined)
}
