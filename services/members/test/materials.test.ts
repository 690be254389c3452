import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { request as rawRequest } from 'node:http'
import { join } from 'node:path'
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Actor } from '@linghang/access'
import { type ObjectStoreServer, startObjectStore } from '@linghang/devstack'
import { codesOf, dataOf, tokenOf, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import type { CreateMaterialInput } from '@linghang/harness/generated/members'
import { sendThenRead } from '@linghang/harness/send-then-read'
import { type StartedService, startService } from '@linghang/harness/start-service'
import { surroundings } from '@linghang/harness/surroundings'
import { until } from '@linghang/harness/until'
import { createLinks } from '@linghang/papers'
import { actorFor, beginMaterial, type Desk, fetchFile, fileMaterial, linkOf, seedCase } from './material-desk.ts'
import { pdfOfSize, samples } from './sample-files.ts'

jest.setTimeout(300_000)

const mebibyte = 1024 * 1024
const bucket = 'papers'

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let kase: { caseId: string; memberId: string }
let keeper: Actor
let overseer: Actor
let stranger: Actor
let person: Actor
let objects: ObjectStoreServer
let s3: S3Client
const own: StartedService[] = []
const desks = {} as Record<'folder' | 'bucket', Desk>

beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  kase = await seedCase(county, tree.a1.code)
  keeper = await seedActor(county, 'SECRETARY', tree.a1.id)
  overseer = await seedActor(county, 'LEADER', tree.a.id)
  stranger = await seedActor(county, 'SECRETARY', tree.b1.id)
  person = await actorFor(county, tree.a1.id, kase.memberId)
  objects = await startObjectStore({ stateDir: join(surroundings().stateDir, 'objects'), report: () => undefined })
  const { endpoint, accessKeyId, secretAccessKey } = objects
  const credentials = { accessKeyId, secretAccessKey }
  s3 = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials })
  await s3.send(new CreateBucketCommand({ Bucket: bucket }))
  const service = await startService('members', {
    env: {
      MATERIALS_STORE: `s3://${bucket}?endpoint=${encodeURIComponent(endpoint)}`,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
    },
  })
  own.push(service)
  desks.folder = { ask: county.world.ask.members, url: county.world.urls.members }
  desks.bucket = { ask: service.query, url: service.url }
})
afterAll(async () => {
  await Promise.all(own.map(service => service.stop()))
  s3?.destroy()
  await objects?.stop()
})

const materialRow = async (id: string) =>
  (await look('members', 'select * from material where id = $1', [uuidOf(id)]))[0]
const openObjects = (id: string) =>
  look('members', 'select key from material_object where material_id = $1', [uuidOf(id)])
const folder = () => join(surroundings().stateDir, 'materials')
/** The keys of this county's papers: the folder holds those of every test that runs beside this one. */
const storedIn: Record<'folder' | 'bucket', () => Promise<string[]>> = {
  folder: async () =>
    existsSync(folder())
      ? readdirSync(folder(), { recursive: true, withFileTypes: true })
          .filter(entry => entry.isFile())
          .map(entry => join(entry.parentPath, entry.name).slice(folder().length + 1))
          .filter(key => key.startsWith(`${county.id}/`))
      : [],
  bucket: async () =>
    ((await s3.send(new ListObjectsV2Command({ Bucket: bucket }))).Contents ?? []).map(({ Key }) => Key as string),
}

describe.each(['folder', 'bucket'] as const)('S0-13 papers in a %s', where => {
  test('S0-13 a paper goes in, is sealed, is a fact of the case, and comes back as it was', async () => {
    const desk = desks[where]
    const file = Buffer.concat([await samples.pdf(), randomBytes(2_500_000)])
    const id = await fileMaterial(desk, keeper, kase.caseId, file)
    const row = await materialRow(id)
    expect(row).toMatchObject({ state: 'FILED', media_type: 'application/pdf', bytes: String(file.length) })
    const sha256 = createHash('sha256').update(file).digest('hex')
    expect(row.sha256.toString('hex')).toBe(sha256)
    expect(await openObjects(id)).toEqual([])
    expect(await storedIn[where]()).toContain(row.object_key)
    if (where === 'folder') expect(readFileSync(join(folder(), row.object_key)).includes('%PDF')).toBe(false)
    const facts = await look(
      'members',
      `select data from development_fact where case_id = $1 and type = 'MATERIAL_FILED'`,
      [kase.caseId],
    )
    expect(JSON.stringify(facts)).toContain(sha256)

    const { materialLink } = dataOf(await linkOf(desk, keeper, id))
    const got = await fetchFile(desk, keeper, materialLink.url)
    expect(got.status).toBe(200)
    expect(Buffer.compare(got.bytes, file)).toBe(0)
    expect(Object.fromEntries(got.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="file.pdf"; filename*=UTF-8''${encodeURIComponent('申请书.pdf')}`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-store',
      'content-length': String(file.length),
    })
  })

  test('S0-13 takes 20 MiB and not a byte more', async () => {
    const desk = desks[where]
    const id = await fileMaterial(desk, keeper, kase.caseId, pdfOfSize(20 * mebibyte))
    expect((await materialRow(id)).bytes).toBe(String(20 * mebibyte))
    const { createMaterial } = dataOf(await beginMaterial(desk, keeper, kase.caseId))
    const refused = await fetchFile(desk, keeper, createMaterial.putTo, pdfOfSize(20 * mebibyte + 1))
    expect([refused.status, refused.code]).toEqual([413, 'MATERIAL_TOO_LARGE'])
    expect(JSON.parse(Buffer.from(refused.bytes).toString()).params).toEqual({
      found: 20 * mebibyte + 1,
      limit: 20 * mebibyte,
    })
  })

  test('S0-13 who still sends a file that is refused reads why, before anything of it is kept', async () => {
    const desk = desks[where]
    const before = await storedIn[where]()
    const { createMaterial } = dataOf(await beginMaterial(desk, keeper, kase.caseId))
    const headers = { authorization: `Bearer ${await tokenOf(keeper)}` }
    for (const [bytes, chunked, status, code] of [
      [64 * mebibyte, false, 413, 'MATERIAL_TOO_LARGE'],
      [64 * mebibyte, true, 411, 'MATERIAL_LENGTH_UNKNOWN'],
    ] as const) {
      const said = await sendThenRead(desk.url, createMaterial.putTo, bytes, { headers, chunked })
      const { code: found, messages } = JSON.parse(said.body)
      expect([said.status, found]).toEqual([status, code])
      if (code === 'MATERIAL_TOO_LARGE')
        for (const text of Object.values(messages)) expect(text).toContain(String(20 * mebibyte))
    }
    expect(await storedIn[where]()).toEqual(before)
  })

  test('S0-13 what is not what its name says leaves nothing behind', async () => {
    const desk = desks[where]
    const before = await storedIn[where]()
    for (const [fileName, file, found] of [
      ['申请书.pdf', await samples.png(), 'png'],
      ['申请书.jpg', await samples.pdf(), 'pdf'],
      ['申请书.docx', await samples.zip(), 'zip'],
      ['申请书.docx', await samples.docm(), 'docm'],
      ['申请书.xlsx', await samples.docx(), 'docx'],
      ['申请书.pdf', await samples.html(), '?'],
      ['申请书.png', await samples.exe(), 'exe'],
    ] as const) {
      const { createMaterial } = dataOf(await beginMaterial(desk, keeper, kase.caseId, { fileName }))
      const refused = await fetchFile(desk, keeper, createMaterial.putTo, file)
      expect([refused.status, refused.code]).toEqual([415, 'MATERIAL_CONTENT'])
      const answer = JSON.parse(Buffer.from(refused.bytes).toString())
      expect(answer.params).toMatchObject({ found, named: fileName.slice(3), wanted: 'pdf, jpg, png, docx, xlsx' })
      expect(Object.keys(answer.messages)).toEqual(['zh-CN', 'en'])
      expect(await materialRow(createMaterial.material.id)).toMatchObject({ state: 'UPLOADING', object_key: null })
      expect(await openObjects(createMaterial.material.id)).toEqual([])
    }
    expect(await storedIn[where]()).toEqual(before)
    for (const name of ['lateDocx', 'docx'] as const)
      await fileMaterial(desk, keeper, kase.caseId, await samples[name](), { fileName: '申请书.docx' })
  })

  test('S0-13 an upload that breaks off files nothing, and the next one does', async () => {
    const desk = desks[where]
    const before = await storedIn[where]()
    const { createMaterial } = dataOf(await beginMaterial(desk, keeper, kase.caseId))
    const file = Buffer.concat([await samples.pdf(), randomBytes(5 * mebibyte)])
    const { id } = createMaterial.material
    const received = until(async () => (await openObjects(id)).length === 1, 20_000)
    await breakOff(desk, createMaterial.putTo, file, received)
    const left = async () => (await storedIn[where]()).filter(key => !before.includes(key) && !key.endsWith('.part'))
    // A folder has nothing of it. A bucket may make something of it later than it was told to remove it: what it then has is
    // known still, and is swept.
    if (where === 'folder') await until(async () => (await left()).length === 0, 20_000)
    const known = (await openObjects(id)).map(({ key }) => key)
    expect([known.length, (await left()).filter(key => !known.includes(key))]).toEqual([1, []])
    expect(await materialRow(createMaterial.material.id)).toMatchObject({ state: 'UPLOADING', object_key: null })
    expect((await fetchFile(desk, keeper, createMaterial.putTo, file)).status).toBe(200)
    expect(await materialRow(createMaterial.material.id)).toMatchObject({ state: 'FILED' })
  })

  test('S0-13 a service killed in the middle leaves an orphan, which the next one sweeps', async () => {
    const desk = desks[where]
    const before = await storedIn[where]()
    const doomed = await startService('members', { env: where === 'bucket' ? environmentOfBucket() : {} })
    own.push(doomed)
    const killed = { ask: doomed.query, url: doomed.url }
    const { createMaterial } = dataOf(await beginMaterial(desk, keeper, kase.caseId))
    const id = createMaterial.material.id as string
    const begun = breakOff(killed, createMaterial.putTo, Buffer.alloc(6 * mebibyte, '%PDF-1.7 '), null)
    await until(async () => (await openObjects(id)).length === 1, 20_000)
    doomed.server.kill('SIGKILL')
    await doomed.server.exited
    await begun
    expect(await materialRow(id)).toMatchObject({ state: 'UPLOADING', object_key: null })
    expect(await openObjects(id)).toHaveLength(1)
    // Nobody sweeps what may still be on its way: it has to be an hour old.
    await look(
      'members',
      `update material_object set begun_at = begun_at - interval '61 minutes' where material_id = $1`,
      [uuidOf(id)],
    )
    const next = await startService('members', { env: where === 'bucket' ? environmentOfBucket() : {} })
    try {
      await until(async () => (await openObjects(id)).length === 0, 20_000)
    } finally {
      await next.stop()
    }
    expect((await storedIn[where]()).filter(key => !key.endsWith('.part'))).toEqual(before)
  })
})

const environmentOfBucket = () => ({
  MATERIALS_STORE: `s3://${bucket}?endpoint=${encodeURIComponent(objects.endpoint)}`,
  AWS_ACCESS_KEY_ID: objects.accessKeyId,
  AWS_SECRET_ACCESS_KEY: objects.secretAccessKey,
})

/** Sends half of a file; hangs up once `received` has come true, or waits until the other side does. */
async function breakOff(desk: Desk, path: string, file: Uint8Array, received: Promise<unknown> | null): Promise<void> {
  const token = await tokenOf(keeper)
  const sending = rawRequest(`${desk.url}${path}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-length': file.length },
  })
  const closed = new Promise<void>(resolve => sending.once('close', () => resolve()))
  sending.on('error', () => undefined)
  sending.write(file.subarray(0, file.length / 2))
  if (received) {
    await received
    sending.destroy()
  }
  await closed
}

describe('S0-13 who may see papers, and how many there may be', () => {
  let open: string
  let secret: string
  beforeAll(async () => {
    open = await fileMaterial(desks.folder, keeper, kase.caseId, await samples.pdf())
    secret = await fileMaterial(desks.folder, keeper, kase.caseId, await samples.pdf(), {
      step: 'POLITICAL_REVIEW',
      template: 'POLITICAL_REVIEW_CONCLUSION',
    })
  })
  const listOf = async (actor: Actor, desk = desks.folder) =>
    dataOf(
      await desk.ask(
        actor,
        `query ($id: ID!) { developmentCase(id: $id) { materials { id title confidential } documents { template fields } } }`,
        { id: `DevelopmentCase:${kase.caseId}` },
      ),
    ).developmentCase
  const readings = async () =>
    look('members', `select account_id from audit_entry where action = 'material.read' and subject_id = $1`, [
      uuidOf(secret),
    ])

  test('S0-13 keeper and committee see all, the person all but the confidential, others nothing', async () => {
    for (const actor of [keeper, overseer]) {
      const ids = (await listOf(actor)).materials.map(({ id }: { id: string }) => id)
      expect(ids).toEqual(expect.arrayContaining([open, secret]))
      expect((await listOf(actor)).documents).toHaveLength(36)
    }
    const own = await listOf(person)
    const ids = own.materials.map(({ id }: { id: string }) => id)
    expect(ids).toContain(open)
    expect(ids).not.toContain(secret)
    expect(own.documents.map(({ template }: { template: string }) => template)).toContain('APPLICATION_LETTER')
    expect(own.documents.map(({ template }: { template: string }) => template)).not.toContain(
      'POLITICAL_REVIEW_INQUIRY',
    )
    expect(await listOf(stranger)).toBeNull()
    expect(codesOf(await linkOf(desks.folder, person, secret))).toEqual(['NOT_FOUND'])
    expect(codesOf(await linkOf(desks.folder, stranger, open))).toEqual(['NOT_FOUND'])
    expect(codesOf(await linkOf(desks.folder, person, open))).toEqual([])
  })

  test('S0-13 row-level security alone shows no stranger a paper, and the person nothing confidential', async () => {
    const agreeing = await startService('members', { supervision: 'AGREES' })
    const desk = { ask: agreeing.query, url: agreeing.url }
    try {
      for (const [actor, id] of [
        [stranger, open],
        [stranger, secret],
        [person, secret],
      ] as const)
        expect(codesOf(await linkOf(desk, actor, id))).toEqual(['NOT_FOUND'])
      expect(codesOf(await linkOf(desk, keeper, secret))).toEqual([])
    } finally {
      await agreeing.stop()
    }
  })

  test('S0-13 only whoever keeps the case adds papers', async () => {
    expect(codesOf(await beginMaterial(desks.folder, overseer, kase.caseId))).toEqual(['NOT_THE_OFFICE'])
    expect(codesOf(await beginMaterial(desks.folder, person, kase.caseId))).toEqual(['OWN_CASE'])
    expect(codesOf(await beginMaterial(desks.folder, stranger, kase.caseId))).toEqual(['NOT_FOUND'])
    const { createMaterial } = dataOf(await beginMaterial(desks.folder, keeper, kase.caseId))
    const put = await fetchFile(desks.folder, overseer, createMaterial.putTo, await samples.pdf())
    expect([put.status, put.code]).toEqual([403, 'NOT_THE_OFFICE'])
  })

  test('S0-13 a link is for one account and five minutes, and every reading of a confidential paper is recorded', async () => {
    const { url } = dataOf(await linkOf(desks.folder, overseer, secret)).materialLink
    const before = await readings()
    const others = await fetchFile(desks.folder, keeper, url)
    expect([others.status, others.code]).toEqual([403, 'LINK_REFUSED'])
    const path = `/files/materials/${uuidOf(secret)}`
    const links = createLinks(() => [surroundings().cursorKey])
    const old = await fetchFile(desks.folder, overseer, links.sign(path, overseer, new Date(Date.now() - 301_000)).url)
    expect([old.status, old.code]).toEqual([410, 'LINK_EXPIRED'])
    expect(await readings()).toEqual(before)
    expect((await fetchFile(desks.folder, overseer, url)).status).toBe(200)
    expect((await readings()).slice(before.length)).toEqual([{ account_id: overseer.accountId }])
    // A link outlives the right to see for no moment: the right is asked for again.
    const forged = links.sign(path, person, new Date()).url
    expect((await fetchFile(desks.folder, person, forged)).code).toBe('NOT_FOUND')
  })

  test('S0-13 a paper that is replaced stays, and is replaced once', async () => {
    const id = await fileMaterial(desks.folder, keeper, kase.caseId, await samples.pdf(), { replacesId: open })
    expect(await materialRow(open)).toMatchObject({ state: 'REPLACED' })
    const again = await beginMaterial(desks.folder, keeper, kase.caseId, { replacesId: open })
    expect(codesOf(again)).toEqual(['MATERIAL_NOT_REPLACEABLE'])
    const put = await fetchFile(desks.folder, keeper, `/files/materials/${uuidOf(id)}`, await samples.pdf())
    expect([put.status, put.code]).toEqual([409, 'MATERIAL_FILED_ALREADY'])
    expect(codesOf(await linkOf(desks.folder, keeper, open))).toEqual([])
    await expect(
      look('members', `update material set file_name = 'x.pdf' where id = $1`, [uuidOf(open)]),
    ).rejects.toThrow()
    await expect(look('members', 'delete from material where id = $1', [uuidOf(open)])).rejects.toThrow()
  })

  test.each<[Partial<CreateMaterialInput>, string]>([
    [{ fileName: '申请书.html' }, 'MATERIAL_TYPE'],
    [{ fileName: '申请书.doc' }, 'MATERIAL_TYPE'],
    [{ fileName: '申请书' }, 'MATERIAL_NAME'],
    [{ fileName: `${'长'.repeat(117)}.pdf` }, 'MATERIAL_NAME'],
    [{ step: 'OATH' }, 'MATERIAL_NOT_FOR_STEP'],
    [{ filedOn: '2999-01-01' }, 'DATE_IN_FUTURE'],
  ])('S0-13 refuses %j with %s', async (changes, code) => {
    expect(codesOf(await beginMaterial(desks.folder, keeper, kase.caseId, changes))).toEqual([code])
  })

  test('S0-13 takes a name of 120 characters, and a request that states its length and is not empty', async () => {
    const named = await beginMaterial(desks.folder, keeper, kase.caseId, { fileName: `${'长'.repeat(116)}.pdf` })
    const { putTo } = dataOf(named).createMaterial
    const unsaid = new Blob([(await samples.pdf()) as Uint8Array<ArrayBuffer>]).stream()
    expect((await fetchFile(desks.folder, keeper, putTo, unsaid)).code).toBe('MATERIAL_LENGTH_UNKNOWN')
    expect((await fetchFile(desks.folder, keeper, putTo, new Uint8Array())).code).toBe('MATERIAL_EMPTY')
  })

  test('S0-13 takes 50 papers a step and 400 a case, and not one more', async () => {
    const other = await seedCase(county, tree.a1.code)
    const fill = (step: string, n: number) =>
      look(
        'members',
        `insert into material (id, county_id, org_id, case_id, step, template, confidential, file_name, state, filed_on, created_at)
         select uuidv7(), county_id, org_id, id, $2, 'thought-report', false, 'a.pdf', 'UPLOADING', '2026-01-01', now()
         from development_case, generate_series(1, $3::int) where id = $1`,
        [other.caseId, step, n],
      )
    await fill('APPLICATION', 49)
    expect(codesOf(await beginMaterial(desks.folder, keeper, other.caseId))).toEqual([])
    const ofStep = await beginMaterial(desks.folder, keeper, other.caseId)
    expect(ofStep.errors[0]?.extensions).toMatchObject({ code: 'TOO_MANY_MATERIALS', params: { found: 50, limit: 50 } })
    await fill('OBSERVATION', 349)
    const letter = { step: 'OATH', template: 'OATH_CEREMONY' } as const
    expect(codesOf(await beginMaterial(desks.folder, keeper, other.caseId, letter))).toEqual([])
    const ofCase = await beginMaterial(desks.folder, keeper, other.caseId, letter)
    expect(ofCase.errors[0]?.extensions).toMatchObject({
      code: 'TOO_MANY_MATERIALS',
      params: { found: 400, limit: 400 },
    })
  })
})
