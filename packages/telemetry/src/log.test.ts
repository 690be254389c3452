import { expect, test } from '@jest/globals'
import { createLog } from './log.ts'

test('platform of a fault only its name, its code and its places are logged, however many lines its message has', () => {
  const lines: string[] = []
  const log = createLog('members', 'info', { write: line => void lines.push(line) })
  const fault = Object.assign(
    new Error('Invalid $queryRaw()\n\nRaw query failed. Message: 张三 11010519491231002X at home'),
    {
      code: '22P05',
    },
  )
  log.error({ err: fault }, 'a request failed')
  const [line] = lines.map(text => JSON.parse(text))
  expect(line).toMatchObject({ level: 'error', service: 'members', msg: 'a request failed' })
  expect(Object.keys(line.err).sort()).toEqual(['code', 'name', 'stack'])
  expect(line.err.stack.length).toBeGreaterThan(0)
  for (const place of line.err.stack) expect(place).toMatch(/^\s+at /)
  expect(lines.join()).not.toMatch(/张三|11010519491231002X|Raw query failed/)
})
