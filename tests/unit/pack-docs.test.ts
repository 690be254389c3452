import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { readPack } from '../../services/assessment/src/packs/validation/findings.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const textOf = (file: string) => readFileSync(join(root, file), 'utf8')
const library = readdirSync(join(root, 'services/assessment/packs'))
const fitsSchema = new Ajv2020({ strict: false }).compile(JSON.parse(textOf('docs/packs/pack.schema.json')))
const [, example = ''] = /```json\n([\s\S]*?)```/.exec(textOf('docs/packs.md')) ?? []

test('R14 the worked example of docs/packs.md may be published as it stands', () => {
  const { findings, document } = readPack(example)
  expect(findings).toEqual([])
  expect(document?.key).toBe('example-county')
})

test.each(library)('S1-14 the pack %s of the library has the shape that is published for editors', file => {
  expect([fitsSchema(JSON.parse(textOf(`services/assessment/packs/${file}`))), fitsSchema.errors]).toEqual([true, null])
})

test('S1-14 the published shape refuses what the platform refuses', () => {
  expect(fitsSchema(JSON.parse(example))).toBe(true)
  expect(fitsSchema({ ...JSON.parse(example), board: true })).toBe(false)
  expect(fitsSchema({ ...JSON.parse(example), period: 'WEEK' })).toBe(false)
})
