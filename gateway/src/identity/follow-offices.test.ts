import { describe, expect, test } from '@jest/globals'
import { accountChangedBy } from './follow-offices.ts'

const [id, accountId, orgId] = [1, 2, 3].map(n => `00000000-0000-4000-8000-00000000000${n}`)
const office = { id, accountId, role: 'ADMIN', orgId, startsOn: '2026-01-01', endsOn: null }
const organisation = { id, code: 'A', name: '甲', kind: 'BRANCH', superiorId: null, term: null, version: 1 }
const message = (type: string, data: object) =>
  Buffer.from(
    JSON.stringify({
      specversion: '1.0',
      id,
      type,
      source: 'org',
      subject: 's',
      time: '2026-11-22T00:00:00Z',
      datacontenttype: 'application/json',
      countyid: orgId,
      data,
    }),
  )

describe('platform whose grants an event changes', () => {
  test.each([
    ['an appointment', message('org.office.appointed.v1', office), accountId],
    ['the end of an office', message('org.office.ended.v1', { ...office, endsOn: '2026-11-22' }), accountId],
    ['an account that is linked', message('org.account.linked.v1', { id, memberId: null }), id],
    ['another event', message('org.organisation.changed.v1', organisation), null],
    ['an event of another catalogue', message('org.unheard.of.v1', {}), null],
    ['no JSON', Buffer.from('{'), null],
    ['nothing', null, null],
  ])('platform %s', (_, value, expected) => {
    expect(accountChangedBy(value)).toBe(expected)
  })
})
