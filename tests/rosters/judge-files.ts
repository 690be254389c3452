import type { Finding } from '@linghang/rosters'
import { readTable } from '@linghang/rosters'
import { isBranch } from '@linghang/rulebook'
import { memberColumns } from '../../services/members/src/register/roster/columns.ts'
import { createRosterJudge } from '../../services/members/src/register/roster/judge-roster.ts'
import { organisationColumns } from '../../services/org/src/structure/roster/columns.ts'
import { judgeHierarchy } from '../../services/org/src/structure/roster/hierarchy.ts'
import {
  type JudgedOrganisation,
  judgeOrganisation,
} from '../../services/org/src/structure/roster/judge-organisation.ts'

type Bytes = AsyncIterable<Uint8Array>

const errorsOf = (findings: readonly Finding[]) => findings.filter(({ severity }) => severity === 'ERROR')

/** Judges both files of a county as the two services do together. Gives the errors, by line, and who is accepted. */
export async function judgeFiles(organisationsCsv: Bytes, membersCsv: Bytes, today: string) {
  const organisations: JudgedOrganisation[] = []
  const organisationTable = await readTable(organisationsCsv, { columns: organisationColumns })
  for await (const row of organisationTable.rows) organisations.push(judgeOrganisation(row, today))
  const organisationErrors = errorsOf([
    ...organisationTable.findings,
    ...organisations.flatMap(({ findings }) => findings),
    ...judgeHierarchy(organisations, new Map()),
  ])
  const refused = new Set(organisationErrors.map(({ line }) => line))
  const accepted = new Map(
    organisations.flatMap(({ line, organisation }) =>
      organisation && !refused.has(line) ? [[organisation.code, organisation.kind] as const] : [],
    ),
  )
  const judge = createRosterJudge({
    today,
    lookUpOrganisation: code => {
      const kind = accepted.get(code)
      return kind && (isBranch(kind) ? 'BRANCH' : 'OTHER')
    },
  })
  const memberTable = await readTable(membersCsv, { columns: memberColumns })
  const memberErrors: Finding[] = errorsOf(memberTable.findings)
  const acceptedLines = new Set<number>()
  const kinds = new Set<string>()
  for await (const row of memberTable.rows) {
    const { member, findings } = judge(row)
    memberErrors.push(...errorsOf(findings))
    if (!member) continue
    acceptedLines.add(row.line)
    kinds.add(member.kind)
  }
  return { organisationErrors, memberErrors, acceptedOrganisations: accepted.size, acceptedLines, kinds }
}

/** The codes of the errors by line, for comparing. */
export function codesByLine(errors: readonly Finding[]): Map<number, string[]> {
  const byLine = Map.groupBy(errors, ({ line }) => line ?? 0)
  return new Map([...byLine].map(([line, findings]) => [line, findings.map(({ code }) => code)]))
}
