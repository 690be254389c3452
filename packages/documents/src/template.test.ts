import { describe, expect, test } from '@jest/globals'
import { type Asked, askFacts } from './asked-facts.ts'
import { textOf } from './document-model.ts'
import { ownWordsOf } from './own-words.ts'
import { type DocumentTemplate, fillDocument } from './template.ts'
import { paragraph, plain, row, table, title, value } from './write-blocks.ts'

type Facts = { name: string | null; from: string | null; votes: readonly number[] }
type Fields = Asked<'name', 'from'>
const ask = (facts: Facts) =>
  askFacts<Facts, 'name', 'from'>(facts, { name: ({ name }) => name }, { from: ({ from }) => from })

const notice: DocumentTemplate<'notice', Facts, Fields> = {
  ...{ name: 'notice', title: '通知', layout: 'LETTER', texts: { closing: '特此通知。' } },
  redHead: ({ file }) => (file.name === null ? null : { issuer: file.name, number: ['〔2026〕1号'] }),
  body: ({ fields, texts, title: heading }) => [
    title(heading),
    paragraph`${fields.text('name', 3)}自${fields.date('from')}起，票数${String(fields.latest('votes', [1, 2]) ?? '')}。`,
    table([78, 78], row(11, value(fields.cell('name')), value(fields.dateCell('from')))),
    plain(texts.closing as string),
  ],
}
const known: Facts = { name: '某支部', from: '2026-01-02', votes: [] }
const bare: Facts = { name: ' ', from: null, votes: [] }

describe('S0-10 documents that facts fill in', () => {
  test('S0-10 what is known stands in it, days as they are written, and nothing is left unknown', () => {
    const fields = ask(known)
    const text = textOf(fillDocument(notice, known, fields))
    expect(text).toContain('某支部\n〔2026〕1号\n通知\n某支部自2026年1月2日起，票数2。')
    expect([[...fields.asked], [...fields.unknown]]).toEqual([['name', 'from', 'votes'], []])
  })

  test('S0-10 what is not known is room to write in, an empty cell, and named', () => {
    const fields = ask(bare)
    const { blocks } = fillDocument(notice, bare, fields)
    expect(blocks[1]).toMatchObject({ content: [{ blank: 3 }, '自', '　　　　年　　月　　日', '起，票数', '2', '。'] })
    expect(blocks[2]).toMatchObject({ rows: [{ cells: [{ content: [[]] }, { content: [[]] }] }] })
    expect([...fields.unknown]).toEqual(['name', 'from'])
    expect([ask(bare).latest('votes', bare.votes), fields.text('name')]).toEqual([null, { blank: 8 }])
  })

  test('S0-10 own words stand instead of the fixed ones, and an empty sentence leaves what was there', () => {
    const own = { title: '公告', texts: { closing: '此告。' } }
    const text = textOf(fillDocument(notice, known, ask(known), own))
    expect([text.includes('公告'), text.includes('此告。'), text.includes('特此通知')]).toEqual([true, true, false])
    expect(textOf(fillDocument(notice, known, ask(known), { texts: { closing: '' } }))).toContain('特此通知。')
  })

  const parse = ownWordsOf([notice])
  test.each([
    ['a title of 60', { title: '题'.repeat(60) }, true],
    ['a title of 61', { title: '题'.repeat(61) }, false],
    ['a sentence of 2,000', { texts: { closing: '句'.repeat(2_000) } }, true],
    ['a sentence of 2,001', { texts: { closing: '句'.repeat(2_001) } }, false],
    ['an unknown sentence', { texts: { other: '句' } }, false],
    ['a line break', { texts: { closing: '一\n二' } }, false],
    ['nothing but spaces', { title: '  ' }, false],
  ])('S0-10 own words with %s: taken %s', (_, words, taken) => {
    const read = () => parse({ notice: words })
    if (taken) expect(read()).toEqual({ notice: words })
    else expect(read).toThrow()
  })
})
