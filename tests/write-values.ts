import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readValues, schemaOf } from './chart/values-shape.ts'
import { tablesOf } from './chart/values-table.ts'

const chart = fileURLToPath(new URL('../deploy/helm/linghang/', import.meta.url))
const begin = '<!-- values: made by `npm run chart:values` -->'
const end = '<!-- end of values -->'

/** What is made from values.yaml: its schema, and the table in the README. */
export function madeOfValues(): Record<'values.schema.json' | 'README.md', string> {
  const values = readValues(readFileSync(`${chart}values.yaml`, 'utf8'))
  const readme = readFileSync(`${chart}README.md`, 'utf8')
  const [before, after] = [readme.split(begin)[0], readme.split(end)[1]]
  if (before === undefined || after === undefined) throw new Error(`README.md of the chart has no ${begin} … ${end}`)
  return {
    'values.schema.json': `${JSON.stringify(schemaOf(values), null, 2)}\n`,
    'README.md': `${before}${begin}\n\n${tablesOf(values)}\n\n${end}${after}`,
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const [file, text] of Object.entries(madeOfValues())) writeFileSync(`${chart}${file}`, text)
