import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, jest, test } from '@jest/globals'
import { startTemporal } from '../src/index.ts'
import { findTemporal } from '../src/temporal-programs.ts'
import { crash, createScratch, quiet } from './scratch.ts'

const run = promisify(execFile)
const scratch = createScratch()
jest.setTimeout(120_000)
afterAll(() => scratch.clean())

describe('platform Temporal on a laptop', () => {
  test('platform Temporal keeps started workflows, their attributes and a month of history over kill -9', async () => {
    const stateDir = await scratch.folder()
    const options = { stateDir, namespace: 'test', searchAttributes: { orgCode: 'Keyword' as const }, report: quiet }
    const first = scratch.ended(await startTemporal(options))
    const temporal = async (...args: string[]) =>
      (await run(await findTemporal(quiet), [...args, '--address', first.address, '-n', 'test', '-o', 'json'])).stdout
    const workflow = ['--workflow-id', 'waits', '--type', 'never', '--task-queue', 'nobody']
    await temporal('workflow', 'start', ...workflow, '--search-attribute', 'orgCode="330302"')
    await crash(first)
    const second = scratch.ended(await startTemporal(options))
    expect(second.address).toBe(first.address)
    const found = JSON.parse(await temporal('workflow', 'describe', '--workflow-id', 'waits'))
    expect(found.workflowExecutionInfo.status).toBe('WORKFLOW_EXECUTION_STATUS_RUNNING')
    expect(Object.keys(found.workflowExecutionInfo.searchAttributes.indexedFields)).toContain('orgCode')
    const namespace = await run(await findTemporal(quiet), [
      ...['operator', 'namespace', 'describe', '-n', 'test', '--address', second.address, '-o', 'json'],
    ])
    expect(namespace.stdout).toContain('2592000s')
    expect(second.logFile).toBe(join(stateDir, 'logs', 'temporal.log'))
  })
})
