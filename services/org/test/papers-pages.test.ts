import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { convertToPdf, officeProgram, textOfPdf } from '@linghang/devstack'
import { type DocumentModel, renderDocx } from '@linghang/documents'
import { papersOf } from '../src/elections/papers/election-file.ts'
import { fillPaper } from '../src/elections/papers/fill-paper.ts'
import { libraryDocument } from '../src/life/library/library-document.ts'
import { libraryNames } from '../src/life/library/library-text.ts'
import { platformVersion } from '../src/life/library/version.ts'
import { fullElection, openedElection } from './election-files.ts'

// The office program is fetched on first use.
jest.setTimeout(900_000)

const elections = {
  full: fullElection(),
  bare: openedElection({}, ['第一党小组']),
  late: openedElection({ kind: 'LATE', reason: '疫情防控', plannedOn: '2027-06-01' }),
  seat: openedElection({ kind: 'CO_OPTION', seats: 1, termEnd: null, reason: '工作需要' }),
  small: openedElection({ seats: 0, posts: ['SECRETARY'], fullMembers: 5 }),
}
const models: Record<string, DocumentModel> = Object.fromEntries([
  ...Object.entries(elections).flatMap(([kind, file]) =>
    papersOf(file).map(({ name }) => [`${kind}-${name}`, fillPaper(name, file).model]),
  ),
  ['crowd-SIGN_IN_SHEET', fillPaper('SIGN_IN_SHEET', openedElection({ fullMembers: 121 })).model],
  ...libraryNames.map(name => [`library-${name}`, libraryDocument(platformVersion(name), '某区')]),
])

let folder: string
/** The pages of each document as words, blanks left out. */
const pages = new Map<string, string[]>()
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linghang-pages-'))
  const office = await officeProgram()
  const files: string[] = []
  for (const [name, model] of Object.entries(models)) {
    const file = join(folder, `${name}.docx`)
    await writeFile(file, await renderDocx(model))
    files.push(file)
  }
  const pdfs = await convertToPdf(office, { files, outDir: folder, workDir: folder, timeoutMs: 600_000 })
  for (const [i, name] of Object.keys(models).entries()) {
    const text = await textOfPdf(office, pdfs[i] as string)
    pages.set(
      name,
      text
        .split('\f')
        .slice(0, -1)
        .map(page => page.replaceAll(/\s/g, '')),
    )
  }
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('S0-10 papers in a real office program', () => {
  test('S0-10 each opens, with its title, on three pages at the most', () => {
    expect(pages.size).toBeGreaterThan(150)
    for (const [name, found] of pages) {
      if (name.startsWith('crowd')) continue
      const title = models[name]?.title.replaceAll(/\s/g, '') as string
      expect([name, found.length > 0 && found.length <= 3, found[0]?.includes(title)]).toEqual([name, true, true])
    }
  })

  test('S0-10 no page holds a note alone, or a signature', () => {
    for (const [name, found] of pages)
      for (const page of found) {
        const words = page.replaceAll(/—\d+—/g, '')
        expect([name, words.startsWith('注：'), /^中共\S{0,20}年\d*月/.test(words)]).toEqual([name, false, false])
      }
  })

  test('S0-10 ballots are of one page, which bears no number', () => {
    const ballots = [...pages].filter(([name]) => name.endsWith('_BALLOT'))
    expect(ballots.length).toBeGreaterThan(6)
    for (const [name, found] of ballots)
      expect([name, found.length, /—\d+—/.test(found.join())]).toEqual([name, 1, false])
    expect(/—1—/.test(pages.get('full-TALLY_SHEET')?.join() ?? '')).toBe(true)
  })

  test('S0-10 a form of several pages says on each what its columns are', () => {
    const sheet = pages.get('crowd-SIGN_IN_SHEET') ?? []
    expect(sheet.length).toBeGreaterThan(2)
    for (const page of sheet) expect(page).toContain('签名')
    expect(sheet.join()).toContain('121')
  })
})
