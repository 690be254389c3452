import { writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { importErrors } from '@linghang/rosters'
import { commonErrors, type Message } from '@linghang/subgraph/errors'
import { refusals } from '../gateway/src/refusals.ts'
import * as members from '../services/members/src/errors.ts'
import * as org from '../services/org/src/errors.ts'
import * as workflows from '../services/workflows/src/errors.ts'

/** A service's own codes, without those that every service has. */
const ownOf = ({ table }: { table: Readonly<Record<string, Message>> }) => withoutCommon(table)

const rowsOf = (texts: Readonly<Record<string, Message>>): string => {
  const rows = Object.entries(texts).map(([code, { zh, en }]) => `| \`${code}\` | ${zh} | ${en} |`)
  return rows.length === 0
    ? 'None of its own yet.'
    : ['| code | 中文 | English |', '| --- | --- | --- |', ...rows.sort()].join('\n')
}

const withoutCommon = (texts: Readonly<Record<string, Message>>): Record<string, Message> =>
  Object.fromEntries(Object.entries(texts).filter(([code]) => !Object.hasOwn(commonErrors, code)))

/** `docs/errors.md`: every code that a caller can meet in `extensions.code`, from the lists that the code itself uses. */
export function writeErrors(): string {
  return `# Error codes

Written by \`npm run errors\` from the lists in the code; do not edit it by hand. A code is stable. \`{…}\` stands for what
\`extensions.params\` holds under that name. How errors arrive is in [for-app-developers.md](for-app-developers.md#errors).

## The gateway, before any service is asked

${rowsOf(withoutCommon(refusals.table))}

## Every service

${rowsOf(commonErrors)}

## org

${rowsOf(ownOf(org))}

## members

${rowsOf(ownOf(members))}

## dues, assessment

${rowsOf({})}

## workflows

${rowsOf(ownOf(workflows))}

## Imports (org and members)

${rowsOf(importErrors)}

\`failure.code\` of an import that has stopped is \`ROSTER_HAS_ERRORS\` (all or none was asked for) or \`IMPORT_STUCK\` (twenty
tries without a step forward). The codes of findings in a roster are not errors of a request; each comes with its text.
`
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeFileSync(fileURLToPath(new URL('../docs/errors.md', import.meta.url)), writeErrors())
}
