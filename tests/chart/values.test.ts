import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { chart } from './render.ts'
import { readValues, type Schema, schemaOf } from './values-shape.ts'
import { tablesOf } from './values-table.ts'

const source = readFileSync(join(chart, 'values.yaml'), 'utf8')

describe('every value of the chart is described', () => {
  const values = readValues(source)

  test('platform in a sentence, by which the schema and the README describe it too', () => {
    expect(values.length).toBeGreaterThan(100)
    const schema = schemaOf(values)
    for (const { path, text } of values) {
      const found = path.reduce((at: Schema, name) => (at.properties as Record<string, Schema>)[name] as Schema, schema)
      expect([path.join('.'), found.description]).toEqual([path.join('.'), text])
      expect([path.join('.'), text]).toEqual([path.join('.'), expect.stringMatching(/^[A-Z`].*\.$/s)])
    }
  })

  test('platform a value without a comment, or whose type cannot be told, is an error that names it', () => {
    expect(() => readValues('# It is said.\na: 1\nb: 2\n')).toThrow('b has no comment')
    expect(() => readValues('# A list.\na: []\n')).toThrow('a has to say its items')
    expect(() => readValues('# A map.\na: {}\n')).toThrow('a has to say what it may hold')
    expect(() => readValues('# Nothing.\na: null\n')).toThrow('a has to say its type')
    expect(readValues('# One.\n# @schema {"minimum": 1}\na: 1\n')).toEqual([
      { path: ['a'], preset: 1, text: 'One.', schema: { type: 'integer', minimum: 1 } },
    ])
  })

  test('platform objects take no more than what is described, unless they say so', () => {
    const open: string[] = []
    const walk = (schema: Schema, path: string): void => {
      if (schema.type === 'object' && schema.additionalProperties === true) open.push(path)
      for (const [name, child] of Object.entries((schema.properties as Record<string, Schema>) ?? {}))
        walk(child, path === '' ? name : `${path}.${name}`)
    }
    walk(schemaOf(values), '')
    // Objects of Kubernetes, the collector and CloudNativePG, which those describe and judge; and what belongs to other charts too.
    const ofOthers = [
      'podSecurityContext',
      'securityContext',
      'affinity',
      'dnsConfig',
      'strategy',
      'autoscaling.behavior',
    ]
    expect(open.sort()).toEqual(
      ['global', 'collector.config', 'cnpg.cluster.recovery', ...ofOthers.map(name => `defaults.${name}`)].sort(),
    )
  })

  test('platform a table shows presets and choices, and a block stands under its own name', () => {
    const table = tablesOf(
      readValues('# One.\na: 1\n# A block.\nb:\n  # A choice.\n  # @schema {"enum": ["x", ""]}\n  c: x\n'),
    )
    expect(table).toContain('| `a` | `1` | One. |')
    expect(table).toContain('### `b`\n\nA block.')
    expect(table).toContain('| `c` | `"x"` | A choice. One of `x`, `""`. |')
  })
})
