import { refuseForm } from '@linghang/rosters'
import { type OrganisationColumn, organisationColumns } from '../roster/columns.ts'
import { judgeOrganisation } from '../roster/judge-organisation.ts'
import { fail } from './errors.ts'
import type { OrganisationRecord } from './organisation.ts'

type Form = Pick<OrganisationRecord, 'code' | 'name' | 'kind' | 'establishedOn' | 'term' | 'secretaryName' | 'phone'>

/**
 * Judges what a form says of one organisation by the very rules by which a roster's row is judged; what a roster would
 * leave out with a warning is refused here, where somebody can put it right.
 * @param today in Asia/Shanghai
 * @throws DomainError RECORD_REFUSED with the first finding
 */
export function judgeRecord(form: Form, today: string): Form {
  const blank = Object.fromEntries(organisationColumns.map(({ key }) => [key, ''])) as Record<
    OrganisationColumn,
    string
  >
  const { organisation, silent, findings } = judgeOrganisation(
    {
      line: 1,
      findings: [],
      cells: {
        ...blank,
        code: form.code,
        name: form.name,
        kind: form.kind,
        establishedOn: form.establishedOn ?? '',
        termStart: form.term?.start ?? '',
        termEnd: form.term?.end ?? '',
        secretaryName: form.secretaryName ?? '',
        phone: form.phone ?? '',
      },
    },
    today,
  )
  return refuseForm(organisationColumns, { record: organisation, silent, findings })
}

/** A term that ends before it starts is told by its days, before anything else is looked at. @throws DomainError TERM_ENDS_BEFORE_START */
export function requireTerm({ term }: Pick<OrganisationRecord, 'term'>): void {
  const { start = null, end = '' } = term ?? {}
  if (start !== null && end < start) fail('TERM_ENDS_BEFORE_START', { start, end })
}
