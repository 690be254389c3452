import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { matrixTable, secretsTable } from './chart/platform.ts'
import { readValues, schemaOf } from './chart/values-shape.ts'
import { tablesOf } from './chart/values-table.ts'

const chart = fileURLToPath(new URL('../deploy/helm/linghang/', import.meta.url))

/** A text with what stands between the two marks of that name made anew. @throws Error where there are none */
function between(text: string, name: string, made: string): string {
  const [begin, end] = [`<!-- ${name}: made by \`npm run chart:values\` -->`, `<!-- end of ${name} -->`]
  const [before, after] = [text.split(begin)[0], text.split(end)[1]]
  if (before === undefined || after === undefined) throw new Error(`README.md of the chart has no ${begin} … ${end}`)
  return `${before}${begin}\n\n${made}\n\n${end}${after}`
}

/** What is made from values.yaml: its schema, and the tables in the README. */
export function madeOfValues(): Record<'values.schema.json' | 'README.md', string> {
  const values = readValues(readFileSync(`${chart}values.yaml`, 'utf8'))
  const readme = readFileSync(`${chart}README.md`, 'utf8')
  return {
    'values.schema.json': `${JSON.stringify(schemaOf(values), null, 2)}\n`,
    'README.md': [
      ['values', tablesOf(values)] as const,
      ['matrix', matrixTable()] as const,
      ['secrets', secretsTable()] as const,
    ].reduce((text, [name, made]) => between(text, name, made), readme),
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const [file, text] of Object.entries(madeOfValues())) writeFileSync(`${chart}${file}`, text)
