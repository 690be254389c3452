import { describe, expect, test } from '@jest/globals'
import { systemActor } from '@linghang/access'
import { createInternalTokens } from './internal-tokens.ts'

describe('platform internal tokens', () => {
  test.each([
    [19_999, 1],
    [20_000, 2],
  ])('platform after %i ms an actor has been signed for %i times', async (laterMs, times) => {
    let signed = 0
    let nowMs = 0
    const tokenFor = createInternalTokens({ sign: async () => `token ${++signed}`, nowMs: () => nowMs })
    await tokenFor(systemActor('county'))
    nowMs = laterMs
    expect(await tokenFor(systemActor('county'))).toBe(`token ${times}`)
  })

  test('platform whoever holds another office gets another token, and a failure is tried again', async () => {
    let signed = 0
    const sign = async () => {
      signed += 1
      if (signed === 1) throw new Error('no key')
      return `token ${signed}`
    }
    const tokenFor = createInternalTokens({ sign, nowMs: () => 0 })
    const actor = systemActor('county')
    await expect(tokenFor(actor)).rejects.toThrow('no key')
    const first = await tokenFor(actor)
    expect(await tokenFor({ ...actor, grants: [{ role: 'ADMIN', orgId: null }] })).not.toBe(first)
    expect(await tokenFor(actor)).toBe(first)
  })
})
