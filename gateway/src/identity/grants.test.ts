import { describe, expect, test } from '@jest/globals'
import { createStandings, type Standing } from './grants.ts'

const keepMs = 5_000
const standing = (accountId: string): Standing => ({
  accountId,
  kind: 'PERSON',
  countyId: 'county',
  memberId: null,
  memberOrgId: null,
  grants: [],
})

/** The org service, whose answers come when the test says so. */
function createOrg() {
  const asked: { subject: string; answer: (found: Standing | null) => void; fail: (error: Error) => void }[] = []
  const clock = { nowMs: 0 }
  const read = (_issuer: string, subject: string) =>
    new Promise<Standing | null>((resolve, reject) => asked.push({ subject, answer: resolve, fail: reject }))
  return { asked, clock, standings: createStandings({ read, nowMs: () => clock.nowMs, keepMs, maximum: 2 }) }
}

describe('platform who holds which office is asked once and forgotten in time', () => {
  test('platform callers at the same time share one question', async () => {
    const { asked, standings } = createOrg()
    const answers = [standings.of('i', 'a'), standings.of('i', 'a'), standings.of('other', 'a')]
    expect(asked.length).toBe(2)
    for (const { answer } of asked) answer(standing('1'))
    expect((await Promise.all(answers)).map(found => found?.accountId)).toEqual(['1', '1', '1'])
  })

  test.each([
    [keepMs - 1, 1],
    [keepMs, 2],
  ])('platform after %i ms it has been asked %i times', async (laterMs, times) => {
    const { asked, clock, standings } = createOrg()
    const first = standings.of('i', 'a')
    asked[0]?.answer(standing('1'))
    await first
    clock.nowMs = laterMs
    void standings.of('i', 'a')
    expect(asked.length).toBe(times)
  })

  test('platform a change drops the account at once, and leaves others', async () => {
    const { asked, standings } = createOrg()
    const both = [standings.of('i', 'a'), standings.of('i', 'b')]
    asked[0]?.answer(standing('1'))
    asked[1]?.answer(standing('2'))
    await Promise.all(both)
    standings.forget('1')
    void standings.of('i', 'b')
    expect(asked.length).toBe(2)
    void standings.of('i', 'a')
    expect(asked.map(({ subject }) => subject)).toEqual(['a', 'b', 'a'])
  })

  test('platform what was asked before a change is neither kept nor shared after it', async () => {
    const { asked, standings } = createOrg()
    const old = standings.of('i', 'a')
    standings.forget('1')
    const fresh = standings.of('i', 'a')
    expect(asked.length).toBe(2)
    asked[1]?.answer({ ...standing('1'), grants: [{ role: 'SECRETARY', orgId: null }] })
    await fresh
    asked[0]?.answer(standing('1'))
    await old
    expect((await standings.of('i', 'a'))?.grants.length).toBe(1)
    expect(asked.length).toBe(2)
  })

  test('platform a person who was unknown is known as soon as some account is linked', async () => {
    const { asked, standings } = createOrg()
    const unknown = standings.of('i', 'a')
    asked[0]?.answer(null)
    expect(await unknown).toBeNull()
    expect(await standings.of('i', 'a')).toBeNull()
    standings.forget('1')
    void standings.of('i', 'a')
    expect(asked.length).toBe(2)
  })

  test('platform a failure is not remembered', async () => {
    const { asked, standings } = createOrg()
    const failed = standings.of('i', 'a')
    asked[0]?.fail(new Error('away'))
    await expect(failed).rejects.toThrow('away')
    void standings.of('i', 'a')
    expect(asked.length).toBe(2)
  })

  test('platform no more than the maximum is remembered', async () => {
    const { asked, standings } = createOrg()
    for (const subject of ['a', 'b', 'c']) {
      const found = standings.of('i', subject)
      asked.at(-1)?.answer(standing(subject))
      await found
    }
    void standings.of('i', 'c')
    expect(asked.length).toBe(3)
    void standings.of('i', 'a')
    expect(asked.length).toBe(4)
  })
})
