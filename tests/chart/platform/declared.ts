import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { chart } from './install.ts'

/** What the chart declares of a process: the row of files/platform.yaml as far as the tests hold it against a cluster. */
export interface DeclaredProcess {
  image: string
  serves: boolean
  kafka?: boolean
  database?: string
  temporal?: boolean
  secrets: { name: string; own?: boolean; when?: string }[]
  talksTo: string[]
}

/** The processes of the platform as the chart declares them. */
export const declared = (
  parse(readFileSync(join(chart, 'files/platform.yaml'), 'utf8')) as { processes: Record<string, DeclaredProcess> }
).processes
