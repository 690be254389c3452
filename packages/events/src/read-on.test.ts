import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import type { Consumer } from 'kafkajs'
import { TokenRefused } from './kafka-bearer.ts'
import { TokenUnavailable } from './kafka-oauth.ts'
import { readOn } from './read-on.ts'

/** What a consumer of kafkajs shows of itself to `readOn`: that it has crashed, and whether it goes on by itself. */
function consumerThatCrashes() {
  const emitter = new EventEmitter()
  const consumer = { events: { CRASH: 'crash' }, on: emitter.on.bind(emitter) } as unknown as Consumer
  return { consumer, crash: (error: Error, restart = false) => emitter.emit('crash', { payload: { error, restart } }) }
}
/** As kafkajs makes them: it types none of their constructors. */
const named = (error: Error, name: string, cause?: Error): Error => Object.assign(error, { name, cause })
const noCoordinator = named(new Error('Failed to find group coordinator'), 'KafkaJSGroupCoordinatorNotFound')
const wrapped = (cause: Error) => named(new Error(cause.message), 'KafkaJSNonRetriableError', cause)
const refused = named(new Error('invalid credentials'), 'KafkaJSSASLAuthenticationError')
const notAllowed = named(new Error('Not authorized to access group'), 'KafkaJSProtocolError')

describe('platform readers of events outlast Kafka', () => {
  beforeEach(() => {
    jest.useFakeTimers()
  })
  afterEach(() => {
    jest.useRealTimers()
  })

  test.each([
    ['a coordinator that is not there', noCoordinator, { joins: 2, ends: 0 }],
    ['the same, wrapped as kafkajs does', wrapped(noCoordinator), { joins: 2, ends: 0 }],
    ['a password that Kafka does not take yet', refused, { joins: 2, ends: 0 }],
    ['a token that has ended', new TokenRefused('invalid_token'), { joins: 2, ends: 0 }],
    ['nobody who gives a token', wrapped(new TokenUnavailable('away')), { joins: 2, ends: 0 }],
    ['a right that is missing', wrapped(notAllowed), { joins: 1, ends: 1 }],
  ])('platform %s', async (_, error, { joins, ends }) => {
    const { consumer, crash } = consumerThatCrashes()
    const read = jest.fn(async () => undefined)
    const onCrash = jest.fn()
    await readOn(consumer, read, onCrash).started
    crash(error)
    await jest.advanceTimersByTimeAsync(1_000)
    expect([read.mock.calls.length, onCrash.mock.calls.length]).toEqual([joins, ends])
  })

  test('platform what kafkajs takes up again by itself is left to it', async () => {
    const { consumer, crash } = consumerThatCrashes()
    const read = jest.fn(async () => undefined)
    await readOn(consumer, read, () => undefined).started
    crash(noCoordinator, true)
    await jest.advanceTimersByTimeAsync(60_000)
    expect(read).toHaveBeenCalledTimes(1)
  })

  test('platform joining anew is tried for as long as Kafka is away, and not beyond the end of the process', async () => {
    const { consumer, crash } = consumerThatCrashes()
    const away = new Error('Kafka did not answer within 60000 ms')
    const read = jest.fn(async () => undefined)
    const onCrash = jest.fn()
    const reading = readOn(consumer, read, onCrash)
    await reading.started
    read.mockRejectedValue(away)
    crash(noCoordinator)
    await jest.advanceTimersByTimeAsync(300_000)
    expect(read.mock.calls.length).toBeGreaterThan(100)
    const tries = read.mock.calls.length
    reading.stop()
    await jest.advanceTimersByTimeAsync(300_000)
    expect(read).toHaveBeenCalledTimes(tries)
    expect(onCrash).not.toHaveBeenCalled()
  })
})
