import { appendFileSync } from 'node:fs'
import { join } from 'node:path'

/** Figures that a run has measured, printed at its end: what docs/performance.md says of a cluster comes from here. */
export const note = (line: string): void =>
  appendFileSync(join(process.env.LINGHANG_NODE_FOLDER ?? '.', 'notes.txt'), `${line}\n`)
