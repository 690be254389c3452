import { resolve } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { defaultStateDir, readStartOptions } from './env.ts'

describe('platform start options', () => {
  test('platform starts at port 4000 with the demo in the state folder of the checkout when told nothing', () => {
    const expected = { stateDir: defaultStateDir, gatewayPort: 4000, reset: false, yes: false, demo: true }
    expect(readStartOptions([])).toEqual(expected)
  })

  test('platform obeys its arguments', () => {
    const args = ['--port', '65535', '--state-dir', 'elsewhere', '--reset', '--yes', '--no-demo']
    const expected = { stateDir: resolve('elsewhere'), gatewayPort: 65_535, reset: true, yes: true, demo: false }
    expect(readStartOptions(args)).toEqual(expected)
  })

  test('platform says how it is used when asked, and begins nothing', () => {
    expect(readStartOptions(['--help'])).toBe('HELP')
  })

  test.each([['--port', '0'], ['--port', '65536'], ['--port', '40x'], ['--prot', '4000'], ['extra']])(
    'platform refuses wrong arguments and shows the right ones: %s %s',
    (...args) => {
      const wrong = () => readStartOptions(args.filter(arg => typeof arg === 'string'))
      expect(wrong).toThrow(/用法：npm start[\s\S]*Usage: npm start/)
    },
  )
})
