import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, jest, test } from '@jest/globals'
import { checkExample, exampleDir, generateExample } from '@linghang/harness/example'

jest.setTimeout(120_000)

test('platform the example for app developers fits the schema, with types that say what travels', async () => {
  expect(await generateExample()).toMatchObject({ code: 0 })
  expect(await checkExample()).toMatchObject({ code: 0, stdout: '' })
  const types = await readFile(join(exampleDir, 'src/gql/graphql.ts'), 'utf8')
  const answers = types.split('\n').filter(line => /^export type Overdue\w+Query = /.test(line))
  expect(answers).toHaveLength(2)
  expect(answers.join()).toMatch(/rule: DeadlineRule, dueOn: string/)
  expect(answers.join()).not.toMatch(/: (unknown|any)\b/)
})
