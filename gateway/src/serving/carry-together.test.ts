import { describe, expect, test } from '@jest/globals'
import { createCarrier, fetchesAtMost } from './carry-together.ts'

type Sent = { body: string; fetches: number }
const alone = () => false

/** A subgraph that answers each fetch with what it was asked, or as `answer` says. */
function subgraph(answer: (asked: unknown) => unknown = asked => ({ data: asked })) {
  const sent: Sent[] = []
  const carrier = createCarrier<object>(() => async (body, fetches) => {
    sent.push({ body, fetches })
    const asked = JSON.parse(body)
    return { status: 200, text: JSON.stringify(Array.isArray(asked) ? asked.map(answer) : answer(asked)) }
  })
  return { sent, carrier }
}

describe('platform the steps of a plan travel together', () => {
  test('platform what one request asks in one tick is one request, each step gets its own answer', async () => {
    const { sent, carrier } = subgraph()
    const [mine, yours] = [{}, {}]
    const asked = ['1', '2', '3'].map(body => carrier.fetch(mine, body, alone))
    const other = carrier.fetch(yours, '4', alone)
    const answers = (await Promise.all([...asked, other])).map(({ read }) => read())
    expect(answers).toEqual([{ data: 1 }, { data: 2 }, { data: 3 }, { data: 4 }])
    expect(sent).toEqual([
      { body: '[1,2,3]', fetches: 3 },
      { body: '4', fetches: 1 },
    ])
    expect((await carrier.fetch(mine, '5', alone)).read()).toEqual({ data: 5 })
  })

  test('platform the fault of one step is answered in its place', async () => {
    const { carrier } = subgraph(asked => (asked === 2 ? { errors: [{ message: 'no' }] } : { data: asked }))
    const journey = {}
    const answers = await Promise.all(['1', '2', '3'].map(body => carrier.fetch(journey, body, alone)))
    expect(answers.map(({ read }) => read())).toEqual([{ data: 1 }, { errors: [{ message: 'no' }] }, { data: 3 }])
  })

  test.each([
    ['as many as go', fetchesAtMost, 10, [fetchesAtMost]],
    ['one more', fetchesAtMost + 1, 10, [fetchesAtMost, 1]],
    ['few that are long', 3, 200_000, [1, 1, 1]],
  ])('platform %s', async (_, count, length, loads) => {
    const { sent, carrier } = subgraph()
    const journey = {}
    const body = JSON.stringify('x'.repeat(length))
    await Promise.all(Array.from({ length: count }, () => carrier.fetch(journey, body, alone)))
    expect(sent.map(({ fetches }) => fetches)).toEqual(loads)
  })

  test('platform an answer that others share is each one’s own copy', async () => {
    const { carrier } = subgraph()
    const journey = {}
    const [shared] = await Promise.all([
      carrier.fetch(journey, '{"a":1}', () => true),
      carrier.fetch(journey, '2', alone),
    ])
    const first = shared.read() as { data: { a: number } }
    first.data.a = 9
    expect(shared.read()).toEqual({ data: { a: 1 } })
  })

  test.each([
    ['fewer answers than steps', 200, '[{"data":1}]'],
    ['something that is no list', 200, '{"data":1}'],
    ['a fault of the service', 503, '[]'],
    ['a token that is not taken', 401, '[]'],
  ])('platform %s: no step takes another one’s answer', async (_, status, text) => {
    const carrier = createCarrier<object>(() => async () => ({ status, text }))
    const journey = {}
    const settled = await Promise.allSettled(['1', '2'].map(body => carrier.fetch(journey, body, alone)))
    expect(settled.map(({ status: how }) => how)).toEqual(['rejected', 'rejected'])
  })
})
