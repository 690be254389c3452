import { judgeForm } from '@linghang/rosters'
import { organisationColumns } from '../roster/columns.ts'
import { judgeOrganisation } from '../roster/judge-organisation.ts'
import { fail } from './errors.ts'
import type { OrganisationRecord } from './organisation.ts'

type Form = Pick<OrganisationRecord, 'code' | 'name' | 'kind' | 'establishedOn' | 'term' | 'secretaryName' | 'phone'>

/**
 * Judges what a form says of one organisation by the very rules by which a roster's row is judged.
 * @param today in Asia/Shanghai
 * @throws DomainError RECORD_REFUSED with the first finding
 */
export function judgeRecord({ term, ...form }: Form, today: string): Form {
  const { code, name, kind, establishedOn, secretaryName, phone } = form
  const cells = { code, name, kind, establishedOn, secretaryName, phone, termStart: term?.start, termEnd: term?.end }
  const judged = judgeForm(organisationColumns, cells, row => {
    const { organisation, silent, findings } = judgeOrganisation(row, today)
    return { record: organisation, silent, findings }
  })
  // Of what a form does not name it says nothing: region, kind of unit and superior stay what they are.
  return {
    code: judged.code,
    name: judged.name,
    kind: judged.kind,
    establishedOn: judged.establishedOn,
    term: judged.term,
    secretaryName: judged.secretaryName,
    phone: judged.phone,
  }
}

/** A term that ends before it starts is told by its days, before anything else is looked at. @throws DomainError TERM_ENDS_BEFORE_START */
export function requireTerm({ term }: Pick<OrganisationRecord, 'term'>): void {
  const { start = null, end = '' } = term ?? {}
  if (start !== null && end < start) fail('TERM_ENDS_BEFORE_START', { start, end })
}
