import { describe, expect, test } from '@jest/globals'
import { developmentTemplates, stepKeys } from '@linghang/rulebook'
import { bareCase, fullCase } from '../../test/case-files.ts'
import { readFields } from './case-fields.ts'
import { type Inline, textOf } from './document-model.ts'
import { fieldsOf, fillTemplate } from './fill-template.ts'
import { parseOverrides } from './overrides.ts'
import { typeAreaMm } from './page-layout.ts'
import { allTemplates, templateOf } from './templates/all-templates.ts'

/** Names of fields that are one value of the case, with what that value is for the full case. */
const valuesOf = (name: (typeof developmentTemplates)[number]): string[] => {
  const fields = readFields(fullCase())
  const cells: ((name: never) => Inline | null)[] = [fields.cell, fields.dateCell]
  return fieldsOf(name).flatMap(field =>
    cells.flatMap(read => {
      try {
        const value = read(field as never)
        return typeof value === 'string' ? [value] : []
      } catch {
        return []
      }
    }),
  )
}

describe('S0-10 the 36 documents of a development', () => {
  test('S0-10 there are 36, each with a step, somebody who fills it in, and practice for its certainty', () => {
    expect(allTemplates.map(({ name }) => name)).toEqual([...developmentTemplates])
    expect(allTemplates).toHaveLength(36)
    for (const { steps, filledBy, certainty } of allTemplates) {
      expect(steps.every(step => stepKeys.includes(step))).toBe(true)
      expect(filledBy.length).toBeGreaterThan(0)
      expect(certainty).toBe('practice')
    }
    // In the order of the steps, as the dossier is.
    const numbers = allTemplates.map(({ steps }) => stepKeys.indexOf(steps[0]))
    expect(numbers).toEqual(numbers.toSorted((one, other) => one - other))
  })

  test.each(developmentTemplates)('S0-10 %s fills from a case of which nothing is known and from a whole one', name => {
    const bare = textOf(fillTemplate(name, bareCase()))
    const full = textOf(fillTemplate(name, fullCase()))
    for (const text of [bare, full]) {
      expect(text).toContain(templateOf(name).title)
      expect(text).not.toMatch(/undefined|null|NaN|\[object/)
    }
    expect(full).toContain('周雨晴')
    expect(bare).not.toBe(full)
  })

  test.each(developmentTemplates)('S0-13 %s holds every value that it takes from the case', name => {
    // Some speak of the reception first and of the conversion later, or of an approval's day once there is one.
    const { CONVERSION_ASSEMBLY: _, CONVERSION_APPROVAL: __, ...steps } = fullCase().steps
    const earlier = { ...fullCase(), steps, approvals: [] }
    const text = [fullCase(), earlier].map(file => textOf(fillTemplate(name, file))).join('\n')
    const values = valuesOf(name)
    expect(values.length).toBeGreaterThan(0)
    expect(values.filter(value => !text.includes(value))).toEqual([])
  })

  test('S0-10 no form is wider than the type area, and every row fills its columns', () => {
    for (const { name } of allTemplates) {
      for (const block of fillTemplate(name, fullCase()).blocks) {
        if (block.kind !== 'TABLE') continue
        expect(block.columnsMm.reduce((sum, width) => sum + width, 0)).toBeLessThanOrEqual(typeAreaMm.width)
        for (const row of block.rows)
          expect(row.cells.reduce((sum, { columns }) => sum + (columns ?? 1), 0)).toBe(block.columnsMm.length)
      }
    }
  })

  test('S0-10 the vote stands in the resolution as it was counted: written opinions with it, needed over half of those due', () => {
    const { ADMISSION_ASSEMBLY: _, ...steps } = fullCase().steps
    const admission = textOf(fillTemplate('assembly-resolution', { ...fullCase(), steps }))
    expect(admission).toContain('应到会有表决权的正式党员37名，实到会29名，会前提出书面意见1名')
    expect(admission).toContain('赞成25票（含书面意见1票），不赞成3票（含书面意见0票），弃权2票。赞成票须达到19票')
    expect(textOf(fillTemplate('assembly-resolution', fullCase()))).toContain(
      '应到会有表决权的正式党员41名，实到会33名',
    )
  })

  test('S0-10 a document never concludes for people: an open conclusion stays a blank', () => {
    const open = { ...fullCase(), politicalReview: { concludedOn: '2024-09-18', passed: null, by: null } }
    expect(textOf(fillTemplate('political-review-conclusion', open))).toContain('（合格、不合格）')
    expect(textOf(fillTemplate('political-review-conclusion', fullCase()))).toContain('政治审查合格')
  })

  test('S0-10 a county puts titles and sentences in its own words', () => {
    const overrides = parseOverrides({
      'candidate-notice': { title: '发展对象情况公示', texts: { invitation: '欢迎来电。' } },
    })
    const text = textOf(fillTemplate('candidate-notice', fullCase(), overrides))
    expect(text).toContain('发展对象情况公示')
    expect(text).toContain('欢迎来电。')
    expect(text).not.toContain('来信')
  })

  test.each([
    ['an unknown document', { 'no-such-document': { title: '甲' } }],
    ['an unknown sentence', { 'candidate-notice': { texts: { nothing: '甲' } } }],
    ['an empty title', { 'candidate-notice': { title: '  ' } }],
    ['a title of 61 characters', { 'candidate-notice': { title: '题'.repeat(61) } }],
    ['a control character', { 'candidate-notice': { title: '公\u0000示' } }],
  ])('S0-10 refuses %s in a county’s words', (_, input) => {
    expect(() => parseOverrides(input)).toThrow()
  })

  test('S0-10 takes a title of 60 characters', () => {
    const title = '题'.repeat(60)
    expect(parseOverrides({ 'candidate-notice': { title } })).toEqual({ 'candidate-notice': { title } })
  })
})
