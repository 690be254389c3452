import { describe, expect, test } from '@jest/globals'
import type { ApprovalKind } from '@linghang/rulebook'
import { type Deliberation, deliberationFault } from './deliberation.ts'

describe('1.1/17 细则 2014 art. 23: who cannot approve deliberates before an admission is handed in', () => {
  const agreed: Deliberation = { orgId: 'general', kind: 'COMMITTEE', heldOn: '2024-05-10', carried: true }
  test.each<[string, ApprovalKind, string[], Deliberation | null, string | null]>([
    ['no general branch between', 'ADMISSION', [], null, null],
    ['a general branch, and no meeting', 'ADMISSION', ['general'], null, '没有审议会议'],
    ['a general branch that agreed', 'ADMISSION', ['general'], agreed, null],
    ['one that did not', 'ADMISSION', ['general'], { ...agreed, carried: false }, '审议未通过'],
    ['another one’s meeting', 'ADMISSION', ['general'], { ...agreed, orgId: 'other' }, '其他党组织的会议'],
    [
      'the day before the assembly',
      'ADMISSION',
      ['general'],
      { ...agreed, heldOn: '2024-04-30' },
      '会议日期 2024-04-30',
    ],
    ['the day of the assembly', 'ADMISSION', ['general'], { ...agreed, heldOn: '2024-05-01' }, null],
    ['the day of the request', 'ADMISSION', ['general'], { ...agreed, heldOn: '2024-05-20' }, null],
    ['the day after it', 'ADMISSION', ['general'], { ...agreed, heldOn: '2024-05-21' }, '会议日期 2024-05-21'],
    ['a filing', 'CANDIDATE_FILING', ['general'], null, null],
  ])('1.1/17 %s', (_, kind, between, held, found) => {
    const days = { assemblyOn: '2024-05-01', requestedOn: '2024-05-20' }
    expect(deliberationFault(kind, between, held, days)?.zh ?? null).toBe(found)
  })
})
