import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'

const root = join(import.meta.dirname, '../..')
/** Paths of files as they are written where they are served, whatever their parameters are called. */
const pathsIn = (file: string): string[] =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/'(\/files\/[^']+)'/g)].map(([, path]) =>
    (path as string).replace(/:\w+/g, ':'),
  )

describe('files pass the door', () => {
  test('platform what a service serves the gateway lets through, and it lets nothing through that nobody serves', () => {
    const served = globSync('services/*/src/**/{routes,room}.ts', { cwd: root }).flatMap(pathsIn)
    const passed = pathsIn('gateway/src/files/forward-files.ts')
    expect(served.length).toBeGreaterThan(15)
    expect([...new Set(passed)].toSorted()).toEqual([...new Set(served)].toSorted())
  })
})
