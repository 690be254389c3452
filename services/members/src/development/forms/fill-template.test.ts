import { describe, expect, test } from '@jest/globals'
import { type Inline, textOf, typeAreaMm } from '@linghang/documents'
import { developmentTemplates, stepKeys } from '@linghang/rulebook'
import { bareCase, fullCase } from '../../../test/case-files.ts'
import { educationNames } from '../../register/roster/coded-values.ts'
import { readFields } from './case-fields.ts'
import { asOf } from './case-file.ts'
import { fieldsOf, fillTemplate } from './fill-template.ts'
import { parseOverrides } from './overrides.ts'
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

  // Written by hand: what an office looks for in the paper, so that a value that a template forgets is missed.
  const head = ['女', '土家族', '1995年4月', '硕士研究生', '甲一社区网格员']
  test.each([
    ['application-letter', [...head]],
    ['application-receipt', ['2023年1月9日', '中共甲街道甲一社区支部委员会', '023-5550 1101']],
    ['applicant-talk-record', ['2023年1月20日', '钱卫东', '2023年1月9日']],
    ['activist-recommendation-members', [...head, '139****0417', '第二党小组', '2023年1月9日']],
    ['activist-recommendation-league', [...head, '139****0417', '2023年1月9日']],
    ['activist-committee-minutes', ['2023年7月3日', '社区会议室', '冯建国', '吴春梅', '第二党小组']],
    ['activist-filing-report', [...head, '2023年1月20日', '2023年7月3日', '中共甲街道工作委员会']],
    ['activist-filing-reply', ['2023年7月6日', '2023年7月14日', '同意', '中共甲街道工作委员会']],
    ['activist-register', [...head, '500101********0427', '2023年7月3日']],
    ['contacts-assignment', ['吴春梅、郑学文', '组织委员', '2023年7月17日']],
    ['observation-book', [...head, '吴春梅、郑学文', '2024年1月5日', '能够自觉学习']],
    ['thought-report', ['2023年10月9日、2024年1月4日、2024年4月8日、2024年7月1日']],
    ['half-yearly-review', [...head, '2023年7月3日', '认真履行义务']],
    ['activist-pool-analysis', ['入党积极分子11名', '新确定4名', '以下7名', '女性6名']],
    ['opinions-record', ['2023年7月3日', '吴春梅、郑学文']],
    ['candidate-committee-minutes', ['2024年7月12日', '党员活动室', '党支部考察3次', '思想汇报4次']],
    ['candidate-notice', [...head, '2024年7月15日至2024年7月19日（5个工作日）', '023-5550 1102']],
    ['notice-report', ['2024年7月15日至2024年7月19日', '共5个工作日', '没有收到']],
    ['candidate-filing-report', [...head, '2024年7月12日', '2024年7月22日']],
    ['introducers-assignment', ['吴春梅、孙立人', '2024年8月12日']],
    ['political-review-inquiry', ['女', '1995年4月', '冯建国', '中共甲街道工作委员会']],
    ['political-review-talk', ['韩志远', '甲一社区网格员']],
    ['political-review-conclusion', [...head, '2024年8月5日', '2024年9月18日', '政治审查合格']],
    ['training-certificate', [...head, '2024年10月14日至2024年10月16日', '测试区委党校', '3天 24学时']],
    ['committee-examination', ['2024年10月28日', '中共甲街道工作委员会']],
    ['pre-review-request', [...head, '2024年8月5日', '2024年9月18日', '2024年10月28日', '吴春梅、孙立人']],
    ['pre-review-opinion', ['2024年11月6日', '材料齐全，手续完备。', '同意']],
    ['volunteer-form-guide', [...head, '2024年11月6日', '吴春梅、孙立人']],
    ['admission-assembly-agenda', ['2024年11月6日', '吴春梅、孙立人', '中共甲街道工作委员会']],
    ['admission-ballot-and-tally', ['2025年12月2日', '41', '33', '31']],
    ['assembly-resolution', ['2025年12月2日', '同意', '按期转为中共正式党员', '冯建国']],
    ['committee-talk-record', ['2024年12月3日', '沈秋实', '2024年11月21日']],
    ['approval-notice', ['2025年12月2日', '2025年12月23日', '同意其转为中共正式党员']],
    ['oath-ceremony', ['2025年1月8日', '区党群服务中心', '2024年12月19日']],
    [
      'probation-book-and-conversion-letter',
      [...head, '2024年11月21日', '2025年11月20日', '吴春梅、孙立人', '2025年2月24日'],
    ],
    ['dossier-index', ['入党申请书扫描件', '2023年1月10日', '政审结论', '2026年1月15日']],
  ] as const)('S0-13 %s holds what an office looks for in it', (name, values) => {
    const text = textOf(fillTemplate(name, fullCase()))
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

  const ofStep = (name: (typeof developmentTemplates)[number], step: (typeof stepKeys)[number], file = fullCase()) =>
    textOf(fillTemplate(name, asOf(file, step)))
  test.each([
    ['admission-ballot-and-tally', 'ADMISSION_ASSEMBLY', ['讨论接收预备党员', '2024年11月21日', '37', '29'], '2025年'],
    [
      'admission-ballot-and-tally',
      'CONVERSION_ASSEMBLY',
      ['转为正式党员', '2025年12月2日', '41', '33'],
      '2024年11月21日',
    ],
    ['assembly-resolution', 'ADMISSION_ASSEMBLY', ['入党问题', '2024年11月21日', '预备期一年'], '2025年'],
    ['assembly-resolution', 'CONVERSION_ASSEMBLY', ['转正问题', '2025年12月2日'], '2024年'],
    [
      'approval-notice',
      'ADMISSION_APPROVAL',
      ['接收其为中共预备党员', '2024年12月19日', '至2025年11月20日'],
      '2025年12月',
    ],
    ['approval-notice', 'CONVERSION_APPROVAL', ['转为中共正式党员', '2025年12月23日'], '2024年12月19日'],
    ['half-yearly-review', 'OBSERVATION', ['2024年7月8日', '作用发挥较好'], '2025年'],
    ['observation-book', 'OBSERVATION', ['2024年1月5日'], '2025年'],
    ['candidate-committee-minutes', 'CANDIDATE_DECISION', ['党支部考察2次', '按规定公示后报'], '2025年'],
    ['candidate-filing-report', 'CANDIDATE_FILING', ['党支部考察2次', '已按规定公示', '2024年7月22日'], '2026年'],
    ['notice-report', 'CANDIDATE_DECISION', ['2024年7月12日'], '2026年'],
    ['introducers-assignment', 'INTRODUCERS', ['吴春梅、孙立人'], '2025年'],
  ] as const)('S0-13 %s of %s says what was known then, and nothing of later', (name, step, wanted, never) => {
    const during = (heldOn: string) => (heldOn > '2024-11-21' ? ('PROBATION' as const) : ('OBSERVATION' as const))
    const file = { ...fullCase(), reviews: fullCase().reviews.map(one => ({ ...one, during: during(one.heldOn) })) }
    const text = ofStep(name, step, file)
    expect(wanted.filter(value => !text.includes(value))).toEqual([])
    expect(text).not.toContain(never)
  })

  test('S0-13 a tally is filled in once the meeting is closed, before the step is done', () => {
    const { ADMISSION_ASSEMBLY: _, ...earlier } = asOf(fullCase(), 'ADMISSION_ASSEMBLY').steps
    const waiting = { ...asOf(fullCase(), 'ADMISSION_ASSEMBLY'), steps: earlier }
    expect(ofStep('admission-ballot-and-tally', 'ADMISSION_ASSEMBLY', waiting)).toContain('2024年11月21日')
    expect(ofStep('assembly-resolution', 'ADMISSION_ASSEMBLY', waiting)).toContain('赞成25票')
  })

  test('S0-13 nothing is said to have happened that did not: no notice, none in the report', () => {
    const without = { ...fullCase(), rules: '2014' as const, notices: [] }
    expect(ofStep('candidate-filing-report', 'CANDIDATE_FILING', without)).not.toContain('公示')
    expect(ofStep('candidate-committee-minutes', 'CANDIDATE_DECISION', without)).not.toContain('公示')
  })

  test('S0-13 no code stands on paper, whatever is known of the case and for whichever step it is made', () => {
    const education = Object.keys(educationNames)
    for (const { name, steps } of allTemplates)
      for (const step of steps)
        for (const known of [
          fullCase(),
          bareCase(),
          ...education.map(code => ({ ...fullCase(), person: { ...fullCase().person, education: code } })),
        ]) {
          const text = ofStep(name, step, known)
          expect([
            name,
            step,
            text.match(/[A-Z][A-Z_]{2,}|\d{4}-\d{2}-\d{2}|undefined|null|NaN|\[object/)?.[0],
          ]).toEqual([name, step, undefined])
        }
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
