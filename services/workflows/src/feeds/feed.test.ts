import { describe, expect, test } from '@jest/globals'
import { entriesAtMost, type FeedEntry, renderFeed } from './feed.ts'
import { createSecretOf, hashOf, isSecret, pathOf } from './secret.ts'

const entry = (more: Partial<FeedEntry> = {}): FeedEntry => ({
  ...{ rule: 'OATH', dueOn: '2027-03-01', nature: 'LATEST', article: '第二十六条', source: '细则', count: 1 },
  deadlineIds: ['Deadline:1'],
  changedAt: new Date('2026-11-22T01:02:03Z'),
  ...more,
})
const titles = { OATH: '入党宣誓' }
const unfolded = (text: string) => text.replaceAll('\r\n ', '')

describe('S0-38 the calendar of what falls due', () => {
  test('S0-38 has a whole day for each rule and day, with its article, its number and no time of day', () => {
    const text = unfolded(renderFeed({ id: 'feed' }, [entry({ count: 3 })], titles))
    expect(text).toContain('DTSTART;VALUE=DATE:20270301')
    expect(text).toContain('SUMMARY:入党宣誓 3 项')
    expect(text).toContain('第二十六条')
    expect(text).toContain('UID:feed/OATH/2027-03-01')
    expect(text).toContain('DTSTAMP:20261122T010203Z')
    expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(1)
  })

  test('S0-38 says of a date from which something is allowed that it may be done', () => {
    const may = renderFeed({ id: 'feed' }, [entry({ rule: 'ACTIVIST_ONE_YEAR', nature: 'EARLIEST' })], titles)
    expect(unfolded(may)).toContain('（可办理）')
    expect(unfolded(renderFeed({ id: 'feed' }, [entry()], titles))).not.toContain('（可办理）')
  })

  test.each([
    [entriesAtMost, entriesAtMost],
    [entriesAtMost + 1, entriesAtMost],
  ])('S0-38 of %i entries it shows %i', (given, shown) => {
    const entries = Array.from({ length: given }, () => entry())
    expect(renderFeed({ id: 'feed' }, entries, titles).match(/BEGIN:VEVENT/g)).toHaveLength(shown)
  })

  test('S0-38 a secret has 256 bits of its key and id, fits an address, and leaves nothing of itself in its hash', () => {
    const secretOf = createSecretOf(() => 'a key')
    const one = secretOf('1')
    expect(secretOf('1')).toBe(one)
    expect(new Set([one, secretOf('2'), createSecretOf(() => 'another key')('1')]).size).toBe(3)
    expect(Buffer.from(one, 'base64url')).toHaveLength(32)
    expect(isSecret(one)).toBe(true)
    expect(pathOf(one)).toBe(`/calendar/${one}.ics`)
    expect(hashOf(one)).toHaveLength(32)
    expect(hashOf(one).equals(hashOf(secretOf('2')))).toBe(false)
  })

  test.each(['', 'short', `${'a'.repeat(42)}`, `${'a'.repeat(44)}`, `${'a'.repeat(42)}/`])(
    'S0-38 %j cannot be a secret and is not looked up',
    text => {
      expect(isSecret(text)).toBe(false)
    },
  )
})
