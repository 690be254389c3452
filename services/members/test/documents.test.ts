import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Actor } from '@linghang/access'
import { convertToPdf, officeProgram, textOfPdf } from '@linghang/devstack'
import { renderDocx } from '@linghang/documents'
import { codesOf, dataOf, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import type { DevelopmentTemplate } from '@linghang/harness/generated/members'
import { readZip } from '@linghang/harness/read-zip'
import { developmentTemplates } from '@linghang/rulebook'
import { toApiTemplate } from '../src/development/forms/api-names.ts'
import { fillTemplate } from '../src/development/forms/fill-template.ts'
import { templateOf } from '../src/development/forms/templates/all-templates.ts'
import { bareCase, fullCase } from './case-files.ts'
import { actorFor, type Desk, fetchFile, fileMaterial, seedCase } from './material-desk.ts'
import { samples } from './sample-files.ts'

// The office program is fetched on first use.
jest.setTimeout(900_000)

let county: County
let kase: { caseId: string; memberId: string }
let keeper: Actor
let stranger: Actor
let person: Actor
let desk: Desk
let secret: string
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linghang-documents-'))
  county = await createCounty()
  const tree = await seedTwoCommittees(county)
  kase = await seedCase(county, tree.a1.code)
  keeper = await seedActor(county, 'SECRETARY', tree.a1.id)
  stranger = await seedActor(county, 'SECRETARY', tree.b1.id)
  person = await actorFor(county, tree.a1.id, kase.memberId)
  desk = { ask: county.world.ask.members, url: county.world.urls.members }
  const review = {
    ...({ step: 'POLITICAL_REVIEW', template: 'POLITICAL_REVIEW_CONCLUSION' } as const),
    fileName: '政审结论.docx',
  }
  secret = await fileMaterial(desk, keeper, kase.caseId, await samples.docx(), review)
  await fileMaterial(desk, keeper, kase.caseId, await samples.pdf())
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const caseId = () => `DevelopmentCase:${kase.caseId}`
const dossierLink = (actor: Actor) =>
  desk.ask(actor, 'query ($id: ID!) { dossierLink(caseId: $id) { url } }', { id: caseId() })
const documentLink = (actor: Actor, template: DevelopmentTemplate) =>
  desk.ask(
    actor,
    'query ($id: ID!, $template: DevelopmentTemplate!) { documentLink(caseId: $id, template: $template) { url } }',
    { id: caseId(), template },
  )
const dossierOf = async (actor: Actor) => {
  const got = await fetchFile(desk, actor, dataOf(await dossierLink(actor)).dossierLink.url)
  expect(got.status).toBe(200)
  expect(got.headers.get('content-type')).toBe('application/zip')
  return readZip(got.bytes)
}

describe('S0-13 documents made from a case', () => {
  test('S0-13 a document comes filled with what the case knows', async () => {
    const [{ name }] = await look('members', 'select name from member where id = $1', [kase.memberId])
    const { url } = dataOf(await documentLink(keeper, 'APPLICATION_RECEIPT')).documentLink
    const got = await fetchFile(desk, keeper, url)
    expect(got.status).toBe(200)
    const text = readZip(got.bytes)
      .find(entry => entry.name === 'word/document.xml')
      ?.data.toString('utf8')
    expect(text).toContain(name)
    expect(text).toContain('2026年11月2日')
    expect(decodeURIComponent(got.headers.get('content-disposition') ?? '')).toContain('入党申请书接收回执.docx')
  })

  test('S0-13 each of the 36 can be made for whoever keeps the case', async () => {
    for (const template of developmentTemplates) {
      const { url } = dataOf(await documentLink(keeper, toApiTemplate(template) as DevelopmentTemplate)).documentLink
      const got = await fetchFile(desk, keeper, url)
      expect([template, got.status]).toEqual([template, 200])
    }
  })

  test('S0-13 the person gets what they write themselves, strangers nothing', async () => {
    expect(codesOf(await documentLink(person, 'APPLICATION_LETTER'))).toEqual([])
    expect(codesOf(await documentLink(person, 'POLITICAL_REVIEW_INQUIRY'))).toEqual(['NOT_FOUND'])
    expect(codesOf(await documentLink(person, 'CANDIDATE_COMMITTEE_MINUTES'))).toEqual(['NOT_FOUND'])
    expect(codesOf(await documentLink(stranger, 'APPLICATION_LETTER'))).toEqual(['NOT_FOUND'])
    expect(codesOf(await dossierLink(stranger))).toEqual(['NOT_FOUND'])
    const { url } = dataOf(await documentLink(keeper, 'POLITICAL_REVIEW_INQUIRY')).documentLink
    expect((await fetchFile(desk, person, url)).code).toBe('LINK_REFUSED')
  })

  test('S0-13 the dossier is one archive with an index, papers in the order of the steps', async () => {
    const readings = () =>
      look('members', `select 1 from audit_entry where action = 'material.read' and subject_id = $1`, [uuidOf(secret)])
    const before = (await readings()).length
    const entries = await dossierOf(keeper)
    expect((await readings()).length).toBe(before + 1)
    const names = entries.map(({ name }) => name)
    expect(names.slice(0, 2)).toEqual(['index.docx', 'index.csv'])
    expect(names.slice(2)).toEqual(names.slice(2).toSorted())
    const csv = entries[1]?.data.toString('utf8') ?? ''
    expect(csv.startsWith('\uFEFF')).toBe(true)
    for (const name of names.slice(2)) expect(csv).toContain(name)
    const letter = entries.find(({ name }) => name.endsWith('申请书.pdf'))
    expect(Buffer.compare(letter?.data ?? Buffer.alloc(0), await samples.pdf())).toBe(0)
    expect(names.some(name => name.includes('政审结论'))).toBe(true)
  })

  test('S0-13 the person’s own dossier has nothing confidential, and reading it is no reading of it', async () => {
    const entries = await dossierOf(person)
    expect(entries.map(({ name }) => name).join()).not.toContain('政审')
    expect(entries[1]?.data.toString('utf8')).not.toContain('政审')
    expect(entries.some(({ name }) => name.endsWith('申请书.pdf'))).toBe(true)
  })
})

describe('S0-10 documents in a real office program', () => {
  test('S0-10 all 36, full and bare, and a whole dossier open in LibreOffice, each page with its title', async () => {
    const titles = new Map<string, string>()
    for (const name of developmentTemplates) {
      for (const [kind, file] of [
        ['full', fullCase()],
        ['bare', bareCase()],
      ] as const) {
        const path = join(folder, `${kind}-${name}.docx`)
        await writeFile(path, await renderDocx(fillTemplate(name, file)))
        titles.set(path, templateOf(name).title)
      }
    }
    for (const [i, { name, data }] of (await dossierOf(keeper)).entries()) {
      if (!/index\.docx|待签/.test(name)) continue
      const path = join(folder, `dossier-${i}.docx`)
      await writeFile(path, data)
      titles.set(
        path,
        name === 'index.docx' ? templateOf('dossier-index').title : (/-(.*)（待签）/.exec(name)?.[1] ?? ''),
      )
    }
    expect(titles.size).toBeGreaterThan(73)
    const office = await officeProgram()
    const files = [...titles.keys()]
    const pdfs = await convertToPdf(office, { files, outDir: folder, workDir: folder, timeoutMs: 300_000 })
    for (const [i, pdf] of pdfs.entries()) {
      const text = await textOfPdf(office, pdf)
      const pages = text.split('\f').length - 1
      expect(pages).toBeGreaterThan(0)
      // A form of many pages would be one whose rows do not fit.
      expect(pages).toBeLessThanOrEqual(3)
      expect(text.replaceAll(/\s/g, '')).toContain(titles.get(files[i] as string))
    }
  })
})
