import { describe, expect, test } from '@jest/globals'
import { renderDocx } from '@linghang/documents'
import { entryOf, readZip } from '@linghang/harness/read-zip'
import { developmentTemplates } from '@linghang/rulebook'
import { bareCase, fullCase } from '../../../test/case-files.ts'
import { fillTemplate } from './fill-template.ts'

const xmlOf = async (name: (typeof developmentTemplates)[number], part = 'word/document.xml') =>
  entryOf(await renderDocx(fillTemplate(name, fullCase())), part)
const attributes = (xml: string, element: string): Record<string, string> =>
  Object.fromEntries(
    [...(new RegExp(`<w:${element} ([^>]*)/>`).exec(xml)?.[1] ?? '').matchAll(/w:(\w+)="([^"]*)"/g)].map(
      ([, key, value]) => [key, value],
    ),
  )
/** Paragraph properties and run properties of the paragraph that holds a text. */
const paragraphWith = (xml: string, text: string): string =>
  xml.match(/<w:p>(?:(?!<\/w:p>).)*<\/w:p>/gs)?.find(paragraph => paragraph.includes(text)) ?? ''

describe('S0-10 layout of GB/T 9704', () => {
  test.each(developmentTemplates)('S0-10 %s stands on A4 with the margins of the standard', async name => {
    const xml = await xmlOf(name)
    // 210 x 297 mm; 37 above, 35 below, 28 at the binding, 26 outside, in twentieths of a point.
    expect(attributes(xml, 'pgSz')).toMatchObject({ w: '11906', h: '16838' })
    expect(attributes(xml, 'pgMar')).toMatchObject({ top: '2098', bottom: '1984', left: '1587', right: '1474' })
  })

  test('S0-10 a page has 22 lines of 28 characters of 3号仿宋', async () => {
    const xml = await xmlOf('candidate-filing-report')
    const grid = attributes(xml, 'docGrid')
    expect(grid.type).toBe('lines')
    const pitch = Number(grid.linePitch)
    const [area, width] = [16838 - 2098 - 1984, 11906 - 1587 - 1474]
    expect(Math.floor(area / pitch)).toBe(22)
    const body = paragraphWith(xml, '递交入党申请书')
    expect(body).toContain(`w:line="${pitch}" w:lineRule="exact"`)
    expect(body).toContain('w:eastAsia="仿宋_GB2312"')
    expect(body).toContain('<w:sz w:val="32"/>')
    const spacing = Number(/<w:spacing w:val="(-?\d+)"\/>/.exec(body)?.[1])
    expect(Math.floor(width / (320 + spacing))).toBe(28)
    // The first line of a paragraph stands back two characters.
    expect(Number(/w:firstLine="(\d+)"/.exec(body)?.[1])).toBeCloseTo((2 * width) / 28, -1)
  })

  test('S0-10 the title is 2号小标宋 in the middle, the head red with a red rule', async () => {
    const xml = await xmlOf('candidate-filing-report')
    const title = paragraphWith(xml, '关于发展对象备案的报告')
    expect(title).toContain('<w:jc w:val="center"/>')
    expect(title).toContain('w:eastAsia="方正小标宋简体"')
    expect(title).toContain('<w:sz w:val="44"/>')
    expect(paragraphWith(xml, '中共甲街道甲一社区支部委员会')).toContain('<w:color w:val="FF0000"/>')
    expect(paragraphWith(xml, '〔')).toMatch(/<w:bottom [^>]*w:color="FF0000"/)
    expect(await xmlOf('candidate-notice')).not.toContain('FF0000')
  })

  test('S0-10 pages are numbered in 4号 between dashes, outside on both sides', async () => {
    const made = await renderDocx(fillTemplate('candidate-filing-report', fullCase()))
    const footers = readZip(made).filter(({ name }) => /word\/footer\d+\.xml/.test(name))
    const texts = footers.map(({ data }) => data.toString('utf8'))
    expect(texts.map(text => /<w:jc w:val="(\w+)"/.exec(text)?.[1]).toSorted()).toEqual(['left', 'right'])
    for (const text of texts) {
      expect(text).toContain('<w:sz w:val="28"/>')
      expect(text).toContain('PAGE')
    }
    expect(entryOf(made, 'word/settings.xml')).toContain('evenAndOddHeaders')
  })

  test('S0-10 the date is in Arabic numerals and ends four characters before the margin', async () => {
    const xml = await xmlOf('approval-notice')
    const date = xml.match(/<w:p>(?:(?!<\/w:p>).)*<\/w:p>/gs)?.findLast(text => text.includes('2025年12月23日')) ?? ''
    expect(date).toContain('<w:jc w:val="right"/>')
    expect(Number(/w:right="(\d+)"/.exec(date)?.[1])).toBeGreaterThanOrEqual(Math.round((2 * 8845) / 28))
  })

  test.each(developmentTemplates)('S0-10 %s: no signature stands alone on a page', async name => {
    const model = fillTemplate(name, fullCase())
    const xml = entryOf(await renderDocx(model), 'word/document.xml')
    const paragraphs = xml.match(/<w:p>(?:(?!<\/w:p>).)*<\/w:p>/gs) ?? []
    for (const [i, block] of model.blocks.entries()) {
      const before = model.blocks[i - 1]
      if (block.kind !== 'SIGNATURE' || before?.kind !== 'PARAGRAPH') continue
      const words = before.content.findLast(part => typeof part === 'string') as string
      const last = paragraphs.findLast(paragraph => paragraph.includes(words.slice(-8)))
      expect([words, last?.includes('<w:keepNext/>')]).toEqual([words, true])
    }
  })

  test('S0-10 the same case gives the same bytes, another one others', async () => {
    const one = await renderDocx(fillTemplate('activist-register', fullCase()))
    await new Promise(resolve => setImmediate(resolve))
    expect(Buffer.compare(one, await renderDocx(fillTemplate('activist-register', fullCase())))).toBe(0)
    expect(Buffer.compare(one, await renderDocx(fillTemplate('activist-register', bareCase())))).not.toBe(0)
    for (const { dosDate } of readZip(one)) expect(dosDate).toBe(0x21)
    expect(entryOf(one, 'docProps/core.xml')).not.toMatch(/\d{4}-\d{2}-\d{2}T/)
  })

  test('S0-10 names with signs of XML in them stand as they are', async () => {
    const odd = { ...fullCase(), branch: { name: '“一&二”<党支部>', secretary: null, telephone: null } }
    const xml = entryOf(await renderDocx(fillTemplate('application-receipt', odd)), 'word/document.xml')
    expect(xml).toContain('“一&amp;二”&lt;党支部&gt;')
  })
})
