import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker'

const folder = fileURLToPath(new URL('../src/deadlines/histories/', import.meta.url))
const histories = readdirSync(folder).filter(file => file.endsWith('.json'))
Runtime.install({ logger: new DefaultLogger('ERROR') })

describe('recorded histories', () => {
  test('platform there are recorded histories to replay', () => {
    expect(histories.length).toBeGreaterThanOrEqual(3)
  })

  test.each(histories)('S0-38 a workflow that began under the released code goes on under this one: %s', async file => {
    const history = JSON.parse(readFileSync(`${folder}${file}`, 'utf8'))
    await Worker.runReplayHistory({ workflowBundle: { codePath: process.env.TEST_WORKFLOW_BUNDLE as string } }, history)
  })
})
