import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { look } from '@linghang/harness/databases'
import { openDatabase } from '@linghang/harness/open-database'
import { createSealing } from '../src/index.ts'

jest.setTimeout(120_000)

const newKey = () => randomBytes(32).toString('base64')
const ring = { current: 'k1', keys: { k1: newKey() } }

let database: Awaited<ReturnType<typeof openDatabase>>
beforeAll(async () => {
  database = await openDatabase('members', 'sealing')
})
afterAll(() => database?.close())

/** As a process that has just started: nothing is remembered. */
const fresh = (keys: { current: string; keys: Record<string, string> } = ring) => createSealing(database.transact, keys)

describe('platform a key for each county', () => {
  test('platform opens what the county has sealed, also after a restart', async () => {
    const county = randomUUID()
    const sealed = (await fresh().ofCounty(county)).seal('330302199001011234', 'id-number')
    expect((await fresh().ofCounty(county)).open(sealed, 'id-number').toString()).toBe('330302199001011234')
    expect(sealed.toString('latin1')).not.toContain('330302199001011234')
  })

  test('platform opens it for no other county, no other purpose, and not when a bit of it has changed', async () => {
    const [one, other] = [await fresh().ofCounty(randomUUID()), await fresh().ofCounty(randomUUID())]
    const sealed = one.seal('330302199001011234', 'id-number')
    expect(() => other.open(sealed, 'id-number')).toThrow()
    expect(() => one.open(sealed, 'phone')).toThrow()
    const altered = Buffer.from(sealed)
    altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1
    expect(() => one.open(altered, 'id-number')).toThrow()
  })

  test('platform finds the same number by the same hash within a county and for one purpose, and nowhere else', async () => {
    const county = randomUUID()
    const hash = (seal: Awaited<ReturnType<ReturnType<typeof fresh>['ofCounty']>>, purpose: string) =>
      seal.fingerprint('13800001234', purpose).toString('hex')
    const here = await fresh().ofCounty(county)
    expect(hash(await fresh().ofCounty(county), 'phone')).toBe(hash(here, 'phone'))
    expect(hash(here, 'id-number')).not.toBe(hash(here, 'phone'))
    expect(hash(await fresh().ofCounty(randomUUID()), 'phone')).not.toBe(hash(here, 'phone'))
  })

  test('platform names the master key that is missing, and works again once it is back', async () => {
    const county = randomUUID()
    const sealed = (await fresh().ofCounty(county)).seal('x', 'p')
    const withoutOld = fresh({ current: 'k2', keys: { k2: newKey() } })
    await expect(withoutOld.ofCounty(county)).rejects.toThrow(/master key k1 .* is not in the ring/)
    await expect(fresh({ current: 'k9', keys: ring.keys }).ofCounty(randomUUID())).rejects.toThrow(/master key k9/)
    const withBoth = fresh({ current: 'k2', keys: { k2: newKey(), ...ring.keys } })
    expect((await withBoth.ofCounty(county)).open(sealed, 'p').toString()).toBe('x')
  })

  test('platform makes one key for a county that two processes meet at the same moment', async () => {
    const county = randomUUID()
    const seals = await Promise.all(Array.from({ length: 6 }, () => fresh().ofCounty(county)))
    const sealed = seals[0]?.seal('x', 'p') as Buffer
    for (const seal of seals) expect(seal.open(sealed, 'p').toString()).toBe('x')
  })

  test('platform keeps the county’s key wrapped: the master key opens it, the row alone does not', async () => {
    const county = randomUUID()
    const seal = await fresh().ofCounty(county)
    const sealed = seal.seal('x', 'p')
    const [row] = await look('members', 'select wrapped from county_key where county_id = $1', [county], 'sealing')
    expect(row.wrapped).toHaveLength(12 + 16 + 32)
    const wrongMaster = fresh({ current: 'k1', keys: { k1: newKey() } })
    await expect(wrongMaster.ofCounty(county)).rejects.toThrow()
    expect(seal.open(sealed, 'p').toString()).toBe('x')
  })
})
