import { inflateRawSync } from 'node:zlib'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Actor } from '@linghang/access'
import { codesOf, dataOf, tokenOf } from '@linghang/harness/ask'
import { actorOf, seedAccount, seedActor } from '@linghang/harness/county'
import { begin, createFixing, fixingAt, type Made, year } from './fixing-desk.ts'

jest.setTimeout(120_000)

let made: Made
let lines: Map<string, { id: string; version: number }>
let secretary: Actor
beforeAll(async () => {
  made = await createFixing()
  dataOf(await begin(made, made.tree.root.id))
  secretary = await seedActor(made.county, 'SECRETARY', made.tree.a1.id)
  const fixing = await fixingAt(made, made.tree.root.id)
  lines = new Map(
    fixing?.lines.nodes.map(line => [[...made.ids].find(([, id]) => id === line.member?.id)?.[0] as string, line]),
  )
})

const idOf = (name: string) => lines.get(name)?.id as string
const link = (name: string, by: Actor) =>
  made.county.world.askUntyped.dues(by, 'query ($id: ID!) { duesFixingSheetLink(lineId: $id) { url } }', {
    id: idOf(name),
  })
/** The text of a .docx, out of its archive. */
function documentXml(zip: Buffer): string {
  let at = zip.readUInt32LE(zip.lastIndexOf('PK\x05\x06', undefined, 'latin1') + 16)
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const [nameLength, local] = [zip.readUInt16LE(at + 28), zip.readUInt32LE(at + 42)]
    if (zip.toString('utf8', at + 46, at + 46 + nameLength) === 'word/document.xml') {
      const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
      const bytes = zip.subarray(start, start + zip.readUInt32LE(at + 20))
      return (zip.readUInt16LE(at + 10) === 0 ? bytes : inflateRawSync(bytes)).toString('utf8')
    }
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return ''
}
async function fetched(url: string, by: Actor) {
  const response = await fetch(`${made.county.world.urls.dues}${url}`, {
    headers: { authorization: `Bearer ${await tokenOf(by)}` },
    signal: AbortSignal.timeout(30_000),
  })
  const bytes = Buffer.from(await response.arrayBuffer())
  return {
    status: response.status,
    name: decodeURIComponent(response.headers.get('content-disposition') ?? ''),
    text: () => documentXml(bytes),
  }
}
const sheetOf = async (name: string, by: Actor) => fetched(dataOf(await link(name, by)).duesFixingSheetLink.url, by)

describe('S3-5 the sheet of the yearly fixing that is signed on paper', () => {
  test('S3-5 says base, sum and how it was worked out, by article, to whoever keeps the branch and to the member', async () => {
    const { subject } = await seedAccount(made.county, {
      keptBy: made.tree.a1.id,
      memberId: made.ids.get('郑月') as string,
    })
    for (const by of [secretary, await actorOf(made.county.world, subject)]) {
      const sheet = await sheetOf('郑月', by)
      expect([sheet.status, sheet.name]).toEqual([200, expect.stringContaining(`${year}年党费核定表.docx`)])
      const text = sheet.text()
      for (const words of ['5000.01', '75.00', '1.5%', '甲一社区党支部', '签名', `第${lines.get('郑月')?.version}版`])
        expect(text).toContain(words)
      // Names stand in the register of members: who signs writes it.
      expect(text).not.toContain('郑月')
    }
  })

  test('S3-5 to accountant and cashier says base and sum, and not what the member receives', async () => {
    const text = (await sheetOf('郑月', await seedActor(made.county, 'CASHIER', made.tree.a1.id))).text()
    expect(text).toContain('5000.01')
    expect(text).not.toContain('计算说明')
  })

  test('S3-5 is not there while something is missing, for nobody of another branch, and by a link of somebody else', async () => {
    expect(codesOf(await link('孙缺', secretary))).toEqual(['SHEET_NOT_COMPLETE'])
    const other = await seedActor(made.county, 'SECRETARY', made.tree.b1.id)
    expect(codesOf(await link('郑月', other))).toEqual(['NOT_FOUND'])
    const { url } = dataOf(await link('郑月', secretary)).duesFixingSheetLink
    expect((await fetched(url, other)).status).toBe(403)
    expect((await fetched(url.replace(/\?.*/, ''), secretary)).status).toBe(403)
  })
})
