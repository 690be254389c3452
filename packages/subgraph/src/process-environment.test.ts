import { expect, test } from '@jest/globals'
import { z } from 'zod'
import { readEnvironment } from './environment.ts'
import { endingOf, processEnvironment } from './process-environment.ts'

const read = (env: Record<string, string>) =>
  readEnvironment('org', { PORT: z.coerce.number(), ...processEnvironment }, { PORT: '4000', ...env })

test('platform a process ends within 25 seconds and drains for none unless it is told', () => {
  expect(endingOf(read({}))).toEqual({ drainMs: 0, graceMs: 25_000 })
  expect(endingOf(read({ DRAIN_SECONDS: '5', SHUTDOWN_SECONDS: '40' }))).toEqual({ drainMs: 5_000, graceMs: 40_000 })
})

test.each<[string, Record<string, string>]>([
  ['a port beside the other', { MANAGEMENT_PORT: '4001' }],
  ['the last port', { MANAGEMENT_PORT: '65535' }],
  ['draining as long as one may', { DRAIN_SECONDS: '120', SHUTDOWN_SECONDS: '121' }],
  ['draining for less than the whole', { DRAIN_SECONDS: '24' }],
  ['the shortest end', { SHUTDOWN_SECONDS: '1' }],
])('platform %s is taken', (_, env) => {
  expect(() => read(env)).not.toThrow()
})

test.each<[string, Record<string, string>, string]>([
  ['one port for callers and operators', { MANAGEMENT_PORT: '4000' }, 'MANAGEMENT_PORT: a port other than PORT'],
  ['no port', { MANAGEMENT_PORT: '0' }, 'MANAGEMENT_PORT'],
  ['a port beyond the last', { MANAGEMENT_PORT: '65536' }, 'MANAGEMENT_PORT'],
  ['draining for the whole time', { DRAIN_SECONDS: '25' }, 'DRAIN_SECONDS: less than SHUTDOWN_SECONDS'],
  ['draining for longer', { DRAIN_SECONDS: '10', SHUTDOWN_SECONDS: '9' }, '须小于 SHUTDOWN_SECONDS'],
  ['draining for ever', { DRAIN_SECONDS: '121', SHUTDOWN_SECONDS: '600' }, 'DRAIN_SECONDS'],
  ['draining for less than nothing', { DRAIN_SECONDS: '-1' }, 'DRAIN_SECONDS'],
  ['an end at once', { SHUTDOWN_SECONDS: '0' }, 'SHUTDOWN_SECONDS'],
  ['an end that nobody waits for', { SHUTDOWN_SECONDS: '601' }, 'SHUTDOWN_SECONDS'],
  ['no version', { LINGHANG_VERSION: '' }, 'LINGHANG_VERSION'],
])('platform %s is refused by its name', (_, env, named) => {
  expect(() => read(env)).toThrow(named)
})
