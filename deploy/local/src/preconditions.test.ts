import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { identify, writeJson } from '@linghang/devstack'
import { assertDiskSpace, claimStateDir, findRunning, recordPlatform } from './preconditions.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linghang-local-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const addresses = {
  gatewayUrl: 'http://127.0.0.1:4000/graphql',
  issuer: 'http://127.0.0.1:1',
  temporalUiUrl: null,
  temporalAddress: '127.0.0.1:7233',
  temporalNamespace: 'linghang',
  kafkaBrokers: '127.0.0.1:1',
  postgres: '127.0.0.1:2',
}

describe('platform preconditions', () => {
  test('platform stops with one sentence when there is not enough disk, and not when there is', async () => {
    await expect(assertDiskSpace(join(folder, 'not', 'yet', 'made'), 1)).resolves.toBeUndefined()
    const wanted = assertDiskSpace(folder, Number.MAX_SAFE_INTEGER)
    await expect(wanted).rejects.toMatchObject({
      code: 'DISK_FULL',
      zh: expect.stringContaining('磁盘空间不足'),
      en: expect.stringContaining('Not enough disk space'),
    })
  })

  test('platform is found by other commands while it lives, and respected by a second start', async () => {
    const stateDir = join(folder, 'lives')
    await claimStateDir(stateDir)
    await recordPlatform(stateDir, addresses)
    expect(await findRunning(stateDir)).toMatchObject({ pid: process.pid, ...addresses })
    await writeJson(join(stateDir, 'platform.json'), { ...identify(process.ppid), ...addresses })
    await expect(claimStateDir(stateDir)).rejects.toMatchObject({ code: 'ALREADY_RUNNING' })
  })

  test('platform takes over a state folder whose process number now belongs to something else', async () => {
    const stateDir = join(folder, 'reused')
    await writeJson(join(stateDir, 'platform.json'), { pid: process.ppid, startedAt: 'another time', ...addresses })
    expect(await findRunning(stateDir)).toBeUndefined()
    await expect(claimStateDir(stateDir)).resolves.toBeUndefined()
  })
})
