import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { startTemporal } from '@linghang/devstack'
import { operatorCommand } from '@linghang/harness/operator-command'
import { until } from '@linghang/harness/until'
import { Client, Connection } from '@temporalio/client'
import { createPayloadCodec } from '../src/payload-codec.ts'
import { payloadKeysInUse } from '../src/payload-keys.ts'

jest.setTimeout(300_000)

const namespace = 'payload-keys'
const folder = mkdtempSync(join(tmpdir(), 'linghang-payload-keys-'))
const keys = { k1: randomBytes(32).toString('base64'), k2: randomBytes(32).toString('base64') }

let temporal: Awaited<ReturnType<typeof startTemporal>>
let connection: Connection
beforeAll(async () => {
  temporal = await startTemporal({ stateDir: folder, namespace, report: () => undefined })
  connection = await Connection.connect({ address: temporal.address })
})
afterAll(async () => {
  await connection?.close()
  await temporal?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const writing = (current: keyof typeof keys) =>
  new Client({
    connection,
    namespace,
    dataConverter: { payloadCodecs: [createPayloadCodec(() => ({ current, keys }))] },
  })
/** Nobody works it off: what it was begun with is all of its history. */
const begin = (client: Client, workflowId: string) =>
  client.workflow.start('waits', { workflowId, taskQueue: 'nobody', args: ['2027-01-01'] })
const countsOf = (found: Awaited<ReturnType<typeof payloadKeysInUse>>) =>
  [...found].map(([id, { workflows, oldest }]) => [id, workflows, oldest.workflowId]).sort()
const keysInUse = (...args: string[]) =>
  operatorCommand('payload-keys', args, {
    env: { TEMPORAL_ADDRESS: temporal.address, TEMPORAL_NAMESPACE: namespace },
  }).ended

describe('platform payload keys that open workflows need', () => {
  test('platform a key is told for as long as an open workflow was written with it, and no more once the last has ended', async () => {
    const [before, after] = [writing('k1'), writing('k2')]
    const first = await begin(before, 'case-1')
    const second = await begin(before, 'case-2')
    await second.terminate()
    await begin(after, 'case-3')
    // Told something after the change: both keys are needed to go on.
    await after.workflow.getHandle('case-1').signal('news', '2027-02-01')
    const inUse = async () => JSON.stringify(countsOf(await payloadKeysInUse(new Client({ connection, namespace }))))
    // Temporal lists what has begun, and what has ended, a little later.
    await until(async () => (await inUse()) === '[["k1",1,"case-1"],["k2",2,"case-1"]]')
    expect(await keysInUse('--key', 'k1')).toMatchObject({ code: 1, out: expect.stringContaining('case-1') })

    await first.terminate()
    await until(async () => (await inUse()) === '[["k2",1,"case-3"]]')
    expect((await keysInUse('--key', 'k1')).code).toBe(0)
    expect(await keysInUse()).toMatchObject({ code: 0, out: expect.stringMatching(/^k2\t1\tcase-3\t\S+\n$/) })
  })

  test('platform without Temporal’s address it is refused in words', async () => {
    const { code, err } = await operatorCommand('payload-keys', [], { env: { TEMPORAL_ADDRESS: 'nowhere' } }).ended
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('TEMPORAL_ADDRESS') })
  })
})
