import { createFinding, type Finding } from '@linghang/rosters'
import type { JudgedOrganisation } from '../roster/judge-organisation.ts'
import type { Registered } from './store.ts'

/** Whoever administers a part of the county brings in that part alone. */
export function outsideScope(row: JudgedOrganisation, registered: Registered): Finding[] {
  if (!row.organisation || registered.within === null) return []
  const { code, superiorCode } = row.organisation
  const isElsewhere = (known: string | null) =>
    known !== null && registered.byCode.has(known) && !registered.within?.has(known)
  if (!isElsewhere(code) && !isElsewhere(superiorCode) && superiorCode !== null) return []
  // A committee's own row stands in its roster; its superior is outside, and stays what it is.
  if (registered.within.has(code) && registered.byCode.get(code)?.superiorCode === superiorCode) return []
  return [
    createFinding({
      line: row.line,
      column: '党组织代码',
      severity: 'ERROR',
      code: 'OUTSIDE_YOUR_ORGANISATIONS',
      found: code,
      about: { zh: '不在您管理的党组织范围内', en: 'this is outside of the organisations that you administer' },
      wanted: { zh: '您管理的党组织及其下级', en: 'an organisation that you administer, or one below it' },
    }),
  ]
}
