import { describe, expect, test } from '@jest/globals'
import type { DevelopmentTemplate, StepKey } from '@linghang/rulebook'
import { fullCase } from '../../../test/case-files.ts'
import type { Material } from '../materials/material.ts'
import { dossierCsv, dossierEntries } from './dossier.ts'

const material = (step: StepKey, template: DevelopmentTemplate, changes: Partial<Material> = {}): Material => ({
  id: `${step}-${template}`,
  countyId: 'c',
  orgId: 'o',
  caseId: 'k',
  step,
  template,
  confidential: false,
  fileName: '扫描件.pdf',
  state: 'FILED',
  replaces: null,
  filedOn: '2023-01-10',
  createdAt: new Date(0),
  uploadedBy: null,
  mediaType: 'application/pdf',
  bytes: 5,
  sha256: 'ab',
  objectKey: 'k/1',
  filedAt: new Date(0),
  ...changes,
})

describe('S0-13 the dossier', () => {
  test('S0-13 stands in the order of the steps, whatever the order of filing', () => {
    const filed = [
      material('OATH', 'oath-ceremony'),
      material('APPLICATION', 'application-letter'),
      material('TRAINING', 'training-certificate'),
    ]
    const entries = dossierEntries(fullCase(), filed, 'KEEPER')
    const steps = entries.map(({ step }) => step)
    expect(steps).toEqual(steps.toSorted((one, other) => one - other))
    expect(new Set(entries.map(({ template }) => template)).size).toBe(36)
    expect(entries[0]?.path).toBe('01/01-入党申请书-扫描件.pdf')
    expect(entries.filter(entry => entry.material !== null)).toHaveLength(3)
  })

  test('S0-13 leaves out papers that were replaced and documents of steps that are not done', () => {
    const file = { ...fullCase(), steps: { APPLICATION: '2023-01-09' } }
    const old = material('APPLICATION', 'application-letter', { id: 'old', state: 'REPLACED' })
    const entries = dossierEntries(file, [old, material('APPLICATION', 'application-letter')], 'KEEPER')
    expect(entries.map(({ template }) => template)).toEqual(['application-letter', 'application-receipt'])
    expect(entries[0]?.material?.state).toBe('FILED')
  })

  test('S0-13 has a tally, a resolution and a reply for the admission and for the conversion, each in its place', () => {
    const filed = [material('CONVERSION_APPROVAL', 'approval-notice')]
    const entries = dossierEntries(fullCase(), filed, 'KEEPER')
    const stepsOf = (name: DevelopmentTemplate) =>
      entries
        .filter(({ template }) => template === name)
        .map(({ stepKey, material: paper }) => [stepKey, paper !== null])
    expect(stepsOf('admission-ballot-and-tally')).toEqual([
      ['ADMISSION_ASSEMBLY', false],
      ['CONVERSION_ASSEMBLY', false],
    ])
    expect(stepsOf('assembly-resolution')).toEqual([
      ['ADMISSION_ASSEMBLY', false],
      ['CONVERSION_ASSEMBLY', false],
    ])
    expect(stepsOf('approval-notice')).toEqual([
      ['ADMISSION_APPROVAL', false],
      ['CONVERSION_APPROVAL', true],
    ])
  })

  test('S0-13 holds no notice and no recommendation that the case never had', () => {
    const names = dossierEntries({ ...fullCase(), notices: [], recommendedBy: null }, [], 'KEEPER').map(
      ({ template }) => template,
    )
    expect(
      names.filter(name => ['candidate-notice', 'notice-report', 'activist-recommendation-league'].includes(name)),
    ).toEqual([])
    expect(dossierEntries(fullCase(), [], 'KEEPER').map(({ template }) => template)).toContain('candidate-notice')
  })

  test('S0-13 the applicant gets nothing made that is not theirs to write', () => {
    const names = dossierEntries(fullCase(), [], 'APPLICANT').map(({ template }) => template)
    expect(names).toContain('application-letter')
    expect(names).not.toContain('political-review-conclusion')
    expect(names).not.toContain('candidate-committee-minutes')
  })

  test('S0-13 the index opens as UTF-8, and no name in it is a formula', () => {
    const entries = dossierEntries(
      fullCase(),
      [material('APPLICATION', 'application-letter', { fileName: 'a"b.pdf' })],
      'KEEPER',
    )
    const csv = dossierCsv(entries.map(entry => ({ ...entry, title: '=cmd()' })))
    expect(csv.startsWith('\uFEFF"序号"')).toBe(true)
    expect(csv).toContain(`"'=cmd()"`)
    expect(csv.trimEnd().split('\r\n')).toHaveLength(entries.length + 1)
  })

  test.each([
    ['长'.repeat(120), '.pdf'],
    ['𬭎'.repeat(59), '.docx'],
    ['a'.repeat(300), '.jpeg'],
    ['短', '.pdf'],
  ])('S0-13 every name in it unpacks everywhere: %s%s', (stem, ending) => {
    const [entry] = dossierEntries(
      fullCase(),
      [material('APPLICATION', 'application-letter', { fileName: stem + ending })],
      'KEEPER',
    )
    const name = entry?.path.split('/')[1] ?? ''
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255)
    expect(name.endsWith(ending)).toBe(true)
    expect(name).not.toMatch(/\p{Cs}/u)
  })
})
