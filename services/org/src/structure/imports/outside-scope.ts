import { createFinding, type Finding } from '@linghang/rosters'
import type { JudgedOrganisation } from '../roster/judge-organisation.ts'
import type { Registered } from './store.ts'

/** Of an organisation that has ended, or of one below it, a roster says nothing any more. */
export function endedRows(row: JudgedOrganisation, registered: Registered): Finding[] {
  const { code, superiorCode } = row.organisation ?? { code: null, superiorCode: null }
  const found = [code, superiorCode].find(named => named !== null && registered.byCode.get(named)?.ended)
  return found ? [endedFinding(row.line, found)] : []
}

export const endedFinding = (line: number, found: string): Finding =>
  createFinding({
    ...{ line, column: '党组织代码', severity: 'ERROR', code: 'ORGANISATION_ENDED', found },
    about: {
      zh: '该党组织已撤销或合并，不能再更改',
      en: 'this organisation was dissolved or merged and is changed no more',
    },
    wanted: { zh: '未撤销的党组织', en: 'an organisation that goes on' },
  })

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
