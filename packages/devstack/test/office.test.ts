import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { convertToPdf, officeProgram, textOfPdf } from '../src/index.ts'
import { createScratch, rejection } from './scratch.ts'

const scratch = createScratch()
// The packages are fetched on the first use.
jest.setTimeout(900_000)
afterAll(() => scratch.clean())

const kept = { ...process.env }
beforeEach(() => {
  process.env = { ...kept }
})
afterEach(() => {
  process.env = { ...kept }
})

describe('platform an office program on a laptop', () => {
  test('platform Chinese text goes through the office program to pages and back', async () => {
    const folder = await scratch.folder()
    const file = join(folder, '甲.rtf')
    const escaped = [...'党支部会议记录'].map(character => `\\u${character.charCodeAt(0)}?`).join('')
    await writeFile(file, `{\\rtf1\\ansi ${escaped}\\par}`)
    const office = await officeProgram()
    const [pdf] = await convertToPdf(office, { files: [file], outDir: folder, workDir: folder, timeoutMs: 120_000 })
    expect(await textOfPdf(office, pdf as string)).toContain('党支部会议记录')
  })

  test('platform names a document that cannot be opened', async () => {
    const folder = await scratch.folder()
    const file = join(folder, 'none.docx')
    const office = await officeProgram()
    const error = await rejection(
      convertToPdf(office, { files: [file], outDir: folder, workDir: folder, timeoutMs: 120_000 }),
    )
    expect(String(error)).toContain('none.docx')
  })

  test('platform says what to do where there is no office program and no apt-get', async () => {
    process.env.PATH = ''
    process.env.XDG_CACHE_HOME = await scratch.folder()
    expect(await rejection(officeProgram())).toMatchObject({ code: 'PROGRAM_MISSING' })
  })
})
