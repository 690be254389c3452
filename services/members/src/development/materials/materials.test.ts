import { randomBytes, randomUUID } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import type { Actor } from '@linghang/access'
import {
  createLinks,
  linkLifeMs,
  openContent,
  parseStoreAddress,
  safeFileName,
  sealContent,
  sealedLength,
} from '@linghang/papers'
import type { CountySeal } from '@linghang/sealing'

const actor = (accountId: string | null = randomUUID(), countyId = 'c1'): Actor => ({
  kind: 'PERSON',
  accountId,
  countyId,
  memberId: null,
  memberOrgId: null,
  grants: [],
  scopes: [],
})
const queryOf = (url: string) => Object.fromEntries(new URL(url, 'http://host').searchParams)

describe('S0-13 links to papers', () => {
  const links = createLinks(() => ['x'.repeat(32)])
  const path = '/files/materials/1'
  const now = new Date('2026-11-20T08:00:00.000Z')
  const who = actor('a1')
  const query = queryOf(links.sign(path, who, now).url)
  const at = (ms: number) => new Date(now.getTime() + ms)

  test.each([
    ['at once', 0, 'GOOD'],
    ['a moment before five minutes', linkLifeMs - 1, 'GOOD'],
    ['after five minutes', linkLifeMs, 'EXPIRED'],
  ])('S0-13 a link %s is %s', (_, ms, wanted) => {
    expect(links.check(path, who, query, at(Number(ms)))).toBe(wanted)
  })

  test.each([
    ['another account', path, actor('a2'), query],
    ['an account of another county', path, actor('a1', 'c2'), query],
    ['nobody', path, actor(null), query],
    ['another paper', '/files/materials/2', who, query],
    ['a later end', path, who, { ...query, expires: String(Number(query.expires) + 60) }],
    ['no signature', path, who, { expires: query.expires }],
    ['a signature twice', path, who, { ...query, signature: [query.signature, query.signature] }],
    ['another secret', path, who, queryOf(createLinks(() => ['y'.repeat(32)]).sign(path, who, now).url)],
  ])('S0-13 a link is refused for %s', (_, wanted, by, asked) => {
    expect(links.check(wanted, by, asked, now)).toBe('FORGED')
  })
})

describe('S0-13 names of papers', () => {
  test.each([
    ['入党申请书 扫描件.pdf', '入党申请书 扫描件.pdf'],
    ['../../etc/passwd.pdf', 'etcpasswd.pdf'],
    ['a"b\r\nX: y.pdf', 'abX y.pdf'],
    ['\u202Efdp.exe.pdf', 'fdp.exe.pdf'],
    ['.htaccess', null],
    ['..pdf', null],
    ['没有扩展名', null],
    ['', null],
    ['a.p/f', 'a.pf'],
  ])('S0-13 %j is kept as %j', (name, wanted) => {
    expect(safeFileName(name)).toBe(wanted)
  })
})

describe('S0-13 papers are sealed part by part', () => {
  // As the county's seal binds a purpose: whoever opens with another one is refused.
  const seal: Pick<CountySeal, 'seal' | 'open'> = {
    seal: (plain, purpose) => Buffer.concat([Buffer.from(purpose.padEnd(28, '.').slice(-28)), Buffer.from(plain)]),
    open: (sealed, purpose) => {
      const bytes = Buffer.from(sealed)
      if (bytes.toString('utf8', 0, 28) !== purpose.padEnd(28, '.').slice(-28)) throw new Error('altered')
      return bytes.subarray(28)
    },
  }
  const countySeal: CountySeal = { ...seal, fingerprint: () => Buffer.alloc(0) }
  const pieces = async function* (bytes: Buffer, size: number) {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
  const sealed = async (bytes: Buffer) =>
    Buffer.concat(await Array.fromAsync(sealContent(countySeal, 'm', bytes.length, pieces(bytes, 70_001))))
  const opened = async (bytes: Buffer, length: number, id = 'm') =>
    Buffer.concat(await Array.fromAsync(openContent(countySeal, id, length, pieces(bytes, 9_999))))

  test.each([1, 1_048_575, 1_048_576, 1_048_577, 3_000_000])('S0-13 %i bytes come back as they went', async length => {
    const plain = randomBytes(length)
    const packed = await sealed(plain)
    expect(packed.length).toBe(sealedLength(length))
    expect((await opened(packed, length)).equals(plain)).toBe(true)
  })

  test('S0-13 a paper with a part missing, moved or of another paper does not open', async () => {
    const plain = randomBytes(3_000_000)
    const packed = await sealed(plain)
    const part = 1_048_576 + 28
    await expect(opened(packed.subarray(0, 2 * part), plain.length)).rejects.toThrow()
    const moved = Buffer.concat([packed.subarray(part, 2 * part), packed.subarray(0, part), packed.subarray(2 * part)])
    await expect(opened(moved, plain.length)).rejects.toThrow()
    await expect(opened(packed, plain.length, 'n')).rejects.toThrow()
  })
})

describe('platform where papers lie', () => {
  test.each([
    ['file:///var/lib/papers', { kind: 'FOLDER', folder: '/var/lib/papers' }],
    ['s3://papers', { kind: 'S3', bucket: 'papers', prefix: '', endpoint: null, region: 'us-east-1' }],
    [
      's3://papers/a/b/?endpoint=http://127.0.0.1:9000&region=cn-1',
      { kind: 'S3', bucket: 'papers', prefix: 'a/b/', endpoint: 'http://127.0.0.1:9000', region: 'cn-1' },
    ],
    ['/var/lib/papers', null],
    ['file://host/papers', null],
    ['s3://papers?endpoint=ftp://x', null],
    ['https://papers', null],
  ])('platform %s', (text, wanted) => {
    expect(parseStoreAddress(text)).toEqual(wanted)
  })
})
