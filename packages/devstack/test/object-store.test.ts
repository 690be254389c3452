import { afterAll, afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { startObjectStore } from '../src/index.ts'
import { crash, createScratch, quiet, rejection } from './scratch.ts'

const scratch = createScratch()
// The store is built on its first use.
jest.setTimeout(600_000)
afterAll(() => scratch.clean())

const kept = { ...process.env }
beforeEach(() => {
  process.env = { ...kept }
})
afterEach(() => {
  process.env = { ...kept }
})

describe('platform an S3-compatible store on a laptop', () => {
  test('platform the store keeps its address and keys over kill -9', async () => {
    const stateDir = await scratch.folder()
    const first = scratch.ended(await startObjectStore({ stateDir, report: quiet }))
    const { endpoint, accessKeyId, secretAccessKey } = first
    // A stranger is answered, and refused.
    expect((await fetch(`${endpoint}/`)).status).toBe(403)
    await crash(first)
    const second = scratch.ended(await startObjectStore({ stateDir, report: quiet }))
    expect(second).toMatchObject({ endpoint, accessKeyId, secretAccessKey })
    await second.stop()
    expect(await second.exited).toEqual({ code: 0, signal: null })
  })

  test('platform a store that runs elsewhere is adopted with its keys and not ended', async () => {
    const ours = scratch.ended(await startObjectStore({ stateDir: await scratch.folder(), report: quiet }))
    process.env.LINGHANG_OBJECT_STORE_URL = `http://key:s%2Fcret@127.0.0.1:${ours.port}`
    const found = await startObjectStore({ stateDir: await scratch.folder(), report: quiet })
    expect(found).toMatchObject({ endpoint: ours.endpoint, accessKeyId: 'key', secretAccessKey: 's/cret', pid: null })
    await found.stop()
    expect((await fetch(`${ours.endpoint}/health`)).ok).toBe(true)
  })

  test('platform says what to do where there is neither the store nor Go', async () => {
    process.env.PATH = ''
    process.env.XDG_CACHE_HOME = await scratch.folder()
    const error = await rejection(startObjectStore({ stateDir: await scratch.folder(), report: quiet }))
    expect(error).toMatchObject({ code: 'FETCH_FAILED' })
    expect(String(error)).toContain('LINGHANG_OBJECT_STORE_URL')
  })
})
