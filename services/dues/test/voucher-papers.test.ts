import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Actor } from '@linghang/access'
import { send, tokenOf, uuidOf } from '@linghang/harness/ask'
import { seedActor } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { startService } from '@linghang/harness/start-service'
import { surroundings } from '@linghang/harness/surroundings'
import { until } from '@linghang/harness/until'
import { paperLimits } from '@linghang/papers'
import { codesOf, createSpendingDesk, dataOf, stateOf, today } from './spending-desk.ts'

jest.setTimeout(180_000)

let desk: Awaited<ReturnType<typeof createSpendingDesk>>
let beside: Actor
beforeAll(async () => {
  desk = await createSpendingDesk()
  beside = await seedActor(desk.county, 'TREASURER', desk.tree.a2.id)
})

const pdf = (said = '发票') => Buffer.from(`%PDF-1.4\n% ${said}\n%%EOF\n`)
const png = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de', 'hex')
const put = async (voucherId: string, body: Uint8Array, by: Actor = desk.actors.treasurer, name = '发票.pdf') => {
  const { status, text } = await send(desk.county.world.urls.dues, by, {
    ...{
      method: 'PUT',
      path: `/files/dues-vouchers/${voucherId.split(':')[1]}?name=${encodeURIComponent(name)}`,
      body,
    },
  })
  return { status, ...(JSON.parse(text) as { code?: string; sha256?: string; mediaType?: string; bytes?: number }) }
}
const linkOf = (voucherId: string, by: Actor) =>
  desk.county.world.askUntyped.dues(
    by,
    'query ($voucherId: ID!) { duesVoucherPaperLink(voucherId: $voucherId) { url expiresAt } }',
    { voucherId },
  )
const get = async (path: string, by: Actor) => {
  const response = await fetch(`${desk.county.world.urls.dues}${path}`, {
    headers: { authorization: `Bearer ${await tokenOf(by)}` },
  })
  const bytes = Buffer.from(await response.arrayBuffer())
  return { status: response.status, type: response.headers.get('content-type'), bytes }
}
const paperOf = async (id: string) => {
  const answer = await desk.county.world.askUntyped.dues(
    desk.county.admin,
    `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on DuesSpending {
      vouchers { paper { fileName mediaType bytes sha256 } } } } }`,
    { refs: [{ __typename: 'DuesSpending', id }] },
  )
  return dataOf(answer)._entities[0].vouchers[0].paper
}
const objectsOf = (voucherId: string) =>
  look('dues', 'select object_key, replaced_at from dues_voucher_paper where voucher_id = $1 order by id', [
    uuidOf(voucherId),
  ])
const begunObjects = () => look('dues', 'select key from dues_paper_object where county_id = $1', [desk.county.id])
const fileOf = (key: string) => join(surroundings().stateDir, 'materials', key)
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

describe('S0-16 a voucher with its paper', () => {
  test('S0-16 is filed sealed, read by whoever sees the request, and replaced until it is settled', async () => {
    const id = await desk.approved('300')
    const voucher = await desk.voucher(id, '300')
    expect(await paperOf(id)).toBeNull()
    expect(codesOf(await linkOf(voucher, desk.actors.treasurer))).toEqual(['NOT_FOUND'])
    const first = pdf('第一张')
    expect(await put(voucher, first)).toMatchObject({
      status: 200,
      mediaType: 'application/pdf',
      sha256: sha256(first),
    })
    const [{ object_key: key }] = await objectsOf(voucher)
    expect(await readFile(fileOf(key))).not.toContain('第一张')
    expect(await put(voucher, png, desk.actors.treasurer, '收据.png')).toMatchObject({ status: 200 })
    expect(await paperOf(id)).toEqual({
      ...{ fileName: '收据.png', mediaType: 'image/png', bytes: png.length, sha256: sha256(png) },
    })
    expect((await objectsOf(voucher)).map(({ replaced_at: at }) => at === null)).toEqual([false, true])
    const { url } = dataOf(await linkOf(voucher, desk.actors.above)).duesVoucherPaperLink
    expect(await get(url, desk.actors.above)).toEqual({ status: 200, type: 'image/png', bytes: png })
    const read = await look(
      'dues',
      `select 1 from audit_entry where subject_id = $1 and action = 'dues-voucher.paper-read'`,
      [uuidOf(voucher)],
    )
    expect(read).toHaveLength(1)
    expect(stateOf(await desk.settleWith(id, '300', [voucher]))).toBe('SETTLED')
    expect(await put(voucher, first)).toMatchObject({ status: 409, code: 'SPENDING_NOT_SO_FAR' })
    expect(await begunObjects()).toEqual([])
  })

  test('S0-16 by whoever keeps the books of that request, and by a link that is one’s own', async () => {
    const id = await desk.approved('300')
    const voucher = await desk.voucher(id, '300')
    const inspector = await seedActor(desk.county, 'DISCIPLINE_INSPECTOR', desk.tree.root.id)
    expect(await put(voucher, pdf(), beside)).toMatchObject({ status: 404, code: 'NOT_FOUND' })
    expect(await put(voucher, pdf(), inspector)).toMatchObject({ status: 403, code: 'FORBIDDEN' })
    expect(await put(`DuesVoucher:${desk.county.id}`, pdf())).toMatchObject({ status: 404, code: 'NOT_FOUND' })
    expect(await put(voucher, pdf())).toMatchObject({ status: 200 })
    expect(codesOf(await linkOf(voucher, beside))).toEqual(['NOT_FOUND'])
    const { url } = dataOf(await linkOf(voucher, desk.actors.treasurer)).duesVoucherPaperLink
    for (const by of [beside, desk.actors.above]) expect((await get(url, by)).status).toBe(403)
    expect((await get(url.replace('expires=', 'expires=9'), desk.actors.treasurer)).status).toBe(403)
    expect((await get(url, desk.actors.treasurer)).status).toBe(200)
  })

  test('S0-16 nothing but a PDF or a picture that is what its name says, of a size that can be; what is refused leaves nothing', async () => {
    const voucher = await desk.voucher(await desk.approved('300'), '300')
    const by = desk.actors.treasurer
    expect(await put(voucher, pdf(), by, '发票.exe')).toMatchObject({ status: 400, code: 'VOUCHER_PAPER_NAME' })
    expect(await put(voucher, pdf(), by, '')).toMatchObject({ status: 400, code: 'VOUCHER_PAPER_NAME' })
    expect(await put(voucher, png)).toMatchObject({ status: 415, code: 'VOUCHER_PAPER_CONTENT' })
    expect(await put(voucher, Buffer.from('<html></html>'))).toMatchObject({
      status: 415,
      code: 'VOUCHER_PAPER_CONTENT',
    })
    expect(await put(voucher, Buffer.alloc(0))).toMatchObject({ status: 413, code: 'VOUCHER_PAPER_SIZE' })
    const large = Buffer.concat([pdf(), Buffer.alloc(paperLimits.fileBytes)])
    expect(await put(voucher, large)).toMatchObject({ status: 413, code: 'VOUCHER_PAPER_SIZE' })
    expect(await objectsOf(voucher)).toEqual([])
    expect(await begunObjects()).toEqual([])
    expect(await readdir(fileOf(`${desk.county.id}/dues-vouchers/${uuidOf(voucher)}`))).toEqual([])
    for (let n = 0; n < 10; n += 1) expect((await put(voucher, pdf(`${n}`))).status).toBe(200)
    expect(await put(voucher, pdf())).toMatchObject({ status: 400, code: 'TOO_MANY_VOUCHER_PAPERS' })
    await expect(
      look('dues', 'update dues_voucher_paper set file_name = $2 where voucher_id = $1', [uuidOf(voucher), 'x.pdf']),
    ).rejects.toThrow(/not rewritten/)
  })

  test('S0-16 is asked for where a county wants it, from its sum on; where nothing is decided, never', async () => {
    const other = await createSpendingDesk()
    const set = (paperFromFen: string | null) =>
      other.county.world.askUntyped.dues(
        other.county.admin,
        `mutation ($input: SetSpendingPolicyInput!) { setSpendingPolicy(input: $input) { policy { paperFromFen } } }`,
        {
          input: {
            ...{ effectiveFrom: today, ownUpToFen: '0', superiorUpToFen: '100000', basis: '县委组织部 12 号文' },
            paperFromFen,
          },
        },
      )
    const [free, below, at] = [await other.approved('500'), await other.approved('499'), await other.approved('500')]
    expect(stateOf(await other.settle(free, '500'))).toBe('SETTLED')
    expect(codesOf(await set('-1'))).toEqual(['BAD_INPUT'])
    expect(dataOf(await set('500')).setSpendingPolicy.policy).toEqual({ paperFromFen: '500' })
    expect(stateOf(await other.settle(below, '499'))).toBe('SETTLED')
    const voucher = await other.voucher(at, '500')
    expect(codesOf(await other.settleWith(at, '500', [voucher]))).toEqual(['VOUCHER_WITHOUT_PAPER'])
    expect((await put(voucher, pdf(), other.actors.treasurer)).status).toBe(200)
    expect(stateOf(await other.settleWith(at, '500', [voucher]))).toBe('SETTLED')
  })

  test('S0-16 what never got its row is swept once it is an hour old; what is filed stays', async () => {
    const id = await desk.approved('300')
    const voucher = await desk.voucher(id, '300')
    expect((await put(voucher, pdf())).status).toBe(200)
    const begin = async (age: string) => {
      const key = `${desk.county.id}/dues-vouchers/${uuidOf(voucher)}/${randomUUID()}`
      await writeFile(fileOf(key), 'sealed')
      await look(
        'dues',
        'insert into dues_paper_object (key, county_id, begun_at) values ($1, $2, now() - $3::interval)',
        [...[key, desk.county.id, age]],
      )
      return key
    }
    const [old, young] = [await begin('61 minutes'), await begin('59 minutes')]
    const next = await startService('dues')
    try {
      await until(async () => (await begunObjects()).every(({ key }) => key !== old), 30_000, 'the old one is swept')
    } finally {
      await next.stop()
    }
    expect(await begunObjects()).toEqual([{ key: young }])
    const [{ object_key: filed }] = await objectsOf(voucher)
    expect((await readdir(fileOf(`${desk.county.id}/dues-vouchers/${uuidOf(voucher)}`))).toSorted()).toEqual(
      [young, filed].map(key => key.split('/').at(-1)).toSorted(),
    )
    await look('dues', 'delete from dues_paper_object where key = $1', [young])
  })
})
