import { describe, expect, test } from '@jest/globals'
import { type AccountGrants, createKnownGrants } from './grants.ts'

const keepMs = 5_000
const accountGrants = (accountId: string): AccountGrants => ({
  accountId,
  kind: 'PERSON',
  countyId: 'county',
  memberId: null,
  memberOrgId: null,
  grants: [],
})

/** The org service, whose answers come when the test says so. */
function createOrg() {
  const asked: { subject: string; answer: (found: AccountGrants | null) => void; fail: (error: Error) => void }[] = []
  const clock = { nowMs: 0 }
  const read = (_issuer: string, subject: string) =>
    new Promise<AccountGrants | null>((resolve, reject) => asked.push({ subject, answer: resolve, fail: reject }))
  return { asked, clock, knownGrants: createKnownGrants({ read, nowMs: () => clock.nowMs, keepMs, maximum: 2 }) }
}

describe('platform who holds which office is asked once and forgotten in time', () => {
  test('platform callers at the same time share one question', async () => {
    const { asked, knownGrants } = createOrg()
    const answers = [knownGrants.of('i', 'a'), knownGrants.of('i', 'a'), knownGrants.of('other', 'a')]
    expect(asked.length).toBe(2)
    for (const { answer } of asked) answer(accountGrants('1'))
    expect((await Promise.all(answers)).map(found => found?.accountId)).toEqual(['1', '1', '1'])
  })

  test.each([
    [keepMs - 1, 1],
    [keepMs, 2],
  ])('platform after %i ms it has been asked %i times', async (laterMs, times) => {
    const { asked, clock, knownGrants } = createOrg()
    const first = knownGrants.of('i', 'a')
    asked[0]?.answer(accountGrants('1'))
    await first
    clock.nowMs = laterMs
    void knownGrants.of('i', 'a')
    expect(asked.length).toBe(times)
  })

  test('platform a change drops the account at once, and leaves others', async () => {
    const { asked, knownGrants } = createOrg()
    const both = [knownGrants.of('i', 'a'), knownGrants.of('i', 'b')]
    asked[0]?.answer(accountGrants('1'))
    asked[1]?.answer(accountGrants('2'))
    await Promise.all(both)
    knownGrants.forget('1')
    void knownGrants.of('i', 'b')
    expect(asked.length).toBe(2)
    void knownGrants.of('i', 'a')
    expect(asked.map(({ subject }) => subject)).toEqual(['a', 'b', 'a'])
  })

  test('platform what was asked before a change is neither kept nor shared after it', async () => {
    const { asked, knownGrants } = createOrg()
    const old = knownGrants.of('i', 'a')
    knownGrants.forget('1')
    const fresh = knownGrants.of('i', 'a')
    expect(asked.length).toBe(2)
    asked[1]?.answer({ ...accountGrants('1'), grants: [{ role: 'SECRETARY', orgId: null }] })
    await fresh
    asked[0]?.answer(accountGrants('1'))
    await old
    expect((await knownGrants.of('i', 'a'))?.grants.length).toBe(1)
    expect(asked.length).toBe(2)
  })

  test('platform a person who was unknown is known as soon as some account is linked', async () => {
    const { asked, knownGrants } = createOrg()
    const unknown = knownGrants.of('i', 'a')
    asked[0]?.answer(null)
    expect(await unknown).toBeNull()
    expect(await knownGrants.of('i', 'a')).toBeNull()
    knownGrants.forget('1')
    void knownGrants.of('i', 'a')
    expect(asked.length).toBe(2)
  })

  test('platform a failure is not remembered', async () => {
    const { asked, knownGrants } = createOrg()
    const failed = knownGrants.of('i', 'a')
    asked[0]?.fail(new Error('away'))
    await expect(failed).rejects.toThrow('away')
    void knownGrants.of('i', 'a')
    expect(asked.length).toBe(2)
  })

  test('platform no more than the maximum is remembered', async () => {
    const { asked, knownGrants } = createOrg()
    for (const subject of ['a', 'b', 'c']) {
      const found = knownGrants.of('i', subject)
      asked.at(-1)?.answer(accountGrants(subject))
      await found
    }
    void knownGrants.of('i', 'c')
    expect(asked.length).toBe(3)
    void knownGrants.of('i', 'a')
    expect(asked.length).toBe(4)
  })
})
