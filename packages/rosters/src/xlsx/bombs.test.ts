import { buffer } from 'node:stream/consumers'
import { describe, expect, test } from '@jest/globals'
import { ZipFile } from 'yazl'
import type { TableLimits } from '../limits.ts'
import { readTable } from '../read-table.ts'

const MiB = 1024 * 1024
const columns = [
  { key: 'name', header: '姓名', required: true },
  { key: 'id', header: '身份证号', required: true },
] as const

const sheet = (rows: string) => `<worksheet><sheetData>${rows}</sheetData></worksheet>`
const heading =
  '<row r="1"><c t="inlineStr"><is><t>姓名</t></is></c><c t="inlineStr"><is><t>身份证号</t></is></c></row>'
const parts: Record<string, string> = {
  'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="a" r:id="r1"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
  'xl/worksheets/sheet1.xml': sheet(heading),
}

/** A workbook of these parts: kilobytes as they are sent, megabytes once they are unpacked. */
async function workbook(changes: Record<string, string>): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, text] of Object.entries({ ...parts, ...changes })) zip.addBuffer(Buffer.from(text), name)
  zip.end()
  return buffer(zip.outputStream)
}

async function read(file: Buffer, limits: Partial<TableLimits> = {}): Promise<string> {
  async function* stream() {
    yield file
  }
  try {
    const { rows } = await readTable(stream(), { columns, limits })
    for await (const _ of rows);
    return 'read'
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  }
}

const of = (piece: string, mebibytes: number) => piece.repeat(Math.ceil((mebibytes * MiB) / piece.length))
/** What a reader may hold beside the file, whatever is in it. */
const heldAtMost = 400 * MiB

describe('platform a workbook of kilobytes that unpacks to anything', () => {
  test.each<[string, () => Record<string, string>]>([
    ['levels without end', () => ({ 'xl/worksheets/sheet1.xml': `<worksheet>${of('<a>', 20)}` })],
    ['65 levels', () => ({ 'xl/worksheets/sheet1.xml': `${'<a>'.repeat(65)}${'</a>'.repeat(65)}` })],
    [
      'formats without end',
      () => ({ 'xl/styles.xml': `<styleSheet><cellXfs>${of('<xf numFmtId="14"/>', 20)}</cellXfs></styleSheet>` }),
    ],
    [
      'number formats without end',
      () => ({
        'xl/styles.xml': `<styleSheet>${Array.from({ length: 70_000 }, (_, n) => `<numFmt numFmtId="${n}" formatCode="0"/>`).join('')}</styleSheet>`,
      }),
    ],
    [
      'sheets without end',
      () => ({ 'xl/workbook.xml': `<workbook><sheets>${of('<sheet r:id="r1"/>', 20)}</sheets></workbook>` }),
    ],
    ['rows without a cell', () => ({ 'xl/worksheets/sheet1.xml': sheet(heading + of('<row/>', 20)) })],
    ['a text without end', () => ({ 'xl/worksheets/sheet1.xml': sheet(`<row><c><v>${of('1', 20)}</v></c></row>`) })],
    ['a comment without end', () => ({ 'xl/worksheets/sheet1.xml': `<worksheet><!--${of('x', 20)}` })],
    ['an attribute without end', () => ({ 'xl/worksheets/sheet1.xml': `<worksheet a="${of('x', 20)}"/>` })],
    [
      'attributes without end',
      () => ({
        'xl/worksheets/sheet1.xml': `<worksheet ${Array.from({ length: 65 }, (_, n) => `a${n}="1"`).join(' ')}/>`,
      }),
    ],
    [
      'a document type',
      () => ({ 'xl/worksheets/sheet1.xml': `<!DOCTYPE a [<!ENTITY b "${'x'.repeat(100)}">]><worksheet/>` }),
    ],
    ['parts without end', () => Object.fromEntries(Array.from({ length: 2_001 }, (_, n) => [`xl/x${n}.xml`, '<a/>']))],
  ])('platform %s is refused in bounded memory', async (_, changes) => {
    const file = await workbook(changes())
    global.gc?.()
    // Of all threads of the process.
    const before = process.memoryUsage.rss()
    let most = 0
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage.rss() - before)
    }, 5)
    const answer = await read(file)
    clearInterval(watch)
    expect(answer).toBe('BROKEN_XLSX')
    expect(most).toBeLessThan(heldAtMost)
  })

  test('platform one that takes more memory than its reader has ends its reader, and nothing else', async () => {
    const merged = Array.from({ length: 90_000 }, (_, n) => `<mergeCell ref="A${n * 2 + 2}:A${n * 2 + 3}"/>`).join('')
    const file = await workbook({
      'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${heading}<row r="2"><c t="inlineStr"><is><t>王伟</t></is></c></row></sheetData><mergeCells>${merged}</mergeCells></worksheet>`,
    })
    expect(await read(file)).toBe('read')
    expect(await read(file, { threadMiB: 12 })).toBe('BROKEN_XLSX')
    expect(await read(await workbook({}))).toBe('read')
  })

  test.each([
    [100_000, 'read'],
    [100_001, 'BROKEN_XLSX'],
  ])('platform with %p merged cells: %s', async (count, wanted) => {
    const merged = '<mergeCell ref="A2:A2"/>'.repeat(count)
    expect(
      await read(
        await workbook({
          'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${heading}<row r="2"><c t="inlineStr"><is><t>王伟</t></is></c></row></sheetData><mergeCells>${merged}</mergeCells></worksheet>`,
        }),
      ),
    ).toBe(wanted)
  })

  test('platform what is as deep and as wide as a sheet is read', async () => {
    expect(await read(await workbook({}))).toBe('read')
    expect(await read(await workbook({ 'xl/worksheets/sheet1.xml': sheet(heading + of('<row/>', 1)) }))).toBe('read')
    expect(
      await read(
        await workbook({ 'xl/worksheets/sheet1.xml': `${'<a>'.repeat(58)}${sheet(heading)}${'</a>'.repeat(58)}` }),
      ),
    ).toBe('read')
  })
})
