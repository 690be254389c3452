import { describe, expect, test } from '@jest/globals'
import { outcomeOf } from './outcome.ts'

const answer = (...codes: string[]) =>
  JSON.stringify({ errors: codes.map(code => ({ message: '…', extensions: { code } })), data: {} })

describe('platform how a request has ended', () => {
  test.each([
    [200, '{"data":{"code":"INTERNAL"}}', 'ok'],
    [200, answer('NOT_FOUND'), 'partial'],
    [200, answer('NOT_FOUND', 'SUBGRAPH_UNAVAILABLE'), 'degraded'],
    [200, answer('INTERNAL'), 'degraded'],
    [200, answer('BUSY'), 'degraded'],
    [200, answer('OUTCOME_UNKNOWN'), 'degraded'],
    [200, '{"errors":[{"message":"x"}],"data":null}', 'partial'],
    [399, answer('NOT_FOUND'), 'partial'],
    [400, answer('INTERNAL'), 'refused'],
    [499, '', 'refused'],
    [500, '', 'failed'],
  ])('platform %i with %s is %s', (status, text, outcome) => {
    expect(outcomeOf({ status, text })).toBe(outcome)
  })
})
