import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { accessFiles, writeAccess } from '../write-access.ts'
import { idsOfTests, writeCoverage } from '../write-coverage.ts'
import { codesOwnedTwice, writeErrors } from '../write-errors.ts'
import { writePackSchema } from '../write-pack-schema.ts'
import { madeOfValues } from '../write-values.ts'

const docs = fileURLToPath(new URL('../../docs', import.meta.url))

/** Says how to repair it rather than showing a thousand lines of difference. */
function expectWritten(file: string, wanted: string, command: string): void {
  const found = readFileSync(join(docs, file), 'utf8')
  if (found !== wanted) throw new Error(`docs/${file} is out of date: run \`${command}\` and commit it (已过期)`)
}

describe('documents that are written by scripts', () => {
  test('platform docs/coverage.md says what the tests carry now', () => {
    expectWritten('coverage.md', writeCoverage(), 'npm run coverage')
  })

  test('platform docs/errors.md lists the codes that the code has now', () => {
    expectWritten('errors.md', writeErrors(), 'npm run errors')
  })

  test('platform the JSON Schema of a pack says what a pack may say now', () => {
    expectWritten('packs/pack.schema.json', writePackSchema(), 'npm run packs:schema')
  })

  test('platform who may do what at Kafka is what the services’ rooms read and write now, for people and for the chart', () => {
    for (const file of accessFiles) expectWritten(`../${file}`, writeAccess(), 'npm run events:access')
  })

  test('platform the chart’s schema and the table of its values say what values.yaml says now', () => {
    for (const [file, text] of Object.entries(madeOfValues()))
      expectWritten(`../deploy/helm/linghang/${file}`, text, 'npm run chart:values')
  })

  test('platform no error code is owned by two rooms, whichever services they are in', () => {
    expect(codesOwnedTwice()).toEqual([])
  })

  test('platform a test is counted for the ids that it begins with, or that its block begins with', () => {
    const source = [
      "describe('S0-38 the ladder', () => {",
      "  test('reminds once', () => {})",
      "  test('1.1/15 counts who is due, S0-1 in the middle counts nothing', () => {})",
      "  test.each([['a)b', 1]])('S3-2 S3-5 %s', () => {})",
      '})',
      "describe('the rest', () => {",
      '  test.each<[string, (n: number) => void]>([',
      "    ['x', n => expect(n)],",
      '  ])(',
      "    'S1-1 it\\'s %s',",
      '    () => {},',
      '  )',
      "  test('platform has no feature', () => {})",
      '})',
    ].join('\n')
    expect(idsOfTests(source)).toEqual([['S0-38'], ['1.1/15'], ['S3-2', 'S3-5'], ['S1-1'], []])
  })
})
