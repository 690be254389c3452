import { PassThrough } from 'node:stream'
import { describe, expect, test } from '@jest/globals'
import ExcelJS from 'exceljs'
import type { Column } from './columns.ts'
import type { TableLimits } from './limits.ts'
import { readTable } from './read-table.ts'

type Key = 'name' | 'id' | 'base'
const columns: Column<Key>[] = [
  { key: 'name', header: '姓名', required: true },
  { key: 'id', header: '公民身份号码', synonyms: ['身份证号'], required: true, holds: 'ID_NUMBER' },
  { key: 'base', header: '党费计算基数（元/月）' },
]

/** The bytes in pieces of one: the worst a network can do to multi-byte characters and line ends. */
async function* byteByByte(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at++) yield bytes.subarray(at, at + 1)
}

async function* whole(...chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks
}

async function read(stream: AsyncIterable<Uint8Array>, limits?: Partial<TableLimits>) {
  const table = await readTable(stream, { columns, limits })
  const rows = []
  for await (const row of table.rows) rows.push(row)
  return { ...table, rows, codes: table.findings.map(finding => finding.code) }
}

const utf8 = (text: string) => new TextEncoder().encode(text)
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'read',
    error => [error.code, error.line],
  )

/** 姓名,身份证号⏎王伟,1⏎ in GB18030, written out because no encoder for it ships with Node. */
const gb18030 = Uint8Array.from([
  0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0xc9, 0xed, 0xb7, 0xdd, 0xd6, 0xa4, 0xba, 0xc5, 0x0a, 0xcd, 0xf5, 0xce, 0xb0, 0x2c,
  0x31, 0x0a,
])

async function workbook(build: (sheet: ExcelJS.Worksheet, book: ExcelJS.Workbook) => void, shared = true) {
  const out = new PassThrough()
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true, useSharedStrings: shared })
  build(book.addWorksheet('名册'), book)
  const [bytes] = await Promise.all([out.toArray().then(parts => Buffer.concat(parts)), book.commit()])
  return bytes
}

describe('platform reads the rosters that offices hand in', () => {
  test.each([
    ['UTF-8 without BOM', utf8('姓名,身份证号\n王伟,1\n'), 'UTF-8'],
    ['UTF-8 with BOM', utf8('\uFEFF姓名,身份证号\r\n王伟,1'), 'UTF-8'],
    ['GB18030', gb18030, 'GB18030'],
    ['tabs', utf8('姓名\t身份证号\n王伟\t1\n'), 'UTF-8'],
  ])('platform reads a CSV in %s, whatever pieces it comes in', async (_, bytes, encoding) => {
    const { rows, ...table } = await read(byteByByte(bytes))
    expect(table).toMatchObject({ format: 'CSV', encoding, codes: [] })
    const cells = { name: '王伟', id: '1', base: '' }
    expect(rows).toEqual([{ line: 2, cells, absent: new Set(['base']), findings: [] }])
  })

  test('platform counts lines as the office sees them: quoted line breaks and blank lines count', async () => {
    const { rows } = await read(whole(utf8('姓名,身份证号\n"王\n伟",1\n\n ,\n李"四,2\n赵五,3')))
    expect(rows.map(row => [row.line, row.cells.name])).toEqual([
      [2, '王\n伟'],
      [6, '李"四'],
      [7, '赵五'],
    ])
  })

  test('platform finds columns by name in any order, also behind a title', async () => {
    const text = '鹿城区党员花名册,,\n*身份证号：,党费计算基数(元/月), 姓　名 \n1,2,王伟\n'
    const { rows, codes } = await read(whole(utf8(text)))
    expect(codes).toEqual([])
    expect(rows.map(row => [row.line, row.cells])).toEqual([[3, { name: '王伟', id: '1', base: '2' }]])
  })

  test.each([
    ['tabs below a title without one', '党员花名册\n姓名\t身份证号\n王伟\t1\n'],
    ['tabs below a title with commas', '党员,花名册,二〇二六\n姓名\t身份证号\n王伟\t1\n'],
    ['semicolons', '"姓名";"身份证号"\n王伟;1\n'],
    ['remarks in the heading', '姓名(必填),身份证号（18位）\n王伟,1\n'],
  ])('platform reads a table with %s', async (_, text) => {
    const { rows, codes } = await read(whole(utf8(text)))
    expect([codes, rows.map(({ cells }) => [cells.name, cells.id])]).toEqual([[], [['王伟', '1']]])
  })

  test('platform takes no heading for another that its brackets make it', async () => {
    expect((await read(whole(utf8('姓名,姓名（曾用名）,身份证号\n王伟,王维,1\n')))).codes).toEqual(['COLUMN_UNKNOWN'])
  })

  test.each([
    ['a missing required column', '姓名,党费计算基数（元/月）\n王伟,1\n', ['COLUMN_MISSING'], 0],
    ['a repeated column', '姓名,身份证号,公民身份号码\n王伟,1,2\n', ['COLUMN_REPEATED'], 0],
    ['an unknown column', '姓名,身份证号,血型\n王伟,1,A\n', ['COLUMN_UNKNOWN'], 1],
    ['a missing optional column', '姓名,身份证号\n王伟,1\n', [], 1],
  ])('platform reports %s', async (_, text, codes, rows) => {
    const table = await read(whole(utf8(text)))
    expect([table.codes, table.rows.length]).toEqual([codes, rows])
  })

  test.each([
    ['党组织代码,党组织名称,组织类别,上级党组织代码', ['ANOTHER_ROSTER']],
    ['党组织代码,党组织名称,组织类别', ['ANOTHER_ROSTER']],
    [
      '党组织代码,党组织名称,备注',
      ['COLUMN_UNKNOWN', 'COLUMN_UNKNOWN', 'COLUMN_UNKNOWN', 'COLUMN_MISSING', 'COLUMN_MISSING'],
    ],
  ])('S0-36 says in one finding that a file is the roster of something else: %s', async (heading, wanted) => {
    const { codes, rows } = await read(whole(utf8(`${heading}\n1,2,3,4\n`)))
    expect([codes, rows]).toEqual([wanted, []])
  })

  test('platform refuses a row that is wider than the heading, not one with empty cells behind', async () => {
    const { rows } = await read(whole(utf8('姓名,身份证号\n王,伟,1\n李四,2,,\n')))
    expect(rows.map(row => row.findings.map(finding => finding.code))).toEqual([['ROW_WIDER_THAN_HEADING'], []])
  })

  test.each([
    ['no bytes', new Uint8Array(), {}, ['FILE_EMPTY', null]],
    ['blank lines only', utf8('\n\n'), {}, ['FILE_EMPTY', null]],
    ['an old workbook', Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0]), {}, ['FORMAT_NOT_SUPPORTED', null]],
    ['UTF-16', Uint8Array.from([0xff, 0xfe, 0x41, 0]), {}, ['ENCODING_NOT_SUPPORTED', null]],
    ['neither encoding', Uint8Array.from([0xd0, 0xff, 0xff, 0x0a]), {}, ['ENCODING_NOT_SUPPORTED', null]],
    ['a broken workbook', Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0]), {}, ['BROKEN_XLSX', null]],
    ['an open quotation mark', utf8('姓名,身份证号\n王伟,1\n李四,"2\n赵五,3\n'), {}, ['BROKEN_CSV', 3]],
    ['too many bytes', utf8('姓名,身份证号\n王伟,1\n'), { fileBytes: 28 }, ['FILE_TOO_LARGE', null]],
    ['just enough bytes', utf8('姓名,身份证号\n王伟,1\n'), { fileBytes: 29 }, 'read'],
    ['too many rows', utf8('姓名,身份证号\n王伟,1\n李四,2\n'), { rows: 1 }, ['TOO_MANY_ROWS', 3]],
    ['just enough rows', utf8('姓名,身份证号\n王伟,1\n李四,2\n'), { rows: 2 }, 'read'],
    ['too many columns', utf8('姓名,身份证号\n王伟,1,2\n'), { columns: 2 }, ['TOO_MANY_COLUMNS', 2]],
    ['too long a cell', utf8('姓名,身份证号\n王伟,12345\n'), { cellCharacters: 4 }, ['CELL_TOO_LONG', 2]],
    ['a long cell that nobody reads', utf8('姓名,身份证号,备注\n王伟,1234,12345\n'), { cellCharacters: 4 }, 'read'],
    ['a cell just short enough', utf8('姓名,身份证号\n王伟,1234\n'), { cellCharacters: 4 }, 'read'],
  ])('platform says clearly what is wrong with a file: %s', async (_, bytes, limits, wanted) => {
    expect(await code(read(whole(bytes), limits))).toEqual(wanted)
  })

  test('platform ends at bytes of another encoding behind the first kilobytes, naming the line', async () => {
    const text = `姓名,身份证号\n${'王伟,1\n'.repeat(20_000)}`
    const [failure, line] = await code(read(whole(utf8(text), gb18030)))
    expect(failure).toBe('ENCODING_NOT_SUPPORTED')
    expect(Math.abs(Number(line) - 20_002)).toBeLessThan(120)
  })

  test.each<[string, number]>([
    ['stops after ten rows', 10],
    ['is refused for its heading', 0],
  ])('platform reads no further ahead than it must, and lets go of a file that %s', async (_, rows) => {
    let pulledBytes = 0
    let released = false
    const chunk = utf8('王伟,1\n'.repeat(8_000))
    async function* endless() {
      try {
        yield utf8(rows > 0 ? '姓名,身份证号\n' : '姓名,血型\n')
        for (;;) {
          pulledBytes += chunk.byteLength
          yield chunk
        }
      } finally {
        released = true
      }
    }
    const table = await readTable(endless(), { columns })
    let read = 0
    for await (const _row of table.rows) if (++read === rows) break
    expect(read).toBe(rows)
    expect(released).toBe(true)
    expect(pulledBytes).toBeLessThan(1024 * 1024)
  })

  test.each([true, false])('platform reads a workbook as what people see (shared texts: %p)', async shared => {
    const bytes = await workbook((sheet, book) => {
      sheet.addRow(['姓名', '公民身份号码', '党费计算基数（元/月）']).commit()
      sheet.addRow(['王伟', '11010519491231002X', 10474.17]).commit()
      sheet.addRow(['李四', 3.30302194501046e17, { formula: '1+1', result: 2 }]).commit()
      sheet.addRow([]).commit()
      const dated = sheet.addRow([new Date(Date.UTC(2021, 6, 1)), 330302000000004, 0.1 + 0.2])
      dated.getCell(1).numFmt = 'yyyy"年"m"月"d"日"'
      dated.commit()
      sheet.addRow([{ richText: [{ text: '赵' }, { text: '五' }] }, true, 44378]).commit()
      book.addWorksheet('说明').addRow(['别的']).commit()
    }, shared)
    const { rows, ...table } = await read(byteByByte(bytes))
    expect(table).toMatchObject({ format: 'XLSX', encoding: null, codes: [] })
    expect(rows.map(row => [row.line, ...Object.values(row.cells)])).toEqual([
      [2, '王伟', '11010519491231002X', '10474.17'],
      [3, '李四', '3.30302194501046E+17', '2'],
      [5, '2021-07-01', '330302000000004', '0.3'],
      [6, '赵五', '是', '44378'],
    ])
  })

  test('platform passes over a note beside the table of a workbook, not a row that is shifted', async () => {
    const bytes = await workbook(sheet => {
      sheet.addRow(['姓名', '身份证号']).commit()
      sheet.addRow(['王伟', '1', '', '已核对']).commit()
      sheet.addRow(['李', '四', '2']).commit()
    })
    const { rows } = await read(whole(bytes))
    expect(rows.map(row => row.findings.map(({ severity, code, found }) => [severity, code, found]))).toEqual([
      [['WARNING', 'NOTE_BESIDE_TABLE', '已核对']],
      [['ERROR', 'ROW_WIDER_THAN_HEADING', '3']],
    ])
    const text = '姓名,身份证号\n王伟,1,,已核对\n'
    expect((await read(whole(utf8(text)))).rows[0]?.findings[0]?.code).toBe('ROW_WIDER_THAN_HEADING')
  })

  test.each([
    [5, 5],
    [6, 1],
    [150, 1],
  ])('platform tells of %p columns that are not known in %p findings', async (columns, wanted) => {
    const unknown = Array.from({ length: columns }, (_, at) => `备注${at + 1}`)
    const { findings, rows } = await read(whole(utf8(`姓名,身份证号,${unknown.join(',')}\n王伟,1\n`)))
    expect([findings.length, rows.length]).toEqual([wanted, 1])
    expect(findings[0]?.found).toContain('备注1')
  })

  test.each<[string, (sheet: ExcelJS.Worksheet) => void, [string | undefined, string | undefined][]]>([
    [
      'what was merged down over several people',
      sheet => {
        sheet.addRow(['姓名', '身份证号', '党费计算基数（元/月）'])
        sheet.addRow(['王伟', '1', '3000'])
        sheet.addRow(['李四', '2'])
        sheet.addRow(['赵五', '3'])
        sheet.mergeCells('C2:C3')
      },
      [
        ['王伟', '3000'],
        ['李四', '3000'],
        ['赵五', ''],
      ],
    ],
    [
      'a heading over two rows, its first columns merged down',
      sheet => {
        sheet.addRow(['姓名', '身份证号', '党费'])
        sheet.addRow(['', '', '党费计算基数（元/月）'])
        sheet.addRow(['王伟', '1', '3000'])
        sheet.mergeCells('A1:A2')
        sheet.mergeCells('B1:B2')
      },
      [['王伟', '3000']],
    ],
    [
      'a heading over two rows that nothing is merged in',
      sheet => {
        sheet.addRow(['姓名', '身份证号', '党费'])
        sheet.addRow(['', '', '党费计算基数（元/月）'])
        sheet.addRow(['王伟', '1', '3000'])
      },
      [['王伟', '3000']],
    ],
    [
      'a title merged over two rows',
      sheet => {
        sheet.addRow(['党员名册'])
        sheet.addRow([])
        sheet.addRow(['姓名', '身份证号', '党费计算基数（元/月）'])
        sheet.addRow(['王伟', '1', '3000'])
        sheet.mergeCells('A1:C2')
      },
      [['王伟', '3000']],
    ],
  ])('S0-36 reads %s as whoever looks at it does', async (_, build, wanted) => {
    const book = new ExcelJS.Workbook()
    build(book.addWorksheet('名册'))
    const { rows, codes } = await read(whole(new Uint8Array(await book.xlsx.writeBuffer())))
    expect([codes, rows.map(({ cells }) => [cells.name, cells.base])]).toEqual([[], wanted])
  })

  test('S0-36 reads the sheet that holds the heading, and says which it was and which it left', async () => {
    const bytes = await workbook((sheet, book) => {
      sheet.addRow(['填表说明']).commit()
      sheet.addRow(['姓名按身份证填写']).commit()
      for (const [sheetName, name] of [
        ['一支部', '王伟'],
        ['二支部', '李四'],
      ]) {
        const roster = book.addWorksheet(sheetName)
        roster.addRow(['姓名', '身份证号']).commit()
        roster.addRow([name, '1']).commit()
      }
    })
    const { rows, findings } = await read(whole(bytes))
    expect(rows.map(row => row.cells.name)).toEqual(['王伟'])
    expect(findings.map(({ severity, code, found }) => [severity, code, found])).toEqual([
      ['WARNING', 'SHEET_CHOSEN', '一支部'],
      ['WARNING', 'SHEET_NOT_READ', '二支部'],
    ])
  })

  test.each([
    ['nobody reads', '备注', 'read'],
    ['is read', '党费计算基数（元/月）', 'CELL_TOO_LONG'],
  ])('S0-36 a cell of 2,001 characters in a column of a workbook that %s', async (_, header, wanted) => {
    const bytes = await workbook(sheet => {
      sheet.addRow(['姓名', '身份证号', header]).commit()
      sheet.addRow(['王伟', '1', '长'.repeat(2_001)]).commit()
    })
    const found = await code(read(whole(bytes)))
    expect(found === 'read' ? found : found[0]).toBe(wanted)
  })

  test('platform passes over a hidden first sheet', async () => {
    const bytes = await workbook((sheet, book) => {
      sheet.state = 'hidden'
      sheet.addRow(['字典']).commit()
      const roster = book.addWorksheet('党员')
      roster.addRow(['姓名', '身份证号']).commit()
      roster.addRow(['王伟', '1']).commit()
    })
    expect((await read(whole(bytes))).rows.map(row => row.cells.name)).toEqual(['王伟'])
  })

  test.each([
    ['unpacks to more than allowed', { unpackedBytes: 2_000 }, 'FILE_TOO_LARGE'],
    ['is larger than allowed', { xlsxBytes: 1_000 }, 'FILE_TOO_LARGE'],
    ['has too many columns', { columns: 1 }, 'TOO_MANY_COLUMNS'],
    ['has too long a cell', { cellCharacters: 6 }, 'CELL_TOO_LONG'],
    ['has too many rows', { rows: 499 }, 'TOO_MANY_ROWS'],
  ])('platform stops at a workbook that %s', async (_, limits, wanted) => {
    const bytes = await workbook(sheet => {
      sheet.addRow(['姓名', '身份证号']).commit()
      for (let index = 0; index < 500; index++) sheet.addRow(['王伟', '1234567']).commit()
    })
    expect((await code(read(whole(bytes), limits)))[0]).toBe(wanted)
  })
})
